"""What can be asked for, vetting targets, bank holidays."""

from __future__ import annotations

from django.contrib import admin

from referrals.admin.reasons import Reasoned, SourcedAdmin, StandingFilter
from referrals.models import BankHoliday, CatalogueEntry, UrgencyTarget


@admin.register(CatalogueEntry)
class CatalogueEntryAdmin(SourcedAdmin):
    """Conflict, unlisted and conditional classes count as high until a local class is set."""

    list_display = (
        "name",
        "group",
        "sir_class",
        "local_class",
        "contrast",
        "active",
        "shown_standing",
    )
    list_filter = (StandingFilter, "group", "sir_class", "active")
    search_fields = ("code", "name")


@admin.register(UrgencyTarget)
class UrgencyTargetAdmin(SourcedAdmin):
    """Working days of England."""

    list_display = (
        "urgency",
        "vet_within_working_days",
        "chase_after_working_days",
        "shown_standing",
    )


@admin.register(BankHoliday)
class BankHolidayAdmin(Reasoned):
    """Add a year before it begins, and a proclaimed day when it is announced."""

    list_display = ("day", "name")
    date_hierarchy = "day"
    may_delete = True
