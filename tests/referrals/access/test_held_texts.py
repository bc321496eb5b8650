"""What was typed into any private form is given back to its writer after signing in, and to no one else."""

import logging
import re
import time
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from referral_people import (
    accepted,
    consultant,
    delegate,
    draft,
    person,
    questioned,
    rejected,
    sent,
    vetted,
)

from referrals.accounts import held_screens, sessions
from referrals.london_time import london_day
from referrals.models import AccountRequest, GuardedOpening, Message
from referrals.service import guarding, moves
from referrals.states import State

pytestmark = pytest.mark.django_db
TEXT = "Please ring Ms Hidden's daughter first"
NOTICE = "You had been signed out"


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@dataclass
class Written:
    """A form on its page, its writer, and what is typed into it; `seen` is what must come back."""

    writer: object
    page: str
    typed: dict
    action: str = ""
    seen: str = TEXT
    colleague: object = None

    def __post_init__(self):
        self.action = self.action or self.page


def form_of(page, action: str, own: str) -> dict[str, str]:
    """The hidden boxes of the form that is sent to this address."""
    for part in page.content.decode().split("<form")[1:]:
        tag, inside = part.split(">", 1)
        sent_to = re.search(r'action="([^"]*)"', tag)
        if (unescape(sent_to[1]) if sent_to else own) == action and 'name="holder"' in inside:
            hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', inside)
            return {name: unescape(value) for name, value in hidden}
    raise AssertionError(f"no form to {action}")


def end_session(client) -> None:
    session = client.session
    session[sessions.LAST_SEEN_AT] = time.time() - 16 * 60
    session.save()


def write(client, written: Written, **changes):
    """Open the page, type, and press the button when the session is over."""
    client.force_login(written.writer)
    page = client.get(written.page)
    assert page.status_code == 200, written.page
    assert NOTICE not in page.content.decode()
    boxes = form_of(page, written.action, written.page)
    end_session(client)
    return client.post(written.action, {**boxes, **written.typed, **changes})


def vetting_step(slug: str, **typed):
    def made() -> Written:
        radiologist = person("radiologist", "IR radiologist")
        referral = vetted(sent(consultant()), radiologist)
        colleague = person("coordinator", "IR coordinator")
        page = f"/triage/{referral.reference}/step/{slug}/"
        return Written(radiologist, page, typed, colleague=colleague)

    return made


def an_answer() -> Written:
    line = consultant()
    referral = questioned(sent(line), person("radiologist", "IR radiologist"))
    page = f"/referrals/{referral.reference}/answer/"
    typed = {"inr": "1.1", "inr_at_day": "yesterday", "inr_at_clock": "08:00", "note": TEXT}
    return Written(line.user, page, typed, colleague=delegate(of=line.team))


def a_referrers_message() -> Written:
    line = consultant()
    page = f"/referrals/{sent(line).reference}/"
    typed = {"body": TEXT}
    return Written(
        line.user, page, typed, action=f"{page}message/", colleague=delegate(of=line.team)
    )


def a_message_of_ir() -> Written:
    page = f"/triage/{sent(consultant()).reference}/"
    writer = person("coordinator", "IR coordinator")
    colleague = person("radiologist", "IR radiologist")
    return Written(writer, page, {"body": TEXT}, action=f"{page}message/", colleague=colleague)


def a_sheath() -> Written:
    radiologist = person("radiologist", "IR radiologist")
    page = f"/triage/{vetted(sent(consultant()), radiologist).reference}/"
    typed = {"sheath_f": "7.5", "access": "", "first_pass": "yes"}
    colleague = person("coordinator", "IR coordinator")
    return Written(
        radiologist, page, typed, action=f"{page}vetting/", seen='value="7.5"', colleague=colleague
    )


def a_returned_draft() -> Written:
    line = consultant()
    registrar = delegate(of=line.team)
    made = draft(line, registrar)
    moves.move(made, registrar, State.AWAITING_CONSULTANT, {}, seen_row=made.newest_row)
    page = f"/referrals/draft/{made.token}/return/"
    return Written(line.user, page, {"note": TEXT}, colleague=registrar)


def a_second_referral() -> Written:
    line = consultant()
    sent(line)
    made = draft(line)
    page = f"/referrals/draft/{made.token}/"
    typed = {"duplicate_reason": TEXT}
    return Written(
        line.user,
        f"{page}check/",
        typed,
        action=f"{page}send/",
        colleague=delegate(of=line.team),
    )


