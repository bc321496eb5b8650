"""Without scripts: a screen sent after the session ended comes back as it was typed."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from filling import SCREENS, begin, hidden

from referrals.accounts import held_screens, sessions
from referrals.models import Referral

pytestmark = pytest.mark.django_db
TYPED = "Six weeks of antibiotics for Ms Hidden"


@pytest.fixture
def address(consultant, line):
    return begin(consultant, line)


def opened(client, address: str, slug: str = "reason") -> dict[str, str]:
    """A screen as the browser holds it, filled in."""
    page = client.get(f"{address}{slug}/")
    boxes = {name: hidden(page, name) for name in ("seen", "holder")}
    return {**SCREENS[slug], "clinical_indication": TYPED, **boxes}


def end_session(client) -> None:
    session = client.session
    session[sessions.LAST_SEEN_AT] = time.time() - 16 * 60
    session.save()


def test_it_comes_back_after_signing_in_and_can_be_saved(consultant, line, address):
    screen = opened(consultant, address)
    end_session(consultant)
    answer = consultant.post(f"{address}reason/", screen)
    assert answer["Location"].startswith("/accounts/login/?ended=idle&next=")
    assert "Hidden" not in answer["Location"]
    assert "clinical_indication" not in Referral.objects.get().answers
    consultant.force_login(line.user)
    page = consultant.get(f"{address}reason/")
    text = page.content.decode()
    assert "You had been signed out" in text
    assert TYPED in text
    again = {**SCREENS["reason"], "clinical_indication": TYPED, "seen": hidden(page, "seen")}
    assert consultant.post(f"{address}reason/", again).status_code == 302
    assert Referral.objects.get().answers["clinical_indication"] == TYPED
    assert "You had been signed out" not in consultant.get(f"{address}reason/").content.decode()


def test_nothing_lies_readable_in_the_session_or_in_a_cookie(consultant, address):
    screen = opened(consultant, address)
    end_session(consultant)
    answer = consultant.post(f"{address}reason/", screen)
    stored = " ".join(str(each.get_decoded()) for each in Session.objects.all())
    assert "held_screens" in stored
    assert "Hidden" not in stored
    assert "Hidden" not in str(answer.cookies)


def test_somebody_else_in_the_same_browser_sees_none_of_it(consultant, line, address):
    import referral_people

    screen = opened(consultant, address)
    end_session(consultant)
    consultant.post(f"{address}reason/", screen)
    consultant.force_login(referral_people.delegate(of=line.team))
    text = consultant.get(f"{address}reason/").content.decode()
    assert TYPED not in text
    assert "You had been signed out" not in text


def test_it_is_kept_for_an_hour(consultant, line, address, monkeypatch):
    screen = opened(consultant, address)
    end_session(consultant)
    consultant.post(f"{address}reason/", screen)
    consultant.force_login(line.user)
    later = time.time() + held_screens.HELD_FOR + 1
    monkeypatch.setattr(held_screens.time, "time", lambda: later)
    assert TYPED not in consultant.get(f"{address}reason/").content.decode()


@pytest.mark.parametrize("holder", ["", "made up", None])
def test_words_that_somebody_else_wrote_are_not_put_into_the_form(
    consultant, line, address, holder
):
    screen = opened(consultant, address)
    other = hidden(consultant.get(f"{address}contact/"), "holder")
    screen["holder"] = other if holder is None else holder
    end_session(consultant)
    consultant.post(f"{address}reason/", screen)
    consultant.force_login(line.user)
    assert TYPED not in consultant.get(f"{address}reason/").content.decode()


def test_a_browser_that_was_signed_out_wholly_keeps_it_too(consultant, line, address):
    screen = opened(consultant, address)
    consultant.logout()
    consultant.post(f"{address}reason/", screen)
    consultant.force_login(line.user)
    assert TYPED in consultant.get(f"{address}reason/").content.decode()


def test_a_new_sign_in_in_another_tab_does_not_lose_what_this_one_typed(line):
    """Signing in changes the token against forged requests, so this screen's token is old."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(line.user)
    plain = Client()
    plain.force_login(line.user)
    address = begin(plain, line)
    screen = opened(strict, address)
    answer = strict.post(f"{address}reason/", {**screen, "csrfmiddlewaretoken": "x" * 64})
    assert answer["Location"] == f"{address}reason/"
    text = strict.get(f"{address}reason/").content.decode()
    assert TYPED in text
    assert "clinical_indication" not in Referral.objects.get().answers
    forged = {name: value for name, value in screen.items() if name != "holder"}
    assert strict.post(f"{address}reason/", forged).status_code == 403


def test_a_change_made_meanwhile_is_still_noticed(consultant, line, address):
    from filling import fill

    screen = opened(consultant, address)
    fill(consultant, address, "reason", clinical_indication="Saved by a colleague meanwhile")
    end_session(consultant)
    consultant.post(f"{address}reason/", screen)
    consultant.force_login(line.user)
    page = consultant.get(f"{address}reason/")
    again = {**SCREENS["reason"], "clinical_indication": TYPED, "seen": hidden(page, "seen")}
    answer = consultant.post(f"{address}reason/", again)
    assert answer.status_code == 409
    assert "Saved by a colleague meanwhile" in answer.content.decode()


def test_the_first_screen_comes_back_too(consultant, line):
    page = consultant.get("/referrals/new/")
    typed = {name: hidden(page, name) for name in ("token", "holder")}
    typed |= {"is_emergency": "no", "request_mode": "problem", "procedure_other": "A blocked line"}
    end_session(consultant)
    consultant.post("/referrals/new/", typed)
    consultant.force_login(line.user)
    text = consultant.get("/referrals/new/").content.decode()
    assert "A blocked line" in text
    assert typed["token"] in text
    assert "There is a problem" not in text


def test_it_lives_through_a_real_sign_in(client):
    """By the sign-in page, as a person does, with the demo consultant."""
    from django.core.management import call_command

    from referrals import demonstration
    from referrals.models import EntitledReferrer

    call_command("demo_accounts")
    demonstration.set_up()
    known = {"login": demonstration.CONSULTANT, "password": "demo-only-not-secret"}
    client.post("/accounts/login/", known)
    line = EntitledReferrer.objects.get(user__username=demonstration.CONSULTANT)
    address = begin(client, line)
    screen = opened(client, address)
    end_session(client)
    answer = client.post(f"{address}reason/", screen)
    answer = client.post(answer["Location"], {**known, "next": f"{address}reason/"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{address}reason/"
    assert TYPED in answer.content.decode()
