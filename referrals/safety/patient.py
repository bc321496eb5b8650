"""R25, R26, R28 to R30, R32, R33 and R37: the person on the table."""

from __future__ import annotations

from referrals.answers import all_of, answer_if, any_of, inverse, is_missing, rows_given
from referrals.safety.case import Case
from referrals.safety.flag import Flag
from referrals.vocabulary import Answer, Beam, Capacity, Implant, Infection, Pregnancy, Sex

ROOM_AGENTS = ("latex", "chlorhexidine")
DEVICES = frozenset({Implant.PACEMAKER, Implant.ICD, Implant.NEUROSTIMULATOR})
NO_ANSWER_NEEDED = (Pregnancy.NOT_PREGNANT, Pregnancy.NOT_APPLICABLE)


def r25_child(case: Case) -> list[Flag]:
    return case.by_answer("R25", case.age_reaches("age.child"), "Age")


def pregnancy_question_applies(case: Case) -> bool:
    """Sex female or not known, age 12 to 55 or not known, beam on the trunk or not known."""
    possible = case.facts.sex_registered_at_birth != Sex.MALE
    of_age = case.age is None or (
        case.reaches("age.pregnancy_from", case.age) and case.reaches("age.pregnancy_to", case.age)
    )
    return possible and of_age and case.procedure.beam in (Beam.TRUNK, Beam.NOT_KNOWN)


def r26_pregnancy(case: Case) -> list[Flag]:
    if not pregnancy_question_applies(case):
        return []
    status = case.facts.pregnancy_status
    if status in (Pregnancy.PREGNANT, Pregnancy.MIGHT_BE):
        return [case.flag("R26", "possible")]
    return [] if status in NO_ANSWER_NEEDED else [case.flag("R26", "not_asked")]


def r28_told_and_deciding(case: Case) -> list[Flag]:
    """Only a lack of capacity needs a decision-maker named; "not assessed" is an answer."""
    unaware = inverse(case.answer(case.facts.patient_aware))
    capacity = case.facts.capacity
    lacks = Answer.NOT_KNOWN if is_missing(capacity) else answer_if(capacity == Capacity.LACKS)
    undecided = all_of(lacks, answer_if(is_missing(case.facts.decision_maker)))
    asked = "Whether the patient has been told, and can decide"
    return case.by_answer("R28", any_of(unaware, undecided), asked)


def r29_room_allergies(case: Case) -> list[Flag]:
    if case.allergies_unknown:
        return [case.unknown_flag("R29", "Latex or chlorhexidine allergy")]
    agents = [agent for agent in ROOM_AGENTS if case.allergies_to(agent)]
    if not agents:
        return []
    return [case.flag("R29", agents=" and ".join(agents).capitalize())]


def r30_infection(case: Case) -> list[Flag]:
    """Positive or awaiting. "Not screened" is an answer, and silent."""
    facts = case.facts
    states = (
        ("CPE", facts.cpe),
        ("C. diff", facts.c_diff),
        ("MRSA", facts.mrsa),
        ("respiratory isolation", facts.resp_isolation),
    )
    carried = [name for name, state in states if state in (Infection.POSITIVE, Infection.AWAITING)]
    if carried:
        return [case.flag("R30", infections=", ".join(carried))]
    unknown = [name for name, state in states if is_missing(state)]
    return [case.unknown_flag("R30", f"Infection: {', '.join(unknown)}")] if unknown else []


def r32_sedation(case: Case) -> list[Flag]:
    """One flag that names every reason, known and not known.

    ASA grade may be left out, so that not knowing it is silent.
    """
    facts = case.facts
    asa = facts.asa_grade
    weight_matters = case.rules.limit("table.weight").value is not None
    reasons = (
        ("sleep apnoea", case.answer(facts.sleep_apnoea)),
        ("home oxygen", case.answer(facts.home_oxygen)),
        ("airway difficulty", case.answer(facts.airway_difficulty)),
        ("problem with sedation", case.answer(facts.sedation_problem)),
        ("cannot lie flat", inverse(case.answer(facts.can_lie_flat))),
        ("ASA grade", answer_if(not is_missing(asa) and case.reaches("asa.high", int(asa)))),
        (
            "weight for the table",
            Answer.NOT_KNOWN
            if weight_matters and facts.weight_kg is None
            else answer_if(case.reaches("table.weight", facts.weight_kg)),
        ),
    )
    found = [name for name, answer in reasons if answer is Answer.YES]
    if found:
        return [case.flag("R32", reasons=", ".join(found))]
    unknown = [name for name, answer in reasons if answer is Answer.NOT_KNOWN]
    return [case.unknown_flag("R32", f"Sedation: {', '.join(unknown)}")] if unknown else []


def r33_device(case: Case) -> list[Flag]:
    carried = rows_given(case.facts.implants)
    device = Answer.NOT_KNOWN if carried is None else answer_if(bool(DEVICES.intersection(carried)))
    current = any_of(case.procedure.ablation, case.answer(case.facts.diathermy_planned))
    return case.by_answer(
        "R33", all_of(device, current), "Pacemaker, ICD or neurostimulator, and diathermy"
    )


def r37_resuscitation(case: Case) -> list[Flag]:
    status = case.facts.resuscitation_status
    planned = (
        Answer.NOT_KNOWN
        if is_missing(status)
        else answer_if(status in case.rules.words("resuscitation.plans"))
    )
    return case.by_answer("R37", planned, "Resuscitation plan")
