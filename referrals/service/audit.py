"""One line in the audit log for each thing done, read, printed, exported or refused."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from referrals.encryption import lookup_hash
from referrals.london_time import london_day
from referrals.models import AuditAction, AuditEvent, Referral, RefusalCount
from referrals.organisations import SourceKind

Person = AbstractBaseUser | AnonymousUser | None
NOT_SIGNED_IN = "not signed in"
ABOUT_LENGTH = 200


def record(
    person: Person,
    action: AuditAction | str,
    referral: Referral | str | None = None,
    *,
    searched: str = "",
    command: str = "",
    **about: Any,
) -> AuditEvent:
    """Write a line. `searched` is kept only as a keyed hash; `about` holds no patient data.

    `command` names a management command that acts without a person.
    """
    known = person if person is not None and person.is_authenticated else None
    if known is not None:
        name = known.get_full_name() or known.get_username()
    else:
        name = f"command {command}" if command else NOT_SIGNED_IN
    reference = (
        f"{referral.reference or f'draft {referral.pk}'}"
        if isinstance(referral, Referral)
        else str(referral or "")
    )
    return AuditEvent.objects.create(
        at=timezone.now(),
        actor=known,
        actor_name=name[:160],
        action=str(action),
        reference=reference[:40],
        search_hash=lookup_hash("search", searched.strip().upper()) if searched else "",
        about={key: _short(value) for key, value in about.items()},
    )


def count_refusal(kind: SourceKind | str, place: str, rule: str = "") -> None:
    """Count one refusal by kind of source, day and place. Nothing about anyone is kept."""
    today = london_day(timezone.now())
    with transaction.atomic():
        row, _ = RefusalCount.objects.get_or_create(
            day=today, kind=str(kind), place=place, rule=rule
        )
        RefusalCount.objects.filter(pk=row.pk).update(count=F("count") + 1)


def _short(value: Any) -> Any:
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, list | tuple):
        return [_short(each) for each in value]
    return str(value)[:ABOUT_LENGTH]
