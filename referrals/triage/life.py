"""The life of a referral as a list that can be read: who did what, when, and what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from referrals.answer_fields import labels_of
from referrals.case_facts import read_day
from referrals.code_words import code_words
from referrals.london_time import shown
from referrals.models import InformationRequest, Referral, ReferralMove
from referrals.states import State
from referrals.triage.presenters import STATE_WORDS, person_name

LABELS = {
    "note": "Note",
    "advice": "Advice",
    "reason_code": "Reason",
    "items": "Wanted",
    "fields": "Fields opened",
    "needed_by": "Needed by",
    "final_procedure": "Final procedure",
    "change_reason": "Why it differs from the request",
    "urgency": "Urgency",
    "imaging_guidance": "Imaging guidance",
    "anaesthetic": "Anaesthetic",
    "contrast": "Contrast",
    "bloods_wanted": "Bloods wanted",
    "antithrombotic_plan_owner": "Who plans blood-thinning drugs",
    "justification": "IR(ME)R justification",
    "justify_on_the_day": "To be justified on the day",
    "redirected_to": "Redirected to",
    "forwarded_by": "Forwarded by",
    "preassessment_date": "Pre-assessment on",
    "preassessment_place": "Place",
    "list_date": "List date",
    "list_name": "List",
    "order_needs": "Order and needs",
    "outcome": "Outcome",
    "performed_procedure": "Procedure done",
    "follow_up_owner": "Follow-up by",
    "report_place": "Where the report is",
    "cancelled_by": "Cancelled by",
    "re_referral_needed": "New referral needed",
    "answers": "Fields answered",
    "vetter": "Vetter",
    "escalated_at": "Escalated on",
    "responsible_consultant": "Consultant named",
}
LEFT_OUT = frozenset({"consultant_confirmed_at"})


@dataclass(frozen=True)
class LifeRow:
    """One step, newest first on the page."""

    state: str
    who: str
    role: str
    when: str
    lines: tuple[tuple[str, str], ...]
    request: InformationRequest | None


def rows_of(referral: Referral, procedures: Mapping[str, str]) -> list[LifeRow]:
    """All steps of a referral, newest first, in one query."""
    moves = (
        ReferralMove.objects.filter(referral=referral)
        .select_related("actor", "information_request")
        .order_by("-number")
    )
    return [_row(move, procedures) for move in moves]


def _row(move: ReferralMove, procedures: Mapping[str, str]) -> LifeRow:
    try:
        request = move.information_request
    except ObjectDoesNotExist:
        request = None
    return LifeRow(
        state=STATE_WORDS[State(move.target)],
        who=person_name(move.actor),
        role=str(move.role),
        when=shown(move.at),
        lines=recorded_lines(move.recorded, procedures),
        request=request,
    )


def recorded_lines(
    recorded: Mapping[str, Any], procedures: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """What was recorded with a move, label and words; `procedures` are names by code."""
    return tuple(
        (LABELS.get(name, name.replace("_", " ").capitalize()), _words(name, value, procedures))
        for name, value in recorded.items()
        if name not in LEFT_OUT and value not in (None, "", [], False)
    )


def _words(name: str, value: Any, procedures: Mapping[str, str]) -> str:
    if value is True:
        return "Yes"
    if isinstance(value, list):
        if name in ("fields", "answers"):
            return ", ".join(labels_of(value))
        return ", ".join(code_words(each) for each in value)
    if name == "reason_code":
        return code_words(value)
    if name == "final_procedure":
        return procedures.get(str(value), str(value))
    day = read_day(value)
    return f"{day.day} {day:%B %Y}" if day else str(value)


def asked(requests: Iterable[InformationRequest]) -> dict[str, Any] | None:
    """The question that is open now, for the top of the page."""
    for request in requests:
        if request.answered_at is None:
            return {
                "items": ", ".join(code_words(each) for each in request.items),
                "fields": ", ".join(labels_of(request.fields)),
                "note": request.note,
                "needed_by": f"{request.needed_by.day} {request.needed_by:%B %Y}",
                "asked": shown(request.asked_at),
            }
    return None


def vetting_lines(referral: Referral) -> list[tuple[str, str]]:
    """What IR filled in at vetting."""
    labels = {
        "access": "Access",
        "sheath_f": "Sheath (F)",
        "filter_removal": "Filter removal",
        "venous_stent_lysis": "Venous stent",
        "contrast_into_vessel": "Contrast into a vessel",
        "first_pass": "Contrast reaches the kidneys first",
    }
    return [
        (labels[name], str(value)) for name, value in referral.vetting.items() if name in labels
    ]
