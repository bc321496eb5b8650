"""What can be found: one entry for each page, condition, category and explained word, with the words that lead to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from procedures.library import Library, LivePage
from procedures.models import PageKind
from procedures.models.choices import HelpLevel
from procedures.plain import page_lines
from procedures.text import plain, plain_lines


class Kind(StrEnum):
    """What a result is, in the words shown beside it."""

    PROCEDURE = "Procedure"
    GUIDANCE = "Guide"
    CONDITION = "Condition"
    CATEGORY = "Part of the body"
    WORD = "Word explained"
    PAGE = "Page"


WEIGHT: dict[Kind, float] = {
    Kind.PROCEDURE: 1.0,
    Kind.GUIDANCE: 1.0,
    Kind.CONDITION: 0.8,
    Kind.CATEGORY: 0.6,
    Kind.WORD: 0.5,
    Kind.PAGE: 0.8,
}
"""What a match counts for. A page that answers goes before a list of pages, and that before one sentence."""


class Way(IntEnum):
    """How a phrase leads to an entry; the higher goes first when the whole query is that phrase."""

    NEAR = 0
    """A question on the page, or a condition that the procedure treats."""
    WORD = 1
    """A term of the glossary."""
    OF_CONDITION = 2
    """What people type for a condition."""
    CATEGORY = 3
    CONDITION = 4
    """The name of a condition."""
    ASKED = 5
    """What people type for a page, as the editors wrote it down."""
    NAME = 6
    """A name or abbreviation of the page."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that lead to an entry."""

    text: str
    way: Way
    shown: bool = True
    """Whether a reader may see it: what people type, slips and all, is never shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    kind: Kind
    name: str
    address: str
    summary: str
    phrases: tuple[Phrase, ...]
    lines: tuple[str, ...] = field(default=(), repr=False)
    """The page's text, a paragraph or bullet to a line."""


FIXED_PAGES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "/contact/",
        "Contact us",
        "How to reach the department, or where to find its details.",
        (
            "phone number",
            "telephone",
            "ring the department",
            "call you",
            "email",
            "address",
            "how to find us",
            "where are you",
            "cancel my appointment",
            "change my appointment",
            "complain",
        ),
    ),
    (
        "/refer/",
        "For hospital consultants: who may refer, and how",
        "Who can refer a patient to us, who cannot, and where to go instead.",
        (
            "refer a patient",
            "make a referral",
            "referral form",
            "consultant referral",
            "GP referral",
            "GP refer",
        ),
    ),
    (
        "/stories/",
        "Patient stories",
        "What other people went through, in their own words.",
        ("stories", "other people's experience", "what it was like for others"),
    ),
    (
        "/easy/",
        "Easy versions",
        "Pages in easy words and large letters, with one idea on each line.",
        (
            "easy read",
            "easy to read",
            "easy words",
            "plain words",
            "learning disability",
            "learning disabilities",
            "learning difficulties",
            "large letters",
        ),
    ),
    (
        "/glossary/",
        "Medical words explained",
        "Words that you may hear or read, each in one sentence.",
        ("glossary", "medical words", "dictionary", "jargon"),
    ),
)
"""Pages that are no publication: address, name, summary, and what people type for them."""

_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_ENDS_IN_BRACKETS = re.compile(r"\(([^()]+)\)(?=\s*(?:,|$))")
_NO_NAME = re.compile(r"(?:of|or|in|for|to|by|and|put)\b")
_PARTS = re.compile(r", | and ")


def _names(*texts: str) -> Iterator[str]:
    """Yield each name, and where it ends in brackets, what stands before and inside them: those are names too."""
    for text in filter(None, texts):
        yield text
        if "(" in text:
            yield " ".join(_IN_BRACKETS.sub(" ", text).split()).strip(" ,")
            for inside in _ENDS_IN_BRACKETS.findall(text):
                yield from (name for name in inside.split(", ") if not _NO_NAME.match(name))


def _several(text: str) -> list[str]:
    """Return the names in “Renal artery stenosis; mesenteric ischaemia”."""
    return [name.strip() for name in text.split(";") if name.strip()]


def _once(phrases: Iterator[Phrase]) -> tuple[Phrase, ...]:
    found: dict[str, Phrase] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-phrase.way, not phrase.shown)):
        found.setdefault(phrase.text.lower(), phrase)
    return tuple(found.values())


HELP_HEADINGS = frozenset(["When to get help", "When to ring"])
_DO_NOT_CARD = re.compile(r"^:::do-not\s*$(.*?)^:::\s*$", re.M | re.S)


def _lines(document: dict[str, Any]) -> Iterator[str]:
    """Yield a page's lines as they may stand alone: a passage must never lose its “do not” or its urgency."""
    forbidden = {line for markdown in _texts(document) for line in _forbidden(markdown)}
    for heading, lines in page_lines(document).items():
        if heading == "Summary" or heading in HELP_HEADINGS:
            continue
        for line in lines:
            yield f"Do not: {line}" if line in forbidden else line
    for level in HelpLevel:
        for sign in document["help"][level.value]:
            yield from (f"{level.label}: {line}" for line in plain_lines(sign))


