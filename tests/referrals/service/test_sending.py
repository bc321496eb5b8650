"""Sending a referral: complete, once, by the consultant alone."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from referral_people import answers, applicant, consultant, delegate, draft, sent

from referrals.models import AuditEvent, Referral, ReferralMove
from referrals.references import new_reference, parse_reference
from referrals.service import drafts, moves, submission
from referrals.service.evaluation import flag_key
from referrals.states import State

pytestmark = pytest.mark.django_db


def test_a_consultant_sends_a_complete_referral_and_gets_a_reference(
    django_capture_on_commit_callbacks,
):
    line = consultant()
    with django_capture_on_commit_callbacks(execute=True):
        referral = sent(line)
    assert parse_reference(referral.reference) == referral.reference
    stored = Referral.objects.get(pk=referral.pk)
    assert (stored.state, stored.newest_row, stored.urgency_rank) == ("SUBMITTED", 2, 3)
    assert stored.vet_due_at > stored.submitted_at
    assert [row.target for row in stored.moves.all()] == ["DRAFT", "SUBMITTED"]
    assert stored.evaluations.get().rule_set == stored.rule_set == "1"
    assert {each.to[0] for each in mail.outbox} == {line.user.email, line.team.mailbox}


def test_sending_twice_changes_nothing():
    line = consultant()
    referral = sent(line)
    again = submission.submit(referral, line.user, seen_row=1)
    assert again.reference == referral.reference
    assert ReferralMove.objects.filter(referral=referral, target="SUBMITTED").count() == 1


def test_a_reference_that_is_taken_is_drawn_again(monkeypatch):
    line = consultant()
    first = sent(line)
    free = new_reference(2026)
    drawn = iter([first.reference, first.reference, free])
    monkeypatch.setattr(submission, "new_reference", lambda year: next(drawn))
    second = sent(line)
    assert second.reference == free
    assert set(Referral.objects.values_list("reference", flat=True)) == {first.reference, free}


def test_the_same_form_begun_twice_is_one_draft():
    line, token = consultant(), uuid.uuid4()
    first = drafts.create_referral(applicant(line), token=token, answers=answers())
    second = drafts.create_referral(applicant(line), token=token, answers=answers())
    assert first.pk == second.pk
    assert Referral.objects.count() == 1


def test_a_delegate_drafts_but_does_not_send():
    line, colleague = consultant(), delegate()
    referral = draft(line, colleague)
    with pytest.raises(PermissionDenied):
        submission.submit(referral, colleague, seen_row=1)
    handed = moves.move(referral, colleague, State.AWAITING_CONSULTANT, {}, seen_row=1)
    assert handed.state == "AWAITING_CONSULTANT"
    done = submission.submit(handed, line.user, seen_row=handed.newest_row)
    assert done.reference


def test_a_consultant_cannot_send_for_another():
    line, other = consultant(), consultant("other", gmc="7000002")
    referral = draft(line)
    with pytest.raises(PermissionDenied):
        submission.submit(referral, other.user, seen_row=1)
    assert Referral.objects.get(pk=referral.pk).reference is None


def test_red_flags_must_be_read_before_sending():
    line = consultant()
    referral = draft(line, procedure="nephrostomy-new", hb=None, hb_at=None)
    with pytest.raises(submission.NotReady) as refused:
        submission.submit(referral, line.user, seen_row=1)
    assert {flag.id for flag in refused.value.flags} == {"R09"}
    read = [flag_key(flag) for flag in refused.value.flags]
    done = submission.submit(referral, line.user, seen_row=1, acknowledged=read)
    kept = done.evaluations.get().flags.get(rule="R09")
    assert kept.acknowledged_by == line.user


@pytest.mark.parametrize(
    "missing",
    ["clinical_indication", "identity_confirmed", "allergies", "nhs_number", "urgency"],
)
def test_what_the_law_asks_for_blocks_sending(missing):
    line = consultant()
    changes = {missing: None}
    referral = draft(line, **changes)
    with pytest.raises(submission.NotReady):
        submission.submit(referral, line.user, seen_row=1)
    assert not AuditEvent.objects.filter(action="submitted").exists()


def test_what_was_typed_and_not_understood_blocks_sending_and_is_kept():
    line = consultant()
    referral = draft(line, unfinished={"inr": "one point two"})
    with pytest.raises(submission.NotReady) as refused:
        submission.submit(referral, line.user, seen_row=1)
    assert refused.value.unfinished == ("inr",)
    assert referral.answers["unfinished"] == {"inr": "one point two"}


def test_two_tabs_with_different_sections_do_not_undo_each_other():
    line = consultant()
    referral = draft(line)
    drafts.save_draft(referral, line.user, {"ward": "7"})
    drafts.save_draft(referral, line.user, {"bed": "3", "gender": None})
    kept = Referral.objects.get(pk=referral.pk).answers
    assert (kept["ward"], kept["bed"]) == ("7", "3")


def spoken(line, **about):
    """An applicant who has telephoned about a case within 24 hours."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    told = {"discussed_with": "On-call IR consultant", "discussed_at": an_hour_ago}
    return applicant(line, is_emergency="24 h", **told, **about)


def test_only_the_gate_makes_a_case_one_within_24_hours():
    line = consultant()
    with pytest.raises(drafts.AnswersRefused) as refused:
        draft(line, urgency="24 h")
    assert "telephone" in refused.value.problems["urgency"]
    calm = draft(line)
    with pytest.raises(drafts.AnswersRefused):
        drafts.save_draft(calm, line.user, {"urgency": "24 h"})
    assert Referral.objects.get(pk=calm.pk).urgency == "routine"


def test_a_case_within_24_hours_is_never_called_routine():
    line = consultant()
    made = drafts.create_referral(spoken(line), answers=answers(urgency="routine"))
    assert made.urgency == made.answers["urgency"] == "24 h"
    kept = drafts.save_draft(made, line.user, {"urgency": "planned"})
    assert (kept.urgency, kept.urgency_rank) == ("24 h", 0)


def test_a_new_try_asks_again_what_was_true_of_the_day():
    line = consultant()
    told = {"sepsis_now": "yes", "pregnancy_status": "not pregnant", "urgency": None}
    made = drafts.create_referral(spoken(line), answers=answers(**told))
    read = [flag_key(flag) for flag in submission.flags_before_sending(made, line.user)]
    first = submission.submit(made, line.user, seen_row=1, acknowledged=read)
    recorded = {"reason_code": "resolved", "re_referral_needed": "yes"}
    closed = moves.move(first, line.user, State.CANCELLED, recorded, seen_row=2)
    again = drafts.create_referral(applicant(line), earlier=closed)
    assert again.urgency == ""
    asked_anew = {"urgency", "sepsis_now", "pregnancy_status", "high_thrombotic_risk"}
    assert not asked_anew & set(again.answers)
    assert again.answers["allergies"] == "none known"


def test_a_new_try_brings_all_but_bloods_and_drugs():
    from referral_people import person, rejected

    line = consultant()
    closed = rejected(sent(line), person("radiologist", "IR radiologist"))
    again = drafts.create_referral(applicant(line), earlier=closed)
    assert again.earlier == closed
    assert again.patient_name == "TESTPATIENT, Example"
    assert not {"inr", "hb_at", "antithrombotics", "identity_confirmed"} & set(again.answers)
