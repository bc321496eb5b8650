"""Each field of the form: what it takes, what it refuses, and what it says."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from referrals.answer_fields import answer_problems
from referrals.catalogue import CatalogueEntry
from referrals.form.definition import BY_SLUG, SECTIONS, all_questions
from referrals.form.presenters import rows_of
from referrals.form.questions import Asked, Need
from referrals.form.section_form import SectionForm, typed_before
from referrals.vocabulary import Beam, Contrast

pytestmark = pytest.mark.django_db  # mail services that are refused are rows

NOW = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
DRUGS = (
    ("warfarin", "Warfarin"),
    ("apixaban", "Apixaban"),
    ("heparin-iv", "Heparin into a vein"),
    ("other", "Another blood-thinning drug"),
)
EVAR = CatalogueEntry(
    code="evar",
    name="EVAR",
    contrast=Contrast.INTRA_ARTERIAL,
    beam=Beam.TRUNK,
    mdt_expected=True,
    laterality_required=True,
    level_required=True,
)
PICC = CatalogueEntry(code="picc", name="PICC", contrast=Contrast.NONE, beam=Beam.ELSEWHERE)


def asked(entry=EVAR, high=True, **answers) -> Asked:
    return Asked(
        answers=answers,
        entry=entry,
        high=high,
        today=NOW.date(),
        now=NOW,
        drugs=DRUGS,
        inr_drugs=frozenset({"warfarin"}),
        aptt_drugs=frozenset({"heparin-iv"}),
        kidney_drugs=frozenset({"apixaban"}),
        procedures=(("Arterial", [("evar", "EVAR")]),),
        sites=(("RJR05", "Countess of Chester Hospital"), ("RBL14", "Arrowe Park Hospital")),
    )


def form(slug: str, state: Asked | None = None, **typed) -> SectionForm:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    state = state or asked()
    made = SectionForm(BY_SLUG[slug], state, state.answers, data)
    made.is_valid()
    return made


def message(made: SectionForm, name: str) -> str:
    return " ".join(str(each) for each in made.errors.get(name, []))


PATIENT = {
    "nhs_number": "999 000 0018",
    "hospital_number": "w000001",
    "family_name": "O’Testpatient-Łukasz",
    "given_name": "Example",
    "date_of_birth_day": "2",
    "date_of_birth_month": "1",
    "date_of_birth_year": "1960",
    "sex_registered_at_birth": "F",
    "patient_phone": "01632 960001",
    "interpreter_needed": "no",
}


def test_a_patient_is_read():
    made = form("patient", **PATIENT)
    assert made.is_valid(), made.errors
    stored = made.to_store
    assert stored["nhs_number"] == "9990000018"
    assert stored["hospital_number"] == "W000001"
    assert stored["date_of_birth"] == "1960-01-02"
    assert not answer_problems(stored)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("nhs_number", "", "Enter the NHS number"),
        ("nhs_number", "1111111111", "not a valid NHS number"),
        ("nhs_number", "0000000000", "not a valid NHS number"),
        ("nhs_number", "9990000019", "not a valid NHS number"),
        ("nhs_number", "123", "not a valid NHS number"),
        ("nhs_number", "🙂" * 10, "not a valid NHS number"),
        ("nhs_number", "٩٩٩٠٠٠٠٠١٨", "not a valid NHS number"),
        ("hospital_number", "<b>1</b>", "3 to 20"),
        ("family_name", "", "Enter the family name"),
        ("family_name", "R2D2", "digits"),
        ("family_name", "<script>", "letters"),
        ("family_name", "Test🙂", "letters"),
        ("family_name", "Test\u202etset", "letters"),
        ("family_name", "x" * 61, "60 characters"),
        ("date_of_birth_day", "31/2", "real date"),
        ("date_of_birth_year", "2030", "future"),
        ("date_of_birth_year", "1880", "older than 120"),
        ("date_of_birth_year", "60", "4 digits"),
        ("sex_registered_at_birth", "", "Choose the sex"),
        ("sex_registered_at_birth", "X", "Choose one of the answers"),
        ("patient_phone", "call me", "digits and spaces"),
        ("interpreter_needed", "", "interpreter"),
    ],
)
def test_a_wrong_patient_detail_is_named_beside_its_field(name, typed, words):
    state = asked(patient_setting="outpatient")
    made = form("patient", state, **{**PATIENT, name: typed})
    field = "date_of_birth" if name.startswith("date_of_birth") else name
    assert words in message(made, field)
    assert typed in made.data.getlist(name)


def test_a_name_in_another_script_is_taken():
    made = form("patient", **{**PATIENT, "family_name": "محمد", "given_name": "Zoë Ann"})
    assert made.is_valid(), made.errors


def test_no_nhs_number_needs_a_reason_and_the_hospital_number():
    absent = {"nhs_number": "", "nhs_number_absent_reason": "overseas-patient"}
    made = form("patient", **{**PATIENT, **absent})
    assert made.is_valid(), made.errors
    made = form("patient", **{**PATIENT, **absent, "hospital_number": ""})
    assert "without an NHS number" in message(made, "hospital_number")
    assert form("patient", **{**PATIENT, "hospital_number": ""}).is_valid()
    both = form("patient", **{**PATIENT, "nhs_number_absent_reason": "overseas-patient"})
    assert "not both" in message(both, "nhs_number_absent_reason")


def test_someone_at_home_has_a_telephone():
    made = form("patient", asked(patient_setting="outpatient"), **{**PATIENT, "patient_phone": ""})
    assert "telephone" in message(made, "patient_phone")
    assert form(
        "patient", asked(patient_setting="inpatient"), **{**PATIENT, "patient_phone": ""}
    ).is_valid()


RESULTS = {
    "inr": "1.2",
    "platelets": "212",
    "hb": "118",
    "egfr": "72",
    "sample_day": "today",
    "sample_clock": "07:10",
}


def test_results_share_the_time_of_the_sample():
    stored = form("results", **RESULTS).to_store
    assert stored["inr"] == "1.2"
    assert stored["inr_at"] == stored["hb_at"] == "2026-03-27T07:10:00+00:00"
    assert not answer_problems(stored)


def test_a_result_may_have_a_time_of_its_own():
    stored = form("results", **RESULTS, inr_day="26 3 2026", inr_clock="23:05").to_store
    assert stored["inr_at"] == "2026-03-26T23:05:00+00:00"
    assert stored["hb_at"] == "2026-03-27T07:10:00+00:00"


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"hb": "11.8"}, "hb", "g/L"),
        ({"inr": "abc"}, "inr", "must be a number"),
        ({"inr": "99"}, "inr", "between 0.5 and 20"),
        ({"platelets": "212.5"}, "platelets", "whole number"),
        ({"platelets": "9" * 9}, "platelets", "number"),
        ({"sample_clock": "13:10"}, "sample_clock", "future"),
        ({"sample_day": "28 3 2026"}, "sample_day", "future"),
        ({"sample_day": "", "sample_clock": ""}, "sample_day", "when the samples were taken"),
        ({"sample_clock": ""}, "sample_clock", "time as well"),
        ({"sample_clock": "7pm"}, "sample_clock", "24-hour"),
        ({"sample_day": "31 2 2026"}, "sample_day", "real date"),
        ({"sample_day": "26 10 2025", "sample_clock": "01:30"}, "sample_clock", "twice"),
        ({"sample_day": "30 3 2025", "sample_clock": "01:30"}, "sample_clock", "does not exist"),
        ({"inr": ""}, "inr", "INR is wanted for this referral. Enter it, or tick"),
        ({"egfr": ""}, "egfr", "eGFR is wanted"),
        ({"inr_unknown": "on"}, "inr", "not both"),
        ({"fibrinogen": "1e9"}, "fibrinogen", "number"),
    ],
)
def test_a_wrong_result_is_named_beside_its_field(changes, name, words):
    made = form("results", **{**RESULTS, **changes})
    assert words in message(made, name)


ALL_RESULTS = (
    *("inr", "platelets", "hb", "creatinine", "egfr", "aptt", "fibrinogen", "crp", "bilirubin"),
)


@pytest.mark.parametrize("name", ALL_RESULTS)
@pytest.mark.parametrize("said", [{"_unknown": "on"}, {"": "not done"}, {"": "NK"}])
def test_each_result_can_be_said_to_be_not_known(name, said):
    ending, word = next(iter(said.items()))
    made = form("results", **{**RESULTS, name: "", f"{name}{ending}": word})
    assert made.is_valid(), made.errors
    stored = made.to_store
    assert (stored[name], stored[f"{name}_at"]) == ("not known", None)
    assert not answer_problems(stored)
    again = SectionForm(BY_SLUG["results"], asked(), stored)
    assert again[f"{name}_unknown"].value() is True
    assert not again[name].value()
    (answer,) = rows_of(next(q for q in all_questions() if q.name == name), asked(**stored))
    assert answer.lines == ("Not known or not done",)


def test_results_not_known_need_no_time():
    ticks = {f"{name}_unknown": "on" for name in ("inr", "platelets", "hb", "egfr")}
    made = form("results", **ticks)
    assert made.is_valid(), made.errors


@pytest.mark.parametrize(
    ("entry", "high", "drug", "wanted"),
    [
        (PICC, False, None, set()),
        (PICC, False, "warfarin", {"inr"}),
        (PICC, False, "heparin-iv", {"aptt"}),
        (PICC, False, "apixaban", {"creatinine"}),
        (PICC, True, None, {"inr", "platelets", "hb"}),
        (EVAR, True, None, {"inr", "platelets", "hb", "egfr"}),
        (None, True, None, {"inr", "platelets", "hb", "egfr"}),
    ],
)
def test_only_results_that_a_rule_would_miss_are_asked_for(entry, high, drug, wanted):
    drugs = [{"drug": drug}] if drug else "none"
    made = form("results", asked(entry, high=high, antithrombotics=drugs))
    assert set(made.errors) == wanted


def test_a_very_high_platelet_count_is_pointed_out():
    state = asked(platelets="1200", platelets_at="2026-03-27T07:10:00+00:00")
    (row,) = rows_of(next(q for q in all_questions() if q.name == "platelets"), state)
    assert "very high. Check it." in row.lines[0]


def test_a_lab_that_sends_above_ninety():
    stored = form("results", **{**RESULTS, "egfr": ">90"}).to_store
    assert (stored["egfr"], stored["egfr_above"]) == ("90", True)


BLEEDING = {
    "antithrombotics_given": "none",
    "bleeding_history": "negative",
    "bleeding_facts": ["none"],
}


def test_none_is_stored_as_none():
    made = form("bleeding", **BLEEDING)
    assert made.is_valid(), made.errors
    stored = made.to_store
    assert stored["antithrombotics"] == "none"
    assert stored["sepsis_now"] == "no"
    assert not answer_problems({k: v for k, v in stored.items() if v})


def test_drugs_are_rows():
    made = form(
        "bleeding",
        **{
            **BLEEDING,
            "antithrombotics_given": "yes",
            "antithrombotics_0_drug": "apixaban",
            "antithrombotics_0_dose": "5 mg twice daily",
            "antithrombotics_0_indication_unknown": "on",
            "antithrombotics_0_last_taken_day": "today",
            "antithrombotics_0_last_taken_clock": "08:00",
            "high_thrombotic_risk": ["none"],
            "bleeding_facts": ["liver_disease"],
            "liver_disease_detail": "Cirrhosis",
            "bleeding_facts_unknown": ["sepsis_now"],
        },
    )
    assert made.is_valid(), made.errors
    stored = made.to_store
    assert stored["antithrombotics"] == [
        {
            "drug": "apixaban",
            "dose": "5 mg twice daily",
            "indication": "not known",
            "last_taken": "2026-03-27T08:00:00+00:00",
        }
    ]
    assert (stored["liver_disease"], stored["sepsis_now"]) == ("yes", "not known")
    assert stored["bleeding_disorder"] == "no"
    assert not answer_problems({k: v for k, v in stored.items() if v})


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"antithrombotics_given": ""}, "antithrombotics_given", "none or not known"),
        ({"antithrombotics_given": "yes"}, "antithrombotics_given", "at least one row"),
        (
            {"antithrombotics_given": "yes", "antithrombotics_0_dose": "5 mg"},
            "antithrombotics_0_drug",
            "Choose the drug",
        ),
        ({"bleeding_facts": []}, "bleeding_facts", "none of these"),
        ({"bleeding_facts": ["none", "sepsis_now"]}, "bleeding_facts", "nothing else"),
        ({"bleeding_facts": ["bleeding_disorder"]}, "bleeding_disorder_detail", "Say which"),
        (
            {
                "antithrombotics_given": "yes",
                "antithrombotics_0_drug": "warfarin",
                "antithrombotics_0_last_taken_day": "tomorrow",
                "antithrombotics_0_last_taken_clock": "08:00",
            },
            "antithrombotics_0_last_taken_day",
            "future",
        ),
    ],
)
def test_an_unclear_answer_about_bleeding(changes, name, words):
    assert words in message(form("bleeding", **{**BLEEDING, **changes}), name)


HEALTH = {
    "allergies": ["none known"],
    "kidney_facts": ["none"],
    "dialysis": "none",
    "diabetes": "none",
    "thyroid_disease": "none",
    "mrsa": "negative",
    "cpe": "negative",
    "c_diff": "negative",
    "bbv": "not known",
    "resp_isolation": "negative",
    "tests_on": "26 3 2026",
    "cpe_contact": "no",
    "implants": ["none"],
}


def test_health_is_read():
    made = form("health", **HEALTH)
    assert made.is_valid(), made.errors
    assert made.to_store["allergies"] == "none known"
    assert not answer_problems({k: v for k, v in made.to_store.items() if v})


def test_an_allergy_says_how_severe():
    made = form("health", **{**HEALTH, "allergies": ["latex"]})
    assert "how severe" in message(made, "allergies_1_severity")
    assert "what happened" in message(made, "allergies_1_reaction")
    latex = {"allergies": ["latex"], "allergies_1_severity": "severe"}
    good = form("health", **{**HEALTH, **latex, "allergies_1_reaction_unknown": "on"})
    assert good.to_store["allergies"] == [
        {"agent": "latex", "severity": "severe", "reaction": "not known"}
    ]
    assert not answer_problems({"allergies": good.to_store["allergies"]})


def test_only_what_the_procedure_needs_is_asked():
    names = form("health", asked(PICC, high=False)).fields
    assert "thyroid_disease" not in names
    assert "kidney_facts" not in names
    assert "laterality" not in form("timing", asked(PICC)).fields
    assert "laterality" in form("timing").fields
    assert "mdt_discussed" not in form("reason", asked(PICC)).fields


def test_not_applicable_in_pregnancy_needs_its_reason():
    given = {"pregnancy_status": "not applicable", "breastfeeding": "no"}
    assert "does not apply" in message(form("pregnancy", **given), "pregnancy_reason")
    assert form("pregnancy", **given, pregnancy_reason="Hysterectomy in 2019").is_valid()


@pytest.mark.parametrize(
    ("sex", "born", "entry", "applies"),
    [
        ("F", "1988-01-01", EVAR, True),
        ("not known", "1988-01-01", EVAR, True),
        ("M", "1988-01-01", EVAR, False),
        ("F", "1950-01-01", EVAR, False),
        ("F", "1988-01-01", PICC, False),
        ("F", "1988-01-01", None, True),
    ],
)
def test_pregnancy_is_asked_by_physiology_age_and_beam(sex, born, entry, applies):
    state = asked(entry, sex_registered_at_birth=sex, date_of_birth=born)
    assert BY_SLUG["pregnancy"].when(state) is applies


REASON = {
    "clinical_indication": "Abdominal aortic aneurysm of 58 mm.",
    "question": "Please repair it from inside.",
    "relevant_history": "none",
    "previous_imaging_given": "none",
    "mdt_discussed": "no",
}


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"clinical_indication": ""}, "clinical_indication", "Say why"),
        ({"clinical_indication": "short"}, "clinical_indication", "at least 20"),
        ({"clinical_indication": "x" * 4001}, "clinical_indication", "1 too many"),
        (
            {"clinical_indication": "Left \u202eright\u202c kidney is bad"},
            "clinical_indication",
            "in",
        ),
        (
            {"clinical_indication": "Zero\x00 byte in the text here"},
            "clinical_indication",
            "stored",
        ),
        ({"mdt_discussed": "yes"}, "mdt_name", "which MDT"),
        ({"previous_imaging_given": ""}, "previous_imaging_given", "none or not known"),
        (
            {"previous_imaging_given": "yes", "previous_imaging_0_modality": "CT"},
            "previous_imaging_0_taken_on",
            "Enter the date",
        ),
    ],
)
def test_a_reason_that_cannot_be_used(changes, name, words):
    assert words in message(form("reason", **{**REASON, **changes}), name)


def test_html_emoji_and_arabic_stay_as_they_were_typed_in_free_text():
    text = "<b>Bleed</b> 🙂 نزيف from the left kidney & more"
    made = form("reason", **{**REASON, "clinical_indication": text})
    assert made.is_valid(), made.errors
    assert made.to_store["clinical_indication"] == text


TIMING = {
    "laterality": "left",
    "level_or_site": "Infrarenal",
    "urgency": "routine",
    "patient_setting": "outpatient",
    "transport": "own",
}


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"laterality": ""}, "laterality", "Choose the side"),
        ({"level_or_site": ""}, "level_or_site", "level or site"),
        ({"urgency": "urgent"}, "target_date", "wanted"),
        ({"urgency": "planned", "target_date": "26 3 2026"}, "target_date", "passed"),
        ({"urgency": "24 h"}, "urgency", "Choose one of the answers"),
        ({"urgency": "cancer"}, "cancer_target_date", "cancer target date"),
        ({"patient_setting": "inpatient"}, "ward", "Enter the ward"),
        (
            {"admission_date": "today", "expected_discharge": "26 3 2026"},
            "expected_discharge",
            "before admission",
        ),
    ],
)
def test_urgency_and_setting(changes, name, words):
    assert words in message(form("timing", **{**TIMING, **changes}), name)
    assert form("timing", **TIMING).is_valid()


def test_closed_questions_leave_nothing_behind():
    made = form("timing", **TIMING, ward="45", target_date="nonsense")
    assert made.is_valid(), made.errors
    assert made.to_store["ward"] is None


CONTACT = {
    "specialty": "Vascular surgery",
    "contact_number": "01632 960002 ext 12",
    "contact_hours": "Weekdays",
    "team_mailbox": "team@hospital.nhs.uk",
}


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"team_mailbox": "me@gmail.com"}, "team_mailbox", ""),
        ({"team_mailbox": "not an address"}, "team_mailbox", ""),
        ({"copy_to": "a@example.com"}, "copy_to", "NHS addresses"),
        ({"contact_number": ""}, "contact_number", "answered"),
    ],
)
def test_contacts(changes, name, words):
    made = form("contact", **{**CONTACT, **changes})
    assert message(made, name)
    assert words in message(made, name)
    assert form("contact", **CONTACT).is_valid()


FITNESS = {
    "weight_kg": "72.5",
    "mobility": "Walks",
    "can_lie_flat": "yes",
    "sedation_facts": ["none"],
    "anaesthetic_wanted": "IR to decide",
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weight_kg": ""}, "Enter the weight"),
        ({"weight_kg": "900"}, "between 2 and 350"),
        ({"weight_kg": "70 stone"}, "must be a number"),
        ({"weight_not_known": "on"}, "not both"),
    ],
)
def test_weight(changes, words):
    assert words in message(form("fitness", **{**FITNESS, **changes}), "weight_kg")
    assert form("fitness", **FITNESS).is_valid()


def test_every_screen_says_what_is_missing_and_nothing_crashes_on_nothing():
    for section in SECTIONS:
        made = form(section.slug, asked(None, patient_setting="outpatient"))
        assert not made.is_valid(), section.slug
        assert all(str(words) for found in made.errors.values() for words in found)


NASTY = [
    "x" * 5000,
    "🙂",
    "\u202eabc",
    "<img src=x onerror=alert(1)>",
    "=1+1",
    "\x00",
    "٣",
    "none\n",
]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_in_any_box_is_read_or_refused_in_words(text):
    for section in SECTIONS:
        state = asked(None, patient_setting="outpatient")
        boxes = SectionForm(section, state, {}).fields
        made = form(section.slug, state, **dict.fromkeys(boxes, text))
        made.is_valid()
        assert made.typed() or not text.strip()


def test_what_was_typed_comes_back():
    made = form("bleeding", bleeding_facts=["sepsis_now", "unwell_now"], antithrombotics_given="no")
    again = typed_before(made.typed(), BY_SLUG["bleeding"])
    assert again.getlist("bleeding_facts") == ["sepsis_now", "unwell_now"]


def test_the_table_is_whole():
    names = [name for question in all_questions() for name in question.stored_names]
    assert len(names) == len(set(names))
    for question in all_questions():
        assert question.label
        if question.need is not Need.OPTIONAL and question.kind.value not in (
            "time of the sample",
        ):
            assert question.missing, question.name
