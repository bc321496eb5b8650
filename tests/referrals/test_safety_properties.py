"""What must hold for every referral, whatever its facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referral_cases import CATALOGUE, NORMAL, NOW, RULES, born

from referrals.facts import Allergy, DrugTaken, Facts, PreviousImaging, Result
from referrals.safety import Flag, evaluate, top_level
from referrals.safety_config import wording_problem
from referrals.vocabulary import Access, Infection, Pregnancy, ThromboticRisk

ANSWERS = st.sampled_from(["yes", "no", "not known", None])


def results(low: int, high: int) -> st.SearchStrategy[Result]:
    value = st.decimals(low, high, places=1) | st.none()
    hours = st.integers(0, 300 * 24)
    taken = hours.map(lambda each: NOW - timedelta(hours=each)) | st.none()
    return st.builds(Result, value, taken)


DRUGS = st.builds(
    DrugTaken,
    st.sampled_from([*RULES.drugs, "not-in-table"]),
    st.integers(0, 100).map(lambda hours: NOW - timedelta(hours=hours)) | st.none(),
    st.text(max_size=10),
)
ALLERGIES = st.builds(
    Allergy,
    st.sampled_from(["iodinated contrast", "latex", "chlorhexidine", "penicillin"]),
    st.sampled_from(["mild", "moderate", "severe", "not known", None]),
    st.text(max_size=10),
)
IMAGING = st.builds(PreviousImaging, on_pacs=ANSWERS)

BOOLEANS = [
    "mdt_discussed",
    "contrast_into_vessel",
    "first_pass",
    "bleeding_disorder",
    "liver_disease",
    "bleeding_now",
    "unwell_now",
    "sepsis_now",
    "aki_suspected",
    "heart_failure",
    "kidney_transplant",
    "ckd",
    "metformin",
    "diathermy_planned",
    "can_lie_flat",
    "sleep_apnoea",
    "home_oxygen",
    "airway_difficulty",
    "sedation_problem",
    "patient_aware",
]

FACTS = st.builds(
    replace,
    st.just(NORMAL),
    identity=st.integers(0, 110).map(lambda age: replace(NORMAL.identity, date_of_birth=born(age))),
    sex_registered_at_birth=st.sampled_from(["F", "M", "not known", None]),
    procedure=st.sampled_from([*CATALOGUE.values(), None]),
    patient_setting=st.sampled_from(["inpatient", "outpatient", "day case", "ED", None]),
    urgency=st.sampled_from(["urgent", "cancer", "routine", "planned", None]),
    target_date=st.integers(0, 100).map(lambda days: (NOW + timedelta(days=days)).date())
    | st.none(),
    access=st.sampled_from([*Access, None]),
    sheath_f=st.sampled_from([Decimal(4), Decimal(6), Decimal(8), None]),
    inr=results(1, 6),
    platelets=results(5, 400),
    aptt=results(20, 90),
    hb=results(2, 180),
    creatinine=results(20, 600),
    egfr=results(5, 120),
    antithrombotics=st.lists(DRUGS, max_size=3).map(tuple) | st.sampled_from([None, "not known"]),
    high_thrombotic_risk=st.lists(st.sampled_from(list(ThromboticRisk)), max_size=2).map(tuple)
    | st.none(),
    allergies=st.lists(ALLERGIES, max_size=3).map(tuple) | st.sampled_from([None, "not known"]),
    previous_imaging=st.lists(IMAGING, max_size=2).map(tuple) | st.none(),
    bleeding_history=st.sampled_from(["negative", "positive", "not asked", None]),
    dialysis=st.sampled_from(["none", "HD", "PD", "not known", None]),
    thyroid_disease=st.sampled_from(["none", "overactive not controlled", "not known", None]),
    mrsa=st.sampled_from([*Infection, None]),
    pregnancy_status=st.sampled_from([*Pregnancy, None]),
    implants=st.sampled_from([(), ("pacemaker",), ("joint",), None, "not known"]),
    asa_grade=st.sampled_from([1, 4, "not known", None]),
    weight_kg=st.sampled_from([Decimal(50), Decimal(120), None]),
    capacity=st.sampled_from(["has capacity", "lacks", "not assessed", None]),
    resuscitation_status=st.sampled_from(["for full", "DNACPR", "not known", None]),
    **dict.fromkeys(BOOLEANS, ANSWERS),
)

CHECKS = settings(max_examples=150, deadline=None)


def found(facts: Facts) -> list[Flag]:
    return evaluate(facts, RULES, NOW)


def levels_worst_first(flags: list[Flag]) -> list[int]:
    return sorted(flag.level.rank for flag in flags)


def not_fewer_nor_milder(missing: list[Flag], normal: list[Flag]) -> bool:
    """Each flag of the normal record is matched by one at least as grave."""
    graver, milder = levels_worst_first(missing), levels_worst_first(normal)
    return len(graver) >= len(milder) and all(a <= b for a, b in zip(graver, milder, strict=False))


NORMAL_VALUES = {
    name: getattr(NORMAL, name)
    for name in (
        *(each for each in BOOLEANS if each not in ("contrast_into_vessel", "first_pass")),
        *("inr", "platelets", "aptt", "hb", "creatinine", "egfr", "antithrombotics"),
        *("high_thrombotic_risk", "bleeding_history", "dialysis", "thyroid_disease", "allergies"),
        *("previous_imaging", "mrsa", "cpe", "c_diff", "resp_isolation", "pregnancy_status"),
        *("implants", "weight_kg", "asa_grade", "capacity", "resuscitation_status"),
        *("sex_registered_at_birth", "patient_setting", "clinical_indication", "question"),
    )
}
TODAYS_RESULTS = ("inr", "platelets", "aptt", "hb", "creatinine", "egfr")


@pytest.mark.parametrize("field", NORMAL_VALUES)
@settings(max_examples=40, deadline=None)
@given(facts=FACTS)
def test_missing_never_reads_as_normal(field: str, facts: Facts) -> None:
    if field in TODAYS_RESULTS:  # a normal result is a fresh one
        facts = replace(facts, target_date=None)
    normal = found(replace(facts, **{field: NORMAL_VALUES[field]}))
    blank: object = None
    if field in TODAYS_RESULTS:
        blank = Result()
    elif isinstance(NORMAL_VALUES[field], str) and field in ("clinical_indication", "question"):
        blank = ""
    assert not_fewer_nor_milder(found(replace(facts, **{field: blank})), normal)


@pytest.mark.parametrize("field", BOOLEANS)
@settings(max_examples=40, deadline=None)
@given(facts=FACTS)
def test_an_explicit_not_known_is_never_milder_than_normal(field: str, facts: Facts) -> None:
    normal = "no" if field in ("contrast_into_vessel", "first_pass") else getattr(NORMAL, field)
    unknown = found(replace(facts, **{field: "not known"}))
    assert not_fewer_nor_milder(unknown, found(replace(facts, **{field: normal})))


@CHECKS
@given(facts=FACTS, extra=DRUGS)
def test_another_antithrombotic_never_lowers_the_top_level(facts: Facts, extra: DrugTaken) -> None:
    rows = facts.antithrombotics if isinstance(facts.antithrombotics, tuple) else ()
    before = top_level(found(replace(facts, antithrombotics=rows)))
    after = top_level(found(replace(facts, antithrombotics=(*rows, extra))))
    assert before is None or (after is not None and after.rank <= before.rank)


@CHECKS
@given(facts=FACTS)
def test_no_flag_advises_or_reassures_and_each_has_a_source(facts: Facts) -> None:
    for flag in found(facts):
        assert wording_problem(flag.wording) == ""
        assert flag.sources
        assert set(flag.sources) <= set(RULES.sources)
        assert flag.rule_set == RULES.version


@CHECKS
@given(facts=FACTS)
def test_the_order_of_rows_changes_nothing(facts: Facts) -> None:
    turned = {
        name: rows[::-1]
        for name in ("antithrombotics", "allergies", "previous_imaging", "high_thrombotic_risk")
        if isinstance(rows := getattr(facts, name), tuple)
    }
    assert found(facts) == found(replace(facts, **turned))


@pytest.mark.parametrize("text", list(RULES.texts.values()), ids=lambda t: t.code)
def test_no_wording_in_the_table_advises(text: object) -> None:
    assert wording_problem(text.wording) == ""


@pytest.mark.parametrize(
    "wording", ["Stop taking aspirin.", "Withhold the drug", "It is safe to go on", "hold it"]
)
def test_advice_is_recognised(wording: str) -> None:
    assert wording_problem(wording)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        evaluate(NORMAL, RULES, NOW.replace(tzinfo=None))
