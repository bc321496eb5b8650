"""The day the site does not answer (hazard H11): paper form, kept list, and a page that needs nothing."""

import io
import os
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from referral_people import accepted, consultant, person, sent, vetted

from referrals.downtime import files, keeping, paper
from referrals.form.definition import all_questions
from referrals.models import AuditEvent
from referrals.service import moves
from referrals.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def on_a_list():
    radiologist = person("radiologist", "IR radiologist", "IR coordinator")
    referral = accepted(sent(consultant(), patient_setting="inpatient", ward="7"), radiologist)
    recorded = {
        "list_date": (date.today() + timedelta(days=2)).isoformat(),
        "list_name": "Room 1",
        "order_needs": "First",
    }
    return moves.move(
        referral, radiologist, State.LISTED, recorded, seen_row=referral.newest_row
    ), radiologist


def test_the_form_on_paper_asks_what_the_screens_ask():
    labels = {line.label for part in paper.parts() for line in part.lines}
    for question in all_questions():
        if question.name in paper.NOT_ON_PAPER or question.kind == "time of the sample":
            continue
        asked = [label for _, label in question.items] or [question.label]
        assert set(asked) <= labels, question.name
    everything = [line for part in paper.parts() for line in part.lines]
    assert all(line.boxes or line.rows for line in everything)
    inr = next(line for line in everything if line.label == "INR")
    assert "time of the sample" in inr.hint


def test_the_form_and_the_downtime_page_hold_no_patient_and_need_no_server(tmp_path):
    sent(consultant())
    call_command("downtime_pages", tmp_path, stdout=io.StringIO())
    for name in ("index.html", "blank-form.html"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "through the hospital switchboard" in text
        assert "TESTPATIENT" not in text
        assert "Testpatient" not in text
        assert 'src="' not in text
        assert "<link" not in text
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "GP practices" in page
    assert "specialty" in page


def test_the_list_names_who_what_and_where_with_the_gravest_flags(client):
    referral, radiologist = on_a_list()
    waiting = sent(
        consultant("second", gmc="7000002"),
        nhs_number="9990000026",
        family_name="Otherpatient",
        procedure="nephrostomy-new",
        laterality="left",
        inr="3.9",
    )
    vetted(waiting, radiologist)
    client.force_login(radiologist)
    page = client.get("/triage/today/").content.decode()
    for words in (
        "TESTPATIENT, Example",
        "999 000 0018",
        "OTHERPATIENT",
        "Room 1",
        "First",
        "left",
        "RED:",
        referral.reference,
        "Flags are reminders, not clearance.",
    ):
        assert words in page, words
    line = AuditEvent.objects.get(action="printed")
    assert line.actor == radiologist
    assert line.about["referrals"] == 2


def test_the_kept_copy_is_encrypted_outside_the_web_and_opens_without_the_database(
    settings, tmp_path, django_db_blocker
):
    on_a_list()
    call_command("downtime_copy", stdout=io.StringIO())
    (copy,) = keeping.copies()
    assert b"TESTPATIENT" not in copy.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert AuditEvent.objects.filter(action="exported", about__referrals=1).exists()
    now = timezone.now()
    with django_db_blocker.block():
        text, _ = keeping.open_newest("Somebody", "The site does not answer", now)
    assert "TESTPATIENT, Example" in text
    assert "The site does not answer" in (copy.parent / keeping.OPENINGS).read_text()


def test_opening_the_copy_asks_who_and_why_and_writes_for_this_account_alone(tmp_path):
    on_a_list()
    call_command("downtime_copy", stdout=io.StringIO())
    target = tmp_path / "list.html"
    with pytest.raises(CommandError):
        call_command("open_downtime_copy", "--for=", "--reason=x", f"--to={target}")
    call_command(
        "open_downtime_copy",
        "--for=Ward clerk",
        "--reason=No network",
        f"--to={target}",
        stdout=io.StringIO(),
    )
    assert target.stat().st_mode & 0o777 == 0o600
    assert "TESTPATIENT" in target.read_text()
    assert AuditEvent.objects.filter(actor_name="command open_downtime_copy").exists()


def test_a_folder_that_the_web_or_others_can_read_is_refused(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "pictures"
    settings.DOWNTIME_ROOT = tmp_path / "pictures" / "lists"
    with pytest.raises(CommandError, match="web server"):
        call_command("downtime_copy")
    settings.DOWNTIME_ROOT = tmp_path / "open"
    settings.DOWNTIME_ROOT.mkdir(mode=0o755)
    settings.DOWNTIME_ROOT.chmod(0o755)
    with pytest.raises(CommandError, match="read by others"):
        call_command("downtime_copy")


def test_old_copies_go_when_a_new_one_is_made():
    now = timezone.now()
    old = keeping.keep("old", now - timedelta(days=3))
    os.utime(old, ((now - timedelta(days=3)).timestamp(),) * 2)
    new = keeping.keep("new", now)
    assert keeping.copies() == [new]


def test_the_list_is_made_in_few_queries(django_assert_max_num_queries):
    line = consultant()
    for number in ("9990000018", "9990000026", "9990000034"):
        sent(line, nhs_number=number)
    with django_assert_max_num_queries(14):
        _text, count = files.todays_list(timezone.now())
    assert count == 3
