"""A referral and the immutable rows of its life.

Rows are made in referrals/service/ alone: `service.creation.create_referral` asks who may refer,
whoever calls. A row saved in any other way (admin, fixture, shell, bulk) is refused here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import pre_save
from django.dispatch import receiver
from simple_history.models import HistoricalRecords

from referrals.models.catalogue import CatalogueEntry
from referrals.models.encrypted import EncryptedJSONField, EncryptedTextField
from referrals.models.organisations import Organisation
from referrals.models.provenance import choices_of
from referrals.models.referrers import EntitledReferrer, Team
from referrals.safety.flag import Level
from referrals.states import Role, State
from referrals.vocabulary import ActingAs, Emergency, Setting, Urgency

URGENCY_ORDER = (
    Urgency.EMERGENCY_RECORDED,
    Urgency.URGENT,
    Urgency.CANCER,
    Urgency.ROUTINE,
    Urgency.PLANNED,
)
LAST_RANK = 9
SENT_STATES = tuple(str(each) for each in State if each.sent)
OPEN_STATES = tuple(str(each) for each in State if each.sent and not each.final)

_one_way_in: ContextVar[bool] = ContextVar("referrals_one_way_in", default=False)


@contextmanager
def the_one_way_in() -> Iterator[None]:
    """Let rows be made; only the service that has asked `eligibility.decide` opens this."""
    token = _one_way_in.set(True)
    try:
        yield
    finally:
        _one_way_in.reset(token)


class RetentionClass(models.TextChoices):
    """How long a referral is kept (section 5.1); a person approves each destruction."""

    ADULT = "adult", "Adult health record: 8 years after the last entry"
    CHILD = "child", "Child: until the 25th birthday (26th if 17 at the end)"
    CANCER = "cancer", "Cancer: longer, as the records manager decides"
    NOT_ACCEPTED = "not accepted", "Referral not accepted: 2 years"
    DRAFT = "draft", "Draft: 14 days"


class GuardedQuerySet(models.QuerySet):
    """Rows are neither made nor changed in bulk: each change goes through the service."""

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse unless the service opened the way. Raises PermissionDenied."""
        if not _one_way_in.get():
            raise PermissionDenied("Rows of referrals are made by referrals.service alone.")
        return super().bulk_create(*args, **kwargs)


class MoveQuerySet(GuardedQuerySet):
    """Moves are added and read. Only the rotation of keys writes them anew."""

    def update(self, **kwargs: Any) -> int:
        """Refuse to change what was recorded. Raises PermissionDenied."""
        raise PermissionDenied("A move is never changed: make another.")


