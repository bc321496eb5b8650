"""Every step after the draft: guarded, recorded, told. Two people never decide at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from referrals.answer_fields import FIELDS
from referrals.case_facts import read_day
from referrals.london_time import london_day
from referrals.models import (
    AuditAction,
    CatalogueEntry,
    EntitledReferrer,
    Evaluation,
    InformationRequest,
    Referral,
    ReferralMove,
)
from referrals.models.referral import the_one_way_in
from referrals.service import audit, evaluation, notices, retention
from referrals.service.drafts import lock, rank_of
from referrals.service.people import Standing, roles_in, standing_of
from referrals.states import (
    MOVES,
    REFERRER_SIDE,
    VETTERS,
    MoveProblem,
    Role,
    State,
    check_move,
    moves_from,
)
from referrals.vocabulary import Urgency

REASON_LENGTH = 2000
"""Characters of free text with a reason, as in e-RS [S77]."""


class MoveRefused(Exception):
    """The move was not made. `problems` say why, each with the field it concerns, if any."""

    def __init__(self, problems: tuple[MoveProblem, ...]) -> None:
        super().__init__(" ".join(problem.wording for problem in problems))
        self.problems = problems

    @property
    def changed_meanwhile(self) -> bool:
        """Whether somebody else was quicker."""
        return any(
            problem.code in ("changed_meanwhile", "locked_to_vetter") for problem in self.problems
        )


def move(
    referral: Referral,
    user: Any,
    target: State | str,
    recorded: Mapping[str, Any],
    *,
    seen_row: int,
) -> Referral:
    """Move a referral, and return it as it now is.

    `recorded` holds what section 4.1 asks to be recorded with this move; who and when are added
    here. `seen_row` is `referral.newest_row` as the person's page showed it. SUBMITTED is made by
    `submission.submit`, an answered question by `correspondence.answer_information`.

    Raises MoveRefused, PermissionDenied.
    """
    standing = standing_of(user)
    target = State(target)
    try:
        with transaction.atomic():
            locked = lock(referral, user, standing)
            role = role_for(locked, target, user, standing)
            origin = locked.current_state
            given = _completed(locked, target, dict(recorded), user)
            problems = check_move(
                origin,
                target,
                role,
                given,
                inpatient=locked.is_inpatient,
                seen_row=seen_row,
                newest_row=locked.newest_row,
            ) or (
                *_has_its_own_way(origin, target, role),
                *_locked_to_another(locked, target, role, user),
                *_wrong(locked, target, given),
            )
            if problems:
                raise MoveRefused(problems)
            now = timezone.now()
            _apply(locked, target, given, user, now)
            row = add_row(locked, target, user, role, given, now, origin=origin)
            locked.save()
            _consequences(locked, origin, target, given, row, user, now)
            audit.record(user, AuditAction.MOVED, locked, to=str(target), role=str(role))
            if target is not State.IN_VETTING or origin is not State.INFO_WANTED:
                word = notices.STATUS_WORDS[str(target)]
                notices.tell_team(locked, f"move-{locked.newest_row}", word)
    except IntegrityError:
        problem = MoveProblem(
            "changed_meanwhile",
            "Someone else has changed this referral since you opened it. Read it again.",
        )
        audit.record(user, AuditAction.CHANGED_MEANWHILE, referral, to=str(target))
        raise MoveRefused((problem,)) from None
    except MoveRefused as refused:
        if refused.changed_meanwhile:
            audit.record(user, AuditAction.CHANGED_MEANWHILE, referral, to=str(target))
        raise
    except PermissionDenied:
        audit.record(user, AuditAction.DENIED, referral, what=f"move to {target}")
        raise
    return locked


def offered(referral: Referral, roles: Iterable[Role]) -> tuple[State, ...]:
    """The moves to offer as buttons to someone in these roles (`people.ir_roles`, `team_roles`)."""
    found: dict[State, None] = {}
    for role in roles:
        for target in moves_from(referral.current_state, role, inpatient=referral.is_inpatient):
            found[target] = None
    return tuple(found)


def take_over(referral: Referral, user: Any, *, seen_row: int) -> Referral:
    """Take a referral in vetting from a colleague, who may be away. Raises MoveRefused."""
    standing = standing_of(user)
    with transaction.atomic():
        locked = lock(referral, user, standing)
        if not VETTERS.intersection(roles_in(locked, user, standing)):
            raise PermissionDenied("Only a vetter takes over vetting.")
        if locked.newest_row != seen_row or locked.current_state is not State.IN_VETTING:
            problem = MoveProblem("changed_meanwhile", "This referral has moved on. Read it again.")
            raise MoveRefused((problem,))
        before, locked.vetter = locked.vetter, user
        locked.save(update_fields=["vetter"])
        audit.record(
            user, AuditAction.MOVED, locked, took_over_from=str(before.pk) if before else ""
        )
    return locked


def save_vetting(
    referral: Referral, user: Any, vetting: Mapping[str, Any], *, seen_row: int
) -> Referral:
    """Record access, sheath and the like at vetting, and work the flags out anew.

    Raises MoveRefused, PermissionDenied.
    """
    standing = standing_of(user)
    with transaction.atomic():
        locked = lock(referral, user, standing)
        if not VETTERS.intersection(roles_in(locked, user, standing)):
            raise PermissionDenied("Only a vetter fills this in.")
        problems = _locked_to_another(locked, State.IN_VETTING, Role.VETTER, user)
        if locked.newest_row != seen_row:
            problems = (
                MoveProblem("changed_meanwhile", "This referral has moved on. Read it again."),
            )
        if problems:
            raise MoveRefused(problems)
        locked.vetting = {name: value for name, value in vetting.items() if value not in (None, "")}
        locked.save(update_fields=["vetting"])
        evaluation.reassess(locked, Evaluation.Occasion.VETTING)
        audit.record(user, AuditAction.SAVED, locked, part="vetting")
    return locked


def role_for(referral: Referral, target: State, user: Any, standing: Standing) -> Role:
    """The person's role that may make this move, else their first. Raises PermissionDenied."""
    roles = roles_in(referral, user, standing)
    if not roles:
        raise PermissionDenied("You have no part in this referral.")
    for role in roles:
        for each in MOVES:
            if (each.origin, each.target) == (referral.state, target) and role in each.roles:
                return role
    return roles[0]


