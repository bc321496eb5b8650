"""Finds the figures of a page that its evidence does not hold, and those that another source than the one cited holds."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .figures import Figure, figures
from .sheets import Stated
from .statements import Statement

COUNTS = re.compile(
    r"\b(?:these|those|your|both)?\s*(?P<number>\d+)\s+(?:\w+\s+)?"
    r"(?:things|kinds|ways|choices|reasons|questions|parts|steps|stages|lines|groups|places|rules|points|sorts|types)\b",
    re.IGNORECASE,
)
"""A count of what the sentence itself lists: not a fact that needs a source."""
ROUND_BASES = (10, 100, 1000, 10000)
"""What a share is given out of for the reader; “4 of 121” is a count instead."""


SMALL_COUNT = 12
"""Up to this, a number without a unit (“2 cuts”) need only stand somewhere in the sheet."""


@dataclass(frozen=True)
class Held:
    """The figures that a body of evidence holds, ready for comparison."""

    exact: frozenset[tuple[str, Fraction]]
    bare: frozenset[Fraction]
    unmeasured: frozenset[Fraction]
    proportions: tuple[Fraction, ...]
    pairs: frozenset[frozenset[Fraction]]


def held(stated: Iterable[Stated]) -> Held:
    """Collect the figures of statements."""
    found = [(statement, figure) for statement in stated for figure in statement.figures]
    together: dict[int, set[Fraction]] = {}
    for statement, figure in found:
        together.setdefault(id(statement), set()).add(figure.bare)
        if figure.base:
            together[id(statement)].add(figure.base)
    return Held(
        exact=frozenset((figure.measures, figure.value) for _, figure in found),
        bare=frozenset(number for numbers in together.values() for number in numbers),
        unmeasured=frozenset(
            figure.bare for _, figure in found if figure.measures in ("number", "year")
        ),
        proportions=tuple(
            sorted({figure.value for _, figure in found if figure.measures == "proportion"})
        ),
        pairs=frozenset(
            frozenset((one, other))
            for numbers in together.values()
            for one in numbers
            for other in numbers
            if one < other
        ),
    )


def is_held(figure: Figure, evidence: Held, counted: tuple[Fraction, ...] = ()) -> bool:
    """Tell whether evidence holds a figure: the same amount, or a proportion rounded up or to the nearest whole.

    A proportion may be rounded down only as the lower end of a range that takes the true figure in. A figure without a unit
    counts as held where the evidence has the same number with any unit; a figure with a unit, where the evidence has the
    number without one. `counted` are shares that the same statement gives as counts (“39 of 46”), themselves held.
    """
    if (figure.measures, figure.value) in evidence.exact or figure.bare in evidence.unmeasured:
        return True
    if figure.measures == "decade":
        return any(figure.value <= year < figure.value + 10 for year in evidence.unmeasured)
    if figure.measures in ("number", "year"):
        return figure.bare in evidence.bare
    if figure.measures == "months":
        return ("time", figure.value * 30 * 24 * 60) in evidence.exact
    if figure.measures == "time":
        return ("months", figure.value / (30 * 24 * 60)) in evidence.exact
    if figure.measures != "proportion":
        return False
    if frozenset((figure.bare, figure.base)) in evidence.pairs and figure.base not in ROUND_BASES:
        return True
    for value in (*evidence.proportions, *counted):
        scaled = value * figure.base
        if figure.bare in (math.ceil(scaled), math.floor(scaled + Fraction(1, 2))):
            return True
        if figure.bare == math.floor(scaled) and figure.highest >= value:
            return True
    return False


def to_check(statement: Statement) -> list[Figure]:
    """Return the figures of a statement that need evidence. Number words need it only beside a unit."""
    counts = {match.group("number") for match in COUNTS.finditer(statement.words)}
    return [
        figure
        for figure in figures(statement.words)
        if not (figure.measures == "number" and (figure.by_word or figure.written in counts))
    ]


def _is_small_count(figure: Figure) -> bool:
    """Tell whether a figure says too little to hold it to one source: a number word, or a few things without a unit."""
    return figure.by_word or (figure.measures == "number" and figure.bare <= SMALL_COUNT)


def missing(found: list[Figure], evidence: Held) -> list[Figure]:
    """Return which of a statement's figures the evidence does not hold."""
    counted = tuple(
        figure.value
        for figure in found
        if figure.measures == "proportion"
        and figure.base not in ROUND_BASES
        and is_held(figure, evidence)
    )
    return [figure for figure in found if not is_held(figure, evidence, counted)]


@dataclass(frozen=True)
class FigureProblem:
    """A figure that the evidence does not hold (`where` is “sheet”), or not under the sources cited (“source”)."""

    statement: Statement
    figure: Figure
    where: str


def unheld(statements: Iterable[Statement], stated: list[Stated]) -> list[FigureProblem]:
    """Return every figure of the statements that the evidence does not hold."""
    whole = held(stated)
    by_keys: dict[tuple[str, ...], Held] = {}
    found = []
    for statement in statements:
        wanted = to_check(statement)
        absent = missing(wanted, whole)
        found += [FigureProblem(statement, figure, "sheet") for figure in absent]
        present = [
            figure for figure in wanted if figure not in absent and not _is_small_count(figure)
        ]
        if present and statement.keys:
            if statement.keys not in by_keys:
                by_keys[statement.keys] = held(
                    part for part in stated if not part.keys or part.keys & set(statement.keys)
                )
            found += [
                FigureProblem(statement, figure, "source")
                for figure in missing(present, by_keys[statement.keys])
            ]
    return found
