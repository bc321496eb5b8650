"""The list as it stands, for the printer: what waits, what is listed, and what must not be missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Value

from referrals.case_facts import read_day
from referrals.london_time import shown
from referrals.models import FlagRow, Referral, ReferralMove
from referrals.safety.flag import Level
from referrals.service import worklists
from referrals.service.guarding import is_guarded
from referrals.states import State
from referrals.triage import presenters

GRAVE = (Level.STOP, Level.LEGAL, Level.RED)
ON_PAPER = {
    "vetting": "Awaiting vetting",
    "information": "Information wanted",
    "booking": "Accepted, not on a list",
    "listed": "On a list",
}


@dataclass(frozen=True)
class Entry:
    """One patient on the paper list."""

    row: presenters.Row
    hospital_number: str
    side: str
    where: str
    telephone: str
    listed: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole list, of one moment."""

    made: str
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    total: int


def sheet(now: datetime, *, masked: bool) -> Sheet:
    """Every referral that is under way, most urgent first. Reads names: whoever calls audits it.

    `masked` leaves out who is behind a flagged record; the kept copy for an outage does not, as
    there the record itself cannot be opened.
    """
    lists = worklists.triage_lists(now)
    groups = []
    for name, title in ON_PAPER.items():
        keys = (
            Referral.objects.filter(lists[name])
            .order_by("urgency_rank", "vet_due_at")
            .values_list("pk", flat=True)
        )
        groups.append((title, tuple(_entries(list(keys), masked))))
    return Sheet(shown(now), tuple(groups), sum(len(entries) for _, entries in groups))


def _entries(keys: list[int], masked: bool) -> list[Entry]:
    found = list(
        Referral.objects.filter(pk__in=keys)
        .select_related(
            "trust", "team", "procedure", "final_procedure", "responsible_consultant", "vetter"
        )
        .defer("vetting", "hold_reason")
        .annotate(masked=is_guarded() if masked else Value(False))
    )
    order = {key: place for place, key in enumerate(keys)}
    found.sort(key=lambda each: order[each.pk])
    grave = _grave_flags(keys)
    listed = _list_places(keys)
    rows = presenters.rows(found)
    return [
        _entry(referral, row, grave.get(referral.pk, ()), listed.get(referral.pk, ""))
        for referral, row in zip(found, rows, strict=True)
    ]


def _entry(referral: Referral, row: presenters.Row, flags: tuple[str, ...], listed: str) -> Entry:
    given = referral.answers

    def joined(*names: str) -> str:
        return ", ".join(str(given[name]) for name in names if given.get(name))

    return Entry(
        row=row,
        hospital_number=(
            ""
            if row.name == presenters.MASKED
            else str(referral.identifiers.get("hospital_number") or "")
        ),
        side=joined("laterality", "level_or_site"),
        where=joined("patient_setting", "site", "ward", "bed"),
        telephone=joined("contact_number", "contact_hours"),
        listed=listed,
        flags=flags,
    )


def _grave_flags(keys: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Wordings of the gravest flags as last worked out, by referral."""
    found: dict[int, tuple[str, ...]] = {}
    rows = FlagRow.objects.filter(
        evaluation__referral__in=list(keys),
        evaluation__at=F("evaluation__referral__evaluated_at"),
        level__in=[str(each) for each in GRAVE],
    ).select_related("evaluation")
    for row in rows.order_by("evaluation", "order"):
        key = row.evaluation.referral_id
        found[key] = (*found.get(key, ()), f"{row.level}: {row.wording}")
    return found


def _list_places(keys: Iterable[int]) -> dict[int, str]:
    moves = ReferralMove.objects.filter(
        referral__in=list(keys),
        number=F("referral__newest_row"),
        target__in=[str(State.LISTED), str(State.PREASSESS_BOOKED)],
    )
    return {move.referral_id: _place(move.recorded) for move in moves}


def _place(recorded: dict[str, Any]) -> str:
    day = read_day(recorded.get("list_date") or recorded.get("preassessment_date"))
    words = [
        f"{day.day} {day:%B %Y}" if day else "",
        *(str(recorded.get(name) or "") for name in ("list_name", "preassessment_place")),
        str(recorded.get("order_needs") or ""),
    ]
    return ", ".join(word for word in words if word)
