"""Rules, catalogue, directory, targets and calendar, as the pure rules read them.

Read from the database once and kept in memory until any of those tables changes: one query a
request asks whether they did.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from referrals.arrangements import Arrangements, arrangements_from_rows
from referrals.catalogue import CatalogueEntry as Entry
from referrals.catalogue import catalogue_from_rows
from referrals.models import (
    AllowListing,
    BankHoliday,
    CatalogueEntry,
    ConfigurationStamp,
    Drug,
    EscalationStep,
    HoldTime,
    Organisation,
    OrganisationRole,
    QuestionFields,
    Recipients,
    RuleLimit,
    RuleList,
    RuleSet,
    RuleSource,
    SafetyRule,
    ServicePeriod,
    UrgencyTarget,
    WebmailBrand,
)
from referrals.organisations import Directory, directory_from_rows
from referrals.safety_config import RuleSet as Rules
from referrals.safety_config import rule_set_from_rows
from referrals.vocabulary import Urgency
from referrals.working_days import (
    UrgencyTarget as Target,
)
from referrals.working_days import (
    WorkingCalendar,
    calendar_from_rows,
    targets_from_rows,
)

CONFIGURED: tuple[type[models.Model], ...] = (
    AllowListing,
    BankHoliday,
    CatalogueEntry,
    Drug,
    EscalationStep,
    HoldTime,
    Organisation,
    OrganisationRole,
    QuestionFields,
    Recipients,
    RuleLimit,
    RuleList,
    RuleSet,
    RuleSource,
    SafetyRule,
    ServicePeriod,
    UrgencyTarget,
    WebmailBrand,
)


class NotConfigured(Exception):
    """The tables are empty: run `manage.py seed_referrals`."""


@dataclass(frozen=True)
class Configuration:
    """Everything that the rules need, of one moment."""

    rules: Rules
    catalogue: Mapping[str, Entry]
    directory: Directory
    targets: Mapping[Urgency, Target]
    calendar: WorkingCalendar
    arrangements: Arrangements


_kept: tuple[uuid.UUID, Configuration] | None = None


def stamp_now() -> models.Subquery:
    """The stamp as an annotation, so that a query that is asked anyway can bring it along."""
    return models.Subquery(ConfigurationStamp.objects.values("stamp")[:1])


def current(stamp: uuid.UUID | None = None) -> Configuration:
    """The configuration now. Raises NotConfigured when there is no active rule set.

    `stamp` is the one that a query of this very request brought along (`stamp_now`).
    """
    global _kept
    if stamp is None:
        stamp = ConfigurationStamp.objects.values_list("stamp", flat=True).first()
    if stamp is None:
        stamp = ConfigurationStamp.objects.get_or_create(id=1, defaults={"stamp": uuid.uuid4()})[
            0
        ].stamp
    if _kept is None or _kept[0] != stamp:
        _kept = (stamp, _read())
    return _kept[1]


def current_or_last() -> Configuration | None:
    """The configuration now; with the database gone, the last that this process read, or None.

    For the public gate alone: whoever acts on it must still pass the gate of the service, which
    reads the database.
    """
    try:
        return current()
    except (DatabaseError, NotConfigured):
        return _kept[1] if _kept is not None else None


def touch() -> None:
    """Make every process read the configuration anew, from when this transaction commits."""
    ConfigurationStamp.objects.update_or_create(id=1, defaults={"stamp": uuid.uuid4()})


@receiver(post_save)
@receiver(post_delete)
def _touched(sender: type[models.Model], **kwargs: Any) -> None:
    if sender in CONFIGURED:
        touch()


def _read() -> Configuration:
    active = RuleSet.objects.filter(active=True)
    about = list(active.values())
    if not about:
        raise NotConfigured("There is no active rule set. Run `manage.py seed_referrals`.")
    of_set = {"rule_set": about[0]["id"]}
    holds = HoldTime.objects.filter(**of_set).values()
    codes = dict(Drug.objects.values_list("id", "code"))
    organisations = list(Organisation.objects.values())
    by_id = {row["id"]: row["code"] for row in organisations}
    rows = {
        "ruleset": about,
        "rulesource": RuleSource.objects.values(),
        "rulelimit": RuleLimit.objects.filter(**of_set).values(),
        "rulelist": RuleList.objects.filter(**of_set).values(),
        "safetyrule": SafetyRule.objects.filter(**of_set).values(),
        "drug": Drug.objects.values(),
        "holdtime": [{**row, "drug": codes[row["drug_id"]]} for row in holds],
        "catalogueentry": CatalogueEntry.objects.values(),
        "urgencytarget": UrgencyTarget.objects.values(),
        "bankholiday": BankHoliday.objects.values(),
        "webmailbrand": WebmailBrand.objects.values(),
        "escalationstep": EscalationStep.objects.values(),
        "serviceperiod": ServicePeriod.objects.values(),
        "recipients": Recipients.objects.values(),
        "questionfields": QuestionFields.objects.values(),
        "organisationrole": OrganisationRole.objects.values(),
        "organisation": [
            {**row, "parent": by_id.get(row["parent_id"]) or ""} for row in organisations
        ],
        "allowlisting": [
            {**row, "organisation": by_id[row["organisation_id"]]}
            for row in AllowListing.objects.values()
        ],
    }
    return Configuration(
        rules=rule_set_from_rows(rows),
        catalogue=catalogue_from_rows(rows),
        directory=directory_from_rows(rows),
        targets=targets_from_rows(rows),
        calendar=calendar_from_rows(rows),
        arrangements=arrangements_from_rows(rows),
    )
