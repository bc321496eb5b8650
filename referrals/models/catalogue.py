"""What can be asked for, how soon it is looked at, and the days nobody works."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from procedures.models.natural import Natural
from referrals.models.provenance import MarkChoices, Sourced, choices_of
from referrals.vocabulary import (
    Answer,
    Beam,
    BleedingClass,
    ClassCondition,
    Contrast,
    FirstPass,
    Group,
    Urgency,
)


class CatalogueEntry(Sourced):
    """A procedure that can be asked for, with what the safety rules read of it."""

    natural_fields = ("code",)

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=30, choices=choices_of(Group))
    sir_class = models.CharField(
        "published bleeding class", max_length=10, choices=choices_of(BleedingClass)
    )
    class_condition = models.CharField(
        "low only if", max_length=40, blank=True, choices=choices_of(ClassCondition)
    )
    local_class = models.CharField(
        "the department's own bleeding class",
        max_length=10,
        blank=True,
        choices=[("low", "low"), ("high", "high")],
        help_text="Empty until the IR lead sets it; conflict and unlisted count as high.",
    )
    class_scheme = models.CharField(max_length=40, blank=True)
    xray = models.CharField("X-ray", max_length=10)
    contrast = models.CharField(max_length=20, choices=choices_of(Contrast))
    first_pass = models.CharField(max_length=10, choices=choices_of(FirstPass))
    beam = models.CharField(max_length=10, choices=choices_of(Beam))
    arterial = models.BooleanField(default=False)
    drainage = models.CharField(max_length=10, choices=choices_of(Answer))
    ablation = models.CharField(max_length=10, choices=choices_of(Answer))
    mdt_expected = models.BooleanField("MDT expected", default=False)
    laterality_required = models.BooleanField("side must be given", default=False)
    level_required = models.BooleanField("level or site must be given", default=False)
    page = models.SlugField("public page", max_length=80, blank=True)
    snomed_code = models.CharField("SNOMED CT code", max_length=18, blank=True)
    snomed_name = models.CharField("SNOMED CT name", max_length=160, blank=True)
    active = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "procedure that can be asked for"
        verbose_name_plural = "procedures that can be asked for"
        constraints = [
            models.CheckConstraint(
                name="catalogue_entry_class_is_known",
                condition=Q(sir_class__in=[str(each) for each in BleedingClass]),
            ),
            models.CheckConstraint(
                name="catalogue_entry_group_is_known",
                condition=Q(group__in=[str(each) for each in Group]),
            ),
            models.CheckConstraint(
                name="catalogue_entry_mark_is_known", condition=Q(mark__in=MarkChoices.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UrgencyTarget(Sourced):
    """Times for one urgency, in working days of England."""

    natural_fields = ("urgency",)

    urgency = models.CharField(max_length=10, choices=choices_of(Urgency), unique=True)
    vet_within_working_days = models.PositiveSmallIntegerField(
        help_text="0 means the same day, working or not."
    )
    chase_after_working_days = models.PositiveSmallIntegerField(
        help_text="When an unanswered question is chased."
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["vet_within_working_days", "urgency"]
        constraints = [
            models.CheckConstraint(
                name="urgency_target_urgency_is_known",
                condition=Q(urgency__in=[str(each) for each in Urgency]),
            ),
            models.CheckConstraint(
                name="urgency_target_mark_is_known", condition=Q(mark__in=MarkChoices.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urgency}: vetted within {self.vet_within_working_days} working days"


class BankHoliday(Natural):
    """A bank holiday of England and Wales."""

    natural_fields = ("day",)

    day = models.DateField(unique=True)
    name = models.CharField(max_length=60)
    history = HistoricalRecords()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d %B %Y}: {self.name}"


class ConfigurationStamp(models.Model):
    """One row that changes whenever configuration does, so that every process reads it anew."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="configuration_stamp_is_one_row", condition=Q(id=1))
        ]

    def __str__(self) -> str:
        return str(self.stamp)
