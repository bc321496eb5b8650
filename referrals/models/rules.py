"""Safety rules as rows: versions, limits, lists, wordings, drugs and published hold times."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from procedures.models.fields import ListOfText
from procedures.models.natural import Natural
from referrals.models.provenance import MarkChoices, Sourced, choices_of
from referrals.safety.flag import Audience, Level
from referrals.safety_config import OPERATORS, wording_problem
from referrals.vocabulary import DrugClass


def _known_mark(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(mark__in=MarkChoices.values))


class RuleSet(Natural):
    """One version of all rules. Exactly one is active; each referral keeps the one it met."""

    natural_fields = ("version",)

    version = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    hold_scheme = models.CharField(
        max_length=60,
        blank=True,
        help_text="The scheme of hold times that R40 reads. Empty: R40 is off.",
    )
    active = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["active"], condition=Q(active=True), name="rule_set_one_is_active"
            )
        ]

    def __str__(self) -> str:
        return f"Rule set {self.version}: {self.title}"


class RuleSource(Natural):
    """A document that a rule rests on."""

    natural_fields = ("code",)

    code = models.CharField(max_length=30, unique=True)
    title = models.CharField(max_length=250)
    url = models.URLField(max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class RuleLimit(Sourced):
    """A threshold: the rule fires when "value operator limit" is true. No value: never."""

    natural_fields = ("rule_set__version", "code")

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="limits")
    code = models.CharField(max_length=60)
    value = models.CharField(max_length=20, null=True, blank=True)
    operator = models.CharField(max_length=2, choices=[(each, each) for each in OPERATORS])
    unit = models.CharField(max_length=30, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "code"], name="rule_limit_once_a_version"),
            models.CheckConstraint(
                name="rule_limit_operator_is_known", condition=Q(operator__in=list(OPERATORS))
            ),
            _known_mark("rule_limit_mark_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.operator} {self.value or 'not set'} {self.unit}".strip()

    def clean(self) -> None:
        """A limit is a plain number, or not set."""
        super().clean()
        self.value = self.value or None
        if self.value is not None:
            try:
                finite = Decimal(self.value).is_finite()
            except InvalidOperation:
                finite = False
            if not finite:
                raise ValidationError({"value": "Give a number, such as 1.8, or leave it empty."})


class RuleList(Sourced):
    """Words that a rule looks for."""

    natural_fields = ("rule_set__version", "code")

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="lists")
    code = models.CharField(max_length=60)
    items = ListOfText()
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "code"], name="rule_list_once_a_version"),
            _known_mark("rule_list_mark_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


class SafetyRule(Sourced):
    """One level and wording of a rule. A wording never advises on a drug, and never reassures."""

    natural_fields = ("rule_set__version", "code", "variant")

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="rules")
    code = models.CharField(max_length=5)
    variant = models.CharField(max_length=30, blank=True)
    level = models.CharField(max_length=5, choices=choices_of(Level))
    wording = models.CharField(max_length=300)
    audience = models.CharField(max_length=4, choices=choices_of(Audience), default=Audience.BOTH)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code", "variant"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "code", "variant"], name="safety_rule_once_a_version"
            ),
            models.CheckConstraint(
                name="safety_rule_level_is_known",
                condition=Q(level__in=[str(each) for each in Level]),
            ),
            models.CheckConstraint(
                name="safety_rule_audience_is_known",
                condition=Q(audience__in=[str(each) for each in Audience]),
            ),
            _known_mark("safety_rule_mark_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.variant} {self.level}".replace("  ", " ")

    def clean(self) -> None:
        """Refuse a wording that advises or reassures, or whose places for words changed."""
        super().clean()
        problem = wording_problem(self.wording) or self._places_problem()
        if problem:
            raise ValidationError({"wording": problem})

    def _places_problem(self) -> str:
        import string

        def places(text: str) -> set[str]:
            return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

        try:
            new = places(self.wording)
        except ValueError:
            return "A brace { or } is not closed."
        saved = type(self).objects.filter(pk=self.pk).values_list("wording", flat=True).first()
        extra = new - places(saved) if saved is not None else set()
        if extra:
            return f"There is nothing to put in the place of {', '.join(sorted(extra))}."
        return ""


class Drug(Sourced):
    """A blood-thinning drug that the form offers."""

    natural_fields = ("code",)

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    drug_class = models.CharField(max_length=40, choices=choices_of(DrugClass))
    counts = models.BooleanField("counts in rules R15 to R19")
    kidney_matters = models.BooleanField()
    order = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "name"]
        constraints = [_known_mark("drug_mark_is_known")]

    def __str__(self) -> str:
        return self.name


class HoldTime(Sourced):
    """A published drug-free interval, in hours, from one scheme; read by R40 on the IR side."""

    natural_fields = ("rule_set__version", "scheme", "drug__code", "high_risk", "clearance_from")

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="hold_times")
    scheme = models.CharField(max_length=60)
    drug = models.ForeignKey(Drug, on_delete=models.PROTECT, related_name="hold_times")
    high_risk = models.BooleanField()
    hours = models.PositiveIntegerField()
    clearance_from = models.DecimalField(
        "creatinine clearance from, mL/min", max_digits=5, decimal_places=1, null=True, blank=True
    )
    clearance_below = models.DecimalField(
        "creatinine clearance below, mL/min", max_digits=5, decimal_places=1, null=True, blank=True
    )
    as_printed = models.CharField(max_length=120, help_text="What the source prints.")
    history = HistoricalRecords()

    class Meta:
        ordering = ["scheme", "drug", "high_risk", "clearance_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "scheme", "drug", "high_risk", "clearance_from"],
                name="hold_time_once_a_clearance",
            ),
            models.UniqueConstraint(
                fields=["rule_set", "scheme", "drug", "high_risk"],
                condition=Q(clearance_from__isnull=True),
                name="hold_time_once_without_clearance",
            ),
            _known_mark("hold_time_mark_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.drug}, {self.hours} h"
