"""A flag: what one rule has to say about one referral."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """STOP cannot go by form. LEGAL is put right before sending. RED is acknowledged."""

    STOP = "STOP"
    LEGAL = "LEGAL"
    RED = "RED"
    AMBER = "AMBER"
    INFO = "INFO"

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        return _ORDER[self]


_ORDER = {level: rank for rank, level in enumerate(Level)}


class Audience(StrEnum):
    BOTH = "both"
    IR_ONLY = "IR"


@dataclass(frozen=True)
class Flag:
    """One finding. ``detail`` holds the referrer's own words, shown beside the wording, quoted.

    ``subject`` says which of several findings of one rule this is (R09: "inr"). ``rule_set`` is
    the version that was applied. ``id`` is R01 to R42.
    """

    id: str
    level: Level
    wording: str
    sources: tuple[str, ...]
    rule_set: str
    audience: Audience = Audience.BOTH
    subject: str = ""
    detail: str = ""
    provisional: bool = False

    @property
    def source(self) -> str:
        return ", ".join(self.sources)


def top_level(flags: Iterable[Flag]) -> Level | None:
    """The gravest level, or None when there are no flags."""
    return min((flag.level for flag in flags), key=lambda level: level.rank, default=None)


def in_order(flags: Iterable[Flag]) -> list[Flag]:
    """Gravest first, then by rule and subject, so that row order never matters."""
    return sorted(flags, key=lambda flag: (flag.level.rank, flag.id, flag.subject, flag.wording))
