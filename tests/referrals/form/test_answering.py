"""A question of IR, answered by the team: its boxes, what counts as an answer, what IR then sees."""

import re
from datetime import timedelta

import pytest
import referral_people as people
from django.test import Client
from django.utils import timezone

from referrals.service import moves
from referrals.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def radiologist():
    return people.person("radiologist", "IR radiologist")


def asked(line, radiologist, items, fields, **answers):
    """A referral with an open question of these codes, which opened these fields."""
    referral = people.vetted(people.sent(line, **answers), radiologist)
    recorded = {
        "items": items,
        "fields": fields,
        "note": "Please look again.",
        "needed_by": (timezone.localdate() + timedelta(days=3)).isoformat(),
    }
    return moves.move(
        referral, radiologist, State.INFO_WANTED, recorded, seen_row=referral.newest_row
    )


def as_shown(page) -> dict[str, str]:
    """What the boxes of the page hold, to be sent back as they stand."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.content.decode()):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        ticked = "checkbox" not in tag or "checked" in tag
        if name and ticked and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = value[1] if value else ""
    return found


def test_sending_back_what_ir_has_already_is_no_answer(consultant, line, radiologist):
    question = asked(line, radiologist, ["bloods_old"], ["inr", "inr_at"])
    address = f"/referrals/{question.reference}/answer/"
    typed = as_shown(consultant.get(address))
    refused = consultant.post(address, typed)
    assert refused.status_code == 422
    assert "Nothing here differs from what IR has already." in refused.content.decode()
    assert "<title>Error: Answer IR" in re.sub(r"\s+", " ", refused.content.decode()).replace(
        "<title> ", "<title>"
    )
    assert consultant.post(address, {**typed, "note": "It stands."}).status_code == 302


def test_an_emptied_box_is_a_slip_and_not_an_answer(consultant, line, radiologist):
    question = asked(
        line, radiologist, ["bloods_old"], ["inr", "inr_at", "platelets", "platelets_at"]
    )
    address = f"/referrals/{question.reference}/answer/"
    typed = as_shown(consultant.get(address)) | {"inr": "", "platelets": "180", "note": "Repeated."}
    refused = consultant.post(address, typed)
    assert refused.status_code == 422
    words = refused.content.decode()
    assert "This had an answer. Enter it again, or say that it is not known." in words
    assert "Repeated." in words
    assert 'value="180"' in words
    question.refresh_from_db()
    assert question.answers["inr"] == "1.0"
    assert consultant.post(address, typed | {"inr_unknown": "on"}).status_code == 302
    question.refresh_from_db()
    assert question.answers["inr"] == "not known"


def test_what_ir_asks_for_has_a_box_though_the_procedure_does_not_need_it(
    consultant, line, radiologist
):
    question = asked(line, radiologist, ["level_or_side"], ["laterality", "level_or_site"])
    address = f"/referrals/{question.reference}/answer/"
    page = consultant.get(address)
    assert 'name="laterality"' in page.content.decode()
    typed = as_shown(page) | {"laterality": "left", "level_or_site": "basilic vein"}
    assert consultant.post(address, typed).status_code == 302
    question.refresh_from_db()
    assert question.answers["laterality"] == "left"


def test_the_team_is_told_what_is_wanted_without_the_times_beside_it(consultant, line, radiologist):
    question = asked(line, radiologist, ["bloods_old"], ["inr", "inr_at", "hb", "hb_at"])
    words = consultant.get(f"/referrals/{question.reference}/").content.decode()
    assert "Wanted: INR, Haemoglobin." in words
    assert "Blood results are too old" in words


def test_ir_sees_the_whole_line_as_it_was_and_marks_nothing_that_stayed(
    consultant, line, radiologist
):
    fields = ["inr", "inr_at", "platelets", "platelets_at"]
    question = asked(line, radiologist, ["bloods_old"], fields)
    address = f"/referrals/{question.reference}/answer/"
    typed = as_shown(consultant.get(address)) | {"inr": "1.4"}
    assert consultant.post(address, typed).status_code == 302
    triage = Client()
    triage.force_login(radiologist)
    words = triage.get(f"/triage/{question.reference}/").content.decode()
    assert words.count("Changed.") == 1
    assert re.search(r"<strong>Changed\.</strong> Before: 1\.0, \d+ \w+ \d{4}, \d\d:\d\d", words)


def test_ir_sees_an_answer_that_was_taken_away(line, radiologist):
    from referrals.service import correspondence

    question = asked(
        line, radiologist, ["level_or_side"], ["laterality"], procedure="iliac-angioplasty",
        laterality="left", level_or_site="common iliac",
    )  # fmt: skip
    correspondence.answer_information(
        question, line.user, {"laterality": None}, seen_row=question.newest_row, note="Unsure."
    )
    triage = Client()
    triage.force_login(radiologist)
    words = triage.get(f"/triage/{question.reference}/").content.decode()
    assert re.search(r"Side</dt>.{0,120}Not answered.{0,120}Before: left", words, re.DOTALL)
