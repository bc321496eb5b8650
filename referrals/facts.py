"""The plain facts of one referral, as the safety rules read them.

None, "" and "not known" all mean that something is not known; a list left at None was never
answered, an empty tuple says "none".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from referrals.catalogue import CatalogueEntry
from referrals.identity import PatientIdentity


@dataclass(frozen=True)
class Result:
    """A laboratory value in the unit of its field, and when the sample was taken (aware)."""

    value: Decimal | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True)
class DrugTaken:
    """A drug by its code in the drug table. ``name`` is shown for a drug not in the table."""

    code: str
    last_taken: datetime | None = None
    name: str = ""


@dataclass(frozen=True)
class Allergy:
    """An agent, how severe the reaction was, and the referrer's own words for it."""

    agent: str
    severity: str | None = None
    reaction: str = ""


@dataclass(frozen=True)
class PreviousImaging:
    """One earlier study. ``on_pacs`` is an Answer about Chester's own picture archive."""

    modality: str = ""
    taken_on: date | None = None
    where: str = ""
    on_pacs: str | None = None


@dataclass(frozen=True)
class Facts:
    """Everything a rule may read. Field names are those of section 2.2.

    ``organisation_accepted`` and ``consultant_entitled`` come from eligibility.decide().
    ``procedure`` None means that IR is asked to advise, and counts as unlisted. The fields
    ``access``, ``sheath_f``, ``contrast_into_vessel`` and ``first_pass`` are filled at vetting.
    """

    # Eligibility
    is_emergency: str | None = None
    discussed_with_ir: str = ""
    discussed_at: datetime | None = None
    organisation_accepted: bool = False
    consultant_entitled: bool = False
    consultant_confirmed: bool = False
    # Patient
    identity: PatientIdentity = field(default_factory=PatientIdentity)
    nhs_number_absent_reason: str = ""
    identity_confirmed: bool = False
    sex_registered_at_birth: str | None = None
    open_referrals: tuple[str, ...] = ()
    # Setting and request
    patient_setting: str | None = None
    urgency: str | None = None
    target_date: date | None = None
    procedure: CatalogueEntry | None = None
    clinical_indication: str = ""
    question: str = ""
    previous_imaging: tuple[PreviousImaging, ...] | str | None = None
    mdt_discussed: str | None = None
    # Vetting-time facts
    access: str | None = None
    sheath_f: Decimal | None = None
    filter_removal: str | None = None
    venous_stent_lysis: str | None = None
    contrast_into_vessel: str | None = None
    first_pass: str | None = None
    # Blood results
    inr: Result = Result()
    platelets: Result = Result()
    aptt: Result = Result()
    hb: Result = Result()
    creatinine: Result = Result()
    egfr: Result = Result()
    fibrinogen: Result = Result()
    # Bleeding and drugs
    antithrombotics: tuple[DrugTaken, ...] | str | None = None
    high_thrombotic_risk: tuple[str, ...] | str | None = None
    bleeding_disorder: str | None = None
    bleeding_disorder_detail: str = ""
    bleeding_history: str | None = None
    liver_disease: str | None = None
    bleeding_now: str | None = None
    unwell_now: str | None = None
    sepsis_now: str | None = None
    # Kidneys and contrast
    aki_suspected: str | None = None
    dialysis: str | None = None
    heart_failure: str | None = None
    kidney_transplant: str | None = None
    ckd: str | None = None
    diabetes: str | None = None
    metformin: str | None = None
    thyroid_disease: str | None = None
    allergies: tuple[Allergy, ...] | str | None = None
    # Infection, pregnancy, implants
    mrsa: str | None = None
    cpe: str | None = None
    c_diff: str | None = None
    resp_isolation: str | None = None
    pregnancy_status: str | None = None
    implants: tuple[str, ...] | str | None = None
    diathermy_planned: str | None = None
    # Fitness
    weight_kg: Decimal | None = None
    can_lie_flat: str | None = None
    sleep_apnoea: str | None = None
    home_oxygen: str | None = None
    airway_difficulty: str | None = None
    sedation_problem: str | None = None
    asa_grade: int | str | None = None
    # Consent
    capacity: str | None = None
    decision_maker: str = ""
    patient_aware: str | None = None
    resuscitation_status: str | None = None
