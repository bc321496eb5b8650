"""The department's own measures: share returned by reason, time to vet, unread rejections.

No published audit of returned IR requests was found (section 4.4), so the product counts its
own. Nothing here names or describes a patient.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count

from referrals.code_words import code_words
from referrals.london_time import LONDON
from referrals.models import Evaluation, FlagRow, Referral, ReferralMove
from referrals.models.referral import SENT_STATES
from referrals.safety.flag import Level
from referrals.service import configuration
from referrals.states import State

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    "reference",
    "trust",
    "team",
    "specialty",
    "urgency",
    "setting",
    "procedure requested",
    "procedure accepted",
    "state",
    "submitted",
    "first vetted",
    "decided",
    "working days to vet",
    "vetted within target",
    "times information wanted",
    "information wanted for",
    "outcome reason",
    "outcome read",
    "red flags",
    "gravest flag",
    "rule set",
)
RETURNED = (State.INFO_WANTED, State.REDIRECTED, State.REJECTED)
DECIDED = (State.ACCEPTED, State.REDIRECTED, State.REJECTED)


def neutral(value: Any) -> str:
    """A cell that no spreadsheet runs: text that could begin a formula gets an apostrophe."""
    text = "" if value is None else str(value)
    return (
        f"'{text}"
        if text.lstrip(" ").startswith(FORMULA_STARTS) or text[:1] in FORMULA_STARTS
        else text
    )


def write_csv(file: Any) -> int:
    """Write all lines to a file-like object and return how many referrals there were."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for line in lines():
        writer.writerow([neutral(cell) for cell in line])
        count += 1
    return count


def lines() -> Iterator[Sequence[Any]]:
    """One line for each referral that was sent, oldest first."""
    calendar = configuration.current().calendar
    for referral, moves in _with_moves():
        vetted = _first(moves, State.IN_VETTING)
        decided = next((each.at for each in moves if each.target in DECIDED), None)
        until = decided or vetted
        wanted = [each for each in moves if each.target == State.INFO_WANTED]
        items = sorted({item for each in wanted for item in each.recorded.get("items", [])})
        took = calendar.elapsed(referral.submitted_at, until) if until else None
        yield (
            referral.reference,
            referral.trust.code,
            referral.team.name,
            referral.responsible_consultant.specialty,
            referral.urgency,
            referral.patient_setting,
            referral.procedure.name if referral.procedure else "IR to advise",
            referral.final_procedure.name if referral.final_procedure else "",
            referral.state,
            _clock(referral.submitted_at),
            _clock(vetted),
            _clock(decided),
            round(took, 2) if took is not None else "",
            ("yes" if until <= referral.vet_due_at else "no") if until else "",
            len(wanted),
            " ".join(items),
            next((each.reason_code for each in reversed(moves) if each.reason_code), ""),
            _clock(referral.outcome_read_at),
            referral.red_count,
            referral.top_level,
            referral.rule_set,
        )


def _reason(target: str, code: str) -> str:
    """Why a referral came back, in the words in which IR chose it."""
    if target == State.REDIRECTED:
        return "Redirected"
    how = "Rejected" if target == State.REJECTED else "Information wanted"
    return f"{how}. {code_words(code)}"


