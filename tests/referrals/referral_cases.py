"""A referral in which everything is normal or none, and short ways to change one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from referrals.catalogue import CatalogueEntry, catalogue_from_rows
from referrals.facts import DrugTaken, Facts, PreviousImaging, Result
from referrals.fixture_rows import fixture_rows
from referrals.identity import PatientIdentity
from referrals.safety import Flag, evaluate
from referrals.safety_config import RuleSet, seeded_rule_set

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
CATALOGUE = catalogue_from_rows(fixture_rows("catalogue.yaml"))
RULES = seeded_rule_set()


def entry(code: str) -> CatalogueEntry:
    return CATALOGUE[code]


def born(age: int, on: date = TODAY) -> date:
    """A birthday that makes someone exactly this old today."""
    return on.replace(year=on.year - age)


def result(value: str | int | None, *, hours: float = 3, days: float = 0) -> Result:
    number = None if value is None else Decimal(str(value))
    return Result(number, NOW - timedelta(hours=hours, days=days))


def drug(code: str, hours: float = 3) -> DrugTaken:
    return DrugTaken(code, NOW - timedelta(hours=hours))


IDENTITY = PatientIdentity(
    nhs_number="9990000018",
    family_name="Testpatient",
    given_name="Example",
    date_of_birth=born(50),
)

NORMAL = Facts(
    is_emergency="no",
    organisation_accepted=True,
    consultant_entitled=True,
    consultant_confirmed=True,
    identity=IDENTITY,
    identity_confirmed=True,
    sex_registered_at_birth="M",
    patient_setting="outpatient",
    urgency="routine",
    procedure=CATALOGUE["picc"],
    clinical_indication="A reason for the procedure, in words.",
    question="What it must achieve.",
    previous_imaging=(PreviousImaging("CT", date(2026, 3, 1), "Chester", "yes"),),
    mdt_discussed="yes",
    inr=result("1.0"),
    platelets=result(250),
    aptt=result(30),
    hb=result(130),
    creatinine=result(80),
    egfr=result(80),
    antithrombotics=(),
    high_thrombotic_risk=(),
    bleeding_disorder="no",
    bleeding_history="negative",
    liver_disease="no",
    bleeding_now="no",
    unwell_now="no",
    sepsis_now="no",
    aki_suspected="no",
    dialysis="none",
    heart_failure="no",
    kidney_transplant="no",
    ckd="no",
    diabetes="none",
    metformin="no",
    thyroid_disease="none",
    allergies=(),
    mrsa="negative",
    cpe="negative",
    c_diff="negative",
    resp_isolation="negative",
    pregnancy_status="not pregnant",
    implants=(),
    diathermy_planned="no",
    weight_kg=Decimal(80),
    can_lie_flat="yes",
    sleep_apnoea="no",
    home_oxygen="no",
    airway_difficulty="no",
    sedation_problem="no",
    asa_grade=2,
    capacity="has capacity",
    patient_aware="yes",
    resuscitation_status="for full",
)


def facts(procedure: str | None = "picc", *, age: int | None = None, **changes: object) -> Facts:
    """The normal referral with another procedure and some fields changed."""
    chosen = None if procedure is None else CATALOGUE[procedure]
    identity = changes.pop("identity", IDENTITY)
    if age is not None:
        identity = replace(identity, date_of_birth=born(age))
    return replace(NORMAL, procedure=chosen, identity=identity, **changes)


def flags(
    procedure: str | None = "picc",
    *,
    rules: RuleSet = RULES,
    now: datetime = NOW,
    **changes: object,
) -> list[Flag]:
    return evaluate(facts(procedure, **changes), rules, now)


def shown(found: list[Flag]) -> set[str]:
    """``R11:RED`` for each flag."""
    return {f"{flag.id}:{flag.level}" for flag in found}


def ids(found: list[Flag]) -> list[str]:
    return sorted(flag.id for flag in found)