class Referral(models.Model):
    """One request to interventional radiology, draft or sent.

    `state` and `newest_row` repeat the newest ReferralMove, so that lists are quick and two
    people cannot decide at once; `reconcile` checks that they agree. Everything that could name
    the patient is in `identifiers`, everything clinical in `answers`; both are encrypted, and so
    are their copies in the history.
    """

    token = models.UUIDField(
        unique=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Made with the form: a double click or a replay finds the same referral.",
    )
    reference = models.CharField(max_length=20, unique=True, null=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="referrals_from"
    )
    trust = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals")
    responsible_consultant = models.ForeignKey(
        EntitledReferrer, on_delete=models.PROTECT, related_name="referrals"
    )
    acting_as = models.CharField(max_length=10, choices=choices_of(ActingAs))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafted_referrals"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    is_emergency = models.CharField(max_length=5, choices=choices_of(Emergency))

    identifiers = EncryptedJSONField(default=dict, blank=True)
    nhs_number_hash = models.CharField(max_length=64, blank=True, db_index=True)
    answers = EncryptedJSONField(default=dict, blank=True)
    vetting = EncryptedJSONField(
        default=dict, blank=True, help_text="Access, sheath size and the like, filled by IR."
    )
    form_version = models.CharField(max_length=20, default="1")

    procedure = models.ForeignKey(
        CatalogueEntry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requested_in",
        help_text="As requested. Empty: IR is asked to advise.",
    )
    final_procedure = models.ForeignKey(
        CatalogueEntry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="accepted_in",
    )
    urgency = models.CharField(max_length=10, blank=True, choices=choices_of(Urgency))
    urgency_rank = models.PositiveSmallIntegerField(default=LAST_RANK)
    patient_setting = models.CharField(max_length=12, blank=True, choices=choices_of(Setting))
    target_date = models.DateField(null=True, blank=True)

    state = models.CharField(max_length=20, choices=choices_of(State), default=State.DRAFT)
    newest_row = models.PositiveIntegerField(default=0)
    state_since = models.DateTimeField()
    vetter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vetting",
    )
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    vet_due_at = models.DateTimeField(null=True, blank=True)
    draft_expires_at = models.DateTimeField(null=True, blank=True)
    outcome_read_at = models.DateTimeField(null=True, blank=True)
    outcome_read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outcomes_read",
    )
    earlier = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="later",
        help_text="The closed referral that this is a new try of.",
    )

    rule_set = models.CharField(max_length=20, blank=True)
    evaluated_at = models.DateTimeField(null=True, blank=True)
    top_level = models.CharField(max_length=5, blank=True, choices=choices_of(Level))
    red_count = models.PositiveSmallIntegerField(default=0)
    results_stale_at = models.DateTimeField(
        null=True, blank=True, help_text="When the next given result passes its limit."
    )

    retention_class = models.CharField(
        max_length=12, choices=RetentionClass, default=RetentionClass.DRAFT
    )
    destroy_after = models.DateField(null=True, blank=True)
    hold = models.BooleanField(default=False, help_text="Kept for an inquiry or a complaint.")
    hold_reason = EncryptedTextField(blank=True, default="")
    destruction_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="destructions_approved",
    )
    destruction_approved_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-created_at"]
        default_permissions = ()
        permissions = [
            ("see_triage", "Can see referrals on the IR side"),
            ("vet_referral", "Can vet referrals (delegated vetter)"),
            ("decide_referral", "Can accept, redirect and reject (IR consultant)"),
            ("book_referral", "Can book, list and close (IR coordinator)"),
            ("export_referral", "Can export referrals"),
            ("see_measures", "Can see counts and the audit export, without patients"),
            ("approve_destruction", "Can approve the destruction of old records"),
        ]
        indexes = [
            models.Index(fields=["state", "urgency_rank", "vet_due_at"], name="referral_worklist"),
            models.Index(fields=["team", "state"], name="referral_team_state"),
            models.Index(fields=["state", "results_stale_at"], name="referral_stale"),
            models.Index(fields=["destroy_after"], name="referral_destroy_after"),
            # The two below hold all that counts and filters read, so that the wide rows,
            # with their encrypted documents, are not read to be counted.
            models.Index(
                fields=["state", "vet_due_at", "outcome_read_at", "results_stale_at"],
                name="referral_counts",
            ),
            models.Index(
                fields=[
                    "state",
                    "urgency",
                    "urgency_rank",
                    "vet_due_at",
                    "procedure",
                    "final_procedure",
                ],
                name="referral_filters",
            ),
            models.Index(
                fields=["urgency_rank", "vet_due_at"],
                condition=Q(state__in=["SUBMITTED", "IN_VETTING", "INFO_WANTED"]),
                name="referral_to_vet",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_state_is_known",
                condition=Q(state__in=[str(each) for each in State]),
            ),
            models.CheckConstraint(
                name="referral_sent_has_reference_times_and_confirmation",
                condition=Q(
                    state__in=["DRAFT", "AWAITING_CONSULTANT"],
                    reference__isnull=True,
                    submitted_at__isnull=True,
                    draft_expires_at__isnull=False,
                )
                | Q(
                    state__in=SENT_STATES,
                    reference__isnull=False,
                    submitted_at__isnull=False,
                    confirmed_at__isnull=False,
                    vet_due_at__isnull=False,
                    draft_expires_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="referral_is_never_an_emergency_now",
                condition=Q(is_emergency__in=["no", "24 h"]),
            ),
            models.CheckConstraint(
                name="referral_urgency_is_known",
                condition=Q(urgency__in=["", *[str(each) for each in Urgency]]),
            ),
            models.CheckConstraint(
                name="referral_outcome_read_has_who_and_when",
                condition=Q(outcome_read_at__isnull=True, outcome_read_by__isnull=True)
                | Q(outcome_read_at__isnull=False, outcome_read_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_destruction_approved_has_who_and_when",
                condition=Q(
                    destruction_approved_at__isnull=True, destruction_approved_by__isnull=True
                )
                | Q(destruction_approved_at__isnull=False, destruction_approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_is_not_its_own_earlier_try",
                condition=Q(earlier__isnull=True) | ~Q(earlier=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or "Draft"

    @property
    def patient_name(self) -> str:
        """Family name in capitals, then given name, as on a request form."""
        family = str(self.identifiers.get("family_name") or "").upper()
        given = str(self.identifiers.get("given_name") or "")
        return ", ".join(part for part in (family, given) if part)

    @property
    def nhs_number(self) -> str:
        """The ten digits, or an empty string."""
        return str(self.identifiers.get("nhs_number") or "")

    @property
    def is_inpatient(self) -> bool:
        """Whether the patient is in a bed: only then is pre-assessment left out."""
        return self.patient_setting == Setting.INPATIENT

    @property
    def current_state(self) -> State:
        """The state as a word of the rules."""
        return State(self.state)


class ReferralMove(models.Model):
    """One step in the life of a referral. Never changed: the newest row is the state."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField(help_text="1 for the first row of a referral.")
    origin = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20, choices=choices_of(State))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="referral_moves"
    )
    role = models.CharField(max_length=20, choices=choices_of(Role))
    at = models.DateTimeField()
    reason_code = models.CharField(max_length=30, blank=True)
    recorded = EncryptedJSONField(default=dict, blank=True)
    rule_set = models.CharField(max_length=20, blank=True)
    form_version = models.CharField(max_length=20, blank=True)

    objects = MoveQuerySet.as_manager()

    class Meta:
        ordering = ["referral", "number"]
        default_permissions = ()
        indexes = [models.Index(fields=["target", "at"], name="move_target_at")]
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="move_number_once"),
            models.CheckConstraint(
                name="move_target_is_known",
                condition=Q(target__in=[str(each) for each in State]),
            ),
            models.CheckConstraint(
                name="move_first_row_is_a_draft",
                condition=Q(number=1, origin="", target="DRAFT")
                | (Q(number__gt=1) & ~Q(origin="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.origin or 'new'} to {self.target}"


@receiver(pre_save, sender=Referral)
@receiver(pre_save, sender=ReferralMove)
def refuse_other_ways_in(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Refuse a new row that did not come through the service, and any change of a move.

    Signals are sent for fixtures and the admin too. Raises PermissionDenied.
    """
    adding = instance._state.adding
    if sender is ReferralMove and not adding:
        raise PermissionDenied("A move is never changed: make another.")
    if adding and not _one_way_in.get():
        raise PermissionDenied("Rows of referrals are made by referrals.service alone.")