def a_cancellation() -> Written:
    line = consultant()
    page = f"/referrals/{sent(line).reference}/cancel/"
    typed = {"reason_code": "died", "re_referral_needed": "no"}
    found = r'name="reason_code" type="radio" value="died" checked'
    return Written(line.user, page, typed, seen=found, colleague=delegate(of=line.team))


def a_reason_to_open() -> Written:
    radiologist = person("radiologist", "IR radiologist")
    referral = sent(consultant())
    guarding.set_guard(referral, radiologist, "family")
    typed = {"reason": "vetting", "words": "I vet it on the list of today"}
    page = f"/triage/{referral.reference}/reason/"
    colleague = person("coordinator", "IR coordinator")
    return Written(radiologist, page, typed, seen=typed["words"], colleague=colleague)


def a_decision_about_an_account() -> Written:
    asked = AccountRequest.objects.create(
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
    writer = person("administrator", "IR administrator", is_staff=True)
    page = f"/admin/referrals/accountrequest/{asked.pk}/change/"
    colleague = person("another", "IR administrator", is_staff=True)
    return Written(writer, page, {"decision_note": TEXT}, colleague=colleague)


FORMS = {
    "answer": an_answer,
    "referrer's message": a_referrers_message,
    "message of IR": a_message_of_ir,
    "accept": vetting_step("accept", justification=TEXT, contrast="None", bloods_wanted="None"),
    "ask": vetting_step("ask", items=["bloods_missing", "other"], note=TEXT, needed_by_day="31"),
    "redirect": vetting_step("redirect", redirected_to="The vascular team", note=TEXT),
    "reject": vetting_step("reject", reason_code="alternative_better", note=TEXT, advice="None"),
    "sheath": a_sheath,
    "returned draft": a_returned_draft,
    "why this is new": a_second_referral,
    "cancellation": a_cancellation,
    "reason to open": a_reason_to_open,
    "account decision": a_decision_about_an_account,
}


@pytest.fixture(params=FORMS)
def written(request) -> Written:
    return FORMS[request.param]()


def state_of_things() -> tuple:
    from referrals.models import AuditEvent, ReferralMove

    acted = AuditEvent.objects.exclude(action__in=("read", "signed in", "signed out", "listed"))
    notes = list(AccountRequest.objects.values_list("decision_note", flat=True))
    return (
        ReferralMove.objects.count(),
        Message.objects.count(),
        GuardedOpening.objects.count(),
        acted.count(),
        notes,
    )


def test_it_is_there_again_after_signing_in_and_nothing_was_done(client, written, caplog):
    caplog.set_level(logging.DEBUG)
    before = state_of_things()
    answer = write(client, written)
    asked_for = urlsplit(answer["Location"])
    assert asked_for.path == "/accounts/login/"
    assert parse_qs(asked_for.query) == {"ended": ["idle"], "next": [written.page]}
    assert "is kept for an hour" in client.get(answer["Location"]).content.decode()
    stored = " ".join(str(each.get_decoded()) for each in Session.objects.all())
    assert "held_screens" in stored
    for place in (stored, str(answer.cookies), caplog.text):
        assert TEXT not in place
        assert written.seen not in place
    client.force_login(written.writer)
    page = client.get(written.page)
    text = unescape(page.content.decode())
    assert page.status_code == 200
    assert NOTICE in text
    assert written.seen in text
    assert "There is a problem" not in text
    assert state_of_things() == before
    # Only now the button is pressed again, with what the page gave back.
    boxes = form_of(page, written.action, written.page)
    again = client.post(written.action, {**boxes, **written.typed})
    assert again.status_code in (302, 422)
    assert NOTICE not in again.content.decode()
    following = client.get(written.page, follow=True)
    assert NOTICE not in following.content.decode()


def test_a_colleague_who_signs_in_next_in_the_same_browser_sees_none_of_it(client, written):
    write(client, written)
    client.force_login(written.colleague)
    text = unescape(client.get(written.page, follow=True).content.decode())
    assert NOTICE not in text
    assert written.seen not in text
    # And it does not wait there for the writer either, once somebody else has been in that browser.
    client.force_login(written.writer)
    assert TEXT not in unescape(client.get(written.page, follow=True).content.decode())


def test_an_hour_later_it_is_gone(client, written, monkeypatch):
    write(client, written)
    client.force_login(written.writer)
    later = time.time() + held_screens.HELD_FOR + 1
    monkeypatch.setattr(held_screens.time, "time", lambda: later)
    text = unescape(client.get(written.page).content.decode())
    assert NOTICE not in text
    assert written.seen not in text


def test_what_is_too_long_is_not_kept_and_the_writer_is_told(client):
    written = a_message_of_ir()
    answer = write(client, written, body="A long word. " * 20_000)
    assert answer.status_code == 302
    assert sum(len(each.session_data) for each in Session.objects.all()) < 10_000
    client.force_login(written.writer)
    text = client.get(written.page).content.decode()
    assert "too long to be kept" in text
    assert "A long word." not in text
    assert "too long to be kept" not in client.get(written.page).content.decode()


def test_a_body_that_is_never_read_is_refused_and_nothing_held(client):
    written = a_message_of_ir()
    answer = write(client, written, body="x" * 3_000_000)
    assert answer.status_code == 400
    client.force_login(written.writer)
    assert NOTICE not in client.get(written.page).content.decode()


def test_words_of_somebody_else_are_not_put_into_the_form(client):
    written = a_message_of_ir()
    client.force_login(written.writer)
    ticket = form_of(client.get(written.page), written.action, written.page)["holder"]
    forger = Client()
    forger.force_login(written.colleague)
    theirs = form_of(forger.get(written.page), written.action, written.page)["holder"]
    elsewhere = ticket  # sound, but drawn for another form
    for action, holder in (
        (written.action, theirs),
        (f"{written.page}step/cancel/", elsewhere),
        (written.action, ticket[:-1] + "x"),
        (written.action, ""),
    ):
        end_session(client)
        client.post(action, {"body": TEXT, "note": TEXT, "holder": holder})
        client.force_login(written.writer)
        for page in (written.page, f"{written.page}step/cancel/"):
            text = client.get(page).content.decode()
            assert NOTICE not in text
            assert "daughter" not in text
        client.get("/triage/")


def test_buttons_lead_back_to_their_page_and_hold_nothing(client):
    radiologist = person("radiologist", "IR radiologist")
    line = consultant()
    waiting, read = sent(line), rejected(sent(line, duplicate_reason="Another."), radiologist)
    for user, page, end in (
        (radiologist, f"/triage/{waiting.reference}/", "start/"),
        (line.user, f"/referrals/{read.reference}/", "read/"),
    ):
        client.force_login(user)
        boxes = form_of(client.get(page), page + end, page)
        end_session(client)
        answer = client.post(page + end, boxes)
        assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [page]
        client.force_login(user)
        assert NOTICE not in client.get(page).content.decode()
    waiting.refresh_from_db()
    read.refresh_from_db()
    assert waiting.state == "SUBMITTED"
    assert read.outcome_read_at is None


def test_a_decision_on_a_flagged_record_comes_back_after_the_reason(client):
    radiologist = person("radiologist", "IR radiologist")
    referral = vetted(sent(consultant()), radiologist)
    guarding.set_guard(referral, radiologist, "family")
    page = f"/triage/{referral.reference}/"
    why = {"reason": "vetting", "words": "I vet it on the list of today"}
    client.force_login(radiologist)
    client.post(f"{page}reason/", why)
    step = f"{page}step/reject/"
    boxes = form_of(client.get(step), step, step)
    end_session(client)
    client.post(step, {**boxes, "note": TEXT, "advice": "None"})
    client.force_login(radiologist)
    assert client.get(step)["Location"] == f"{page}reason/"
    assert client.post(f"{page}reason/", why)["Location"] == step
    assert TEXT in unescape(client.get(step).content.decode())


def test_a_session_that_must_prove_its_second_factor_first_loses_nothing(client, settings):
    """The text waits while the person proves it, and is not shown before."""
    written = a_message_of_ir()
    client.force_login(written.writer)
    boxes = form_of(client.get(written.page), written.action, written.page)
    settings.DEMO = False
    answer = client.post(written.action, {**boxes, **written.typed})
    assert "/2fa/" in answer["Location"]
    assert not Message.objects.exists()
    assert client.get(written.page).status_code == 302
    settings.DEMO = True
    assert TEXT in unescape(client.get(written.page).content.decode())


def test_a_change_by_a_colleague_meanwhile_is_still_noticed(client):
    radiologist = person("radiologist", "IR radiologist")
    referral = accepted(sent(consultant()), radiologist)
    step = f"/triage/{referral.reference}/step/cancel/"
    written = Written(radiologist, step, {"note": TEXT, "cancelled_by": "The patient"})
    write(client, written)
    in_ten_days = london_day(timezone.now()) + timedelta(days=10)
    when = {"preassessment_date": in_ten_days.isoformat(), "preassessment_place": "Clinic"}
    coordinator = person("coordinator", "IR coordinator")
    moves.move(referral, coordinator, State.PREASSESS_BOOKED, when, seen_row=referral.newest_row)
    client.force_login(radiologist)
    boxes = form_of(client.get(step), step, step)
    typed = {**written.typed, "reason_code": "died", "re_referral_needed": "no"}
    answer = client.post(step, {**boxes, **typed})
    assert answer.status_code == 409
    assert TEXT in unescape(answer.content.decode())


def test_a_page_that_leaves_by_itself_hands_over_each_form_and_sends_none(client):
    """What the script does when the session is over: two forms of one page."""
    radiologist = person("radiologist", "IR radiologist")
    page = f"/triage/{vetted(sent(consultant()), radiologist).reference}/"
    client.force_login(radiologist)
    opened = client.get(page)
    assert 'data-hold="/accounts/session/hold/"' in opened.content.decode()
    message = form_of(opened, f"{page}message/", page) | {"body": TEXT}
    sheath = form_of(opened, f"{page}vetting/", page) | {"sheath_f": "7.5"}
    end_session(client)
    for boxes in (message, sheath):
        assert client.post("/accounts/session/hold/", boxes).json() == {"held": True}
    assert not Message.objects.exists()
    client.force_login(radiologist)
    text = unescape(client.get(page).content.decode())
    assert NOTICE in text
    assert TEXT in text
    assert 'value="7.5"' in text
    assert text.count('id="what-you-typed"') == 1
    assert not Message.objects.exists()


def test_handing_over_needs_a_sound_ticket_and_a_post(client):
    hold = "/accounts/session/hold/"
    assert client.post(hold, {"body": TEXT}).json() == {"held": False}
    assert client.post(hold, {"body": TEXT, "holder": "made up"}).json() == {"held": False}
    assert client.get(hold).status_code == 405
    assert not Session.objects.exists()


def test_a_message_that_is_too_long_or_a_wrong_sheath_stays_on_the_page(client):
    radiologist = person("radiologist", "IR radiologist")
    page = f"/triage/{vetted(sent(consultant()), radiologist).reference}/"
    client.force_login(radiologist)
    boxes = form_of(client.get(page), f"{page}message/", page)
    answer = client.post(f"{page}message/", {**boxes, "body": TEXT + "!" * 4001})
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert TEXT in text
    assert "There is a problem" in text
    boxes = form_of(answer, f"{page}vetting/", page)
    answer = client.post(f"{page}vetting/", {**boxes, "sheath_f": "about 7", "first_pass": "yes"})
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'value="about 7"' in text
    assert "must be a number of French" in text


PUBLIC = "/refer/account/"
MINE = {"organisation": "RJR", "grade": "consultant", "full_name": "Dr Hidden Test"}


def test_a_request_for_an_account_with_an_old_token_is_given_back_once(client):
    strict = Client(enforce_csrf_checks=True)
    boxes = form_of(strict.get(PUBLIC), PUBLIC, PUBLIC)
    answer = strict.post(PUBLIC, {**boxes, **MINE, "csrfmiddlewaretoken": "x" * 64})
    assert answer["Location"] == PUBLIC
    text = strict.get(PUBLIC).content.decode()
    assert "Dr Hidden Test" in text
    assert NOTICE not in text
    assert "This was not sent." in text
    assert not AccountRequest.objects.exists()
    # The next at this browser may be somebody else.
    assert "Dr Hidden Test" not in strict.get(PUBLIC).content.decode()


def test_a_form_from_another_site_puts_no_words_into_a_request(client):
    """It comes without the cookie, which is kept to our own pages."""
    boxes = form_of(Client().get(PUBLIC), PUBLIC, PUBLIC)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PUBLIC, {**boxes, **MINE}).status_code == 403
    assert "Dr Hidden Test" not in strict.get(PUBLIC).content.decode()
    assert not Session.objects.exists()
