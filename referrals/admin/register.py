"""The register of entitled referrers, their teams, and the colleagues who draft for them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from referrals.admin.reasons import Reasoned
from referrals.eligibility import EntitlementStatus
from referrals.models import AuditAction, Delegate, EntitledReferrer, Team


class OfTheRegister(Reasoned):
    """Changes of entitlement stand in the audit log as such."""

    def audit_action(self) -> AuditAction:
        """What kind of change this is in the log."""
        return AuditAction.ENTITLEMENT


@admin.register(Team)
class TeamAdmin(OfTheRegister):
    """A team sees its own referrals; its mailbox hears of every step."""

    list_display = ("name", "organisation", "mailbox", "active")
    list_filter = ("active", "organisation")
    search_fields = ("name", "organisation__name", "organisation__code")
    autocomplete_fields = ("organisation",)


@admin.register(EntitledReferrer)
class EntitledReferrerAdmin(OfTheRegister):
    """Check employment, GMC registration and training with the employer before granting."""

    list_display = (
        "full_name",
        "gmc_number",
        "organisation",
        "team",
        "specialty",
        "status",
        "in_force",
        "expires_on",
        "review_on",
    )
    list_filter = ("status", "organisation", "team")
    search_fields = ("full_name", "gmc_number", "user__email")
    autocomplete_fields = ("organisation", "team", "user")
    readonly_fields = ("granted_by",)
    date_hierarchy = "expires_on"

    @admin.display(boolean=True, description="In force today")
    def in_force(self, row: EntitledReferrer) -> bool:
        """Active, and within its dates."""
        return row.holds_on(timezone.localdate())

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Who grants is whoever saves the row as active: set before the row is checked."""
        made = super().get_form(request, obj, change, **kwargs)

        class Granted(made):  # type: ignore[misc, valid-type]
            def _post_clean(form) -> None:
                given = form.cleaned_data or {}
                active = given.get("status") == EntitlementStatus.ACTIVE
                if active and (
                    "status" in form.changed_data or form.instance.granted_by_id is None
                ):
                    form.instance.granted_by = request.user
                    if not given.get("granted_on"):
                        form.cleaned_data["granted_on"] = timezone.localdate()
                super()._post_clean()

        return Granted


@admin.register(Delegate)
class DelegateAdmin(OfTheRegister):
    """May draft for the consultants of a team; never sends."""

    list_display = ("user", "team", "job_title", "active", "granted_on", "expires_on")
    list_filter = ("active", "team__organisation")
    search_fields = ("user__email", "user__last_name", "team__name")
    autocomplete_fields = ("user", "team")
