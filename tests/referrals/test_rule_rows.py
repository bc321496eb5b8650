"""Rows of configuration: each has someone behind it, and bad rows are refused by name."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date

import pytest
from referral_cases import CATALOGUE, RULES

from referrals.catalogue import counts_as_high
from referrals.fixture_rows import fixture_rows
from referrals.safety import ENDING_RULES
from referrals.safety import RULES as RULE_FUNCTIONS
from referrals.safety_config import RuleSetIncomplete, rule_set_from_rows
from referrals.vocabulary import Group

ROWS = fixture_rows("rules.yaml", "catalogue.yaml", "arrangements.yaml")
SOURCES = {row["code"] for row in ROWS["rulesource"]}
PROVENANCED = (
    *("rulelimit", "rulelist", "safetyrule", "drug", "holdtime", "catalogueentry"),
    *("webmailbrand", "escalationstep", "serviceperiod", "recipients", "questionfields"),
)


@pytest.mark.parametrize("model", PROVENANCED)
def test_every_row_has_a_source_an_owner_a_review_date_and_a_mark(model: str) -> None:
    for row in ROWS[model]:
        assert row["sources"]
        assert row["owner"]
        assert isinstance(row["review_date"], date)
        assert row["mark"] in "ABCP"
        assert set(row["sources"]) <= SOURCES, row


def test_every_rule_has_a_row_and_every_row_a_rule() -> None:
    functions = {*ENDING_RULES, *RULE_FUNCTIONS}
    assert functions == {f"R{number:02d}" for number in range(1, 43)}
    assert {code for code, _ in RULES.texts} == functions


def test_a_missing_row_is_named() -> None:
    with pytest.raises(RuleSetIncomplete, match="no such limit"):
        RULES.limit("no such limit")


@pytest.mark.parametrize(
    ("model", "change", "named"),
    [
        ("rulelimit", {"operator": "="}, "operator"),
        ("rulelimit", {"sources": ["S999"]}, "S999"),
        ("safetyrule", {"wording": "Stop the drug."}, "Stop the"),
    ],
)
def test_a_bad_row_is_refused(model: str, change: dict, named: str) -> None:
    rows = copy.deepcopy(dict(ROWS))
    rows[model][0].update(change)
    with pytest.raises(ValueError, match=named):
        rule_set_from_rows(rows)


def test_every_procedure_has_a_known_group() -> None:
    assert {entry.group for entry in CATALOGUE.values()} == set(Group)


@pytest.mark.parametrize(
    "entry", [e for e in CATALOGUE.values() if e.sir_class in ("conflict", "unlisted")]
)
def test_conflict_and_unlisted_count_as_high_until_a_local_class_is_set(entry: object) -> None:
    nothing = dict.fromkeys(("sheath_f", "filter_removal", "venous_stent_lysis"))
    below = RULES.number("class.sheath_below")
    assert counts_as_high(entry, **nothing, sheath_below=below)
    local = replace(entry, local_class="low")
    assert not counts_as_high(local, **nothing, sheath_below=below)
