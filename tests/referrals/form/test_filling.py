"""From the first question to the confirmation, and everything that can go wrong on the way."""

import io
import re
import uuid
from datetime import date, timedelta

import pypdf
import pytest
import referral_people as people
from django.utils import timezone
from filling import SCREENS, begin, fill, fill_all, hidden, problems, send

from referrals.models import Referral, RefusalCount
from referrals.service import configuration, correspondence, drafts, moves, submission
from referrals.service.evaluation import flag_key
from referrals.states import State

pytestmark = pytest.mark.django_db


def draft_at(address: str) -> Referral:
    return Referral.objects.get(token=address.split("/")[3])


def test_a_consultant_fills_checks_and_sends(consultant, line):
    address = begin(consultant, line)
    fill_all(consultant, address)
    page = consultant.get(f"{address}check/")
    text = page.content.decode()
    assert "reminders, not clearance" in text
    assert "999 000 0018" in text
    answer = send(consultant, address)
    assert answer.status_code == 302, problems(answer)
    referral = draft_at(address)
    assert answer["Location"] == f"/referrals/{referral.reference}/sent/"
    told = consultant.get(answer["Location"]).content.decode()
    assert referral.reference in told
    assert "telephone" in told
    assert "through the hospital switchboard" in told
    for part in ("", "print/"):
        assert consultant.get(f"/referrals/{referral.reference}/{part}").status_code == 200


def test_a_second_click_and_a_replay_send_once(consultant, line):
    address = begin(consultant, line)
    fill_all(consultant, address)
    row = hidden(consultant.get(f"{address}check/"), "seen_row")
    first = send(consultant, address)
    again = consultant.post(f"{address}send/", {"confirmed": "on", "seen_row": row})
    assert first["Location"] == again["Location"]
    assert Referral.objects.count() == 1
    token = address.split("/")[3]
    begun = consultant.post(
        "/referrals/new/",
        {
            "token": token,
            "consultant": str(line.pk),
            "is_emergency": "no",
            "organisation": "RJR",
            "request_mode": "procedure",
            "procedure": "picc",
        },
    )
    assert begun["Location"] == first["Location"]
    assert Referral.objects.count() == 1


def test_beginning_twice_with_one_form_makes_one_draft(consultant, line):
    token = hidden(consultant.get("/referrals/new/"), "token")
    for _ in range(2):
        begin_again = {"token": token, "consultant": str(line.pk), "is_emergency": "no"}
        begin_again |= {"organisation": "RJR", "request_mode": "procedure", "procedure": "picc"}
        assert consultant.post("/referrals/new/", begin_again).status_code == 302
    assert Referral.objects.count() == 1


def test_an_emergency_makes_no_draft(consultant, line):
    answer = consultant.post("/referrals/new/", {"is_emergency": "now"})
    assert answer["Location"] == "/refer/emergency/"
    assert not Referral.objects.exists()


def test_within_24_hours_records_who_was_spoken_to(consultant, line):
    token = str(uuid.uuid4())
    typed = {"token": token, "consultant": str(line.pk), "is_emergency": "24 h"}
    typed |= {"organisation": "RJR", "request_mode": "problem", "procedure_other": "Bleeding"}
    answer = consultant.post("/referrals/new/", typed)
    assert answer.status_code == 422
    assert "Enter whom in IR you have spoken to." in problems(answer)
    assert "Say what was agreed with IR." in problems(answer)
    typed |= {"discussed_with_ir": "Dr Example", "discussed_at_day": "yesterday"}
    typed |= {"discussed_outcome": "Come to theatre at noon."}
    answer = consultant.post("/referrals/new/", {**typed, "discussed_at_clock": "09:00"})
    assert answer.status_code == 302, problems(answer)
    referral = Referral.objects.get()
    assert referral.urgency == "24 h"
    address = f"/referrals/draft/{token}/"
    fill(consultant, address, "timing")
    referral.refresh_from_db()
    assert (referral.urgency, referral.answers["discussed_with_ir"]) == ("24 h", "Dr Example")
    assert referral.answers["discussed_outcome"] == "Come to theatre at noon."


