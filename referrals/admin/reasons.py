"""What each table of configuration shares: history, a reason for every change, and its standing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from simple_history.admin import SimpleHistoryAdmin

from referrals.models import AuditAction
from referrals.service import audit
from referrals.vocabulary import Mark


class ReasonForm(forms.ModelForm):
    """A model form that asks why."""

    change_reason = forms.CharField(
        label="Why this change",
        max_length=200,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text="One line for whoever reads the history later, such as who confirmed it.",
    )


class Reasoned(SimpleHistoryAdmin):
    """History and a reason on every save; nothing is deleted, only switched off or ended."""

    form = ReasonForm
    history_list_display = ["history_change_reason"]
    save_on_top = True
    may_delete = False

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        """Save with the reason, and leave a line in the audit log."""
        obj._change_reason = form.cleaned_data.get("change_reason", "")  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)
        audit.record(
            request.user,
            self.audit_action(),
            table=str(obj._meta.verbose_name),
            row=str(obj.pk),
            fields=sorted(form.changed_data),
        )

    def audit_action(self) -> AuditAction:
        """What kind of change this is in the log."""
        return AuditAction.CONFIGURATION

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Rows that old referrals rest on stay."""
        return self.may_delete and super().has_delete_permission(request, obj)


class StandingFilter(admin.SimpleListFilter):
    """Rows that wait to be confirmed, or are past their review date."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [
            ("provisional", "Provisional"),
            ("confirmed", "Confirmed"),
            ("late", "Review is late"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Narrow the list."""
        provisional = [str(mark) for mark in Mark if mark.provisional]
        if self.value() == "provisional":
            return queryset.filter(mark__in=provisional)
        if self.value() == "confirmed":
            return queryset.exclude(mark__in=provisional)
        if self.value() == "late":
            return queryset.filter(review_date__lt=timezone.localdate())
        return queryset


class SourcedAdmin(Reasoned):
    """A table whose rows have sources, an owner, a review date and a mark."""

    list_filter = (StandingFilter, "owner")

    @admin.display(description="Standing")
    def shown_standing(self, row: Any) -> SafeString | str:
        """Provisional and late rows stand out."""
        words = []
        if row.provisional:
            words.append("Provisional: to be confirmed")
        if row.review_overdue:
            words.append("Review is late")
        return format_html("<strong>{}</strong>", ". ".join(words)) if words else "Confirmed"

    @admin.display(description="Sources")
    def shown_sources(self, row: Any) -> str:
        """Source codes in one cell."""
        return ", ".join(row.sources)
