"""Who did what and when, for good: the audit log, and refusals counted by kind of source."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models

from referrals.models.provenance import choices_of
from referrals.organisations import SourceKind


class AppendOnlyQuerySet(models.QuerySet):
    """Rows are added and read; nothing else."""

    def update(self, **kwargs: Any) -> int:
        """Refuse. Raises PermissionDenied."""
        raise PermissionDenied("The audit log is never changed.")

    def delete(self) -> Any:
        """Refuse. Raises PermissionDenied."""
        raise PermissionDenied("The audit log is never cut.")


class AuditAction(models.TextChoices):
    """Everything that leaves a trace."""

    READ = "read", "Read a referral"
    LISTED = "listed", "Looked at a worklist"
    PRINTED = "printed", "Printed"
    DOWNLOADED = "downloaded", "Downloaded a file"
    EXPORTED = "exported", "Exported"
    SEARCHED = "searched", "Searched"
    CREATED = "created", "Began a draft"
    SAVED = "saved", "Saved a draft"
    DISCARDED = "discarded", "Discarded a draft"
    SUBMITTED = "submitted", "Sent a referral"
    MOVED = "moved", "Moved a referral"
    ANSWERED = "answered", "Answered a question"
    MESSAGED = "messaged", "Wrote a message"
    ATTACHED = "attached", "Attached a file"
    DETACHED = "detached", "Removed a file"
    ACKNOWLEDGED = "acknowledged", "Read an outcome"
    REFUSED = "refused", "Was refused"
    DENIED = "denied", "Had no right"
    CHANGED_MEANWHILE = "changed meanwhile", "Lost a race to another's decision"
    SIGNED_IN = "signed in", "Signed in"
    SIGN_IN_FAILED = "sign-in failed", "Failed to sign in"
    SIGNED_OUT = "signed out", "Signed out"
    ENTITLEMENT = "entitlement", "Changed an entitlement"
    ACCOUNT = "account", "Decided about an account"
    CONFIGURATION = "configuration", "Changed configuration"
    GUARDED = "guarded", "Flagged a record, or its review"
    OPENED = "opened with reason", "Opened a flagged record, saying why"
    KEYS = "keys", "Rotated the keys"
    RETENTION = "retention", "Looked at or approved retention"
    RECONCILED = "reconciled", "Reconciled the lists"


class AuditEvent(models.Model):
    """One line of the audit log. No clinical text, no identifier of a patient, ever.

    `actor` is empty only for commands and for people who are not signed in; `actor_name` says
    which. Triggers in the database refuse changes as well.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="audit_events",
    )
    actor_name = models.CharField(max_length=160)
    action = models.CharField(max_length=20, choices=AuditAction, db_index=True)
    reference = models.CharField(max_length=40, blank=True, db_index=True)
    search_hash = models.CharField(max_length=64, blank=True, db_index=True)
    about = models.JSONField(default=dict, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%d %B %Y, %H:%M:%S}: {self.actor_name} {self.action} {self.reference}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the line. Raises PermissionDenied for a line that is already there."""
        if not self._state.adding:
            raise PermissionDenied("The audit log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse. Raises PermissionDenied."""
        raise PermissionDenied("The audit log is never cut.")


class RefusalCount(models.Model):
    """How many were refused on a day, by kind of source, place and rule. Nothing about anyone."""

    day = models.DateField()
    kind = models.CharField(max_length=60, choices=choices_of(SourceKind))
    place = models.CharField(max_length=30, help_text="Where: gate, account, sign-in, creation.")
    rule = models.CharField(max_length=5, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "kind"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "place", "rule"], name="refusal_count_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.kind}, {self.count}"
