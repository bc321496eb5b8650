"""An easy version is short, plain, whole, and never milder than its page: the rules as pure functions of a document."""

import pytest
from django.core.exceptions import ValidationError

from procedures import easy, easy_rules
from procedures.models.easy import EasyLine, easy_line_problem

from .sample import LINES, rows

FULL_PAGE_HELP = {
    "emergency": [
        "You suddenly cannot get your breath, or have chest pain. Call 999. [^1]",
        "Heavy bleeding from where the line goes in. Press hard and call 999.",
        "The line snaps and the end slips under your skin.",
    ],
    "same_day": [
        "You have a fever, even a mild one. If you are also confused, call 999.",
        "The line splits, cracks or leaks.",
    ],
    "next_contact": ["The dressing is loose."],
}


def document(*changes: tuple[int, tuple[str, str, str] | None]) -> dict:
    """Return a document with the sample as its easy version; `changes` replace a line, or take it away."""
    lines = list(LINES)
    for position, line in changes:
        lines[position] = line
    return {
        "help": FULL_PAGE_HELP,
        "easy": easy.lines_in_order(rows([line for line in lines if line])),
    }


def test_a_good_easy_version_passes_and_so_does_a_page_without_one():
    assert easy_rules.problems(document()) == []
    assert easy_rules.problems({"help": FULL_PAGE_HELP}) == []


@pytest.mark.parametrize(
    "line",
    [
        "You lie on a bed.",
        "Do you want to know more?",
        "Ring 111 or 999!",
        "You stay for 2 nights.",
        "Come to A&E.",
        "We use an X-ray.",
    ],
)
def test_one_plain_sentence_is_a_line(line):
    assert easy_line_problem(line) == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("You lie on a bed. We clean your arm.", "One sentence"),
        ("You lie down! Then we start.", "One sentence"),
        ("A soft tube", "full stop"),
        (" You lie on a bed.", "full stop"),
        ("- You lie on a bed.", "Plain words"),
        ("You lie **flat**.", "Plain words"),
        ("It may leak. [^S2]", "Plain words"),
        ("See [the page](/procedures/rig/).", "Plain words"),
        ("Go to https://example.org.", "Plain words"),
        ("You lie\non a bed.", "Plain words"),
        ("It happens to 2 in 100 people.", "100"),
        ("Wait 24 hours.", "24"),
        ("It works for 80% of people.", "80%"),
        ("Your temperature is 37.5 or more.", "37.5"),
        ("Ring 01632 960001.", "01632"),
    ],
)
def test_anything_else_is_refused_with_its_reason(line, why):
    assert why in easy_line_problem(line)
    with pytest.raises(ValidationError) as refused:
        EasyLine(part="what", text=line, order=1).clean_fields(exclude=["procedure"])
    assert "text" in refused.value.message_dict


@pytest.mark.parametrize(("part", "level"), [("help", ""), ("what", "emergency")])
def test_how_fast_is_said_for_help_and_for_nothing_else(part, level):
    with pytest.raises(ValidationError) as refused:
        EasyLine(part=part, level=level, text="You bleed.", order=1).clean()
    assert "level" in refused.value.message_dict


@pytest.mark.parametrize(
    ("part", "heading"),
    [
        ("what", "What is it?"),
        ("before", "Before I come"),
        ("day", "On the day"),
        ("after", "Afterwards or At home"),
        ("help", "When to get help"),
        ("choose", "My choice"),
    ],
)
def test_a_missing_part_is_named(part, heading):
    gone = [(number, None) for number, line in enumerate(LINES) if line[0] == part]
    assert any(
        f"“{heading}” has no line" in found for found in easy_rules.problems(document(*gone))
    )


def test_at_home_will_do_for_afterwards():
    assert easy_rules.problems(document((4, ("home", "", "Keep your arm dry.")))) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("You can sit or lie or stand or walk or run all day long.", "14 words"),
        ("It gives you medicine.", "said twice"),
        ("This is just a small cut.", "just"),
        ("Stop your warfarin.", "change a medicine"),
        ("You can skip your insulin.", "change a medicine"),
        ("Your tumor is small.", "tumour"),
    ],
)
def test_a_line_that_breaks_the_house_style_is_named(line, said):
    found = easy_rules.problems(document((3, ("day", "", line))))
    assert any(said in problem for problem in found), found


def test_hard_words_in_short_lines_are_caught_by_the_grade():
    hard = ["Intravenous administration necessitates radiological catheterisation."] * 3
    assert any("reading grade" in found for found in easy_rules.hard_lines(hard))


def test_each_emergency_of_the_full_page_has_its_line():
    found = easy_rules.problems(document((9, None)))
    assert len(found) == 1
    assert "The line snaps and the end slips" in found[0]


def test_without_a_line_for_999_or_for_today_it_says_so():
    only_today = document((7, None), (8, None), (9, None))
    assert any("Call 999 or go to A&E now" in found for found in easy_rules.problems(only_today))
    only_999 = document((5, None), (6, None))
    assert any("Ring us today" in found for found in easy_rules.problems(only_999))


@pytest.mark.parametrize(
    "line",
    [
        "You cannot breathe well.",
        "Your arm is sore, or you bleed heavily.",
        "You have a fever and are confused.",
    ],
)
def test_a_sign_for_999_may_not_be_told_as_one_for_today(line):
    found = easy_rules.problems(document((6, ("help", "same_day", line))))
    assert any("the full page says 999 or A&E" in problem for problem in found), found


def test_emergencies_come_first_whatever_their_order():
    levels = [line["level"] for line in document()["easy"] if line["part"] == "help"]
    assert levels == ["emergency"] * 3 + ["same_day"] * 2
