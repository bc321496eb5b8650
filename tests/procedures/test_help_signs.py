"""The same warning sign gets the same answer on every page, and a frightened reader meets the right one first."""

import re

import pytest

from procedures.evidence import checking
from procedures.rows import page_rows_from_fixture

pytestmark = pytest.mark.every_page

FEVER = re.compile(r"fever|temperature|37\.5", re.IGNORECASE)
WITHOUT_FEVER = re.compile(r"\b(?:no|without|even with no) (?:a )?fever", re.IGNORECASE)
SHIVERING = re.compile(r"shiver|chills|shake", re.IGNORECASE)
FAST = re.compile(r"999|A&E|hotline|cancer line")


def page_signs(file, level):
    """Return the signs of one card in order: their words, or the name of the shared sign."""
    rows = sorted(page_rows_from_fixture(file).help_signs, key=lambda row: row["order"])
    return [row.get("sign") or row["shared"] for row in rows if row["level"] == level]


@pytest.mark.parametrize("file", checking.page_files(), ids=lambda file: file.stem)
def test_people_on_chemotherapy_meet_their_hotline_before_any_other_advice_on_fever(file):
    signs = page_signs(file, "same_day")
    if "sign-fever-chemotherapy" not in signs:
        return
    before = signs[: signs.index("sign-fever-chemotherapy")]
    assert [sign for sign in before if sign == "sign-fever" or FEVER.search(sign)] == []


@pytest.mark.parametrize("file", checking.page_files(), ids=lambda file: file.stem)
def test_a_fever_with_shivering_is_never_left_for_a_telephone_call_alone(file):
    slow = [
        sign
        for sign in page_signs(file, "same_day")
        if FEVER.search(sign)
        and SHIVERING.search(sign)
        and not WITHOUT_FEVER.search(sign)
        and not FAST.search(sign)
    ]
    assert slow == []


def test_after_sedation_the_drowsy_get_one_answer():
    """The advice after sedation once said to ring about being “very drowsy”, and the 999 card said 999."""
    said = checking.shared_texts()
    assert re.search(r"very drowsy[^.]*needs 999", said["after-sedation"].body)
    assert "very drowsy" in said["sign-new-confusion"].body
    assert "call 999" in said["sign-new-confusion"].body
