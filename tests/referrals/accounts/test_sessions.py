"""Sessions end: after 15 minutes idle, after 12 hours, on signing out, on a new password, on disabling."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from .conftest import PASSWORD, code_of, sign_in, sign_in_fully

MINUTE, HOUR = 60, 3600
PAGE = "/accounts/email/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict")]


@pytest.fixture
def inside(client, app_secret) -> Client:
    """A browser of someone fully signed in."""
    sign_in_fully(client, app_secret)
    assert client.get(PAGE).status_code == 200
    return client


def test_fourteen_minutes_idle_is_well(inside, clock):
    clock.pass_time(14 * MINUTE)
    assert inside.get(PAGE).status_code == 200
    clock.pass_time(14 * MINUTE)
    assert inside.get(PAGE).status_code == 200


def test_fifteen_minutes_idle_signs_out_and_says_why(inside, clock):
    clock.pass_time(15 * MINUTE + 1)
    answer = inside.get("/referrals/some-reference/?nhs=9990000000")
    assert answer["Location"] == "/accounts/login/?ended=idle&next=%2Freferrals%2Fsome-reference%2F"
    assert "_auth_user_id" not in inside.session
    page = inside.get(answer["Location"]).content.decode()
    assert "nothing happened for 15 minutes. Drafts you saved are safe." in page


def test_twelve_hours_is_the_end_however_busy(inside, clock):
    for _ in range(71):
        clock.pass_time(10 * MINUTE)
        assert inside.get(PAGE).status_code == 200
    clock.pass_time(10 * MINUTE)
    assert inside.get(PAGE)["Location"].startswith("/accounts/login/?ended=long")


def test_looking_at_the_clock_does_not_keep_the_session(inside, clock):
    for _ in range(4):
        clock.pass_time(4 * MINUTE)
        answer = inside.get("/accounts/session/", headers={"X-Session-Passive": "1"})
    assert answer.status_code == 401
    assert "_auth_user_id" not in inside.session


def test_the_button_keeps_the_session(inside, clock):
    clock.pass_time(14 * MINUTE)
    assert inside.post("/accounts/session/keep/").json()["ends_in"] >= 15 * MINUTE - 2
    clock.pass_time(14 * MINUTE)
    assert inside.get(PAGE).status_code == 200


def test_keeping_does_not_revive_a_session_that_is_over(inside, clock):
    clock.pass_time(16 * MINUTE)
    answer = inside.post("/accounts/session/keep/", headers={"Accept": "application/json"})
    assert answer.status_code == 401


def test_a_script_is_told_plainly_that_the_session_is_over(inside, clock):
    clock.pass_time(16 * MINUTE)
    answer = inside.get("/referrals/x/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json() == {"signed_in": False, "ended": "idle"}


def test_pages_carry_the_limits_for_the_warning(inside):
    page = inside.get(PAGE).content.decode()
    assert 'data-warn-before="120"' in page
    assert 'id="session-warning"' in page
    assert "Stay signed in" in page


def test_signing_in_makes_a_new_key(client, app_secret):
    client.get("/accounts/login/")
    sign_in(client)
    before = client.session.session_key
    client.post("/accounts/2fa/authenticate/", {"code": code_of(app_secret)})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session_on_the_server(inside):
    key = inside.session.session_key
    answer = inside.post("/accounts/logout/")
    assert answer["Location"] == "/accounts/login/?ended=signed-out"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()


def test_following_a_link_does_not_sign_out(inside):
    assert inside.get("/accounts/logout/").status_code == 200
    assert inside.get(PAGE).status_code == 200


def test_a_new_password_ends_every_session(inside, app_secret):
    elsewhere = Client()
    sign_in_fully(elsewhere, app_secret)
    new = "quite-different-words-now"
    inside.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    for browser in (inside, elsewhere):
        assert browser.get(PAGE)["Location"].startswith("/accounts/login/")


def test_a_disabled_account_is_out_at_its_next_request_and_stays_out(inside, person):
    person.is_active = False
    person.save()
    assert inside.get(PAGE)["Location"].startswith("/accounts/login/")
    person.is_active = True
    person.save()
    assert inside.get(PAGE)["Location"].startswith("/accounts/login/")


def test_a_disabled_account_does_not_sign_in(client, person):
    person.is_active = False
    person.save()
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_a_session_without_its_times_is_over(inside):
    session = inside.session
    del session["signed_in_at"]
    session.save()
    assert inside.get(PAGE).status_code == 302


def test_the_cookie_is_for_this_site_and_not_for_scripts(inside):
    cookie = inside.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
