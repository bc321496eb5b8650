"""The catalogue: categories, conditions, and one procedure with all its rows."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from . import choices
from .fields import ListOfText
from .natural import Natural
from .page import MINUTES, PublishablePage
from .parts import (
    MARKDOWN_HELP,
    HelpSignPart,
    LikelihoodPart,
    Part,
    QuestionPart,
    RiskPart,
    SectionPart,
    SourcePart,
)


class Category(Natural):
    """A shelf of the catalogue, such as “Kidneys and bladder”."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80, unique=True)
    summary = models.CharField(
        max_length=300, help_text="What is on this shelf, in one plain sentence."
    )
    order = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class Procedure(PublishablePage):
    """One procedure: names, facts at a glance, and the fields that pictures, plans and comparisons are made from."""

    name = models.CharField(
        max_length=120,
        help_text="The name patients use, medical word in brackets: “kidney drain (nephrostomy)”.",
    )
    short_name = models.CharField(
        max_length=60, help_text="For lists and running text: “nephrostomy”."
    )
    medical_names = ListOfText(help_text="Other names that letters use, one to a line.")
    abbreviations = ListOfText(help_text="Such as RIG, one to a line.")
    search_words = ListOfText(
        help_text="What people type, slips and all, one to a line. Never shown."
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="procedures")
    also_in = models.ManyToManyField(Category, blank=True, related_name="also_procedures")

    duration_low = models.PositiveSmallIntegerField(
        "shortest time (minutes)", null=True, blank=True, validators=MINUTES
    )
    duration_high = models.PositiveSmallIntegerField(
        "longest time (minutes)", null=True, blank=True, validators=MINUTES
    )
    duration_text = models.CharField(
        max_length=300, help_text="How long it takes, in words, with its source."
    )
    anaesthetic = ListOfText(choices_from=choices.Anaesthetic, blank=False)
    anaesthetic_text = models.CharField(max_length=300, help_text="Awake or asleep, in words.")
    stay_text = models.CharField(max_length=300, help_text="How long in hospital, in words.")
    recovery_text = models.CharField(
        max_length=300, help_text="When people are back to normal, in words."
    )
    imaging = ListOfText(choices_from=choices.Imaging, blank=False)
    radiation_band = models.CharField(max_length=20, choices=choices.RadiationBand.choices)
    radiation_text = models.CharField(
        max_length=400, help_text="The band beside an everyday comparison."
    )
    done_by_text = models.CharField(max_length=300, help_text="Who does it.")

    fasting_food_hours = models.DecimalField(
        "hours without food (usual)",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Hours before the procedure, where a source gives them. The department's own answer goes first.",
    )
    fasting_fluid_hours = models.DecimalField(
        "hours without clear drinks (usual)",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Hours before the procedure. Never more than for food.",
    )
    bleeding_risk = models.CharField(
        max_length=20,
        choices=choices.BleedingRisk.choices,
        default=choices.BleedingRisk.NOT_LISTED,
        help_text="The class in guidance. Not listed counts as high wherever a rule reads it.",
    )
    bleeding_risk_cited = ListOfText(help_text="Keys of the sources of the class, one to a line.")
    route = models.CharField(max_length=20, choices=choices.Route.choices)
    entry_sites = ListOfText(choices_from=choices.EntrySite, blank=False)
    organs = ListOfText(
        choices_from=choices.Organ,
        blank=False,
        help_text="The first one chosen in the list is drawn as the place reached.",
    )
    purpose = models.CharField(
        max_length=20,
        choices=choices.Purpose.choices,
        default=choices.Purpose.TREAT,
        help_text="What we do there.",
    )
    body_regions = ListOfText(choices_from=choices.BodyRegion, blank=False)
    planned_ahead = models.BooleanField(
        default=True,
        help_text="Untick it for a procedure that is done in an emergency only: its page then offers no plan with dates.",
    )
    stays_in_body = models.CharField(max_length=20, choices=choices.StaysInBody.choices)
    stays_text = models.CharField(
        max_length=300,
        blank=True,
        help_text="What stays in the body, for how long, and who arranges its removal.",
    )
    history = HistoricalRecords(m2m_fields=[also_in])

    class Meta(PublishablePage.Meta):
        ordering = ["name"]
        constraints = [
            *PublishablePage.Meta.constraints,
            models.CheckConstraint(
                condition=Q(duration_low__isnull=True, duration_high__isnull=True)
                | Q(duration_low__gt=0, duration_low__lte=F("duration_high")),
                name="procedure_duration_in_order",
                violation_error_message="Give both times or neither, the shorter one first.",
            ),
            models.CheckConstraint(
                condition=Q(fasting_fluid_hours__isnull=True)
                | Q(fasting_food_hours__isnull=True)
                | Q(fasting_fluid_hours__lte=F("fasting_food_hours")),
                name="procedure_fasting_in_order",
                violation_error_message="Hours without drinks cannot be more than hours without food.",
            ),
            models.CheckConstraint(
                condition=Q(radiation_band__in=choices.RadiationBand.values),
                name="procedure_radiation_band_is_known",
            ),
            models.CheckConstraint(
                condition=Q(bleeding_risk__in=choices.BleedingRisk.values),
                name="procedure_bleeding_risk_is_known",
            ),
            models.CheckConstraint(
                condition=Q(stays_in_body__in=choices.StaysInBody.values),
                name="procedure_stays_in_body_is_known",
            ),
            models.CheckConstraint(
                condition=Q(stays_in_body=choices.StaysInBody.NOTHING) | ~Q(stays_text=""),
                name="procedure_says_what_stays",
                violation_error_message="Say what stays in the body, for how long, and who takes it out.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the public page."""
        return f"/procedures/{self.slug}/"


class Section(SectionPart, Natural):
    """A part of a procedure page that is free text."""

    natural_fields = ("procedure__slug", "kind")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=30, choices=choices.SectionKind.choices)
    history = HistoricalRecords()

    class Meta(SectionPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["procedure", "kind"], name="section_once_a_procedure"),
            models.CheckConstraint(
                condition=Q(kind__in=choices.SectionKind.values), name="section_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Step(Part, Natural):
    """One step of the day, in the order in which the patient meets it: what you see, hear and feel."""

    natural_fields = ("procedure__slug", "order")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(
        max_length=20, choices=choices.StepStage.choices, default=choices.StepStage.PROCEDURE
    )
    text = models.TextField(help_text=MARKDOWN_HELP + " Every step has a person in it.")
    instrument = models.CharField(
        max_length=20,
        choices=choices.Instrument.choices,
        default=choices.Instrument.NONE,
        help_text="Chooses the drawing for this step.",
    )
    history = HistoricalRecords()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["procedure", "order"], name="step_order_once")
        ]

    def __str__(self) -> str:
        return f"Step {self.order}"


