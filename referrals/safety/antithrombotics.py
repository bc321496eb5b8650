"""R15 to R19 and R40: blood-thinning drugs. A flag names the drug and never says what to do."""

from __future__ import annotations

from datetime import timedelta

from referrals.answers import rows_given
from referrals.facts import DrugTaken
from referrals.london_time import london_day, shown
from referrals.safety.case import Case
from referrals.safety.flag import Flag
from referrals.safety_config import Drug, HoldTime
from referrals.vocabulary import DrugClass, ThromboticRisk

ASKED = "Blood-thinning drugs"


def r15_high_class(case: Case) -> list[Flag]:
    if not case.high:
        return []
    if case.drugs_unknown:
        return [case.unknown_flag("R15", ASKED)]
    if not case.antithrombotics:
        return []
    taken = "; ".join(_with_time(row, drug) for row, drug in case.antithrombotics)
    return [case.flag("R15", detail=_own_words(case), drugs=taken)]


def r16_low_class(case: Case) -> list[Flag]:
    """AMBER for antithrombotics in the low class; INFO for NSAIDs and cilostazol in either."""
    if case.drugs_unknown:
        return [] if case.high else [case.unknown_flag("R16", ASKED)]
    if case.antithrombotics and not case.high:
        return [case.flag("R16", detail=_own_words(case), drugs=_names(case.drugs))]
    others = tuple(pair for pair in case.drugs if not pair[1].counts)
    return [case.flag("R16", "information", drugs=_names(others))] if others else []


def r17_thrombotic_risk(case: Case) -> list[Flag]:
    """AMBER when a risk of clotting is named and the drugs are not known: the two may meet."""
    reasons = rows_given(case.facts.high_thrombotic_risk)
    if case.drugs_unknown and reasons:
        return [case.unknown_flag("R17", f"{ASKED}, with a high risk of clotting")]
    if not case.antithrombotics:
        return []
    if reasons is None:
        return [case.unknown_flag("R17", "High risk of clotting")]
    if not reasons:
        return []
    return [case.flag("R17", reasons="; ".join(sorted(_risk_name(each) for each in reasons)))]


def r18_kidneys(case: Case) -> list[Flag]:
    """Clearance is compared unrounded and shown to one decimal place."""
    affected = tuple(pair for pair in case.antithrombotics if pair[1].kidney_matters)
    if not affected:
        return []
    if case.clearance is None:
        return [case.flag("R18", "not_computable", drugs=_names(affected))]
    if not case.reaches("clearance.low", case.clearance):
        return []
    return [case.flag("R18", drugs=_names(affected), clearance=f"{case.clearance:.1f}")]


def r19_several(case: Case) -> list[Flag]:
    different = {drug.code for _, drug in case.antithrombotics}
    several = case.reaches("drugs.several", len(different))
    return [case.flag("R19", drugs=_names(case.antithrombotics))] if several else []


def r40_target_date(case: Case) -> list[Flag]:
    """IR side only, and off until the IR lead has chosen a scheme of hold times."""
    target, scheme = case.facts.target_date, case.rules.hold_scheme
    if target is None or not scheme:
        return []
    early = tuple(
        (row, drug)
        for row, drug in case.antithrombotics
        for hold in _hold_times(case, drug)
        if target < london_day((row.last_taken or case.now) + timedelta(hours=hold.hours))
    )
    return [case.flag("R40", drugs=_names(early))] if early else []


def _hold_times(case: Case, drug: Drug) -> list[HoldTime]:
    """The rows that may apply; all when clearance is not known, or outside every printed band."""
    printed = [
        hold
        for hold in case.rules.hold_times
        if hold.scheme == case.rules.hold_scheme
        and hold.drug == drug.code
        and hold.high_risk == case.high
    ]
    return [hold for hold in printed if _in_band(case, hold)] or printed


def _in_band(case: Case, hold: HoldTime) -> bool:
    clearance = case.clearance
    if clearance is None:
        return True
    above = hold.clearance_from is None or clearance >= hold.clearance_from
    return above and (hold.clearance_below is None or clearance < hold.clearance_below)


def _with_time(row: DrugTaken, drug: Drug) -> str:
    when = shown(row.last_taken) if row.last_taken else "not known: ask"
    return f"{drug.name}, last taken {when}"


def _own_words(case: Case) -> str:
    """The referrer's own names for drugs that are not in the table."""
    named = {row.name for row, drug in case.drugs if drug.drug_class is DrugClass.OTHER}
    return "; ".join(sorted(name for name in named if name))


def _names(pairs: tuple[tuple[DrugTaken, Drug], ...]) -> str:
    return ", ".join(sorted({drug.name for _, drug in pairs}))


RISK_NAMES = {
    ThromboticRisk.MECHANICAL_VALVE: "mechanical heart valve",
    ThromboticRisk.RECENT_CLOT: "venous clot less than 3 months ago",
    ThromboticRisk.RECENT_STROKE: "stroke less than 3 months ago",
    ThromboticRisk.RECENT_STENT: "coronary stent less than 12 months ago",
    ThromboticRisk.ANTIPHOSPHOLIPID: "antiphospholipid syndrome",
}


def _risk_name(risk: str) -> str:
    return RISK_NAMES.get(risk, "another clotting risk")
