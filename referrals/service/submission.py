"""Sending a referral: one transaction, a reference only after it commits, never twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from referrals.answer_fields import UNFINISHED
from referrals.eligibility import Decision, may_submit
from referrals.london_time import london_day
from referrals.models import AuditAction, Evaluation, Referral
from referrals.references import new_reference
from referrals.safety import Flag, Level
from referrals.safety.flag import Audience
from referrals.service import audit, configuration, evaluation, gate, notices, retention
from referrals.service.drafts import applicant_for, lock
from referrals.service.moves import MoveRefused, add_row
from referrals.service.people import Standing, roles_in, standing_of
from referrals.states import MoveProblem, Role, State, check_move
from referrals.vocabulary import Urgency
from referrals.working_days import vetting_due

DRAWS = 20


class NotReady(Exception):
    """The referral cannot be sent yet. `flags` are to be put right or acknowledged, by level."""

    def __init__(self, flags: Iterable[Flag], unfinished: Iterable[str] = ()) -> None:
        self.flags = tuple(flags)
        self.unfinished = tuple(unfinished)
        names = [*(flag.id for flag in self.flags), *self.unfinished]
        super().__init__("Not ready to send: " + ", ".join(names))


def flags_before_sending(referral: Referral, user: Any) -> list[Flag]:
    """The flags that this person would meet on sending now; IR-only ones are left out.

    R04 (the consultant confirms) shows unless the responsible consultant is the one who asks.
    """
    standing = standing_of(user)
    decision = gate.ask(applicant_for(referral, user), standing)
    return [
        flag
        for flag in _assess(referral, decision, standing, timezone.now()).flags
        if flag.audience is not Audience.IR_ONLY
    ]


def submit(
    referral: Referral,
    user: Any,
    *,
    seen_row: int,
    acknowledged: Iterable[str] = (),
) -> Referral:
    """Send a referral to IR and return it with its reference. Sending it again changes nothing.

    Only the responsible consultant's own session sends. `acknowledged` holds the
    `evaluation.flag_key` of every RED flag that the consultant has read. `seen_row` is
    `referral.newest_row` as the confirmation page showed it.

    Everything (state, flags, confirmation, audit line, e-mails to send) is one transaction; the
    reference leaves this function only after it has committed.

    Raises gate.ReferralRefused, NotReady, moves.MoveRefused, PermissionDenied.
    """
    standing = standing_of(user)
    decision = gate.require(applicant_for(referral, user), "submission", standing, referral)
    if not _own_session(decision, referral, standing):
        audit.record(user, AuditAction.DENIED, referral, what="submit")
        raise PermissionDenied("Only the responsible consultant's own session sends a referral.")
    with transaction.atomic(durable=True):
        locked = lock(referral, user, standing)
        if not locked.current_state.sent:
            _send(locked, user, decision, standing, seen_row, frozenset(acknowledged))
    return locked


def _send(
    referral: Referral,
    user: Any,
    decision: Decision,
    standing: Standing,
    seen_row: int,
    acknowledged: frozenset[str],
) -> None:
    now = timezone.now()
    problems = check_move(
        referral.current_state,
        State.SUBMITTED,
        Role.CONSULTANT,
        {"consultant_confirmed_at": now},
        inpatient=referral.is_inpatient,
        seen_row=seen_row,
        newest_row=referral.newest_row,
    )
    if problems:
        raise MoveRefused(problems)
    assessment = _assess(referral, decision, standing, now)
    _must_be_ready(referral, assessment.flags, acknowledged)
    origin = referral.state
    referral.confirmed_at = referral.submitted_at = now
    referral.draft_expires_at = None
    referral.vet_due_at = _due(referral, now)
    retention.classify(referral, now)
    evaluation.store(referral, assessment, Evaluation.Occasion.SUBMISSION, acknowledged, user)
    _draw_reference(referral, london_day(now).year)
    add_row(
        referral,
        State.SUBMITTED,
        user,
        Role.CONSULTANT,
        {"consultant_confirmed_at": now.isoformat()},
        now,
        origin=origin,
    )
    audit.record(user, AuditAction.SUBMITTED, referral, rule_set=referral.rule_set)
    notices.tell_team(referral, f"move-{referral.newest_row}", notices.STATUS_WORDS["SUBMITTED"])


def _draw_reference(referral: Referral, year: int) -> None:
    """Draw until the database takes it; the referral is saved as sent on the way."""
    referral.state = State.SUBMITTED
    referral.state_since = referral.submitted_at
    for _ in range(DRAWS):
        referral.reference = new_reference(year)
        try:
            with transaction.atomic():
                referral.save()
        except IntegrityError:
            if not Referral.objects.filter(reference=referral.reference).exists():
                raise
        else:
            return
    raise RuntimeError("No free reference was found.")


def _assess(
    referral: Referral, decision: Decision, standing: Standing, now: datetime
) -> evaluation.Assessment:
    confirming = Role.CONSULTANT in _roles(referral, standing)
    return evaluation.assess(
        referral,
        confirmed=confirming,
        accepted=decision.rule != "R02",
        entitled=decision.rule != "R03",
        now=now,
    )


def _roles(referral: Referral, standing: Standing) -> tuple[Role, ...]:
    return roles_in(referral, None, standing)


def _must_be_ready(referral: Referral, flags: Iterable[Flag], acknowledged: frozenset[str]) -> None:
    """Nothing half-typed, nothing STOP or LEGAL, every RED read. Raises NotReady."""
    blocking = [flag for flag in flags if flag.level in (Level.STOP, Level.LEGAL)]
    unread = [
        flag
        for flag in flags
        if flag.level is Level.RED
        and flag.audience is not Audience.IR_ONLY
        and evaluation.flag_key(flag) not in acknowledged
    ]
    unfinished = sorted(referral.answers.get(UNFINISHED) or {})
    if not referral.urgency:
        unfinished.append("urgency")
    if not referral.patient_setting:
        unfinished.append("patient_setting")
    if blocking or unread or unfinished:
        raise NotReady([*blocking, *unread], unfinished)


def _due(referral: Referral, now: datetime) -> datetime:
    settings = configuration.current()
    target = settings.targets.get(Urgency(referral.urgency))
    if target is None:
        raise MoveRefused(
            (MoveProblem("no_target", "There is no vetting target for this urgency."),)
        )
    return vetting_due(now, target, settings.calendar)


def _own_session(decision: Decision, referral: Referral, standing: Standing) -> bool:
    """The consultant's own line in the register, in the consultant's own session."""
    consultant = referral.responsible_consultant
    mine = next((each.gmc_number for each in standing.entitlements if each.pk == consultant.pk), "")
    return may_submit(
        decision, session_gmc_number=mine, consultant_gmc_number=consultant.gmc_number
    )
