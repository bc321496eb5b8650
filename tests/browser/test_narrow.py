"""On a phone, or at 400 per cent, sentences in tables read from the left, each under its heading."""

CELLS = """() => [...document.querySelectorAll('.nhsuk-table--responsive tbody td')].map(cell => {
  const heading = cell.querySelector('.nhsuk-table__heading');
  return getComputedStyle(cell).textAlign === 'left' && getComputedStyle(heading).display === 'block';
})"""


def test_cells_of_a_table_read_from_the_left_under_their_heading(chromium, site):
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    for address in ("/procedures/evar/", "/compare/?with=rig&with=oesophageal-stent"):
        page.goto(f"{site}{address}")
        cells = page.evaluate(CELLS)
        assert len(cells) > 10
        assert all(cells), address
    page.close()


def test_a_page_opens_with_the_short_version(chromium, site):
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{site}/procedures/nephrostomy/")
    short = page.get_by_role("heading", name="The short version").bounding_box()
    contents = page.get_by_role("navigation", name="On this page").bounding_box()
    page.close()
    assert short["y"] < contents["y"]
