"""The preparation plan: what to do and when, counted back from the time of arrival. Pure: no clock, no database, no request.

`plan(arrives, now, ticks, facts)` returns moments in order of time. Rules, and where they come from:

- A time for the last meal or drink is given only where the department's approved local answer names one number of hours,
  or, with no answer yet, where the procedure's published facts do. The letter always comes first.
- No hours or days are ever given for a medicine: the plan says whom to ask, and by which date. Nothing says to stop one.
- After sedation or an anaesthetic: no driving for at least 24 hours, and an adult for the first night (guidance “Going
  home”).
- Hours are real hours: across a change of the clocks, six hours before is six hours on a stopwatch.
- A reminder is never in the past, and none rings at night: it comes at 9pm the evening before instead.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from .preparation_words import Task, day_words, moment_tasks
from .wording import LONDON

MORNING, EVENING, QUIET_FROM = time(9), time(18), time(21)
NIGHT_ENDS, NIGHT_BEGINS = time(7), time(22)
MEAL_WARNING, ARRIVAL_WARNING = timedelta(minutes=30), timedelta(hours=2)
DAYS_TO_SORT_THINGS_OUT = 7
TICKS = (
    "blood_thinners",
    "diabetes",
    "glp1",
    "pregnant",
    "dye_allergy",
    "pacemaker",
    "interpreter",
    "home_alone",
)
"""What a reader may tick."""


@dataclass(frozen=True)
class Facts:
    """What the plan needs of a procedure's publication and of the department's local answers.

    `food_hours` and `drink_hours` are hours before arrival; None means that nothing published gives one. The `…_answer`
    texts are the department's own approved words, empty until there are some.
    """

    name: str
    food_hours: float | None = None
    drink_hours: float | None = None
    food_answer: str = ""
    drink_answer: str = ""
    drowsy: bool = False
    stays: str = "nothing"
    lift: str = ""
    first_night: str = ""


@dataclass(frozen=True)
class Moment:
    """One point of the plan. `timed` says that the clock time matters, and not only the day."""

    slug: str
    heading: str
    at: datetime
    tasks: tuple[Task, ...]
    timed: bool = False
    reminder: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """A dated plan. `ring_by` is the last good day to ring about what was ticked."""

    arrives: datetime
    moments: tuple[Moment, ...]
    ring_by: date
    notes: tuple[str, ...] = field(default=())

    def moment(self, slug: str) -> Moment | None:
        """Return a moment by name, None if the plan has none such."""
        return next((moment for moment in self.moments if moment.slug == slug), None)


def hours_in(answer: str) -> float | None:
    """Return the one number of hours that a local answer names before the procedure; None if it is not that plain."""
    found = set(re.findall(r"(?<![\d.])(\d{1,2}(?:\.5)?)\s*(?:hours?|hrs?)\b", answer))
    ranges = re.search(r"\d\s*(?:to|or|-|–)\s*\d", answer)
    if len(found) != 1 or ranges or "before" not in answer.lower():
        return None
    return float(found.pop())


def facts_from(document: dict[str, Any], answers: dict[str, str], texts: dict[str, str]) -> Facts:
    """Return the facts of a procedure. `answers` holds approved local answers alone; `texts` what to say either way."""
    facts = document["facts"]
    food_answer, drink_answer = answers.get("food-before", ""), answers.get("drink-before", "")
    food = hours_in(food_answer) if food_answer else facts["fasting_food_hours"]
    drink = hours_in(drink_answer) if drink_answer else facts["fasting_fluid_hours"]
    if food is not None and drink is not None:
        food = max(food, drink)
    return Facts(
        name=document["name"],
        food_hours=food,
        drink_hours=drink,
        food_answer=food_answer,
        drink_answer=drink_answer,
        drowsy=bool({"sedation", "general"} & set(facts["anaesthetic"])),
        stays=facts["stays_in_body"],
        lift=texts.get("lift-home", ""),
        first_night=texts.get("someone-first-night", ""),
    )


def hours_before(moment: datetime, hours: float) -> datetime:
    """Return the time that many real hours earlier, on London's clocks."""
    return (moment.astimezone(UTC) - timedelta(hours=hours)).astimezone(LONDON)


def on(day: date, clock: time) -> datetime:
    """Return a time of day in London."""
    return datetime.combine(day, clock, tzinfo=LONDON)


