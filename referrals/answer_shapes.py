"""The shapes in which answers are stored, each a check that says what is wrong with a value.

Shape alone: whether a value is plausible, present or timely is for the form and the flags.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from referrals.vocabulary import NOT_KNOWN

LINE, TEXT, LONG = 120, 1000, 4000
ROWS_AT_MOST = 40

Check = Callable[[Any], str]
"""What is wrong with a value, in words for the log; "" where nothing is."""


def line(length: int) -> Check:
    """Text of so many characters at most."""

    def problem(value: Any) -> str:
        if not isinstance(value, str):
            return "This must be text."
        if len(value) > length:
            return f"Use {length} characters or fewer."
        if "\x00" in value:
            return "This has a character that cannot be stored."
        return ""

    return problem


def word(*vocabularies: type[StrEnum] | str) -> Check:
    """One of the words of a vocabulary."""
    known = {str(each) for one in vocabularies for each in ([one] if isinstance(one, str) else one)}

    def problem(value: Any) -> str:
        return "" if isinstance(value, str) and value in known else "Choose one of the answers."

    return problem


def words(vocabulary: type[StrEnum]) -> Check:
    """Some words of a vocabulary, "none" or "not known"."""
    known = {str(each) for each in vocabulary}

    def problem(value: Any) -> str:
        if value in ("none", NOT_KNOWN):
            return ""
        given = isinstance(value, list) and value and all(isinstance(each, str) for each in value)
        return "" if given and set(value) <= known else "Choose from the list, none or not known."

    return problem


def day(value: Any) -> str:
    """A date, as 2026-03-27."""
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return "Enter a real date."
    return ""


def moment(value: Any) -> str:
    """A time with its offset from UTC."""
    try:
        aware = datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        aware = False
    return "" if aware else "Enter a real date and time."


def tick(value: Any) -> str:
    """True or false."""
    return "" if isinstance(value, bool) else "Tick it or leave it."


def number(value: Any) -> str:
    """A number written out: six figures and three decimals at most, no sign."""
    fits = isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", value)
    return "" if fits else "This must be a number."


def or_not_known(check: Check) -> Check:
    """The same, or the words "not known": an explicit answer, never an empty one."""

    def problem(value: Any) -> str:
        return "" if value == NOT_KNOWN else check(value)

    return problem


def treatment(value: Any) -> str:
    """A list of words, "none" or "not known"; earlier referrals hold a line of text."""
    if isinstance(value, str):
        return line(TEXT)(value)
    known = {"insulin", "SGLT2 inhibitor", "other medicine", "diet"}
    fits = isinstance(value, list) and value and set(map(str, value)) <= known
    return "" if fits else "Choose from the list, none or not known."


def documents_in_place(value: Any) -> str:
    """Lasting power of attorney, advance decision, deputy; "none" or "not known"."""
    if value in ("none", NOT_KNOWN):
        return ""
    fits = isinstance(value, list) and value and set(map(str, value)) <= {"LPA", "ADRT", "deputy"}
    return "" if fits else "Choose from the list, none or not known."


def rows(**columns: Check) -> Check:
    """Rows of the columns named, each with its own check; "none", "none known" or "not known"."""

    def problem(value: Any) -> str:
        if value in ("none", "none known", NOT_KNOWN):
            return ""
        if not isinstance(value, list) or not value:
            return "Fill a row, or choose none or not known."
        if len(value) > ROWS_AT_MOST:
            return f"Give {ROWS_AT_MOST} rows or fewer."
        for place, row in enumerate(value, start=1):
            if not isinstance(row, dict) or not set(row) <= set(columns):
                return f"Row {place} cannot be read."
            for name, cell in row.items():
                wrong = "" if cell in (None, "") else columns[name](cell)
                if wrong:
                    return f"Row {place}: {wrong}"
        return ""

    return problem


def mails(value: Any) -> str:
    """Up to ten e-mail addresses."""
    fits = isinstance(value, list) and all(
        isinstance(each, str) and len(each) < 255 for each in value
    )
    return "" if fits and len(value) <= 10 else "Give 10 addresses or fewer."
