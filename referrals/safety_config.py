"""The rule set: every threshold, hold time and wording as a row with a source and an owner.

Rows live in the database and are edited there with history; the first ones come from
fixtures/referrals/rules.yaml. Nothing here knows where its rows come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from operator import ge, gt, le, lt
from typing import Any

from referrals.fixture_rows import fixture_rows
from referrals.vocabulary import DrugClass, Mark

OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le}
ADVICE = re.compile(
    r"\b(stop|hold|withhold|continue|restart) (the|your|this|taking|it)\b|\bsafe\b", re.IGNORECASE
)


class RuleSetIncomplete(LookupError):
    """A rule asks for a row that the rule set has not got; the message names it."""


@dataclass(frozen=True)
class Provenance:
    """Who stands behind a row: source codes, owner, review date and how far to trust it."""

    sources: tuple[str, ...]
    owner: str
    review_date: date
    mark: Mark

    def overdue(self, today: date) -> bool:
        return self.review_date < today


@dataclass(frozen=True)
class Limit:
    """A threshold with its operator: the rule fires when ``value operator limit`` is true.

    A limit with no value is not set, and never fires.
    """

    code: str
    value: Decimal | None
    operator: str
    unit: str
    provenance: Provenance

    def reached_by(self, value: Decimal | int | None) -> bool:
        if self.value is None or value is None:
            return False
        return OPERATORS[self.operator](Decimal(str(value)), self.value)


@dataclass(frozen=True)
class RuleText:
    """One level and wording of a rule. ``variant`` tells apart the levels of one rule."""

    code: str
    variant: str
    level: str
    wording: str
    audience: str
    provenance: Provenance


@dataclass(frozen=True)
class Drug:
    """A drug that the form offers. ``counts`` puts it in R15 to R19."""

    code: str
    name: str
    drug_class: DrugClass
    counts: bool
    kidney_matters: bool


@dataclass(frozen=True)
class HoldTime:
    """A published drug-free interval, in hours, from one scheme. For R40, IR side only.

    ``clearance_from`` and ``clearance_below`` bound creatinine clearance in mL/min.
    """

    scheme: str
    drug: str
    high_risk: bool
    hours: int
    clearance_from: Decimal | None
    clearance_below: Decimal | None
    provenance: Provenance


@dataclass(frozen=True)
class RuleSet:
    """All rows of one version."""

    version: str
    limits: Mapping[str, Limit]
    lists: Mapping[str, tuple[str, ...]]
    texts: Mapping[tuple[str, str], RuleText]
    drugs: Mapping[str, Drug]
    hold_times: tuple[HoldTime, ...]
    sources: Mapping[str, str]
    hold_scheme: str = ""

    def limit(self, code: str) -> Limit:
        return _row(self.limits, code, "limit")

    def number(self, code: str) -> Decimal:
        """The value of a limit that must be set."""
        value = self.limit(code).value
        if value is None:
            raise RuleSetIncomplete(f"Rule set {self.version}: limit {code!r} has no value.")
        return value

    def words(self, code: str) -> tuple[str, ...]:
        return _row(self.lists, code, "list")

    def text(self, code: str, variant: str = "") -> RuleText:
        return _row(self.texts, (code, variant), "rule")


def _row(rows: Mapping[Any, Any], key: object, what: str) -> Any:
    try:
        return rows[key]
    except KeyError:
        raise RuleSetIncomplete(f"The rule set has no {what} {key!r}.") from None


def wording_problem(wording: str) -> str:
    """Why a wording may not be used; empty when it may. A rule never advises on a drug."""
    found = ADVICE.search(wording)
    if found is None:
        return ""
    return f'A flag must not advise or reassure: take out "{found.group(0)}".'


def rule_set_from_rows(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> RuleSet:
    """Build a RuleSet from fixture-shaped rows of one version.

    Raises ValueError for an operator, class or source that is not known, or a wording that
    advises.
    """
    (about,) = rows["ruleset"]
    sources = {row["code"]: row["title"] for row in rows["rulesource"]}
    texts = {}
    for row in rows["safetyrule"]:
        problem = wording_problem(row["wording"])
        if problem:
            raise ValueError(f"{row['code']}: {problem}")
        texts[row["code"], row.get("variant", "")] = RuleText(
            row["code"],
            row.get("variant", ""),
            row["level"],
            row["wording"],
            row.get("audience", "both"),
            _provenance(row, sources),
        )
    return RuleSet(
        version=str(about["version"]),
        hold_scheme=about.get("hold_scheme", ""),
        limits={row["code"]: _limit(row, sources) for row in rows["rulelimit"]},
        lists={row["code"]: tuple(row["items"]) for row in rows["rulelist"]},
        texts=texts,
        drugs={row["code"]: _drug(row) for row in rows["drug"]},
        hold_times=tuple(_hold_time(row, sources) for row in rows["holdtime"]),
        sources=sources,
    )


@cache
def seeded_rule_set() -> RuleSet:
    """The rule set shipped with the code."""
    return rule_set_from_rows(fixture_rows("rules.yaml"))


def _provenance(row: Mapping[str, Any], sources: Mapping[str, str]) -> Provenance:
    missing = [code for code in row["sources"] if code not in sources]
    if missing or not row["sources"]:
        raise ValueError(f"{row.get('code', row)}: sources not in the table: {missing}")
    return Provenance(tuple(row["sources"]), row["owner"], row["review_date"], Mark(row["mark"]))


def _decimal(value: object) -> Decimal | None:
    return None if value is None or value == "" else Decimal(str(value))


def _limit(row: Mapping[str, Any], sources: Mapping[str, str]) -> Limit:
    if row["operator"] not in OPERATORS:
        raise ValueError(f"{row['code']}: operator {row['operator']!r} is not one of <, <=, >, >=.")
    return Limit(
        row["code"],
        _decimal(row["value"]),
        row["operator"],
        row.get("unit", ""),
        _provenance(row, sources),
    )


def _drug(row: Mapping[str, Any]) -> Drug:
    return Drug(
        row["code"],
        row["name"],
        DrugClass(row["drug_class"]),
        row["counts"],
        row["kidney_matters"],
    )


def _hold_time(row: Mapping[str, Any], sources: Mapping[str, str]) -> HoldTime:
    drug = row["drug"]
    return HoldTime(
        row["scheme"],
        drug[0] if isinstance(drug, list | tuple) else drug,
        row["high_risk"],
        row["hours"],
        _decimal(row.get("clearance_from")),
        _decimal(row.get("clearance_below")),
        _provenance(row, sources),
    )
