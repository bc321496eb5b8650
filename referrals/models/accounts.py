"""Requests for an account, made on a public page and decided by an IR administrator."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords


class AccountRequest(models.Model):
    """Somebody from a network hospital asks for an account. Nothing here is about a patient.

    A request never opens anything: an administrator grants it, which makes the account, and the
    register of entitled referrers then says what the person may do. A person who signed in with
    NHS CIS2 or NHSmail first is kept by issuer and subject, never by e-mail address.
    """

    class Grade(models.TextChoices):
        """What the person would do; the register, not this answer, decides what they may."""

        CONSULTANT = "consultant", "Consultant"
        DELEGATE = "delegate", "Colleague who drafts for a consultant"

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting for a decision"
        GRANTED = "granted", "Granted"
        DECLINED = "declined", "Declined"

    full_name = models.CharField(max_length=120)
    grade = models.CharField(max_length=12, choices=Grade)
    job_title = models.CharField(max_length=120)
    specialty = models.CharField(max_length=120)
    gmc_number = models.CharField(
        "GMC number",
        max_length=7,
        blank=True,
        help_text="Seven digits; required of a consultant.",
    )
    other_registration = models.CharField(
        max_length=60,
        blank=True,
        help_text="Without a GMC number: regulator and number, such as NMC 12A3456B.",
    )
    consultant_drafted_for = models.CharField(
        max_length=120, blank=True, help_text="A delegate's responsible consultant."
    )
    organisation_code = models.CharField("ODS code", max_length=10)
    organisation_name = models.CharField(max_length=200)
    work_email = models.EmailField("work e-mail address", max_length=254)
    team_mailbox = models.EmailField("team mailbox", max_length=254)
    irmer_training_on = models.DateField(
        "IR(ME)R referrer training", null=True, blank=True, help_text="As the person stated it."
    )
    identity_issuer = models.CharField(max_length=190, blank=True, editable=False)
    identity_subject = models.CharField(max_length=190, blank=True, editable=False)
    identity_provider = models.CharField(max_length=30, blank=True, editable=False)

    status = models.CharField(
        max_length=10, choices=Status, default=Status.WAITING, editable=False, db_index=True
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="decided_account_requests",
    )
    decision_note = models.TextField(blank=True, max_length=1000)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="account_requests",
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["asked_at"]
        permissions = [("decide_accountrequest", "Can grant or decline a request for an account")]
        constraints = [
            models.CheckConstraint(
                name="account_request_status_is_known",
                condition=Q(status__in=["waiting", "granted", "declined"]),
            ),
            models.CheckConstraint(
                name="account_request_grade_is_known",
                condition=Q(grade__in=["consultant", "delegate"]),
            ),
            models.CheckConstraint(
                name="account_request_decision_has_who_and_when",
                condition=Q(status="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    status__in=["granted", "declined"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="account_request_consultant_has_gmc_number",
                condition=~Q(grade="consultant") | ~Q(gmc_number=""),
            ),
            models.UniqueConstraint(
                fields=["work_email"],
                condition=Q(status="waiting"),
                name="account_request_one_waiting_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.organisation_name or self.organisation_code}"

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING
