"""Two windows on one draft: different parts are both kept, the same part shows both versions."""

import pytest
from filling import SCREENS, begin, fill, fill_all, hidden, problems, send

from referrals.form.definition import BY_SLUG
from referrals.form.progress import document_of
from referrals.form.views import sections
from referrals.form.windows import Seen
from referrals.models import Referral
from referrals.service import drafts

pytestmark = pytest.mark.django_db


def draft_at(address: str) -> Referral:
    return Referral.objects.get(token=address.split("/")[3])


def seen_at(client, address: str, slug: str) -> str:
    return hidden(client.get(f"{address}{slug}/"), "seen")


def test_different_parts_opened_together_are_both_kept(consultant, line):
    address = begin(consultant, line)
    one, two = seen_at(consultant, address, "contact"), seen_at(consultant, address, "fitness")
    for slug, seen in (("fitness", two), ("contact", one)):
        typed = {**SCREENS[slug], "seen": seen}
        assert consultant.post(f"{address}{slug}/", typed).status_code == 302
    kept = draft_at(address).answers
    assert (kept["contact_number"], kept["weight_kg"]) == ("01632 960002", "80")


def test_half_typed_parts_in_two_windows_are_both_kept(consultant, line):
    address = begin(consultant, line)
    one, two = seen_at(consultant, address, "contact"), seen_at(consultant, address, "reason")
    typed = {"contact_number": "0163", "seen": one}
    assert consultant.post(f"{address}contact/save/", typed).json()["saved"]
    typed = {"question": "Wh", "seen": two}
    assert consultant.post(f"{address}reason/save/", typed).json()["saved"]
    assert 'value="0163"' in consultant.get(f"{address}contact/").content.decode()
    assert ">Wh<" in consultant.get(f"{address}reason/").content.decode()


def test_a_save_in_between_is_seen_under_the_lock(consultant, line, monkeypatch):
    """Another window saves the same part after this request has read the draft."""
    address = begin(consultant, line)
    seen = seen_at(consultant, address, "contact")
    really = drafts.save_draft

    def meanwhile(referral, user, changes, **how):
        monkeypatch.setattr(sections.drafts, "save_draft", really)
        really(Referral.objects.get(pk=referral.pk), user, {"contact_number": "01632 960111"})
        return really(referral, user, changes, **how)

    monkeypatch.setattr(sections.drafts, "save_draft", meanwhile)
    answer = consultant.post(f"{address}contact/", {**SCREENS["contact"], "seen": seen})
    assert answer.status_code == 409
    assert draft_at(address).answers["contact_number"] == "01632 960111"


