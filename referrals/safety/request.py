"""R27, R35, R36 and R38: images, conversations, MDT and sepsis."""

from __future__ import annotations

from referrals.answers import all_of, answer_if, any_of, inverse, is_missing, rows_given
from referrals.eligibility import conversation_recorded
from referrals.safety.case import Case
from referrals.safety.flag import Flag
from referrals.vocabulary import Answer, Setting, Urgency


def r27_images(case: Case) -> list[Flag]:
    answer = case.facts.previous_imaging
    if answer is None or answer == "":
        return []
    rows = rows_given(answer)
    away = (
        Answer.NOT_KNOWN
        if rows is None
        else any_of(*(inverse(case.answer(row.on_pacs)) for row in rows))
    )
    return case.by_answer("R27", away, "Whether the images are on Chester PACS")


def r35_urgent_inpatient(case: Case) -> list[Flag]:
    facts = case.facts
    if conversation_recorded(facts.discussed_with_ir, facts.discussed_at, case.now):
        return []
    urgent_inpatient = all_of(
        _is(facts.patient_setting, Setting.INPATIENT), _is(facts.urgency, Urgency.URGENT)
    )
    return case.by_answer("R35", urgent_inpatient, "Whether this is an urgent inpatient")


def r36_mdt(case: Case) -> list[Flag]:
    if not case.procedure.mdt_expected:
        return []
    return case.by_answer("R36", inverse(case.answer(case.facts.mdt_discussed)), "MDT discussion")


def r38_sepsis(case: Case) -> list[Flag]:
    septic = all_of(case.answer(case.facts.sepsis_now), case.procedure.drainage)
    return case.by_answer("R38", septic, "Sepsis with an obstructed or infected collection")


def _is(value: object, wanted: str) -> Answer:
    return Answer.NOT_KNOWN if is_missing(value) else answer_if(value == wanted)
