"""The easy version of a procedure page: lines written for people with learning disabilities, one idea in each."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from .catalogue import Procedure
from .choices import EasyLevel, EasyPart
from .natural import Natural
from .parts import Part

LONGEST_LINE = 90
"""Characters in a line, at most."""
LARGEST_COUNT = 12
"""Small counts may be written as figures, up to this; 999 and 111 are telephone numbers."""
TELEPHONES = ("999", "111")

MARKS = re.compile(r"[*_#`|<>\[\]{}^\\]|https?:|^\s*(?:[-+•]|\d+[.)])\s|\n")
"""What Markdown, a footnote, an address or a second line looks like."""
FIGURE = re.compile(r"\d[\d.,:/%]*")
ENDS_INSIDE = re.compile(r"[.!?][\"”’)]?\s+\S")


def easy_line_problem(line: str) -> str:
    """Return why a text cannot be a line of an easy version; empty if it can.

    A line is one plain sentence or question: no Markdown, no footnote, no figure but 999, 111 and small counts.
    """
    if MARKS.search(line):
        return "Plain words only: no Markdown, no footnote, no address, no line break."
    if line != line.strip() or not line.endswith((".", "?", "!")):
        return "Write one sentence or question, with its full stop or question mark at the end."
    if ENDS_INSIDE.search(line):
        return "One sentence a line: give the second sentence a line of its own."
    for found in FIGURE.findall(line):
        figure = found.rstrip(".,:")
        if figure not in TELEPHONES and not (figure.isdigit() and int(figure) <= LARGEST_COUNT):
            return (
                f"“{figure}” is a figure: only 999, 111 and counts up to {LARGEST_COUNT} may stand in "
                "an easy line."
            )
    return ""


def validate_easy_line(line: str) -> None:
    """Raise ValidationError if a text cannot be a line of an easy version."""
    if problem := easy_line_problem(line):
        raise ValidationError(problem)


class EasyLine(Part, Natural):
    """One idea of the easy version of a procedure page: one plain sentence or question."""

    natural_fields = ("procedure__slug", "order")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="easy_lines")
    part = models.CharField(max_length=10, choices=EasyPart.choices)
    text = models.CharField(
        max_length=LONGEST_LINE,
        validators=[validate_easy_line],
        help_text=(
            "One idea: one plain sentence or question, up to 12 words. No Markdown, no footnotes, no figures but 999, "
            "111 and small counts."
        ),
    )
    level = models.CharField(
        "how fast",
        max_length=10,
        blank=True,
        choices=EasyLevel.choices,
        help_text="For “When to get help” alone, and needed there. Never milder than on the full page.",
    )
    history = HistoricalRecords()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "order"],
                name="easy_line_order_once",
                violation_error_message="Another easy line of this procedure has that order.",
            ),
            models.CheckConstraint(
                condition=Q(part__in=EasyPart.values), name="easy_line_part_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(part=EasyPart.HELP) & Q(level__in=EasyLevel.values))
                | (~Q(part=EasyPart.HELP) & Q(level="")),
                name="easy_line_level_for_help_alone",
                violation_error_message="Say how fast for “When to get help”, and there alone.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Hold the level to the part: needed for help, and for nothing else."""
        super().clean()
        if self.part == EasyPart.HELP and not self.level:
            raise ValidationError({"level": "Say how fast: call 999 now, or ring us today."})
        if self.part != EasyPart.HELP and self.level:
            raise ValidationError({"level": "Only lines of “When to get help” have this."})
