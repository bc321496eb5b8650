"""Each rule at, below and above each edge, for low, high, conflict and unlisted procedures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from referral_cases import IDENTITY, NOW, RULES, drug, flags, result, shown

from referrals.facts import Allergy, DrugTaken, PreviousImaging, Result

NEPH = "nephrostomy-new"  # high, contrast into the kidney's own system
EVAR = "evar"  # high, first-pass
UAE = "uterine-artery-embolisation"  # conflict, into an artery
RENAL = "renal-angioplasty"  # unlisted, first-pass
GUT = "duodenal-stent"  # unlisted, into tubes
FEM = "femoropopliteal-angioplasty"  # low below 6 F
VEIN = "ivc-filter-insertion"  # low, into a vein
FIVE = {"sheath_f": Decimal(5), "access": "femoral artery"}
RADIAL = {"sheath_f": Decimal(5), "access": "radial artery"}
OTHER = {"sheath_f": Decimal(5), "access": "other artery"}
LIVER = {"liver_disease": "yes"}
SPOKEN = {"discussed_with_ir": "On-call IR consultant", "discussed_at": NOW}


def inr(value: str) -> dict:
    return {"inr": result(value)}


def plt(value: int) -> dict:
    return {"platelets": result(value)}


def egfr(value: str | int | None, **age: float) -> dict:
    return {"egfr": result(value, **age)}


def on(*codes: str) -> dict:
    return {"antithrombotics": tuple(drug(code) for code in codes)}


def allergy(agent: str, severity: str | None = "mild") -> dict:
    return {"allergies": (Allergy(agent, severity),)}


def woman(age: int, status: str | None = "not asked", **more: object) -> dict:
    return {"age": age, "sex_registered_at_birth": "F", "pregnancy_status": status, **more}


OVER_1_8 = {"R11:RED"}
NEAR = {"R12:AMBER"}
FEW = {"R13:RED"}
L = {"R14:AMBER"}
NONE: set[str] = set()

# (procedure, changes, exactly these flags)
TABLE: list[tuple[str | None, dict, set[str]]] = [
    # R01, R02: the gate
    ("picc", {"is_emergency": "now", **SPOKEN}, {"R01:STOP"}),
    ("picc", {"is_emergency": "24 h"}, {"R01:STOP"}),
    ("picc", {"is_emergency": "24 h", **SPOKEN}, NONE),
    ("picc", {"is_emergency": "24 h", "discussed_with_ir": "A name"}, {"R01:STOP"}),
    ("picc", {"is_emergency": "24 h", "discussed_at": NOW}, {"R01:STOP"}),
    (
        "picc",
        {"is_emergency": "24 h", **SPOKEN, "discussed_at": NOW + timedelta(minutes=1)},
        {"R01:STOP"},
    ),
    ("picc", {"is_emergency": None}, {"R01:STOP"}),
    ("picc", {"is_emergency": "now", "organisation_accepted": False}, {"R01:STOP"}),
    ("picc", {"organisation_accepted": False, "hb": result("11.8")}, {"R02:STOP"}),
    # R03 to R08: entitlement and completeness
    ("picc", {"consultant_entitled": False}, {"R03:STOP"}),
    ("picc", {"consultant_confirmed": False}, {"R04:LEGAL"}),
    ("picc", {"identity_confirmed": False}, {"R05:LEGAL"}),
    ("picc", {"identity": replace(IDENTITY, given_name="")}, {"R05:LEGAL"}),
    ("picc", {"identity": replace(IDENTITY, nhs_number="9990000019")}, {"R05:LEGAL", "R06:LEGAL"}),
    (
        "picc",
        {
            "identity": replace(
                IDENTITY,
                nhs_number="9990000019",
                hospital_number="W0000001",
                hospital_number_issuer="RBL",
            )
        },
        {"R06:LEGAL"},
    ),
    (
        "picc",
        {
            "identity": replace(
                IDENTITY,
                nhs_number="",
                hospital_number="W0000001",
                hospital_number_issuer="RBL",
            ),
            "nhs_number_absent_reason": "overseas-patient",
        },
        NONE,
    ),
    (
        "picc",
        {
            "identity": replace(
                IDENTITY, nhs_number="", hospital_number="W0000001", hospital_number_issuer="RBL"
            )
        },
        {"R06:LEGAL"},
    ),
    (
        "picc",
        {
            "identity": replace(IDENTITY, nhs_number="", postcode="CH2 1UL"),
            "nhs_number_absent_reason": "overseas-patient",
        },
        {"R05:LEGAL"},
    ),
    ("picc", {"open_referrals": ("IR-2026-BCDFGH-J",)}, {"R07:RED"}),
    ("picc", {"clinical_indication": "x" * 19}, {"R08:LEGAL"}),
    ("picc", {"clinical_indication": "x" * 20}, NONE),
    ("picc", {"question": "x" * 9}, {"R08:LEGAL"}),
    ("picc", {"question": "x" * 10}, NONE),
    ("picc", {"question": " " * 30}, {"R08:LEGAL"}),
    # R09: results missing, high class only
    (NEPH, {"inr": Result(), "bleeding_history": "not asked"}, {"R09:RED"}),
    (NEPH, {"inr": Result()}, {"R09:INFO"}),
    (NEPH, {"platelets": Result()}, {"R09:RED"}),
    (NEPH, {"hb": Result()}, {"R09:RED"}),
    (UAE, {"hb": Result()}, {"R09:RED"}),
    (RENAL, {"hb": Result()}, {"R09:RED"}),
    (GUT, {"platelets": Result()}, {"R09:RED"}),
    ("lumbar-puncture", {"platelets": Result()}, {"R09:RED"}),
    ("picc", {"inr": Result(), "platelets": Result(), "hb": Result()}, NONE),
    (FEM, {"hb": Result(), **FIVE}, NONE),
    (FEM, {"hb": Result(), "sheath_f": Decimal("5.9")}, NONE),
    (FEM, {"hb": Result(), "sheath_f": Decimal(6)}, {"R09:RED"}),
    (FEM, {"hb": Result(), "sheath_f": Decimal(7)}, {"R09:RED"}),
    (FEM, {"hb": Result()}, {"R09:RED"}),
    ("peripheral-angiogram", {"hb": Result(), "sheath_f": Decimal(4)}, NONE),
    ("peripheral-angiogram", {"hb": Result()}, {"R09:RED"}),
    ("ivc-filter-removal", {"hb": Result(), "filter_removal": "simple"}, NONE),
    ("ivc-filter-removal", {"hb": Result(), "filter_removal": "not known"}, {"R09:RED"}),
    ("ivc-filter-removal", {"hb": Result()}, {"R09:RED"}),
    ("iliofemoral-venous-stent", {"hb": Result(), "venous_stent_lysis": "without"}, NONE),
    ("iliofemoral-venous-stent", {"hb": Result(), "venous_stent_lysis": "with lysis"}, {"R09:RED"}),
    ("iliofemoral-venous-stent", {"hb": Result()}, {"R09:RED"}),
    (None, {"hb": Result()}, {"R09:RED"}),
    (NEPH, {"inr": Result(), **on("warfarin")}, {"R09:RED", "R15:RED"}),
    (NEPH, {"inr": Result(), **on("heparin-sc")}, {"R09:RED", "R15:RED"}),
    (NEPH, {"inr": Result(), **on("aspirin")}, {"R09:INFO", "R15:RED"}),
    (NEPH, {"inr": Result(), "antithrombotics": None}, {"R09:RED", "R42:LEGAL"}),
    (NEPH, {"inr": Result(), "antithrombotics": "not known"}, {"R09:RED", "R15:AMBER"}),
    # R10
    ("picc", {"inr": Result(), **on("warfarin")}, {"R10:AMBER", "R16:AMBER"}),
    ("picc", {**on("warfarin")}, {"R16:AMBER"}),
    ("picc", {"aptt": Result(), **on("heparin-iv")}, {"R10:AMBER", "R16:AMBER"}),
    ("picc", {"inr": Result(), **on("heparin-iv")}, {"R16:AMBER"}),
    ("picc", {"aptt": Result(), **on("warfarin")}, {"R16:AMBER"}),
    (NEPH, {"aptt": Result(), **on("heparin-iv")}, {"R15:RED"}),
    # R11, R12: INR
    *((p, inr("1.5"), NONE) for p in (NEPH, UAE, RENAL)),
    *((p, inr("1.51"), NEAR) for p in (NEPH, UAE, RENAL)),
    *((p, inr("1.8"), NEAR) for p in (NEPH, UAE, RENAL, None)),
    *((p, inr("1.81"), OVER_1_8) for p in (NEPH, UAE, RENAL, None)),
    *((p, inr("2.0"), NONE) for p in ("picc", VEIN)),
    *((p, inr("2.1"), NEAR) for p in ("picc", VEIN)),
    *((p, inr("3.0"), NEAR) for p in ("picc", VEIN)),
    *((p, inr("3.1"), OVER_1_8) for p in ("picc", VEIN)),
    (FEM, {**FIVE, **inr("1.7")}, NONE),
    (FEM, {**FIVE, **inr("1.79")}, NONE),
    (FEM, {**FIVE, **inr("1.8")}, OVER_1_8),
    (FEM, {**RADIAL, **inr("2.19")}, NONE),
    (FEM, {**RADIAL, **inr("2.2")}, OVER_1_8),
    (FEM, {**OTHER, **inr("3.0")}, NONE),
    (FEM, {**OTHER, **inr("3.1")}, OVER_1_8),
    (FEM, {"sheath_f": Decimal(5), **inr("1.8")}, OVER_1_8),
    (FEM, {"sheath_f": Decimal(5), "access": "not known", **inr("1.8")}, OVER_1_8),
    ("picc", {"access": "femoral artery", **inr("1.8")}, OVER_1_8),
    ("picc", {"access": "vein", **inr("1.8")}, NONE),
    (FEM, {**inr("1.8"), "access": "femoral artery"}, NEAR),
    # R13: platelets
    *((p, plt(50), NONE) for p in (NEPH, UAE, RENAL)),
    *((p, plt(49), FEW) for p in (NEPH, UAE, RENAL, None)),
    ("picc", plt(20), NONE),
    ("picc", plt(19), FEW),
    # R14: liver limits
    (NEPH, LIVER, L),
    (NEPH, {**LIVER, **inr("2.4")}, L),
    (NEPH, {**LIVER, **inr("2.5")}, L | OVER_1_8),
    (NEPH, {**LIVER, **plt(31)}, L),
    (NEPH, {**LIVER, **plt(30)}, L | FEW),
    ("picc", {**LIVER, **inr("4.0")}, L),
    ("picc", {**LIVER, **plt(21)}, L),
    ("picc", {**LIVER, **plt(20)}, L | FEW),
    (NEPH, {"liver_disease": "not known", **inr("1.6")}, L | NEAR),
    (NEPH, {"liver_disease": None, **plt(45)}, L | FEW),
    # R15 to R19: drugs
    *((p, on("clopidogrel"), {"R15:RED"}) for p in (NEPH, UAE, RENAL, None)),
    ("picc", on("clopidogrel"), {"R16:AMBER"}),
    ("picc", on("dipyridamole"), {"R16:AMBER"}),
    (FEM, {**FIVE, **on("aspirin")}, {"R16:AMBER"}),
    ("picc", {"antithrombotics": "not known"}, {"R16:AMBER"}),
    ("picc", {"antithrombotics": (DrugTaken("unheard-of", NOW, "Drug"),)}, {"R16:AMBER"}),
    ("picc", on("nsaid"), {"R16:INFO"}),
    (NEPH, on("nsaid"), {"R16:INFO"}),
    (NEPH, on("cilostazol", "nsaid"), {"R16:INFO"}),
    (NEPH, on("nsaid", "aspirin"), {"R15:RED", "R16:INFO"}),
    ("picc", on("nsaid", "aspirin"), {"R16:AMBER"}),
    (
        "picc",
        {**on("aspirin"), "high_thrombotic_risk": ("stroke < 3 months",)},
        {"R16:AMBER", "R17:RED"},
    ),
    ("picc", {**on("aspirin"), "high_thrombotic_risk": "not known"}, {"R16:AMBER", "R17:AMBER"}),
    ("picc", {**on("aspirin"), "high_thrombotic_risk": None}, {"R16:AMBER", "R17:AMBER"}),
    (
        "picc",
        {"antithrombotics": "not known", "high_thrombotic_risk": ("mechanical valve",)},
        {"R16:AMBER", "R17:AMBER"},
    ),
    (
        EVAR,
        {"antithrombotics": "not known", "high_thrombotic_risk": ("VTE < 3 months",)},
        {"R15:AMBER", "R17:AMBER"},
    ),
    ("picc", {"antithrombotics": "not known", "high_thrombotic_risk": None}, {"R16:AMBER"}),
    ("picc", {"high_thrombotic_risk": ("mechanical valve",)}, NONE),
    ("picc", {**on("nsaid"), "high_thrombotic_risk": ("mechanical valve",)}, {"R16:INFO"}),
    ("picc", on("apixaban"), {"R16:AMBER"}),
    ("picc", {**on("apixaban"), "weight_kg": None}, {"R16:AMBER", "R18:AMBER"}),
    ("picc", {**on("apixaban"), "creatinine": Result()}, {"R16:AMBER", "R18:AMBER"}),
    # (140 - 50) x 80 x 1.23 / creatinine: 177.12 gives exactly 50
    ("picc", {**on("apixaban"), "creatinine": result("177.12")}, {"R16:AMBER"}),
    ("picc", {**on("apixaban"), "creatinine": result("177.13")}, {"R16:AMBER", "R18:AMBER"}),
    ("picc", {**on("apixaban"), "creatinine": result("177.11")}, {"R16:AMBER"}),
    (
        "picc",
        {**on("enoxaparin-therapeutic"), "creatinine": result(178)},
        {"R16:AMBER", "R18:AMBER"},
    ),
    ("picc", {**on("fondaparinux"), "creatinine": result(178)}, {"R16:AMBER", "R18:AMBER"}),
    ("picc", {**on("warfarin"), "creatinine": result(178)}, {"R16:AMBER"}),
    (
        "picc",
        {**on("apixaban"), "creatinine": result(160), "sex_registered_at_birth": "not known"},
        {"R16:AMBER", "R18:AMBER"},
    ),
    (
        "picc",
        {**on("apixaban"), "creatinine": result(80, days=181)},
        {"R16:AMBER", "R18:AMBER", "R34:AMBER"},
    ),
    ("picc", on("aspirin", "clopidogrel"), {"R16:AMBER", "R19:RED"}),
    ("picc", on("aspirin", "aspirin"), {"R16:AMBER"}),
    ("picc", on("aspirin", "nsaid", "cilostazol"), {"R16:AMBER"}),
    (NEPH, on("aspirin", "dipyridamole"), {"R15:RED", "R19:RED"}),
    # R20, R21: kidneys and contrast
    (VEIN, egfr(30), NONE),
    (VEIN, egfr(29), {"R20:RED"}),
    (UAE, egfr(29), {"R20:RED"}),
    (EVAR, egfr(29), {"R20:RED"}),
    (EVAR, egfr(30), {"R21:AMBER"}),
    (EVAR, egfr(44), {"R21:AMBER"}),
    (EVAR, egfr(45), NONE),
    (RENAL, egfr(44), {"R21:AMBER"}),
    (UAE, egfr(44), NONE),
    (FEM, {**FIVE, **egfr(44)}, NONE),
    ("peripheral-angiogram", egfr(44), {"R21:AMBER"}),
    ("peripheral-angiogram", {**egfr(44), "first_pass": "no"}, NONE),
    ("peripheral-angiogram", {**egfr(44), "first_pass": "yes"}, {"R21:AMBER"}),
    ("deep-abscess-drain", egfr(29), {"R20:RED"}),
    ("deep-abscess-drain", {**egfr(29), "contrast_into_vessel": "no"}, NONE),
    (NEPH, egfr(10), NONE),
    ("picc", {**egfr(10), "dialysis": "HD", "aki_suspected": "yes"}, NONE),
    (VEIN, {"aki_suspected": "yes"}, {"R20:RED"}),
    (VEIN, {"aki_suspected": "not known"}, {"R20:AMBER"}),
    (VEIN, {"dialysis": "HD"}, {"R20:RED"}),
    (VEIN, {"dialysis": "PD"}, {"R20:RED"}),
    (VEIN, {"dialysis": "not known"}, {"R20:AMBER"}),
    (None, egfr(29), {"R20:RED"}),
    # R22: a recent eGFR
    (VEIN, {"age": 74, **egfr(None)}, NONE),
    (VEIN, {"age": 75, **egfr(None)}, {"R22:AMBER"}),
    (VEIN, {"age": 75, **egfr(80)}, NONE),
    (VEIN, {"age": 75, **egfr(80, days=180, hours=0)}, NONE),
    (VEIN, {"age": 75, **egfr(80, days=180, hours=0.1)}, {"R22:AMBER"}),
    (VEIN, {"age": 50, **egfr(80, days=181)}, {"R34:AMBER"}),
    (VEIN, {"heart_failure": "yes", **egfr(None)}, {"R22:AMBER"}),
    (VEIN, {"heart_failure": "not known", **egfr(None)}, {"R22:AMBER"}),
    (VEIN, {"kidney_transplant": "yes", **egfr(None)}, {"R22:AMBER"}),
    (VEIN, {"ckd": "yes", **egfr(None)}, {"R22:AMBER"}),
    (VEIN, {"metformin": "yes", **egfr(None)}, {"R22:AMBER", "R23:AMBER"}),
    (VEIN, {"ckd": "yes", "patient_setting": "inpatient", **egfr(None)}, {"R22:AMBER"}),
    (
        VEIN,
        {"ckd": "yes", "patient_setting": "inpatient", **egfr(80, days=181)},
        {"R34:AMBER"},
    ),
    (NEPH, {"age": 80, **egfr(None)}, NONE),
    # R23: metformin
    (VEIN, {"metformin": "yes"}, NONE),
    (VEIN, {"metformin": "yes", **egfr(29)}, {"R20:RED", "R23:AMBER"}),
    (VEIN, {"metformin": "yes", "aki_suspected": "yes"}, {"R20:RED", "R23:AMBER"}),
    (EVAR, {"metformin": "yes"}, {"R23:AMBER"}),
    (EVAR, {"metformin": "not known"}, {"R23:AMBER"}),
    (EVAR, {"metformin": None, "diabetes": "none"}, NONE),
    (EVAR, {"metformin": None, "diabetes": "type 2"}, {"R23:AMBER"}),
    (VEIN, {"metformin": "yes", **egfr(80, days=181)}, {"R22:AMBER"}),
    (NEPH, {"metformin": "yes", **egfr(None)}, NONE),
    # R24: contrast reactions
    (VEIN, allergy("iodinated contrast", "mild"), {"R24:AMBER"}),
    (VEIN, allergy("iodinated contrast", "moderate"), {"R24:RED"}),
    (VEIN, allergy("Iodinated contrast", "severe"), {"R24:RED"}),
    (VEIN, allergy("iodinated contrast", "not known"), {"R24:AMBER"}),
    (NEPH, allergy("iodinated contrast", "severe"), {"R24:AMBER"}),
    (NEPH, allergy("iodinated contrast", "mild"), {"R24:AMBER"}),
    ("picc", allergy("iodinated contrast", "severe"), NONE),
    ("tumour-ablation", allergy("iodinated contrast", "severe"), {"R24:RED"}),
    (VEIN, {"allergies": "not known"}, {"R24:AMBER", "R29:AMBER"}),
    (VEIN, allergy("penicillin", "severe"), NONE),
    # R25, R26
    ("picc", {"age": 16}, NONE),
    ("picc", {"age": 15}, {"R25:RED"}),
    (UAE, woman(11), {"R25:RED"}),
    (UAE, woman(12), {"R25:RED", "R26:LEGAL"}),
    (UAE, woman(16), {"R26:LEGAL"}),
    (UAE, woman(55), {"R26:LEGAL"}),
    (UAE, woman(56), NONE),
    (UAE, woman(30, "might be"), {"R26:RED"}),
    (UAE, woman(30, "pregnant"), {"R26:RED"}),
    (UAE, woman(30, "not pregnant"), NONE),
    (UAE, woman(30, "not applicable"), NONE),
    (UAE, woman(30, None), {"R26:LEGAL"}),
    (UAE, woman(30, sex_registered_at_birth="not known"), {"R26:LEGAL"}),
    (UAE, woman(30, sex_registered_at_birth="M"), NONE),
    ("picc", woman(30), NONE),
    ("superficial-biopsy", woman(30), NONE),
    ("vertebroplasty", woman(30), {"R26:LEGAL"}),
    (None, woman(30), {"R26:LEGAL"}),
    # R27 to R33
    ("picc", {"previous_imaging": ()}, NONE),
    ("picc", {"previous_imaging": (PreviousImaging(on_pacs="no"),)}, {"R27:AMBER"}),
    ("picc", {"previous_imaging": (PreviousImaging(on_pacs="not known"),)}, {"R27:AMBER"}),
    ("picc", {"previous_imaging": "not known"}, {"R27:AMBER"}),
    ("picc", {"patient_aware": "no"}, {"R28:RED"}),
    ("picc", {"patient_aware": "not known"}, {"R28:AMBER"}),
    ("picc", {"capacity": "lacks"}, {"R28:RED"}),
    ("picc", {"capacity": "lacks", "decision_maker": "Daughter, with power of attorney"}, NONE),
    ("picc", {"capacity": "fluctuates"}, NONE),
    ("picc", {"capacity": None}, {"R28:AMBER"}),
    ("picc", allergy("latex"), {"R29:RED"}),
    ("picc", allergy("Chlorhexidine", "severe"), {"R29:RED"}),
    ("picc", {"mrsa": "positive"}, {"R30:AMBER"}),
    ("picc", {"cpe": "screened, awaiting"}, {"R30:AMBER"}),
    ("picc", {"c_diff": "positive", "resp_isolation": "positive"}, {"R30:AMBER"}),
    ("picc", {"mrsa": "not screened"}, NONE),
    ("picc", {"mrsa": "not known"}, {"R30:AMBER"}),
    (VEIN, {"thyroid_disease": "overactive not controlled"}, {"R31:AMBER"}),
    (VEIN, {"thyroid_disease": "overactive controlled"}, NONE),
    (VEIN, {"thyroid_disease": "underactive"}, NONE),
    (VEIN, {"thyroid_disease": "not known"}, {"R31:AMBER"}),
    (NEPH, {"thyroid_disease": "overactive not controlled"}, NONE),
    ("picc", {"sleep_apnoea": "yes"}, {"R32:AMBER"}),
    ("picc", {"home_oxygen": "yes", "airway_difficulty": "yes"}, {"R32:AMBER"}),
    ("picc", {"sedation_problem": "not known"}, {"R32:AMBER"}),
    ("picc", {"can_lie_flat": "no"}, {"R32:AMBER"}),
    ("picc", {"asa_grade": 3}, NONE),
    ("picc", {"asa_grade": 4}, {"R32:AMBER"}),
    ("picc", {"asa_grade": "not known"}, NONE),
    ("tumour-ablation", {"implants": ("pacemaker",)}, {"R33:AMBER"}),
    ("picc", {"implants": ("ICD",), "diathermy_planned": "yes"}, {"R33:AMBER"}),
    ("picc", {"implants": ("neurostimulator",), "diathermy_planned": "not known"}, {"R33:AMBER"}),
    ("picc", {"implants": ("pacemaker",)}, NONE),
    ("tumour-ablation", {"implants": ("joint",)}, NONE),
    ("tumour-ablation", {"implants": "not known"}, {"R33:AMBER"}),
    (None, {"implants": ("pacemaker",)}, {"R33:AMBER"}),
    (None, {"implants": ("joint",)}, NONE),
    # R35 to R39
    ("picc", {"urgency": "urgent", "patient_setting": "inpatient"}, {"R35:AMBER"}),
    ("picc", {"urgency": "urgent", "patient_setting": "inpatient", **SPOKEN}, NONE),
    ("picc", {"urgency": "urgent"}, NONE),
    ("picc", {"patient_setting": "inpatient"}, NONE),
    (EVAR, {"mdt_discussed": "no"}, {"R36:AMBER"}),
    (EVAR, {"mdt_discussed": "not known"}, {"R36:AMBER"}),
    ("picc", {"mdt_discussed": "no"}, NONE),
    ("picc", {"resuscitation_status": "DNACPR"}, {"R37:INFO"}),
    ("picc", {"resuscitation_status": "ReSPECT"}, {"R37:INFO"}),
    ("picc", {"resuscitation_status": "not known"}, {"R37:AMBER"}),
    (NEPH, {"sepsis_now": "yes"}, {"R38:RED"}),
    (NEPH, {"sepsis_now": "not known"}, {"R38:AMBER"}),
    ("superficial-abscess-drain", {"sepsis_now": "yes"}, {"R38:RED"}),
    ("nephrostomy-exchange", {"sepsis_now": "yes"}, NONE),
    (None, {"sepsis_now": "yes"}, {"R38:AMBER"}),
    ("picc", {"hb": result("1.9")}, NONE),
    ("picc", {"hb": result("2")}, {"R39:LEGAL"}),
    ("picc", {"hb": result("25")}, {"R39:LEGAL"}),
    ("picc", {"hb": result("26")}, NONE),
    (NEPH, {"hb": result("11.8")}, {"R39:LEGAL"}),
    # R41, R42
    (NEPH, {"bleeding_disorder": "yes"}, {"R41:RED"}),
    (UAE, {"bleeding_history": "positive"}, {"R41:RED"}),
    ("picc", {"bleeding_disorder": "yes"}, {"R41:AMBER"}),
    (NEPH, {"bleeding_disorder": "not known"}, {"R41:AMBER"}),
    (NEPH, {"bleeding_history": "not asked"}, NONE),
    ("picc", {"antithrombotics": None}, {"R42:LEGAL"}),
    ("picc", {"allergies": None}, {"R42:LEGAL"}),
    ("picc", {"previous_imaging": None}, {"R42:LEGAL"}),
]


@pytest.mark.parametrize(("procedure", "changes", "expected"), TABLE)
def test_exactly_these_flags(procedure: str | None, changes: dict, expected: set[str]) -> None:
    assert shown(flags(procedure, **changes)) == expected


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 150


INPATIENT = {"patient_setting": "inpatient"}
AGES = [
    # changes, hours old, flagged
    ({}, 30 * 24, False),
    ({}, 30 * 24 + 0.01, True),
    ({"urgency": "planned"}, 30 * 24, False),
    ({"urgency": "cancer"}, 30 * 24 + 1, True),
    (INPATIENT, 48, False),
    (INPATIENT, 48.01, True),
    ({"urgency": "urgent"}, 48, False),
    ({"urgency": "urgent"}, 49, True),
    ({"patient_setting": "ED"}, 49, True),
    ({"patient_setting": None}, 49, True),
    ({**INPATIENT, "sepsis_now": "yes"}, 24, False),
    ({**INPATIENT, "sepsis_now": "yes"}, 24.01, True),
    ({**INPATIENT, "bleeding_now": "yes"}, 25, True),
    ({**INPATIENT, "bleeding_now": None}, 25, True),
    ({"sepsis_now": "yes"}, 25, False),
]


@pytest.mark.parametrize(("changes", "hours", "old"), AGES)
def test_age_of_a_blood_count(changes: dict, hours: float, old: bool) -> None:
    found = flags("picc", platelets=result(250, hours=hours), **changes)
    assert ("R34" in {flag.id for flag in found}) is old


@pytest.mark.parametrize(("hours", "old"), [(24, False), (25, True)])
def test_heparin_into_a_vein_shortens_the_age_of_results(hours: int, old: bool) -> None:
    found = flags("picc", **INPATIENT, **on("heparin-iv"), hb=result(130, hours=hours))
    assert ("R34" in {flag.id for flag in found}) is old


@pytest.mark.parametrize(
    ("days", "unwell", "old"),
    [(180, "no", False), (181, "no", True), (7, "yes", False), (8, "yes", True), (8, None, True)],
)
def test_age_of_kidney_results(days: int, unwell: str | None, old: bool) -> None:
    found = flags("picc", creatinine=result(80, days=days, hours=0), unwell_now=unwell)
    assert ("R34" in {flag.id for flag in found}) is old


@pytest.mark.parametrize(
    ("target", "days", "old"),
    [
        (None, 7, False),
        (None, 8, True),
        (date(2026, 3, 10), 0, False),
        (date(2026, 3, 11), 0, True),
        (date(2026, 3, 10), 1, True),
    ],
)
def test_age_of_inr_on_warfarin(target: date | None, days: int, old: bool) -> None:
    found = flags(
        "picc", target_date=target, inr=result("2.0", days=days, hours=0), **on("warfarin")
    )
    assert ("R34" in {flag.id for flag in found}) is old


def test_results_go_stale_while_a_referral_waits_for_its_planned_date() -> None:
    later = flags("picc", target_date=date(2026, 4, 12))
    assert shown(later) == {"R34:AMBER"}
    assert flags("picc", target_date=date(2026, 4, 9)) == []


def test_a_result_without_a_time_is_not_read_as_fresh() -> None:
    assert shown(flags("picc", hb=Result(Decimal(130), None))) == {"R34:AMBER"}


def test_a_sample_from_the_future_is_not_read_as_fresh() -> None:
    assert shown(flags("picc", hb=result(130, hours=-1))) == {"R34:AMBER"}


def test_an_agent_added_to_the_list_is_found_however_it_is_written() -> None:
    lists = {**RULES.lists, "agents.latex": ("Rubber",)}
    found = flags("picc", rules=replace(RULES, lists=lists), **allergy("natural rubber"))
    assert shown(found) == {"R29:RED"}


def test_the_table_weight_flags_only_once_the_department_has_given_it() -> None:
    assert flags("picc", weight_kg=Decimal(300)) == []
    limits = dict(RULES.limits)
    limits["table.weight"] = replace(limits["table.weight"], value=Decimal(200))
    rules = replace(RULES, limits=limits)
    assert flags("picc", weight_kg=Decimal(200), rules=rules) == []
    assert shown(flags("picc", weight_kg=Decimal(201), rules=rules)) == {"R32:AMBER"}
    assert shown(flags("picc", weight_kg=None, rules=rules)) == {"R32:AMBER"}


def test_hold_times_are_off_until_a_scheme_is_chosen() -> None:
    soon = {**on("clopidogrel"), "target_date": date(2026, 3, 12)}
    assert "R40" not in {flag.id for flag in flags(NEPH, **soon)}
    rules = replace(RULES, hold_scheme="SIR 2019")
    (early,) = [flag for flag in flags(NEPH, rules=rules, **soon) if flag.id == "R40"]
    assert (early.level, early.audience) == ("INFO", "IR")
    later = {**soon, "target_date": date(2026, 3, 15)}
    assert "R40" not in {flag.id for flag in flags(NEPH, rules=rules, **later)}


@pytest.mark.parametrize(
    ("scheme", "procedure", "code", "creatinine", "first_day_without_a_flag"),
    [
        ("SIR 2019", NEPH, "apixaban", 80, 12),  # 4 doses, clearance 110
        ("SIR 2019", NEPH, "apixaban", 300, 13),  # 6 doses, clearance 29.5
        ("SIR 2019", NEPH, "apixaban", None, 13),  # not known: the longest
        ("SIR 2019", NEPH, "rivaroxaban", 300, 13),  # 3 doses, clearance 29.5
        ("SIR 2019", NEPH, "rivaroxaban", 900, 13),  # 9.8: below every printed band
        ("SIR 2019", NEPH, "prasugrel", 80, 17),
        ("PAUSE", NEPH, "apixaban", 80, 13),
        ("PAUSE", "picc", "apixaban", 80, 12),
        ("US AF guideline", NEPH, "warfarin", 80, 15),
        ("US AF guideline", "picc", "warfarin", 80, 13),
        ("US AF guideline", NEPH, "dabigatran", 900, 15),
    ],
)
def test_r40_reads_the_chosen_scheme(
    scheme: str, procedure: str, code: str, creatinine: int | None, first_day_without_a_flag: int
) -> None:
    """The drug was taken on 10 March at 07:00."""
    rules = replace(RULES, hold_scheme=scheme)
    for day, early in ((first_day_without_a_flag - 1, True), (first_day_without_a_flag, False)):
        planned = {"target_date": date(2026, 3, day), "creatinine": result(creatinine)}
        found = flags(procedure, rules=rules, **on(code), **planned)
        assert ("R40" in {flag.id for flag in found}) is early, day


def test_in_live_service_a_test_number_is_refused() -> None:
    from referral_cases import facts

    from referrals.safety import evaluate

    assert "R06" in {flag.id for flag in evaluate(facts(), RULES, NOW, live=True)}


def test_a_flag_names_every_drug_and_the_time_in_london() -> None:
    (named,) = [f for f in flags(NEPH, **on("clopidogrel", "aspirin")) if f.id == "R15"]
    assert named.wording.startswith("On Aspirin, last taken 10 March 2026, 07:00 GMT; Clopidogrel")
