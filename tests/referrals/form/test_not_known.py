"""What is not known is said, and stored as said; what a case opens is asked (section 2.2)."""

import pytest
from test_section_form import (
    BLEEDING,
    CONTACT,
    FITNESS,
    HEALTH,
    PATIENT,
    PICC,
    REASON,
    TIMING,
    asked,
    form,
    message,
)

from referrals.answer_fields import answer_problems
from referrals.case_facts import Circumstances, facts_of
from referrals.form.definition import all_questions
from referrals.form.presenters import rows_of

pytestmark = pytest.mark.django_db  # mail services that are refused are rows

DRUG = {
    **BLEEDING,
    "antithrombotics_given": "yes",
    "high_thrombotic_risk": ["none"],
    "antithrombotics_0_drug": "apixaban",
    "antithrombotics_0_dose": "5 mg",
    "antithrombotics_0_indication": "Atrial fibrillation",
    "antithrombotics_0_last_taken_day": "today",
    "antithrombotics_0_last_taken_clock": "08:00",
}
IMAGING = {
    **REASON,
    "previous_imaging_given": "yes",
    "previous_imaging_0_modality": "CT",
    "previous_imaging_0_taken_on": "1 3 2026",
    "previous_imaging_0_where": "Leighton",
    "previous_imaging_0_on_pacs": "no",
    "previous_imaging_0_shared": "yes",
}
MDT = {**REASON, "mdt_discussed": "yes", "mdt_name": "Vascular", "mdt_date": "1 3 2026"} | {
    "mdt_outcome": "Repair agreed"
}
INPATIENT = {**TIMING, "patient_setting": "inpatient", "site": "RJR05", "ward": "45", "bed": "3"}
IN_ED = {**TIMING, "patient_setting": "ED", "site": "RBL14"} | dict.fromkeys(
    ("transfer_needed", "transport"), "not known"
)
URGENT = {**INPATIENT, "urgency": "urgent", "target_date": "28 3 2026", "target_reason": "Sepsis"}
SPOKEN = {
    **URGENT,
    "ir_discussed": "yes",
    "discussed_with_ir": "Dr Example",
    "discussed_at_day": "today",
    "discussed_at_clock": "09:00",
    "discussed_outcome": "Come at noon",
}
CONSENT = {
    "capacity": "lacks",
    "decision_maker": "Her daughter, as attorney",
    "lpa_adrt": ["LPA"],
    "patient_aware": "yes",
    "consent_discussed": "yes",
    "resuscitation_status": "DNACPR",
    "resuscitation_detail": "Not for CPR",
}
PREGNANCY = {"pregnancy_status": "might be", "lmp": "1 3 2026", "breastfeeding": "no"}
DIABETIC = {**HEALTH, "diabetes": "type 2", "metformin": "yes", "diabetes_treatment": ["insulin"]}
DEVICE = {**HEALTH, "implants": ["pacemaker"], "implant_model": "Azure"}
INTERPRETED = {**PATIENT, "interpreter_needed": "yes", "language": "bfi"}
HOISTED = {**FITNESS, "mobility": "Hoist", "moving_handling": "Two people"}
ALLERGIC = {**HEALTH, "allergies": ["latex"], "allergies_1_severity": "mild"} | {
    "allergies_1_reaction": "Rash"
}


@pytest.mark.parametrize(
    ("section", "typed"),
    [
        ("bleeding", DRUG),
        ("reason", IMAGING),
        ("reason", MDT),
        ("timing", INPATIENT),
        ("timing", SPOKEN),
        ("consent", CONSENT),
        ("pregnancy", PREGNANCY),
        ("health", DIABETIC),
        ("health", DEVICE),
        ("health", ALLERGIC),
        ("patient", INTERPRETED),
        ("fitness", HOISTED),
        ("contact", CONTACT),
    ],
)
def test_a_whole_answer_is_read_and_can_be_stored(section, typed):
    made = form(section, **typed)
    assert made.is_valid(), made.errors
    assert not answer_problems({name: value for name, value in made.to_store.items() if value})


