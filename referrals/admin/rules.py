"""Safety rules as rows: thresholds, wordings, drugs, hold times. Nothing clinical is in code."""

from __future__ import annotations

from django.contrib import admin

from referrals.admin.reasons import Reasoned, SourcedAdmin, StandingFilter
from referrals.models import Drug, HoldTime, RuleLimit, RuleList, RuleSet, RuleSource, SafetyRule


@admin.register(RuleSet)
class RuleSetAdmin(Reasoned):
    """One version is active; each referral keeps the version it met."""

    list_display = ("version", "title", "active", "hold_scheme")


@admin.register(RuleSource)
class RuleSourceAdmin(Reasoned):
    """What rules rest on."""

    list_display = ("code", "title", "url")
    search_fields = ("code", "title")


@admin.register(RuleLimit)
class RuleLimitAdmin(SourcedAdmin):
    """Thresholds. An empty value is not set, and never fires."""

    list_display = (
        "code",
        "operator",
        "value",
        "unit",
        "shown_standing",
        "owner",
        "review_date",
        "shown_sources",
    )
    search_fields = ("code", "note")


@admin.register(RuleList)
class RuleListAdmin(SourcedAdmin):
    """Words that a rule looks for."""

    list_display = ("code", "shown_standing", "owner", "review_date", "shown_sources")
    search_fields = ("code",)


@admin.register(SafetyRule)
class SafetyRuleAdmin(SourcedAdmin):
    """Level and wording. A wording that advises on a drug, or reassures, is refused."""

    list_display = (
        "code",
        "variant",
        "level",
        "wording",
        "audience",
        "shown_standing",
        "shown_sources",
    )
    list_filter = (StandingFilter, "level", "audience")
    search_fields = ("code", "wording")


@admin.register(Drug)
class DrugAdmin(SourcedAdmin):
    """Drugs that the form offers."""

    list_display = ("name", "drug_class", "counts", "kidney_matters", "shown_standing")
    search_fields = ("name", "code")


@admin.register(HoldTime)
class HoldTimeAdmin(SourcedAdmin):
    """Published intervals, as printed. Read by R40, on the IR side alone."""

    list_display = ("scheme", "drug", "high_risk", "hours", "as_printed", "shown_standing")
    list_filter = (StandingFilter, "scheme", "drug")
