"""Who the patient is stands nowhere in the clear: not in tables, histories, e-mails, logs, files."""

import io
import logging

import pytest
from cryptography.fernet import Fernet
from django.core import mail
from django.core.management import call_command
from django.db import connection
from referral_people import consultant, draft, person, questioned, rejected, sent

from referrals.encryption import CannotDecrypt, decrypt
from referrals.models import Notification, Referral
from referrals.service import attachment_files, correspondence, drafts, notices, worklists

pytestmark = pytest.mark.django_db

MARKS = (
    "9990000018",
    "999 000 0018",
    "Testpatient",
    "TESTPATIENT",
    "1960-01-02",
    "W0000001",
    "CH64 9ZZ",
)
CLINICAL = ("Long course of antibiotics", "place a line for six weeks", "Please send the INR")


def everything() -> str:
    """Every value of every table, as a thief would read it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def a_full_life():
    line = consultant()
    radiologist = person("radiologist", "IR radiologist")
    referral = questioned(sent(line), radiologist)
    correspondence.answer_information(
        referral, line.user, {"inr": "1.1"}, seen_row=referral.newest_row
    )
    correspondence.send_message(referral, line.user, "Testpatient rang about it.", side="referrer")
    worklists.find(radiologist, "999 000 0018")
    attachment_files.keep(
        referral,
        line.user,
        name="Testpatient.pdf",
        content_type="application/pdf",
        content=b"Testpatient",
    )
    rejected(sent(line, nhs_number="9990000026"), radiologist)
    return referral


def test_the_database_and_its_histories_hold_no_identifier_in_the_clear():
    referral = a_full_life()
    text = everything()
    for mark in (*MARKS, *CLINICAL):
        assert mark not in text, mark
    assert referral.history.count() >= 2
    assert Referral.objects.get(pk=referral.pk).nhs_number == "9990000018"


def test_a_dump_holds_no_identifier_in_the_clear():
    a_full_life()
    out = io.StringIO()
    call_command("dumpdata", "referrals", stdout=out, verbosity=0)
    for mark in (*MARKS, *CLINICAL):
        assert mark not in out.getvalue(), mark


def test_files_on_the_disk_cannot_be_read(settings):
    a_full_life()
    for path in settings.ATTACHMENT_ROOT.rglob("*"):
        if path.is_file():
            assert b"Testpatient" not in path.read_bytes()
            assert path.stat().st_mode & 0o077 == 0


def test_emails_hold_a_reference_a_word_and_a_link_and_nothing_else(
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks(execute=True):
        referral = a_full_life()
    assert len(mail.outbox) >= 8
    for message in mail.outbox:
        whole = message.message().as_string()
        for mark in (*MARKS, *CLINICAL, "PICC", "outpatient", "INR", "alternative", "midline"):
            assert mark not in whole, mark
        assert "sign in" in message.body.lower()
    assert any(referral.reference in message.subject for message in mail.outbox)


def test_logs_hold_no_identifier(caplog):
    caplog.set_level(logging.DEBUG, logger="referrals")
    with caplog.at_level(logging.INFO):
        a_full_life()
    for mark in (*MARKS, *CLINICAL):
        assert mark not in caplog.text


def test_a_refused_mail_is_kept_and_sent_again(monkeypatch, django_capture_on_commit_callbacks):
    def down(self, fail_silently=False):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    line = consultant()
    with django_capture_on_commit_callbacks(execute=True):
        referral = sent(line)
    assert referral.reference
    assert {each.outcome for each in Notification.objects.all()} == {"failed"}
    assert notices.undelivered() == 2
    monkeypatch.undo()
    assert notices.send([each.pk for each in Notification.objects.all()]) == 2
    assert notices.undelivered() == 0


def test_mail_that_came_back_alerts_the_coordinators(django_capture_on_commit_callbacks):
    coordinator = person("coordinator", "IR coordinator")
    with django_capture_on_commit_callbacks(execute=True):
        sent(consultant())
        row = Notification.objects.filter(to="person").first()
        call_command("bounced", str(row.pk), problem="mailbox full", stdout=io.StringIO())
    assert mail.outbox[-1].to == [coordinator.email]
    assert notices.undelivered() == 1


def test_keys_are_replaced_without_losing_anything(settings):
    referral = a_full_life()
    row = referral.attachments.get()
    old = settings.IDENTIFIER_KEYS
    new = Fernet.generate_key().decode()
    settings.IDENTIFIER_KEYS = [new, *old]
    call_command("rotate_identifier_keys", stdout=io.StringIO())
    settings.IDENTIFIER_KEYS = [new]
    assert Referral.objects.get(pk=referral.pk).nhs_number == "9990000018"
    assert [each.identifiers["family_name"] for each in referral.history.all()]
    assert [each.recorded for each in referral.moves.all()]
    assert attachment_files.read(row, person("again", "IR radiologist")) == b"Testpatient"
    settings.IDENTIFIER_KEYS = list(old)
    with pytest.raises(CannotDecrypt):
        Referral.objects.get(pk=referral.pk)


def test_a_discarded_draft_leaves_no_copy():
    line = consultant()
    made = draft(line)
    drafts.save_draft(made, line.user, {"ward": "7"})
    drafts.discard_draft(made, line.user)
    assert not Referral.objects.exists()
    assert not Referral.history.exists()


def test_a_value_cannot_be_searched_for_and_a_forged_one_cannot_be_read():
    made = draft(consultant())
    with pytest.raises(Exception, match=r"lookup|Unsupported"):
        Referral.objects.filter(identifiers="x").exists()
    with pytest.raises(CannotDecrypt):
        decrypt("gAAAAA" + "x" * 80)
    assert made.nhs_number_hash
