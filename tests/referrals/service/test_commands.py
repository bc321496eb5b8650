"""What cron and people run: chasing, reconciling, lists, exports."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone
from fhirclient.models.bundle import Bundle
from referral_people import (
    accepted,
    answers,
    applicant,
    consultant,
    delegate,
    draft,
    person,
    questioned,
    rejected,
    sent,
)

from referrals.models import AuditEvent, EntitledReferrer, Notification, Referral
from referrals.service import chasing, drafts, fhir_export, measures_export, retention
from referrals.service.configuration import current

pytestmark = pytest.mark.django_db


@pytest.fixture
def radiologist():
    return person("radiologist", "IR radiologist")


@pytest.fixture
def coordinator():
    return person("coordinator", "IR coordinator")


def after(referral, working_days):
    return current().calendar.add(referral.submitted_at, working_days) + timedelta(minutes=1)


def test_late_vetting_is_escalated_step_by_step_and_each_step_once(coordinator, radiologist):
    referral = sent(consultant())
    for days, words in ((2.6, 1), (5.1, 3), (10.1, 5)):
        chasing.escalate_vetting(after(referral, days))
        chasing.escalate_vetting(after(referral, days))
        told = Notification.objects.filter(status_word__startswith="waiting")
        assert told.count() == words
    assert Referral.objects.get().state == "SUBMITTED"


def test_a_question_is_chased_and_never_answered_by_a_timer(coordinator, radiologist):
    referral = questioned(sent(consultant()), radiologist)
    chasing.chase_questions(after(referral, 30))
    words = set(Notification.objects.values_list("status_word", flat=True))
    assert {"action still needed", "question not answered"} <= words
    assert Referral.objects.get(pk=referral.pk).state == "INFO_WANTED"


def test_an_unread_rejection_is_mailed_again_then_telephoned(coordinator, radiologist):
    referral = rejected(sent(consultant()), radiologist)
    chasing.chase_unread(after(referral, 2.2))
    told = Notification.objects.filter(key__contains="unread")
    assert {each.to for each in told} == {"person", "team", "IR"}


def test_an_account_lapses_on_its_date_and_is_warned_before(coordinator):
    line = consultant(expires_on=date.today() + timedelta(days=5))
    chasing.accounts(timezone.now())
    assert Notification.objects.filter(address=line.user.email).exists()
    EntitledReferrer.objects.filter(pk=line.pk).update(
        granted_on=date.today() - timedelta(days=9), expires_on=date.today() - timedelta(days=1)
    )
    chasing.accounts(timezone.now())
    line.refresh_from_db()
    assert line.status == "expired"


def test_old_drafts_end_and_sent_referrals_never_do():
    line = consultant()
    old, kept = draft(line), sent(line, nhs_number="9990000026")
    chasing.end_drafts(timezone.now() + timedelta(days=15))
    assert list(Referral.objects.all()) == [kept]
    assert AuditEvent.objects.filter(action="discarded", reference=f"draft {old.pk}").exists()


def test_results_that_grow_old_are_flagged_without_anyone_opening_the_page():
    referral = sent(consultant())
    assert referral.results_stale_at is not None
    later = referral.results_stale_at + timedelta(hours=1)
    chasing.age_results(later)
    assert "R34" in {flag.rule for flag in referral.evaluations.order_by("-at").first().flags.all()}


def test_chase_runs_whole(coordinator):
    sent(consultant())
    out = io.StringIO()
    call_command("chase", stdout=out)
    assert "escalated: 0" in out.getvalue()


def test_reconcile_is_content_with_a_full_set_and_finds_what_is_wrong(radiologist):
    line = consultant()
    for number, act in (
        ("9990000018", None),
        ("9990000026", accepted),
        ("9990000034", rejected),
        ("9990000042", questioned),
    ):
        referral = sent(line, nhs_number=number)
        if act:
            act(referral, radiologist)
    draft(line)
    out = io.StringIO()
    call_command("reconcile", stdout=out)
    assert "Every referral is in a list" in out.getvalue()
    Referral.objects.filter(state="ACCEPTED").update(state="LISTED")
    with pytest.raises(CommandError):
        call_command("reconcile", stdout=out)


def test_the_audit_csv_says_why_referrals_came_back_and_runs_no_formula(radiologist):
    line = consultant(specialty="=HYPERLINK(1)")
    rejected(sent(line), radiologist)
    questioned(sent(line, nhs_number="9990000026"), radiologist)
    out = io.StringIO()
    call_command("audit_csv", stdout=out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["specialty"] for row in rows] == ["'=HYPERLINK(1)"] * 2
    assert rows[0]["outcome reason"] == "alternative_better"
    assert rows[1]["information wanted for"] == "bloods_missing"
    assert "Testpatient" not in out.getvalue()


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n+1"])
def test_no_cell_begins_a_formula(start):
    assert measures_export.neutral(start).startswith("'")


def test_a_referral_goes_out_as_fhir_r4_and_reads_back(radiologist):
    line = consultant()
    referral = accepted(
        sent(
            line,
            procedure="nephrostomy-new",
            laterality="left",
            egfr="90",
            egfr_above=True,
            antithrombotics=[
                {"drug": "apixaban", "dose": "5 mg", "last_taken": "2026-03-01T08:00:00+00:00"}
            ],
            allergies=[
                {"agent": "Iodinated contrast", "reaction": "Urticaria", "severity": "mild"}
            ],
            implants=["pacemaker"],
            language="pl",
            ward="7",
            site="RJR05",
        ),
        radiologist,
        change_reason="A line first.",
    )
    text = json.dumps(fhir_export.bundle_of(referral).as_json())
    bundle = Bundle(json.loads(text))
    found = {}
    for entry in bundle.entry:
        found.setdefault(entry.resource.resource_type, []).append(entry.resource)
    requested, final = found["ServiceRequest"]
    assert (requested.status, requested.priority) == ("active", "routine")
    assert (
        final.basedOn[0].reference
        == bundle.entry[[each.resource for each in bundle.entry].index(requested)].fullUrl
    )
    assert requested.extension[0].valueCodeableConcept.coding[0].code == "312357002"
    patient = found["Patient"][0]
    assert patient.identifier[0].value == "9990000018"
    assert patient.identifier[0].extension[0].valueCodeableConcept.coding[0].code == "02"
    assert {each.code.text for each in found["Observation"]} >= {"INR", "eGFR", "Haemoglobin"}
    assert found["MedicationStatement"][0].medicationCodeableConcept.text == "Apixaban 5 mg"
    assert found["AllergyIntolerance"][0].reaction[0].severity == "mild"
    assert found["Task"][0].businessStatus.text == "ACCEPTED"
    assert "Flag" not in found
    assert "R15" not in text


def test_a_delegate_is_named_as_the_one_who_drafted():
    line, colleague = consultant(), delegate()
    made = drafts.create_referral(applicant(line, colleague), answers=answers())
    resources = fhir_export.bundle_of(made).as_json()["entry"]
    assert "Provenance" in {each["resource"]["resourceType"] for each in resources}


def test_records_are_listed_and_a_person_approves(radiologist):
    referral = rejected(sent(consultant()), radiologist)
    assert referral.retention_class == "not accepted"
    Referral.objects.filter(pk=referral.pk).update(destroy_after=date(2020, 1, 1))
    out = io.StringIO()
    call_command("retention_list", stdout=out)
    assert referral.reference in out.getvalue()
    with pytest.raises(PermissionDenied):
        retention.approve(referral, radiologist)
    approved = retention.approve(referral, person("governance", "IR governance"))
    assert approved.destruction_approved_at
    Referral.objects.filter(pk=referral.pk).update(hold=True)
    assert not retention.due().exists()


def test_commands_leave_their_line_in_the_log():
    referral = sent(consultant())
    call_command("fhir_export", referral.reference, stdout=io.StringIO())
    event = AuditEvent.objects.get(action="exported")
    assert event.actor_name == "command fhir_export"
    assert not mail.outbox
