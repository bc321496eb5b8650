"""Working days in England, and when vetting, answers and unread rejections fall due.

A working day is a whole London day, midnight to midnight, that is not a Saturday, a Sunday or a
bank holiday. A target of one working day set at 16:00 on Friday falls due at 16:00 on Monday.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from referrals.fixture_rows import fixture_rows
from referrals.london_time import elapsed_since, london_day, start_of_london_day
from referrals.vocabulary import Urgency

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The bank holidays of England and Wales."""

    bank_holidays: frozenset[date]

    def covers(self, day: date) -> bool:
        """Whether the table reaches this year; if not, bank holidays there are not known."""
        return any(holiday.year == day.year for holiday in self.bank_holidays)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.bank_holidays

    def add(self, start: datetime, working_days: Decimal | int) -> datetime:
        """The moment, in UTC, at which so many working days have passed since ``start``."""
        remaining = timedelta(days=1) * float(working_days)
        moment = start.astimezone(UTC)
        while True:
            midnight = start_of_london_day(london_day(moment) + ONE_DAY)
            if self.is_working_day(london_day(moment)):
                left_today = midnight - moment
                if remaining < left_today:
                    return moment + remaining
                remaining -= left_today
            moment = midnight

    def elapsed(self, start: datetime, end: datetime) -> Decimal:
        """Working days, with fractions, between two moments; zero if ``end`` is earlier."""
        total = timedelta()
        moment, end = start.astimezone(UTC), end.astimezone(UTC)
        while moment < end:
            midnight = start_of_london_day(london_day(moment) + ONE_DAY)
            until = min(midnight, end)
            if self.is_working_day(london_day(moment)):
                total += elapsed_since(moment, until)
            moment = until
        return Decimal(str(total / ONE_DAY))


@dataclass(frozen=True)
class UrgencyTarget:
    """Times for one urgency, in working days (proposals, for the IR lead to confirm).

    ``vet_within`` 0 means the same day, working or not. ``chase_after`` is for information
    wanted.
    """

    urgency: Urgency
    vet_within: int
    chase_after: int


def vetting_due(
    submitted_at: datetime, target: UrgencyTarget, calendar: WorkingCalendar, percent: int = 100
) -> datetime:
    """When a percentage of the vetting target has passed."""
    if target.vet_within == 0:
        day_ends = start_of_london_day(london_day(submitted_at) + ONE_DAY)
        return submitted_at.astimezone(UTC) + (day_ends - submitted_at) * (percent / 100)
    return calendar.add(submitted_at, Decimal(target.vet_within * percent) / 100)


def escalations_passed(
    submitted_at: datetime,
    target: UrgencyTarget,
    calendar: WorkingCalendar,
    now: datetime,
    steps: Iterable[int],
) -> tuple[int, ...]:
    """Which steps of the escalation ladder (percent of target) have been reached by ``now``."""
    return tuple(step for step in steps if vetting_due(submitted_at, target, calendar, step) <= now)


def information_chase_due(
    asked_at: datetime, target: UrgencyTarget, calendar: WorkingCalendar
) -> datetime:
    """When a question that has not been answered is chased."""
    return calendar.add(asked_at, target.chase_after)


def days_passed(
    since: datetime, calendar: WorkingCalendar, now: datetime, steps: Iterable[int]
) -> tuple[int, ...]:
    """Which of these numbers of working days have passed, such as for an unread rejection."""
    passed = calendar.elapsed(since, now)
    return tuple(step for step in steps if passed >= step)


def calendar_from_rows(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> WorkingCalendar:
    return WorkingCalendar(frozenset(row["day"] for row in rows.get("bankholiday", ())))


def targets_from_rows(
    rows: Mapping[str, Iterable[Mapping[str, Any]]],
) -> dict[Urgency, UrgencyTarget]:
    """Targets by urgency, from rows of model ``urgencytarget``."""
    return {
        Urgency(row["urgency"]): UrgencyTarget(
            Urgency(row["urgency"]), row["vet_within_working_days"], row["chase_after_working_days"]
        )
        for row in rows.get("urgencytarget", ())
    }


def england_calendar() -> WorkingCalendar:
    """The calendar shipped with the code."""
    return calendar_from_rows(fixture_rows("bank_holidays.yaml"))
