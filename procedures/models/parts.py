"""The rows that a page is made of, whether it is a procedure or a guidance page.

Each is abstract here; `catalogue.py` and `guidance.py` hang them on their page. Texts are the small subset of Markdown
that `procedures/text.py` allows, with `[^S2]` after a fact that comes from source S2.
"""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from .choices import Frequency, HelpLevel, Region, SourceKind
from .fields import ListOfText

source_key = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9-]*$", "Use letters, numbers and hyphens only, such as S2 or NICE-NG89."
)

MARKDOWN_HELP = (
    "Sentences up to 20 words, paragraphs up to 3 sentences. Everyday word first. Put [^S2] after a fact from source S2. "
    "Bullets start with “- ”, sub-headings with “### ”."
)


class Part(models.Model):
    """A row of a page, in the page's order."""

    order = models.PositiveSmallIntegerField(default=0, help_text="Lowest first.")

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class SectionPart(Part):
    """A stretch of text with a heading."""

    body = models.TextField(help_text=MARKDOWN_HELP)

    class Meta(Part.Meta):
        abstract = True


class QuestionPart(Part):
    """A question people ask, with its answer."""

    question = models.CharField(
        max_length=200, help_text="In the reader's own words, ending with a question mark."
    )
    answer = models.TextField(help_text=MARKDOWN_HELP)

    class Meta(Part.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.question


class SourcePart(Part):
    """Where facts come from: shown in the page's list of sources."""

    key = models.CharField(
        max_length=40,
        validators=[source_key],
        help_text="What the text calls it: S2 is cited as [^S2].",
    )
    title = models.CharField(max_length=400)
    publisher = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Leave empty if the source shows none."
    )
    url = models.URLField(
        max_length=500,
        blank=True,
        help_text="The publisher's own address only. Leave empty for a copy held by somebody else.",
    )
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    region = models.CharField(max_length=20, choices=Region.choices)

    class Meta(Part.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"


class HelpSignPart(Part):
    """A concrete sign on one of the three care cards."""

    level = models.CharField(max_length=20, choices=HelpLevel.choices)
    sign = models.TextField(
        blank=True,
        help_text="What the reader sees or feels, and what to do first. Never “if concerned”.",
    )
    shared = models.ForeignKey(
        "procedures.SharedText",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text="Or a sign that many pages share, kept once.",
    )

    class Meta(Part.Meta):
        abstract = True
        ordering = ["level", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=HelpLevel.values), name="%(class)s_level_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(shared__isnull=True) & ~Q(sign=""))
                | (Q(shared__isnull=False) & Q(sign="")),
                name="%(class)s_own_or_shared",
                violation_error_message="Write a sign or choose a shared one, not both.",
            ),
        ]

    def __str__(self) -> str:
        return self.sign or str(self.shared)


LIKELIHOOD_PER_10_000 = {
    Frequency.VERY_COMMON: (1_000, 10_000),
    Frequency.COMMON: (100, 1_000),
    Frequency.UNCOMMON: (10, 100),
    Frequency.RARE: (1, 10),
    Frequency.VERY_RARE: (0, 1),
}
"""Lowest and highest number in 10,000 people for each word (CONTENT.md, Numbers)."""


def frequency_problem(frequency: str, affected_high: int | None, out_of: int | None) -> str:
    """Return what is wrong with a word for the number beside it; empty if nothing is, or there is no number."""
    if not out_of or affected_high is None or frequency not in LIKELIHOOD_PER_10_000:
        return ""
    lowest, highest = LIKELIHOOD_PER_10_000[Frequency(frequency)]
    if lowest <= affected_high * 10_000 / out_of <= highest:
        return ""
    word = Frequency(frequency).label
    return (
        f"{affected_high} in {out_of} is not “{word}” (which means {lowest} to {highest} in 10,000). "
        "Use the word for the higher end."
    )


class LikelihoodPart(Part):
    """Something that happens to some people and not to others: a risk, or a benefit with a figure."""

    name = models.CharField(max_length=200, help_text="What can happen, in everyday words.")
    frequency = models.CharField(max_length=20, choices=Frequency.choices)
    frequency_text = models.CharField(
        max_length=300,
        blank=True,
        help_text="Such as “about 2 in 100 people”. “1 in 100 people”, always absolute. Cite the source.",
    )
    affected_low = models.PositiveIntegerField(
        null=True, blank=True, help_text="For the picture: 2 of “2 to 5 in 100”."
    )
    affected_high = models.PositiveIntegerField(
        null=True, blank=True, help_text="For the picture: 5 of “2 to 5 in 100”."
    )
    out_of = models.PositiveIntegerField(
        null=True, blank=True, help_text="For the picture: 100 of “2 to 5 in 100”."
    )
    cited = ListOfText(help_text="Keys of the sources, one to a line.")

    class Meta(Part.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values), name="%(class)s_frequency_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    affected_low__isnull=True, affected_high__isnull=True, out_of__isnull=True
                )
                | Q(
                    affected_low__lte=F("affected_high"),
                    affected_high__lte=F("out_of"),
                    out_of__gt=0,
                ),
                name="%(class)s_numbers_in_order",
                violation_error_message="Give all three numbers or none: low, high, and out of how many people.",
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=[Frequency.EXPECTED, Frequency.NOT_KNOWN])
                | ~Q(frequency_text=""),
                name="%(class)s_frequency_in_words",
                violation_error_message="Say how often in figures, or choose “Not known how often”.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Hold the word to the number: “common” may not stand beside 1 in 500, nor be milder than the higher end."""
        super().clean()
        problem = frequency_problem(self.frequency, self.affected_high, self.out_of)
        if problem:
            raise ValidationError({"frequency": problem})


class RiskPart(LikelihoodPart):
    """A risk, with what the team does about it."""

    what_we_do = models.TextField(
        blank=True, help_text="What happens then. Active voice: “We give you antibiotics”."
    )

    class Meta(LikelihoodPart.Meta):
        abstract = True
