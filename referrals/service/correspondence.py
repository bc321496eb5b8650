"""Questions answered, outcomes read, messages sent: what passes between the two sides."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from referrals.answer_fields import with_companions
from referrals.case_facts import read_moment
from referrals.models import AuditAction, Evaluation, InformationRequest, Message, Referral
from referrals.service import audit, evaluation, notices
from referrals.service.drafts import lock, write_answers
from referrals.service.moves import MoveRefused, add_row
from referrals.service.people import Standing, roles_in, standing_of
from referrals.states import REFERRER_SIDE, MoveProblem, Role, State, check_move

LONGEST_MESSAGE = 4000
MUST_BE_READ = (State.REJECTED, State.REDIRECTED, State.CANCELLED)


def open_request(referral: Referral) -> InformationRequest | None:
    """The question that waits for an answer, if one does."""
    return referral.information_requests.filter(answered_at__isnull=True).first()


def answer_information(
    referral: Referral,
    user: Any,
    answers: Mapping[str, Any],
    *,
    seen_row: int,
    note: str = "",
) -> Referral:
    """The referrer's team answers: only the fields that were asked for may change.

    Back to vetting, first among those of its urgency, with what changed kept beside it.
    Raises moves.MoveRefused, drafts.AnswersRefused, PermissionDenied.
    """
    standing = standing_of(user)
    with transaction.atomic():
        locked = lock(referral, user, standing)
        role = _referrer_role(locked, user, standing)
        request = open_request(locked)
        asked = with_companions(request.fields) if request else frozenset()
        extra = sorted(set(answers) - asked)
        if request is not None and extra:
            raise PermissionDenied("Only the fields that were asked for can be filled.")
        given = {"answers": sorted(answers) or None, "note": note}
        problems = check_move(
            locked.current_state,
            State.IN_VETTING,
            role,
            given,
            inpatient=locked.is_inpatient,
            seen_row=seen_row,
            newest_row=locked.newest_row,
        )
        if problems or request is None:
            raise MoveRefused(problems or (_no_question(),))
        now = timezone.now()
        request.changes = changed_by(locked, answers)
        write_answers(locked, {**locked.identifiers, **locked.answers, **answers})
        request.answered_at, request.answered_by = now, user
        request.save()
        origin = locked.state
        add_row(locked, State.IN_VETTING, user, role, given, now, origin=origin)
        locked.save()
        evaluation.reassess(locked, Evaluation.Occasion.ANSWER, now)
        audit.record(user, AuditAction.ANSWERED, locked, fields=sorted(answers))
        groups = ["IR coordinator", "IR radiologist"]
        notices.tell_group(locked, f"answered-{locked.newest_row}", "answered", groups)
    return locked


def changed_by(referral: Referral, answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What these answers would change, by field: what stands there now, and what would."""
    before = {**referral.identifiers, **referral.answers}
    return {
        name: {"before": before.get(name), "after": value}
        for name, value in answers.items()
        if not _same(before.get(name), value)
    }


def acknowledge_outcome(referral: Referral, user: Any) -> Referral:
    """The team has opened and read a rejection, redirection or cancellation.

    A second time changes nothing. Raises PermissionDenied.
    """
    standing = standing_of(user)
    with transaction.atomic():
        locked = lock(referral, user, standing)
        _referrer_role(locked, user, standing)
        if locked.current_state not in MUST_BE_READ:
            raise PermissionDenied("There is no outcome to read yet.")
        if locked.outcome_read_at is None:
            locked.outcome_read_at, locked.outcome_read_by = timezone.now(), user
            locked.save(update_fields=["outcome_read_at", "outcome_read_by"])
            audit.record(user, AuditAction.ACKNOWLEDGED, locked)
    return locked


def send_message(
    referral: Referral, user: Any, body: str, *, side: str, token: uuid.UUID | None = None
) -> Message:
    """Write to the other side. Waits for nothing; the same `token` sends it once.

    `side` is the side the person writes from, for those who stand on both.
    Raises PermissionDenied, ValueError for an empty or too long text or for a draft.
    """
    body = body.strip()
    if not body or len(body) > LONGEST_MESSAGE:
        raise ValueError(f"Write a message of at most {LONGEST_MESSAGE} characters.")
    standing = standing_of(user)
    with transaction.atomic():
        locked = lock(referral, user, standing)
        if not locked.current_state.sent:
            raise ValueError("Messages begin once the referral has been sent.")
        _must_stand_on(side, locked, user, standing)
        token = token or uuid.uuid4()
        there = Message.objects.filter(token=token, referral=locked, sender=user).first()
        if there is not None:
            return there
        message = Message.objects.create(
            referral=locked,
            token=token,
            side=side,
            sender=user,
            body=body,
            sent_at=timezone.now(),
        )
        audit.record(user, AuditAction.MESSAGED, locked)
        if side == Message.Side.IR:
            notices.tell_team(locked, f"message-{message.pk}", "message for you")
        else:
            groups = ["IR coordinator", "IR radiologist"]
            notices.tell_group(locked, f"message-{message.pk}", "message for you", groups)
    return message


def mark_read(referral: Referral, user: Any, *, side: str, standing: Standing | None = None) -> int:
    """Mark the other side's messages as read, and return how many were new."""
    _must_stand_on(side, referral, user, standing or standing_of(user))
    other = Message.Side.IR if side == Message.Side.REFERRER else Message.Side.REFERRER
    return Message.objects.filter(referral=referral, side=other, read_at__isnull=True).update(
        read_at=timezone.now(), read_by=user
    )


def highlighted(requests: Iterable[InformationRequest]) -> dict[str, Any]:
    """What stood in a field before the newest answer, by field, to show the change."""
    answered = [each for each in requests if each.answered_at and not each.taken_back]
    if not answered:
        return {}
    newest = max(answered, key=lambda each: each.answered_at)
    return {name: change["before"] for name, change in newest.changes.items()}


def _same(before: Any, after: Any) -> bool:
    """Whether an answer says what it said before. Moments are typed to the minute, and compared so."""
    first, second = read_moment(before), read_moment(after)
    if first is None or second is None:
        return before == after or not (before or after)
    return first.replace(second=0, microsecond=0) == second.replace(second=0, microsecond=0)


def _referrer_role(referral: Referral, user: Any, standing: Standing) -> Role:
    for role in roles_in(referral, user, standing):
        if role in REFERRER_SIDE:
            return role
    raise PermissionDenied("This is for the referrer's team to do.")


def _must_stand_on(side: str, referral: Referral, user: Any, standing: Standing) -> None:
    if side == Message.Side.IR and standing.is_ir:
        return
    if side == Message.Side.REFERRER and referral.team_id in standing.team_ids:
        return
    raise PermissionDenied("You do not stand on this side of the referral.")


def _no_question() -> MoveProblem:
    return MoveProblem("no_question", "There is no question to answer.")
