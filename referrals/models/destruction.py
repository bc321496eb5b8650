"""What stays of a destroyed record: that it was there, when, of which class, and who agreed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from referrals.models.referral import Referral, RetentionClass


class Destruction(models.Model):
    """The order of two people to destroy one record, and afterwards its tombstone.

    Made when the second person agrees. Nothing here is about the patient.
    """

    class Stage(models.TextChoices):
        AGREED = "agreed", "Agreed by two people"
        STOPPED = "stopped", "Not carried out: the record changed"
        EMPTYING = "emptying", "Rows are gone, files are being removed"
        DONE = "done", "Destroyed"

    reference = models.CharField(max_length=20, unique=True)
    referral = models.OneToOneField(
        Referral, null=True, on_delete=models.SET_NULL, related_name="destruction"
    )
    retention_class = models.CharField(max_length=12, choices=RetentionClass)
    final_state = models.CharField(max_length=20)
    submitted_at = models.DateTimeField()
    closed_at = models.DateTimeField()
    destroy_after = models.DateField()
    newest_row = models.PositiveIntegerField(help_text="The last step as the two people saw it.")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="destructions_first"
    )
    approved_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="destructions_second"
    )
    agreed_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.AGREED)
    files = models.JSONField(
        default=list, blank=True, help_text="Random names of files still on the disk."
    )
    destroyed_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-agreed_at"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="destruction_stage_is_known",
                condition=Q(stage__in=["agreed", "stopped", "emptying", "done"]),
            ),
            models.CheckConstraint(
                name="destruction_needs_two_people", condition=~Q(agreed_by=F("approved_by"))
            ),
            models.CheckConstraint(
                name="destruction_emptied_has_no_record",
                condition=~Q(stage__in=["emptying", "done"]) | Q(referral__isnull=True),
            ),
            models.CheckConstraint(
                name="destruction_done_has_when_and_no_files",
                condition=~Q(stage="done") | Q(destroyed_at__isnull=False, files=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_stage_display().lower()}"
