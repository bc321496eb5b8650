"""Break-glass (section 5.4, a proposal): a flagged record opens only to those who say why.

The reason stands in the audit log and on the list that IR governance reviews each week. Lists
show a flagged record without its name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone

from referrals.identity import nhs_number_digits
from referrals.london_time import london_day
from referrals.models import AuditAction, GuardedOpening, RecordGuard, Referral
from referrals.service import audit, notices
from referrals.service.people import Standing, standing_of

SHORTEST_WORDS = 10
SHORTEST_NAME = 3
"""Shorter names stand inside too many ordinary words to be looked for."""


class ReasonRefused(Exception):
    """The reason cannot be taken. `field` says where; the text can be shown."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def is_guarded() -> Exists:
    """An annotation: whether a flag stands on the referral now."""
    return Exists(RecordGuard.objects.filter(referral=OuterRef("pk"), lifted_at__isnull=True))


def guard_parts() -> dict[str, Any]:
    """Annotations for one page: `guarded`, and `guard_kind`, `guard_by` and `guard_at` of the flag."""
    standing = RecordGuard.objects.filter(referral=OuterRef("pk"), lifted_at__isnull=True)
    name = Concat("set_by__first_name", Value(" "), "set_by__last_name")
    return {
        "guarded": Exists(standing),
        "guard_kind": Subquery(standing.values("kind")[:1]),
        "guard_by": Subquery(standing.values(name=name)[:1]),
        "guard_at": Subquery(standing.values("set_at")[:1]),
    }


def guard_of(referral: Referral) -> RecordGuard | None:
    """The flag that stands now, if one does."""
    return (
        RecordGuard.objects.filter(referral=referral, lifted_at__isnull=True)
        .select_related("set_by")
        .first()
    )


def set_guard(
    referral: Referral, user: Any, kind: str, standing: Standing | None = None
) -> RecordGuard:
    """Flag a record. Who and what kind are audited. Raises PermissionDenied, ReasonRefused."""
    _must(user, referral, "guard_referral", standing)
    if kind not in RecordGuard.Kind.values:
        raise ReasonRefused("kind", "Choose whose record this is.")
    with transaction.atomic():
        there = guard_of(referral)
        if there is not None:
            return there
        made = RecordGuard.objects.create(
            referral=referral, kind=kind, set_by=user, set_at=timezone.now()
        )
        audit.record(user, AuditAction.GUARDED, referral, flag="set", kind=kind)
    return made


def lift_guard(referral: Referral, user: Any, standing: Standing | None = None) -> None:
    """Take the flag off; the row stays. Raises PermissionDenied."""
    _must(user, referral, "guard_referral", standing)
    with transaction.atomic():
        lifted = RecordGuard.objects.filter(referral=referral, lifted_at__isnull=True).update(
            lifted_by=user, lifted_at=timezone.now()
        )
        if lifted:
            audit.record(user, AuditAction.GUARDED, referral, flag="lifted")


def give_reason(referral: Referral, user: Any, reason: str, words: str) -> GuardedOpening:
    """Keep why somebody opens a flagged record. Raises ReasonRefused.

    The words go to the audit log, so they must not name the patient.
    """
    words = " ".join(words.split())
    if reason not in GuardedOpening.Reason.values:
        raise ReasonRefused("reason", "Choose why you need to open this record.")
    if len(words) < SHORTEST_WORDS:
        raise ReasonRefused("words", f"Say why, in {SHORTEST_WORDS} characters or more.")
    if len(words) > audit.ABOUT_LENGTH:
        raise ReasonRefused("words", f"Use {audit.ABOUT_LENGTH} characters or fewer.")
    if _names_the_patient(referral, words):
        raise ReasonRefused("words", "Leave out the patient's name and numbers.")
    with transaction.atomic():
        made = GuardedOpening.objects.create(
            referral=referral, person=user, reason=reason, words=words, at=timezone.now()
        )
        audit.record(user, AuditAction.OPENED, referral, reason=reason, words=words)
    return made


def to_review() -> QuerySet[GuardedOpening]:
    """Openings that nobody has reviewed yet, oldest first."""
    return (
        GuardedOpening.objects.filter(reviewed_at__isnull=True)
        .select_related("referral", "person")
        .order_by("at")
    )


def review(opening: GuardedOpening, user: Any) -> None:
    """Governance has looked at an opening, never at its own. Raises PermissionDenied."""
    _must(user, opening.referral, "review_openings", None)
    if opening.person_id == user.pk:
        audit.record(user, AuditAction.DENIED, opening.referral, what="review of own opening")
        raise PermissionDenied("Somebody else must review your own opening.")
    with transaction.atomic():
        done = GuardedOpening.objects.filter(pk=opening.pk, reviewed_at__isnull=True).update(
            reviewed_by=user, reviewed_at=timezone.now()
        )
        if done:
            audit.record(user, AuditAction.GUARDED, opening.referral, reviewed=opening.pk)


def ask_for_review(now: datetime) -> int:
    """Once a week, tell IR governance that openings wait. Returns how many were told."""
    if not to_review().exists():
        return 0
    year, week, _ = london_day(now).isocalendar()
    event = f"openings-{year}-{week}"
    return len(notices.tell_group(None, event, "openings to review"))


def _names_the_patient(referral: Referral, words: str) -> bool:
    said = words.casefold()
    digits = "".join(each for each in words if each.isdigit())
    known = referral.identifiers
    names = [str(known.get(name) or "") for name in ("family_name", "given_name")]
    parts = [part for name in names for part in name.casefold().split()]
    number = nhs_number_digits(known.get("nhs_number"))
    hospital = str(known.get("hospital_number") or "").casefold()
    return (
        any(len(part) >= SHORTEST_NAME and part in said for part in parts)
        or bool(number and number in digits)
        or bool(len(hospital) >= SHORTEST_NAME and hospital in said)
    )


def _must(user: Any, referral: Referral, right: str, standing: Standing | None) -> None:
    if not (standing or standing_of(user)).may(right):
        audit.record(user, AuditAction.DENIED, referral, what=right)
        raise PermissionDenied
