"""Carries out what two people have approved, and nothing else.

One person approves a due record (`retention.approve`), another agrees (`agree`), and the command
`destroy_approved` carries it out. Each record goes in one transaction; its files go after that
has committed, by the names that the tombstone keeps until they are gone. So a crash at any moment
leaves either the whole record, or a tombstone that says what is still to be removed, and the
command can be run again. A record that changed since it was approved is left, and both approvals
with it: people decide again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from referrals.models import (
    Attachment,
    AuditAction,
    Destruction,
    Referral,
    ReferralMove,
)
from referrals.service import audit, retention
from referrals.service.attachment_files import path_of
from referrals.service.people import standing_of

COMMAND = "destroy_approved"


@dataclass
class Destroyed:
    """What one run did, by reference."""

    done: list[str] = field(default_factory=list)
    stopped: list[tuple[str, str]] = field(default_factory=list)


def agree(referral: Referral, user: Any) -> Destruction:
    """The second person agrees. Raises PermissionDenied, also for the first person."""
    _must(user, referral)
    with transaction.atomic():
        row = retention.due().select_for_update().filter(pk=referral.pk).first()
        if row is None or row.destruction_approved_at is None:
            raise PermissionDenied("This record is not due, is held, or nobody approved it.")
        if row.destruction_approved_by_id == user.pk:
            audit.record(user, AuditAction.DENIED, row, what="second approval by the first person")
            raise PermissionDenied("Somebody else must agree to what you approved.")
        changed = changed_since(row, row.destruction_approved_at)
        if changed:
            raise PermissionDenied(changed)
        made, _ = Destruction.objects.update_or_create(
            reference=row.reference,
            defaults={
                "referral": row,
                "retention_class": row.retention_class,
                "final_state": row.state,
                "submitted_at": row.submitted_at,
                "closed_at": row.state_since,
                "destroy_after": row.destroy_after,
                "newest_row": row.newest_row,
                "approved_by": row.destruction_approved_by,
                "approved_at": row.destruction_approved_at,
                "agreed_by": user,
                "agreed_at": timezone.now(),
                "stage": Destruction.Stage.AGREED,
                "problem": "",
            },
        )
        audit.record(user, AuditAction.RETENTION, row, agreed=True)
    return made


def withdraw(referral: Referral, user: Any) -> None:
    """Take the approvals back, as long as nothing was destroyed. Raises PermissionDenied."""
    _must(user, referral)
    with transaction.atomic():
        row = Referral.objects.select_for_update().filter(pk=referral.pk).first()
        if row is None or row.destruction_approved_at is None:
            raise PermissionDenied("There is no approval to take back.")
        _clear(row)
        audit.record(user, AuditAction.RETENTION, row, withdrawn=True)


def changed_since(referral: Referral, approved_at: datetime) -> str:
    """What happened to a record after a person approved it; empty when nothing did."""
    if referral.moves.filter(at__gt=approved_at).exists():
        return "The record has moved since it was approved."
    if referral.messages.filter(sent_at__gt=approved_at).exists():
        return "A message has come since it was approved."
    if referral.attachments.filter(uploaded_at__gt=approved_at).exists():
        return "A file has come since it was approved."
    return ""


def waiting() -> QuerySet[Destruction]:
    """What two people agreed to and is not finished, oldest first."""
    return Destruction.objects.filter(
        stage__in=[Destruction.Stage.AGREED, Destruction.Stage.EMPTYING]
    ).order_by("agreed_at")


def carry_out(limit: int | None = None) -> Destroyed:
    """Destroy what was agreed. Safe to run again, at any moment, and beside another run."""
    found = Destroyed()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # freed pages are overwritten
    for order in list(waiting()[:limit]):
        problem = _empty_rows(order.pk)
        if problem:
            found.stopped.append((order.reference, problem))
        elif _remove_files(order.pk):
            found.done.append(order.reference)
    return found


def _empty_rows(key: int) -> str:
    """Remove the rows of one record in one transaction. Returns why not, if it was left."""
    with transaction.atomic():
        order = Destruction.objects.select_for_update().get(pk=key)
        if order.stage != Destruction.Stage.AGREED:
            return ""
        due = retention.due().select_for_update().filter(pk=order.referral_id).first()
        problem = _why_not(order, due)
        if problem or due is None:
            _stop(order, problem)
            return problem
        order.files = [each.key.hex for each in due.attachments.all()]
        order.stage, order.referral = Destruction.Stage.EMPTYING, None
        order.save()
        later = list(due.later.values_list("reference", flat=True))
        due.later.update(earlier=None)
        Referral.history.filter(earlier_id=due.pk).update(earlier=None)
        _delete(due)
        audit.record(
            None,
            AuditAction.RETENTION,
            order.reference,
            command=COMMAND,
            destroyed=True,
            files=len(order.files),
            later=[each for each in later if each],
        )
    return ""


def _why_not(order: Destruction, due: Referral | None) -> str:
    if due is None:
        return "The record is open again, held, or not due any more."
    if due.destruction_approved_at is None:
        return "The approval was taken back."
    if due.destruction_approved_at != order.approved_at or due.newest_row != order.newest_row:
        return "The record or its approval is not the one that was agreed to."
    return changed_since(due, order.approved_at)


def _stop(order: Destruction, problem: str) -> None:
    order.stage, order.problem = Destruction.Stage.STOPPED, problem
    order.save()
    referral = Referral.objects.select_for_update().filter(pk=order.referral_id).first()
    if referral is not None:
        _clear(referral, keep_order=True)
    audit.record(None, AuditAction.RETENTION, order.reference, command=COMMAND, stopped=problem)


def _clear(referral: Referral, *, keep_order: bool = False) -> None:
    referral.destruction_approved_by = None
    referral.destruction_approved_at = None
    referral.save(update_fields=["destruction_approved_by", "destruction_approved_at"])
    if not keep_order:
        Destruction.objects.filter(
            referral=referral, stage__in=[Destruction.Stage.AGREED, Destruction.Stage.STOPPED]
        ).delete()


def _delete(referral: Referral) -> None:
    """Every row of a record: questions and moves first, for they are protected, then the rest."""
    key = referral.pk
    referral.information_requests.all().delete()
    ReferralMove.objects.filter(referral=referral).delete()
    referral.delete()
    # Deleting writes a last line of history: the whole history goes, that line included.
    Referral.history.filter(id=key).delete()


def _remove_files(key: int) -> bool:
    """Remove what is on the disk by the tombstone's own list. Returns whether all is gone."""
    with transaction.atomic():
        order = Destruction.objects.select_for_update().get(pk=key)
        if order.stage != Destruction.Stage.EMPTYING:
            return False
        for name in order.files:
            place = path_of_name(name)
            for path in (place, place.with_suffix(".new")):
                path.unlink(missing_ok=True)
        order.files, order.stage = [], Destruction.Stage.DONE
        order.destroyed_at = timezone.now()
        order.save()
    return True


def path_of_name(name: str) -> Path:
    """Where the file of this random name lies, also when its row is gone."""
    return path_of(Attachment(key=uuid.UUID(hex=name)))


def _must(user: Any, referral: Referral) -> None:
    if not standing_of(user).may("approve_destruction"):
        audit.record(user, AuditAction.DENIED, referral, what="destruction")
        raise PermissionDenied("You may not decide about the destruction of records.")
