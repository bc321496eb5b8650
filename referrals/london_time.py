"""Days and clock times as the hospital reads them: Europe/London, whatever is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class AmbiguousTime(ValueError):
    """The clock shows this time twice (autumn) or never (spring)."""


def london_day(moment: datetime) -> date:
    """The calendar day in London at an aware moment."""
    return moment.astimezone(LONDON).date()


def start_of_london_day(day: date) -> datetime:
    """Midnight at the start of a London day, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def from_london_clock(day: date, clock: time) -> datetime:
    """Turn a typed day and 24-hour time into UTC.

    Raises AmbiguousTime for the hour that is skipped in spring or repeated in autumn: the
    form asks again, because "last dose 01:30" must not be out by an hour (hazard H14).
    """
    naive = datetime.combine(day, clock.replace(tzinfo=None))
    first = naive.replace(tzinfo=LONDON, fold=0)
    second = naive.replace(tzinfo=LONDON, fold=1)
    if first.utcoffset() != second.utcoffset():
        if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != naive:
            raise AmbiguousTime(
                "The clocks go forward and this time does not exist. Give a time before 01:00 "
                "or from 02:00."
            )
        raise AmbiguousTime(
            "The clocks go back and this time comes twice. Give a time before 01:00 or from 02:00."
        )
    return first.astimezone(UTC)


def elapsed_since(earlier: datetime, later: datetime) -> timedelta:
    """Hours that really passed, counted in UTC across a change of the clocks."""
    return later.astimezone(UTC) - earlier.astimezone(UTC)


def shown(moment: datetime) -> str:
    """A time as people read it, 24-hour, with its zone: ``3 March 2026, 08:00 GMT``."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M %Z}"
