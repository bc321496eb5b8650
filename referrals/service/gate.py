"""The gate in front of every referral: `eligibility.decide`, asked with what the database says.

It stands here, and so it holds for views, the admin, commands, fixtures and forged requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from referrals.eligibility import Application, Decision, Outcome, decide
from referrals.models import AuditAction, EntitledReferrer, Referral
from referrals.organisations import SourceKind
from referrals.refusals import refusal_for
from referrals.service import audit, configuration
from referrals.service.people import Standing, standing_of
from referrals.vocabulary import ActingAs


class ReferralRefused(PermissionDenied):
    """The gate said no. `decision` holds why and what to do instead, for the person to read."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.why or "This referral cannot go on.")
        self.decision = decision


@dataclass(frozen=True)
class Applicant:
    """Who asks, and how: answers to the questions before any patient detail.

    `consultant` is the responsible consultant's line in the register: the person's own, or
    that of the consultant whom a delegate drafts for.
    """

    user: Any
    is_emergency: str
    organisation_code: str
    acting_as: str
    consultant: EntitledReferrer | None
    procedure_code: str = ""
    discussed_with: str = ""
    discussed_at: datetime | None = None


def ask(
    applicant: Applicant, standing: Standing | None = None, now: datetime | None = None
) -> Decision:
    """May this person refer so? Asks nothing of the patient and records nothing."""
    now = now or timezone.now()
    standing = standing or standing_of(applicant.user)
    settings = configuration.current()
    entry = settings.catalogue.get(applicant.procedure_code)
    consultant = applicant.consultant
    decision = decide(
        Application(
            is_emergency=applicant.is_emergency,
            organisation_code=applicant.organisation_code,
            acting_as=applicant.acting_as,
            entitlement=consultant.as_entitlement() if consultant is not None else None,
            group=entry.group if entry is not None else "",
            discussed_with=applicant.discussed_with,
            discussed_at=applicant.discussed_at,
        ),
        settings.directory,
        now,
    )
    if not decision.accepted or _is_who_they_say(applicant, standing):
        return decision
    told = refusal_for(SourceKind.NOT_A_CONSULTANT)
    return Decision(Outcome.REFUSED, "R03", "not_this_person", told.kind, told.why, told.instead)


def require(
    applicant: Applicant,
    place: str,
    standing: Standing | None = None,
    referral: Referral | None = None,
) -> Decision:
    """The decision when it lets the person on; otherwise count and record the refusal.

    Call it outside the transaction that makes anything, so that the count stays. Raises
    ReferralRefused.
    """
    decision = ask(applicant, standing)
    if decision.accepted:
        return decision
    refuse(applicant.user, decision, place, referral)
    raise ReferralRefused(decision)


def refuse(user: Any, decision: Decision, place: str, referral: Referral | None = None) -> None:
    """Count a refusal by kind of source, and leave its line in the audit log."""
    if decision.outcome is Outcome.REFUSED:
        audit.count_refusal(decision.kind, place, decision.rule)
    audit.record(
        user,
        AuditAction.REFUSED,
        referral,
        place=place,
        rule=decision.rule,
        reason=decision.reason,
        kind=str(decision.kind),
    )


def _is_who_they_say(applicant: Applicant, standing: Standing) -> bool:
    """A consultant acts on their own line; a delegate for a consultant of their own team."""
    consultant = applicant.consultant
    if consultant is None:
        return False
    if applicant.acting_as == ActingAs.CONSULTANT:
        return any(each.pk == consultant.pk for each in standing.entitlements)
    return consultant.team_id in standing.team_ids
