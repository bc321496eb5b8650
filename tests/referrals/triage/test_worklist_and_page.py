"""The IR side: what is on the lists and on the page, and how decisions are made there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from referral_people import (
    ACCEPTANCE,
    REJECTION,
    accepted,
    consultant,
    person,
    questioned,
    rejected,
    sent,
    team,
    vetted,
)

from referrals.models import AuditEvent, Message, Referral
from referrals.service import correspondence, worklists
from referrals.triage.presenters import LIST_TITLES, deadline
from referrals.triage.step_forms import STEPS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def radiologist():
    return person("radiologist", "IR radiologist")


@pytest.fixture
def coordinator():
    return person("coordinator", "IR coordinator")


@pytest.fixture
def line():
    return consultant()


def address(referral, end=""):
    return f"/triage/{referral.reference}/{end}"


def test_the_worklist_shows_the_patient_the_flags_and_when_it_is_due(client, line, radiologist):
    referral = sent(line)
    client.force_login(radiologist)
    page = client.get("/triage/").content.decode()
    for words in ("TESTPATIENT, Example", "999 000 0018", referral.reference, "Vet by"):
        assert words in page
    assert client.get("/triage/").headers["Cache-Control"] == "no-store"


def test_urgent_comes_first_then_what_is_due_first(client, line, radiologist):
    routine = sent(line, nhs_number="9990000026")
    older = sent(line, nhs_number="9990000034")
    Referral.objects.filter(pk=older.pk).update(vet_due_at=timezone.now() - timedelta(days=1))
    urgent = sent(line, nhs_number="9990000042", urgency="urgent", target_date="2099-01-01")
    found = worklists.triage_list(radiologist, "vetting")
    assert list(found) == [urgent, older, routine]


def test_each_open_referral_stands_in_one_list_and_counts_agree(line, radiologist):
    accepted(sent(line), radiologist)
    questioned(sent(line, nhs_number="9990000026"), radiologist)
    rejected(sent(line, nhs_number="9990000034"), radiologist)
    sent(line, nhs_number="9990000042")
    counts = worklists.triage_counts(radiologist)
    assert {name: counts[name] for name in ("vetting", "information", "booking", "unread")} == {
        "vetting": 1,
        "information": 1,
        "booking": 1,
        "unread": 1,
    }


@pytest.mark.parametrize("name", LIST_TITLES)
def test_every_list_opens(client, line, radiologist, name):
    sent(line)
    client.force_login(radiologist)
    assert client.get("/triage/", {"list": name}).status_code == 200
    assert client.get("/triage/", {"list": "nothing"}).status_code == 404


def test_filters_say_how_many_they_hide(client, line, radiologist):
    sent(line)
    client.force_login(radiologist)
    page = client.get("/triage/", {"urgency": "urgent"}).content.decode()
    assert "Filtered: 0 of 1 shown" in page


def test_the_page_has_everything_and_leaves_a_line_in_the_audit_log(client, line, radiologist):
    referral = sent(line, procedure="nephrostomy-new", laterality="left", sepsis_now="yes")
    client.force_login(radiologist)
    page = client.get(address(referral)).content.decode()
    for words in (
        "TESTPATIENT",
        "Long course of antibiotics",
        "R38",
        "Flags are reminders, not clearance",
        "130 g/L",
        "provisional",
        "Rule set 1",
        "Start vetting",
    ):
        assert words in page, words
    assert AuditEvent.objects.filter(
        action="read", actor=radiologist, reference=referral.reference
    ).exists()


def test_what_the_referrer_typed_is_never_run(client, line, radiologist):
    nasty = "<script>alert(1)</script> {{ 7*7 }} \u202edrawkcab because the patient needs it"
    referral = sent(line, clinical_indication=nasty)
    client.force_login(radiologist)
    page = client.get(address(referral)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_print_says_who_and_when_and_is_audited(client, line, radiologist):
    referral = sent(line)
    client.force_login(radiologist)
    page = client.get(address(referral, "print/")).content.decode()
    assert "Printed by Radiologist Test" in page
    assert AuditEvent.objects.filter(action="printed", reference=referral.reference).exists()


def test_from_sending_to_done_through_the_pages(client, line, radiologist, coordinator):
    referral = sent(line)
    client.force_login(radiologist)
    assert client.post(address(referral, "start/"), {"seen_row": 2}).status_code == 302
    form = client.get(address(referral, "step/accept/"))
    assert form.status_code == 200
    answer = client.post(address(referral, "step/accept/"), {**ACCEPTANCE, "seen_row": 3})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    client.force_login(coordinator)
    soon = timezone.now() + timedelta(days=5)

    def day(name):
        return {f"{name}_0": soon.day, f"{name}_1": soon.month, f"{name}_2": soon.year} | {
            f"{name}_day": soon.day,
            f"{name}_month": soon.month,
            f"{name}_year": soon.year,
        }

    steps = [
        ("preassessment", {**day("preassessment_date"), "preassessment_place": "Clinic"}),
        ("list", {**day("list_date"), "list_name": "Friday", "order_needs": "first"}),
        (
            "done",
            {"outcome": "Line placed.", "performed_procedure": "PICC", "follow_up_owner": "Ward"},
        ),
    ]
    for row, (step, given) in enumerate(steps, start=4):
        answer = client.post(address(referral, f"step/{step}/"), {**given, "seen_row": row})
        assert answer.status_code == 302, (step, answer.content.decode()[:3000])
    kept = Referral.objects.get(pk=referral.pk)
    assert (kept.state, kept.newest_row) == ("DONE", 7)
    assert kept.retention_class == "adult"
    assert "Line placed." in client.get(address(referral)).content.decode()


def test_rejecting_needs_reason_words_and_advice(client, line, radiologist):
    referral = vetted(sent(line), radiologist)
    client.force_login(radiologist)
    answer = client.post(address(referral, "step/reject/"), {"seen_row": 3, "note": "Typed text"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "Typed text" in page
    answer = client.post(address(referral, "step/reject/"), {**REJECTION, "seen_row": 3})
    assert answer.status_code == 302
    assert "Not yet read" in client.get(address(referral)).content.decode()


def test_a_changed_procedure_needs_a_reason(client, line, radiologist):
    referral = vetted(sent(line), radiologist)
    client.force_login(radiologist)
    changed = {**ACCEPTANCE, "final_procedure": "port", "seen_row": 3}
    codes = Referral.procedure.field.related_model.objects
    other = codes.filter(active=True).exclude(code="picc").first().code
    answer = client.post(address(referral, "step/accept/"), {**changed, "final_procedure": other})
    assert answer.status_code == 422
    assert "differs" in answer.content.decode()


def test_asking_opens_named_fields_only(client, line, radiologist):
    referral = vetted(sent(line), radiologist)
    client.force_login(radiologist)
    soon = timezone.now() + timedelta(days=5)
    given = {
        "items": ["bloods_missing"],
        "note": "INR please",
        "needed_by_day": soon.day,
        "needed_by_month": soon.month,
        "needed_by_year": soon.year,
        "seen_row": 3,
    }
    answer = client.post(address(referral, "step/ask/"), given)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    request = correspondence.open_request(referral)
    assert {"inr", "inr_at", "hb_at"} <= set(request.fields)
    assert "clinical_indication" not in request.fields


def test_the_open_question_stands_at_the_top_of_the_page(client, line, radiologist):
    referral = questioned(sent(line), radiologist)
    client.force_login(radiologist)
    page = client.get(address(referral)).content.decode()
    top = page[: page.index("Safety flags")]
    assert "Please send the INR." in top
    assert "Open to be filled: INR" in top
    asked = correspondence.open_request(referral)
    assert f"needed by {asked.needed_by.day} {asked.needed_by:%B %Y}." in top


def test_an_answer_comes_back_with_its_changes_marked(client, line, radiologist):
    referral = questioned(sent(line), radiologist)
    answered = correspondence.answer_information(
        referral, line.user, {"inr": "1.1"}, seen_row=referral.newest_row
    )
    assert answered.state == "IN_VETTING"
    client.force_login(radiologist)
    page = client.get(address(referral)).content.decode()
    assert "Changed." in page
    assert "1.0" in page


def test_what_is_answered_comes_first_among_its_urgency_and_says_so(client, line, radiologist):
    """Section 4.1: an answer comes back to the top, and still never before what is more urgent."""
    first, urgent, asked = (
        sent(line, nhs_number=number, urgency=urgency)
        for number, urgency in (
            ("9990000018", "routine"),
            ("9990000026", "urgent"),
            ("9990000034", "routine"),
        )
    )
    waiting = questioned(asked, radiologist)
    correspondence.answer_information(
        waiting, line.user, {"inr": "1.1"}, seen_row=waiting.newest_row
    )
    client.force_login(radiologist)
    page = client.get("/triage/").content.decode()
    places = [page.index(each.reference) for each in (urgent, asked, first)]
    assert places == sorted(places)
    assert page.count("the team has answered") == 1


@pytest.mark.parametrize("step", sorted(STEPS))
def test_an_empty_box_says_in_a_sentence_what_it_wants(line, radiologist, step):
    form = STEPS[step].form({"seen_row": "2"}, referral=vetted(sent(line), radiologist))
    said = [str(words) for each in form.errors.values() for words in each]
    assert said
    assert len(said) == len(set(said))
    for words in said:
        assert words.endswith(".")
        assert ":" not in words
        assert "this field" not in words.lower()


@pytest.mark.parametrize(
    ("step", "words"),
    [("reject", "is not open to you now. This referral is: rejected."), ("list", "is not open")],
)
def test_a_form_that_cannot_be_sent_is_not_handed_out(client, line, radiologist, step, words):
    referral = rejected(sent(line), radiologist)
    client.force_login(radiologist)
    page = client.get(address(referral, f"step/{step}/"), follow=True)
    assert page.redirect_chain == [(address(referral), 302)]
    assert words in page.content.decode()


def test_the_form_of_a_decision_waits_until_its_vetter_is_relieved(client, line, radiologist):
    referral = vetted(sent(line), radiologist)
    client.force_login(person("second", "IR radiologist"))
    page = client.get(address(referral, "step/accept/"), follow=True).content.decode()
    assert "Radiologist Test is vetting this referral. Take it over first." in page
    assert client.get(address(referral, "step/cancel/")).status_code == 200


def test_messages_go_both_ways_and_once(client, line, radiologist):
    referral = sent(line)
    correspondence.send_message(referral, line.user, "Is Friday possible?", side="referrer")
    client.force_login(radiologist)
    assert worklists.triage_counts(radiologist)["messages"] == 1
    page = client.get(address(referral)).content.decode()
    assert "Is Friday possible?" in page
    token = "0d5f6a9e-6a59-4c9e-9a39-2f6f6a7c1d11"
    for _ in range(2):
        client.post(address(referral, "message/"), {"body": "Yes.", "token": token})
    assert Message.objects.filter(side="IR").count() == 1
    assert worklists.triage_counts(radiologist)["messages"] == 0
    assert referral.state == Referral.objects.get(pk=referral.pk).state


def test_an_nhs_number_is_found_by_post_and_never_stands_in_an_address(client, line, radiologist):
    referral = sent(line)
    client.force_login(radiologist)
    answer = client.post("/triage/find/", {"looked_for": "999 000 0018"})
    assert answer.headers["Location"] == address(referral)
    by_address = client.get("/triage/find/", {"looked_for": "999 000 0018"})
    assert by_address.headers["Location"] == "/triage/"
    nothing = client.post("/triage/find/", {"looked_for": " "}).content.decode()
    assert "all 10 digits of an NHS number" in nothing
    missed = client.post("/triage/find/", {"looked_for": "999 000 0026"}).content.decode()
    assert "No referral has this reference or NHS number." in missed
    assert 'value="999 000 0026"' in missed
    event = AuditEvent.objects.filter(action="searched").order_by("pk").first()
    assert len(event.search_hash) == 64
    assert "9990000018" not in str(event.about)


def test_a_file_comes_only_as_a_download(client, line, radiologist):
    from referrals.service import attachment_files

    referral = sent(line)
    row = attachment_files.keep(
        referral, line.user, name="letter.pdf", content_type="application/pdf", content=b"%PDF-1.7"
    )
    client.force_login(radiologist)
    answer = client.get(address(referral, f"file/{row.key}/"))
    assert answer.content == b"%PDF-1.7"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert attachment_files.path_of(row).read_bytes() != b"%PDF-1.7"


def test_another_team_at_the_same_trust_is_another_team(line):
    other = consultant("urologist", of=team(name="Urology"), gmc="7000009")
    referral = sent(line)
    from referrals.service.people import referrals_visible_to

    assert not referrals_visible_to(other.user).filter(pk=referral.pk).exists()


def test_a_deadline_at_midnight_is_the_end_of_the_day_before():
    assert deadline(datetime(2026, 11, 24, tzinfo=UTC)) == "the end of Mon 23 Nov"
    assert deadline(datetime(2026, 6, 9, 23, tzinfo=UTC)) == "the end of Tue 9 Jun"
    assert deadline(datetime(2026, 6, 9, 10, 30, tzinfo=UTC)) == "9 Jun 2026, 11:30 BST"
