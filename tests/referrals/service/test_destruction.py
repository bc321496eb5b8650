"""Approved destruction: what two people agreed to goes, whole and once; nothing else is touched."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from referral_people import REJECTION, consultant, person, questioned, sent

from referrals.models import (
    Attachment,
    AuditEvent,
    Destruction,
    Message,
    Referral,
    ReferralMove,
)
from referrals.service import attachment_files, correspondence, destruction, moves, retention
from referrals.service.reconciling import reconcile

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def people():
    return person("first", "IR governance"), person("second", "IR governance")


def closed(number="9990000018", line=None):
    """A rejected referral, past its date, with everything a record can have."""
    line = line or consultant()
    radiologist = person(f"radiologist{number}", "IR radiologist")
    referral = sent(line, nhs_number=number)
    attachment_files.keep(
        referral,
        line.user,
        name="scan.pdf",
        content_type="application/pdf",
        content=number.encode(),
    )
    correspondence.send_message(referral, line.user, "A word about Testpatient.", side="referrer")
    referral = questioned(referral, radiologist)
    correspondence.answer_information(
        referral, line.user, {"inr": "1.1"}, seen_row=referral.newest_row
    )
    referral.refresh_from_db()
    referral = moves.move(
        referral, radiologist, "REJECTED", REJECTION, seen_row=referral.newest_row
    )
    Referral.objects.filter(pk=referral.pk).update(destroy_after=LONG_AGO)
    referral.refresh_from_db()
    return referral


def agreed(referral, people):
    first, second = people
    retention.approve(referral, first)
    return destruction.agree(referral, second)


def everything_stored() -> str:
    """All rows of all tables of the private room, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("referrals_"):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                found += [(table, *row) for row in cursor.fetchall()]
    return "\n".join(repr(row) for row in found)


def test_an_old_page_puts_no_name_in_the_place_of_another(people):
    first, second = people
    referral = closed()
    approved = retention.approve(referral, first)
    assert retention.approve(referral, first).destruction_approved_at == (
        approved.destruction_approved_at
    )
    with pytest.raises(PermissionDenied, match="already"):
        retention.approve(referral, second)
    referral.refresh_from_db()
    assert referral.destruction_approved_by == first


def test_two_people_must_agree_and_one_person_is_not_two(people):
    referral = closed()
    first, second = people
    with pytest.raises(PermissionDenied):
        destruction.agree(referral, second)
    retention.approve(referral, first)
    assert not destruction.carry_out().done
    with pytest.raises(PermissionDenied, match="Somebody else"):
        destruction.agree(referral, first)
    with pytest.raises(PermissionDenied):
        destruction.agree(referral, person("coordinator", "IR coordinator"))
    assert Referral.objects.filter(pk=referral.pk).exists()
    destruction.agree(referral, second)
    assert destruction.carry_out().done == [referral.reference]


def test_all_of_the_record_goes_and_the_tombstone_and_the_log_stay(people, settings):
    referral = closed()
    kept = closed("9990000026", referral.responsible_consultant)
    key, hashed = referral.pk, referral.nhs_number_hash
    files = [attachment_files.path_of(each) for each in referral.attachments.all()]
    lines = AuditEvent.objects.filter(reference=referral.reference).count()
    agreed(referral, people)
    out = io.StringIO()
    call_command("destroy_approved", stdout=out)
    assert f"{referral.reference}: destroyed" in out.getvalue()
    assert not Referral.objects.filter(pk=key).exists()
    assert not Referral.history.filter(id=key).exists()
    assert not any(path.exists() for path in files)
    for model in (ReferralMove, Message, Attachment):
        assert set(model.objects.values_list("referral", flat=True)) == {kept.pk}
    stored = everything_stored()
    assert hashed not in stored
    assert kept.nhs_number_hash in stored
    tombstone = Destruction.objects.get()
    assert tombstone.stage == "done"
    assert (tombstone.reference, tombstone.retention_class) == (referral.reference, "not accepted")
    assert {tombstone.approved_by, tombstone.agreed_by} == set(people)
    assert tombstone.closed_at == referral.state_since
    assert AuditEvent.objects.filter(reference=referral.reference).count() > lines
    assert reconcile().problems == []


