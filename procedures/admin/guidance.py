"""Admin of guidance pages and of the links between pages."""

from django.contrib import admin

from procedures.models import (
    ChecklistItem,
    GuidanceHelpSign,
    GuidancePage,
    GuidanceQuestion,
    GuidanceSection,
    GuidanceSource,
    Guides,
    Relation,
)

from .history import CompactRows, Rows
from .site_words import ReviewedAdmin
from .workflow import PublishableAdmin, WaitingFilter


class GuidanceSectionRows(Rows):
    """Text, in order."""

    model = GuidanceSection


class ChecklistRows(CompactRows):
    """A checklist to print."""

    model = ChecklistItem


class GuidanceQuestionRows(Rows):
    """Questions people ask."""

    model = GuidanceQuestion


class GuidanceHelpSignRows(Rows):
    """When to ring, and whom."""

    model = GuidanceHelpSign


class GuidanceSourceRows(CompactRows):
    """Where facts come from."""

    model = GuidanceSource


@admin.register(GuidancePage)
class GuidancePageAdmin(PublishableAdmin):
    """Admin of guidance pages."""

    list_display = ("title", "group", "stands", "last_checked", "next_check")
    list_filter = (WaitingFilter, "group")
    search_fields = ("title", "slug", "summary", "search_words")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (
        GuidanceSectionRows,
        ChecklistRows,
        GuidanceQuestionRows,
        GuidanceHelpSignRows,
        GuidanceSourceRows,
    )
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "publishing",
                    "title",
                    "slug",
                    "group",
                    "order",
                    "summary",
                    "who_it_is_for",
                    "search_words",
                ]
            },
        ),
        ("Writing and checking", {"fields": ["written_by", "last_checked", "next_check"]}),
    )


@admin.register(Relation)
class RelationAdmin(ReviewedAdmin):
    """Admin of links between procedures."""

    list_display = ("procedure", "kind", "other")
    list_filter = ("kind",)
    search_fields = ("procedure__name", "other__name")
    autocomplete_fields = ("procedure", "other")


@admin.register(Guides)
class GuidesAdmin(ReviewedAdmin):
    """Admin of links from procedures to guidance."""

    list_display = ("procedure", "page", "order")
    list_filter = ("page",)
    search_fields = ("procedure__name", "page__title")
    autocomplete_fields = ("procedure", "page")
