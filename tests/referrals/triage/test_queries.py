"""The page of a referral that has everything still asks the database at most 12 times."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from referral_people import consultant, person, questioned, sent

from referrals.models import AccountRequest
from referrals.service import attachment_files, correspondence, guarding
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
    again, _ = asked(client, address)
    assert len(again) <= MOST_QUERIES, "\n".join(again)
    # The very first opening also marks the message as read.
    reads = [
        sql for sql in first if not sql.startswith(("UPDATE", "INSERT", "SAVEPOINT", "RELEASE"))
    ]
    assert len(reads) <= MOST_QUERIES, "\n".join(first)


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
