"""Writes a preparation plan as a calendar file (RFC 5545), with Europe/London's own rules for the clocks and reminders."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event, Timezone

from .preparation import Moment, Plan
from .preparation_words import Task

LONDON_RULES = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
"""Last Sundays of March and October, at 1am UTC, as the law has had it since 1996."""
LENGTH = timedelta(minutes=30)
TITLES = {
    "week-before": "Hospital visit in a week: things to sort out",
    "day-before": "Hospital visit tomorrow: get ready",
    "last-meal": "Hospital visit: last meal (your letter comes first)",
    "last-drink": "Hospital visit: last drink (your letter comes first)",
    "arrive": "Hospital visit: arrive",
    "first-night": "Hospital visit: the first night",
    "first-week": "After your hospital visit: the first week",
}
"""Neutral words: others may see someone's calendar, so the procedure is not named in a title."""


def task_lines(tasks: tuple[Task, ...]) -> list[str]:
    """Return tasks as lines of plain text."""
    return [
        line
        for task in tasks
        for line in (f"- {task.words}", *(f"  - {point}" for point in task.points))
    ]


def _event(moment: Moment, number: int, seed: UUID, written: datetime) -> Event:
    event = Event()
    event.add("uid", f"{seed}-{number}")
    event.add("dtstamp", written.astimezone(UTC))
    event.add("summary", TITLES[moment.slug])
    # In the hour that comes twice when clocks go back, a local time would mean the first: the second is told in UTC.
    event.add("dtstart", moment.at.astimezone(UTC) if moment.at.fold else moment.at)
    event.add("duration", LENGTH)
    event.add("description", "\n".join(task_lines(moment.tasks)))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if moment.slug == "arrive" else "TRANSPARENT")
    if moment.reminder is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", TITLES[moment.slug])
        alarm.add("trigger", moment.reminder.astimezone(UTC) - moment.at.astimezone(UTC))
        event.add_component(alarm)
    return event


def calendar_file(plan: Plan, written: datetime, seed: UUID) -> bytes:
    """Return the .ics of what lies ahead. `seed` makes the events' names; take a new random one, so that it tells nothing."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Interventional radiology//Preparation plan//EN")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add_component(Timezone.from_ical(LONDON_RULES))
    for number, moment in enumerate(plan.moments):
        if moment.slug != "now":
            made.add_component(_event(moment, number, seed, written))
    return made.to_ical()
