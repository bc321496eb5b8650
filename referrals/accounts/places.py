"""The department's organisations, allow-list and role table, as the rules read them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from referrals.eligibility import AllowListing as AllowListingRule
from referrals.eligibility import Directory, RoleEffect, RoleRule, SourceKind
from referrals.eligibility import Organisation as OrganisationRule
from referrals.london_time import london_day
from referrals.models.audit import RefusalCount
from referrals.models.organisations import AllowListing, Organisation, OrganisationRole

PLACE = "account"
"""Where these refusals are counted."""


def directory() -> Directory:
    """The directory as the admin has it now. Three queries."""
    organisations = {
        row.code: OrganisationRule(
            code=row.code,
            name=row.name,
            kind=SourceKind(row.kind),
            primary_role=row.primary_role,
            other_roles=tuple(row.other_roles or ()),
            parent_code=row.parent.code if row.parent else "",
        )
        for row in Organisation.objects.select_related("parent")
    }
    listings = {
        row.organisation.code: AllowListingRule(
            organisation_code=row.organisation.code,
            active=row.active,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in AllowListing.objects.select_related("organisation")
    }
    roles = {
        row.code: RoleRule(
            code=row.code,
            name=row.name,
            effect=RoleEffect(row.effect),
            kind=SourceKind(row.kind),
            harmless_on_trust=row.harmless_on_trust,
        )
        for row in OrganisationRole.objects.all()
    }
    return Directory(organisations, listings, roles)


@transaction.atomic
def count_refusal(kind: SourceKind, rule: str) -> None:
    """Count one more refusal of this kind today. Nothing about the person is kept."""
    row, _ = RefusalCount.objects.get_or_create(
        day=london_day(timezone.now()), kind=str(kind), place=PLACE, rule=rule
    )
    RefusalCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
