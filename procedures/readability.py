"""How hard a text is to read: Flesch-Kincaid grade and sentence lengths, on plain lines of text.

Syllables are counted by textstat; sentences by line, because a bullet without a full stop is a sentence to its reader.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import textstat

PAGE_GRADE_LIMIT = 6.0
"""Highest Flesch-Kincaid grade of a whole page (house style)."""
SECTION_GRADE_LIMIT = 8.0
"""Highest Flesch-Kincaid grade of any one section (house style)."""
AVERAGE_SENTENCE_LIMIT = 14.0
"""Highest average number of words in a sentence of a page."""
LONGEST_SENTENCE_LIMIT = 25
"""Most words in any one sentence."""
SECTION_WORDS_FOR_A_GRADE = 20
"""Fewer words than this are too few for the formula to mean anything."""

SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z0-9“\"‘(])")
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’.,%-]*")


@dataclass(frozen=True)
class Reading:
    """What was measured. `grade` is a US school grade; lengths are in words."""

    grade: float
    words: int
    sentences: int
    average_sentence: float
    longest_sentence: str
    longest_length: int


def split_sentences(lines: Iterable[str]) -> list[str]:
    """Return the sentences of plain lines; a line's end ends a sentence."""
    sentences: list[str] = []
    for line in lines:
        sentences += [part.strip() for part in SENTENCE_END.split(line) if WORD.search(part)]
    return sentences


def words_of(sentence: str) -> list[str]:
    """Return the words of a sentence. Numbers count as words."""
    return WORD.findall(sentence)


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Return the syllables of one word, at least one."""
    return max(1, textstat.syllable_count(word))


def read_level(lines: Iterable[str]) -> Reading:
    """Measure plain lines. An empty text has grade 0."""
    sentences = split_sentences(lines)
    counted = [(sentence, words_of(sentence)) for sentence in sentences]
    words = [word for _, found in counted for word in found]
    if not words:
        return Reading(0.0, 0, 0, 0.0, "", 0)
    grade = (
        0.39 * len(words) / len(counted)
        + 11.8 * sum(syllables(word.lower()) for word in words) / len(words)
        - 15.59
    )
    longest = max(counted, key=lambda pair: len(pair[1]))
    return Reading(
        grade=round(grade, 1),
        words=len(words),
        sentences=len(counted),
        average_sentence=round(len(words) / len(counted), 1),
        longest_sentence=longest[0],
        longest_length=len(longest[1]),
    )
