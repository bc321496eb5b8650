"""Uploaded pictures. What is kept was made anew from the upload by `procedures/uploads.py`; the upload itself is not."""

from typing import Any

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from .natural import Natural


class Picture(Natural):
    """A photograph or drawing for pages, kept in several widths and formats."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Pages ask for it as [[picture:slug]]."
    )
    alt = models.CharField(
        "what the picture shows",
        max_length=300,
        blank=True,
        help_text="For people who cannot see it: what matters in it, in one or two sentences.",
    )
    is_decorative = models.BooleanField(
        default=False, help_text="Tick if the page loses nothing without it."
    )
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=200, help_text="Who made it.")
    licence = models.CharField(
        max_length=200,
        help_text="On what terms it may be shown, and the written consent of anyone in it.",
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    digest = models.CharField(
        max_length=64, editable=False, help_text="SHA-256 of the largest JPEG."
    )
    variants = models.JSONField(
        editable=False, default=list, help_text="List of {format, width, height, file}."
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(is_decorative=True) & Q(alt=""))
                | (Q(is_decorative=False) & ~Q(alt="")),
                name="picture_alt_or_decorative",
                violation_error_message="Say what the picture shows, or tick “decorative”: one of the two.",
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def as_document(self) -> dict[str, Any]:
        """Return what a publication keeps of the picture."""
        names = ("slug", "alt", "caption", "credit", "licence", "width", "height", "variants")
        return {name: getattr(self, name) for name in names}
