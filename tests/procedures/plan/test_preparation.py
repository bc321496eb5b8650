"""The plan's rules, as a table and as properties that hold whenever someone arrives."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.preparation import (
    TICKS,
    Facts,
    Plan,
    facts_from,
    hours_before,
    hours_in,
    plan,
    reminder,
    ring_by,
)
from procedures.wording import LONDON

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=LONDON)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


def make(arrives: datetime, *ticks: str, now: datetime = NOW, **facts: object) -> Plan:
    return plan(arrives, now, frozenset(ticks), Facts("A procedure", **facts))


def words_of(made: Plan) -> str:
    return " ".join(
        " ".join([task.words, *task.points]) for moment in made.moments for task in moment.tasks
    )


@pytest.mark.parametrize(
    ("arrives", "food", "drink", "meal_at", "drink_at"),
    [
        (london(2026, 12, 8, 7, 30), 6, 2, london(2026, 12, 8, 1, 30), london(2026, 12, 8, 5, 30)),
        (london(2026, 12, 8, 13, 0), 6, 2, london(2026, 12, 8, 7, 0), london(2026, 12, 8, 11, 0)),
        (london(2026, 12, 8, 8, 0), 4, None, london(2026, 12, 8, 4, 0), None),
        (london(2026, 12, 8, 8, 0), None, None, None, None),
        (london(2026, 12, 8, 8, 0), 0, 0, None, None),
        # Clocks go forward on 28 March 2027: 6 real hours before 7am is midnight on the clock.
        (london(2027, 3, 28, 7, 0), 6, 2, london(2027, 3, 28, 0, 0), london(2027, 3, 28, 5, 0)),
    ],
)
def test_last_meal_and_drink(arrives, food, drink, meal_at, drink_at):
    made = make(arrives, food_hours=food, drink_hours=drink)
    meal, last_drink = made.moment("last-meal"), made.moment("last-drink")
    assert (meal.at if meal else None) == meal_at
    assert (last_drink.at if last_drink else None) == drink_at


def test_clock_changes_count_real_hours():
    spring, autumn = london(2027, 3, 28, 7, 0), london(2027, 10, 31, 7, 0)
    assert hours_before(spring, 6).strftime("%d %H:%M") == "28 00:00"
    assert hours_before(autumn, 6).strftime("%d %H:%M") == "31 01:00"
    assert hours_before(autumn, 6).fold == 1
    for moment in (spring, autumn):
        assert moment.astimezone(UTC) - hours_before(moment, 6).astimezone(UTC) == timedelta(
            hours=6
        )


@pytest.mark.parametrize(
    ("answer", "hours"),
    [
        ("Do not eat for 6 hours before you arrive.", 6),
        ("Stop eating 4 hours before.", 4),
        ("Stop 4 to 6 hours before.", None),
        ("Nothing for 6 hours before. Sips until 2 hours before.", None),
        ("Eat as usual.", None),
        ("You may eat 2 hours afterwards.", None),
        ("", None),
    ],
)
def test_hours_in_a_local_answer(answer, hours):
    assert hours_in(answer) == hours


def document(**facts: object) -> dict:
    base = {
        "anaesthetic": ["local"],
        "fasting_food_hours": 6.0,
        "fasting_fluid_hours": 2.0,
        "stays_in_body": "nothing",
    }
    return {"name": "A procedure", "facts": base | facts}


def test_the_departments_answer_outweighs_the_page():
    found = facts_from(document(), {"food-before": "Stop eating 4 hours before you come."}, {})
    assert (found.food_hours, found.drink_hours) == (4, 2)
    unclear = facts_from(document(), {"food-before": "Have a light breakfast."}, {})
    assert unclear.food_hours is None
    made = plan(london(2026, 12, 8, 13, 0), NOW, frozenset(), unclear)
    assert made.moment("last-meal") is None
    assert "Have a light breakfast." in words_of(made)


def test_drinking_never_ends_before_eating():
    found = facts_from(document(fasting_food_hours=2.0, fasting_fluid_hours=4.0), {}, {})
    assert found.food_hours == 4


@pytest.mark.parametrize(
    ("arrives", "today", "by"),
    [
        (date(2026, 12, 8), date(2026, 11, 21), date(2026, 12, 1)),
        (
            date(2026, 12, 12),
            date(2026, 11, 21),
            date(2026, 12, 4),
        ),  # a Saturday: the Friday before
        (date(2026, 11, 27), date(2026, 11, 24), date(2026, 11, 24)),  # under a week: today
        (date(2026, 11, 27), date(2026, 11, 21), date(2026, 11, 23)),  # today is Saturday: Monday
        (date(2026, 11, 23), date(2026, 11, 21), date(2026, 11, 21)),  # Monday is too late
    ],
)
def test_by_when_to_ring(arrives, today, by):
    assert ring_by(arrives, today) == by


def test_reminders_never_ring_at_night():
    due = reminder(london(2026, 12, 8, 1, 30), timedelta(minutes=30), NOW)
    assert due == london(2026, 12, 7, 21, 0)
    assert reminder(london(2026, 12, 8, 11, 0), timedelta(minutes=30), NOW) == london(
        2026, 12, 8, 10, 30
    )


def test_what_is_over_moves_to_now():
    made = make(
        london(2026, 11, 21, 13, 0), now=london(2026, 11, 21, 8, 0), food_hours=6, drink_hours=2
    )
    assert [moment.slug for moment in made.moments] == [
        "now",
        "last-drink",
        "arrive",
        "first-night",
        "first-week",
    ]
    said = " ".join(task.words for task in made.moments[0].tasks)
    assert "If you have eaten since" in said
    assert "Pack:" in said


@pytest.mark.parametrize("tick", TICKS)
def test_each_tick_says_whom_to_ask_and_by_when(tick):
    plain, ticked = make(london(2026, 12, 8, 9, 0)), make(london(2026, 12, 8, 9, 0), tick)
    assert not any(task.words.startswith("Ring us or") for task in plain.moments[0].tasks)
    [ring] = [task for task in ticked.moments[0].tasks if task.words.startswith("Ring us or")]
    assert "by Tuesday 1 December 2026" in ring.words
    assert len(ring.points) == 1


@pytest.mark.parametrize("anaesthetic", ["local", "sedation"])
def test_no_medicine_is_given_hours_or_stopped(anaesthetic):
    made = plan(
        london(2026, 12, 8, 9, 0),
        NOW,
        frozenset(TICKS),
        facts_from(document(anaesthetic=[anaesthetic]), {}, {}),
    )
    for moment in made.moments:
        for task in moment.tasks:
            for words in (task.words, *task.points):
                if re.search(r"medicine|blood thinner|insulin|GLP-1|dose|metformin", words):
                    about_the_drowsy = "drowsy medicine" in words
                    assert about_the_drowsy or not re.search(r"\d+ (hour|day|week)", words), words
                    assert not re.search(r"(?<!not )(?<!Never )\b(stop|pause|skip|miss) ", words), (
                        words
                    )


def test_refuses_what_cannot_be():
    with pytest.raises(ValueError, match="in the future"):
        make(london(2026, 11, 20, 9, 0))
    with pytest.raises(ValueError, match="smoker"):
        make(london(2026, 12, 8, 9, 0), "smoker")
    with pytest.raises(ValueError, match="time zone"):
        make(datetime(2026, 12, 8, 9, 0))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))
hours = st.none() | st.sampled_from([0.0, 1.0, 2.0, 4.0, 6.0, 8.0, 12.0])


@given(
    now=moments,
    ahead=st.timedeltas(timedelta(minutes=1), timedelta(days=366)),
    food=hours,
    drink=hours,
    ticks=st.frozensets(st.sampled_from(TICKS)),
    drowsy=st.booleans(),
)
def test_times_are_in_order_and_no_reminder_is_past(now, ahead, food, drink, ticks, drowsy):
    if food is not None and drink is not None:
        food = max(food, drink)
    facts = Facts("A procedure", food_hours=food, drink_hours=drink, drowsy=drowsy)
    made = plan(now + ahead, now, ticks, facts)
    times = [moment.at.astimezone(UTC) for moment in made.moments]
    assert times == sorted(times)
    assert times[0] == now
    assert all(moment.tasks for moment in made.moments)
    for moment in made.moments:
        assert moment.reminder is None or now < moment.reminder.astimezone(UTC)
        assert moment.reminder is None or moment.reminder.astimezone(UTC) <= moment.at.astimezone(
            UTC
        )
    assert now.astimezone(LONDON).date() <= made.ring_by <= (now + ahead).astimezone(LONDON).date()
    for slug, count in (("last-meal", food), ("last-drink", drink)):
        moment = made.moment(slug)
        if moment is not None:
            assert (now + ahead) - moment.at.astimezone(UTC) == timedelta(hours=count)
    assert [moment.slug for moment in made.moments][-3:] == ["arrive", "first-night", "first-week"]
