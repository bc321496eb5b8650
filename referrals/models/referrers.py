"""Teams, the register of entitled referrers, and the colleagues who draft for them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from procedures.models.fields import ListOfText
from procedures.models.natural import Natural
from referrals.eligibility import Entitlement, EntitlementStatus
from referrals.models.organisations import Organisation
from referrals.models.provenance import choices_of
from referrals.registration import GmcNumberRefused, parse_gmc_number
from referrals.vocabulary import Group

SEVEN_DIGITS = RegexValidator(r"^[0-9]{7}$", "A GMC number has 7 digits.")


class Team(Natural):
    """The people of one trust who look after the same referrals, with the mailbox they watch."""

    natural_fields = ("organisation__code", "name")

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="teams",
        help_text="The trust, never a site.",
    )
    name = models.CharField(max_length=120, help_text="Such as “Vascular surgery”.")
    mailbox = models.EmailField(
        "team mailbox", help_text="Watched when one person is away, so that no answer is lost."
    )
    active = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["organisation__code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="team_once_a_trust")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"

    def clean(self) -> None:
        """A team belongs to a trust, and its mailbox is not public webmail."""
        if self.organisation_id and self.organisation.parent_id:
            raise ValidationError({"organisation": "Choose the trust, not one of its sites."})
        from referrals.service.mail_domains import is_public_webmail

        if is_public_webmail(self.mailbox):
            raise ValidationError({"mailbox": "Public webmail cannot be a team mailbox."})


class EntitledReferrer(models.Model):
    """One line of the register that IR(ME)R asks for: who may refer, granted by whom, until when.

    Entitlement is held at the trust. A person with posts at two trusts has two lines.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entitlements",
        help_text="The person's own account; without one nobody can confirm a referral.",
    )
    full_name = models.CharField(max_length=120)
    gmc_number = models.CharField("GMC number", max_length=7, validators=[SEVEN_DIGITS])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="entitled_referrers"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="entitled_referrers")
    specialty = models.CharField(max_length=120)
    scope = ListOfText(help_text="Groups of procedures, one to a line. Empty: all of them.")
    status = models.CharField(
        max_length=10, choices=choices_of(EntitlementStatus), default=EntitlementStatus.PENDING
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="granted_entitlements",
    )
    granted_on = models.DateField(null=True, blank=True)
    irmer_training_on = models.DateField("IR(ME)R referrer training", null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["organisation__code", "full_name"]
        verbose_name = "entitled referrer"
        constraints = [
            models.UniqueConstraint(
                fields=["gmc_number", "organisation"], name="entitled_referrer_once_a_trust"
            ),
            models.CheckConstraint(
                name="entitled_referrer_status_is_known",
                condition=Q(status__in=[str(each) for each in EntitlementStatus]),
            ),
            models.CheckConstraint(
                name="entitled_referrer_active_has_grant_and_end",
                condition=~Q(status="active")
                | Q(
                    granted_by__isnull=False,
                    granted_on__isnull=False,
                    expires_on__isnull=False,
                    expires_on__gte=F("granted_on"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.specialty}"

    def clean(self) -> None:
        """Check the number, the scope, and that team and person are of the same trust."""
        try:
            self.gmc_number = parse_gmc_number(self.gmc_number, live=not settings.DEMO)
        except GmcNumberRefused as refused:
            raise ValidationError({"gmc_number": str(refused)}) from None
        unknown = [each for each in self.scope or [] if each not in list(Group)]
        if unknown:
            raise ValidationError({"scope": f"Not a group of procedures: {', '.join(unknown)}"})
        if self.organisation_id and self.organisation.parent_id:
            raise ValidationError({"organisation": "Entitlement is held at the trust, not a site."})
        if self.team_id and self.organisation_id and self.team.organisation != self.organisation:
            raise ValidationError({"team": "This team belongs to another trust."})

    def as_entitlement(self) -> Entitlement:
        """The line as the eligibility rules read it."""
        return Entitlement(
            gmc_number=self.gmc_number,
            organisation_code=self.organisation.code,
            status=EntitlementStatus(self.status),
            granted_on=self.granted_on,
            expires_on=self.expires_on,
            scope=frozenset(self.scope or ()),
        )

    def holds_on(self, day: date) -> bool:
        """Whether the entitlement is in force on a London day (inclusive dates)."""
        return self.as_entitlement().holds_on(day)


class Delegate(models.Model):
    """A registrar, nurse specialist or secretary who may draft for the consultants of a team."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="delegates")
    job_title = models.CharField(max_length=120)
    registration = models.CharField(
        max_length=60, blank=True, help_text="Regulator and number, if the person has one."
    )
    active = models.BooleanField(default=True)
    granted_on = models.DateField()
    expires_on = models.DateField()
    history = HistoricalRecords()

    class Meta:
        ordering = ["team", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "team"], name="delegate_once_a_team"),
            models.CheckConstraint(
                name="delegate_ends_after_it_begins", condition=Q(expires_on__gte=F("granted_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.job_title}"

    def holds_on(self, day: date) -> bool:
        """Whether the person may draft on a London day (inclusive dates)."""
        return self.active and self.granted_on <= day <= self.expires_on
