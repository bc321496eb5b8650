"""An easy version in Chromium: its letters are large on a phone, on a desk and on paper, and its lines are short."""

import pytest

SMALLEST_LETTERS = 24
"""Pixels, as the reader sees them; 18 points on paper."""
LETTERS = """
[...document.querySelectorAll('.ir-easy *')]
  .filter((part) => !part.closest('.nhsuk-u-visually-hidden') && part.checkVisibility())
  .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .map((part) => [parseFloat(getComputedStyle(part).fontSize), part.textContent.trim()])
"""


@pytest.mark.parametrize("address", ["/procedures/picc-line/easy/", "/easy/"])
@pytest.mark.parametrize(("width", "media"), [(320, "screen"), (1280, "screen"), (800, "print")])
def test_letters_are_large_everywhere(chromium, site, address, width, media):
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.emulate_media(media=media)
    page.goto(site + address)
    letters = page.evaluate(LETTERS)
    assert len(letters) > 8
    assert [row for row in letters if row[0] < SMALLEST_LETTERS] == []
    context.close()


def test_lines_are_short_and_stand_at_the_left(chromium, site):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/procedures/picc-line/easy/")
    lines = page.evaluate(
        "[...document.querySelectorAll('.ir-easy section > p')].map((line) => ["
        "line.clientWidth / parseFloat(getComputedStyle(line).fontSize), getComputedStyle(line).textAlign])"
    )
    assert lines
    assert all(ems < 30 and side in ("start", "left") for ems, side in lines), lines
    context.close()


def test_the_link_to_help_leads_to_999(chromium, site):
    context = chromium.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/procedures/picc-line/easy/")
    page.get_by_role("main").get_by_role("link", name="When to get help").click()
    heading = page.get_by_role("heading", name="Call 999 or go to A&E now if:")
    page.wait_for_function("window.scrollY > 0")
    box = heading.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 640
    context.close()
