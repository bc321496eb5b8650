"""Who may refer: emergency first, then organisation, then acting as, then entitlement and scope.

Pure functions of plain data. Section 1 of the referral facts; IR(ME)R 2017 asks the employer to
name who is entitled, so being a consultant at a listed trust is necessary, not sufficient.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from referrals import refusals
from referrals.email_domains import address_problem, is_nhs_address, is_public_webmail
from referrals.london_time import london_day
from referrals.organisations import (
    AllowListing,
    Directory,
    Organisation,
    OrganisationCheck,
    RoleEffect,
    RoleRule,
    SourceKind,
    directory_from_rows,
    normalise_code,
)
from referrals.refusals import Refusal, refusal_for
from referrals.registration import GmcNumberRefused, parse_gmc_number
from referrals.vocabulary import ActingAs, Emergency

__all__ = [
    "AllowListing",
    "Application",
    "Decision",
    "Directory",
    "Entitlement",
    "EntitlementStatus",
    "GmcNumberRefused",
    "Organisation",
    "OrganisationCheck",
    "Outcome",
    "Refusal",
    "RoleEffect",
    "RoleRule",
    "SourceKind",
    "address_problem",
    "conversation_recorded",
    "decide",
    "directory_from_rows",
    "entitlement_problem",
    "is_nhs_address",
    "is_public_webmail",
    "may_submit",
    "normalise_code",
    "parse_gmc_number",
    "refusal_for",
]


class EntitlementStatus(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Entitlement:
    """One line of the register of entitled referrers.

    ``organisation_code`` is the employing trust, never a site. Both dates are inclusive London
    days. ``scope`` holds catalogue groups; an empty scope means all of them.
    """

    gmc_number: str
    organisation_code: str
    status: EntitlementStatus | str
    granted_on: date | None = None
    expires_on: date | None = None
    scope: frozenset[str] = frozenset()

    def holds_on(self, day: date) -> bool:
        """Active status and dates must both hold."""
        return (
            self.status == EntitlementStatus.ACTIVE
            and (self.granted_on is None or self.granted_on <= day)
            and (self.expires_on is None or day <= self.expires_on)
        )


@dataclass(frozen=True)
class Application:
    """What is known when someone asks to refer, before any patient detail.

    ``entitlement`` is the responsible consultant's line in the register: the person's own, or
    that of the consultant a delegate drafts for. ``group`` is empty until a procedure is chosen.
    ``discussed_with`` and ``discussed_at`` record a telephone call that has happened.
    """

    is_emergency: Emergency | str | None
    organisation_code: str
    acting_as: ActingAs | str | None
    entitlement: Entitlement | None = None
    group: str = ""
    discussed_with: str = ""
    discussed_at: datetime | None = None


class Outcome(StrEnum):
    """TELEPHONE and REFUSED end; UNANSWERED asks again; DRAFT_ONLY may save, never send."""

    PROCEED = "proceed"
    DRAFT_ONLY = "draft only"
    TELEPHONE = "telephone"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Decision:
    """The answer, the safety rule it rests on (R01 to R03), and words for the person."""

    outcome: Outcome
    rule: str = ""
    reason: str = ""
    kind: SourceKind = SourceKind.HOSPITAL
    why: str = ""
    instead: str = ""
    trust_code: str = ""

    @property
    def accepted(self) -> bool:
        return self.outcome in (Outcome.PROCEED, Outcome.DRAFT_ONLY)


def conversation_recorded(who: str, when: datetime | None, now: datetime) -> bool:
    """Whether a telephone conversation is named, timed and already past."""
    return bool((who or "").strip()) and when is not None and when <= now


def entitlement_problem(
    entitlement: Entitlement | None, trust_code: str, group: str, day: date
) -> str:
    """Why the responsible consultant may not refer; empty when they may."""
    if entitlement is None:
        return "not_registered"
    if normalise_code(entitlement.organisation_code) != trust_code:
        return "entitled_elsewhere"
    if not entitlement.holds_on(day):
        return "entitlement_not_in_force"
    if group and entitlement.scope and group not in entitlement.scope:
        return "out_of_scope"
    return ""


def decide(application: Application, directory: Directory, now: datetime) -> Decision:
    """May this referral go on? ``now`` is aware; days are taken in London."""
    stopped = _stopped_for_telephone(application, now)
    if stopped is not None:
        return stopped
    day = london_day(now)
    place = directory.check(application.organisation_code, day)
    if not place.accepted:
        return _refused("R02", place.reason, place.kind)
    if application.acting_as not in tuple(ActingAs):
        return _refused("R03", "not_a_consultant", SourceKind.NOT_A_CONSULTANT)
    problem = entitlement_problem(application.entitlement, place.trust_code, application.group, day)
    if problem:
        instead = (
            refusals.OUT_OF_SCOPE_INSTEAD
            if problem == "out_of_scope"
            else refusals.NOT_YET_REGISTERED_INSTEAD
        )
        return Decision(
            Outcome.REFUSED,
            "R03",
            problem,
            SourceKind.HOSPITAL,
            refusals.NOT_YET_REGISTERED_WHY,
            instead,
        )
    delegate = application.acting_as == ActingAs.DELEGATE
    return Decision(
        Outcome.DRAFT_ONLY if delegate else Outcome.PROCEED,
        reason="drafting_for_a_consultant" if delegate else "entitled",
        trust_code=place.trust_code,
    )


def may_submit(decision: Decision, *, session_gmc_number: str, consultant_gmc_number: str) -> bool:
    """Only the entitled consultant's own session sends a referral; a delegate's never does."""
    return (
        decision.outcome is Outcome.PROCEED
        and bool(session_gmc_number)
        and session_gmc_number == consultant_gmc_number
    )


def _stopped_for_telephone(application: Application, now: datetime) -> Decision | None:
    if application.is_emergency == Emergency.NO:
        return None
    if application.is_emergency not in tuple(Emergency):
        return Decision(
            Outcome.UNANSWERED, reason="emergency_not_answered", kind=SourceKind.UNKNOWN
        )
    discussed = conversation_recorded(application.discussed_with, application.discussed_at, now)
    if application.is_emergency == Emergency.TWENTY_FOUR_HOURS and discussed:
        return None
    return Decision(
        Outcome.TELEPHONE,
        "R01",
        "emergency",
        SourceKind.HOSPITAL,
        refusals.TELEPHONE_WHY,
        refusals.TELEPHONE_INSTEAD,
    )


def _refused(rule: str, reason: str, kind: SourceKind) -> Decision:
    told = refusal_for(kind)
    return Decision(Outcome.REFUSED, rule, reason, kind, told.why, told.instead)
