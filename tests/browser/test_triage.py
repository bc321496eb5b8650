"""The IR side on narrow and low screens, and the admin under the site's content policy."""

import pytest

from .conftest import served
from .test_referral_form import PASSWORD

OVERFLOWING = """() => [...document.querySelectorAll(".ir-scroll")]
  .filter(each => each.scrollWidth > each.clientWidth).map(each => each.getAttribute("aria-label"))"""
POSITION = "getComputedStyle(document.querySelector('.ir-banner')).position"


@pytest.fixture(scope="module")
def triage_site(tmp_path_factory):
    """A site with referrals to vet; yields its address."""
    with served(tmp_path_factory, "triage", ("demo_referrals",)) as address:
        yield address


def signed_in(chromium, site, name):
    """Somebody's page, and what its console complains of."""
    opened = chromium.new_context(viewport={"width": 320, "height": 700}).new_page()
    complaints = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
    opened.goto(f"{site}/accounts/login/")
    opened.fill("[name=login]", f"{name}@demo.example")
    opened.fill("[name=password]", PASSWORD)
    opened.press("[name=password]", "Enter")
    opened.wait_for_url(lambda address: "/login/" not in address)
    return opened, complaints


def test_on_a_narrow_screen_flags_and_states_do_not_hide_at_the_side(chromium, triage_site):
    page, _ = signed_in(chromium, triage_site, "radiologist")
    for path in ("/triage/", "/triage/today/", "/triage/arrangements/"):
        page.goto(triage_site + path)
        assert page.evaluate(OVERFLOWING) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.goto(f"{triage_site}/triage/")
    flag = page.locator(".ir-worklist .nhsuk-tag", has_text="RED").first.bounding_box()
    assert flag["x"] >= 0
    assert flag["x"] + flag["width"] <= 320
    assert page.get_by_role("columnheader", name="Flags").count() == 1
    page.context.close()


def test_the_banner_stays_in_sight_unless_it_would_cover_the_page(chromium, triage_site):
    page, _ = signed_in(chromium, triage_site, "radiologist")
    page.locator(".ir-worklist th a").first.click()
    page.wait_for_selector(".ir-banner")
    assert page.evaluate(POSITION) == "sticky"
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024, made four times as large
    assert page.evaluate(POSITION) == "static"
    page.context.close()


def test_no_page_of_a_history_breaks_the_content_policy(chromium, triage_site):
    page, complaints = signed_in(chromium, triage_site, "admin")
    page.goto(f"{triage_site}/admin/referrals/entitledreferrer/")
    page.locator("#result_list tbody a").first.click()
    page.get_by_role("link", name="History").first.click()
    page.wait_for_selector("#change-history")
    assert complaints == []
    page.context.close()
