"""Holds the words and the picture of each risk against its figure: “uncommon” must mean what the page says it means."""

import re
from fractions import Fraction

from procedures.compiling import PageRows, Row

from .figures import figures

LEAST = {
    "very_common": Fraction(1, 10),
    "common": Fraction(1, 100),
    "uncommon": Fraction(1, 1000),
    "rare": Fraction(1, 10000),
    "very_rare": Fraction(0),
}
"""Frequency word: the share of people from which it holds (the house style's own bands)."""
BORDERS = set(LEAST.values())
"""A share on the border of two bands, such as 1 in 100, may carry either word."""
WORDS = list(LEAST)
OPEN_ENDED = re.compile(r"\b(?:at least|more than|over|or more)\b")
"""A benefit “in at least 90” may be drawn up to the whole."""


def word_for(part: Fraction) -> str:
    """Return the word for a share of people."""
    return next(word for word in WORDS if part >= LEAST[word])


def likelihood_problems(rows: PageRows) -> list[tuple[str, str]]:
    """Return (name, what is wrong) for risks that are worded or drawn too mildly, and benefits drawn too well."""
    found = []
    for row in rows.risks:
        found += [
            (row["name"], problem)
            for problem in (_word_problem(row), _picture_problem(row, -1))
            if problem
        ]
    for row in rows.benefits:
        found += [(row["name"], problem) for problem in (_picture_problem(row, 1),) if problem]
    return found


def _word_problem(row: Row) -> str:
    """Say what is wrong where the word for a risk means less often than its upper figure."""
    high, out_of = row.get("affected_high"), row.get("out_of")
    if high is None or not out_of or row["frequency"] not in LEAST:
        return ""
    share = Fraction(str(high)) / Fraction(str(out_of))
    meant = word_for(share)
    if WORDS.index(row["frequency"]) <= WORDS.index(meant) or share in BORDERS:
        return ""
    return f"risk “{row['name']}” is called {row['frequency']}: {high} in {out_of} is {meant}"


def _picture_problem(row: Row, towards: int) -> str:
    """Say what is wrong where a picture shows fewer people than the text beside it (`towards` -1), or more (1).

    One whole person either way is rounding.
    """
    high, out_of = row.get("affected_high"), row.get("out_of")
    written = [
        figure.value
        for figure in figures(row.get("frequency_text") or "")
        if figure.measures == "proportion"
    ]
    if (
        high is None
        or not out_of
        or not written
        or (towards > 0 and OPEN_ENDED.search(row["frequency_text"]))
    ):
        return ""
    share = Fraction(str(high)) / Fraction(str(out_of))
    one = 1 / Fraction(str(out_of))
    if (share - max(written)) * towards < one or any(abs(share - value) < one for value in written):
        return ""
    return f"“{row['name']}” shows {high} in {out_of}, and its text says otherwise: {row['frequency_text']}"
