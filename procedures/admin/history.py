"""What every admin of content shares: a reason for each change, kept in the history with who and when."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from .field_help import FIELD_HELP


def shown_person(user: Any) -> str:
    """Return a person's name, or their sign-in address where no name is recorded; empty for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


class ReasonForm(forms.ModelForm):
    """A model form that asks why."""

    change_reason = forms.CharField(
        label="Why this change",
        max_length=200,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text="One line for whoever reads the history later, such as “new figure from the 2025 audit”.",
    )


LONG_TEXT = 200
"""Characters: a field that takes as many or more is edited in a box, not on a line."""


class HelpfulFields:
    """Says at each field what to write there, and gives long texts room."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the form field with its label and help from `field_help`."""
        is_long = (
            type(db_field) is models.CharField
            and not db_field.choices
            and (db_field.max_length or 0) >= LONG_TEXT
        )
        if is_long:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        words = FIELD_HELP.get(self.model._meta.model_name, {}).get(db_field.name)
        if field is not None and words is not None:
            field.label, field.help_text = words
        return field


class ReasonedAdmin(HelpfulFields, SimpleHistoryAdmin):
    """Admin with history and a reason on every save, its inline rows included."""

    form = ReasonForm
    history_list_display = ["history_change_reason"]
    save_on_top = True

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, with the reason in the history."""
        obj._change_reason = form.cleaned_data.get("change_reason", "")
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save inline rows, with the same reason."""
        reason = form.cleaned_data.get("change_reason", "")
        for row in formset.save(commit=False):
            row._change_reason = reason
            row.save()
        for row in formset.deleted_objects:
            row._change_reason = reason
            row.delete()
        formset.save_m2m()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Put the reason last, in a part of its own, wherever fieldsets are named."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if self.fieldsets and not any("change_reason" in part["fields"] for _, part in fieldsets):
            fieldsets.append(("Before you save", {"fields": ["change_reason"]}))
        return fieldsets


class Rows(HelpfulFields, admin.StackedInline):
    """Inline rows of a page, folded until opened."""

    extra = 0
    classes = ["collapse"]
    show_change_link = False


class CompactRows(HelpfulFields, admin.TabularInline):
    """Inline rows that fit on a line."""

    extra = 0
    classes = ["collapse"]
