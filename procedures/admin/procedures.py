"""Admin of the catalogue."""

from django.contrib import admin

from procedures.models import (
    Benefit,
    Category,
    Condition,
    EasyLine,
    HelpSign,
    Procedure,
    Question,
    Risk,
    Section,
    Source,
    Step,
)

from .history import CompactRows, Rows
from .site_words import ReviewedAdmin
from .workflow import PublishableAdmin, WaitingFilter


class SectionRows(Rows):
    """Text, in the order of the page."""

    model = Section


class StepRows(Rows):
    """What you see, hear and feel, in order."""

    model = Step


class RiskRows(Rows):
    """Risks, with how often and what the team does."""

    model = Risk


class BenefitRows(Rows):
    """Benefits that have a figure."""

    model = Benefit


class HelpSignRows(Rows):
    """The three care cards."""

    model = HelpSign


class QuestionRows(Rows):
    """Questions people ask."""

    model = Question


class SourceRows(CompactRows):
    """Where facts come from."""

    model = Source


class EasyLineRows(CompactRows):
    """The easy version: one idea a line."""

    model = EasyLine
    verbose_name_plural = "easy version, one idea a line"


@admin.register(Procedure)
class ProcedureAdmin(PublishableAdmin):
    """Admin of procedures."""

    list_display = ("name", "category", "stands", "last_checked", "next_check")
    list_filter = (WaitingFilter, "category", "radiation_band", "bleeding_risk", "stays_in_body")
    search_fields = (
        "name",
        "short_name",
        "slug",
        "summary",
        "medical_names",
        "abbreviations",
        "search_words",
    )
    date_hierarchy = "next_check"
    prepopulated_fields = {"slug": ("short_name",)}
    filter_horizontal = ("also_in",)
    inlines = (
        SectionRows,
        StepRows,
        RiskRows,
        BenefitRows,
        HelpSignRows,
        QuestionRows,
        EasyLineRows,
        SourceRows,
    )
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "publishing",
                    "name",
                    "short_name",
                    "slug",
                    "summary",
                    "category",
                    "also_in",
                ]
            },
        ),
        ("Names people use", {"fields": ["medical_names", "abbreviations", "search_words"]}),
        (
            "At a glance",
            {
                "fields": [
                    ("duration_low", "duration_high"),
                    "duration_text",
                    "anaesthetic",
                    "anaesthetic_text",
                    "stay_text",
                    "recovery_text",
                    "imaging",
                    "radiation_band",
                    "radiation_text",
                    "done_by_text",
                ]
            },
        ),
        (
            "For pictures, plans and comparisons",
            {
                "fields": [
                    "route",
                    "entry_sites",
                    "organs",
                    "purpose",
                    "body_regions",
                    "planned_ahead",
                    "stays_in_body",
                    "stays_text",
                    ("fasting_food_hours", "fasting_fluid_hours"),
                    "bleeding_risk",
                    "bleeding_risk_cited",
                ]
            },
        ),
        ("Writing and checking", {"fields": ["written_by", "last_checked", "next_check"]}),
    )


@admin.register(Category)
class CategoryAdmin(ReviewedAdmin):
    """Admin of categories."""

    list_display = ("name", "order")
    search_fields = ("name", "summary")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Condition)
class ConditionAdmin(ReviewedAdmin):
    """Admin of conditions."""

    list_display = ("name", "medical_name")
    list_filter = ("procedures__category",)
    search_fields = ("name", "medical_name", "search_words")
    prepopulated_fields = {"slug": ("name",)}
    filter_horizontal = ("procedures",)
