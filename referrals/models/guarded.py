"""Records of colleagues and their families: who flagged them, and who opened them and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from referrals.models.referral import Referral


class RecordGuard(models.Model):
    """A flag on a record: whoever opens it on the IR side says why first. Kept when lifted."""

    class Kind(models.TextChoices):
        COLLEAGUE = "colleague", "A member of staff"
        FAMILY = "family", "Family or close to a member of staff"
        OTHER = "other", "Another person known to staff"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="guards")
    kind = models.CharField(max_length=10, choices=Kind)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="guards_set"
    )
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="guards_lifted",
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-set_at"]
        default_permissions = ()
        permissions = [("guard_referral", "Can flag a record as a colleague's or relative's")]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(lifted_at__isnull=True), name="guard_one_at_a_time"
            ),
            models.CheckConstraint(
                name="guard_kind_is_known", condition=Q(kind__in=["colleague", "family", "other"])
            ),
            models.CheckConstraint(
                name="guard_lifted_has_who_and_when",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral}: {self.get_kind_display().lower()}"


class GuardedOpening(models.Model):
    """Somebody opened a flagged record, for a reason, which IR governance looks at each week."""

    class Reason(models.TextChoices):
        VETTING = "vetting", "To vet or decide about the referral"
        BOOKING = "booking", "To book or list the patient"
        PROCEDURE = "procedure", "To prepare or do the procedure"
        CONTACT = "contact", "To answer the referrer's team or the patient"
        GOVERNANCE = "governance", "For a complaint, an incident or an audit"
        OTHER = "other", "Another reason"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="openings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="guarded_openings"
    )
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.CharField(max_length=200, help_text="Without the patient's name or number.")
    at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="openings_reviewed",
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        default_permissions = ()
        permissions = [("review_openings", "Can review who opened flagged records")]
        indexes = [models.Index(fields=["reviewed_at", "at"], name="opening_review")]
        constraints = [
            models.CheckConstraint(
                name="opening_reason_is_known",
                condition=Q(
                    reason__in=[
                        *("vetting", "booking", "procedure"),
                        *("contact", "governance", "other"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="opening_reviewed_has_who_and_when",
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} opened {self.referral}"
