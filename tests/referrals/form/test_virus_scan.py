"""Where a scanner is joined, only a file that it calls clean is kept."""

import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from fake_clamd import EICAR, fake_clamd
from filling import begin
from test_uploads import paper

from referrals.models import Attachment, AuditEvent
from referrals.service import virus_scan

pytestmark = pytest.mark.django_db
NAME = "Letter about Ms Hidden.pdf"


@pytest.fixture
def address(consultant, line):
    return begin(consultant, line)


def add(client, address: str, content: bytes):
    return client.post(f"{address}files/", {"file": SimpleUploadedFile(NAME, content)})


def refusals() -> list[dict]:
    return [each.about for each in AuditEvent.objects.filter(action="refused")]


def test_a_clean_file_is_scanned_as_it_came_and_kept(consultant, address, settings):
    content = paper()
    with fake_clamd() as (settings.CLAMAV_ADDRESS, scanned):
        assert add(consultant, address, content).status_code == 302
    assert scanned == [content]
    assert Attachment.objects.count() == 1
    assert not refusals()


def test_an_infected_file_is_refused_and_audited_without_its_name(consultant, address, settings):
    with fake_clamd() as (settings.CLAMAV_ADDRESS, scanned):
        answer = add(consultant, address, paper() + EICAR)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert len(scanned) == 1
    assert "found something harmful in this file" in text
    assert 'href="#file"' in text
    assert not Attachment.objects.exists()
    (line,) = refusals()
    assert (line["reason"], line["found"], line["place"]) == ("infected", "Eicar-Test", "files")
    assert "Hidden" not in str(line)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"INSTREAM size limit exceeded. ERROR\n",
        b"stream: Can't open file ERROR\n",
        b"hello\n",
        b"\xff\xfe\n",
    ],
)
def test_no_clear_answer_refuses_the_file(consultant, address, settings, answer):
    with fake_clamd(answer) as (settings.CLAMAV_ADDRESS, _):
        page = add(consultant, address, paper())
    assert page.status_code == 422
    assert "does not answer just now" in page.content.decode()
    assert "what you typed is safe" in page.content.decode()
    assert not Attachment.objects.exists()
    assert [each["reason"] for each in refusals()] == ["not scanned"]


def test_a_scanner_that_is_not_there_refuses_the_file(consultant, address, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMAV_ADDRESS = f"127.0.0.1:{free.getsockname()[1]}"
        assert add(consultant, address, paper()).status_code == 422
    assert not Attachment.objects.exists()


def test_a_scanner_that_hangs_refuses_the_file(consultant, address, settings, monkeypatch):
    monkeypatch.setattr(virus_scan, "SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.CLAMAV_ADDRESS = f"127.0.0.1:{silent.getsockname()[1]}"
        assert add(consultant, address, paper()).status_code == 422
    assert not Attachment.objects.exists()


def test_without_a_scanner_the_operating_guide_and_the_decisions_say_so():
    from pathlib import Path

    docs = Path(__file__).resolve().parents[3] / "docs"
    assert "`CLAMAV_ADDRESS`" in (docs / "operating.md").read_text()
    decisions = (docs / "what-the-department-must-decide.md").read_text()
    assert "files are **not** scanned" in decisions


@pytest.mark.parametrize(
    ("scanner", "words"),
    [("", "Files are not scanned for viruses."), ("127.0.0.1:3310", "Files are scanned for")],
)
def test_ir_staff_see_whether_files_are_scanned(client, settings, scanner, words):
    import referral_people

    settings.CLAMAV_ADDRESS = scanner
    client.force_login(referral_people.person("administrator", "IR administrator"))
    assert words in client.get("/triage/arrangements/").content.decode()
