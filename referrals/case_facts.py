"""From the stored document of a referral to the facts that the safety rules read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from referrals.catalogue import CatalogueEntry
from referrals.facts import Allergy, DrugTaken, Facts, PreviousImaging, Result
from referrals.identity import PatientIdentity
from referrals.vocabulary import NOT_KNOWN

_AS_THEY_ARE = (
    "nhs_number_absent_reason",
    "sex_registered_at_birth",
    "patient_setting",
    "urgency",
    "clinical_indication",
    "question",
    "mdt_discussed",
    "high_thrombotic_risk",
    "bleeding_disorder",
    "bleeding_disorder_detail",
    "bleeding_history",
    "liver_disease",
    "bleeding_now",
    "unwell_now",
    "sepsis_now",
    "aki_suspected",
    "dialysis",
    "heart_failure",
    "kidney_transplant",
    "ckd",
    "diabetes",
    "metformin",
    "thyroid_disease",
    "mrsa",
    "cpe",
    "c_diff",
    "resp_isolation",
    "pregnancy_status",
    "implants",
    "diathermy_planned",
    "can_lie_flat",
    "sleep_apnoea",
    "home_oxygen",
    "airway_difficulty",
    "sedation_problem",
    "asa_grade",
    "capacity",
    "decision_maker",
    "patient_aware",
    "resuscitation_status",
)
_RESULTS = ("inr", "platelets", "aptt", "hb", "creatinine", "egfr", "fibrinogen")
_TEXTS = frozenset(
    {
        "nhs_number_absent_reason",
        "clinical_indication",
        "question",
        "bleeding_disorder_detail",
        "decision_maker",
    }
)


@dataclass(frozen=True)
class Circumstances:
    """What the document does not hold: the gate's answer, the catalogue row, other referrals."""

    is_emergency: str
    organisation_accepted: bool
    consultant_entitled: bool
    consultant_confirmed: bool
    procedure: CatalogueEntry | None = None
    open_referrals: tuple[str, ...] = ()
    urgency: str = ""
    """As IR has set it on accepting; empty while the referrer's own answer holds."""
    vetting: Mapping[str, Any] = field(default_factory=dict)


def facts_of(
    identifiers: Mapping[str, Any], answers: Mapping[str, Any], around: Circumstances
) -> Facts:
    """The facts of one referral. A value that cannot be read counts as not given."""
    plain: dict[str, Any] = {}
    for name in _AS_THEY_ARE:
        value = answers.get(name)
        if isinstance(value, list):
            value = tuple(value)
        plain[name] = (value or "") if name in _TEXTS else value
    if plain["decision_maker"] == NOT_KNOWN:
        plain["decision_maker"] = ""
    plain["urgency"] = around.urgency or plain["urgency"]
    asa = str(plain["asa_grade"] or "")
    plain["asa_grade"] = int(asa) if asa.isdigit() else plain["asa_grade"]
    return Facts(
        is_emergency=around.is_emergency,
        discussed_with_ir=str(answers.get("discussed_with_ir") or ""),
        discussed_at=read_moment(answers.get("discussed_at")),
        organisation_accepted=around.organisation_accepted,
        consultant_entitled=around.consultant_entitled,
        consultant_confirmed=around.consultant_confirmed,
        identity=PatientIdentity(
            nhs_number=str(identifiers.get("nhs_number") or ""),
            hospital_number=str(identifiers.get("hospital_number") or ""),
            hospital_number_issuer=str(identifiers.get("hospital_number_issuer") or ""),
            family_name=str(identifiers.get("family_name") or ""),
            given_name=str(identifiers.get("given_name") or ""),
            date_of_birth=read_day(identifiers.get("date_of_birth")),
            postcode=str(identifiers.get("address_postcode") or ""),
        ),
        identity_confirmed=answers.get("identity_confirmed") is True,
        open_referrals=around.open_referrals,
        target_date=read_day(answers.get("target_date")),
        procedure=around.procedure,
        previous_imaging=_rows(answers.get("previous_imaging"), _imaging),
        antithrombotics=_rows(answers.get("antithrombotics"), _drug),
        allergies=_rows(answers.get("allergies"), _allergy),
        weight_kg=read_number(answers.get("weight_kg")),
        **{name: _result(answers, name) for name in _RESULTS},
        **_vetting(around.vetting),
        **plain,
    )


def read_day(value: Any) -> date | None:
    """A stored date, or None."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def read_moment(value: Any) -> datetime | None:
    """A stored time with its offset, or None."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo is not None else None


def read_number(value: Any) -> Decimal | None:
    """A stored number, or None."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _result(answers: Mapping[str, Any], name: str) -> Result:
    return Result(read_number(answers.get(name)), read_moment(answers.get(f"{name}_at")))


def _vetting(vetting: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "access": vetting.get("access") or None,
        "sheath_f": read_number(vetting.get("sheath_f")),
        "filter_removal": vetting.get("filter_removal") or None,
        "venous_stent_lysis": vetting.get("venous_stent_lysis") or None,
        "contrast_into_vessel": vetting.get("contrast_into_vessel") or None,
        "first_pass": vetting.get("first_pass") or None,
    }


def _rows(value: Any, read: Any) -> Any:
    if isinstance(value, list):
        return tuple(read(row) for row in value if isinstance(row, dict))
    return value or None


def _drug(row: Mapping[str, Any]) -> DrugTaken:
    code, name = str(row.get("drug") or ""), str(row.get("name") or "")
    return DrugTaken(code or "other", read_moment(row.get("last_taken")), name)


def _allergy(row: Mapping[str, Any]) -> Allergy:
    return Allergy(
        str(row.get("agent") or ""), row.get("severity") or None, str(row.get("reaction") or "")
    )


def _imaging(row: Mapping[str, Any]) -> PreviousImaging:
    return PreviousImaging(
        str(row.get("modality") or ""),
        read_day(row.get("taken_on")),
        str(row.get("where") or ""),
        row.get("on_pacs") or None,
    )
