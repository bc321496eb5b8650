"""Every field of the form (section 2.2 of the referral facts) and the shape in which it is stored.

One flat document: field name to value. Dates and times are ISO text (times with their offset),
numbers are text, lists are lists of words or of small objects. A list may also be the word
"none" or "not known"; a field that was never answered is not in the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from referrals import answer_shapes as shape
from referrals.results import MEASURES
from referrals.vocabulary import (
    NOT_KNOWN,
    Answer,
    BleedingHistory,
    Capacity,
    Diabetes,
    Dialysis,
    Implant,
    Infection,
    NhsNumberAbsent,
    Pregnancy,
    Resuscitation,
    Setting,
    Severity,
    Sex,
    ThromboticRisk,
    Thyroid,
    Urgency,
)

TYPED_AT_MOST, BOXES_AT_MOST = 20_000, 800
UNFINISHED = "unfinished"
"""Drafts keep here what was typed and could not be read, by field, so that nothing is lost."""


@dataclass(frozen=True)
class AnswerField:
    """One field: the part of the form it stands in, and what is wrong with a value ("" if none)."""

    name: str
    section: str
    problem: shape.Check
    label: str
    identifies: bool = False


_yes_no = shape.word(Answer)
_short, _text, _long = shape.line(shape.LINE), shape.line(shape.TEXT), shape.line(shape.LONG)
_code = shape.line(60)
_some_day, _some_moment = shape.or_not_known(shape.day), shape.or_not_known(shape.moment)
_result = shape.or_not_known(shape.number)

_PARTS: Mapping[str, Mapping[str, tuple[shape.Check, str]]] = {
    "eligibility": {
        "ir_discussed": (_yes_no, "Spoken to IR"),
        "discussed_with_ir": (_short, "Discussed with IR: who"),
        "discussed_at": (shape.moment, "Discussed with IR: when"),
        "discussed_outcome": (_text, "Discussed with IR: what was agreed"),
    },
    "patient": {
        "nhs_number": (shape.line(20), "NHS number"),
        "nhs_number_absent_reason": (shape.word(NhsNumberAbsent), "Why there is no NHS number"),
        "hospital_number": (shape.line(20), "Hospital number"),
        "hospital_number_issuer": (shape.line(10), "Issued by (ODS code)"),
        "family_name": (shape.line(60), "Family name"),
        "given_name": (shape.line(60), "Given name"),
        "date_of_birth": (shape.day, "Date of birth"),
        "sex_registered_at_birth": (shape.word(Sex), "Sex registered at birth"),
        "gender": (shape.line(60), "Gender"),
        "address_postcode": (shape.line(8), "Postcode"),
        "patient_phone": (shape.line(20), "Telephone"),
        "alt_contact": (shape.line(60), "Another contact"),
        "interpreter_needed": (_yes_no, "Interpreter needed"),
        "language": (shape.line(35), "Language"),
        "language_other": (shape.line(60), "Language, in words"),
        "communication_needs": (_text, "Communication needs"),
        "identity_confirmed": (shape.tick, "Identity read back and confirmed"),
    },
    "setting": {
        "patient_setting": (shape.word(Setting), "Where the patient is"),
        "site": (shape.line(10), "Site"),
        "ward": (shape.line(60), "Ward"),
        "bed": (shape.line(20), "Bed"),
        "admission_date": (shape.day, "Admitted on"),
        "expected_discharge": (shape.day, "Expected discharge"),
        "transfer_needed": (_yes_no, "Transfer needed"),
        "transport": (
            shape.word(
                *("own", "relative", "patient transport", "ambulance", "bed-to-bed", NOT_KNOWN)
            ),
            "Transport",
        ),
        "escort_needs": (_text, "Escort needs"),
    },
    "people": {
        "referrer_name": (_short, "Referrer"),
        "referrer_grade": (_short, "Grade"),
        "referrer_reg_body": (shape.line(20), "Regulator"),
        "referrer_reg_no": (shape.line(20), "Registration number"),
        "specialty": (_short, "Specialty"),
        "contact_number": (shape.line(40), "Contact number"),
        "contact_hours": (_short, "Contact hours"),
        "team_mailbox": (shape.line(254), "Team mailbox"),
        "copy_to": (shape.mails, "Copy letters to"),
        "gp_practice": (_short, "GP and practice, for the discharge letter"),
    },
    "request": {
        "request_mode": (shape.word("procedure", "problem"), "What is asked for"),
        "procedure": (_code, "Procedure"),
        "procedure_other": (_text, "Procedure, in words"),
        "laterality": (shape.word("left", "right", "both", "midline", "not applicable"), "Side"),
        "level_or_site": (_short, "Level or site"),
        "urgency": (shape.word(Urgency), "Urgency"),
        "target_date": (shape.day, "Wanted by"),
        "target_reason": (_text, "Why by then"),
        "clinical_indication": (_long, "Why the procedure is needed"),
        "question": (_long, "What it must answer or achieve"),
        "relevant_history": (_long, "Relevant history"),
        "previous_imaging": (
            shape.rows(
                modality=_short, taken_on=_some_day, where=_short, on_pacs=_yes_no, shared=_yes_no
            ),
            "Previous imaging",
        ),
        "previous_ir": (_long, "Previous IR"),
        "mdt_discussed": (_yes_no, "Discussed at an MDT"),
        "mdt_name": (_short, "MDT"),
        "mdt_date": (_some_day, "MDT date"),
        "mdt_outcome": (_text, "MDT outcome"),
        "rtt_clock_start": (shape.day, "RTT clock start"),
        "rtt_breach": (shape.day, "RTT breach"),
        "pathway_id": (shape.line(20), "Pathway identifier"),
        "cancer_target_date": (_some_day, "Cancer target date"),
        "duplicate_reason": (_text, "Why this is new"),
    },
    "results": {
        **{code: (_result, measure.name) for code, measure in MEASURES.items()},
        "fibrinogen": (_result, "Fibrinogen"),
        "crp": (_result, "CRP"),
        "bilirubin": (_result, "Bilirubin"),
        **{
            f"{code}_at": (shape.moment, f"{name} taken at")
            for code, name in (
                ("inr", "INR"),
                ("platelets", "Platelets"),
                ("aptt", "APTT"),
                ("hb", "Haemoglobin"),
                ("creatinine", "Creatinine"),
                ("egfr", "eGFR"),
                ("fibrinogen", "Fibrinogen"),
                ("crp", "CRP"),
                ("bilirubin", "Bilirubin"),
            )
        },
        "egfr_above": (shape.tick, "eGFR reported as above this value"),
        "results_expected": (_text, "When missing results will be ready"),
    },
    "bleeding": {
        "antithrombotics": (
            shape.rows(
                drug=_code, name=_short, dose=_short, indication=_short, last_taken=_some_moment
            ),
            "Blood-thinning drugs",
        ),
        "high_thrombotic_risk": (shape.words(ThromboticRisk), "High clotting risk"),
        "bleeding_disorder": (_yes_no, "Bleeding disorder"),
        "bleeding_disorder_detail": (_text, "Bleeding disorder: which"),
        "bleeding_history": (shape.word(BleedingHistory, NOT_KNOWN), "Bleeding history (HEMSTOP)"),
        "liver_disease": (_yes_no, "Liver disease"),
        "liver_disease_detail": (_text, "Liver disease: which"),
        "bleeding_now": (_yes_no, "Bleeding now"),
        "unwell_now": (_yes_no, "Unwell now"),
        "sepsis_now": (_yes_no, "Sepsis now"),
    },
    "kidneys": {
        "aki_suspected": (_yes_no, "Acute kidney injury suspected"),
        "dialysis": (shape.word(Dialysis), "Dialysis"),
        "heart_failure": (_yes_no, "Heart failure"),
        "kidney_transplant": (_yes_no, "Kidney transplant"),
        "ckd": (_yes_no, "Chronic kidney disease"),
        "diabetes": (shape.word(Diabetes), "Diabetes"),
        "diabetes_treatment": (shape.treatment, "Diabetes treatment"),
        "metformin": (_yes_no, "Metformin"),
        "thyroid_disease": (shape.word(Thyroid), "Thyroid disease"),
        "allergies": (
            shape.rows(agent=_short, reaction=_text, severity=shape.word(Severity)),
            "Allergies",
        ),
    },
    "infection": {
        "cpe_contact": (_yes_no, "In hospital abroad or elsewhere in 12 months"),
        "cpe_screen_sent": (_yes_no, "CPE screen sent since then"),
    }
    | {
        name: (check, label)
        for code, words in (
            ("mrsa", "MRSA"),
            ("cpe", "CPE"),
            ("c_diff", "C. difficile"),
            ("bbv", "Blood-borne virus"),
            ("resp_isolation", "Respiratory isolation"),
        )
        for name, check, label in (
            (code, shape.word(Infection), words),
            (f"{code}_on", _some_day, f"{words}: date"),
        )
    },
    "pregnancy": {
        "pregnancy_status": (shape.word(Pregnancy, NOT_KNOWN), "Pregnancy"),
        "pregnancy_reason": (_text, "Pregnancy: why not applicable"),
        "lmp": (_some_day, "Last menstrual period"),
        "breastfeeding": (_yes_no, "Breastfeeding"),
    },
    "fitness": {
        "implants": (shape.words(Implant), "Implants"),
        "implant_model": (_text, "Implant model"),
        "diathermy_planned": (_yes_no, "Diathermy planned"),
        "mobility": (_short, "Mobility"),
        "can_lie_flat": (_yes_no, "Can lie flat"),
        "moving_handling": (_text, "Moving and handling"),
        "sleep_apnoea": (_yes_no, "Sleep apnoea"),
        "home_oxygen": (_yes_no, "Home oxygen"),
        "airway_difficulty": (_yes_no, "Airway difficulty"),
        "sedation_problem": (_yes_no, "Problem with sedation"),
        "asa_grade": (shape.word("1", "2", "3", "4", "5", NOT_KNOWN), "ASA grade"),
        "frailty": (shape.word(*"123456789", NOT_KNOWN), "Frailty"),
        "anaesthetic_wanted": (
            shape.word("local", "sedation", "GA", "IR to decide"),
            "Anaesthetic wanted",
        ),
        "fasting_advice_given": (_yes_no, "Fasting advice given"),
        "weight_not_known": (shape.tick, "Weight not known"),
    },
    "consent": {
        "capacity": (shape.word(Capacity, NOT_KNOWN), "Capacity"),
        "decision_maker": (_text, "Who decides"),
        "lpa_adrt": (shape.documents_in_place, "LPA, ADRT or deputy"),
        "consent_discussed": (_yes_no, "Consent discussed"),
        "patient_aware": (_yes_no, "Patient agrees to the referral"),
        "resuscitation_status": (shape.word(Resuscitation), "Resuscitation status"),
        "resuscitation_detail": (_text, "Resuscitation plan"),
        "safeguarding_or_risk": (_text, "Safeguarding or risk"),
    },
}

IDENTIFIER_FIELDS = frozenset(
    {
        "nhs_number",
        "hospital_number",
        "hospital_number_issuer",
        "family_name",
        "given_name",
        "date_of_birth",
        "address_postcode",
        "patient_phone",
        "alt_contact",
    }
)

FIELDS: Mapping[str, AnswerField] = {
    name: AnswerField(name, section, check, label, name in IDENTIFIER_FIELDS)
    for section, part in _PARTS.items()
    for name, (check, label) in part.items()
}
"""By name, in the order of the form."""


def labels_of(names: Sequence[str]) -> list[str]:
    """Labels of fields in words; the day or time beside a result goes without saying."""
    return [
        FIELDS[name].label
        for name in names
        if name in FIELDS and not (name.endswith(("_at", "_on")) and name[:-3] in names)
    ]


def with_companions(names: Iterable[str]) -> frozenset[str]:
    """These fields with those that are stored beside them: the day or time of a result, and ">"."""
    asked = frozenset(names)
    beside = {f"{name}{ending}" for name in asked for ending in ("_at", "_on")} & FIELDS.keys()
    return asked | beside | ({"egfr_above"} if "egfr" in asked else set())


VETTING_FIELDS = (
    "access",
    "sheath_f",
    "filter_removal",
    "venous_stent_lysis",
    "contrast_into_vessel",
    "first_pass",
)
"""Filled by IR at vetting, and kept apart from the referrer's answers."""


def answer_problems(answers: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the shape of a document, by field; empty when it can be stored.

    Shape alone: whether a value is plausible, present or timely is for the form and the flags.
    """
    problems: dict[str, str] = {}
    for name, value in answers.items():
        if name == UNFINISHED:
            typed = isinstance(value, dict) and all(
                isinstance(each, str) and len(each) <= TYPED_AT_MOST for each in value.values()
            )
            if not typed or len(value) > BOXES_AT_MOST:
                problems[name] = "What was typed cannot be kept."
        elif name not in FIELDS:
            problems[name] = "There is no such field."
        elif value not in (None, ""):
            wrong = FIELDS[name].problem(value)
            if wrong:
                problems[name] = wrong
    return problems


def split_identifiers(answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document in two: what could name the patient, and the rest. Empty values fall out."""
    kept = {name: value for name, value in answers.items() if value not in (None, "")}
    identifiers = {name: value for name, value in kept.items() if name in IDENTIFIER_FIELDS}
    rest = {name: value for name, value in kept.items() if name not in IDENTIFIER_FIELDS}
    return identifiers, rest