def add_row(
    referral: Referral,
    target: State,
    user: Any,
    role: Role,
    recorded: Mapping[str, Any],
    now: datetime,
    *,
    origin: str,
) -> ReferralMove:
    """Write the immutable row and repeat it on the referral (not saved here).

    The number is unique for a referral, so that of two writers one fails.
    """
    reason = recorded.get("reason_code")
    with the_one_way_in():
        row = ReferralMove.objects.create(
            referral=referral,
            number=referral.newest_row + 1,
            origin=str(origin),
            target=str(target),
            actor=user,
            role=str(role),
            at=now,
            reason_code=str(reason or ""),
            recorded=dict(recorded),
            rule_set=referral.rule_set,
            form_version=referral.form_version,
        )
    referral.newest_row = row.number
    referral.state = str(target)
    referral.state_since = now
    if referral.pk and target is State.SUBMITTED:
        Referral.objects.filter(pk=referral.pk).update(newest_row=row.number)
    return row


def _completed(
    referral: Referral, target: State, given: dict[str, Any], user: Any
) -> dict[str, Any]:
    """Fill in what the system knows better than a form does."""
    if target is State.IN_VETTING and referral.current_state is State.SUBMITTED:
        given["vetter"] = user.get_full_name() or user.get_username()
    if target is State.AWAITING_CONSULTANT:
        given["responsible_consultant"] = referral.responsible_consultant.full_name
    if target is State.CANCELLED:
        given.setdefault("cancelled_by", user.get_full_name() or user.get_username())
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in given.items()
    }


def _has_its_own_way(origin: State, target: State, role: Role) -> tuple[MoveProblem, ...]:
    """Sending works the rules out, and an answer fills fields in: neither is a bare move."""
    answering = origin is State.INFO_WANTED and role in REFERRER_SIDE
    if target is not State.SUBMITTED and not (answering and target is State.IN_VETTING):
        return ()
    wording = "A referral is sent, and a question answered, on its own page."
    return (MoveProblem("own_way", wording),)


def _locked_to_another(
    referral: Referral, target: State, role: Role, user: Any
) -> tuple[MoveProblem, ...]:
    """A referral in vetting belongs to its vetter, until somebody takes it over."""
    in_vetting = referral.current_state is State.IN_VETTING and role in VETTERS
    if not in_vetting or target is State.CANCELLED or referral.vetter_id in (None, user.pk):
        return ()
    name = referral.vetter.get_full_name() or referral.vetter.get_username()
    return (
        MoveProblem("locked_to_vetter", f"{name} is vetting this referral. Take it over first."),
    )


