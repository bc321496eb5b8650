"""What is said once for the whole site: the department's details, local answers, shared texts, notices, glossary."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from .catalogue import Procedure
from .fields import ListOfText
from .natural import Natural
from .parts import MARKDOWN_HELP, SourcePart


class SiteDetails(Natural):
    """The department's own details. All are optional; where one is empty, pages say where to find it."""

    natural_fields = ("slug",)

    slug = models.SlugField(default="site", unique=True, editable=False)
    organisation = models.CharField(max_length=150, default="Countess of Chester Hospital")
    department = models.CharField(max_length=150, default="Interventional radiology")
    network = models.CharField(max_length=150, blank=True)
    department_phone = models.CharField("telephone, working hours", max_length=40, blank=True)
    department_hours = models.CharField("when it is answered", max_length=200, blank=True)
    out_of_hours_phone = models.CharField(
        "telephone, nights and weekends", max_length=40, blank=True
    )
    switchboard_phone = models.CharField("hospital switchboard", max_length=40, blank=True)
    pre_assessment_phone = models.CharField("pre-assessment telephone", max_length=40, blank=True)
    on_call_phone = models.CharField(
        "on-call IR consultant, for hospital doctors",
        max_length=40,
        blank=True,
        help_text="Shown to referrers on the emergency page. Empty: “through the hospital switchboard”.",
    )
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    how_to_find_us = models.TextField(blank=True, help_text=MARKDOWN_HELP)
    may_use_nhs_identity = models.BooleanField(
        default=False, help_text="Tick only if the owner of this site may use the NHS logo."
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "site details"
        constraints = [
            models.CheckConstraint(condition=Q(slug="site"), name="site_details_one_row")
        ]

    def __str__(self) -> str:
        return "Site details"


class LocalQuestion(Natural):
    """A named slot: something that differs from hospital to hospital and that this department must decide."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Pages ask for it as [[local:slug]]."
    )
    question = models.CharField(max_length=200, help_text="What the department has to decide.")
    what_is_usual = models.TextField(
        blank=True, help_text="What sources say is usual, shown until there is an answer."
    )
    until_answered = models.CharField(
        max_length=300,
        help_text="What the page says until then: who will tell the reader, and when.",
    )
    who_decides = models.CharField(
        max_length=150, help_text="A role, such as “lead IR consultant”."
    )
    order = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.question


class LocalAnswer(Natural):
    """The department's answer to a local question, for every page or for one procedure. Shown once approved."""

    natural_fields = ("question__slug", "procedure__slug")

    question = models.ForeignKey(LocalQuestion, on_delete=models.CASCADE, related_name="answers")
    procedure = models.ForeignKey(
        Procedure,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="local_answers",
        help_text="Leave empty for an answer that holds for every procedure.",
    )
    answer = models.TextField(help_text=MARKDOWN_HELP)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["question", "procedure"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "procedure"],
                name="local_answer_once_a_procedure",
                violation_error_message="There is already an answer to this question for this procedure.",
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(procedure__isnull=True),
                name="local_answer_once_for_all",
                violation_error_message="There is already an answer to this question for every procedure.",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True, approved_at__isnull=True)
                | (Q(approver__isnull=False, approved_at__isnull=False) & ~Q(approver=F("author"))),
                name="local_answer_approved_by_another",
                violation_error_message="Someone other than its author approves an answer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} ({self.procedure or 'every procedure'})"


class SharedText(Natural):
    """A text that several pages show word for word, kept once."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Pages ask for it as [[shared:slug]]."
    )
    body = models.TextField(help_text=MARKDOWN_HELP)
    history = HistoricalRecords()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class SharedTextSource(SourcePart, Natural):
    """A source of a shared text."""

    natural_fields = ("shared_text__slug", "key")

    shared_text = models.ForeignKey(SharedText, on_delete=models.CASCADE, related_name="sources")
    history = HistoricalRecords()

    class Meta(SourcePart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shared_text", "key"], name="shared_source_key_once")
        ]


class GlossaryTerm(Natural):
    """A medical word, explained in one sentence with easier words."""

    natural_fields = ("term",)

    term = models.CharField(max_length=80, unique=True)
    also = ListOfText(
        help_text="Other forms that mean the same, such as the plural, one to a line."
    )
    meaning = models.CharField(
        max_length=300, help_text="One sentence, with no word harder than the term itself."
    )
    group = models.CharField(
        max_length=40, blank=True, help_text="Body part, test, medicine, equipment, person, scan."
    )
    link_in_text = models.BooleanField(
        default=True, help_text="Link the word where it first appears on a page."
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        """Hold the meaning to one sentence."""
        super().clean()
        if ". " in self.meaning.rstrip(". "):
            raise ValidationError({"meaning": "Explain the term in one sentence."})


class Notice(Natural):
    """A dated banner on every public page, for example about building work."""

    natural_fields = ("title", "starts_on")

    title = models.CharField(max_length=120)
    body = models.TextField(help_text=MARKDOWN_HELP)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day on which it is shown.")
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_on", "title"]
        constraints = [
            models.UniqueConstraint(fields=["title", "starts_on"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="notice_dates_in_order",
                violation_error_message="The last day cannot come before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PatientStory(Natural):
    """What somebody went through, in their own words, shown only with their recorded consent."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=150)
    shown_name = models.CharField(
        max_length=80, help_text="The name to show: a first name, or another if they prefer."
    )
    procedure = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories"
    )
    body = models.TextField(
        help_text="Their words, unchanged but for length. Leave out what could identify others."
    )
    consent_given_on = models.DateField(null=True, blank=True)
    consent_recorded_by = models.CharField(
        max_length=150, blank=True, help_text="Who holds the signed consent."
    )
    consent_expires_on = models.DateField(null=True, blank=True)
    is_shown = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "patient stories"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_shown=False)
                | (Q(consent_given_on__isnull=False) & ~Q(consent_recorded_by="")),
                name="story_shown_with_consent",
                violation_error_message="Record the consent, with its date and who holds it, before showing a story.",
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False)
                | (Q(author__isnull=False, approver__isnull=False) & ~Q(approver=F("author"))),
                name="story_approved_by_another",
                violation_error_message="Someone other than the editor approves a story.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
