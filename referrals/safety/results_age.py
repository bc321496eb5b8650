"""R34 and R39: how old the results are, and haemoglobin in the wrong unit."""

from __future__ import annotations

from referrals.answers import answer_if, any_of
from referrals.facts import Result
from referrals.london_time import london_day
from referrals.safety.case import Case
from referrals.safety.contrast import egfr_flagged_for_contrast
from referrals.safety.flag import Flag
from referrals.vocabulary import Answer, DrugClass


def r34_old_results(case: Case) -> list[Flag]:
    """Every given result, save eGFR where R22 speaks. One flag names them all."""
    old = [name for name, result, stale in _read(case) if result.value is not None and stale]
    undated = [
        name
        for name, result, _ in _read(case)
        if result.value is not None and case.age_of(result) is None
    ]
    if undated:
        asked = f"When these samples were taken: {', '.join(undated)}"
        also = f" Old: {', '.join(old)}" if old else ""
        return [case.unknown_flag("R34", f"{asked}.{also}" if also else asked)]
    if not old:
        return []
    ages = [
        age.days
        for name, result, _ in _read(case)
        if name in old and (age := case.age_of(result)) is not None
    ]
    return [case.flag("R34", age=_in_days(max(ages)), results=", ".join(old))]


def _in_days(days: int) -> str:
    return "less than a day" if days == 0 else f"{days} day{'' if days == 1 else 's'}"


def _read(case: Case) -> list[tuple[str, Result, bool]]:
    """Name, result, and whether it is past its limit."""
    facts, blood = case.facts, blood_limit(case)
    rows = [
        ("INR", facts.inr, _inr_is_old(case, blood)),
        ("platelets", facts.platelets, case.older_than(facts.platelets, blood)),
        ("APTT", facts.aptt, case.older_than(facts.aptt, blood)),
        ("haemoglobin", facts.hb, case.older_than(facts.hb, blood)),
        ("fibrinogen", facts.fibrinogen, case.older_than(facts.fibrinogen, blood)),
        ("creatinine", facts.creatinine, case.older_than(facts.creatinine, case.kidney_limit)),
    ]
    if not egfr_flagged_for_contrast(case):
        rows.append(("eGFR", facts.egfr, case.older_than(facts.egfr, case.kidney_limit)))
    return rows


def blood_limit(case: Case) -> str:
    """The limit code for FBC and clotting. What is not known takes the stricter limit."""
    if case.acute is Answer.NO:
        return "results.elective"
    unstable = any_of(
        answer_if(case.on_class(DrugClass.UNFRACTIONATED_HEPARIN)),
        case.answer(case.facts.sepsis_now),
        case.answer(case.facts.bleeding_now),
    )
    return "results.acute" if unstable is Answer.NO else "results.acute_unstable"


def _inr_is_old(case: Case, blood: str) -> bool:
    """On a vitamin K antagonist: the planned London day, or 7 days with no date planned.

    So with a date planned later than today an INR is always due again, as section 3.7 asks.
    """
    inr, target = case.facts.inr, case.facts.target_date
    if case.older_than(inr, blood):
        return True
    if not case.on_class(DrugClass.VITAMIN_K_ANTAGONIST) or inr.taken_at is None:
        return False
    if target is not None:
        return london_day(inr.taken_at) != max(target, case.today)
    return case.older_than(inr, "results.inr_on_vka")


def r39_haemoglobin_unit(case: Case) -> list[Flag]:
    hb = case.facts.hb.value
    slipped = case.reaches("hb.slip_from", hb) and case.reaches("hb.slip_to", hb)
    return [case.flag("R39")] if slipped else []
