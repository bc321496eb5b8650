"""The audit log, for IR governance: searched, never changed. And e-mails, as they went."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from referrals.encryption import CannotDecrypt, decrypt, encrypt, lookup_hashes
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


LONGEST_SEARCH = 120


def searched_for(token: str) -> str:
    """What an address of the log looks for; empty for an address that did not come from the box."""
    try:
        return decrypt(token) if token else ""
    except CannotDecrypt:
        return ""


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    """By person, action, reference and time; by what was searched for, through its hash.

    That may be a patient's number or name. So it is posted, and the address, which pages and
    filters carry on, holds it encrypted.
    """

    list_display = ("shown_at", "actor_name", "action", "reference", "about")
    list_filter = ("action",)
    date_hierarchy = "at"
    search_fields = ("reference__iexact", "actor_name", "actor__email__iexact")
    search_help_text = (
        "A reference, a person, or exactly what somebody typed into the search of referrals."
    )
    fields = ("shown_at", "actor", "actor_name", "action", "reference", "about")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Turn what was typed into an address that does not tell it."""
        if request.method == "POST":
            if not self.has_view_permission(request):
                raise PermissionDenied
            typed = request.POST.get("looked_for", "").strip()[:LONGEST_SEARCH]
            address = request.GET.copy()
            for name in (SEARCH_VAR, PAGE_VAR):
                address.pop(name, None)
            if typed:
                address[SEARCH_VAR] = encrypt(typed)
            return HttpResponseRedirect(f"{request.path}?{address.urlencode()}")
        shown = {"looked_for": searched_for(request.GET.get(SEARCH_VAR, ""))}
        return super().changelist_view(request, {**(extra_context or {}), **shown})

    @admin.display(description="At", ordering="at")
    def shown_at(self, row: AuditEvent) -> str:
        """London time to the second, with its zone, on the 24-hour clock."""
        local = row.at.astimezone(LONDON)
        return f"{local.day} {local:%B %Y, %H:%M:%S %Z}"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Find also the searches for the same words; the search itself leaves its line."""
        typed = searched_for(search_term)
        if search_term and not typed:
            return queryset.none(), False
        found, distinct = super().get_search_results(request, queryset, typed)
        if typed:
            hashes = lookup_hashes("search", typed.upper())
            found |= queryset.filter(search_hash__in=hashes)
            audit.record(request.user, AuditAction.SEARCHED, searched=typed, where="audit log")
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
