"""Risks as people: the number filled in is the number in the source, and never less."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.pictures import Chance, risk_people, risk_pictures, shared_denominator, word_for
from tests.procedures.pictures.svg_reading import SVG, check_drawing, counted, heads_in, texts_of


def people(chance, denominator, kind="risk"):
    picture = risk_people("r", chance, denominator, kind)
    root = check_drawing(picture, "r")
    return tuple(counted(root, letter, "r") for letter in "fhe"), picture


@pytest.mark.parametrize(
    ("chance", "denominator", "solid", "hatched"),
    [
        (Chance("a", 1), 100, 1, 0),
        (Chance("a", 29, "34.5"), 100, 29, 6),
        (Chance("a", "2.4"), 100, 2, 1),
        (Chance("a", "0.58"), 1000, 5, 1),
        (Chance("a", "0.58"), 100, 0, 1),
        (Chance("a", 1, out_of=20_000), 1000, 0, 1),
        (Chance("a", 6, 20, out_of=1000), 1000, 6, 14),
        (Chance("a", 0), 100, 0, 0),
        (Chance("a", 100), 100, 100, 0),
        (Chance("a", 0, 100), 100, 0, 100),
    ],
)
def test_the_figures_filled_in_are_those_of_the_source(chance, denominator, solid, hatched):
    drawn, _ = people(chance, denominator)
    assert drawn == (solid, hatched, denominator - solid - hatched)


@given(
    low=st.decimals(0, 100, places=1),
    more=st.decimals(0, 100, places=1),
    denominator=st.sampled_from([100, 1000]),
)
def test_paper_shows_as_many_people_as_the_screen(low, more, denominator):
    chance = Chance("a", str(low), str(min(low + more, 100)))
    on_screen = check_drawing(risk_people("r", chance, denominator), "r")
    on_paper = check_drawing(risk_people("r", chance, denominator, on_paper=True), "r")
    for letter in "fhe":
        assert counted(on_paper, letter, "r") == counted(on_screen, letter, "r"), letter


@pytest.mark.parametrize(("denominator", "columns"), [(100, 20), (1000, 50)])
def test_nobody_on_paper_is_cut_or_stands_outside_the_drawing(denominator, columns):
    picture = risk_people("r", Chance("a", "15.3"), denominator, on_paper=True)
    root = check_drawing(picture, "r")
    assert not list(root.iter(f"{SVG}pattern"))[1:], "only the stripes are a repeated picture"
    rows = [
        each
        for each in root.findall(f"{SVG}g")
        if each.get("class") in ("ir-filled", "ir-outlined")
    ]
    heads = [head for row in rows for head in heads_in(row)]
    step = picture.width / columns
    for x, _ in heads:
        assert abs(x % step - step / 2) < 0.2, "each in the middle of its own ground"
    for row in rows:
        for line in row.iter(f"{SVG}path"):
            x, _, long = map(float, re.findall(r"[\d.]+", line.get("d")))
            assert x >= 0
            assert x + long <= picture.width


@pytest.mark.parametrize(
    ("chance", "numbers", "word"),
    [
        (Chance("a", 0, 1, called="uncommon"), "up to 10 in 1,000 people", "uncommon"),
        (Chance("a", 0, 5), "up to 50 in 1,000 people", "very rare to common"),
        (Chance("a", 1, out_of=6, called="very common"), "167 in 1,000 people", "very common"),
        (Chance("a", "0.25"), "2.5 in 1,000 people", "uncommon"),
        (Chance("a", "12.55"), "125.5 in 1,000 people", "very common"),
        (Chance("a", 2, out_of=2084, called="rare"), "fewer than 1 in 1,000 people", "rare"),
    ],
)
def test_picture_and_table_say_the_same(chance, numbers, word):
    assert chance.in_numbers(1000) == numbers
    assert chance.word() == word
    assert f"({word})" in " ".join(texts_of(check_drawing(risk_people("r", chance, 1000), "r")))


def test_an_upper_end_alone_chooses_the_denominator():
    assert shared_denominator([Chance("a", 0, 1), Chance("b", 30)]) == 100
    assert shared_denominator([Chance("a", 0, "0.5"), Chance("b", 30)]) == 1000


@given(
    low=st.decimals(0, 100, places=2),
    more=st.decimals(0, 100, places=2),
    denominator=st.sampled_from([100, 1000]),
)
def test_a_risk_is_never_rounded_down(low, more, denominator):
    high = min(low + more, 100)
    chance = Chance("a", str(low), str(high))
    solid, hatched = chance.filled(denominator)
    assert 0 <= solid <= solid + hatched <= denominator
    assert (solid + hatched) * 100 >= high * denominator
    assert solid * 100 <= low * denominator


@pytest.mark.parametrize(
    ("low", "out_of", "word"),
    [
        (11, 100, "very common"),
        (10, 100, "common"),
        (1, 100, "common"),
        ("0.9", 100, "uncommon"),
        (1, 1000, "uncommon"),
        ("0.9", 1000, "rare"),
        (1, 10_000, "rare"),
        (1, 10_001, "very rare"),
    ],
)
def test_words_mean_what_the_content_guide_says(low, out_of, word):
    assert Chance("a", low, out_of=out_of).word() == word


def test_a_range_over_two_words_names_both():
    assert Chance("a", "0.6", 2).word() == "uncommon to common"


def test_one_denominator_for_a_page():
    common = [Chance("a", 1), Chance("b", 30)]
    assert shared_denominator(common) == 100
    assert shared_denominator([*common, Chance("c", "0.58")]) == 1000
    assert shared_denominator([*common, Chance("d", None)]) == 100
    pictures = risk_pictures("r", [*common, Chance("c", "0.58")])
    assert all("in 1,000 people" in picture.alt for picture in pictures)


def test_an_unknown_chance_draws_no_people_and_says_so():
    drawn, picture = people(Chance("Bruise", None), 100)
    assert drawn == (0, 0, 0)
    assert "it is not known how often this happens" in picture.alt


def test_the_words_are_absolute_and_say_over_what_time():
    _, picture = people(Chance("Bleeding", 2, 3, over="in the first month"), 100)
    assert picture.text[0] == "Bleeding: 2 to 3 in 100 people in the first month."
    assert "97 in 100 people do not have this." in picture.text
    assert "Bleeding" in texts_of(check_drawing(picture, "r"))


def test_a_benefit_has_the_same_form_and_no_word_for_risk():
    drawn, picture = people(Chance("Less pain", 87), 100, kind="benefit")
    assert drawn == (87, 0, 13)
    assert "common" not in picture.alt
    assert "87 in 100 people" in picture.alt


@pytest.mark.parametrize(("low", "high"), [(-1, None), (101, None), (5, 2), (None, 3)])
def test_impossible_figures_are_refused(low, high):
    with pytest.raises(ValueError, match="Oops"):
        Chance("Oops", low, high)


def test_drawings_stay_small():
    assert len(risk_people("r", Chance("a", 29, 35), 100).svg) < 6_000
    assert len(risk_people("r", Chance("a", "29.1", "34.5"), 1000).svg) < 12_000


def test_word_for_a_share():
    assert word_for(0) == "very rare"
