"""Section 6.3, row by row: status, priority, and nothing grave lost on the way out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from referral_people import answers, applicant, consultant, person, rejected, sent

from referrals.service import drafts, fhir_export, moves, submission
from referrals.service.evaluation import flag_key
from referrals.states import FHIR_STATUS, State

pytestmark = pytest.mark.django_db

STATUS = {
    "draft": {"DRAFT", "AWAITING_CONSULTANT"},
    "active": {"SUBMITTED", "IN_VETTING", "ACCEPTED", "PREASSESS_BOOKED", "LISTED"},
    "on-hold": {"INFO_WANTED"},
    "completed": {"DONE"},
    "revoked": {"REJECTED", "REDIRECTED", "CANCELLED"},
}


def of_kind(referral, kind):
    entries = fhir_export.bundle_of(referral).as_json()["entry"]
    found = (entry["resource"] for entry in entries)
    return [resource for resource in found if resource["resourceType"] == kind]


@pytest.mark.parametrize("state", State)
def test_each_state_has_the_status_of_the_specification(state):
    assert state in STATUS[FHIR_STATUS[state]]


@pytest.mark.parametrize(
    ("urgency", "priority"),
    [("urgent", "urgent"), ("cancer", "urgent"), ("routine", "routine"), ("planned", "routine")],
)
def test_priority_by_urgency(urgency, priority):
    assert of_kind(sent(consultant(), urgency=urgency), "ServiceRequest")[0]["priority"] == priority


def test_a_case_within_24_hours_goes_as_soon_as_possible():
    line = consultant()
    an_hour_ago = timezone.now() - timedelta(hours=1)
    told = {"discussed_with": "On-call IR consultant", "discussed_at": an_hour_ago}
    made = drafts.create_referral(
        applicant(line, is_emergency="24 h", **told), answers=answers(urgency=None)
    )
    read = [flag_key(flag) for flag in submission.flags_before_sending(made, line.user)]
    referral = submission.submit(made, line.user, seen_row=1, acknowledged=read)
    assert of_kind(referral, "ServiceRequest")[0]["priority"] == "asap"


def test_what_was_entered_in_error_says_so_and_what_was_refused_is_revoked_with_its_reason():
    line = consultant()
    mistaken = sent(line)
    recorded = {"reason_code": "entered_in_error", "re_referral_needed": "no"}
    gone = moves.move(mistaken, line.user, State.CANCELLED, recorded, seen_row=2)
    assert of_kind(gone, "ServiceRequest")[0]["status"] == "entered-in-error"
    refused = rejected(sent(line), person("radiologist", "IR radiologist"))
    assert of_kind(refused, "ServiceRequest")[0]["status"] == "revoked"
    task = of_kind(refused, "Task")[0]
    assert (task["status"], task["businessStatus"]["text"]) == ("rejected", "REJECTED")
    assert task["statusReason"]["text"] == "alternative_better"


def test_a_severe_allergy_stays_severe_when_nobody_described_it():
    referral = sent(consultant(), allergies=[{"agent": "Latex", "severity": "severe"}])
    allergy = of_kind(referral, "AllergyIntolerance")[0]
    assert allergy["reaction"][0]["severity"] == "severe"


def test_an_infection_test_goes_out_with_its_day():
    referral = sent(consultant(), mrsa="positive", mrsa_on="2026-02-03", cpe_on="not known")
    days = {
        each["code"]["text"]: each.get("effectiveDateTime")
        for each in of_kind(referral, "Observation")
    }
    assert days["MRSA"] == "2026-02-03"
    assert days["CPE"] is None