def test_what_is_wrong_is_kept_and_named(consultant, line):
    address = begin(consultant, line)
    answer = fill(consultant, address, "patient", nhs_number="1111111111", family_name="<b>X")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="1111111111"' in text
    assert "&lt;b&gt;X" in text
    assert "<b>X" not in text
    assert 'href="#id_nhs_number"' in text
    assert text.startswith("<!DOCTYPE html>")
    assert "<title>Error:" in text.replace("\n", "")
    again = consultant.get(f"{address}patient/").content.decode()
    assert 'value="1111111111"' in again
    assert "There is a problem" not in again


def test_a_half_typed_screen_is_kept_and_blocks_sending(consultant, line):
    address = begin(consultant, line)
    fill_all(consultant, address)
    seen = hidden(consultant.get(f"{address}fitness/"), "seen")
    typed = {"weight_kg": "7", "mobility": "Hoist", "seen": seen}
    saved = consultant.post(f"{address}fitness/save/", typed)
    assert saved.json()["saved"]
    assert 'value="7"' in consultant.get(f"{address}fitness/").content.decode()
    answer = send(consultant, address)
    assert answer.status_code == 422
    assert not draft_at(address).reference


def test_two_drafts_do_not_mix(consultant, line):
    one, two = begin(consultant, line), begin(consultant, line)
    fill(consultant, one, "patient", family_name="First")
    fill(consultant, two, "patient", family_name="Second")
    assert draft_at(one).identifiers["family_name"] == "First"
    assert "FIRST" in consultant.get(f"{one}health/").content.decode()


def test_a_changed_identity_is_read_back_again(consultant, line):
    address = begin(consultant, line)
    fill_all(consultant, address)
    fill(consultant, address, "patient", given_name="Another")
    assert not draft_at(address).answers.get("identity_confirmed")
    assert send(consultant, address).status_code == 422


def test_the_read_back_shows_the_three_together(consultant, line):
    address = begin(consultant, line)
    fill(consultant, address, "patient")
    text = consultant.get(f"{address}identity/").content.decode()
    assert all(words in text for words in ("TESTPATIENT", "2 January 1960", "999 000 0018"))
    refused = consultant.post(f"{address}identity/", {"read": "old", "confirmed": "on"})
    assert refused.status_code == 422


def test_red_flags_must_be_read(consultant, line):
    address = begin(consultant, line, procedure="nephrostomy-new")
    for slug in SCREENS:
        more = {"laterality": "left"} if slug == "timing" else {}
        if slug == "results":
            more = {f"{name}_unknown": "on" for name in ("inr", "platelets", "hb")}
        if slug == "health":
            more = {"kidney_facts": "none", "thyroid_disease": "none"}
        answer = fill(consultant, address, slug, **more)
        assert answer.status_code == 302, (slug, problems(answer))
    read = hidden(consultant.get(f"{address}identity/"), "read")
    consultant.post(f"{address}identity/", {"confirmed": "on", "read": read})
    answer = send(consultant, address, acknowledged=[])
    assert answer.status_code == 422
    assert any("Tick that you have read" in each for each in problems(answer))
    assert send(consultant, address).status_code == 302


def test_a_duplicate_is_shown_and_must_be_explained(consultant, line):
    people.sent(line)
    address = begin(consultant, line)
    fill_all(consultant, address)
    page = consultant.get(f"{address}check/").content.decode()
    assert "already an open referral" in page
    assert send(consultant, address).status_code == 422
    answer = send(consultant, address, duplicate_reason="The first line has come out.")
    assert answer.status_code == 302, problems(answer)


