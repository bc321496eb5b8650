"""Guidance pages: how to get ready, the day itself, afterwards, and IR explained."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from . import choices
from .catalogue import Procedure
from .fields import ListOfText
from .natural import Natural
from .page import PublishablePage
from .parts import MARKDOWN_HELP, HelpSignPart, Part, QuestionPart, SectionPart, SourcePart


class GuidancePage(PublishablePage):
    """A page of guidance for patients and families."""

    title = models.CharField(
        max_length=120, help_text="What the reader would call it: “Eating and drinking”."
    )
    group = models.CharField(max_length=20, choices=choices.GuidanceGroup.choices)
    who_it_is_for = models.CharField(max_length=300, help_text="One line: who should read this.")
    search_words = ListOfText(help_text="What people type, one to a line. Never shown.")
    order = models.PositiveSmallIntegerField(
        default=0, help_text="Place on its shelf, lowest first."
    )
    history = HistoricalRecords()

    class Meta(PublishablePage.Meta):
        ordering = ["group", "order", "title"]
        constraints = [
            *PublishablePage.Meta.constraints,
            models.CheckConstraint(
                condition=Q(group__in=choices.GuidanceGroup.values), name="guidance_group_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the public page: the site's own pages stand at the top."""
        return (
            f"/{self.slug}/"
            if self.group == choices.GuidanceGroup.SITE
            else f"/guidance/{self.slug}/"
        )


class GuidanceSection(SectionPart, Natural):
    """A stretch of text of a guidance page. A section marked as steps is “do this, in order”."""

    natural_fields = ("page__slug", "heading")

    page = models.ForeignKey(GuidancePage, on_delete=models.CASCADE, related_name="sections")
    heading = models.CharField(max_length=120)
    history = HistoricalRecords()

    class Meta(SectionPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "heading"], name="guidance_heading_once_a_page")
        ]

    def __str__(self) -> str:
        return self.heading


class ChecklistItem(Part, Natural):
    """A line of a checklist that can be printed and ticked."""

    natural_fields = ("page__slug", "order")

    page = models.ForeignKey(GuidancePage, on_delete=models.CASCADE, related_name="checklist")
    text = models.TextField(help_text=MARKDOWN_HELP)
    history = HistoricalRecords()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "order"], name="checklist_order_once")
        ]

    def __str__(self) -> str:
        return self.text


class GuidanceHelpSign(HelpSignPart, Natural):
    """A sign on a guidance page: when to ring, and whom."""

    natural_fields = ("page__slug", "level", "order")

    page = models.ForeignKey(GuidancePage, on_delete=models.CASCADE, related_name="help_signs")
    history = HistoricalRecords()

    class Meta(HelpSignPart.Meta):
        constraints = [
            *HelpSignPart.Meta.constraints,
            models.UniqueConstraint(
                fields=["page", "level", "order"], name="guidance_help_sign_order_once"
            ),
        ]


class GuidanceQuestion(QuestionPart, Natural):
    """A question people ask about a guidance page."""

    natural_fields = ("page__slug", "question")

    page = models.ForeignKey(GuidancePage, on_delete=models.CASCADE, related_name="questions")
    history = HistoricalRecords()

    class Meta(QuestionPart.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["page", "question"], name="guidance_question_once_a_page"
            )
        ]


class GuidanceSource(SourcePart, Natural):
    """A source of a guidance page."""

    natural_fields = ("page__slug", "key")

    page = models.ForeignKey(GuidancePage, on_delete=models.CASCADE, related_name="sources")
    history = HistoricalRecords()

    class Meta(SourcePart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "key"], name="guidance_source_key_once_a_page")
        ]


class Relation(Natural):
    """How one procedure bears on another: an alternative, or what comes next. Shown on both pages."""

    natural_fields = ("procedure__slug", "other__slug", "kind")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="relations_from")
    kind = models.CharField(max_length=20, choices=choices.RelationKind.choices)
    history = HistoricalRecords()

    class Meta:
        ordering = ["procedure", "kind", "other"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "other", "kind"], name="relation_once"),
            models.CheckConstraint(
                condition=~Q(procedure=models.F("other")), name="relation_to_another"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=choices.RelationKind.values), name="relation_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.get_kind_display()} {self.other}"


class Guides(Natural):
    """Which guidance a procedure's readers need. Shown on both pages."""

    natural_fields = ("procedure__slug", "page__slug")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="guides")
    page = models.ForeignKey(GuidancePage, on_delete=models.CASCADE, related_name="guided")
    order = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["procedure", "order", "page"]
        verbose_name_plural = "guides"
        constraints = [models.UniqueConstraint(fields=["procedure", "page"], name="guide_once")]

    def __str__(self) -> str:
        return f"{self.procedure}: {self.page}"
