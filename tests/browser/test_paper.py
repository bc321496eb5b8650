"""What comes out of the printer from a web page: all the words, no menus, and no more sheets than they need."""

import re

import pytest

SHEET = re.compile(rb"/Type\s*/Page[^s]")


@pytest.fixture
def page(chromium, site):
    """Yield a page of the width that a browser prints an A4 sheet at."""
    context = chromium.new_context(viewport={"width": 700, "height": 1000}, service_workers="block")
    yield context.new_page()
    context.close()


def test_the_longest_page_prints_on_a_bearable_number_of_sheets(page, site):
    page.goto(f"{site}/procedures/evar/", wait_until="networkidle")
    sheets = len(SHEET.findall(page.pdf(format="A4")))
    assert 10 < sheets <= 27


def test_paper_keeps_every_section_and_each_picture_and_drops_what_only_a_screen_can_use(
    page, site
):
    page.goto(f"{site}/procedures/evar/", wait_until="networkidle")
    headings = page.locator("main article h2:visible").all_inner_texts()
    pictures = page.locator("main article svg:visible").count()
    page.emulate_media(media="print")
    assert page.locator("main article h2:visible").all_inner_texts() == [
        heading for heading in headings if heading != "On this page"
    ]
    assert page.locator("main article svg:visible").count() == pictures
    for useless in ("What changed on this page, and when", "Where we go in, in words"):
        assert not page.get_by_text(useless).is_visible()
    assert page.locator(".ir-steps__step:visible").count() == 10


def test_pictures_of_a_comparison_stand_one_treatment_above_the_next_on_paper(page, site):
    """Tall columns that a browser cuts into sheets lose what is in the third."""
    page.goto(f"{site}/compare/?with=tace&with=sirt&with=microwave-ablation")
    page.emulate_media(media="print")
    tops = page.evaluate(
        "[...document.querySelectorAll('[aria-labelledby=worse] .ir-side-by-side__one')]"
        ".map(one => one.getBoundingClientRect()).map(box => [box.top, box.bottom])"
    )
    assert len(tops) == 3
    assert tops[0][1] <= tops[1][0] < tops[1][1] <= tops[2][0]
