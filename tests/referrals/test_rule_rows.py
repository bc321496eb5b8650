"""Rows of configuration: each has someone behind it, and bad rows are refused by name."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date

import pytest
from referral_cases import CATALOGUE, RULES

from referrals.catalogue import counts_as_high
from referrals.fixture_rows import fixture_rows
from referrals.safety import ENDING_RULES
from referrals.safety import RULES as RULE_FUNCTIONS
from referrals.safety_config import RuleSetIncomplete, rule_set_from_rows
from referrals.vocabulary import Group

ROWS = fixture_rows("rules.yaml", "catalogue.yaml", "arrangements.yaml")
SOURCES = {row["code"] for row in ROWS["rulesource"]}
PROVENANCED = (
    *("rulelimit", "rulelist", "safetyrule", "drug", "holdtime", "catalogueentry"),
    *("webmailbrand", "escalationstep", "serviceperiod", "recipients", "questionfields"),
)


@pytest.mark.parametrize("model", PROVENANCED)
def test_every_row_has_a_source_an_owner_a_review_date_and_a_mark(model: str) -> None:
    for row in ROWS[model]:
        assert row["sources"]
        assert row["owner"]
        assert isinstance(row["review_date"], date)
        assert row["mark"] in "ABCP"
        assert set(row["sources"]) <= SOURCES, row


def test_every_rule_has_a_row_and_every_row_a_rule() -> None:
    functions = {*ENDING_RULES, *RULE_FUNCTIONS}
    assert functions == {f"R{number:02d}" for number in range(1, 43)}
    assert {code for code, _ in RULES.texts} == functions


# What the specification says of each rule, word for word; our rows may add, never reword.
SENTENCES = [
    ("R01", "", "Emergencies go by telephone to the on-call IR consultant."),
    (
        "R02",
        "",
        "We accept referrals only from consultants in this trust and the network.",
    ),
    ("R03", "", "This consultant is not yet registered with us as a referrer."),
    ("R04", "", "Saved as a draft. Your consultant must confirm it before it is sent."),
    ("R05", "", "Check the patient's identity again."),
    (
        "R06",
        "",
        "This is not a valid NHS number. Check each digit, or say why there is none.",
    ),
    (
        "R07",
        "",
        "There is already an open referral for this patient. Open it, or say why this is new.",
    ),
    ("R08", "", "Say why the procedure is needed and what it must answer or achieve."),
    (
        "R09",
        "",
        "Blood results are usually needed for this procedure. "
        "Send them, or say when they will be ready.",
    ),
    ("R09", "history_negative", "Clotting not sent: bleeding history negative"),
    ("R10", "", "A clotting result is usually wanted for this patient."),
    ("R11", "", "INR is above the range used for this procedure. IR will advise."),
    ("R12", "", "INR is near the limit for this procedure."),
    ("R13", "", "Platelets are below the range used for this procedure."),
    ("R14", "", "Liver disease: clotting is read differently. Fibrinogen helps."),
    (
        "R15",
        "",
        "Do not change it because of this form. IR pre-assessment will advise.",
    ),
    ("R16", "", "Do not change it because of this form."),
    ("R16", "information", "On {drugs}."),
    ("R17", "", "Stopping may be dangerous: {reasons}. Joint decision needed."),
    ("R18", "", "Kidney function may lengthen this drug's effect (estimated clearance {clearance}"),
    ("R18", "not_computable", "Kidney function may lengthen this drug's effect"),
    ("R19", "", "More than one blood-thinning drug."),
    ("R20", "", "Kidney function needs a plan before contrast."),
    (
        "R21",
        "",
        "Kidney function is reduced and this procedure sends contrast straight to the kidneys.",
    ),
    ("R22", "", "A recent eGFR is needed."),
    ("R23", "", "On metformin. IR will say whether it must pause."),
    ("R24", "any", "Previous contrast reaction: "),
    ("R24", "severe", "Previous contrast reaction: "),
    ("R25", "", "Children are not usually treated here; speak to IR first."),
    ("R26", "possible", "May be pregnant. The exposure must be justified by IR first."),
    ("R26", "not_asked", "Ask and record the answer."),
    ("R27", "", "Ask your radiology team to share the images now."),
    ("R28", "", "Tell the patient"),
    ("R28", "", "name who decides"),
    ("R29", "", " allergy: room must be prepared."),
    ("R30", "", "Infection precautions: list order and room."),
    ("R31", "", "Thyroid disease and iodinated contrast: IR will decide."),
    ("R32", "", "May need an anaesthetist or a different plan."),
    ("R33", "", "Device check may be needed."),
    ("R34", "", "Results are {age} old."),
    ("R35", "", "Please telephone IR as well."),
    ("R36", "", "This procedure is usually agreed at an MDT."),
    (
        "R37",
        "",
        "Resuscitation plan in place: discuss with the patient before the procedure.",
    ),
    (
        "R38",
        "",
        "Sepsis with an obstructed or infected collection may be an emergency: telephone.",
    ),
    ("R39", "", "Enter haemoglobin in g/L."),
    ("R40", "", "Date may be too early for the usual hold time of {drugs}."),
    ("R41", "high", "Bleeding disorder or history: {found}."),
    ("R41", "low", "Bleeding disorder or history: {found}."),
    ("R42", "", "Answer, or choose none or not known."),
]


@pytest.mark.parametrize(("code", "variant", "sentence"), SENTENCES)
def test_a_flag_says_what_the_specification_says(code: str, variant: str, sentence: str) -> None:
    assert sentence in RULES.text(code, variant).wording


def test_every_wording_is_compared_with_the_specification() -> None:
    assert {(code, variant) for code, variant, _ in SENTENCES} == set(RULES.texts)


def test_a_missing_row_is_named() -> None:
    with pytest.raises(RuleSetIncomplete, match="no such limit"):
        RULES.limit("no such limit")


@pytest.mark.parametrize(
    ("model", "change", "named"),
    [
        ("rulelimit", {"operator": "="}, "operator"),
        ("rulelimit", {"sources": ["S999"]}, "S999"),
        ("safetyrule", {"wording": "Stop the drug."}, "Stop the"),
    ],
)
def test_a_bad_row_is_refused(model: str, change: dict, named: str) -> None:
    rows = copy.deepcopy(dict(ROWS))
    rows[model][0].update(change)
    with pytest.raises(ValueError, match=named):
        rule_set_from_rows(rows)


def test_every_procedure_has_a_known_group() -> None:
    assert {entry.group for entry in CATALOGUE.values()} == set(Group)


@pytest.mark.parametrize(
    "entry", [e for e in CATALOGUE.values() if e.sir_class in ("conflict", "unlisted")]
)
def test_conflict_and_unlisted_count_as_high_until_a_local_class_is_set(entry: object) -> None:
    nothing = dict.fromkeys(("sheath_f", "filter_removal", "venous_stent_lysis"))
    below = RULES.number("class.sheath_below")
    assert counts_as_high(entry, **nothing, sheath_below=below)
    local = replace(entry, local_class="low")
    assert not counts_as_high(local, **nothing, sheath_below=below)
