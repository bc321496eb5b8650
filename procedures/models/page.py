"""What every publishable page has: a slug, a writer, review dates, and its place on the way to approval."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from .natural import Natural


class PublishablePage(Natural):
    """Working rows of a page. Nothing here is public until `publishing.publish()` makes a Publication of it."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Part of the address. It never changes once printed."
    )
    summary = models.CharField(
        max_length=300,
        help_text="One line for lists and search results: what it is, for whom. Under 30 words.",
    )
    written_by = models.CharField(
        max_length=200,
        default="The ir-info writers, from the sources listed",
        help_text="Who wrote the text. A role or a team is enough.",
    )
    last_checked = models.DateField(help_text="When the text was last held against its sources.")
    next_check = models.DateField(help_text="When it must be checked again, at the latest.")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_digest = models.CharField(max_length=64, blank=True, editable=False)
    submitted_note = models.CharField(max_length=500, blank=True, editable=False)
    submitted_version = models.PositiveIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="Set when what was sent is an older version, to go back to.",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(next_check__gt=F("last_checked")),
                name="%(class)s_next_check_after_last",
                violation_error_message="The next check must come after the last one.",
            ),
            models.CheckConstraint(
                condition=Q(
                    submitted_by__isnull=True, submitted_at__isnull=True, submitted_digest=""
                )
                | (
                    Q(submitted_by__isnull=False, submitted_at__isnull=False)
                    & ~Q(submitted_digest="")
                ),
                name="%(class)s_submitted_who_and_when",
            ),
        ]

    @property
    def is_waiting_for_approval(self) -> bool:
        """Whether somebody has sent this page to an approver."""
        return self.submitted_at is not None


MINUTES = [MinValueValidator(1)]
"""A duration in minutes is at least one."""