def test_the_same_part_saved_in_both_shows_both_versions(consultant, line):
    address = begin(consultant, line)
    seen = seen_at(consultant, address, "contact")
    fill(consultant, address, "contact", contact_number="01632 960111")
    typed = {**SCREENS["contact"], "contact_number": "01632 960222", "seen": seen}
    answer = consultant.post(f"{address}contact/", typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    theirs, mine = text.split("What you typed</h2>")
    assert "What is saved there" in theirs
    assert "01632 960111" in theirs
    assert 'value="01632 960222"' in mine
    typed["seen"] = hidden(answer, "seen")
    assert consultant.post(f"{address}contact/", typed).status_code == 302
    assert draft_at(address).answers["contact_number"] == "01632 960222"


def test_only_what_differs_is_shown_beside_what_was_typed(consultant, line):
    address = begin(consultant, line)
    fill(consultant, address, "contact")
    seen = seen_at(consultant, address, "contact")
    changed = {"contact_number": "01632 960111", "contact_hours": "Nights"}
    fill(consultant, address, "contact", **changed)
    typed = {**SCREENS["contact"], "contact_number": "01632 960222", "contact_hours": "Nights"}
    answer = consultant.post(f"{address}contact/", {**typed, "seen": seen})
    theirs = answer.content.decode().split("What you typed</h2>")[0]
    assert answer.status_code == 409
    assert "where it differs from yours" in theirs
    assert "01632 960111" in theirs
    assert "Nights" not in theirs
    assert "vascular@team.example" not in theirs


def test_an_answer_taken_out_in_the_other_window_is_named(consultant, line):
    address = begin(consultant, line)
    fill(consultant, address, "reason", previous_ir="A stent in 2020")
    seen = seen_at(consultant, address, "reason")
    fill(consultant, address, "reason", previous_ir="")
    typed = {**SCREENS["reason"], "previous_ir": "A stent in 2021", "seen": seen}
    theirs = consultant.post(f"{address}reason/", typed).content.decode()
    assert "Not answered there" in theirs.split("What you typed</h2>")[0]


def test_the_same_part_half_typed_elsewhere_shows_both_and_loses_neither(consultant, line):
    address = begin(consultant, line)
    mine, theirs = (seen_at(consultant, address, "reason") for _ in range(2))
    written = {"question": "Theirs: stop the bleeding", "seen": theirs}
    assert consultant.post(f"{address}reason/save/", written).json()["saved"]
    refused = consultant.post(f"{address}reason/save/", {"question": "Mine", "seen": mine})
    assert refused.status_code == 409
    assert refused.json() == {"saved": False, "changed": True}
    answer = consultant.post(
        f"{address}reason/", {**SCREENS["reason"], "question": "Mine: place a line", "seen": mine}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "What is typed there, and not yet saved" in text
    assert "Theirs: stop the bleeding" in text
    assert "Mine: place a line" in text
    assert "Theirs: stop the bleeding" in consultant.get(f"{address}reason/").content.decode()


def test_typing_and_saving_in_one_window_is_no_conflict(consultant, line):
    address = begin(consultant, line)
    seen = seen_at(consultant, address, "contact")
    for number in ("0163", "01632 96"):
        typed = {"contact_number": number, "seen": seen}
        assert consultant.post(f"{address}contact/save/", typed).json()["saved"]
    typed = {**SCREENS["contact"], "seen": seen}
    assert consultant.post(f"{address}contact/", typed).status_code == 302
    assert (
        "unfinished" not in draft_at(address).answers or not draft_at(address).answers["unfinished"]
    )


def test_long_texts_and_many_boxes_are_kept_whole(consultant, line):
    address = begin(consultant, line)
    typed = {"clinical_indication": "x" * 9000, "seen": seen_at(consultant, address, "reason")}
    assert consultant.post(f"{address}reason/", typed).status_code == 422
    assert "x" * 9000 in consultant.get(f"{address}reason/").content.decode()


def test_a_mark_that_was_made_up_has_seen_nothing(consultant, line):
    address = begin(consultant, line)
    for seen in ("", "x", "a.b.c", "é.é.é"):
        answer = consultant.post(f"{address}contact/", {**SCREENS["contact"], "seen": seen})
        assert answer.status_code == 409
    document = document_of(draft_at(address))
    assert str(Seen.of(BY_SLUG["contact"], document)).count(".") == 2


class TestScope:
    """A procedure outside the consultant's scope is an error beside the choice."""

    @pytest.fixture
    def narrow(self, client):
        import referral_people

        line = referral_people.consultant("narrow", gmc="7000003", scope=["urinary"])
        client.force_login(line.user)
        return line

    def test_at_the_start(self, client, narrow):
        token = hidden(client.get("/referrals/new/"), "token")
        typed = {"token": token, "consultant": str(narrow.pk), "is_emergency": "no"}
        typed |= {"organisation": "RJR", "request_mode": "procedure", "procedure": "picc"}
        answer = client.post("/referrals/new/", typed)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert ["outside what" in each for each in problems(answer)] == [True], problems(answer)
        assert 'href="#id_procedure"' in text
        assert '<option value="picc" selected>' in text
        assert not Referral.objects.exists()
        right = {**typed, "procedure": "nephrostomy-exchange"}
        assert client.post("/referrals/new/", right).status_code == 302

    def test_later(self, client, narrow):
        from referrals.models import RefusalCount

        address = begin(client, narrow, procedure="nephrostomy-exchange")
        seen = seen_at(client, address, "procedure")
        typed = {"request_mode": "procedure", "procedure": "picc", "seen": seen}
        answer = client.post(f"{address}procedure/", typed)
        assert answer.status_code == 422
        assert 'id="id_procedure-error"' in answer.content.decode()
        assert draft_at(address).answers["procedure"] == "nephrostomy-exchange"
        assert RefusalCount.objects.filter(rule="R03").exists()
        again = client.get(f"{address}procedure/").content.decode()
        assert '<option value="picc" selected>' in again


def test_everything_filled_in_any_order_can_be_sent(consultant, line):
    address = begin(consultant, line)
    fill_all(consultant, address)
    assert send(consultant, address).status_code == 302
