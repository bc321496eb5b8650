"""Your day, from arriving to going home."""

import pytest

from procedures.pictures import STAGE_SLUGS, Stage, timeline
from procedures.pictures.lettering import lines_of, width_of
from procedures.pictures.timeline import spoken_minutes
from tests.procedures.pictures.svg_reading import SVG, check_drawing

DAY = [
    Stage("arrival", "Come to the ward.", time="8am"),
    Stage("getting-ready", "You change into a gown.", minutes=60),
    Stage("procedure", "You lie on the X-ray table.", minutes=30, minutes_high=120),
    Stage("recovery", "You rest in bed.", minutes=240, minutes_high=360),
    Stage("going-home", "Someone takes you home."),
]


def test_the_stages_stand_in_order_with_their_times():
    picture = timeline("t", DAY)
    check_drawing(picture, "t")
    assert picture.text[0] == "1. You arrive: 8am."
    assert "3. The procedure: 30 minutes to 2 hours." in picture.text
    assert "4. Recovery: 4 to 6 hours." in picture.text
    assert "5. Going home." in picture.text


def test_a_time_that_is_not_known_is_left_out():
    assert timeline("t", [Stage("arrival")]).text == ("1. You arrive.",)


@pytest.mark.parametrize("slug", STAGE_SLUGS)
def test_every_stage_has_its_drawing(slug):
    root = check_drawing(timeline("t", [Stage(slug, "x")]), "t")
    assert any(path.get("class") == "ir-stage-icon" for path in root.iter(f"{SVG}path"))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 and a half hours"),
        (100, "1 hour 40 minutes"),
        (120, "2 hours"),
        (30, "30 minutes"),
    ],
)
def test_minutes_as_people_say_them(minutes, words):
    assert spoken_minutes(minutes) == words


def test_lines_of_text_stay_inside_the_picture():
    text = "A nurse checks your blood pressure and the small hole in your skin. " * 3
    for line in lines_of(text, 224, 15):
        assert width_of(line, 15) <= 224
    assert " ".join(lines_of(text, 224, 15)) == text.strip()


def test_a_day_without_stages_is_an_error():
    with pytest.raises(ValueError, match="stage"):
        timeline("t", [])


def test_it_is_small():
    assert len(timeline("t", DAY).svg) < 6_000
