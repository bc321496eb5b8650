"""Demo mode alone: the demo people on the register, and a few test patients to vet.

Every patient is called TESTPATIENT and has a number of the range kept for tests (999...). All
goes through the same functions as real work, so the gate, the flags and the log are real.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from referrals.eligibility import EntitlementStatus
from referrals.models import Delegate, EntitledReferrer, Organisation, Referral, Team
from referrals.registration import TEST_NUMBER
from referrals.service import drafts, evaluation, gate, submission
from referrals.vocabulary import ActingAs, Emergency

TRUST = "RJR"
TEAM = "Demonstration team"
CONSULTANT, DELEGATE = "consultant@demo.example", "delegate@demo.example"
GROUPS = {
    "radiologist@demo.example": ("IR radiologist",),
    "coordinator@demo.example": ("IR coordinator",),
    "admin@demo.example": ("IR administrator", "IR lead", "IR governance"),
}
_NAMESPACE = uuid.UUID("6f1c1a52-5f0e-4a34-9d5c-0a6b8a5f2c11")
_CALM = (
    *("bleeding_disorder", "liver_disease", "bleeding_now", "unwell_now", "sepsis_now"),
    *("aki_suspected", "heart_failure", "kidney_transplant", "ckd", "metformin"),
    *("diathermy_planned", "sleep_apnoea", "home_oxygen", "airway_difficulty", "sedation_problem"),
)
_INFECTIONS = ("mrsa", "cpe", "c_diff", "resp_isolation", "bbv")
_PATIENTS: tuple[dict[str, Any], ...] = (
    {
        "nhs_number": "9990000018",
        "given_name": "Example One",
        "procedure": "picc",
        "clinical_indication": "A test: six weeks of medicine into a vein.",
        "question": "A test: please place a line.",
    },
    {
        "nhs_number": "9990000026",
        "given_name": "Example Two",
        "procedure": "nephrostomy-new",
        "laterality": "left",
        "urgency": "urgent",
        "patient_setting": "inpatient",
        "ward": "Test ward",
        "target_date": "tomorrow",
        "target_reason": "A test: the kidney is obstructed.",
        "discussed_with_ir": "A test conversation",
        "clinical_indication": "A test: an obstructed kidney, and a blood thinner this morning.",
        "question": "A test: please drain the left kidney.",
        "antithrombotics": [{"drug": "apixaban", "dose": "5 mg", "last_taken": "now"}],
        "high_thrombotic_risk": "none",
    },
    {
        "nhs_number": "9990000034",
        "given_name": "Example Three",
        "procedure": "iliac-angioplasty",
        "laterality": "right",
        "level_or_site": "common iliac",
        "inr": "1.6",
        "platelets": "45",
        "clinical_indication": "A test: pain on walking that limits life.",
        "question": "A test: please treat the narrowing.",
    },
)


def set_up() -> int:
    """Put the demo people on the register and send the test patients. Returns how many were sent.

    Can be run any number of times: what is there stays as it is. Needs the demo accounts.
    """
    people = {
        user.username: user
        for user in get_user_model().objects.filter(username__endswith="@demo.example")
    }
    for address, groups in GROUPS.items():
        if address in people:
            people[address].groups.add(*Group.objects.filter(name__in=groups))
    if CONSULTANT not in people:
        return 0
    line = _register(people)
    sent = 0
    for patient in _PATIENTS:
        sent += _send(line, patient)
    return sent


def _register(people: dict[str, Any]) -> EntitledReferrer:
    trust = Organisation.objects.get(code=TRUST)
    today = timezone.localdate()
    team, _ = Team.objects.get_or_create(
        organisation=trust, name=TEAM, defaults={"mailbox": "team@demo.example"}
    )
    line, _ = EntitledReferrer.objects.get_or_create(
        gmc_number=TEST_NUMBER,
        organisation=trust,
        defaults={
            "user": people[CONSULTANT],
            "full_name": people[CONSULTANT].get_full_name(),
            "team": team,
            "specialty": "Demonstration",
            "status": EntitlementStatus.ACTIVE,
            "granted_by": people.get("admin@demo.example") or people[CONSULTANT],
            "granted_on": today,
            "expires_on": today + timedelta(days=365),
        },
    )
    if DELEGATE in people:
        Delegate.objects.get_or_create(
            user=people[DELEGATE],
            team=team,
            defaults={
                "job_title": "Registrar",
                "granted_on": today,
                "expires_on": today + timedelta(days=365),
            },
        )
    return line


def _send(line: EntitledReferrer, patient: dict[str, Any]) -> bool:
    token = uuid.uuid5(_NAMESPACE, patient["nhs_number"])
    if Referral.objects.filter(token=token).exists():
        return False
    made = drafts.create_referral(
        gate.Applicant(line.user, Emergency.NO, TRUST, ActingAs.CONSULTANT, line),
        token=token,
        answers=_document(patient),
    )
    read = [evaluation.flag_key(flag) for flag in submission.flags_before_sending(made, line.user)]
    submission.submit(made, line.user, seen_row=made.newest_row, acknowledged=read)
    return True


def _document(patient: dict[str, Any]) -> dict[str, Any]:
    now = timezone.now()
    taken = (now - timedelta(hours=3)).isoformat()
    results = {"inr": "1.1", "platelets": "220", "hb": "128", "creatinine": "85", "egfr": "78"}
    document: dict[str, Any] = {
        "family_name": "Testpatient",
        "date_of_birth": "1958-03-04",
        "hospital_number": "T0000001",
        "hospital_number_issuer": TRUST,
        "identity_confirmed": True,
        "sex_registered_at_birth": "M",
        "patient_setting": "outpatient",
        "urgency": "routine",
        "request_mode": "procedure",
        "relevant_history": "A test.",
        "previous_imaging": "none",
        "mdt_discussed": "yes",
        "antithrombotics": "none",
        "allergies": "none known",
        "bleeding_history": "negative",
        "dialysis": "none",
        "diabetes": "none",
        "thyroid_disease": "none",
        "implants": "none",
        "capacity": "has capacity",
        "patient_aware": "yes",
        "resuscitation_status": "for full",
        "can_lie_flat": "yes",
        "weight_kg": "78",
        **dict.fromkeys(_CALM, "no"),
        **dict.fromkeys(_INFECTIONS, "negative"),
        **results,
        **{f"{name}_at": taken for name in results},
        **patient,
    }
    if document.get("target_date") == "tomorrow":
        document["target_date"] = (timezone.localdate() + timedelta(days=1)).isoformat()
    if "discussed_with_ir" in document:
        document["discussed_at"] = (now - timedelta(hours=1)).isoformat()
    for row in document["antithrombotics"] if isinstance(document["antithrombotics"], list) else []:
        row["last_taken"] = taken
    return document
