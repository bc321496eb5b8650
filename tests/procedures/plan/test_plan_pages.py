"""The plan as a page, a PDF and a calendar file; and that nothing typed is kept anywhere."""

import logging
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from procedures.plan_calendar import calendar_file
from procedures.preparation import Facts, plan
from procedures.wording import LONDON

ADDRESS = "/procedures/nephrostomy/plan/"


def ahead(days: int = 20, **changes: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=days)
    return {
        "day": day.day,
        "month": day.month,
        "year": day.year,
        "time": "1:30pm",
        "tick": ["blood_thinners", "glp1"],
        "as": "page",
    } | changes


@pytest.mark.django_db
def test_form_says_that_nothing_is_kept(client):
    response = client.get(ADDRESS)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "We keep nothing." in shown
    assert 'method="post"' in shown
    assert "/static/referrals." in shown
    assert not response.cookies


@pytest.mark.django_db
def test_plan_as_a_page(client):
    response = client.post(ADDRESS, ahead())
    shown = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    for words in (
        "The week before",
        "The day before",
        "Last meal",
        "7:30am on",
        "Last drink",
        "11:30am on",
        "When you arrive",
        "The first night",
        "The first week",
        "When to ring",
        "Your letter comes first.",
        "You take a blood thinner",
    ):
        assert words in shown, words
    assert "#source-" not in shown


@pytest.mark.django_db
def test_mistakes_keep_what_was_typed(client):
    response = client.post(ADDRESS, ahead(day="31", month="2", time="half <b>past"))
    shown = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "There is a problem" in shown
    assert shown.count("There is no day 31 in February") == 2
    assert 'href="#arrive-day"' in shown
    assert 'id="arrive-day"' in shown
    assert 'value="half &lt;b&gt;past"' in shown
    assert 'value="blood_thinners" checked' in shown
    assert "<title>Error: " in " ".join(shown.split())


@pytest.mark.django_db
def test_plan_as_pdf(client):
    response = client.post(ADDRESS, ahead(**{"as": "pdf"}))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    reader = PdfReader(BytesIO(response.content))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert b"pdfuaid:part" in response.content
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert "Last meal: 7:30am on" in words
    assert "Call 999" in words


@pytest.mark.django_db
def test_plan_as_calendar(client):
    response = client.post(ADDRESS, ahead(**{"as": "calendar"}))
    assert response["Content-Type"].startswith("text/calendar")
    made = Calendar.from_ical(response.content)
    assert [str(zone["TZID"]) for zone in made.walk("VTIMEZONE")] == ["Europe/London"]
    assert len(made.walk("VEVENT")) == 7
    assert b"nephrostomy" not in response.content.lower()


@pytest.mark.parametrize(
    ("now", "arrives"),
    [
        (datetime(2027, 3, 20, 9, tzinfo=LONDON), datetime(2027, 3, 28, 7, tzinfo=LONDON)),
        (datetime(2027, 10, 20, 9, tzinfo=LONDON), datetime(2027, 10, 31, 7, tzinfo=LONDON)),
        (datetime(2027, 10, 30, 23, tzinfo=LONDON), datetime(2027, 10, 31, 7, tzinfo=LONDON)),
        (datetime(2027, 6, 1, 9, tzinfo=LONDON), datetime(2027, 6, 1, 10, tzinfo=LONDON)),
    ],
)
def test_calendar_holds_the_same_instants(now, arrives):
    made = plan(arrives, now, frozenset(), Facts("A", food_hours=6, drink_hours=2))
    written = calendar_file(made, now, UUID(int=7))
    read = Calendar.from_ical(written)
    events = read.walk("VEVENT")
    kept = [moment for moment in made.moments if moment.slug != "now"]
    assert len({str(event["UID"]) for event in events}) == len(events) == len(kept)
    for event, moment in zip(events, kept, strict=True):
        start = event["DTSTART"].dt
        assert start.astimezone(UTC) == moment.at.astimezone(UTC)
        alarms = event.walk("VALARM")
        assert len(alarms) == (moment.reminder is not None)
        for alarm in alarms:
            due = start.astimezone(UTC) + alarm["TRIGGER"].dt
            assert due > now.astimezone(UTC)
            assert due == moment.reminder.astimezone(UTC)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


@pytest.mark.django_db
def test_nothing_typed_reaches_a_row_a_log_or_an_address(client, caplog, django_assert_num_queries):
    client.get(ADDRESS)
    secret = "11:47pm"
    with caplog.at_level(logging.DEBUG), connection.execute_wrapper(_no_writing):
        for kind in ("page", "pdf", "calendar"):
            response = client.post(ADDRESS, ahead(time=secret, sure="yes", **{"as": kind}))
            assert response.status_code == 200
            assert "Location" not in response
        client.post(ADDRESS, ahead(time="11:47 xx"))
    assert "11:47" not in caplog.text
    assert "blood_thinners" not in caplog.text


def _no_writing(execute, sql, params, many, context):
    assert sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE")), sql
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_query_strings_fill_in_nothing(client):
    shown = client.get(ADDRESS + "?day=8&month=12&year=2030&time=8am").content.decode()
    assert 'value="2030"' not in shown


@pytest.mark.django_db
def test_unknown_procedure_and_other_methods(client):
    assert client.get("/procedures/no-such/plan/").status_code == 404
    assert client.post("/procedures/no-such/plan/", ahead()).status_code == 404
    assert client.put(ADDRESS).status_code == 405


@pytest.mark.django_db
def test_no_token_is_needed_and_odd_posts_are_harmless():
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS, ahead()).status_code == 200
    assert "There is a problem" in strict.post(ADDRESS, {}).content.decode()
    assert strict.post(ADDRESS, ahead(**{"as": "nonsense"})).status_code == 200
    shown = strict.post(ADDRESS, {"day": "\x00", "time": "<script>"}).content.decode()
    assert "“&lt;script&gt;” is not a time" in shown