def _wrong(referral: Referral, target: State, given: Mapping[str, Any]) -> tuple[MoveProblem, ...]:
    """What the table of moves cannot see: real codes, real dates, texts of a sane length."""
    problems = [
        MoveProblem("too_long", f"Use {REASON_LENGTH} characters or fewer.", name)
        for name, value in given.items()
        if isinstance(value, str) and len(value) > REASON_LENGTH
    ]
    if target is State.ACCEPTED and referral.current_state is State.IN_VETTING:
        problems += _wrong_acceptance(referral, given)
    if target is State.INFO_WANTED:
        names = given.get("fields") or []
        problems += [
            MoveProblem("unknown_field", f"There is no field {name}.", "fields")
            for name in names
            if name not in FIELDS
        ]
        if not names:
            problems.append(
                MoveProblem("not_recorded", "Choose which fields may be filled.", "fields")
            )
    for name in ("needed_by", "preassessment_date", "list_date"):
        if given.get(name):
            problems += _wrong_day(name, given[name])
    return tuple(problems)


def _wrong_acceptance(referral: Referral, given: Mapping[str, Any]) -> list[MoveProblem]:
    problems = []
    code = given.get("final_procedure")
    entry = CatalogueEntry.objects.filter(code=code, active=True).first()
    if entry is None:
        problems.append(
            MoveProblem("unknown_procedure", "Choose a procedure of the list.", "final_procedure")
        )
    elif referral.procedure_id not in (None, entry.pk) and not given.get("change_reason"):
        problems.append(
            MoveProblem(
                "not_recorded",
                "Say why the procedure differs from the one that was asked for.",
                "change_reason",
            )
        )
    if given.get("urgency") not in tuple(Urgency):
        problems.append(MoveProblem("unknown_urgency", "Choose the urgency.", "urgency"))
    return problems


def _wrong_day(name: str, value: Any) -> list[MoveProblem]:
    day = value if isinstance(value, date) else read_day(value)
    if day is None:
        return [MoveProblem("not_a_day", "Enter a real date.", name)]
    if day < london_day(timezone.now()):
        return [MoveProblem("past_day", "This date has passed.", name)]
    return []


def _apply(
    referral: Referral, target: State, given: Mapping[str, Any], user: Any, now: datetime
) -> None:
    """Change what the row of the referral repeats of the move."""
    accepting = target is State.ACCEPTED and referral.current_state is State.IN_VETTING
    if target is State.IN_VETTING and referral.current_state in (
        State.SUBMITTED,
        State.INFO_WANTED,
    ):
        referral.vetter = user
    if accepting:
        referral.final_procedure = CatalogueEntry.objects.get(code=given["final_procedure"])
        referral.urgency = str(given["urgency"])
        referral.urgency_rank = rank_of(referral.urgency)
    referral.state = str(target)
    if target.final:
        retention.classify(referral, now)


def _consequences(
    referral: Referral,
    origin: State,
    target: State,
    given: Mapping[str, Any],
    row: ReferralMove,
    user: Any,
    now: datetime,
) -> None:
    if target is State.INFO_WANTED:
        needed = given["needed_by"]
        InformationRequest.objects.create(
            referral=referral,
            move=row,
            items=[str(each) for each in given["items"]],
            fields=list(given["fields"]),
            note=given["note"],
            needed_by=needed if isinstance(needed, date) else date.fromisoformat(needed),
            asked_by=user,
            asked_at=now,
        )
    if origin is State.INFO_WANTED:
        open_request = referral.information_requests.filter(answered_at__isnull=True)
        open_request.update(answered_at=now, answered_by=user, taken_back=True)
    if target is State.IN_VETTING or (target is State.ACCEPTED and origin is State.IN_VETTING):
        evaluation.reassess(referral, Evaluation.Occasion.VETTING, now)


def consultants_of(referral: Referral) -> list[EntitledReferrer]:
    """The consultants of the referral's team who may be named as responsible today."""
    day = london_day(timezone.now())
    found = EntitledReferrer.objects.filter(
        team_id=referral.team_id, user__isnull=False
    ).select_related("organisation")
    return [each for each in found if each.holds_on(day)]
