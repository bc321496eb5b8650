"""The session ends while somebody types, in a real browser: nothing is sent, and nothing is lost."""

import os
import re

import pytest

from .conftest import served
from .test_referral_form import PASSWORD, Filling

TEXT = "Is the patient able to lie flat for an hour?"
NOTICE = "You had been signed out, so this was not saved or sent."
SHOTS = os.environ.get("SIGNED_OUT_SHOTS", "")


@pytest.fixture(scope="module")
def private_site(tmp_path_factory):
    """The private room with referrals to vet; yields its address."""
    with served(tmp_path_factory, "signed-out", ("demo_referrals",)) as address:
        yield address


def sign_in(page, who: str) -> None:
    page.fill("[name=login]", f"{who}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def opened(chromium, site: str, who: str, **options):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    sign_in(page, who)
    page.wait_for_url(re.compile("/(referrals|triage)/$"))
    return page


def look(page, name: str) -> None:
    """Fits 320 and 1280 pixels, breaks no rule of access; pictures for a person if they are asked for."""
    person = Filling(page, SHOTS)
    person.screens = name
    if SHOTS:
        os.makedirs(SHOTS, exist_ok=True)
    person.look()


def a_referral(page) -> str:
    """Open the first referral of the worklist; return its address."""
    page.locator("main th a").first.click()
    page.wait_for_url(re.compile("/triage/IR-"))
    return page.url


def test_a_page_that_leaves_by_itself_gives_the_message_back(chromium, private_site):
    page = opened(chromium, private_site, "radiologist", bypass_csp=True)
    address = a_referral(page)
    page.clock.install()
    page.reload()
    page.fill("#body", TEXT)
    page.context.clear_cookies(name="sessionid")
    page.clock.fast_forward("14:00")
    page.wait_for_url("**/accounts/login/**")
    assert TEXT not in page.url
    assert "is kept for an hour" in page.inner_text("main")
    sign_in(page, "radiologist")
    page.wait_for_url(address)
    assert NOTICE in page.inner_text("main")
    assert page.input_value("#body") == TEXT
    assert "No messages." in page.inner_text("main")
    look(page, "given-back-triage")
    page.get_by_role("link", name="in its place below").click()
    place = 'document.querySelector(":target").closest("form").elements.body.value'
    assert page.evaluate(place) == TEXT
    page.get_by_role("button", name="Send message").click()
    page.wait_for_selector("text=Message sent.")
    assert NOTICE not in page.inner_text("main")
    assert page.locator(".ir-note", has_text=TEXT).count() == 1
    page.context.close()


def test_without_scripts_a_button_pressed_too_late_loses_nothing(chromium, private_site):
    page = opened(chromium, private_site, "radiologist", java_script_enabled=False)
    address = a_referral(page)
    page.goto(f"{address}step/cancel/")
    page.fill("[name=note]", TEXT)
    page.check('[name="reason_code"] >> nth=0')
    page.context.clear_cookies(name="sessionid")
    page.locator("main button").last.click()
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, "radiologist")
    page.wait_for_url("**/step/cancel/")
    assert NOTICE in page.inner_text("main")
    assert page.input_value("[name=note]") == TEXT
    assert page.locator('[name="reason_code"] >> nth=0').is_checked()
    page.context.close()


def test_two_windows_of_one_draft_show_both_versions(chromium, private_site):
    page = opened(chromium, private_site, "consultant", bypass_csp=True)
    page.goto(f"{private_site}/referrals/new/")
    page.check('[name="is_emergency"][value="no"]')
    page.check('[name="request_mode"][value="problem"]')
    page.fill('[name="procedure_other"]', "A blocked line")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/timing/")
    address = page.url.replace("/timing/", "/reason/")
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    mine = {
        "clinical_indication": "Six weeks of antibiotics through a line that no longer runs.",
        "question": "Please unblock the line, or place another.",
    }
    for window, text in ((other, "Fever for three days, and the line is blocked."), (page, "")):
        for name, words in mine.items():
            window.fill(f"[name={name}]", text if text and name == "clinical_indication" else words)
        window.check('[name="previous_imaging_given"][value="none"]')
        window.fill("[name=relevant_history]", "None of note.")
        window.get_by_role("button", name="Save and continue").click()
        window.wait_for_load_state()
    assert page.url == address
    text = page.inner_text("main")
    assert "Fever for three days" in text
    assert page.input_value("[name=clinical_indication]") == mine["clinical_indication"]
    look(page, "two-windows")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda url: url != address)
    page.goto(address)
    assert page.input_value("[name=clinical_indication]") == mine["clinical_indication"]
    page.context.close()
