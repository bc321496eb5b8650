"""What the IR pages show, worked out before the template draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.utils import timezone

from referrals.case_facts import read_day
from referrals.identity import age_on, shown_nhs_number
from referrals.london_time import london_day, shown, start_of_london_day
from referrals.models import Referral
from referrals.safety import Level
from referrals.service.configuration import Configuration
from referrals.states import State
from referrals.vocabulary import Group, Urgency

FILTERS = ("urgency", "organisation", "group", "level", "vetter")
LIST_TITLES = {
    "vetting": "Awaiting vetting",
    "information": "Information wanted",
    "booking": "Accepted, not booked",
    "listed": "Listed",
    "unread": "Rejected or redirected, not read",
    "stale": "Results about to go stale",
    "closed": "Closed",
}
STATE_WORDS = {
    State.DRAFT: "Draft",
    State.AWAITING_CONSULTANT: "Awaiting the consultant",
    State.SUBMITTED: "Sent",
    State.IN_VETTING: "In vetting",
    State.INFO_WANTED: "Information wanted",
    State.ACCEPTED: "Accepted",
    State.PREASSESS_BOOKED: "Pre-assessment booked",
    State.LISTED: "Listed",
    State.DONE: "Done",
    State.REDIRECTED: "Redirected",
    State.REJECTED: "Rejected",
    State.CANCELLED: "Cancelled",
}
URGENCY_WORDS = {
    Urgency.EMERGENCY_RECORDED: "Within 24 hours, telephoned",
    Urgency.URGENT: "Urgent",
    Urgency.CANCER: "Cancer pathway",
    Urgency.ROUTINE: "Routine",
    Urgency.PLANNED: "Planned",
}
LEVEL_COLOURS = {
    Level.STOP: "red",
    Level.LEGAL: "red",
    Level.RED: "red",
    Level.AMBER: "yellow",
    Level.INFO: "blue",
}
URGENCY_COLOURS = {
    Urgency.EMERGENCY_RECORDED: "red",
    Urgency.URGENT: "orange",
    Urgency.CANCER: "purple",
    Urgency.ROUTINE: "grey",
    Urgency.PLANNED: "grey",
}


MASKED = "Flagged record"
"""What lists show in the place of a name, where the record is a colleague's or relative's."""


@dataclass(frozen=True)
class Row:
    """One line of a worklist."""

    reference: str
    name: str
    nhs_number: str
    born: str
    urgency: str
    urgency_colour: str
    procedure: str
    sender: str
    team: str
    state: str
    since: str
    due: str
    late: bool
    level: str
    level_colour: str
    reds: int
    vetter: str
    stale: str


def rows(referrals: Iterable[Referral]) -> list[Row]:
    """The lines of a list, in its order."""
    now = timezone.now()
    return [_row(referral, now) for referral in referrals]


def _row(referral: Referral, now: datetime) -> Row:
    waiting = referral.state in (State.SUBMITTED, State.IN_VETTING)
    late = bool(waiting and referral.vet_due_at and referral.vet_due_at < now)
    procedure = referral.final_procedure or referral.procedure
    masked = getattr(referral, "masked", False)
    return Row(
        reference=referral.reference or "",
        name=MASKED if masked else referral.patient_name or "Name not given",
        nhs_number=("" if masked else shown_nhs_number(referral.nhs_number) or "no NHS number"),
        born="opens with a reason" if masked else born(referral, now),
        urgency=urgency_word(referral.urgency),
        urgency_colour=URGENCY_COLOURS.get(referral.urgency, "grey"),  # type: ignore[call-overload]
        procedure=procedure.name if procedure else "IR to advise",
        sender=referral.trust.name,
        team=referral.team.name,
        state=_state_word(referral),
        since=short(referral.state_since),
        due=deadline(referral.vet_due_at) if waiting and referral.vet_due_at else "",
        late=late,
        level=referral.top_level,
        level_colour=LEVEL_COLOURS.get(referral.top_level, "grey"),  # type: ignore[call-overload]
        reds=referral.red_count,
        vetter=person_name(referral.vetter),
        stale=(
            short(referral.results_stale_at)
            if referral.results_stale_at and not State(referral.state).final
            else ""
        ),
    )


def _state_word(referral: Referral) -> str:
    """The state, and in vetting whether the team has answered a question, so that it is seen."""
    word = STATE_WORDS[State(referral.state)]
    answered = referral.state == State.IN_VETTING and getattr(referral, "answered", False)
    return f"{word}: the team has answered" if answered else word


def short(moment: datetime) -> str:
    """A time for a narrow column, with its zone."""
    words = shown(moment).split(" ")
    return " ".join([words[0], words[1][:3], *words[2:]])


def deadline(moment: datetime) -> str:
    """A time by which something is due. Midnight in London is the end of the day before, as people say it."""
    if moment == start_of_london_day(london_day(moment)):
        day = london_day(moment - timedelta(minutes=1))
        return f"the end of {day:%a} {day.day} {day:%b}"
    return short(moment)


def born(referral: Referral, now: datetime) -> str:
    """Date of birth and age, as on a wristband."""
    day = read_day(referral.identifiers.get("date_of_birth"))
    if day is None:
        return "date of birth not given"
    return f"{day.day} {day:%b %Y} ({age_on(london_day(now), day)} years)"


def urgency_word(urgency: str) -> str:
    """An urgency as people say it."""
    return URGENCY_WORDS[Urgency(urgency)] if urgency else "Not given"


def person_name(user: Any) -> str:
    """A person's name, or an empty string for nobody."""
    return (user.get_full_name() or user.get_username()) if user is not None else ""


