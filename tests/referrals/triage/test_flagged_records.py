"""Records of colleagues and their families open only with a reason, which governance reviews."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from referral_people import consultant, person, sent

from referrals.models import AuditEvent, GuardedOpening, Notification, RecordGuard
from referrals.service import chasing, guarding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def flagged():
    referral = sent(consultant())
    guarding.set_guard(referral, person("coordinator", "IR coordinator"), "family")
    return referral


@pytest.fixture
def radiologist():
    return person("radiologist", "IR radiologist")


WHY = {"reason": "vetting", "words": "I am the vetter of the day."}


def test_the_flag_is_set_and_lifted_by_those_who_may_and_audited(radiologist):
    referral = sent(consultant())
    with pytest.raises(PermissionDenied):
        guarding.set_guard(referral, person("vetter", "IR vetter"), "colleague")
    guarding.set_guard(referral, radiologist, "colleague")
    guarding.lift_guard(referral, radiologist)
    lines = AuditEvent.objects.filter(action="guarded").order_by("id")
    assert [(each.actor, each.about["flag"]) for each in lines] == [
        (radiologist, "set"),
        (radiologist, "lifted"),
    ]
    assert RecordGuard.objects.get().lifted_by == radiologist


@pytest.mark.parametrize("rest", ["", "print/", "fhir.json", "step/cancel/"])
def test_no_page_of_a_flagged_record_opens_before_a_reason(client, flagged, radiologist, rest):
    client.force_login(radiologist)
    answer = client.get(f"/triage/{flagged.reference}/{rest}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/triage/{flagged.reference}/reason/"
    answer = client.post(f"/triage/{flagged.reference}/message/", {"body": "Hello there"})
    assert answer.headers["Location"] == f"/triage/{flagged.reference}/reason/"
    page = client.get(f"/triage/{flagged.reference}/reason/").content.decode()
    assert "Testpatient" not in page
    assert "TESTPATIENT" not in page
    assert not AuditEvent.objects.filter(action="read").exists()


def test_a_reason_opens_it_for_this_session_alone_and_stands_in_the_log(
    client, flagged, radiologist
):
    client.force_login(radiologist)
    address = f"/triage/{flagged.reference}/"
    answer = client.post(f"{address}reason/", WHY)
    assert answer.headers["Location"] == address
    assert "TESTPATIENT" in client.get(address).content.decode()
    line = AuditEvent.objects.get(action="opened with reason")
    assert line.actor == radiologist
    assert line.about == WHY
    client.logout()
    client.force_login(radiologist)
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": ""},
        {"reason": "curiosity"},
        {"words": ""},
        {"words": "because"},
        {"words": "To see what Testpatient has."},
        {"words": "Number 999 000 0018 rang us."},
        {"words": "x" * 201},
    ],
)
def test_a_reason_that_says_nothing_or_names_the_patient_is_refused(
    client, flagged, radiologist, changes
):
    client.force_login(radiologist)
    answer = client.post(f"/triage/{flagged.reference}/reason/", WHY | changes)
    assert answer.status_code == 422
    assert not GuardedOpening.objects.exists()
    assert client.get(f"/triage/{flagged.reference}/").status_code == 302


def test_lists_leave_out_the_name_of_a_flagged_record(client, flagged, radiologist):
    client.force_login(radiologist)
    for page in (client.get("/triage/"), client.get("/triage/today/")):
        text = page.content.decode()
        assert "Flagged record" in text
        assert flagged.reference in text
        for mark in ("TESTPATIENT", "999 000 0018", "W0000001", "1960"):
            assert mark not in text


def test_governance_reviews_each_week_and_never_its_own(client, flagged):
    both = person("both", "IR radiologist", "IR governance")
    governance = person("governance", "IR governance", is_staff=True)
    own = guarding.give_reason(flagged, both, **WHY)
    with pytest.raises(PermissionDenied):
        guarding.review(own, both)
    now = timezone.now()
    chasing.chase(now)
    chasing.chase(now)
    told = Notification.objects.filter(status_word="openings to review", address=governance.email)
    assert told.count() == 1
    chasing.chase(now + timedelta(days=7))
    assert told.count() == 2
    client.force_login(governance)
    page = client.get("/triage/openings/").content.decode()
    assert WHY["words"] in page
    assert "TESTPATIENT" not in page
    client.post(f"/triage/openings/{own.pk}/reviewed/")
    own.refresh_from_db()
    assert own.reviewed_by == governance
    assert not guarding.to_review().exists()
