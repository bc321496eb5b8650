"""Compares help signs: each sign of the sheet must stand on the page, and no milder than in the sheet."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .sheets import SheetSign, all_sheets
from .sign_words import PLACE_WEIGHT, PLACES, parts, sign_words
from .statements import PageSign

SPEED = {"emergency": 0, "same_day": 1, "next_contact": 2}
"""Care cards, fastest first."""
ENOUGH = 0.6
"""Share of the words of a part, by weight, that must stand in one sign of the page."""
ALIKE = 0.4
"""Likeness from which two signs are taken to be the same one."""
MARGIN = 0.1
"""How much more like the sheet's sign a milder one must be than any in time, to be taken for it."""
FEWEST_WORDS = 3
"""Fewer words than this are too few to tell whole signs apart."""
SHARED_SAME_DAY = frozenset(
    {
        "sign-fever",
        "sign-fever-chemotherapy",
        "sign-puncture-lump",
        "sign-skin-infection",
        "sign-dye-rash",
        "sign-no-urine",
    }
)
"""Shared signs that ask for help the same day; every other shared sign is for 999."""


@dataclass(frozen=True)
class SignProblem:
    """A sheet's sign, or a part of it, that the page lacks or has at a milder level (`found_at`)."""

    sign: SheetSign
    part: str
    found_at: str
    nearest: str
    share: float


@lru_cache(maxsize=1)
def _counts() -> tuple[Counter[str], int]:
    """Count in how many parts of all sheets' signs each word stands."""
    counts: Counter[str] = Counter()
    total = 0
    for sheet in all_sheets().values():
        for sign in sheet.signs:
            for part in parts(sign.text):
                counts.update(sign_words(part))
                total += 1
    return counts, total


@lru_cache(maxsize=1000)
def weight(word: str) -> float:
    """Return how much a word says: one that stands in few signs says more, and a place less than a symptom."""
    counts, total = _counts()
    return (math.log((total + 1) / (counts[word] + 1)) + 0.5) * (
        PLACE_WEIGHT if word in PLACES else 1
    )


def reach(words: frozenset[str]) -> frozenset[str]:
    """Return a page sign's words with those that they take in: “where the needle went in” may be a groin, “blue” is a colour."""
    if words & {"blue", "pale", "blotchy"}:
        words |= {"colour"}
    if words & {"leg", "arm"}:
        words |= {"limb"}
    if "tube" in words:
        words |= {"drain"}
    if "puncture" in words:
        return words | {"groin", "wrist", "neck"}
    return words | {"puncture"} if words & {"groin", "wrist", "neck"} else words


def share(wanted: frozenset[str], found: frozenset[str]) -> float:
    """Return how much of the wanted words, by weight, is found."""
    whole = sum(weight(word) for word in wanted)
    return sum(weight(word) for word in wanted & found) / whole if whole else 1.0


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two signs are: twice what they have in common, of all that they hold, by weight (Dice)."""
    whole = sum(weight(word) for word in one) + sum(weight(word) for word in other)
    return 2 * sum(weight(word) for word in one & other) / whole if whole else 0.0


def readings(signs: Iterable[PageSign]) -> list[PageSign]:
    """Return the page's signs, and again as an emergency each sentence that says 999 on a milder card."""
    found = []
    for sign in signs:
        found.append(sign)
        if sign.level != "emergency":
            sentences = re.split(r"(?<=[.!?])\s+", sign.words)
            found += [
                PageSign("emergency", sentence, sign.shared)
                for sentence in sentences
                if "999" in sentence
            ]
    return found


def nearer_and_milder(sign: SheetSign, on_page: list[PageSign]) -> SignProblem | None:
    """Return the page's sign that is most like the sheet's, where it stands on a milder card and none in time comes close.

    Shared signs are left out: `misplaced_shared` holds each to its own card.
    """
    whole = sign_words(". ".join(parts(sign.text)))
    if len(whole) < FEWEST_WORDS:
        return None
    best = {True: (0.0, PageSign("", "")), False: (0.0, PageSign("", ""))}
    for there in on_page:
        in_time = SPEED[there.level] <= SPEED[sign.level]
        score = likeness(whole, sign_words(there.words))
        if score > best[in_time][0] and (in_time or not there.shared):
            best[in_time] = (score, there)
    score, milder = best[False]
    if (
        score < max(ALIKE, best[True][0] + MARGIN)
        or share(whole, sign_words(milder.words)) < ENOUGH
    ):
        return None
    return SignProblem(sign, sign.text, milder.level, milder.words, round(score, 2))


def misplaced_shared(on_page: Iterable[PageSign]) -> list[PageSign]:
    """Return shared signs of an emergency that stand on a milder card."""
    return [
        sign
        for sign in on_page
        if sign.shared and sign.shared not in SHARED_SAME_DAY and sign.level != "emergency"
    ]


def sign_problems(
    wanted: Iterable[SheetSign], on_page: list[PageSign], elsewhere: Iterable[str]
) -> list[SignProblem]:
    """Return each sheet's sign, or part of one, that the page lacks or has at a milder level.

    `elsewhere` are the page's other words: a sign for the next contact may stand anywhere on the page, for no card is milder.
    """
    read = [(sign, reach(sign_words(sign.words))) for sign in readings(on_page)]
    other = [sign_words(words) for words in elsewhere]
    found = []
    for sign in wanted:
        milder = nearer_and_milder(sign, on_page)
        if milder:
            found.append(milder)
        for part in parts(sign.text):
            words = sign_words(part)
            scored = [(share(words, there), page_sign) for page_sign, there in read]
            if any(
                score >= ENOUGH
                for score, there in scored
                if SPEED[there.level] <= SPEED[sign.level]
            ):
                continue
            if sign.level == "next_contact" and any(
                share(words, there) >= ENOUGH for there in other
            ):
                continue
            score, nearest = max(
                scored, key=lambda entry: entry[0], default=(0.0, PageSign("", ""))
            )
            found_at = nearest.level if score >= ENOUGH else ""
            found.append(SignProblem(sign, part, found_at, nearest.words, round(score, 2)))
    return found
