"""How the department has arranged itself: who hears when, how long is soon, what a question opens."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from referrals.admin.reasons import SourcedAdmin, StandingFilter
from referrals.arrangements import UNITS, Waiting
from referrals.models import (
    EscalationStep,
    QuestionFields,
    Recipients,
    ServicePeriod,
    WebmailBrand,
)


class Fixed(SourcedAdmin):
    """One row for each thing that the code knows: changed, never added."""

    known: tuple[str, ...] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The rows are there from the seed."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What the row is about stays."""
        return self.known


@admin.register(WebmailBrand)
class WebmailBrandAdmin(SourcedAdmin):
    """Refuses; being at another address never grants."""

    list_display = ("brand", "active", "shown_standing", "owner", "review_date")
    list_filter = (StandingFilter, "active")
    search_fields = ("brand",)


@admin.register(EscalationStep)
class EscalationStepAdmin(SourcedAdmin):
    """Each step is told once. No step decides anything."""

    list_display = (
        "about",
        "shown_after",
        "tell_team",
        "shown_groups",
        "active",
        "shown_standing",
        "review_date",
    )
    list_filter = (StandingFilter, "about", "active")

    @admin.display(description="After", ordering="after")
    def shown_after(self, row: EscalationStep) -> str:
        """With its unit."""
        return f"{row.after} {UNITS[Waiting(row.about)]}"

    @admin.display(description="Groups")
    def shown_groups(self, row: EscalationStep) -> str:
        """In one cell."""
        return ", ".join(row.groups)


@admin.register(ServicePeriod)
class ServicePeriodAdmin(Fixed):
    """Spans of time."""

    list_display = ("name", "value", "unit", "shown_standing", "owner", "review_date")
    known = ("code", "unit")


@admin.register(Recipients)
class RecipientsAdmin(Fixed):
    """Who hears by e-mail."""

    list_display = ("name", "shown_groups", "shown_standing", "review_date")
    known = ("about",)

    @admin.display(description="Groups")
    def shown_groups(self, row: Recipients) -> str:
        """In one cell."""
        return ", ".join(row.groups)


@admin.register(QuestionFields)
class QuestionFieldsAdmin(SourcedAdmin):
    """What the team may fill to answer."""

    list_display = ("item", "shown_fields", "shown_standing", "review_date")

    @admin.display(description="Fields")
    def shown_fields(self, row: QuestionFields) -> str:
        """In one cell."""
        return ", ".join(row.fields)
