"""The life of a referral: states, the moves between them, who makes each, what it records.

Every move becomes an immutable row; the current state is the newest row. A move is offered with
the number of the row its maker last saw, so that two people cannot decide at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    DRAFT = "DRAFT"
    AWAITING_CONSULTANT = "AWAITING_CONSULTANT"
    SUBMITTED = "SUBMITTED"
    IN_VETTING = "IN_VETTING"
    INFO_WANTED = "INFO_WANTED"
    ACCEPTED = "ACCEPTED"
    PREASSESS_BOOKED = "PREASSESS_BOOKED"
    LISTED = "LISTED"
    DONE = "DONE"
    REDIRECTED = "REDIRECTED"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"

    @property
    def final(self) -> bool:
        """Nothing follows. A new try is a new referral, linked to this one."""
        return self in FINAL

    @property
    def sent(self) -> bool:
        """IR can see it."""
        return self not in (State.DRAFT, State.AWAITING_CONSULTANT)


FINAL = frozenset({State.DONE, State.REDIRECTED, State.REJECTED, State.CANCELLED})
FHIR_STATUS: Mapping[State, str] = {
    State.DRAFT: "draft",
    State.AWAITING_CONSULTANT: "draft",
    State.INFO_WANTED: "on-hold",
    State.DONE: "completed",
    State.REDIRECTED: "revoked",
    State.REJECTED: "revoked",
    State.CANCELLED: "revoked",
    **dict.fromkeys(
        (
            State.SUBMITTED,
            State.IN_VETTING,
            State.ACCEPTED,
            State.PREASSESS_BOOKED,
            State.LISTED,
        ),
        "active",
    ),
}
"""ServiceRequest.status; CANCELLED for ``entered_in_error`` exports as entered-in-error."""


class Role(StrEnum):
    """Who makes a move. CONSULTANT is the responsible consultant in their own session."""

    CONSULTANT = "consultant"
    DELEGATE = "delegate"
    VETTER = "delegated vetter"
    IR_CONSULTANT = "IR consultant"
    IR_ADMIN = "IR administrator"


REFERRER_SIDE = frozenset({Role.CONSULTANT, Role.DELEGATE})
IR_SIDE = frozenset({Role.VETTER, Role.IR_CONSULTANT, Role.IR_ADMIN})
VETTERS = frozenset({Role.VETTER, Role.IR_CONSULTANT})


class InformationWanted(StrEnum):
    IDENTITY = "identity"
    INDICATION_UNCLEAR = "indication_unclear"
    QUESTION_UNCLEAR = "question_unclear"
    BLOODS_MISSING = "bloods_missing"
    BLOODS_OLD = "bloods_old"
    ANTITHROMBOTICS_UNCLEAR = "antithrombotics_unclear"
    ALLERGY_UNCLEAR = "allergy_unclear"
    RENAL = "renal"
    IMAGING_NOT_AVAILABLE = "imaging_not_available"
    MDT_MISSING = "mdt_missing"
    CAPACITY_CONSENT = "capacity_consent"
    INFECTION_STATUS = "infection_status"
    PREGNANCY = "pregnancy"
    LEVEL_OR_SIDE = "level_or_side"
    OTHER = "other"


class RejectionReason(StrEnum):
    NOT_INDICATED = "not_indicated"
    ALTERNATIVE_BETTER = "alternative_better"
    RISK_OUTWEIGHS = "risk_outweighs"
    NOT_PROVIDED_HERE = "not_provided_here"
    NEEDS_CLINIC_FIRST = "needs_clinic_first"
    DUPLICATE = "duplicate"
    NOT_ENTITLED = "not_entitled"
    NO_REPLY = "no_reply"
    PATIENT_DECLINED = "patient_declined"
    OTHER = "other"


class CancellationReason(StrEnum):
    PATIENT_UNFIT = "patient_unfit"
    PATIENT_DECLINED = "patient_declined"
    RESOLVED = "resolved"
    DIED = "died"
    DONE_ELSEWHERE = "done_elsewhere"
    NO_BED = "no_bed"
    NO_STAFF_OR_KIT = "no_staff_or_kit"
    EMERGENCY_DISPLACED = "emergency_displaced"
    PREP_NOT_FOLLOWED = "prep_not_followed"
    DID_NOT_ATTEND = "did_not_attend"
    TRANSFERRED = "transferred"
    ENTERED_IN_ERROR = "entered_in_error"


@dataclass(frozen=True)
class Move:
    """One allowed move. Each of ``requires`` must be recorded, and not be empty.

    ``one_of`` lists groups of which at least one must be recorded. ``reasons`` are the codes
    that ``reason_code`` (or each of ``items``) may take.
    """

    origin: State
    target: State
    roles: frozenset[Role]
    requires: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    reasons: type[StrEnum] | None = None
    inpatients_only: bool = False
    note: str = ""


_ACCEPTING = (
    "final_procedure",
    "urgency",
    "imaging_guidance",
    "anaesthetic",
    "contrast",
    "bloods_wanted",
    "antithrombotic_plan_owner",
)
_CONSULTANT = frozenset({Role.CONSULTANT})
_DELEGATE = frozenset({Role.DELEGATE})
_IR_CONSULTANT = frozenset({Role.IR_CONSULTANT})
_IR_ADMIN = frozenset({Role.IR_ADMIN})
_LISTING = ("list_date", "list_name", "order_needs")

S = State
MOVES: tuple[Move, ...] = (
    Move(S.DRAFT, S.AWAITING_CONSULTANT, _DELEGATE, ("responsible_consultant",)),
    Move(S.AWAITING_CONSULTANT, S.DRAFT, _CONSULTANT, ("note",)),
    Move(S.DRAFT, S.SUBMITTED, _CONSULTANT, ("consultant_confirmed_at",)),
    Move(S.AWAITING_CONSULTANT, S.SUBMITTED, _CONSULTANT, ("consultant_confirmed_at",)),
    Move(S.SUBMITTED, S.IN_VETTING, VETTERS, ("vetter",)),
    Move(
        S.IN_VETTING,
        S.ACCEPTED,
        _IR_CONSULTANT,
        _ACCEPTING,
        one_of=(("justification", "justify_on_the_day"),),
    ),
    Move(
        S.IN_VETTING,
        S.INFO_WANTED,
        VETTERS,
        ("items", "note", "needed_by"),
        reasons=InformationWanted,
    ),
    Move(S.INFO_WANTED, S.IN_VETTING, REFERRER_SIDE, ("answers",)),
    Move(
        S.INFO_WANTED,
        S.IN_VETTING,
        _IR_CONSULTANT,
        ("note", "escalated_at"),
        note="The question is taken back by a person, after an escalation; never by a timer.",
    ),
    Move(
        S.IN_VETTING,
        S.REDIRECTED,
        _IR_CONSULTANT,
        ("redirected_to", "note", "forwarded_by"),
    ),
    Move(
        S.IN_VETTING,
        S.REJECTED,
        _IR_CONSULTANT,
        ("reason_code", "note", "advice"),
        reasons=RejectionReason,
    ),
    Move(S.ACCEPTED, S.PREASSESS_BOOKED, _IR_ADMIN, ("preassessment_date", "preassessment_place")),
    Move(S.ACCEPTED, S.LISTED, _IR_ADMIN, _LISTING, inpatients_only=True),
    Move(S.PREASSESS_BOOKED, S.LISTED, _IR_ADMIN, _LISTING),
    Move(S.LISTED, S.ACCEPTED, _IR_ADMIN, ("note",), note="The list was cancelled."),
    Move(
        S.LISTED,
        S.DONE,
        IR_SIDE,
        ("outcome", "performed_procedure", "follow_up_owner"),
    ),
    *(
        Move(
            origin,
            S.CANCELLED,
            REFERRER_SIDE | IR_SIDE,
            ("reason_code", "cancelled_by", "re_referral_needed"),
            reasons=CancellationReason,
        )
        for origin in State
        if origin.sent and not origin.final
    ),
)


@dataclass(frozen=True)
class MoveProblem:
    """Why a move is not made. ``field`` names what is missing or wrong, if anything is."""

    code: str
    wording: str
    field: str = ""


def moves_from(state: State, role: Role, *, inpatient: bool) -> tuple[State, ...]:
    """The states that this role may move a referral to now, for the buttons on the page."""
    found = (
        move.target
        for move in MOVES
        if move.origin == state and role in move.roles and (inpatient or not move.inpatients_only)
    )
    return tuple(dict.fromkeys(found))


def check_move(
    origin: State,
    target: State,
    role: Role,
    recorded: Mapping[str, object],
    *,
    inpatient: bool,
    seen_row: int,
    newest_row: int,
) -> tuple[MoveProblem, ...]:
    """Everything wrong with a move; an empty tuple lets it be made.

    ``seen_row`` is the number of the state row that the maker's page showed, ``newest_row``
    that of the newest row now. The caller compares them in the transaction that writes the row.
    """
    if seen_row != newest_row:
        return (
            MoveProblem(
                "changed_meanwhile",
                "Someone else has changed this referral since you opened it. Read it again.",
            ),
        )
    known = [move for move in MOVES if (move.origin, move.target) == (origin, target)]
    if not known:
        return (MoveProblem("no_such_move", f"A referral cannot go from {origin} to {target}."),)
    allowed = [move for move in known if role in move.roles]
    if not allowed:
        return (MoveProblem("not_your_move", f"This is not for the {role} to do."),)
    move = allowed[0]
    if move.inpatients_only and not inpatient:
        wording = "Only an inpatient is listed without pre-assessment. Book pre-assessment first."
        return (MoveProblem("inpatients_only", wording),)
    return (*_missing(move, recorded), *_bad_reasons(move, recorded))


def _missing(move: Move, recorded: Mapping[str, object]) -> tuple[MoveProblem, ...]:
    absent = [name for name in move.requires if _empty(recorded.get(name))]
    absent += [
        choices[0]
        for choices in move.one_of
        if all(_empty(recorded.get(name)) or recorded[name] is False for name in choices)
    ]
    return tuple(
        MoveProblem("not_recorded", f"Record the {name.replace('_', ' ')}.", name)
        for name in absent
    )


def _bad_reasons(move: Move, recorded: Mapping[str, object]) -> tuple[MoveProblem, ...]:
    if move.reasons is None:
        return ()
    field = "items" if "items" in move.requires else "reason_code"
    given = recorded.get(field)
    if _empty(given):
        return ()
    codes = [given] if isinstance(given, str) or not isinstance(given, list | tuple) else given
    known = {str(each) for each in move.reasons}
    return tuple(
        MoveProblem("unknown_reason", f"{code!s} is not a reason code.", field)
        for code in codes
        if str(code) not in known
    )


def _empty(value: object) -> bool:
    """False and 0 are answers; None, blank text and empty lists are not."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == () or value == {}
