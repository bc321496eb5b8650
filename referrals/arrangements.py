"""How the department has arranged itself: who hears when, how long is soon, what a question opens.

Rows with a source, an owner and a review date, like the limits of the safety rules. Here they are
plain values; `service.configuration` reads them from the database, and where a table has no row,
those shipped with the code hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from referrals.fixture_rows import fixture_rows

SHIPPED = "arrangements.yaml"


class Waiting(StrEnum):
    """What an escalation step is about, and so in what it is counted."""

    VETTING = "vetting"
    QUESTION = "question"
    UNREAD = "unread"
    ACCOUNT = "account"


UNITS = {
    Waiting.VETTING: "% of the vetting target",
    Waiting.QUESTION: "times the chasing time of its urgency",
    Waiting.UNREAD: "working days after the outcome",
    Waiting.ACCOUNT: "days before the account ends",
}


class Period(StrEnum):
    """Spans of time that are nobody's rule yet."""

    STALE_SOON = "stale_soon"
    CALENDAR_NOTICE = "calendar_notice"
    KEEP_ADULT = "keep_adult"
    KEEP_NOT_ACCEPTED = "keep_not_accepted"
    KEEP_CHILD = "keep_child"
    KEEP_CHILD_17 = "keep_child_17"


class Told(StrEnum):
    """What IR staff hear of by e-mail, apart from the steps of an escalation."""

    ANSWERED = "answered"
    MESSAGE = "message"
    BOUNCE = "bounce"
    UNDELIVERED = "undelivered"
    RECONCILE = "reconcile"
    HOLIDAYS = "holidays"
    LAPSE = "lapse"
    ACCOUNT_REQUEST = "account-request"
    OPENINGS = "openings"
    REVIEWS = "reviews"


@dataclass(frozen=True)
class Step:
    """One step of a ladder: after how much of its unit, and who hears."""

    after: int
    tell_team: bool
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Arrangements:
    """All of it, of one moment."""

    webmail: frozenset[str]
    steps: Mapping[Waiting, tuple[Step, ...]]
    periods: Mapping[Period, int]
    recipients: Mapping[Told, tuple[str, ...]]
    question_fields: Mapping[str, tuple[str, ...]]
    provisional: frozenset[str]
    """Codes of periods, items and ladders that are not yet confirmed."""


def arrangements_from_rows(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Arrangements:
    """Build them from rows by model; a table without rows takes those of the code."""
    given = {name: list(found) for name, found in rows.items()}
    whole = {name: given.get(name) or found for name, found in _shipped_rows().items()}
    steps: dict[Waiting, list[Step]] = defaultdict(list)
    provisional = set()
    for row in whole["escalationstep"]:
        if row.get("active", True):
            about = Waiting(row["about"])
            steps[about].append(
                Step(row["after"], row.get("tell_team", False), tuple(row["groups"]))
            )
        if row["mark"] in "CP":
            provisional.add(str(row["about"]))
    for name, key in (("serviceperiod", "code"), ("questionfields", "item")):
        provisional |= {str(row[key]) for row in whole[name] if row["mark"] in "CP"}
    return Arrangements(
        webmail=frozenset(
            row["brand"].lower() for row in whole["webmailbrand"] if row.get("active", True)
        ),
        steps={
            about: tuple(sorted(found, key=lambda step: step.after))
            for about, found in steps.items()
        },
        periods={
            Period(row["code"]): row["value"]
            for row in [*_shipped_rows()["serviceperiod"], *whole["serviceperiod"]]
        },
        recipients={
            Told(row["about"]): tuple(row["groups"])
            for row in [*_shipped_rows()["recipients"], *whole["recipients"]]
        },
        question_fields={row["item"]: tuple(row["fields"]) for row in whole["questionfields"]},
        provisional=frozenset(provisional),
    )


@lru_cache(maxsize=1)
def _shipped_rows() -> Mapping[str, list[dict[str, Any]]]:
    return fixture_rows(SHIPPED)
