"""How long a referral is kept. Nothing is destroyed by a timer: a person approves a list."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from referrals.arrangements import Period
from referrals.case_facts import read_day
from referrals.identity import age_on
from referrals.london_time import london_day
from referrals.models import AuditAction, Referral, RetentionClass
from referrals.service import audit, configuration
from referrals.service.people import standing_of
from referrals.states import State

ADULT_AGE = 18


def classify(referral: Referral, now: datetime) -> None:
    """Set class and earliest day of destruction on the row (not saved here).

    How long each class is kept stands in rows (`ServicePeriod`), each with its source and mark.
    What was not accepted is a temporary record (section 5.1), whoever the patient is.
    """
    day = london_day(now)
    years = configuration.current().arrangements.periods
    born = read_day(referral.identifiers.get("date_of_birth"))
    if referral.state in (State.REJECTED, State.REDIRECTED):
        referral.retention_class = RetentionClass.NOT_ACCEPTED
        referral.destroy_after = _years_on(day, years[Period.KEEP_NOT_ACCEPTED])
    elif referral.urgency == "cancer":
        referral.retention_class = RetentionClass.CANCER
        referral.destroy_after = None
    elif born is not None and age_on(day, born) < ADULT_AGE:
        last = age_on(day, born) == ADULT_AGE - 1
        until = years[Period.KEEP_CHILD_17 if last else Period.KEEP_CHILD]
        referral.retention_class = RetentionClass.CHILD
        referral.destroy_after = _years_on(born, until)
    else:
        referral.retention_class = RetentionClass.ADULT
        referral.destroy_after = _years_on(day, years[Period.KEEP_ADULT])


def due(day: date | None = None) -> QuerySet[Referral]:
    """Closed referrals past their day, not held, oldest first."""
    day = day or london_day(timezone.now())
    final = [str(each) for each in State if each.final]
    return Referral.objects.filter(state__in=final, destroy_after__lt=day, hold=False).order_by(
        "destroy_after"
    )


def approve(referral: Referral, user: Any) -> Referral:
    """A person agrees that a due record may be destroyed; a second time changes nothing.

    Raises PermissionDenied, also where somebody else has approved it already: an old page must
    not put one name in the place of another.
    """
    if not standing_of(user).may("approve_destruction"):
        audit.record(user, AuditAction.DENIED, referral, what="approve destruction")
        raise PermissionDenied("You may not approve the destruction of records.")
    with transaction.atomic():
        row = due().select_for_update().filter(pk=referral.pk).first()
        if row is None:
            raise PermissionDenied("This record is not due, or is held.")
        if row.destruction_approved_by_id == user.pk:
            return row
        if row.destruction_approved_by_id is not None:
            raise PermissionDenied("Somebody else has approved this record already. Look again.")
        row.destruction_approved_by = user
        row.destruction_approved_at = timezone.now()
        row.save(update_fields=["destruction_approved_by", "destruction_approved_at"])
        audit.record(user, AuditAction.RETENTION, row, approved=True)
    return row


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)
