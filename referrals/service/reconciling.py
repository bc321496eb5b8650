"""Every day: no referral is in no list, and what was acknowledged is there (hazard H01)."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Q

from referrals.models import AuditAction, AuditEvent, Referral, ReferralMove
from referrals.models.referral import SENT_STATES
from referrals.references import ReferenceRefused, parse_reference
from referrals.service import audit, notices
from referrals.service.worklists import triage_lists
from referrals.states import State


@dataclass
class Reconciled:
    """Counts, and everything that does not agree."""

    sent: int = 0
    acknowledged: int = 0
    problems: list[str] = field(default_factory=list)


def reconcile() -> Reconciled:
    """Compare rows, moves, lists and the audit log; tell the IR side when they disagree."""
    found = Reconciled()
    sent = Referral.objects.filter(state__in=SENT_STATES)
    found.sent = sent.count()
    found.acknowledged = AuditEvent.objects.filter(action=AuditAction.SUBMITTED).count()
    _lists(found, sent)
    _newest_rows(found)
    _references(found, sent)
    _acknowledged(found)
    audit.record(
        None,
        AuditAction.RECONCILED,
        command="reconcile",
        sent=found.sent,
        acknowledged=found.acknowledged,
        problems=len(found.problems),
    )
    if found.problems:
        event = f"reconcile-{AuditEvent.objects.latest('pk').pk}"
        notices.tell_group(None, event, "the lists do not agree")
    return found


def _lists(found: Reconciled, sent: object) -> None:
    anywhere = Q(pk__in=[])
    for condition in triage_lists().values():
        anywhere |= condition
    for referral in sent.exclude(anywhere):  # type: ignore[attr-defined]
        found.problems.append(f"{referral.reference} is in no list (state {referral.state}).")


def _newest_rows(found: Reconciled) -> None:
    wrong = Referral.objects.annotate(rows=Count("moves"), highest=Max("moves__number")).exclude(
        newest_row=F("highest"), rows=F("highest")
    )
    for referral in wrong:
        found.problems.append(f"{referral}: its rows and its number of rows disagree.")
    newest = ReferralMove.objects.filter(number=F("referral__newest_row")).exclude(
        target=F("referral__state")
    )
    for move in newest.select_related("referral"):
        found.problems.append(f"{move.referral}: state {move.referral.state}, row {move.target}.")


def _references(found: Reconciled, sent: object) -> None:
    for reference in sent.values_list("reference", flat=True):  # type: ignore[attr-defined]
        try:
            parse_reference(reference)
        except ReferenceRefused:
            found.problems.append(f"{reference} is not a reference.")


def _acknowledged(found: Reconciled) -> None:
    """Each reference given out must be there; each that is there must have been given out."""
    given = set(
        AuditEvent.objects.filter(action=AuditAction.SUBMITTED).values_list("reference", flat=True)
    )
    there = set(Referral.objects.filter(state__in=SENT_STATES).values_list("reference", flat=True))
    destroyed = set(
        AuditEvent.objects.filter(action=AuditAction.RETENTION, about__destroyed=True).values_list(
            "reference", flat=True
        )
    )
    found.problems += [
        f"{each} was acknowledged and is gone." for each in sorted(given - there - destroyed)
    ]
    found.problems += [
        f"{each} is there without its line in the log." for each in sorted(there - given)
    ]
    moved = ReferralMove.objects.filter(target=str(State.SUBMITTED)).count()
    if moved != len(there):
        found.problems.append(f"{moved} rows say sent, and {len(there)} referrals are.")
