"""What stands behind a row of clinical configuration: sources, owner, review date, trust."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from procedures.models.fields import ListOfText
from procedures.models.natural import Natural
from referrals.vocabulary import Mark


class MarkChoices(models.TextChoices):
    """How far a row may be trusted; C and P show as provisional."""

    A = Mark.A.value, "A: read in the source"
    B = Mark.B.value, "B: read in a second source"
    C = Mark.C.value, "C: working knowledge, to be confirmed"
    P = Mark.P.value, "P: a proposal, to be confirmed"


class Sourced(Natural):
    """A row that somebody owns, that says where it comes from and when it is looked at again."""

    sources = ListOfText(help_text="Codes of the table of sources, one to a line, such as S39.")
    owner = models.CharField(max_length=80, help_text="The office that answers for this row.")
    review_date = models.DateField(help_text="The day by which the owner looks at it again.")
    mark = models.CharField(max_length=1, choices=MarkChoices)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def provisional(self) -> bool:
        """Whether the row still waits to be confirmed."""
        return Mark(self.mark).provisional

    @property
    def review_overdue(self) -> bool:
        """Whether its review date has passed."""
        return self.review_date < timezone.localdate()

    def clean(self) -> None:
        """Every source must be in the table of sources."""
        super().clean()
        from referrals.models.rules import RuleSource

        known = set(RuleSource.objects.filter(code__in=self.sources).values_list("code", flat=True))
        missing = [code for code in self.sources if code not in known]
        if missing:
            raise ValidationError({"sources": f"Not in the table of sources: {', '.join(missing)}"})


def choices_of(words: type) -> list[tuple[str, str]]:
    """Model choices from an enum of words that are shown as they are stored."""
    return [(str(word), str(word) or "none") for word in words]
