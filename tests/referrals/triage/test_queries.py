"""The page of a referral that has everything still asks the database at most 12 times."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from referral_people import consultant, person, questioned, rejected, sent

from procedures import library
from referrals.accounts import sessions
from referrals.models import AccountRequest, Referral
from referrals.service import attachment_files, correspondence, guarding, moves
from referrals.states import State
from referrals.triage.access import OPENED

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def everything():
    """Messages both ways, files, an answered question, a possible duplicate."""
    line, radiologist = consultant(), person("vetter", "IR radiologist")
    referral = sent(line)
    sent(line, duplicate_reason="A second line.")
    for name in ("a.pdf", "b.pdf"):
        attachment_files.keep(
            referral,
            line.user,
            name=name,
            content_type="application/pdf",
            content=name.encode(),
        )
    referral = questioned(referral, radiologist)
    correspondence.answer_information(
        referral, line.user, {"inr": "1.1"}, seen_row=referral.newest_row
    )
    correspondence.send_message(referral, radiologist, "Thank you.", side="IR")
    correspondence.send_message(referral, line.user, "Any news?", side="referrer")
    return referral


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return [each["sql"][:150] for each in queries.captured_queries], answer.content.decode()


def test_a_referral_with_everything_takes_at_most_twelve_queries(client, everything):
    client.force_login(person("radiologist", "IR radiologist"))
    address = f"/triage/{everything.reference}/"
    client.get("/triage/")
    first, page = asked(client, address)
    assert "Any news?" in page
    assert "b.pdf" in page
    assert len(first) <= MOST_QUERIES, "\n".join(first)
    again, _ = asked(client, address)
    assert len(again) <= MOST_QUERIES, "\n".join(again)


@pytest.fixture
def opened_cold(monkeypatch):
    """As a page opens in real life: the public library is looked at anew, and the session is noted."""

    def opened(client, address):
        session = client.session
        session[sessions.LAST_SEEN_AT] -= sessions.WRITTEN_EVERY + 1
        session.save()
        with monkeypatch.context() as always:
            always.setattr(library, "SECONDS_BETWEEN_LOOKS", 0)
            found, page = asked(client, address)
        return [sql for sql in found if not sql.startswith(("SAVEPOINT", "RELEASE"))], page

    return opened


@pytest.mark.parametrize("groups", [["IR radiologist"], ["IR radiologist", "IR administrator"]])
def test_the_first_opening_by_ir_takes_at_most_twelve_reads_and_writes_together(
    client, everything, opened_cold, groups
):
    client.force_login(person("radiologist", *groups))
    address = f"/triage/{everything.reference}/"
    client.get("/triage/")
    found, page = opened_cold(client, address)
    assert "Any news?" in page
    assert "b.pdf" in page
    written = [sql.split('"')[1] for sql in found if sql.startswith(("UPDATE", "INSERT"))]
    assert sorted(written) == ["django_session", "referrals_auditevent", "referrals_message"]
    assert any("contentversion" in sql for sql in found)
    assert len(found) <= MOST_QUERIES, "\n".join(found)
    assert not everything.messages.filter(side="referrer", read_at__isnull=True).exists()


def test_the_first_opening_by_the_team_takes_at_most_twelve_reads_and_writes_together(
    client, everything, opened_cold
):
    """A question that waits, a message not read, files, and an earlier referral that this one follows."""
    radiologist = person("second", "IR radiologist")
    everything.refresh_from_db()
    recorded = {
        "items": ["bloods_missing"],
        "fields": ["hb", "hb_at"],
        "note": "Please send the haemoglobin.",
        "needed_by": "2099-01-01",
    }
    vetter = everything.vetter or radiologist
    moves.move(everything, vetter, State.INFO_WANTED, recorded, seen_row=everything.newest_row)
    earlier = rejected(sent(everything.responsible_consultant, duplicate_reason="x"), radiologist)
    Referral.objects.filter(pk=everything.pk).update(earlier=earlier)
    client.force_login(everything.responsible_consultant.user)
    address = f"/referrals/{everything.reference}/"
    client.get("/referrals/")
    found, page = opened_cold(client, address)
    for words in ("Thank you.", "Please send the haemoglobin.", "b.pdf", earlier.reference, "New"):
        assert words in page
    written = sorted(sql.split('"')[1] for sql in found if sql.startswith(("UPDATE", "INSERT")))
    assert written == ["django_session", "referrals_auditevent", "referrals_message"]
    assert len(found) <= MOST_QUERIES, "\n".join(found)
    assert not everything.messages.filter(side="IR", read_at__isnull=True).exists()


def test_a_flagged_record_takes_at_most_twelve_too(client, everything):
    radiologist = person("radiologist", "IR radiologist")
    guarding.set_guard(everything, radiologist, "family")
    client.force_login(radiologist)
    session = client.session
    session[OPENED] = [everything.pk]
    session.save()
    client.get("/triage/")
    address = f"/triage/{everything.reference}/"
    client.get(address)
    found, page = asked(client, address)
    assert "family or close to a member of staff" in page
    assert len(found) <= MOST_QUERIES, "\n".join(found)


@pytest.mark.parametrize("groups", [("IR radiologist",), ("IR coordinator",)])
def test_a_worklist_takes_at_most_twelve(client, everything, groups):
    client.force_login(person("someone", *groups))
    client.get("/triage/")
    found, _ = asked(client, "/triage/")
    assert len(found) <= MOST_QUERIES, "\n".join(found)


def test_a_referrers_pages_take_at_most_twelve(client, everything):
    client.force_login(everything.responsible_consultant.user)
    for address in ("/referrals/", f"/referrals/{everything.reference}/"):
        client.get(address)
        found, _ = asked(client, address)
        assert len(found) <= MOST_QUERIES, (address, "\n".join(found))


PLACES = {
    "IR radiologist": {"Worklists", "Measures", "Times in use"},
    "IR vetter": {"Worklists", "Times in use"},
    "IR coordinator": {"Worklists", "Measures", "Times in use"},
    "IR administrator": {"Times in use", "Account requests"},
    "IR governance": {"Measures", "Records", "Flagged records", "Times in use"},
    "IR lead": {"Measures", "Times in use"},
}


@pytest.mark.parametrize("group", PLACES)
def test_the_header_leads_each_role_to_its_work_and_to_nothing_that_is_closed(client, group):
    AccountRequest.objects.create(
        full_name="Dr Ask Test",
        grade="consultant",
        job_title="Consultant",
        specialty="Urology",
        gmc_number="7000077",
        organisation_code="RJR",
        organisation_name="Countess",
        work_email="ask@test.example",
        team_mailbox="team@test.example",
    )
    client.force_login(person("someone", group, is_staff=True))
    start = "/triage/arrangements/" if "Times in use" in PLACES[group] else "/triage/measures/"
    page = client.get(start).content.decode()
    nav = re.search(r'<nav class="ir-places".*?</nav>', page, re.S).group(0)
    links = {
        re.sub(r"<.*", "", text, flags=re.S).strip(): href
        for href, text in re.findall(r'href="([^"]+)"[^>]*>(.*?)</a>', nav, re.S)
    }
    assert set(links) == PLACES[group] | {"Admin"}
    for href in links.values():
        assert client.get(href).status_code == 200, href
    if group == "IR administrator":
        assert re.search(r'ir-count">\s*1<', nav)
