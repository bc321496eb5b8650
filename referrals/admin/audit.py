"""The audit log, for IR governance: searched, never changed. And e-mails, as they went."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from referrals.encryption import lookup_hashes
from referrals.london_time import LONDON
from referrals.models import AuditAction, AuditEvent, Notification
from referrals.service import audit


class ReadOnly(admin.ModelAdmin):
    """Looked at, and nothing else."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written by the service alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never cut."""
        return False


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    """By person, action, reference and time; by what was searched for, through its hash."""

    list_display = ("shown_at", "actor_name", "action", "reference", "about")
    list_filter = ("action",)
    date_hierarchy = "at"
    search_fields = ("reference__iexact", "actor_name", "actor__email__iexact")
    search_help_text = (
        "A reference, a person, or exactly what somebody typed into the search of referrals."
    )

    @admin.display(description="At", ordering="at")
    def shown_at(self, row: AuditEvent) -> str:
        """London time to the second, with its zone, on the 24-hour clock."""
        local = row.at.astimezone(LONDON)
        return f"{local.day} {local:%B %Y, %H:%M:%S %Z}"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Find also the searches for the same words; the search itself leaves its line."""
        found, distinct = super().get_search_results(request, queryset, search_term)
        if search_term.strip():
            hashes = lookup_hashes("search", search_term.strip().upper())
            found |= queryset.filter(search_hash__in=hashes)
            audit.record(
                request.user, AuditAction.SEARCHED, searched=search_term, where="audit log"
            )
        return found, distinct


@admin.register(Notification)
class NotificationAdmin(ReadOnly):
    """What was sent, to which address, and whether it arrived. No patient is in any of it."""

    list_display = ("made_at", "status_word", "to", "address", "outcome", "attempts", "handled_at")
    list_filter = ("outcome", "to")
    search_fields = ("address", "referral__reference")
    fields = (
        "status_word",
        "to",
        "address",
        "outcome",
        "problem",
        "attempts",
        "made_at",
        "sent_at",
        "handled_at",
    )
