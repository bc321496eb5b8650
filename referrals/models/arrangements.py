"""Rows of how the department has arranged itself; see `referrals.arrangements`."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from procedures.models.fields import ListOfText
from referrals.answer_fields import FIELDS
from referrals.arrangements import UNITS, Period, Told, Waiting
from referrals.models.provenance import MarkChoices, Sourced, choices_of
from referrals.states import InformationWanted


def _known_mark(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(mark__in=MarkChoices.values))


def _must_be_groups(groups: list[str]) -> None:
    from django.contrib.auth.models import Group

    known = set(Group.objects.filter(name__in=groups).values_list("name", flat=True))
    missing = [name for name in groups if name not in known]
    if missing:
        raise ValidationError({"groups": f"There is no group called {', '.join(missing)}."})


class WebmailBrand(Sourced):
    """A public mail service: no account and no team mailbox may be there."""

    natural_fields = ("brand",)

    brand = models.SlugField(
        max_length=40, unique=True, help_text="The name before .com or .co.uk, such as gmail."
    )
    active = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["brand"]
        verbose_name = "public mail service"
        constraints = [_known_mark("webmail_brand_mark_is_known")]

    def __str__(self) -> str:
        return self.brand


class EscalationStep(Sourced):
    """One step of a ladder: when something has waited so long, these people hear of it."""

    natural_fields = ("about", "after")

    about = models.CharField(max_length=10, choices=choices_of(Waiting))
    after = models.PositiveSmallIntegerField(
        help_text="; ".join(f"{about}: {unit}" for about, unit in UNITS.items())
    )
    tell_team = models.BooleanField(
        "tell the referrer's side", default=False, help_text="The person and the team mailbox."
    )
    groups = ListOfText(help_text="Groups of IR staff, one to a line, as in the list of groups.")
    active = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["about", "after"]
        constraints = [
            models.UniqueConstraint(fields=["about", "after"], name="escalation_step_once"),
            models.CheckConstraint(
                name="escalation_step_about_is_known",
                condition=Q(about__in=[str(each) for each in Waiting]),
            ),
            models.CheckConstraint(
                name="escalation_step_after_something", condition=Q(after__gt=0)
            ),
            _known_mark("escalation_step_mark_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.after} {UNITS[Waiting(self.about)]}"

    def clean(self) -> None:
        """A step tells somebody, and the last step of a ladder is not switched off by mistake."""
        super().clean()
        _must_be_groups(self.groups)
        if self.active and not self.tell_team and not self.groups:
            raise ValidationError({"groups": "Somebody must hear of it."})
        others = type(self).objects.filter(about=self.about, active=True).exclude(pk=self.pk)
        if not self.active and not others.exists():
            raise ValidationError({"active": "One step of each kind stays on."})


class ServicePeriod(Sourced):
    """A span of time that the service goes by."""

    natural_fields = ("code",)

    code = models.CharField(max_length=30, unique=True, choices=choices_of(Period))
    name = models.CharField(max_length=160)
    value = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="service_period_is_some_time", condition=Q(value__gt=0)),
            models.CheckConstraint(
                name="service_period_code_is_known",
                condition=Q(code__in=[str(each) for each in Period]),
            ),
            _known_mark("service_period_mark_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} {self.unit}"


class Recipients(Sourced):
    """Which groups of IR staff hear of something by e-mail."""

    natural_fields = ("about",)

    about = models.CharField(max_length=20, unique=True, choices=choices_of(Told))
    name = models.CharField(max_length=160)
    groups = ListOfText(help_text="Groups of IR staff, one to a line, as in the list of groups.")
    history = HistoricalRecords()

    class Meta:
        ordering = ["about"]
        verbose_name_plural = "recipients"
        constraints = [
            models.CheckConstraint(
                name="recipients_about_is_known",
                condition=Q(about__in=[str(each) for each in Told]),
            ),
            _known_mark("recipients_mark_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Somebody must hear of it."""
        super().clean()
        _must_be_groups(self.groups)
        if not self.groups:
            raise ValidationError({"groups": "Somebody must hear of it."})


class QuestionFields(Sourced):
    """The fields that a coded question opens to the referrer's team."""

    natural_fields = ("item",)

    item = models.CharField(max_length=30, unique=True, choices=choices_of(InformationWanted))
    fields = ListOfText(help_text="Names of fields of the form, one to a line.")
    history = HistoricalRecords()

    class Meta:
        ordering = ["item"]
        verbose_name = "fields of a question"
        verbose_name_plural = "fields of questions"
        constraints = [
            models.CheckConstraint(
                name="question_fields_item_is_known",
                condition=Q(item__in=[str(each) for each in InformationWanted]),
            ),
            _known_mark("question_fields_mark_is_known"),
        ]

    def __str__(self) -> str:
        return self.item.replace("_", " ")

    def clean(self) -> None:
        """Only fields of the form can be opened."""
        super().clean()
        unknown = [name for name in self.fields if name not in FIELDS]
        if unknown:
            raise ValidationError({"fields": f"Not a field of the form: {', '.join(unknown)}."})
