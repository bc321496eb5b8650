"""Organisations by ODS code: what is listed, what refuses, and which trust a site stands for.

Role codes can refuse; only the allow-list, with the person's entitlement, can accept. A trust
may be a community trust (RY7) and an acute trust may own a community site (RBL69), so neither
the shape of a code nor its role ever proves that a referral may come from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class SourceKind(StrEnum):
    """What sort of place a would-be referral came from; refusals are counted by this."""

    HOSPITAL = "hospital in the network"
    GP = "GP or primary care"
    OUT_OF_HOURS = "out-of-hours, walk-in or urgent treatment"
    COMMUNITY = "community service"
    MENTAL_HEALTH = "mental health trust"
    DENTAL = "dentist"
    OPTOMETRY = "optometrist"
    PHARMACY = "pharmacy"
    THERAPY = "physiotherapist or chiropractor"
    CARE_HOME = "care home or social care"
    HOSPICE = "hospice"
    PRISON = "prison"
    PRIVATE = "private hospital or practice"
    PATIENT = "patient, family or carer"
    OUT_OF_NETWORK = "hospital outside the network"
    OTHER_NATION = "health board outside England"
    OTHER_HEALTHCARE = "another service"
    NOT_A_CONSULTANT = "not a consultant"
    UNKNOWN = "unknown organisation"


class RoleEffect(StrEnum):
    """What one ODS role does to a referral: it may refuse, it can never accept."""

    CANDIDATE = "candidate"
    INFORMATION = "information"
    REFUSE = "refuse"


@dataclass(frozen=True)
class RoleRule:
    """One row of the ODS role table (reference sources S20, S21).

    ``harmless_on_trust`` is the configured exception: a *non-primary* role that the IR lead
    knows to be harmless when a trust carries it.
    """

    code: str
    name: str
    effect: RoleEffect
    kind: SourceKind = SourceKind.OTHER_HEALTHCARE
    harmless_on_trust: bool = False


@dataclass(frozen=True)
class Organisation:
    """A trust, site or practice. ``parent_code`` is the trust that a hospital site stands for."""

    code: str
    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    primary_role: str = ""
    other_roles: tuple[str, ...] = ()
    parent_code: str = ""


@dataclass(frozen=True)
class AllowListing:
    """An organisation's place on the allow-list. Both dates are inclusive London days."""

    organisation_code: str
    active: bool
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Active status and dates must both hold."""
        return (
            self.active
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True)
class OrganisationCheck:
    """Whether referrals may come from a code today. ``trust_code`` is set only when they may."""

    accepted: bool
    code: str
    kind: SourceKind
    reason: str
    trust_code: str = ""


@dataclass(frozen=True)
class Directory:
    """The organisations, allow-list and role table that the department keeps."""

    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    allow_list: Mapping[str, AllowListing] = field(default_factory=dict)
    roles: Mapping[str, RoleRule] = field(default_factory=dict)

    def refusing_role(self, organisation: Organisation) -> RoleRule | None:
        """The first role that refuses, wherever it stands, or None.

        A role that is not in the table is not known to be harmless, so it refuses too (fail
        closed); an administrator mends the row.
        """
        carried = [(organisation.primary_role, True)] if organisation.primary_role else []
        carried += [(code, False) for code in organisation.other_roles]
        for raw_code, primary in carried:
            code = normalise_code(raw_code)
            role = self.roles.get(code)
            if role is None:
                return RoleRule(code, "Role not in the table", RoleEffect.REFUSE)
            if not primary and role.harmless_on_trust:
                continue
            if role.effect is RoleEffect.REFUSE:
                return role
            if primary and role.effect is not RoleEffect.CANDIDATE:
                return role
        return None

    def check(self, raw_code: str, day: date) -> OrganisationCheck:
        """May a referral come from this code on this London day?"""
        code = normalise_code(raw_code)
        organisation = self.organisations.get(code)
        if organisation is None:
            return OrganisationCheck(False, code, SourceKind.UNKNOWN, "unknown_code")
        refused = self._refused(organisation, day)
        if refused is not None:
            return refused
        if not organisation.parent_code and organisation.primary_role not in SITE_ROLES:
            return OrganisationCheck(True, code, SourceKind.HOSPITAL, "accepted", code)
        trust = self.organisations.get(normalise_code(organisation.parent_code))
        if trust is None:
            return OrganisationCheck(False, code, SourceKind.UNKNOWN, "site_without_trust")
        refused = self._refused(trust, day)
        if refused is not None:
            return OrganisationCheck(False, code, refused.kind, f"trust_{refused.reason}")
        return OrganisationCheck(True, code, SourceKind.HOSPITAL, "accepted", trust.code)

    def _refused(self, organisation: Organisation, day: date) -> OrganisationCheck | None:
        role = self.refusing_role(organisation)
        if role is not None:
            known = organisation.kind not in (SourceKind.UNKNOWN, SourceKind.HOSPITAL)
            kind = organisation.kind if known else role.kind
            return OrganisationCheck(False, organisation.code, kind, "refusing_role")
        listing = self.allow_list.get(organisation.code)
        if listing is None or not listing.holds_on(day):
            reason = "not_on_allow_list" if listing is None else "listing_not_in_force"
            kind = organisation.kind
            if kind in (SourceKind.UNKNOWN, SourceKind.HOSPITAL):
                kind = SourceKind.OUT_OF_NETWORK
            return OrganisationCheck(False, organisation.code, kind, reason)
        return None


SITE_ROLES = frozenset({"RO198", "RO148", "RO149"})
"""Primary roles of a site: it stands for its trust or health board, and never for itself."""


def normalise_code(raw_code: str | None) -> str:
    """Trim and upper-case an ODS code; it is then looked up exactly."""
    return (raw_code or "").strip().upper()


def directory_from_rows(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Directory:
    """Build a Directory from fixture-shaped rows (see fixtures/referrals/organisations.yaml)."""
    organisations = {
        row["code"]: Organisation(
            code=row["code"],
            name=row["name"],
            kind=SourceKind(row["kind"]),
            primary_role=row.get("primary_role", ""),
            other_roles=tuple(row.get("other_roles", ())),
            parent_code=_natural(row.get("parent")),
        )
        for row in rows.get("organisation", ())
    }
    listings = {
        _natural(row["organisation"]): AllowListing(
            organisation_code=_natural(row["organisation"]),
            active=row["active"],
            valid_from=row.get("valid_from"),
            valid_to=row.get("valid_to"),
        )
        for row in rows.get("allowlisting", ())
    }
    roles = {
        row["code"]: RoleRule(
            code=row["code"],
            name=row["name"],
            effect=RoleEffect(row["effect"]),
            kind=SourceKind(row["kind"]),
            harmless_on_trust=row.get("harmless_on_trust", False),
        )
        for row in rows.get("organisationrole", ())
    }
    return Directory(organisations, listings, roles)


def _natural(key: object) -> str:
    """A natural key is a one-item list in a fixture, or already a plain code."""
    if not key:
        return ""
    return str(key[0]) if isinstance(key, list | tuple) else str(key)