class Risk(RiskPart, Natural):
    """A risk of a procedure."""

    natural_fields = ("procedure__slug", "name")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="risks")
    history = HistoricalRecords()

    class Meta(RiskPart.Meta):
        constraints = [
            *RiskPart.Meta.constraints,
            models.UniqueConstraint(fields=["procedure", "name"], name="risk_once_a_procedure"),
        ]


class Benefit(LikelihoodPart, Natural):
    """A benefit of a procedure that has a figure, shown in the same form as the risks."""

    natural_fields = ("procedure__slug", "name")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="benefits")
    history = HistoricalRecords()

    class Meta(LikelihoodPart.Meta):
        constraints = [
            *LikelihoodPart.Meta.constraints,
            models.UniqueConstraint(fields=["procedure", "name"], name="benefit_once_a_procedure"),
        ]


class HelpSign(HelpSignPart, Natural):
    """A sign on a procedure's care cards."""

    natural_fields = ("procedure__slug", "level", "order")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="help_signs")
    history = HistoricalRecords()

    class Meta(HelpSignPart.Meta):
        constraints = [
            *HelpSignPart.Meta.constraints,
            models.UniqueConstraint(
                fields=["procedure", "level", "order"], name="help_sign_order_once"
            ),
        ]


class Question(QuestionPart, Natural):
    """A question people ask about a procedure."""

    natural_fields = ("procedure__slug", "question")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="questions")
    history = HistoricalRecords()

    class Meta(QuestionPart.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "question"], name="question_once_a_procedure"
            )
        ]


class Source(SourcePart, Natural):
    """A source of a procedure page."""

    natural_fields = ("procedure__slug", "key")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="sources")
    history = HistoricalRecords()

    class Meta(SourcePart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["procedure", "key"], name="source_key_once_a_procedure")
        ]


class Condition(Natural):
    """An illness or problem as a way in: “blocked kidney”, “fibroids”."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=100, unique=True, help_text="The everyday name first.")
    medical_name = models.CharField(max_length=150, blank=True)
    summary = models.CharField(max_length=300, help_text="What it is, in one plain sentence.")
    search_words = ListOfText(help_text="What people type, one to a line. Never shown.")
    procedures = models.ManyToManyField(Procedure, blank=True, related_name="conditions")
    history = HistoricalRecords(m2m_fields=[procedures])

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
