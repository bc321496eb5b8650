"""Safety rules R01 to R42: pure functions of facts, rule set and time.

Call ``evaluate(facts, rules, now)``: ``facts`` from `referrals.facts`, ``rules`` from
`seeded_rule_set()` or the database, ``now`` with its zone. Needs no Django. One rule alone:
``RULES["R20"](Case(facts, rules, now))``.

A flag is a reminder and never clearance. No rule says to stop, hold or go on with a drug, and
none calls a procedure safe; what is missing never reads as normal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from referrals.facts import Facts
from referrals.safety import (
    antithrombotics,
    bleeding,
    contrast,
    gate,
    patient,
    request,
    results_age,
)
from referrals.safety.case import Case
from referrals.safety.flag import Audience, Flag, Level, in_order, top_level
from referrals.safety_config import RuleSet

__all__ = ["RULES", "Audience", "Case", "Flag", "Level", "evaluate", "in_order", "top_level"]

Rule = Callable[[Case], list[Flag]]

ENDING_RULES: dict[str, Rule] = {"R01": gate.r01_emergency, "R02": gate.r02_organisation}
RULES: dict[str, Rule] = {
    "R03": gate.r03_entitlement,
    "R04": gate.r04_confirmation,
    "R05": gate.r05_identity,
    "R06": gate.r06_nhs_number,
    "R07": gate.r07_duplicate,
    "R08": gate.r08_reason,
    "R09": bleeding.r09_results_missing,
    "R10": bleeding.r10_clotting_missing,
    "R11": bleeding.r11_inr_high,
    "R12": bleeding.r12_inr_near,
    "R13": bleeding.r13_platelets_low,
    "R14": bleeding.r14_liver,
    "R15": antithrombotics.r15_high_class,
    "R16": antithrombotics.r16_low_class,
    "R17": antithrombotics.r17_thrombotic_risk,
    "R18": antithrombotics.r18_kidneys,
    "R19": antithrombotics.r19_several,
    "R20": contrast.r20_kidneys,
    "R21": contrast.r21_first_pass,
    "R22": contrast.r22_egfr_needed,
    "R23": contrast.r23_metformin,
    "R24": contrast.r24_reaction,
    "R25": patient.r25_child,
    "R26": patient.r26_pregnancy,
    "R27": request.r27_images,
    "R28": patient.r28_told_and_deciding,
    "R29": patient.r29_room_allergies,
    "R30": patient.r30_infection,
    "R31": contrast.r31_thyroid,
    "R32": patient.r32_sedation,
    "R33": patient.r33_device,
    "R34": results_age.r34_old_results,
    "R35": request.r35_urgent_inpatient,
    "R36": request.r36_mdt,
    "R37": patient.r37_resuscitation,
    "R38": request.r38_sepsis,
    "R39": results_age.r39_haemoglobin_unit,
    "R40": antithrombotics.r40_target_date,
    "R41": bleeding.r41_bleeding_disorder,
    "R42": gate.r42_unanswered,
}


def evaluate(facts: Facts, rules: RuleSet, now: datetime, *, live: bool = False) -> list[Flag]:
    """Every flag for one referral, gravest first.

    ``now`` is an aware time. ``live`` is True in live service, where test NHS numbers are
    refused. R01 and R02 end the evaluation: with either, it is the only flag.

    Raises ValueError for a naive time, RuleSetIncomplete when a row is missing.
    """
    if now.tzinfo is None:
        raise ValueError("evaluate() needs an aware time for `now`.")
    case = Case(facts, rules, now, live)
    for rule in ENDING_RULES.values():
        ended = rule(case)
        if ended:
            return ended
    return in_order(flag for rule in RULES.values() for flag in rule(case))
