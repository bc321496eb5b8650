"""Publications: what the public reads. Rows are added and never changed."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q


class PageKind(models.TextChoices):
    """What a publication is a publication of."""

    PROCEDURE = "procedure", "Procedure"
    GUIDANCE = "guidance", "Guidance page"
    SITE = "site", "Site-wide texts"


class PublicationStatus(models.TextChoices):
    """How a document came to be public."""

    SEEDED = "seeded", "Seeded, not yet approved by the department"
    APPROVED = "approved", "Approved"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Immutable(Exception):
    """Raised when somebody tries to change or delete a publication."""


class PublicationQuerySet(models.QuerySet):
    """Publications, which can be read and added to, and nothing else."""

    def newest(self) -> "PublicationQuerySet":
        """The highest version of each page, withdrawn ones among them."""
        newer = self.model.objects.filter(
            kind=OuterRef("kind"), slug=OuterRef("slug"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer))

    def live(self) -> "PublicationQuerySet":
        """What the public can read today: one row a page."""
        return self.newest().exclude(status=PublicationStatus.WITHDRAWN)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise Immutable("A publication is never changed. Publish a new version.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise Immutable(
            "A publication is never deleted. Withdraw the page: that is a new version too."
        )


class Publication(models.Model):
    """One version of one page, as one document: text, facts, risks, steps, pictures, sources."""

    kind = models.CharField(max_length=20, choices=PageKind.choices)
    slug = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=PublicationStatus.choices)
    document = models.JSONField()
    digest = models.CharField(
        max_length=64, help_text="SHA-256 of the document, so that a change would show."
    )
    change_note = models.CharField(max_length=500)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approver_shown = models.CharField(
        max_length=200, blank=True, help_text="How the page names its approver."
    )
    published_at = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "slug", "-version"]
        permissions = [("approve_publication", "Can approve a page and make it public")]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug", "version"], name="publication_version_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PageKind.values), name="publication_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=PublicationStatus.values), name="publication_status_is_known"
            ),
            models.CheckConstraint(condition=Q(version__gt=0), name="publication_version_from_one"),
            models.CheckConstraint(
                condition=~Q(status=PublicationStatus.APPROVED)
                | (Q(author__isnull=False, approver__isnull=False) & ~Q(approver=F("author"))),
                name="publication_approved_by_another",
                violation_error_message="A page goes public only when someone other than its author approves it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.slug}, version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises Immutable if it is there already."""
        if self.pk is not None and not self._state.adding:
            raise Immutable("A publication is never changed. Publish a new version.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise Immutable(
            "A publication is never deleted. Withdraw the page: that is a new version too."
        )


class ContentVersion(models.Model):
    """One number that goes up with every publication, so that each process sees that its memory is old."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="content_version_one_row")]

    def __str__(self) -> str:
        return str(self.number)