def ring_by(arrives: date, today: date) -> date:
    """Return the day by which to ring: a week before, on a working day, and never in the past."""
    day = arrives - timedelta(days=DAYS_TO_SORT_THINGS_OUT)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    if day > today:
        return day
    monday = today + timedelta(days=(7 - today.weekday()) % 7)
    return monday if today.weekday() >= 5 and monday < arrives else today


def reminder(
    at: datetime, warning: timedelta, now: datetime, *, may_wake: bool = False
) -> datetime | None:
    """Return when to remind: `warning` ahead, or at 9pm the evening before if that is night; None if it has passed."""
    due = (at.astimezone(UTC) - warning).astimezone(LONDON)
    if not may_wake and (due.time() < NIGHT_ENDS or due.time() >= NIGHT_BEGINS):
        evening = due.date() - timedelta(days=1) if due.time() < NIGHT_ENDS else due.date()
        due = on(evening, QUIET_FROM)
    return due if due.astimezone(UTC) > now.astimezone(UTC) else None


def _notes(arrives: datetime, facts: Facts) -> tuple[str, ...]:
    notes = ["Your letter comes first. If it says something else, do what your letter says."]
    if arrives.weekday() >= 5:
        notes.append(
            f"{day_words(arrives.date())} is at the weekend. Most planned procedures are on weekdays, "
            "so check the date on your letter."
        )
    if facts.food_hours or facts.drink_hours:
        notes.append(
            "The times to stop eating and drinking are counted back from when you arrive, as you may be called soon after."
        )
    return tuple(notes)


def plan(arrives: datetime, now: datetime, ticks: frozenset[str], facts: Facts) -> Plan:
    """Return the plan of one reader.

    `arrives` and `now` are aware of their time zone, and `arrives` is later. Raises ValueError if not, or if a tick is not
    one of TICKS.
    """
    if arrives.tzinfo is None or now.tzinfo is None:
        raise ValueError("Times must know their time zone.")
    arrives, now = arrives.astimezone(LONDON), now.astimezone(LONDON)
    if arrives.astimezone(UTC) <= now.astimezone(UTC):
        raise ValueError("The time of arrival must be in the future.")
    if unknown := ticks - set(TICKS):
        raise ValueError(f"Not something to tick: {', '.join(sorted(unknown))}.")
    day = arrives.date()
    by = ring_by(day, now.date())
    meal = hours_before(arrives, facts.food_hours) if facts.food_hours else None
    drink = hours_before(arrives, facts.drink_hours) if facts.drink_hours else None
    night = on(day, time(20))
    if night < arrives + timedelta(hours=2):
        night = hours_before(arrives, -4)
    tasks = moment_tasks(arrives, ticks, facts, by, now.date(), meal, drink)
    ahead = [
        ("week-before", "The week before", on(day - timedelta(days=7), MORNING), timedelta(0)),
        ("day-before", "The day before", on(day - timedelta(days=1), EVENING), timedelta(0)),
        ("last-meal", "Last meal", meal, MEAL_WARNING),
        ("last-drink", "Last drink", drink, MEAL_WARNING),
    ]
    doing_now, moments = list(tasks["now"]), []
    for slug, heading, at, warning in ahead:
        if at is None:
            continue
        if at.astimezone(UTC) <= now.astimezone(UTC):
            doing_now += tasks[f"{slug}-passed"] if f"{slug}-passed" in tasks else tasks[slug]
            continue
        moments.append(
            Moment(
                slug,
                heading,
                at,
                tasks[slug],
                timed=slug.startswith("last"),
                reminder=reminder(at, warning, now),
            )
        )
    moments += [
        Moment(
            "arrive",
            "When you arrive",
            arrives,
            tasks["arrive"],
            timed=True,
            reminder=reminder(arrives, ARRIVAL_WARNING, now, may_wake=True),
        ),
        Moment("first-night", "The first night", night, tasks["first-night"]),
        Moment(
            "first-week",
            "The first week",
            on(night.date() + timedelta(days=1), MORNING),
            tasks["first-week"],
            reminder=on(night.date() + timedelta(days=1), MORNING),
        ),
    ]
    moments.sort(key=lambda moment: moment.at.astimezone(UTC))
    first = Moment("now", "Now", now, tuple(dict.fromkeys(doing_now)))
    return Plan(arrives, (first, *moments), by, _notes(arrives, facts))