def _texts(part: Any) -> Iterator[str]:
    """Yield every text in a document."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _texts(inner)


def _forbidden(markdown: str) -> Iterator[str]:
    """Yield the lines of the do-not cards of a text, but for those that say so themselves."""
    for card in _DO_NOT_CARD.findall(markdown):
        for line in plain_lines(card):
            if not line.lower().startswith(("do not", "don’t", "don't", "never")):
                yield line


class PageTexts:
    """The plain lines of pages, kept until a new version of the page comes: parsing them is the slow part."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, int], tuple[str, ...]] = {}

    def of(self, page: LivePage) -> tuple[str, ...]:
        """Return the lines of a page, without its summary."""
        key = (page.kind, page.slug, page.version)
        if key not in self._lines:
            self._lines[key] = tuple(_lines(page.document))
        return self._lines[key]

    def keep_only(self, library: Library) -> None:
        """Forget pages that are not live any more."""
        live = {
            (p.kind, p.slug, p.version)
            for p in [*library.procedures.values(), *library.guidance.values()]
        }
        for key in self._lines.keys() - live:
            del self._lines[key]


def _page(page: LivePage, conditions: list[dict[str, Any]], lines: tuple[str, ...]) -> Entry:
    document = page.document
    is_procedure = page.kind == PageKind.PROCEDURE

    def phrases() -> Iterator[Phrase]:
        for name in _names(page.name, document.get("short_name", "")):
            yield Phrase(name, Way.NAME)
        for name in [*document.get("medical_names", []), *document.get("abbreviations", [])]:
            yield Phrase(name, Way.NAME)
        for words in document["search_words"]:
            yield Phrase(words, Way.ASKED, shown=False)
        for condition in conditions:
            # A condition that one procedure alone treats is as good as what people type for that procedure.
            way = Way.ASKED if len(condition["pages"]) == 1 else Way.NEAR
            for name in _names(condition["name"], *_several(condition["medical_name"])):
                yield Phrase(name, way)
            for words in condition["search_words"]:
                yield Phrase(words, way, shown=False)
        for question in document["questions"]:
            yield Phrase(question["question"], Way.NEAR)
        if not is_procedure:
            for section in document["sections"]:
                yield Phrase(section["heading"], Way.NEAR)

    return Entry(
        kind=Kind.PROCEDURE if is_procedure else Kind.GUIDANCE,
        name=page.name,
        address=page.address,
        summary=plain(document["summary"]),
        phrases=_once(phrases()),
        lines=lines,
    )


def _condition(condition: dict[str, Any]) -> Entry:
    def phrases() -> Iterator[Phrase]:
        for name in _names(condition["name"], *_several(condition["medical_name"])):
            yield Phrase(name, Way.CONDITION)
        for words in condition["search_words"]:
            yield Phrase(words, Way.OF_CONDITION, shown=False)

    medical = f" ({condition['medical_name']})" if condition["medical_name"] else ""
    return Entry(
        kind=Kind.CONDITION,
        name=condition["name"] + medical,
        address=f"/conditions/#{condition['slug']}",
        summary=condition["summary"],
        phrases=_once(phrases()),
        lines=tuple(page.name for page in condition["pages"]),
    )


def _category(category: dict[str, Any]) -> Entry:
    return Entry(
        kind=Kind.CATEGORY,
        name=category["name"],
        address=f"/procedures/category/{category['slug']}/",
        summary=category["summary"],
        phrases=tuple(
            Phrase(name, Way.CATEGORY)
            for name in [category["name"], *_PARTS.split(category["name"])]
        ),
        lines=tuple(page.name for page in category["own"]),
    )


def _word(term: dict[str, Any]) -> Entry:
    return Entry(
        kind=Kind.WORD,
        name=term["term"],
        address=f"/glossary/#{term['slug']}",
        summary=plain(term["meaning"]),
        phrases=tuple(
            Phrase(name, Way.WORD) for name in dict.fromkeys([term["term"], *term["also"]])
        ),
    )


def everything(library: Library, texts: PageTexts) -> Iterator[Entry]:
    """Yield everything public that can be found."""
    treated_by: dict[str, list[dict[str, Any]]] = {}
    for condition in library.conditions:
        for page in condition["pages"]:
            treated_by.setdefault(page.slug, []).append(condition)
    for page in library.sorted_procedures:
        yield _page(page, treated_by.get(page.slug, []), texts.of(page))
    for page in sorted(library.guidance.values(), key=lambda page: page.name.lower()):
        yield _page(page, [], texts.of(page))
    for condition in library.conditions:
        yield _condition(condition)
    for category in library.categories:
        yield _category(category)
    for term in library.site["glossary"]:
        yield _word(term)
    for address, name, summary, asked in FIXED_PAGES:
        phrases = (
            Phrase(name, Way.NAME),
            *(Phrase(words, Way.ASKED, shown=False) for words in asked),
        )
        yield Entry(Kind.PAGE, name, address, summary, phrases)
