"""The life of a referral: which moves there are, whose they are, and what they record."""

from __future__ import annotations

import pytest

from referrals.states import (
    FHIR_STATUS,
    MOVES,
    CancellationReason,
    InformationWanted,
    MoveProblem,
    RejectionReason,
    Role,
    State,
    check_move,
    moves_from,
)

FULL = {
    "responsible_consultant": 7,
    "note": "Because.",
    "consultant_confirmed_at": "2026-03-10",
    "vetter": 3,
    "final_procedure": "nephrostomy-new",
    "urgency": "urgent",
    "imaging_guidance": "ultrasound",
    "anaesthetic": "local",
    "contrast": "ducts or tubes",
    "bloods_wanted": "none",
    "antithrombotic_plan_owner": "IR",
    "justification": "Justified.",
    "needed_by": "2026-03-12",
    "answers": {"inr": "1.1"},
    "escalated_at": "2026-03-12",
    "redirected_to": "Urology",
    "forwarded_by": "IR",
    "advice": "Clinic first.",
    "preassessment_date": "2026-03-12",
    "preassessment_place": "Ward",
    "list_date": "2026-03-15",
    "list_name": "List 1",
    "order_needs": "none",
    "outcome": "done",
    "performed_procedure": "nephrostomy-new",
    "follow_up_owner": "Urology",
    "cancelled_by": "referrer",
    "re_referral_needed": False,
}
REASONS = {
    InformationWanted: {"items": ["identity", "renal"]},
    RejectionReason: {"reason_code": "not_indicated"},
    CancellationReason: {"reason_code": "resolved"},
}


def check(
    origin: State,
    target: State,
    role: Role,
    recorded: dict,
    *,
    inpatient: bool = True,
    seen: int = 4,
) -> tuple[MoveProblem, ...]:
    return check_move(
        origin, target, role, recorded, inpatient=inpatient, seen_row=seen, newest_row=4
    )


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.origin}-{move.target}")
def test_each_move_is_made_by_its_people_with_everything_recorded(move: object) -> None:
    recorded = {**FULL, **REASONS.get(move.reasons, {})}
    for role in move.roles:
        assert check(move.origin, move.target, role, recorded) == ()
    for field in move.requires:
        role = sorted(move.roles)[0]
        (missing,) = check(move.origin, move.target, role, {**recorded, field: ""})
        assert (missing.code, missing.field) == ("not_recorded", field)


ALLOWED = {(move.origin, move.target) for move in MOVES}


@pytest.mark.parametrize("origin", State)
@pytest.mark.parametrize("target", State)
def test_no_other_move_exists_for_anyone(origin: State, target: State) -> None:
    if (origin, target) in ALLOWED:
        return
    for role in Role:
        (problem,) = check(origin, target, role, FULL)
        assert problem.code == "no_such_move"


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.origin}-{move.target}")
def test_no_one_else_makes_a_move(move: object) -> None:
    theirs = {
        role
        for other in MOVES
        if (other.origin, other.target) == (move.origin, move.target)
        for role in other.roles
    }
    for role in set(Role) - theirs:
        (problem,) = check(move.origin, move.target, role, FULL)
        assert problem.code == "not_your_move"


@pytest.mark.parametrize("state", [state for state in State if state.final])
def test_final_states_are_final(state: State) -> None:
    assert not [move for move in MOVES if move.origin is state]


def test_every_sent_unfinished_state_can_be_cancelled_and_no_draft() -> None:
    cancellable = {move.origin for move in MOVES if move.target is State.CANCELLED}
    assert cancellable == {state for state in State if state.sent and not state.final}


def test_a_delegate_never_sends() -> None:
    assert State.SUBMITTED not in moves_from(State.DRAFT, Role.DELEGATE, inpatient=True)
    assert State.SUBMITTED in moves_from(State.DRAFT, Role.CONSULTANT, inpatient=True)


def test_only_an_ir_consultant_rejects_with_a_code_and_words() -> None:
    reject = {"reason_code": "not_indicated", "note": "Why", "advice": "What"}
    assert check(State.IN_VETTING, State.REJECTED, Role.IR_CONSULTANT, reject) == ()
    (not_theirs,) = check(State.IN_VETTING, State.REJECTED, Role.VETTER, reject)
    assert not_theirs.code == "not_your_move"
    (unknown,) = check(
        State.IN_VETTING, State.REJECTED, Role.IR_CONSULTANT, {**reject, "reason_code": "tired"}
    )
    assert unknown.code == "unknown_reason"


def test_accepting_needs_justification_now_or_noted_for_the_day() -> None:
    recorded = {**FULL, "justification": ""}
    (missing,) = check(State.IN_VETTING, State.ACCEPTED, Role.IR_CONSULTANT, recorded)
    assert missing.field == "justification"
    recorded["justify_on_the_day"] = False
    assert check(State.IN_VETTING, State.ACCEPTED, Role.IR_CONSULTANT, recorded)
    recorded["justify_on_the_day"] = True
    assert check(State.IN_VETTING, State.ACCEPTED, Role.IR_CONSULTANT, recorded) == ()


def test_only_an_inpatient_skips_pre_assessment() -> None:
    args = (State.ACCEPTED, State.LISTED, Role.IR_ADMIN, FULL)
    assert check(*args, inpatient=True) == ()
    assert check(*args, inpatient=False)[0].code == "inpatients_only"
    assert State.LISTED not in moves_from(State.ACCEPTED, Role.IR_ADMIN, inpatient=False)


def test_two_people_cannot_decide_at_once() -> None:
    (problem,) = check(State.SUBMITTED, State.IN_VETTING, Role.VETTER, FULL, seen=3)
    assert problem.code == "changed_meanwhile"


def test_unknown_items_of_information_are_refused() -> None:
    recorded = {**FULL, "items": ["identity", "star_sign"]}
    (problem,) = check(State.IN_VETTING, State.INFO_WANTED, Role.VETTER, recorded)
    assert (problem.code, problem.field) == ("unknown_reason", "items")


def test_every_state_has_a_fhir_status() -> None:
    assert set(FHIR_STATUS) == set(State)
