"""When a question is asked: by the columns of the chosen procedure and by earlier answers."""

from __future__ import annotations

from datetime import date

from referrals.form.questions import Asked, Condition
from referrals.identity import age_on
from referrals.vocabulary import NOT_KNOWN, Answer, Beam, Capacity, Implant, Setting, Sex, Urgency

HIGH_RISK_RESULTS = ("inr", "platelets", "hb")
DEVICES = frozenset({str(Implant.PACEMAKER), str(Implant.ICD), str(Implant.NEUROSTIMULATOR)})


def side_matters(asked: Asked) -> bool:
    """The catalogue asks for the side."""
    return asked.entry is not None and asked.entry.laterality_required


def level_matters(asked: Asked) -> bool:
    """The catalogue asks for a level or site."""
    return asked.entry is not None and asked.entry.level_required


def mdt_expected(asked: Asked) -> bool:
    """The procedure is usually agreed at an MDT."""
    return asked.entry is not None and asked.entry.mdt_expected


def contrast_into_vessel(asked: Asked) -> bool:
    """Contrast may go into a vessel ("maybe" and "operator" count), or nobody knows yet."""
    return asked.entry is None or asked.entry.contrast_into_vessel


def contrast_at_all(asked: Asked) -> bool:
    """Contrast may go anywhere."""
    return contrast_into_vessel(asked) or (
        asked.entry is not None and asked.entry.contrast_in_ducts_or_tubes
    )


def ablation_or_device(asked: Asked) -> bool:
    """Diathermy matters: ablation may be done, or a device may be in the body (R33)."""
    ablation = asked.entry is not None and asked.entry.ablation != Answer.NO
    implants = asked.answers.get("implants")
    return ablation or implants == NOT_KNOWN or bool(DEVICES & set(implants or ()))


def not_in_hospital(asked: Asked) -> bool:
    """At home now, so somebody must ring."""
    return asked.has("patient_setting", Setting.OUTPATIENT, Setting.DAY_CASE)


def no_nhs_number(asked: Asked) -> bool:
    """Without an NHS number the hospital number must identify the patient (R05)."""
    return not asked.answers.get("nhs_number")


def lacks_capacity(asked: Asked) -> bool:
    """Somebody else decides, and must be named (R28)."""
    return asked.has("capacity", Capacity.LACKS)


def results_wanted(asked: Asked) -> tuple[str, ...]:
    """The results whose absence a rule would flag: R09, R10, R18, and R20 to R23 (contrast)."""
    rows = asked.answers.get("antithrombotics")
    taken = {str(row.get("drug")) for row in rows} if isinstance(rows, list) else set()
    wanted = {*HIGH_RISK_RESULTS} if asked.high else set()
    wanted |= {"inr"} if taken & asked.inr_drugs else set()
    wanted |= {"aptt"} if taken & asked.aptt_drugs else set()
    wanted |= {"creatinine"} if taken & asked.kidney_drugs else set()
    wanted |= {"egfr"} if contrast_into_vessel(asked) else set()
    return tuple(sorted(wanted))


def result_wanted(name: str) -> Condition:
    """Whether this result is one of them."""

    def wanted(asked: Asked) -> bool:
        return name in results_wanted(asked)

    return wanted


def not_an_emergency(asked: Asked) -> bool:
    """Not a within-24-hours case: those have their urgency and conversation from the gate."""
    return not asked.has("urgency", Urgency.EMERGENCY_RECORDED)


def pregnancy_applies(asked: Asked) -> bool:
    """Physiology and age, not gender, and the beam between diaphragm and knees (section 3.5)."""
    if not asked.has("sex_registered_at_birth", Sex.FEMALE, Sex.NOT_KNOWN):
        return False
    beam = asked.entry.beam if asked.entry is not None else Beam.NOT_KNOWN
    if beam not in (Beam.TRUNK, Beam.NOT_KNOWN):
        return False
    born = asked.answers.get("date_of_birth")
    try:
        age = age_on(asked.today, date.fromisoformat(str(born)))
    except ValueError:
        return True
    first, last = asked.ages_for_pregnancy
    return first <= age <= last
