"""The strip of steps: one drawing at a time with a keyboard, and all of them wherever that would take something away."""

from collections.abc import Iterator

import pytest


def shown(page) -> int:
    return page.evaluate(
        "[...document.querySelectorAll('.ir-steps__step')]"
        ".filter(step => getComputedStyle(step).visibility === 'visible').length"
    )


@pytest.fixture
def page(chromium, site) -> Iterator:
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/procedures/rig/")
    yield page
    context.close()


def test_steps_are_paged_by_keyboard_and_the_new_one_is_said(page):
    steps = page.locator(".ir-steps__step")
    tools = page.get_by_role("group", name="Steps")
    following = tools.get_by_role("button", name="Next")
    assert shown(page) == 1
    height = page.evaluate("document.documentElement.scrollHeight")
    following.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert steps.nth(2).is_visible()
    assert not steps.nth(0).is_visible()
    assert tools.get_by_text(f"Step 3 of {steps.count()}", exact=True).is_visible()
    assert following.evaluate("button => button === document.activeElement")
    said = tools.get_by_role("status").text_content()
    assert said.startswith(f"Step 3 of {steps.count()}. ")
    assert said.endswith((".", "?"))
    assert page.evaluate("document.documentElement.scrollHeight") == height, "the page moved"
    for _ in range(steps.count()):
        page.keyboard.press("Enter")
    assert steps.last.is_visible()
    assert following.get_attribute("aria-disabled") == "true"
    assert following.evaluate("button => button === document.activeElement"), "the focus was lost"


def test_all_steps_can_be_asked_for_and_printed_after_paging(page):
    steps = page.locator(".ir-steps__step").count()
    page.get_by_role("button", name="Next").click()
    page.emulate_media(media="print")
    assert shown(page) == steps
    assert not page.get_by_role("button", name="Next").is_visible()
    page.emulate_media(media="screen")
    assert shown(page) == 1
    whole = page.get_by_role("button", name="Show all steps")
    whole.click()
    assert shown(page) == steps
    page.get_by_role("button", name="Show one step at a time").click()
    assert shown(page) == 1


def test_less_motion_shows_all_steps_in_a_row(page):
    page.emulate_media(reduced_motion="reduce")
    assert shown(page) == page.locator(".ir-steps__step").count()
    assert not page.get_by_role("button", name="Next").is_visible()
    tops = page.evaluate("[...document.querySelectorAll('.ir-steps__step')].map(s => s.offsetTop)")
    assert tops == sorted(set(tops))