def tabs(counts: Mapping[str, int], current: str) -> list[dict[str, Any]]:
    """The lists with their counts."""
    return [
        {
            "text": title,
            "count": counts[name],
            "href": f"?list={name}" if name != "vetting" else "?",
            "current": name == current,
        }
        for name, title in LIST_TITLES.items()
    ]


def filters(given: Mapping[str, str], settings: Configuration) -> list[dict[str, Any]]:
    """The choices above a list, as the select component takes them."""
    trusts = [
        (code, settings.directory.organisations[code].name)
        for code, listing in settings.directory.allow_list.items()
        if listing.active and not settings.directory.organisations[code].parent_code
    ]
    choices: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "urgency": ("Urgency", [(str(word), label) for word, label in URGENCY_WORDS.items()]),
        "organisation": ("Hospital", sorted(trusts, key=lambda each: each[1])),
        "group": ("Kind of procedure", [(str(each), str(each).capitalize()) for each in Group]),
        "level": ("Gravest flag", [(str(each), str(each)) for each in list(Level)[2:]]),
        "vetter": ("Vetter", [("me", "Me")]),
    }
    return [
        {
            "id": f"filter-{name}",
            "name": name,
            "label": {"text": label},
            "items": [
                {"value": "", "text": "All", "selected": not given.get(name)},
                *(
                    {"value": value, "text": text, "selected": given.get(name) == value}
                    for value, text in options
                ),
            ],
        }
        for name, (label, options) in choices.items()
    ]


def pagination(query: Mapping[str, str], page: Page) -> dict[str, Any] | None:
    """Parameters of the pagination component, or None when all fits on one page."""
    if page.paginator.num_pages < 2:
        return None

    def address(number: int) -> str:
        kept = {key: value for key, value in query.items() if value and key != "page"}
        return "?" + urlencode({**kept, "page": number})

    shown_pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    found: dict[str, Any] = {
        "items": [
            {"ellipsis": True}
            if not isinstance(number, int)
            else {"number": number, "href": address(number), "current": number == page.number}
            for number in shown_pages
        ]
    }
    if page.has_previous():
        found["previous"] = {"href": address(page.previous_page_number())}
    if page.has_next():
        found["next"] = {"href": address(page.next_page_number())}
    return found


@dataclass(frozen=True)
class ShownFlag:
    """One flag on the page: `detail` holds the referrer's own words, shown quoted."""

    rule: str
    level: str
    colour: str
    wording: str
    detail: str
    sources: str
    provisional: bool
    read: bool = field(default=False)


def flags(assessment: Any) -> list[ShownFlag]:
    """The flags as they are now, gravest first, for IR: those for IR alone included."""
    return [
        ShownFlag(
            rule=flag.id,
            level=str(flag.level),
            colour=LEVEL_COLOURS[flag.level],
            wording=flag.wording,
            detail=flag.detail,
            sources=flag.source,
            provisional=flag.provisional,
            read=f"{flag.id}:{flag.subject}" in assessment.acknowledged,
        )
        for flag in assessment.flags
    ]


def banner(referral: Referral, now: datetime) -> dict[str, str]:
    """Who the patient is, at the top of every page and print: name, date of birth, number."""
    hospital = referral.identifiers.get("hospital_number")
    issuer = referral.identifiers.get("hospital_number_issuer")
    return {
        "name": referral.patient_name or "Name not given",
        "born": born(referral, now),
        "nhs_number": shown_nhs_number(referral.nhs_number) or "none given",
        "hospital_number": f"{hospital} ({issuer})" if hospital else "none given",
        "sex": str(referral.answers.get("sex_registered_at_birth") or "not given"),
    }


def counts(found: Any) -> dict[str, int]:
    """The counts at the top of a page, as `worklists.with_surroundings` asked for them."""
    return {
        "vetting": found.vetting_count,
        "overdue": found.overdue_count,
        "account_requests": found.account_requests,
    }
