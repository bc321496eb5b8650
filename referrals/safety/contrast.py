"""R20 to R24 and R31: contrast into a vessel, kidneys, metformin, earlier reactions, thyroid."""

from __future__ import annotations

from referrals.answers import all_of, answer_if, any_of, is_missing
from referrals.safety.case import Case
from referrals.safety.flag import Flag
from referrals.vocabulary import Answer, Severity, Thyroid

CONTRAST_AGENT = "iodinated contrast"


def r20_kidneys(case: Case) -> list[Flag]:
    if not case.contrast_into_vessel:
        return []
    at_risk = any_of(
        answer_if(case.reaches("egfr.low", case.facts.egfr.value)),
        case.acute_kidney_injury,
        case.on_dialysis,
    )
    return case.by_answer("R20", at_risk, "Acute kidney injury or dialysis, before contrast")


def r21_first_pass(case: Case) -> list[Flag]:
    egfr = case.facts.egfr.value
    reduced = case.reaches("egfr.first_pass", egfr) and not case.reaches("egfr.low", egfr)
    return [case.flag("R21")] if case.first_pass and reduced else []


def egfr_flagged_for_contrast(case: Case) -> bool:
    """Whether R22 speaks, and so R34 says nothing of eGFR.

    The 180 days bind elective referrals only; a missing eGFR speaks in every setting.
    """
    if not case.contrast_into_vessel or kidney_risk(case) is Answer.NO:
        return False
    egfr = case.facts.egfr
    if egfr.value is None:
        return True
    return case.acute is not Answer.YES and case.older_than(egfr, "results.egfr_for_contrast")


def kidney_risk(case: Case) -> Answer:
    """Any of age 75 or over, heart failure, kidney transplant, CKD or metformin."""
    facts = case.facts
    return any_of(
        case.age_reaches("age.kidney_risk"),
        case.answer(facts.heart_failure),
        case.answer(facts.kidney_transplant),
        case.answer(facts.ckd),
        case.on_metformin,
    )


def r22_egfr_needed(case: Case) -> list[Flag]:
    if not egfr_flagged_for_contrast(case):
        return []
    return case.by_answer("R22", kidney_risk(case), "A recent eGFR, or whether one is needed")


def r23_metformin(case: Case) -> list[Flag]:
    """An old eGFR is not an unknown one."""
    if not case.contrast_into_vessel:
        return []
    egfr = case.facts.egfr.value
    reason = any_of(
        answer_if(case.first_pass or egfr is None or case.reaches("egfr.low", egfr)),
        case.acute_kidney_injury,
    )
    return case.by_answer("R23", all_of(case.on_metformin, reason), "Metformin and contrast")


def r24_reaction(case: Case) -> list[Flag]:
    into_vessel = case.contrast_into_vessel
    if not into_vessel and not case.procedure.contrast_in_ducts_or_tubes:
        return []
    if case.allergies_unknown:
        return [case.unknown_flag("R24", "Reaction to iodinated contrast", variant="any")]
    rows = case.allergies_to(CONTRAST_AGENT)
    if not rows:
        return []
    serious = any(row.severity in (Severity.MODERATE, Severity.SEVERE) for row in rows)
    severities = {"not known: ask" if is_missing(row.severity) else row.severity for row in rows}
    return [
        case.flag(
            "R24",
            "severe" if serious and into_vessel else "any",
            severity=", ".join(sorted(str(each) for each in severities)),
            detail="; ".join(sorted(row.reaction for row in rows if row.reaction)),
        )
    ]


def r31_thyroid(case: Case) -> list[Flag]:
    if not case.contrast_into_vessel:
        return []
    thyroid = case.facts.thyroid_disease
    overt = (
        Answer.NOT_KNOWN
        if is_missing(thyroid)
        else answer_if(thyroid == Thyroid.OVERACTIVE_NOT_CONTROLLED)
    )
    return case.by_answer("R31", overt, "Thyroid disease")
