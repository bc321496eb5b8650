"""Treatments side by side: the same denominator, and kind answers to odd requests."""

import itertools
import re

import pytest

from procedures import illustrations
from procedures.comparison import compare
from procedures.library import shelf
from procedures.pictures import risk_people

pytestmark = pytest.mark.django_db


def test_same_denominator_for_every_figure():
    library = shelf.current()
    made = compare([library.procedures["microwave-ablation"], library.procedures["tace"]])
    figures = [
        figure
        for row in made.rows[-2:]
        for cell in row.cells
        for words in cell
        for figure in re.findall(r"in ([\d,]+) people", words)
    ]
    assert figures
    assert {int(figure.replace(",", "")) for figure in figures} == {made.out_of}


@pytest.mark.parametrize("count", [0, 1, 4])
def test_two_or_three_only(count):
    pages = shelf.current().sorted_procedures[:count]
    with pytest.raises(ValueError, match="Compare 2 or 3"):
        compare(pages)


def test_every_pair_for_the_same_problem_compares():
    library = shelf.current()
    for condition in library.conditions:
        pages = condition["pages"]
        for first, second in itertools.pairwise(pages):
            made = compare([first, second])
            assert all(len(row.cells) == 2 for row in made.rows)


def test_side_by_side(client):
    shown = client.get("/compare/?with=microwave-ablation&with=tace").content.decode()
    assert "Awake or asleep" in shown
    assert 'href="/procedures/tace/"' in shown
    assert "Every figure is out of" in shown


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/compare/", "See 2 or 3 treatments"),
        ("/compare/?with=tace", "Compare it with which other treatments?"),
        ("/compare/?with=no-such", "We could not find the treatment"),
        ("/compare/?with=tace&with=tace", "Compare it with which other treatments?"),
        ("/compare/?with=tace&with=sirt&with=microwave-ablation&with=cryoablation", "the first 3"),
        ("/compare/?with=%3Cscript%3E&with=tace&with=sirt", "could not find one"),
    ],
)
def test_odd_requests(client, address, words):
    response = client.get(address)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert (
        "<script>"
        not in response.content.decode().split("</head>")[1].split("<main")[1].split("</main>")[0]
    )


def test_a_page_leads_to_its_comparison(client):
    assert "/compare/?with=tace" in client.get("/procedures/tace/").content.decode()


def test_figures_are_drawn_as_people_out_of_the_same_number(client):
    """People look before they read: each figure of the table is also a picture, each page has its way in."""
    library = shelf.current()
    made = compare([library.procedures["microwave-ablation"], library.procedures["tace"]])
    assert all(made.ways_in)
    drawn = [picture for cell in (*made.better, *made.worse) for picture in cell]
    assert len(drawn) > 5
    assert all(f"in {made.out_of:,} people" in str(picture) for picture in drawn)
    shown = client.get("/compare/?with=microwave-ablation&with=tace").content.decode()
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert shown.count("<svg") >= len(drawn) + 2


def test_the_way_in_offers_other_choices_and_no_test_beside_a_treatment(client):
    words = client.get("/compare/").content.decode()
    assert "with=microwave-ablation&amp;with=" in words or "with=microwave-ablation" in words
    for link in re.findall(r'href="/compare/\?([^"]+)"', words):
        slugs = re.findall(r"with=([\w-]+)", link)
        for slug in slugs if len(slugs) > 1 else []:
            others = {page.slug for page in shelf.current().related(slug)["alternative"]}
            assert others & set(slugs), link
    for never in ("ivc-filter-removal", "angiogram", "ptc"):
        assert f"with={never}" not in words


def test_one_figure_is_not_drawn_as_a_range_of_studies():
    """3.1 in 100 is one figure: the part of a person is striped as such, and no study is said to find 4."""
    page = shelf.current().procedures["carotid-stent"].document
    row = next(row for row in page["risks"] if row["name"] == "A stroke or death on the day")
    assert (row["affected_low"], row["affected_high"], row["out_of"]) == (47, 47, 1000)
    chance = illustrations.chance_of(row)
    assert chance.high is None
    drawn = str(risk_people("one", chance, 100))
    assert "4.7 in 100 people" in drawn
    assert "Striped: part of 1 person" in drawn


def test_no_single_figure_of_a_source_is_stretched_into_a_range():
    """A row whose text gives one figure, such as 4.9 in 100, is drawn as that figure, not as 4 to 5."""
    stretched = []
    for page in shelf.current().procedures.values():
        for row in [*page.document["risks"], *page.document["benefits"]]:
            words = re.sub(r"\[\^.*?\]", "", row["frequency_text"])
            one = re.match(r"(?:about )?\d+\.\d in 100", words)
            alone = len(re.findall(r" in 100| of \d", words)) == 1 and " to " not in words
            if one and alone and row["affected_low"] != row["affected_high"]:
                stretched.append((page.slug, row["name"]))
    assert stretched == []
