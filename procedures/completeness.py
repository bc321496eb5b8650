"""What a page must hold before anyone may publish it. Pure functions of the document; each problem says what to do."""

from typing import Any

from . import easy_rules, plain, readability, text, words
from .models.choices import Frequency, HelpLevel, SectionKind, StaysInBody

Document = dict[str, Any]

SHORT_VERSION_LINES = 5
FEWEST_STEPS = 4
FEWEST_RISKS = 3
FEWEST_QUESTIONS = 3
FEWEST_SOURCES = 2


def missing_from_procedure(document: Document) -> list[str]:
    """Return what a procedure page still lacks."""
    sections = document["sections"]
    found: list[str] = []
    for kind in SectionKind:
        needed = kind != SectionKind.LIVING_WITH or document["facts"]["stays_in_body"] not in (
            StaysInBody.NOTHING,
            StaysInBody.PLUG,
            StaysInBody.CEMENT,
            StaysInBody.MARKER,
        )
        if needed and not sections.get(kind.value, "").strip():
            found.append(f"Section “{kind.label}” is missing.")
    short = sections.get(SectionKind.SHORT_VERSION.value, "")
    if short and len(text.plain_lines(short)) != SHORT_VERSION_LINES:
        found.append(
            f"“The short version” has {len(text.plain_lines(short))} lines: make it {SHORT_VERSION_LINES}."
        )
    going_home = sections.get(SectionKind.GOING_HOME.value, "")
    for card in (":::do", ":::do-not"):
        if going_home and card not in going_home.split():
            found.append(f"“Going home” has no {card} card.")
    if len(document["steps"]) < FEWEST_STEPS:
        found.append(f"There are {len(document['steps'])} steps: write at least {FEWEST_STEPS}.")
    if len(document["risks"]) < FEWEST_RISKS:
        found.append(f"There are {len(document['risks'])} risks: write at least {FEWEST_RISKS}.")
    for risk in document["risks"]:
        if not risk["cited"] and risk["frequency"] not in (Frequency.EXPECTED, Frequency.NOT_KNOWN):
            found.append(f"Risk “{risk['name']}” has a figure and no source.")
    for level in HelpLevel:
        if not document["help"][level.value]:
            found.append(f"The care card “{level.label}” is empty.")
    if len(document["questions"]) < FEWEST_QUESTIONS:
        found.append(
            f"There are {len(document['questions'])} questions: write at least {FEWEST_QUESTIONS}."
        )
    return found


def missing_from_guidance(document: Document) -> list[str]:
    """Return what a guidance page still lacks."""
    found: list[str] = []
    if not document["sections"]:
        found.append("There is no section.")
    if document["group"] in ("before", "on_the_day", "afterwards"):
        if not document["checklist"]:
            found.append("There is no checklist.")
        if not any(document["help"].values()):
            found.append("Say when to ring: there is no help sign.")
    if document["group"] != "site" and not document["questions"]:
        found.append("There are no questions people ask.")
    return found


def missing_sources(document: Document) -> list[str]:
    """Return what is wrong with the list of sources: two or more, one of them British or European."""
    found = [
        f"Source “{key}” is never cited: cite it or take it out."
        for key in document.get("uncited", [])
    ]
    sources = document["sources"]
    if document.get("group") == "site":
        return found
    if len(sources) < FEWEST_SOURCES:
        found.append(f"There are {len(sources)} sources: cite at least {FEWEST_SOURCES}.")
    if not any(source["region"] in ("uk", "europe") for source in sources):
        found.append("No source is British or European.")
    return found


def hard_to_read(document: Document) -> list[str]:
    """Return where the text is harder to read than the house style allows."""
    found: list[str] = []
    sections = plain.page_lines(document)
    whole = readability.read_level(line for lines in sections.values() for line in lines)
    if whole.grade > readability.PAGE_GRADE_LIMIT:
        found.append(
            f"Reading grade of the page is {whole.grade}: bring it to {readability.PAGE_GRADE_LIMIT}."
        )
    if whole.average_sentence > readability.AVERAGE_SENTENCE_LIMIT:
        found.append(
            f"Sentences average {whole.average_sentence} words: bring them to 14 or fewer."
        )
    for heading, lines in sections.items():
        reading = readability.read_level(lines)
        if (
            reading.words >= readability.SECTION_WORDS_FOR_A_GRADE
            and reading.grade > readability.SECTION_GRADE_LIMIT
        ):
            found.append(f"“{heading}” has reading grade {reading.grade}: bring it to 8.0.")
        for sentence in readability.split_sentences(lines):
            length = len(readability.words_of(sentence))
            if length > readability.LONGEST_SENTENCE_LIMIT:
                found.append(f"“{heading}”: a sentence of {length} words: {sentence}")
    return found


def wrong_words(document: Document) -> list[str]:
    """Return words that the house style rules out, with the sentence they stand in."""
    lines = [line for found in plain.page_lines(document).values() for line in found]
    return words.ruled_out(readability.split_sentences(lines))


def problems(document: Document) -> list[str]:
    """Return all that stands between this document and the public."""
    missing = missing_from_procedure if document["kind"] == "procedure" else missing_from_guidance
    return (
        missing(document)
        + missing_sources(document)
        + hard_to_read(document)
        + wrong_words(document)
        + easy_rules.problems(document)
    )
