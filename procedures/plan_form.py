"""Reads what someone typed on the plan's form. Pure: the present time is given. Every mistake is told in kind, exact words."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .preparation import TICKS
from .preparation_words import day_words
from .wording import LONDON, clock_time

MONTHS = [name.lower() for name in calendar.month_name]
LONGEST = 40
"""Letters kept of any box: what is longer is no date or time."""
EARLIEST, LATEST = time(6), time(20)
"""Planned visits begin between these times; others are asked about."""
MOST_DAYS_AHEAD = 366
WORDS_FOR_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?\s*(?:m\.?)?")


@dataclass(frozen=True)
class Typed:
    """The boxes as they were filled in, to be shown again."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""
    sure: bool = False
    ticks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mistake:
    """One thing to put right. `box` is where the link in the summary leads; `boxes` are those at fault."""

    box: str
    words: str
    boxes: tuple[str, ...]


def typed(posted: Mapping[str, str], ticked: list[str]) -> Typed:
    """Return what was posted, cut to a sane length, with unknown ticks left out."""
    boxes = {
        name: " ".join(str(posted.get(name) or "").split())[:LONGEST]
        for name in ("day", "month", "year", "time")
    }
    return Typed(**boxes, sure=bool(posted.get("sure")), ticks=frozenset(ticked) & set(TICKS))


def _wrong_date(words: str, *boxes: str) -> Mistake:
    return Mistake(boxes[0], words, boxes)


def read_date(typed: Typed, today: date) -> date | Mistake:
    """Return the date of arrival, or what is wrong with it."""
    parts = {"day": typed.day, "month": typed.month, "year": typed.year}
    absent = [name for name, words in parts.items() if not words]
    if len(absent) == 3:
        return _wrong_date("Enter the date on your letter.", *absent)
    if absent:
        return _wrong_date(f"The date must include a {' and a '.join(absent)}.", *absent)
    month = typed.month
    if month.isalpha() and len(month) >= 3:
        month = next(
            (
                str(number)
                for number, name in enumerate(MONTHS)
                if name and name.startswith(month.lower()[:3])
            ),
            month,
        )
    for name, words in (("day", typed.day), ("month", month), ("year", typed.year)):
        if not (words.isascii() and words.isdigit()):
            return _wrong_date(f"The {name} must be a number. You wrote “{parts[name]}”.", name)
    day_number, month_number, year_number = int(typed.day), int(month), int(typed.year)
    if len(typed.year) == 2:
        year_number += 2000
    elif len(typed.year) != 4 or not 1900 <= year_number <= 2999:
        return _wrong_date(f"The year must have 4 numbers, such as {today.year}.", "year")
    if not 1 <= month_number <= 12:
        return _wrong_date(f"There is no month {typed.month}. Months go from 1 to 12.", "month")
    last = calendar.monthrange(year_number, month_number)[1]
    if not 1 <= day_number <= last:
        named = f"{calendar.month_name[month_number]} {year_number}"
        return _wrong_date(f"There is no day {typed.day} in {named}. It has {last} days.", "day")
    found = date(year_number, month_number, day_number)
    if found < today:
        return _wrong_date(
            f"{day_words(found)} has passed. Check the date on your letter.", "day", "month", "year"
        )
    if found > today + timedelta(days=MOST_DAYS_AHEAD):
        return _wrong_date(f"{day_words(found)} is more than a year away. Check the year.", "year")
    return found


def read_time(words: str) -> time | None:
    """Return a time typed as 8am, 8.30 am, 13:00, 1330 or midday; None if it is not one."""
    words = words.strip().lower()
    if words in WORDS_FOR_TIMES:
        return WORDS_FOR_TIMES[words]
    match = TIME.fullmatch(words)
    if match is None or not words.isascii():
        return None
    hour, minute, half = int(match.group(1)), int(match.group(2) or 0), match.group(3)
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def _wrong_time(words: str) -> Mistake:
    return Mistake("time", words, ("time",))


def _odd(clock: time) -> str:
    shown = clock_time(clock)
    other = time((clock.hour + 12) % 24, clock.minute)
    asked = (
        f"If you mean {clock_time(other)}, write {clock_time(other)}. "
        if EARLIEST <= other <= LATEST
        else "Check the time on your letter. "
    )
    return f"{shown.capitalize()} is an unusual time to arrive. {asked}If {shown} is right, tick the box below it."


def read(typed: Typed, now: datetime) -> tuple[datetime | None, list[Mistake]]:
    """Return the time of arrival in London, or None and what is wrong, in the order of the boxes."""
    mistakes: list[Mistake] = []
    today = now.astimezone(LONDON).date()
    day = read_date(typed, today)
    if isinstance(day, Mistake):
        mistakes.append(day)
    clock = read_time(typed.time)
    if not typed.time:
        mistakes.append(
            _wrong_time("Enter the time you are asked to arrive, such as 8am or 1:30pm.")
        )
    elif clock is None:
        mistakes.append(_wrong_time(f"“{typed.time}” is not a time. Write it like 8am or 1:30pm."))
    elif not typed.sure and not EARLIEST <= clock <= LATEST:
        mistakes.append(_wrong_time(_odd(clock)))
    if mistakes or clock is None or isinstance(day, Mistake):
        return None, mistakes
    arrives = datetime.combine(day, clock, tzinfo=LONDON)
    real = arrives.astimezone(UTC).astimezone(LONDON)
    if real.replace(tzinfo=None) != arrives.replace(tzinfo=None):
        return None, [
            _wrong_time(
                f"There is no {clock_time(clock)} on {day_words(day)}: the clocks go forward from 1am to 2am."
            )
        ]
    if arrives.astimezone(UTC) <= now.astimezone(UTC):
        return None, [
            _wrong_time(f"{clock_time(clock).capitalize()} today has passed. Check your letter.")
        ]
    return arrives, []
