"""Two vetters never both decide; moves are never changed; nobody decides beyond their role."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from referral_people import (
    ACCEPTANCE,
    REJECTION,
    accepted,
    consultant,
    draft,
    person,
    questioned,
    rejected,
    sent,
    vetted,
)

from referrals.models import AuditEvent, ReferralMove
from referrals.service import correspondence, evaluation, moves
from referrals.service.moves import MoveRefused
from referrals.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def radiologist():
    return person("radiologist", "IR radiologist")


@pytest.fixture
def second():
    return person("second", "IR radiologist")


def test_two_vetters_who_open_the_same_page_do_not_both_start(radiologist, second):
    referral = sent(consultant())
    vetted(referral, radiologist)
    with pytest.raises(MoveRefused) as refused:
        moves.move(referral, second, State.IN_VETTING, {}, seen_row=referral.newest_row)
    assert refused.value.changed_meanwhile
    assert ReferralMove.objects.filter(target="IN_VETTING").count() == 1
    assert AuditEvent.objects.filter(action="changed meanwhile", actor=second).exists()


def test_one_decides_and_the_other_is_told(radiologist, second):
    referral = vetted(sent(consultant()), radiologist)
    with pytest.raises(MoveRefused) as refused:
        moves.move(referral, second, State.ACCEPTED, ACCEPTANCE, seen_row=referral.newest_row)
    assert "Take it over first" in str(refused.value)
    moves.take_over(referral, second, seen_row=referral.newest_row)
    with pytest.raises(MoveRefused):
        moves.move(referral, radiologist, State.REJECTED, REJECTION, seen_row=referral.newest_row)
    done = moves.move(referral, second, State.ACCEPTED, ACCEPTANCE, seen_row=referral.newest_row)
    assert done.state == "ACCEPTED"


def test_an_old_page_never_decides(radiologist):
    referral = vetted(sent(consultant()), radiologist)
    with pytest.raises(MoveRefused):
        moves.move(referral, radiologist, State.ACCEPTED, ACCEPTANCE, seen_row=2)


@pytest.mark.parametrize(
    ("group", "target", "given"),
    [
        ("IR vetter", State.ACCEPTED, ACCEPTANCE),
        ("IR vetter", State.REJECTED, REJECTION),
        ("IR coordinator", State.ACCEPTED, ACCEPTANCE),
        ("IR coordinator", State.REJECTED, REJECTION),
    ],
)
def test_only_an_ir_consultant_accepts_and_rejects(group, target, given, radiologist):
    referral = vetted(sent(consultant()), radiologist)
    other = person("other", group)
    if group == "IR vetter":
        moves.take_over(referral, other, seen_row=referral.newest_row)
    with pytest.raises(MoveRefused) as refused:
        moves.move(referral, other, target, given, seen_row=referral.newest_row)
    assert "not for the" in str(refused.value)


@pytest.mark.parametrize(
    "group", ["IR governance", "IR administrator", "IR lead", "Site administrator", "Editor"]
)
def test_others_move_nothing(group, radiologist):
    referral = sent(consultant())
    with pytest.raises(PermissionDenied):
        moves.move(referral, person("other", group), State.IN_VETTING, {}, seen_row=2)
    assert AuditEvent.objects.filter(action="denied").exists()


def test_a_rejection_stays_open_until_the_team_has_read_it(radiologist):
    line = consultant()
    referral = rejected(sent(line), radiologist)
    assert referral.outcome_read_at is None
    read = correspondence.acknowledge_outcome(referral, line.user)
    first = read.outcome_read_at
    assert correspondence.acknowledge_outcome(referral, line.user).outcome_read_at == first
    with pytest.raises(PermissionDenied):
        correspondence.acknowledge_outcome(referral, radiologist)


def test_the_team_fills_only_what_was_asked(radiologist):
    line = consultant()
    referral = questioned(sent(line), radiologist, "inr", "inr_at")
    with pytest.raises(PermissionDenied):
        correspondence.answer_information(
            referral, line.user, {"nhs_number": "9990000026"}, seen_row=referral.newest_row
        )
    back = correspondence.answer_information(
        referral, line.user, {"inr": "1.3"}, seen_row=referral.newest_row
    )
    assert back.answers["inr"] == "1.3"
    assert back.information_requests.get().changes["inr"] == {"before": "1.0", "after": "1.3"}


def test_a_move_is_never_changed(radiologist):
    row = accepted(sent(consultant()), radiologist).moves.first()
    row.target = "REJECTED"
    with pytest.raises(PermissionDenied):
        row.save()
    with pytest.raises(PermissionDenied):
        ReferralMove.objects.update(target="REJECTED")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_referralmove SET target = 'REJECTED'")


def test_the_audit_log_is_never_changed_or_cut():
    sent(consultant())
    event = AuditEvent.objects.first()
    for act in (event.delete, event.save, AuditEvent.objects.all().delete):
        with pytest.raises(PermissionDenied):
            act()
    for statement in (
        "UPDATE referrals_auditevent SET action = 'read'",
        "DELETE FROM referrals_auditevent",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_flags_are_worked_out_again_with_what_vetting_knows(radiologist):
    referral = vetted(
        sent(consultant(), procedure="peripheral-angiogram", laterality="left", inr="1.9"),
        radiologist,
    )
    before = {flag.rule for flag in _newest(referral)}
    moves.save_vetting(
        referral,
        radiologist,
        {"access": "radial artery", "sheath_f": "5"},
        seen_row=referral.newest_row,
    )
    after = {flag.rule for flag in _newest(referral)}
    assert "R11" in before
    assert "R11" not in after


def _newest(referral):
    return referral.evaluations.order_by("-at").first().flags.all()


def test_sending_and_answering_are_never_bare_moves(radiologist):
    line = consultant()
    waiting = draft(line)
    with pytest.raises(MoveRefused, match="own page"):
        moves.move(
            waiting, line.user, State.SUBMITTED, {"consultant_confirmed_at": "now"}, seen_row=1
        )
    asked = questioned(sent(line, nhs_number="9990000026"), radiologist)
    with pytest.raises(MoveRefused, match="own page"):
        moves.move(
            asked, line.user, State.IN_VETTING, {"answers": ["inr"]}, seen_row=asked.newest_row
        )
    assert asked.information_requests.get().answered_at is None


def test_results_age_by_the_urgency_that_ir_has_set(radiologist):
    old = (timezone.now() - timedelta(days=5)).isoformat()
    times = {f"{name}_at": old for name in ("inr", "platelets", "aptt", "hb")}
    referral = accepted(sent(consultant(), **times), radiologist, urgency="urgent")
    assert [flag.id for flag in evaluation.assess(referral).flags] == ["R34"]
    calm = accepted(
        sent(consultant("other", gmc="7000002"), nhs_number="9990000026", **times), radiologist
    )
    assert not evaluation.assess(calm).flags