def tables(now: datetime) -> list[dict[str, Any]]:
    """The same figures added up, for the page: title, head and rows of each table."""
    calendar = configuration.current().calendar
    sent = returned = unread = 0
    reasons: Counter[tuple[str, str]] = Counter()
    specialties: dict[str, list[int]] = {}
    took: dict[str, list[Decimal]] = {}
    asked: dict[str, list[Decimal]] = {}
    cancelled: Counter[str] = Counter()
    for referral, moves in _with_moves():
        sent += 1
        came_back = [each for each in moves if each.target in RETURNED]
        returned += bool(came_back)
        for each in came_back:
            codes = each.recorded.get("items") or [each.reason_code or str(each.target).lower()]
            reasons.update((str(each.target), str(code)) for code in codes)
        of_specialty = specialties.setdefault(referral.responsible_consultant.specialty, [0, 0])
        of_specialty[0] += 1
        of_specialty[1] += bool(came_back)
        decided = next((each.at for each in moves if each.target in DECIDED), None)
        if decided:
            took.setdefault(referral.urgency, []).append(
                calendar.elapsed(referral.submitted_at, decided)
            )
        for start, end in _questions(moves, now):
            asked.setdefault(referral.urgency, []).append(calendar.elapsed(start, end))
        cancelled.update(each.reason_code for each in moves if each.target == State.CANCELLED)
        unread += (
            referral.state in (State.REJECTED, State.REDIRECTED) and not referral.outcome_read_at
        )
    return [
        {
            "title": "Returned",
            "head": ["Referrals sent", "Returned at least once", "Share", "Outcomes not read"],
            "rows": [[sent, returned, _share(returned, sent), unread]],
        },
        {
            "title": "Reasons",
            "head": ["Reason", "Times"],
            "rows": [[_reason(*each), count] for each, count in reasons.most_common()],
        },
        {
            "title": "By specialty",
            "head": ["Specialty", "Sent", "Returned", "Share"],
            "rows": [
                [name, all_of, back, _share(back, all_of)]
                for name, (all_of, back) in sorted(specialties.items())
            ],
        },
        {
            "title": "Working days from sending to decision",
            "head": ["Urgency", "Decided", "Median", "Longest"],
            "rows": [
                [urgency, len(days), round(median(days), 1), round(max(days), 1)]
                for urgency, days in sorted(took.items())
            ],
        },
        {
            "title": "Working days that a question waited for its answer",
            "head": ["Urgency", "Questions", "Median", "Longest"],
            "rows": [
                [urgency, len(days), round(median(days), 1), round(max(days), 1)]
                for urgency, days in sorted(asked.items())
            ],
        },
        {
            "title": "Cancelled",
            "head": ["Reason", "Times"],
            "rows": [[code_words(code), count] for code, count in cancelled.most_common()],
        },
        {
            "title": "Safety flags shown before sending",
            "head": ["Level", "Flags", "For each referral", "Marked as read"],
            "rows": _flags(sent),
        },
    ]


def _questions(moves: list[ReferralMove], now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """When each question was asked, and when it was answered or taken back, or now."""
    for place, each in enumerate(moves):
        if each.target == State.INFO_WANTED:
            yield each.at, moves[place + 1].at if place + 1 < len(moves) else now


def _flags(sent: int) -> list[list[Any]]:
    """How many flags referrers met, and how many they marked as read (hazard H09)."""
    found = (
        FlagRow.objects.filter(evaluation__occasion=Evaluation.Occasion.SUBMISSION)
        .values("level")
        .annotate(flags=Count("pk"), read=Count("acknowledged_at"))
    )
    by_level = {row["level"]: row for row in found}
    return [
        [
            str(level),
            row["flags"],
            round(row["flags"] / max(sent, 1), 2),
            _share(row["read"], row["flags"]),
        ]
        for level in Level
        if (row := by_level.get(str(level)))
    ]


def _with_moves() -> Iterator[tuple[Referral, list[ReferralMove]]]:
    referrals = (
        Referral.objects.filter(state__in=SENT_STATES)
        .select_related("trust", "team", "responsible_consultant", "procedure", "final_procedure")
        .defer("identifiers", "answers", "vetting", "hold_reason")
        .order_by("submitted_at")
        .prefetch_related("moves")
    )
    for referral in referrals.iterator(chunk_size=500):
        yield referral, list(referral.moves.all())


def _first(moves: list[ReferralMove], target: State) -> datetime | None:
    return next((each.at for each in moves if each.target == target), None)


def _clock(moment: datetime | None) -> str:
    return moment.astimezone(LONDON).isoformat(timespec="minutes") if moment else ""


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "none sent"
