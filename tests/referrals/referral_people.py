"""People, teams and referrals for tests, made through the same functions as everything else."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from referrals.models import Delegate, EntitledReferrer, Organisation, Referral, Team
from referrals.service import drafts, gate, moves, submission
from referrals.service.evaluation import flag_key
from referrals.states import State

PASSWORD = "a-long-test-password"


def person(name: str, *groups: str, **about: Any) -> User:
    """Someone with an account; groups by name."""
    user = User.objects.create_user(
        f"{name}@test.example", f"{name}@test.example", PASSWORD, **about
    )
    user.first_name, user.last_name = name.capitalize(), "Test"
    user.save()
    found = Group.objects.filter(name__in=groups)
    assert len(found) == len(groups), groups
    user.groups.add(*found)
    return user


def team(code: str = "RJR", name: str = "Vascular surgery") -> Team:
    return Team.objects.get_or_create(
        organisation=Organisation.objects.get(code=code),
        name=name,
        defaults={"mailbox": f"{name.split()[0].lower()}.{code.lower()}@team.example"},
    )[0]


def consultant(
    name: str = "consultant",
    *,
    of: Team | None = None,
    gmc: str = "7000001",
    **about: Any,
) -> EntitledReferrer:
    """An entitled consultant with an account."""
    of = of or team()
    today = date.today()
    line = {
        "user": person(name),
        "full_name": f"Dr {name.capitalize()} Test",
        "gmc_number": gmc,
        "organisation": of.organisation,
        "team": of,
        "specialty": "Vascular surgery",
        "status": "active",
        "granted_by": User.objects.first(),
        "granted_on": today - timedelta(days=30),
        "expires_on": today + timedelta(days=300),
        **about,
    }
    line["granted_by"] = line["granted_by"] or line["user"]
    return EntitledReferrer.objects.create(**line)


def delegate(name: str = "registrar", *, of: Team | None = None) -> User:
    """A colleague who drafts for a team."""
    user = person(name)
    today = date.today()
    Delegate.objects.create(
        user=user,
        team=of or team(),
        job_title="Registrar",
        granted_on=today - timedelta(days=1),
        expires_on=today + timedelta(days=90),
    )
    return user


def applicant(line: EntitledReferrer, user: User | None = None, **about: Any) -> gate.Applicant:
    return gate.Applicant(
        **{
            "user": user or line.user,
            "is_emergency": "no",
            "organisation_code": line.organisation.code,
            "acting_as": "delegate" if user else "consultant",
            "consultant": line,
            **about,
        }
    )


CALM = (
    *("bleeding_disorder", "liver_disease", "bleeding_now", "unwell_now", "sepsis_now"),
    *("aki_suspected", "heart_failure", "kidney_transplant", "ckd", "metformin"),
    *("diathermy_planned", "sleep_apnoea", "home_oxygen", "airway_difficulty", "sedation_problem"),
)


def answers(**changes: Any) -> dict[str, Any]:
    """A complete, unremarkable document; a name set to None falls out."""
    hours_ago = (timezone.now() - timedelta(hours=3)).isoformat()
    given: dict[str, Any] = {
        "nhs_number": "9990000018",
        "family_name": "Testpatient",
        "given_name": "Example",
        "date_of_birth": "1960-01-02",
        "hospital_number": "W0000001",
        "hospital_number_issuer": "RJR",
        "address_postcode": "CH64 9ZZ",
        "identity_confirmed": True,
        "sex_registered_at_birth": "M",
        "patient_setting": "outpatient",
        "urgency": "routine",
        "procedure": "picc",
        "clinical_indication": "Long course of antibiotics into a vein is needed.",
        "question": "Please place a line for six weeks.",
        "previous_imaging": "none",
        "mdt_discussed": "yes",
        "antithrombotics": "none",
        "allergies": "none known",
        "high_thrombotic_risk": "none",
        "bleeding_history": "negative",
        "dialysis": "none",
        "diabetes": "none",
        "thyroid_disease": "none",
        "implants": "none",
        "capacity": "has capacity",
        "patient_aware": "yes",
        "resuscitation_status": "for full",
        "pregnancy_status": "not applicable",
        "can_lie_flat": "yes",
        "weight_kg": "80",
        "asa_grade": "2",
        **dict.fromkeys(CALM, "no"),
        **dict.fromkeys(("mrsa", "cpe", "c_diff", "resp_isolation", "bbv"), "negative"),
    }
    for name, value in (
        ("inr", "1.0"),
        ("platelets", "250"),
        ("aptt", "30"),
        ("hb", "130"),
        ("creatinine", "80"),
        ("egfr", "80"),
    ):
        given[name] = value
        given[f"{name}_at"] = hours_ago
    given.update(changes)
    return {name: value for name, value in given.items() if value is not None}


def draft(line: EntitledReferrer, user: User | None = None, **changes: Any) -> Referral:
    """A draft with a complete document."""
    return drafts.create_referral(
        applicant(line, user), token=uuid.uuid4(), answers=answers(**changes)
    )


def sent(line: EntitledReferrer, **changes: Any) -> Referral:
    """A referral that IR has, every red flag acknowledged."""
    made = draft(line, **changes)
    read = [flag_key(flag) for flag in submission.flags_before_sending(made, line.user)]
    return submission.submit(made, line.user, seen_row=made.newest_row, acknowledged=read)


ACCEPTANCE = {
    "final_procedure": "picc",
    "urgency": "routine",
    "imaging_guidance": "ultrasound",
    "anaesthetic": "local",
    "contrast": "none",
    "bloods_wanted": "none further",
    "antithrombotic_plan_owner": "not needed",
    "justification": "Net benefit; no other route.",
}
REJECTION = {
    "reason_code": "alternative_better",
    "note": "A midline is enough.",
    "advice": "Ask the line team.",
}


def vetted(referral: Referral, by: User) -> Referral:
    """In vetting, with this vetter."""
    return moves.move(referral, by, State.IN_VETTING, {}, seen_row=referral.newest_row)


def accepted(referral: Referral, by: User, **changes: Any) -> Referral:
    in_vetting = vetted(referral, by)
    return moves.move(
        in_vetting, by, State.ACCEPTED, {**ACCEPTANCE, **changes}, seen_row=in_vetting.newest_row
    )


def rejected(referral: Referral, by: User) -> Referral:
    in_vetting = vetted(referral, by)
    return moves.move(in_vetting, by, State.REJECTED, REJECTION, seen_row=in_vetting.newest_row)


def questioned(referral: Referral, by: User, *fields: str) -> Referral:
    in_vetting = vetted(referral, by)
    recorded = {
        "items": ["bloods_missing"],
        "fields": list(fields or ("inr", "inr_at")),
        "note": "Please send the INR.",
        "needed_by": (date.today() + timedelta(days=3)).isoformat(),
    }
    return moves.move(in_vetting, by, State.INFO_WANTED, recorded, seen_row=in_vetting.newest_row)
