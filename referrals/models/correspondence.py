"""What passes between the referrer's team and IR: questions, messages, e-mails, files."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from procedures.models.fields import ListOfText
from referrals.models.encrypted import EncryptedJSONField, EncryptedTextField
from referrals.models.referral import Referral, ReferralMove


class InformationRequest(models.Model):
    """What IR asked for: coded items, and the fields that may be filled to answer."""

    referral = models.ForeignKey(
        Referral, on_delete=models.CASCADE, related_name="information_requests"
    )
    move = models.OneToOneField(
        ReferralMove, on_delete=models.PROTECT, related_name="information_request"
    )
    items = ListOfText(help_text="Coded items of section 4.2.")
    fields = ListOfText(help_text="Names of the fields that the team may now fill.")
    note = EncryptedTextField()
    needed_by = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="information_asked"
    )
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="information_answered",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_back = models.BooleanField(default=False)
    changes = EncryptedJSONField(
        default=dict, blank=True, help_text="Field names with what stood before and after."
    )

    class Meta:
        ordering = ["referral", "asked_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="information_answered_has_who_and_when",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(answered_at__isnull=True),
                name="information_one_open_request",
            ),
        ]

    def __str__(self) -> str:
        return f"Information wanted for {self.referral}"


class Message(models.Model):
    """A note between the two sides. Sending one waits for nothing and changes no state."""

    class Side(models.TextChoices):
        REFERRER = "referrer", "Referrer's team"
        IR = "IR", "Interventional radiology"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="messages")
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    side = models.CharField(max_length=10, choices=Side)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="referral_messages"
    )
    body = EncryptedTextField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="referral_messages_read",
    )

    class Meta:
        ordering = ["referral", "sent_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="message_side_is_known", condition=Q(side__in=["referrer", "IR"])
            ),
            models.CheckConstraint(
                name="message_read_has_who_and_when",
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Message of {self.sent_at:%d %B %Y, %H:%M}"


class Attachment(models.Model):
    """A file that came with a referral: encrypted, outside the web root, under a random name."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="attachments")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = EncryptedTextField(help_text="What the sender called it.")
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes, as sent out again.")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="referral_attachments"
    )
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["referral", "uploaded_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="attachment_type_is_allowed",
                condition=Q(content_type__in=["application/pdf", "image/jpeg", "image/png"]),
            ),
            models.UniqueConstraint(
                fields=["referral", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="attachment_same_file_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Attachment {self.key}"


class Notification(models.Model):
    """One e-mail to one address: a reference, a status word and a link, nothing else.

    Written in the transaction of what it tells, sent after it; what stays waiting is sent again
    by `chase`, so that a crash between the two loses nothing.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        ACCEPTED = "accepted", "Accepted by the mail server"
        FAILED = "failed", "Refused by the mail server"
        BOUNCED = "bounced", "Came back"

    class To(models.TextChoices):
        PERSON = "person", "The person"
        TEAM = "team", "The team mailbox"
        IR = "IR", "IR staff"

    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    key = models.CharField(
        max_length=160, unique=True, help_text="Says what it is about: the same is told once."
    )
    to = models.CharField(max_length=10, choices=To)
    address = models.EmailField()
    status_word = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    handled_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody dealt with mail that came back."
    )

    class Meta:
        ordering = ["-made_at"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["outcome", "made_at"], name="notification_outcome")]
        constraints = [
            models.CheckConstraint(
                name="notification_outcome_is_known",
                condition=Q(outcome__in=["waiting", "accepted", "failed", "bounced"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.status_word} to {self.get_to_display().lower()}"
