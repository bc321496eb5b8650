"""R09 to R14 and R41: blood results and bleeding disorders."""

from __future__ import annotations

from dataclasses import dataclass

from referrals.answers import answer_if, any_of
from referrals.safety.case import Case
from referrals.safety.flag import Flag
from referrals.vocabulary import Access, Answer, BleedingHistory, DrugClass

CLOTTING_DRUGS = (
    DrugClass.VITAMIN_K_ANTAGONIST,
    DrugClass.UNFRACTIONATED_HEPARIN,
    DrugClass.LMWH,
    DrugClass.OTHER,
)


@dataclass(frozen=True)
class Edges:
    """Codes of the limits that apply; an empty code applies no limit."""

    inr_red: str = ""
    inr_amber: str = ""
    platelets_red: str = ""


HIGH = Edges("inr.high.red", "inr.high.amber", "platelets.high")
LOW = Edges("inr.low.red", "inr.low.amber", "platelets.low")
LOW_BY_ACCESS = {
    Access.FEMORAL_ARTERY: Edges("inr.low.femoral", "", "platelets.low"),
    Access.RADIAL_ARTERY: Edges("inr.low.radial", "", "platelets.low"),
    Access.OTHER_ARTERY: Edges("inr.low.other_artery", "", "platelets.low"),
}
LIVER_HIGH = Edges("inr.liver.high", "", "platelets.liver.high")
LIVER_LOW = Edges("inr.liver.low", "", "platelets.liver.low")


def edges(case: Case) -> Edges:
    """The row of limits for this class, access and liver. Liver not known keeps the usual row."""
    if case.answer(case.facts.liver_disease) is Answer.YES:
        return LIVER_HIGH if case.high else LIVER_LOW
    if case.high:
        return HIGH
    return LOW_BY_ACCESS.get(case.access, LOW)


def r09_results_missing(case: Case) -> list[Flag]:
    """Once for each missing value. A negative bleeding history softens a missing INR to INFO."""
    if not case.high:
        return []
    facts = case.facts
    wanted = (("inr", "INR", facts.inr), ("platelets", "Platelets", facts.platelets))
    wanted += (("hb", "Haemoglobin", facts.hb),)
    return [
        case.flag("R09", _variant(case, code), subject=code, result=name)
        for code, name, result in wanted
        if result.value is None
    ]


def _variant(case: Case, code: str) -> str:
    no_clotting_drug = (
        case.drugs_answered and not case.drugs_unknown and not case.on_class(*CLOTTING_DRUGS)
    )
    negative = case.facts.bleeding_history == BleedingHistory.NEGATIVE
    return "history_negative" if code == "inr" and negative and no_clotting_drug else ""


def r10_clotting_missing(case: Case) -> list[Flag]:
    if case.high:
        return []
    facts = case.facts
    warfarin = case.on_class(DrugClass.VITAMIN_K_ANTAGONIST) and facts.inr.value is None
    heparin = case.on_class(DrugClass.UNFRACTIONATED_HEPARIN) and facts.aptt.value is None
    wanted = [name for name, missing in (("INR", warfarin), ("APTT", heparin)) if missing]
    return [case.flag("R10", results=" and ".join(wanted))] if wanted else []


def r11_inr_high(case: Case) -> list[Flag]:
    code = edges(case).inr_red
    return [case.flag("R11")] if code and case.reaches(code, case.facts.inr.value) else []


def r12_inr_near(case: Case) -> list[Flag]:
    """Above the lower edge and not above the upper one."""
    codes, inr = edges(case), case.facts.inr.value
    near = bool(codes.inr_amber) and case.reaches(codes.inr_amber, inr)
    return [case.flag("R12")] if near and not case.reaches(codes.inr_red, inr) else []


def r13_platelets_low(case: Case) -> list[Flag]:
    low = case.reaches(edges(case).platelets_red, case.facts.platelets.value)
    return [case.flag("R13")] if low else []


def r14_liver(case: Case) -> list[Flag]:
    return case.by_answer("R14", case.answer(case.facts.liver_disease), "Liver disease")


def r41_bleeding_disorder(case: Case) -> list[Flag]:
    """A bleeding questionnaire that was not asked says nothing either way, and is silent."""
    history = case.facts.bleeding_history
    disorder = any_of(
        case.answer(case.facts.bleeding_disorder),
        answer_if(history == BleedingHistory.POSITIVE),
    )
    if disorder is Answer.NO:
        return []
    if disorder is Answer.NOT_KNOWN:
        return [case.unknown_flag("R41", "Bleeding disorder or history", variant="high")]
    detail = case.facts.bleeding_disorder_detail
    positive = "questionnaire positive" if history == BleedingHistory.POSITIVE else ""
    disorder_said = case.answer(case.facts.bleeding_disorder) is Answer.YES
    named = [*(["bleeding disorder"] if disorder_said else []), *([positive] if positive else [])]
    variant = "high" if case.high else "low"
    return [case.flag("R41", variant, detail=detail, found=", ".join(named))]
