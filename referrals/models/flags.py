"""The safety flags of a referral, kept for each time they were worked out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from referrals.models.encrypted import EncryptedTextField
from referrals.models.provenance import choices_of
from referrals.models.referral import Referral
from referrals.safety.flag import Audience, Level


class Evaluation(models.Model):
    """One run of the rules over one referral."""

    class Occasion(models.TextChoices):
        SUBMISSION = "submission", "At submission"
        ANSWER = "answer", "After an answer from the referrer"
        VETTING = "vetting", "At vetting"
        AGEING = "ageing", "Because results grew older"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="evaluations")
    at = models.DateTimeField()
    occasion = models.CharField(max_length=10, choices=Occasion)
    rule_set = models.CharField(max_length=20)

    class Meta:
        ordering = ["referral", "-at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_occasion_display()}, rule set {self.rule_set}"


class FlagRow(models.Model):
    """One flag as it was shown. Wording and detail are clinical, and so encrypted."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="flags")
    rule = models.CharField(max_length=5)
    level = models.CharField(max_length=5, choices=choices_of(Level))
    wording = EncryptedTextField()
    detail = EncryptedTextField(blank=True, default="")
    subject = models.CharField(max_length=60, blank=True)
    sources = models.JSONField(default=list)
    audience = models.CharField(max_length=4, choices=choices_of(Audience))
    provisional = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="flags_acknowledged",
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["evaluation", "order"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="flag_level_is_known",
                condition=Q(level__in=[str(each) for each in Level]),
            ),
            models.CheckConstraint(
                name="flag_acknowledged_has_who_and_when",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.level}"
