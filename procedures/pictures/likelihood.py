"""Chances as numbers, in the words the site uses for them, with one denominator for a page.

Words and their meanings are those of the content guide: very common, more than 1 in 10; common,
1 in 10 to 1 in 100; uncommon, 1 in 100 to 1 in 1,000; rare, 1 in 1,000 to 1 in 10,000; very rare,
fewer than 1 in 10,000. A figure is never rounded down.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Denominator = Literal[100, 1000]
Figure = str | int | float | Fraction

# Least share of people for each word; the first is "more than", the rest "or more".
_WORDS: tuple[tuple[Fraction, str], ...] = (
    (Fraction(1, 10), "very common"),
    (Fraction(1, 100), "common"),
    (Fraction(1, 1000), "uncommon"),
    (Fraction(1, 10000), "rare"),
)


def _share(figure: Figure, out_of: int) -> Fraction:
    return Fraction(str(figure)) / out_of


@dataclass(frozen=True)
class Chance:
    """How many people something happens to.

    Args:
        name: what happens, as a reader would say it: "Bleeding that needs treatment".
        low: how many people of ``out_of``; ``None`` where no source gives a figure.
        high: the upper end where sources give a range, else ``None``.
        out_of: the number of people that ``low`` and ``high`` are counted in.
        over: over what time, if known: "in the first month".
        note: a sentence more for the text alternative, such as what is done about it.
        called: the word that the page's table gives it, where that is known; else the figures choose it.

    Raises:
        ValueError: where the figures are below 0, above ``out_of``, or the wrong way round.
    """

    name: str
    low: Figure | None
    high: Figure | None = None
    out_of: int = 100
    over: str = ""
    note: str = ""
    called: str = ""

    def __post_init__(self) -> None:
        if self.low is None:
            if self.high is not None:
                raise ValueError(f"{self.name}: an upper figure needs a lower one.")
            return
        if not 0 <= self.least <= self.most <= 1:
            raise ValueError(
                f"{self.name}: {self.low} to {self.high} in {self.out_of} is no chance."
            )

    @property
    def known(self) -> bool:
        return self.low is not None

    @property
    def least(self) -> Fraction:
        """The lower end as a share of all people."""
        return _share(self.low or 0, self.out_of)

    @property
    def most(self) -> Fraction:
        """The upper end as a share of all people; the same as the lower where there is no range."""
        return self.least if self.high is None else _share(self.high, self.out_of)

    def filled(self, denominator: Denominator) -> tuple[int, int]:
        """How many figures of so many are solid, and how many more are hatched.

        Solid up to the low end in whole people, hatched from there to the high end rounded up,
        so that part of a person is never lost.
        """
        solid = math.floor(self.least * denominator)
        return solid, math.ceil(self.most * denominator) - solid

    def word(self) -> str:
        """The word for this chance, or two joined by "to" where the range spans more than one."""
        if not self.known:
            return "not known"
        if self.called:
            return self.called
        low, high = word_for(self.least), word_for(self.most)
        return low if low == high else f"{low} to {high}"

    def in_numbers(self, denominator: Denominator) -> str:
        """ "2 to 3 in 100 people", "fewer than 1 in 1,000 people", or that it is not known."""
        if not self.known:
            return "it is not known how often this happens"
        low, high = self.least * denominator, self.most * denominator
        people = f"in {denominator:,} people"
        if high == 0:
            return f"none {people} studied"
        if high < 1:
            return f"fewer than 1 {people}"
        if low == high:
            return f"{_plain(low)} {people}"
        if low == 0:
            return f"up to {_plain(high)} {people}"
        if low < 1:
            return f"from fewer than 1 to {_plain(high)} {people}"
        return f"{_plain(low)} to {_plain(high)} {people}"


def _plain(count: Fraction) -> str:
    """A count to one decimal place at most, rounded up; 10 or more that go on for ever, to a whole person."""
    rounded = Fraction(math.ceil(count * 10), 10)
    if count >= 10 and rounded != count:
        rounded = Fraction(math.ceil(count))
    return f"{int(rounded):,}" if rounded.denominator == 1 else f"{float(rounded):,.1f}"


def word_for(share: Fraction) -> str:
    """The word for a share of all people (0 to 1)."""
    first, *rest = _WORDS
    if share > first[0]:
        return first[1]
    for least, word in rest:
        if share >= least:
            return word
    return "very rare"


def shared_denominator(chances: Sequence[Chance]) -> Denominator:
    """The one denominator for a page: 100, or 1,000 where anything is rarer than 1 in 100.

    Where a source gives only an upper end (“fewer than 1 in 100”), that end counts.
    """
    known = [chance for chance in chances if chance.known and chance.most]
    return (
        1000 if any((chance.least or chance.most) < Fraction(1, 100) for chance in known) else 100
    )
