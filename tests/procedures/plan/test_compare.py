"""Treatments side by side: the same denominator, and kind answers to odd requests."""

import itertools
import re

import pytest

from procedures.comparison import compare
from procedures.library import shelf

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
