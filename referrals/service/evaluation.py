"""The safety flags of a referral: worked out, stored with their rule set, and worked out again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from referrals.case_facts import Circumstances, facts_of
from referrals.encryption import nhs_number_hashes
from referrals.facts import Facts
from referrals.models import Evaluation, FlagRow, Referral
from referrals.models.referral import OPEN_STATES
from referrals.safety import RULES, Case, Flag, Level, evaluate, top_level
from referrals.safety_config import RuleSet
from referrals.service import configuration
from referrals.service.configuration import Configuration

AGEING_RULES = ("R22", "R34")
LOOK_AHEAD = timedelta(days=200)
PRECISION = timedelta(minutes=10)


@dataclass(frozen=True)
class Assessment:
    """Facts and flags of one moment. `acknowledged` holds the keys of flags the referrer read."""

    facts: Facts
    flags: tuple[Flag, ...]
    at: datetime
    acknowledged: frozenset[str] = frozenset()


def flag_key(flag: Flag) -> str:
    """What a form sends back to say that a flag was read: its rule and subject."""
    return f"{flag.id}:{flag.subject}"


def open_duplicates(referral: Referral) -> tuple[str, ...]:
    """References of open referrals for the same NHS number and group of procedures (R07).

    A page that has already asked whether there is any other (`with_same_number`) saves a query.
    """
    one_key = len(settings.LOOKUP_KEYS) == 1  # while keys change, equal numbers hash differently
    none_seen = getattr(referral, "with_same_number", True) is False
    if not referral.nhs_number_hash or (one_key and none_seen):
        return ()
    entry = referral.final_procedure or referral.procedure
    others = (
        Referral.objects.filter(
            nhs_number_hash__in=nhs_number_hashes(referral.nhs_number), state__in=OPEN_STATES
        )
        .exclude(pk=referral.pk)
        .values_list("reference", "final_procedure__group", "procedure__group")
    )
    group = entry.group if entry else None
    return tuple(ref for ref, final, asked in others if (final or asked) == group)


def assess(
    referral: Referral,
    *,
    confirmed: bool | None = None,
    accepted: bool = True,
    entitled: bool = True,
    now: datetime | None = None,
    settings_now: Configuration | None = None,
) -> Assessment:
    """The flags of a referral now, stored nowhere.

    `confirmed` says whether the consultant is confirming in this very request; left out, the
    stored confirmation counts. `accepted` and `entitled` are the gate's answer.
    """
    now = now or timezone.now()
    settings_now = settings_now or configuration.current()
    entry = referral.final_procedure or referral.procedure
    facts = facts_of(
        referral.identifiers,
        referral.answers,
        Circumstances(
            is_emergency=referral.is_emergency,
            organisation_accepted=accepted,
            consultant_entitled=entitled,
            consultant_confirmed=(
                referral.confirmed_at is not None if confirmed is None else confirmed
            ),
            procedure=settings_now.catalogue.get(entry.code) if entry else None,
            open_referrals=open_duplicates(referral),
            urgency=referral.urgency if referral.final_procedure_id else "",
            vetting=referral.vetting,
        ),
    )
    flags = evaluate(facts, settings_now.rules, now, live=not settings.DEMO)
    return Assessment(facts, tuple(flags), now)


def store(
    referral: Referral,
    assessment: Assessment,
    occasion: str,
    acknowledged: Iterable[str] = (),
    acknowledged_by: object | None = None,
) -> Evaluation:
    """Keep the flags with the referral, and what lists need of them on its row (not saved here)."""
    rules = configuration.current().rules
    read = set(acknowledged)
    evaluation = Evaluation.objects.create(
        referral=referral, at=assessment.at, occasion=occasion, rule_set=rules.version
    )
    FlagRow.objects.bulk_create(
        FlagRow(
            evaluation=evaluation,
            rule=flag.id,
            level=flag.level,
            wording=flag.wording,
            detail=flag.detail,
            subject=flag.subject,
            sources=list(flag.sources),
            audience=flag.audience,
            provisional=flag.provisional,
            order=order,
            acknowledged_by=acknowledged_by if flag_key(flag) in read else None,
            acknowledged_at=assessment.at if flag_key(flag) in read else None,
        )
        for order, flag in enumerate(assessment.flags)
    )
    top = top_level(assessment.flags)
    referral.rule_set = rules.version
    referral.evaluated_at = assessment.at
    referral.top_level = str(top) if top else ""
    referral.red_count = sum(flag.level is Level.RED for flag in assessment.flags)
    referral.results_stale_at = stale_at(assessment.facts, rules, assessment.at)
    return evaluation


def reassess(
    referral: Referral,
    occasion: str,
    now: datetime | None = None,
    settings_now: Configuration | None = None,
) -> Assessment:
    """Work the flags out anew, and store them when they changed. Returns what holds now."""
    settings_now = settings_now or configuration.current()
    assessment = assess(referral, now=now, settings_now=settings_now)
    rows = list(FlagRow.objects.filter(evaluation__referral=referral).select_related("evaluation"))
    read = frozenset(f"{row.rule}:{row.subject}" for row in rows if row.acknowledged_at)
    assessment = replace(assessment, acknowledged=read)
    stored = {
        (row.rule, row.level, row.wording, row.detail)
        for row in rows
        if row.evaluation.at == referral.evaluated_at
    }
    fresh = {(flag.id, str(flag.level), flag.wording, flag.detail) for flag in assessment.flags}
    if stored != fresh or referral.rule_set != settings_now.rules.version:
        store(referral, assessment, occasion)
        referral.skip_history_when_saving = True
        referral.save(
            update_fields=[
                "rule_set",
                "evaluated_at",
                "top_level",
                "red_count",
                "results_stale_at",
            ]
        )
        del referral.skip_history_when_saving
    return assessment


def stale_at(facts: Facts, rules: RuleSet, now: datetime) -> datetime | None:
    """When the first result passes its age limit; None if one already has, or none will soon."""

    def stale(moment: datetime) -> bool:
        case = Case(facts, rules, moment, not settings.DEMO)
        return any(RULES[rule](case) for rule in AGEING_RULES)

    early, late = now, now + LOOK_AHEAD
    if stale(early) or not stale(late):
        return None
    while late - early > PRECISION:
        middle = early + (late - early) / 2
        early, late = (early, middle) if stale(middle) else (middle, late)
    return late
