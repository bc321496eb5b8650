"""Organisations by ODS code, the role table, and the allow-list with its dates."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from procedures.models.fields import ListOfText
from procedures.models.natural import Natural
from referrals.models.provenance import MarkChoices, Sourced, choices_of
from referrals.organisations import RoleEffect, SourceKind, normalise_code


class OrganisationRole(Natural):
    """One ODS role. A role may refuse; it never accepts."""

    natural_fields = ("code",)

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120)
    effect = models.CharField(max_length=12, choices=choices_of(RoleEffect))
    kind = models.CharField(max_length=60, choices=choices_of(SourceKind))
    harmless_on_trust = models.BooleanField(
        default=False,
        help_text="A non-primary role that the IR lead knows to be harmless when a trust has it.",
    )
    mark = models.CharField(max_length=1, choices=MarkChoices)
    note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="organisation_role_effect_is_known",
                condition=Q(effect__in=[str(each) for each in RoleEffect]),
            ),
            models.CheckConstraint(
                name="organisation_role_mark_is_known", condition=Q(mark__in=MarkChoices.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Organisation(Natural):
    """A trust, a site or a practice. A site's parent is the trust it stands for."""

    natural_fields = ("code",)

    code = models.CharField("ODS code", max_length=10, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, choices=choices_of(SourceKind))
    primary_role = models.CharField(max_length=10, blank=True)
    other_roles = ListOfText(help_text="Non-primary ODS roles, one to a line.")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sites"
    )
    postcode = models.CharField(max_length=8, blank=True)
    mark = models.CharField(max_length=1, choices=MarkChoices)
    note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="organisation_mark_is_known", condition=Q(mark__in=MarkChoices.values)
            ),
            models.CheckConstraint(
                name="organisation_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def clean(self) -> None:
        """Codes are kept trimmed and in capitals."""
        self.code = normalise_code(self.code)

    @property
    def trust(self) -> Organisation:
        """The trust that this organisation stands for: its parent, or itself."""
        return self.parent or self


class AllowListing(Sourced):
    """An organisation's place on the network's allow-list. Both dates are inclusive."""

    natural_fields = ("organisation__code",)

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="allow_listing"
    )
    active = models.BooleanField(default=False)
    standing = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["organisation__code"]
        verbose_name = "allow-list entry"
        verbose_name_plural = "allow-list"
        constraints = [
            models.CheckConstraint(
                name="allow_listing_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="allow_listing_mark_is_known", condition=Q(mark__in=MarkChoices.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {'active' if self.active else 'not active'}"

    def clean(self) -> None:
        """An end may not come before its beginning."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "The end must not come before the beginning."})
