"""The small numbers in the text lead to a list whose lines carry those numbers, on the screen and on paper."""

import re

import pytest

NUMBERS = """() => [...document.querySelectorAll('#sources li')].map(line => {
  const list = line.parentElement, style = getComputedStyle(line);
  const room = line.getBoundingClientRect().left - list.getBoundingClientRect().left;
  return style.listStyleType === 'decimal' && room >= 20 ? String(line.value) : 'none';
})"""


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("address", ["/procedures/evar/", "/guidance/medicines-blood-thinners/"])
def test_each_source_shows_the_number_that_the_text_gives_it(chromium, site, address, media):
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{site}{address}")
    page.emulate_media(media=media)
    words = page.locator("main article .ir-cite a").all_text_contents()
    cited = {number for word in words for number in re.findall(r"\d+", word)}
    shown = page.evaluate(NUMBERS)
    page.close()
    assert len(cited) > 5
    assert cited <= set(shown)