def test_running_again_changes_nothing(people):
    agreed(closed(), people)
    destruction.carry_out()
    before = Destruction.objects.values().get()
    assert destruction.carry_out() == destruction.Destroyed()
    assert Destruction.objects.values().get() == before


def test_a_crash_between_rows_and_files_is_taken_up_again(people, monkeypatch):
    referral = closed()
    (attachment,) = referral.attachments.all()
    path = attachment_files.path_of(attachment)
    agreed(referral, people)

    def crash(key):
        raise OSError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr(destruction, "_remove_files", crash)
        with pytest.raises(OSError, match="the disk"):
            destruction.carry_out()
    assert path.exists()
    assert Destruction.objects.get().files == [attachment.key.hex]
    assert destruction.carry_out().done == [referral.reference]
    assert not path.exists()


def test_a_crash_among_the_rows_leaves_the_whole_record(people, monkeypatch):
    referral = closed()
    agreed(referral, people)

    def crash(referral):
        referral.information_requests.all().delete()
        raise OSError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(destruction, "_delete", crash)
        with pytest.raises(OSError, match="power cut"):
            destruction.carry_out()
    assert referral.information_requests.count() == 1
    assert Destruction.objects.get().stage == "agreed"
    assert destruction.carry_out().done == [referral.reference]


def held(referral):
    Referral.objects.filter(pk=referral.pk).update(hold=True)


def opened_again(referral):
    Referral.objects.filter(pk=referral.pk).update(state="IN_VETTING")


def later_date(referral):
    Referral.objects.filter(pk=referral.pk).update(
        destroy_after=timezone.localdate() + timedelta(days=1)
    )


def moved_on(referral):
    Referral.objects.filter(pk=referral.pk).update(newest_row=referral.newest_row + 1)


def written_to(referral):
    correspondence.send_message(
        referral, referral.responsible_consultant.user, "What became of it?", side="referrer"
    )


@pytest.mark.parametrize("change", [held, opened_again, later_date, moved_on, written_to])
def test_a_record_that_changed_since_is_left_and_decided_again(people, change):
    referral = closed()
    agreed(referral, people)
    change(referral)
    with pytest.raises(CommandError, match="left"):
        call_command("destroy_approved", stdout=io.StringIO())
    left = Referral.objects.get(pk=referral.pk)
    assert left.identifiers["family_name"] == "Testpatient"
    assert left.destruction_approved_at is None
    assert Destruction.objects.get().stage == "stopped"
    assert not destruction.carry_out().done


def test_approvals_can_be_taken_back(people):
    referral = closed()
    agreed(referral, people)
    destruction.withdraw(referral, people[0])
    assert not destruction.carry_out().done
    assert Referral.objects.get(pk=referral.pk).destruction_approved_at is None


def test_what_nobody_approved_is_never_touched(people):
    line = consultant()
    due, other = closed("9990000018", line), closed("9990000026", line)
    agreed(due, people)
    destruction.carry_out()
    assert list(Referral.objects.all()) == [other]


def test_a_new_try_loses_only_its_link(people):
    line = consultant()
    old = closed("9990000018", line)
    new = sent(line, nhs_number="9990000026")
    Referral.objects.filter(pk=new.pk).update(earlier=old)
    agreed(old, people)
    assert destruction.carry_out().done == [old.reference]
    assert Referral.objects.get().earlier is None
    assert AuditEvent.objects.get(about__destroyed=True).about["later"] == [new.reference]


def test_the_page_leads_two_people_through_it(client, people, settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    referral = closed()
    first, second = people
    client.force_login(first)
    client.post(f"/triage/records/{referral.reference}/approve/")
    page = client.get("/triage/records/").content.decode()
    assert "A second person agrees." in page
    assert f"/triage/records/{referral.reference}/agree/" not in page
    client.post(f"/triage/records/{referral.reference}/agree/")
    assert not Destruction.objects.exists()
    client.force_login(second)
    assert (
        f"/triage/records/{referral.reference}/agree/"
        in client.get("/triage/records/").content.decode()
    )
    client.post(f"/triage/records/{referral.reference}/agree/")
    call_command("destroy_approved", stdout=io.StringIO())
    page = client.get("/triage/records/").content.decode()
    assert "Destroyed" in page
    assert "TESTPATIENT" not in page.upper()