@pytest.mark.parametrize(
    ("section", "typed", "boxes", "stored"),
    [
        ("bleeding", DRUG, ["antithrombotics_0_dose"], "dose"),
        ("bleeding", DRUG, ["antithrombotics_0_indication"], "indication"),
        (
            "bleeding",
            DRUG,
            ["antithrombotics_0_last_taken_day", "antithrombotics_0_last_taken_clock"],
            "last_taken",
        ),
        ("reason", IMAGING, ["previous_imaging_0_taken_on"], "taken_on"),
        ("reason", IMAGING, ["previous_imaging_0_where"], "where"),
        ("reason", MDT, ["mdt_name"], "mdt_name"),
        ("reason", MDT, ["mdt_date"], "mdt_date"),
        ("reason", MDT, ["mdt_outcome"], "mdt_outcome"),
        ("timing", INPATIENT, ["bed"], "bed"),
        ("consent", CONSENT, ["decision_maker"], "decision_maker"),
        ("consent", CONSENT, ["resuscitation_detail"], "resuscitation_detail"),
        ("pregnancy", PREGNANCY, ["lmp"], "lmp"),
        ("health", DEVICE, ["implant_model"], "implant_model"),
        ("health", ALLERGIC, ["allergies_1_reaction"], "reaction"),
        ("fitness", HOISTED, ["moving_handling"], "moving_handling"),
    ],
)
def test_empty_is_an_error_and_not_known_is_an_answer(section, typed, boxes, stored):
    """Empty says what to do; both together is an error; the tick alone is stored as said."""
    name = boxes[0].removesuffix("_day")
    tick = {f"{name}_unknown": "on"}
    empty = {**typed, **dict.fromkeys(boxes, "")}
    assert "tick not known" in message(form(section, **empty), boxes[0])
    assert "not both" in message(form(section, **typed, **tick), boxes[0])
    made = form(section, **empty, **tick)
    assert made.is_valid(), made.errors
    kept = {name: value for name, value in made.to_store.items() if value}
    rows = [row for value in kept.values() if isinstance(value, list) for row in value]
    found = [kept, *(row for row in rows if isinstance(row, dict))]
    assert "not known" in [each.get(stored) for each in found]
    assert not answer_problems(kept)


def test_a_patient_at_home_without_a_telephone_is_said_so():
    state = asked(patient_setting="outpatient")
    silent = {**PATIENT, "patient_phone": ""}
    assert "tick not known" in message(form("patient", state, **silent), "patient_phone")
    made = form("patient", state, **silent, patient_phone_unknown="on")
    assert made.to_store["patient_phone"] == "not known"


@pytest.mark.parametrize(
    ("section", "typed", "changes", "box"),
    [
        ("bleeding", DRUG, {"antithrombotics_0_drug": "other"}, "antithrombotics_0_name"),
        ("reason", IMAGING, {"previous_imaging_0_shared": ""}, "previous_imaging_0_shared"),
        ("reason", IMAGING, {"previous_imaging_0_on_pacs": ""}, "previous_imaging_0_on_pacs"),
        ("timing", URGENT, {}, "ir_discussed"),
        ("timing", SPOKEN, {"discussed_with_ir": ""}, "discussed_with_ir"),
        ("timing", SPOKEN, {"discussed_outcome": ""}, "discussed_outcome"),
        (
            "timing",
            SPOKEN,
            {"discussed_at_day": "", "discussed_at_clock": ""},
            "discussed_at_day",
        ),
        ("timing", INPATIENT, {"site": "RBL14"}, "transfer_needed"),
        (
            "timing",
            INPATIENT,
            {"site": "RBL14", "transfer_needed": "yes", "transport": ""},
            "transport",
        ),
        (
            "timing",
            INPATIENT,
            {"site": "RBL14", "transfer_needed": "not known", "transport": ""},
            "transport",
        ),
        ("timing", IN_ED, {"site": ""}, "site"),
        ("timing", IN_ED, {"transfer_needed": ""}, "transfer_needed"),
        ("timing", IN_ED, {"transport": ""}, "transport"),
        ("timing", TIMING, {"transport": ""}, "transport"),
        ("consent", CONSENT, {"decision_maker": ""}, "decision_maker"),
        ("consent", CONSENT, {"lpa_adrt": []}, "lpa_adrt"),
        ("health", HEALTH, {"cpe_contact": ""}, "cpe_contact"),
        ("health", HEALTH, {"cpe_contact": "yes"}, "cpe_screen_sent"),
        ("health", HEALTH, {"tests_on": ""}, "tests_on"),
        ("health", HEALTH, {"tests_on_unknown": "on"}, "tests_on"),
        ("health", HEALTH, {"tests_on": "28 3 2026"}, "tests_on"),
        ("health", DIABETIC, {"diabetes_treatment": []}, "diabetes_treatment"),
        ("patient", INTERPRETED, {"language": "Klingon"}, "language"),
        ("patient", INTERPRETED, {"language": "und"}, "language_other"),
        ("patient", PATIENT, {"alt_contact": "Her daughter"}, "alt_contact"),
        ("contact", CONTACT, {"contact_number": "bleep 4456"}, "contact_number"),
        ("contact", CONTACT, {"specialty": "Alchemy"}, "specialty"),
        ("fitness", FITNESS, {"mobility": "Hoist"}, "moving_handling"),
    ],
)
def test_what_the_case_opens_must_be_answered(section, typed, changes, box):
    made = form(section, **{**typed, **changes})
    assert list(made.errors) == [box]