def test_a_delegate_drafts_and_only_the_consultant_sends(consultant, registrar, line):
    address = begin(registrar, line)
    fill_all(registrar, address)
    assert registrar.post(f"{address}send/", {"confirmed": "on"}).status_code in (403, 422)
    assert not draft_at(address).reference
    row = hidden(registrar.get(f"{address}check/"), "seen_row")
    assert registrar.post(f"{address}hand-over/", {"seen_row": row}).status_code == 302
    assert draft_at(address).state == State.AWAITING_CONSULTANT
    assert "Waiting for a consultant" in consultant.get("/referrals/").content.decode()
    row = str(draft_at(address).newest_row)
    note = {"note": "Say why now.", "seen_row": row}
    assert consultant.post(f"{address}return/", note).status_code == 302
    assert "Say why now." in registrar.get(address).content.decode()
    row = str(draft_at(address).newest_row)
    registrar.post(f"{address}hand-over/", {"seen_row": row})
    assert send(consultant, address).status_code == 302


def test_people_of_another_team_find_nothing(client, consultant, line):
    address = begin(consultant, line)
    other = people.consultant("other", of=people.team("RBL", "Urology"), gmc="7000002")
    client.force_login(other.user)
    for part in ("", "patient/", "check/", "identity/", "files/"):
        assert client.get(f"{address}{part}").status_code == 404


def test_someone_not_on_the_register_is_told_so(client, db):
    client.force_login(people.person("visitor"))
    page = client.get("/referrals/new/")
    assert page.status_code == 403
    assert "it is not yet on the register of people who may refer" in page.content.decode()
    assert "ask for an account" not in page.content.decode()
    assert RefusalCount.objects.filter(place="sign-in").exists()


def test_someone_whose_registration_ended_is_told_when_and_who_renews_it(consultant, line):
    line.granted_on, line.expires_on = date(2025, 11, 1), date(2026, 3, 31)
    line.save()
    page = consultant.get("/referrals/")
    assert page.status_code == 403
    words = page.content.decode()
    assert "Your registration as a referrer ended on 31 March 2026." in words
    assert "Ask an administrator of the department to renew the registration." in words


def test_a_delegate_without_a_consultant_is_told_instead_of_shown_an_empty_list(registrar, line):
    assert registrar.get("/referrals/new/").status_code == 200
    line.status = "suspended"
    line.save()
    page = registrar.get("/referrals/new/")
    assert page.status_code == 403
    assert "No consultant of your team is registered with us today" in page.content.decode()


def test_a_registration_that_waits_or_is_suspended_is_not_said_to_have_ended(consultant, line):
    line.status = "suspended"
    line.save()
    assert "is not in force" in consultant.get("/referrals/").content.decode()
    line.status = "pending"
    line.save()
    assert "it is not yet on the register" in consultant.get("/referrals/").content.decode()


@pytest.mark.parametrize(
    ("group", "place"),
    [("IR governance", "/triage/openings/"), ("IR lead", "/triage/measures/")],
)
def test_signing_in_leads_to_the_work_of_those_who_refer_nobody(client, db, group, place):
    client.force_login(people.person("governing", group))
    assert client.get("/referrals/").headers["Location"] == place
    assert client.get("/referrals/new/").status_code == 403


def test_every_link_of_the_check_page_opens(consultant, line):
    address = begin(consultant, line, request_mode="problem", procedure_other="A blocked line")
    text = consultant.get(f"{address}check/").content.decode()
    links = set(re.findall(rf'href="({address}[^"#]*)"', text))
    assert len(links) > 10
    for link in links:
        assert consultant.get(link).status_code == 200, link


def test_a_draft_can_be_deleted(consultant, line):
    address = begin(consultant, line)
    assert consultant.post(f"{address}discard/").status_code == 302
    assert not Referral.objects.exists()


def test_another_row_can_be_added_without_losing_the_first(consultant, line):
    address = begin(consultant, line)
    seen = hidden(consultant.get(f"{address}bleeding/"), "seen")
    typed = {"antithrombotics_given": "yes", "antithrombotics_1_dose": "5 mg", "seen": seen}
    page = consultant.post(f"{address}bleeding/", {**typed, "add": "antithrombotics"})
    text = page.content.decode()
    assert 'name="antithrombotics_2_drug"' in text
    assert 'value="5 mg"' in text
    assert "There is a problem" not in text


