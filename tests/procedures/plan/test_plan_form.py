"""What people type, and the kind and exact words when it cannot be."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.plan_form import LONGEST, Mistake, Typed, read, read_time, typed
from procedures.wording import LONDON

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("words", "clock"),
    [
        ("8am", "08:00"),
        ("8", "08:00"),
        ("8:15 AM", "08:15"),
        ("7.30am", "07:30"),
        ("1:30pm", "13:30"),
        ("1.30 p.m.", "13:30"),
        ("13:00", "13:00"),
        ("0730", "07:30"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("midday", "12:00"),
        ("25:00", None),
        ("8:75", None),
        ("13pm", None),
        ("0pm", None),
        ("soon", None),
        ("", None),
        ("٨", None),
    ],
)
def test_times(words, clock):
    found = read_time(words)
    assert (found.strftime("%H:%M") if found else None) == clock


@pytest.mark.parametrize(
    ("day", "month", "year", "time", "message"),
    [
        ("", "", "", "8am", "Enter the date on your letter."),
        ("8", "", "2026", "8am", "The date must include a month."),
        ("8", "", "", "8am", "The date must include a month and a year."),
        ("x", "12", "2026", "8am", "The day must be a number. You wrote “x”."),
        ("8", "13", "2026", "8am", "There is no month 13. Months go from 1 to 12."),
        ("30", "2", "2027", "8am", "There is no day 30 in February 2027. It has 28 days."),
        ("8", "12", "226", "8am", "The year must have 4 numbers, such as 2026."),
        (
            "20",
            "11",
            "2026",
            "8am",
            "Friday 20 November 2026 has passed. Check the date on your letter.",
        ),
        (
            "8",
            "12",
            "2028",
            "8am",
            "Friday 8 December 2028 is more than a year away. Check the year.",
        ),
        ("8", "12", "2026", "", "Enter the time you are asked to arrive, such as 8am or 1:30pm."),
        ("8", "12", "2026", "later", "“later” is not a time. Write it like 8am or 1:30pm."),
        (
            "8",
            "12",
            "2026",
            "2:30",
            "2:30am is an unusual time to arrive. If you mean 2:30pm, write 2:30pm. "
            "If 2:30am is right, tick the box below it.",
        ),
        (
            "8",
            "12",
            "2026",
            "11pm",
            "11pm is an unusual time to arrive. If you mean 11am, write 11am. "
            "If 11pm is right, tick the box below it.",
        ),
        ("21", "11", "2026", "9am", "9am today has passed. Check your letter."),
    ],
)
def test_mistakes_are_told(day, month, year, time, message):
    arrives, mistakes = read(Typed(day, month, year, time), NOW)
    assert arrives is None
    assert message in [row.words for row in mistakes]


def test_the_hour_that_is_skipped():
    _, [mistake] = read(Typed("28", "3", "2027", "1:30am", sure=True), NOW)
    assert mistake.words.startswith("There is no 1:30am on Sunday 28 March 2027")


@pytest.mark.parametrize("month", ["12", "dec", "December", "DEC"])
def test_months_may_be_words_and_years_short(month):
    arrives, mistakes = read(Typed("8", month, "26", "7.30am"), NOW)
    assert not mistakes
    assert arrives == datetime(2026, 12, 8, 7, 30, tzinfo=LONDON)


def test_odd_hours_are_taken_once_confirmed():
    arrives, mistakes = read(Typed("8", "12", "2026", "5am", sure=True), NOW)
    assert (arrives.hour, mistakes) == (5, [])


def test_boxes_are_cut_and_ticks_are_known():
    found = typed({"day": "9" * 1000, "time": "  8   am "}, ["glp1", "smoker"])
    assert len(found.day) == LONGEST
    assert found.time == "8 am"
    assert found.ticks == {"glp1"}


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_anything_typed_gets_a_date_or_a_message(day, month, year, time):
    arrives, mistakes = read(
        typed({"day": day, "month": month, "year": year, "time": time}, []), NOW
    )
    assert (arrives is None) == bool(mistakes)
    assert all(isinstance(row, Mistake) and row.words.endswith(".") for row in mistakes)


@given(st.integers(-9, 99), st.integers(-9, 99), st.integers(0, 9999), st.integers(0, 2400))
def test_any_numbers_get_a_date_or_a_message(day, month, year, time):
    arrives, mistakes = read(Typed(str(day), str(month), str(year), f"{time:04d}"), NOW)
    assert (arrives is None) == bool(mistakes)
