"""What the easy version of a page must hold before anyone may publish it. Pure functions of the document.

Its limits are tighter than the page's own: grade 4, 12 words a sentence, one sentence a line. Help is held against the
full page, so that the easy version never says less of an emergency, nor says it more mildly.
"""

import re
from typing import Any

from . import readability, text, words
from .easy import easy_lines, texts
from .evidence.sign_words import SYMPTOMS, parts, sign_words
from .models.choices import EasyLevel, EasyPart, HelpLevel
from .models.easy import LONGEST_LINE, easy_line_problem

Document = dict[str, Any]

PAGE_GRADE_LIMIT = 4.0
"""Highest Flesch-Kincaid grade of an easy version."""
LONGEST_SENTENCE_LIMIT = 12
"""Most words in a line."""
NEEDED = (
    (EasyPart.WHAT,),
    (EasyPart.BEFORE,),
    (EasyPart.DAY,),
    (EasyPart.AFTER, EasyPart.HOME),
    (EasyPart.HELP,),
    (EasyPart.CHOOSE,),
)
"""Parts of which at least one of each row must have lines."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
NOT_A_SIGN = frozenset({"grow", "out", "moved"})
"""Words that are no sign by themselves."""
COLOURS = frozenset({"black", "blue", "brown", "dark", "grey", "pale"})
"""Words that are a sign only with what has that colour."""


def missing_parts(document: Document) -> list[str]:
    """Return the parts that an easy version lacks."""
    there = {line["part"] for line in easy_lines(document)}
    return [
        f"Easy version: “{' or '.join(part.label for part in either)}” has no line."
        for either in NEEDED
        if there.isdisjoint(either)
    ]


def hard_lines(lines: list[str]) -> list[str]:
    """Return lines that are more than one short plain sentence, and the grade of all where it is too high."""
    found = []
    for line in lines:
        length = len(readability.words_of(line))
        if problem := easy_line_problem(line):
            found.append(f"Easy version: {problem} {line}")
        if len(line) > LONGEST_LINE:
            found.append(f"Easy version: a line of {len(line)} characters: {line}")
        if length > LONGEST_SENTENCE_LIMIT:
            found.append(f"Easy version: a sentence of {length} words: {line}")
    grade = readability.read_level(lines).grade
    if grade > PAGE_GRADE_LIMIT:
        found.append(f"Easy version: its reading grade is {grade}: bring it to {PAGE_GRADE_LIMIT}.")
    return found


def said_twice(lines: list[str]) -> list[str]:
    """Return lines that stand there more than once."""
    return [
        f"Easy version: said twice: {line}"
        for line in dict.fromkeys(lines)
        if lines.count(line) > 1
    ]


def _full_page_signs(document: Document) -> tuple[list[str], list[str]]:
    """Return the full page's signs of an emergency, and those of the same day.

    A sentence of a milder card that says 999 counts as an emergency.
    """
    emergency = [text.plain(sign) for sign in document["help"][HelpLevel.EMERGENCY.value]]
    same_day = []
    for sign in document["help"][HelpLevel.SAME_DAY.value]:
        sentences = SENTENCE_END.split(text.plain(sign))
        emergency += [sentence for sentence in sentences if "999" in sentence]
        same_day.append(" ".join(sentence for sentence in sentences if "999" not in sentence))
    return emergency, same_day


def help_problems(document: Document) -> list[str]:
    """Return where the easy version says less of getting help than the full page, or says it more mildly."""
    emergency = texts(document, EasyPart.HELP, EasyLevel.EMERGENCY)
    same_day = texts(document, EasyPart.HELP, EasyLevel.SAME_DAY)
    found = [
        f"Easy version: “When to get help” has no line for “{level.label}”."
        for level, lines in ((EasyLevel.EMERGENCY, emergency), (EasyLevel.SAME_DAY, same_day))
        if not lines
    ]
    named = frozenset().union(*(sign_words(line) & SYMPTOMS for line in emergency))
    for sign in map(text.plain, document["help"][HelpLevel.EMERGENCY.value]):
        signs = (sign_words(sign) & SYMPTOMS) - NOT_A_SIGN
        if signs and not signs & named:
            found.append(f"Easy version: no 999 line says what the full page says: {sign}")
    urgent, milder = (list(map(sign_words, signs)) for signs in _full_page_signs(document))
    for line in same_day:
        for part in parts(line.replace(" and ", ", ")):
            signs = sign_words(part)
            if (
                signs & SYMPTOMS - NOT_A_SIGN
                and signs - COLOURS
                and any(signs <= sign for sign in urgent)
                and not any(signs <= sign for sign in milder)
            ):
                found.append(
                    f"Easy version: the full page says 999 or A&E for “{part}”, and this line does not: {line}"
                )
    return found


def problems(document: Document) -> list[str]:
    """Return all that stands between the easy version and the public; nothing where a page has none."""
    lines = [line["text"] for line in easy_lines(document)]
    if not lines:
        return []
    return (
        missing_parts(document)
        + hard_lines(lines)
        + said_twice(lines)
        + [f"Easy version: {found}" for found in words.ruled_out(lines)]
        + help_problems(document)
    )
