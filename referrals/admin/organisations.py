"""Organisations, their roles and the allow-list: who may refer at all."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone

from referrals.admin.reasons import Reasoned, SourcedAdmin, StandingFilter
from referrals.models import AllowListing, Organisation, OrganisationRole, RefusalCount
from referrals.service import configuration


@admin.register(OrganisationRole)
class OrganisationRoleAdmin(Reasoned):
    """A role can refuse; no role ever accepts."""

    list_display = ("code", "name", "effect", "kind", "harmless_on_trust", "mark")
    list_filter = ("effect", "kind")
    search_fields = ("code", "name")


@admin.register(Organisation)
class OrganisationAdmin(Reasoned):
    """Trusts, sites and practices by ODS code."""

    list_display = ("code", "name", "kind", "primary_role", "parent", "refused_by")
    list_filter = ("kind",)
    search_fields = ("code", "name")
    autocomplete_fields = ("parent",)

    @admin.display(description="Refused by role")
    def refused_by(self, row: Organisation) -> str:
        """The role that refuses, wherever it stands: a listed row with one is refused all the same."""
        directory = configuration.current().directory
        known = directory.organisations.get(row.code)
        role = directory.refusing_role(known) if known else None
        return f"{role.code} {role.name}" if role else ""


@admin.register(AllowListing)
class AllowListingAdmin(SourcedAdmin):
    """The network. Active and within its dates, both inclusive, or not at all."""

    list_display = (
        "organisation",
        "in_force",
        "standing",
        "valid_from",
        "valid_to",
        "shown_standing",
        "note",
    )
    list_filter = (StandingFilter, "active")
    autocomplete_fields = ("organisation",)
    search_fields = ("organisation__code", "organisation__name")

    @admin.display(boolean=True, description="In force today")
    def in_force(self, row: AllowListing) -> bool:
        """What the gate would say today."""
        check = configuration.current().directory.check(row.organisation.code, timezone.localdate())
        return check.accepted


@admin.register(RefusalCount)
class RefusalCountAdmin(admin.ModelAdmin):
    """How many were refused, by kind of source. Read only."""

    list_display = ("day", "kind", "place", "rule", "count")
    list_filter = ("kind", "place", "rule")
    date_hierarchy = "day"

    def has_add_permission(self, request: object) -> bool:
        """Counted, never typed."""
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        """Counted, never typed."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Counts stay."""
        return False