def test_pages_ask_the_database_little(consultant, line, django_assert_max_num_queries):
    made = [people.sent(line, nhs_number=number) for number in ("9990000018", "9990000026")]
    for _ in range(3):
        people.draft(line)
    consultant.get("/referrals/")
    with django_assert_max_num_queries(12):
        assert consultant.get("/referrals/").status_code == 200
    with django_assert_max_num_queries(12):
        assert consultant.get(f"/referrals/{made[0].reference}/").status_code == 200


def _fonts_of(page) -> list:
    return [each.get_object() for each in page["/Resources"]["/Font"].values()]


class TestAfterSending:
    """The referrer's side once IR has it."""

    @pytest.fixture
    def radiologist(self, db):
        return people.person("radiologist", "IR radiologist")

    def test_only_the_named_fields_can_be_answered(self, consultant, line, radiologist):
        asked = people.questioned(people.sent(line), radiologist, "inr", "inr_at")
        page = consultant.get(f"/referrals/{asked.reference}/answer/")
        text = page.content.decode()
        assert 'name="inr"' in text
        assert 'name="platelets"' not in text
        answer = consultant.post(
            f"/referrals/{asked.reference}/answer/",
            {
                "inr": "1.4",
                "sample_day": "yesterday",
                "sample_clock": "07:00",
                "platelets": "1",
                "seen_row": hidden(page, "seen_row"),
            },
        )
        assert answer.status_code == 302, problems(answer)
        asked.refresh_from_db()
        assert asked.state == State.IN_VETTING
        assert (asked.answers["inr"], asked.answers["platelets"]) == ("1.4", "250")

    def test_a_question_about_pregnancy_also_opens_why_it_does_not_apply(
        self, consultant, line, radiologist
    ):
        opened = configuration.current().arrangements.question_fields["pregnancy"]
        woman = {"sex_registered_at_birth": "F", "date_of_birth": "1990-01-02"}
        womb = {"procedure": "uterine-artery-embolisation", "pregnancy_status": "not pregnant"}
        asked = people.questioned(people.sent(line, **woman, **womb), radiologist, *opened)
        address = f"/referrals/{asked.reference}/answer/"
        page = consultant.get(address)
        typed = {"pregnancy_status": "not applicable", "seen_row": hidden(page, "seen_row")}
        assert consultant.post(address, typed).status_code == 422
        answer = consultant.post(address, {**typed, "pregnancy_reason": "Hysterectomy in 2020."})
        assert answer.status_code == 302, problems(answer)
        asked.refresh_from_db()
        assert asked.answers["pregnancy_reason"] == "Hysterectomy in 2020."

    def test_a_rejection_must_be_opened_and_acknowledged(self, consultant, line, radiologist):
        closed = people.rejected(people.sent(line), radiologist)
        assert closed.reference in consultant.get("/referrals/").content.decode()
        text = consultant.get(f"/referrals/{closed.reference}/").content.decode()
        assert "A midline is enough." in text
        assert "Ask the line team." in text
        assert consultant.post(f"/referrals/{closed.reference}/read/").status_code == 302
        closed.refresh_from_db()
        assert closed.outcome_read_by == line.user

    def test_a_new_try_is_filled_except_bloods_and_drugs(self, consultant, line, radiologist):
        closed = people.rejected(people.sent(line), radiologist)
        page = consultant.get(f"/referrals/{closed.reference}/again/")
        token = hidden(page, "token")
        typed = {"token": token, "consultant": str(line.pk), "is_emergency": "no"}
        typed |= {"organisation": "RJR", "request_mode": "procedure", "procedure": "picc"}
        assert consultant.post(f"/referrals/{closed.reference}/again/", typed).status_code == 302
        made = Referral.objects.get(token=token)
        assert made.earlier == closed
        assert made.identifiers["family_name"] == "Testpatient"
        assert "inr" not in made.answers
        assert "antithrombotics" not in made.answers

    def test_a_new_try_of_a_case_within_24_hours_asks_how_soon(self, consultant, line):
        spoken = {"discussed_with": "On-call IR consultant"}
        spoken["discussed_at"] = timezone.now() - timedelta(hours=1)
        made = drafts.create_referral(
            people.applicant(line, is_emergency="24 h", **spoken), answers=people.answers()
        )
        read = [flag_key(flag) for flag in submission.flags_before_sending(made, line.user)]
        first = submission.submit(made, line.user, seen_row=1, acknowledged=read)
        recorded = {"reason_code": "resolved", "re_referral_needed": "yes"}
        closed = moves.move(first, line.user, State.CANCELLED, recorded, seen_row=2)
        address = f"/referrals/{closed.reference}/again/"
        token = hidden(consultant.get(address), "token")
        typed = {"token": token, "consultant": str(line.pk), "is_emergency": "no"}
        typed |= {"organisation": "RJR", "request_mode": "procedure", "procedure": "picc"}
        assert consultant.post(address, typed).status_code == 302
        page = consultant.get(f"/referrals/draft/{token}/timing/").content.decode()
        assert "How soon?" in page

    def test_messages_go_once(self, consultant, line):
        made = people.sent(line)
        address = f"/referrals/{made.reference}/"
        token = hidden(consultant.get(address), "token")
        for _ in range(2):
            consultant.post(f"{address}message/", {"token": token, "body": "Ready <b>now</b>."})
        text = consultant.get(address).content.decode()
        assert text.count("Ready &lt;b&gt;now&lt;/b&gt;.") == 1
        assert (
            consultant.post(f"{address}message/", {"token": token, "body": " "}).status_code == 422
        )

    def test_the_list_says_that_ir_has_written_until_somebody_has_read_it(
        self, consultant, line, radiologist
    ):
        made = people.sent(line)
        correspondence.send_message(made, radiologist, "Which ward?", side="IR")
        assert consultant.get("/referrals/").content.decode().count("New message") == 1
        consultant.get(f"/referrals/{made.reference}/")
        assert "New message" not in consultant.get("/referrals/").content.decode()

    def test_cancelling_says_why(self, consultant, line):
        made = people.sent(line)
        address = f"/referrals/{made.reference}/cancel/"
        row = hidden(consultant.get(address), "seen_row")
        assert consultant.post(address, {"seen_row": row}).status_code == 422
        typed = {"seen_row": row, "reason_code": "resolved", "re_referral_needed": "no"}
        assert consultant.post(address, typed).status_code == 302
        made.refresh_from_db()
        assert made.state == State.CANCELLED

    def test_the_pdf_is_a_download(self, consultant, line):
        made = people.sent(line, clinical_indication="#panic() نزيف <b>& 🙂 $x$ is what it says")
        page = consultant.get(f"/referrals/{made.reference}/pdf/")
        assert page.content.startswith(b"%PDF")
        assert page["Content-Disposition"].startswith("attachment")
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["Cache-Control"] == "no-store"
        paper = pypdf.PdfReader(io.BytesIO(page.content))
        text = " ".join(" ".join(each.extract_text() for each in paper.pages).split())
        assert "#panic()" in text
        assert "U+1F642 slightly smiling face" in text
        used = {str(font["/BaseFont"]) for each in paper.pages for font in _fonts_of(each)}
        assert any("Arabic" in name for name in used)
        assert all("Arabic" in name or "SourceSansPro" in name for name in used), used

    def test_a_sent_referral_is_not_a_draft_any_more(self, consultant, line):
        made = people.sent(line)
        for part in ("", "patient/", "check/", "identity/", "files/"):
            assert consultant.get(f"/referrals/draft/{made.token}/{part}").status_code == 302
        with pytest.raises(drafts.NoLongerADraft):
            drafts.save_draft(made, line.user, {"ward": "1"})
        assert made.reference