@pytest.mark.parametrize(
    ("section", "typed", "changes"),
    [
        ("timing", INPATIENT, {}),
        ("timing", URGENT, {"ir_discussed": "no"}),
        ("timing", INPATIENT, {"site": "RBL14", "transfer_needed": "no"}),
        ("timing", IN_ED, {"site": "RJR05", "transfer_needed": "", "transport": ""}),
        ("reason", IMAGING, {"previous_imaging_0_on_pacs": "yes", "previous_imaging_0_shared": ""}),
        ("consent", CONSENT, {"capacity": "has capacity", "decision_maker": "", "lpa_adrt": []}),
        ("consent", CONSENT, {"capacity": "fluctuates", "decision_maker": "", "lpa_adrt": []}),
        ("bleeding", BLEEDING, {"antithrombotics_0_last_taken_day": "nonsense"}),
        ("health", HEALTH, dict.fromkeys(("mrsa", "cpe", "c_diff"), "not screened")),
    ],
)
def test_what_the_case_does_not_open_is_not_asked(section, typed, changes):
    made = form(section, **{**typed, **changes})
    assert made.is_valid(), made.errors


@pytest.mark.parametrize("transfer", ["yes", "not known"])
@pytest.mark.parametrize("transport", ["bed-to-bed", "not known"])
def test_a_patient_of_another_hospital_may_come_in_a_way_not_known_yet(transfer, transport):
    """Not known is stored as said, for the department to book from or to ask about."""
    made = form("timing", **{**IN_ED, "transfer_needed": transfer, "transport": transport})
    assert made.is_valid(), made.errors
    stored = {name: value for name, value in made.to_store.items() if value}
    assert (stored["transfer_needed"], stored["transport"]) == (transfer, transport)
    assert not answer_problems(stored)


def test_infection_tests_share_a_day_and_may_have_their_own():
    made = form("health", **HEALTH, mrsa_on="20 3 2026")
    stored = made.to_store
    assert (stored["mrsa_on"], stored["cpe_on"]) == ("2026-03-20", "2026-03-26")
    assert stored["bbv_on"] is None
    question = next(each for each in all_questions() if each.name == "mrsa")
    (row,) = rows_of(question, asked(**stored))
    assert row.lines == ("Negative, 20 March 2026",)
    unknown = form("health", **{**HEALTH, "tests_on": "", "tests_on_unknown": "on"})
    assert unknown.to_store["cpe_on"] == "not known"


def test_nobody_known_to_decide_counts_as_nobody():
    """R28 fires for a patient who lacks capacity and whose decision-maker is not known."""
    around = Circumstances("no", True, True, True)
    facts = facts_of({}, {"capacity": "lacks", "decision_maker": "not known"}, around)
    assert facts.decision_maker == ""


def test_results_not_known_read_as_missing():
    around = Circumstances("no", True, True, True)
    facts = facts_of({}, dict.fromkeys(("inr", "platelets", "hb", "egfr"), "not known"), around)
    assert facts.inr.value is facts.platelets.value is facts.hb.value is facts.egfr.value is None


def test_a_screen_of_a_simple_procedure_asks_no_more_than_before():
    names = form("timing", asked(PICC, high=False), **TIMING)
    assert "laterality" not in names.fields
    assert names.is_valid() or set(names.errors) <= {"level_or_site"}
