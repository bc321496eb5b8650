"""The twelve golden cases of the referral facts: exactly these flags."""

from __future__ import annotations

from decimal import Decimal

import pytest
from referral_cases import NOW, drug, flags, ids, result, shown

DISCUSSED = {"discussed_with_ir": "Dr Example, on call", "discussed_at": NOW}
OLD = {"days": 40, "hours": 0}

GOLDEN = {
    "G1": (
        "nephrostomy-new",
        {
            "age": 67,
            "sex_registered_at_birth": "F",
            "weight_kg": Decimal(60),
            "patient_setting": "inpatient",
            "urgency": "urgent",
            "creatinine": result(190),
            "inr": result("1.2"),
            "platelets": result(212),
            "hb": result(118),
            "antithrombotics": (drug("apixaban"),),
            **DISCUSSED,
        },
        ["R15", "R18"],
    ),
    "G2": (
        "evar",
        {
            "age": 74,
            "egfr": result(38),
            "diabetes": "type 2",
            "metformin": "yes",
            "antithrombotics": (drug("clopidogrel"),),
            "inr": result(None),
            "mdt_discussed": "no",
        },
        ["R09", "R15", "R21", "R23", "R36"],
    ),
    "G3": (
        "picc",
        {"antithrombotics": (drug("warfarin"),), "inr": result(None)},
        ["R10", "R16"],
    ),
    "G4": (
        "uterine-artery-embolisation",
        {"age": 38, "sex_registered_at_birth": "F", "pregnancy_status": "not asked"},
        ["R26"],
    ),
    "G5": (
        "iliac-angioplasty",
        {
            "inr": result("1.6"),
            "platelets": result(45),
            "hb": result(130),
            "egfr": result(80),
            "access": "femoral artery",
        },
        ["R12", "R13"],
    ),
    "G6": (
        "femoropopliteal-angioplasty",
        {"sheath_f": Decimal(5), "access": "femoral artery", "inr": result("1.9")},
        ["R11"],
    ),
    "G7": (
        "biliary-drain-new",
        {
            "liver_disease": "yes",
            "inr": result("2.0"),
            "platelets": result(35),
            "hb": result(101),
        },
        ["R14"],
    ),
    "G8": ("picc", {"organisation_accepted": False}, ["R02"]),
    "G9": ("picc", {"hb": result("11.8")}, ["R39"]),
    "G10 not telephoned": ("picc", {"is_emergency": "now"}, ["R01"]),
    "G10 telephoned": (
        "nephrostomy-new",
        {"is_emergency": "24 h", "urgency": "24 h", "patient_setting": "inpatient", **DISCUSSED},
        [],
    ),
    "G11": (
        "nephrostomy-new",
        {"urgency": "urgent", "patient_setting": "inpatient", "sepsis_now": "yes"},
        ["R35", "R38"],
    ),
    "G12": (
        "liver-biopsy",
        {"inr": result("1.0", **OLD), "platelets": result(250, **OLD), "hb": result(130, **OLD)},
        ["R34"],
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_case_has_exactly_these_flags(name: str) -> None:
    procedure, changes, expected = GOLDEN[name]
    assert ids(flags(procedure, **changes)) == expected


def test_the_first_case_shows_the_clearance() -> None:
    procedure, changes, _ = GOLDEN["G1"]
    (kidney,) = [flag for flag in flags(procedure, **changes) if flag.id == "R18"]
    assert "estimated clearance 24.0" in kidney.wording


def test_the_fourth_case_must_be_put_right_before_sending() -> None:
    procedure, changes, _ = GOLDEN["G4"]
    assert shown(flags(procedure, **changes)) == {"R26:LEGAL"}


def test_a_day_old_result_of_forty_days_says_so() -> None:
    procedure, changes, _ = GOLDEN["G12"]
    (old,) = flags(procedure, **changes)
    assert "40 days old" in old.wording


@pytest.mark.parametrize("procedure", ["picc", "evar", "nephrostomy-new", "tumour-ablation"])
def test_a_normal_referral_has_no_flags(procedure: str) -> None:
    assert flags(procedure) == []
