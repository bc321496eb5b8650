"""Each step as a frame."""

import pytest

from procedures import illustrations
from procedures.library import shelf
from procedures.pictures import INSTRUMENT_SLUGS, Step, UnknownPart, step_frames
from procedures.pictures.instruments import INSTRUMENT_WORDS
from tests.procedures.pictures.placements import PLACEMENTS
from tests.procedures.pictures.svg_reading import check_drawing

PLACES = ("body", "hand", "entry", "way", "target")


@pytest.mark.parametrize("instrument", INSTRUMENT_SLUGS)
def test_every_instrument_can_be_drawn_everywhere(instrument):
    steps = [Step("We do something.", instrument, place) for place in PLACES]
    frames = step_frames("s", steps, "groin", ["liver"], narrowed=True)
    assert len(frames) == len(steps)
    for index, frame in enumerate(frames, start=1):
        root = check_drawing(frame, f"s-{index}")
        assert root.find("{http://www.w3.org/2000/svg}title").text == f"Step {index}"
        assert len(frame.svg) < 12_000
        assert frame.text[0] == "We do something."
        if instrument != "none":
            assert INSTRUMENT_WORDS[instrument] in frame.alt


@pytest.mark.parametrize("slug", PLACEMENTS)
def test_every_procedure_of_the_catalogue_can_be_shown_step_by_step(slug):
    entries, targets, _ = PLACEMENTS[slug]
    steps = [
        Step("You lie down", "scanner", "body"),
        Step("We numb the skin", "needle", "entry"),
        Step("A wire goes in", "wire", "way"),
        Step("A tube reaches the place", "tube", "target"),
        Step("You wait", "none", "body"),
    ]
    for index, frame in enumerate(step_frames("s", steps, entries[0], targets), start=1):
        check_drawing(frame, f"s-{index}")


def test_the_words_say_where_the_instrument_is():
    frames = step_frames(
        "s",
        [Step("a", "needle", "entry"), Step("b", "wire", "way"), Step("c", "balloon", "target")],
        "groin",
        ["leg-artery-left"],
    )
    assert "where we go in" in frames[0].alt
    assert "on its way from" in frames[1].alt
    assert "at your left thigh artery" in frames[2].alt


def test_frames_follow_the_order_and_number_of_the_steps():
    frames = step_frames("s", [Step("First"), Step("Second")], "back", ["kidney-left"])
    assert [frame.key[0] for frame in frames] == [("1", "First."), ("2", "Second.")]


def test_what_is_not_drawn_is_an_error():
    with pytest.raises(UnknownPart, match="laser"):
        step_frames("s", [Step("x", "laser", "target")], "groin", ["liver"])
    with pytest.raises(ValueError, match="part"):
        step_frames("s", [Step("x")], "groin", [])


@pytest.mark.django_db
def test_the_cannula_of_a_page_is_shown_in_the_hand_and_not_in_the_organ():
    document = shelf.current().procedures["nephrostomy"].document
    [number] = [at for at, step in enumerate(document["steps"]) if step["instrument"] == "cannula"]
    frame = illustrations.frames(document)[number]
    assert "It is in the back of your hand." in frame.alt
    assert "kidneys" not in frame.text[1]
