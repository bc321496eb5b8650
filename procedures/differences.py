"""Says what differs between two documents of a page, in words, for whoever has to approve it. Pure: no database.

What bears on safety comes first: when to get help, how often a risk happens, fasting, and words about medicines.
Sources are numbered anew in every version, so numbers are compared by the source that they stand for.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from . import text
from .field_words import (
    CHECKING,
    EASY,
    FACTS,
    LIKELIHOOD,
    NAMES,
    PICTURE,
    QUESTION,
    SOURCE,
    STEP,
    FieldKind,
)
from .models.choices import HelpLevel, SectionKind
from .word_changes import Line, alike, changed_lines, in_order
from .words import MEDICINE

Document = dict[str, Any]
Row = dict[str, Any]

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
SAFETY_WORDS = re.compile(
    rf"\b(?:{MEDICINE}|eat(?:ing)?|drink(?:ing)?|fast(?:ing)?|999|A&E|NHS 111|allerg\w+|pregnan\w+|breastfeed\w*"
    r"|bleed(?:ing)?)\b|\[\[local:",
    re.IGNORECASE,
)
"""Words that make a change of text one to look at first."""


@dataclass(frozen=True)
class Change:
    """One thing that differs. `place` is where on the page, `what` names it there, `note` says what lines cannot."""

    place: str
    what: str
    kind: str
    lines: tuple[Line, ...] = ()
    note: str = ""
    is_safety: bool = False


def _field(
    place: str, what: str, old: str, new: str, is_safety: bool = False, read: bool = True
) -> list[Change]:
    """Return the change of one text; none where it says the same. `read` looks for words that bear on safety."""
    lines = tuple(changed_lines(old, new))
    if not lines:
        return []
    changed_words = " ".join(
        " ".join(piece.words for piece in line)
        for line in lines
        if any(piece.mark in (ADDED, REMOVED) for piece in line)
    )
    safety = is_safety or (read and bool(SAFETY_WORDS.search(changed_words)))
    kind = ADDED if not old.strip() else REMOVED if not new.strip() else CHANGED
    return [Change(place, what, kind, lines, is_safety=safety)]


def fields(
    place: str, of: str, kinds: dict[str, FieldKind], old: Row, new: Row, read: bool = True
) -> list[Change]:
    """Return the changes of a row, field by field. `of` names the row; empty where fields stand alone."""
    found: list[Change] = []
    for name, kind in kinds.items():
        what = f"{of}: {kind.label}" if of else kind.label
        before, after = kind.shown(old.get(name)), kind.shown(new.get(name))
        found += _field(place, what, before, after, kind.is_safety, read)
    return found


def _whole(kinds: dict[str, FieldKind], row: Row) -> str:
    """Return a row as lines, for rows that came or went."""
    shown = [(kind.label, kind.shown(row.get(name))) for name, kind in kinds.items()]
    first, *rest = [(label, value) for label, value in shown if value] or [("", "")]
    return "\n".join(
        [first[1], *(f"{label[:1].upper()}{label[1:]}: {value}" for label, value in rest)]
    )


def _pairs(old: list[Row], new: list[Row], key: Callable[[Row], str]) -> list[tuple[int, int]]:
    """Return which old row became which new one: the same key first, then the most alike."""
    left, right = dict(enumerate(old)), dict(enumerate(new))
    pairs: list[tuple[int, int]] = []

    def take(test: Callable[[Row, Row], bool]) -> None:
        for i, before in list(left.items()):
            match = next((j for j, after in right.items() if test(before, after)), None)
            if match is not None:
                pairs.append((i, match))
                del left[i], right[match]

    take(lambda before, after: key(before) == key(after))
    take(lambda before, after: alike(key(before), key(after)) >= 0.6)
    return sorted(pairs, key=lambda pair: pair[1])


def _rows(
    place: str,
    kinds: dict[str, FieldKind],
    old: list[Row],
    new: list[Row],
    key: str,
    name: Callable[[Row, int], str],
    is_safety: bool = False,
    is_ordered: bool = True,
    read: bool = True,
) -> list[Change]:
    """Return rows added, removed, changed and moved. `is_safety` says that a row's coming or going bears on safety."""
    pairs = _pairs(old, new, lambda row: str(row[key]))
    kept_old, kept_new = {i for i, _ in pairs}, {j for _, j in pairs}
    found: list[Change] = []
    for i, row in enumerate(old):
        if i not in kept_old:
            found += _field(place, name(row, i), _whole(kinds, row), "", is_safety, read)
    for j, row in enumerate(new):
        if j not in kept_new:
            found += _field(place, name(row, j), "", _whole(kinds, row), is_safety, read)
    still = in_order([i for i, _ in pairs])
    for position, (i, j) in enumerate(pairs):
        found += fields(place, name(new[j], j), kinds, old[i], new[j], read)
        if is_ordered and position not in still:
            note = f"From place {i + 1} to place {j + 1}."
            found.append(Change(place, name(new[j], j), MOVED, note=note))
    return found


def _help(old: Document, new: Document) -> list[Change]:
    """Return changes of the care cards. A sign that went to another card is a move, with both cards named."""

    def signs(document: Document) -> list[Row]:
        return [
            {"level": level.value, "sign": sign}
            for level in HelpLevel
            for sign in (document.get("help") or {}).get(level.value, [])
        ]

    before, after = signs(old), signs(new)
    pairs = _pairs(before, after, lambda row: row["sign"])
    found: list[Change] = []
    for rows, kept, gone in (
        (before, {i for i, _ in pairs}, True),
        (after, {j for _, j in pairs}, False),
    ):
        for index, row in enumerate(rows):
            if index not in kept:
                card = str(HelpLevel(row["level"]).label)
                texts = (row["sign"], "") if gone else ("", row["sign"])
                found += _field("When to get help", card, *texts, is_safety=True)
    for i, j in pairs:
        was, now = (HelpLevel(row["level"]) for row in (before[i], after[j]))
        if was != now:
            note = f"From “{was.label}” to “{now.label}”: {text.plain(after[j]['sign'])}"
            found.append(
                Change("When to get help", str(now.label), MOVED, (), note, is_safety=True)
            )
        found += _field(
            "When to get help", str(now.label), before[i]["sign"], after[j]["sign"], is_safety=True
        )
    return found


def _identity(source: Row) -> tuple[str, str]:
    return source["title"].strip().lower(), source["publisher"].strip().lower()


def _with_numbers_of(new: Document, old: Document) -> Document:
    """Return the old document with its sources numbered as in the new one; those that are gone keep “old”."""
    numbers = {_identity(source): str(source["number"]) for source in new.get("sources", [])}
    meant = {
        str(source["number"]): numbers.get(_identity(source), f"old-{source['number']}")
        for source in old.get("sources", [])
    }

    def renumber(value: Any, name: str = "") -> Any:
        if isinstance(value, str):
            return text.with_keys(value, lambda key: meant.get(key, key))
        if name in ("cited", "bleeding_risk_cited"):
            return sorted((meant.get(str(key), str(key)) for key in value), key=_by_number)
        if isinstance(value, dict):
            return {key: renumber(part, key) for key, part in value.items()}
        if isinstance(value, list):
            return [renumber(part) for part in value]
        return value

    return renumber(old)


def _by_number(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdigit() else (10_000, key)


def _with_unnamed(kinds: dict[str, FieldKind], rows: list[Row]) -> dict[str, FieldKind]:
    """Return the fields with those that have no words of their own yet, so that none can change unseen."""
    unnamed = dict.fromkeys(name for row in rows for name in row if name not in kinds)
    return kinds | {name: FieldKind(name.replace("_", " ").capitalize()) for name in unnamed}


def _sections(old: Document, new: Document) -> list[Change]:
    """Return changes of the text, section by section."""
    if new.get("kind", old.get("kind")) == "procedure":
        found: list[Change] = []
        for kind in SectionKind:
            texts = [
                (document.get("sections") or {}).get(kind.value, "") for document in (old, new)
            ]
            found += _field(str(kind.label), "Text", *texts)
        return found
    kinds = {"heading": FieldKind("heading"), "body": FieldKind("text")}
    rows = (old.get("sections") or [], new.get("sections") or [])
    return _rows("Sections", kinds, *rows, "heading", lambda row, _: f"“{row['heading']}”")


def _pictures(old: Document, new: Document) -> list[Change]:
    def rows(document: Document) -> list[Row]:
        return [
            picture | {"variants": [variant["file"] for variant in picture["variants"]]}
            for picture in (document.get("pictures") or {}).values()
        ]

    before, after = rows(old), rows(new)
    return _rows(
        "Pictures", PICTURE, before, after, "slug", lambda row, _: row["slug"], is_ordered=False
    )


def compare(old: Document, new: Document) -> list[Change]:
    """Return all that differs between two documents of a page, what bears on safety first, then in the page's order.

    An empty document stands for a page that is not there: everything in the other one was added or removed.
    """
    old = _with_numbers_of(new, old) if new else old
    new = _with_numbers_of(new, new)
    found = fields("Names and lists", "", NAMES, old, new, read=False)
    found += _help(old, new)
    facts = [document.get("facts") or {} for document in (old, new)]
    found += fields("At a glance", "", _with_unnamed(FACTS, facts), *facts)

    def rows(name: str) -> tuple[list[Row], list[Row]]:
        return old.get(name) or [], new.get(name) or []

    def named(row: Row, index: int) -> str:
        return text.plain(row["name"])

    found += _rows("Risks", LIKELIHOOD, *rows("risks"), "name", named, is_safety=True)
    found += _rows("Benefits", LIKELIHOOD, *rows("benefits"), "name", named)
    found += _sections(old, new)
    found += _rows("Steps", STEP, *rows("steps"), "text", lambda _, index: f"Step {index + 1}")
    lists = [
        [{"text": line} for line in document.get("checklist") or []] for document in (old, new)
    ]
    line_kind = {"text": FieldKind("words")}
    found += _rows("Checklist", line_kind, *lists, "text", lambda _, index: f"Line {index + 1}")
    found += _rows(
        "Questions", QUESTION, *rows("questions"), "question", lambda row, _: f"“{row['question']}”"
    )
    found += _rows(
        "Sources",
        SOURCE,
        *rows("sources"),
        "title",
        lambda row, _: row["title"],
        is_ordered=False,
        read=False,
    )
    found += _rows("Easy version", EASY, *rows("easy"), "text", lambda row, _: row["part"])
    found += _pictures(old, new)
    found += fields("Writing and checking", "", CHECKING, old, new, read=False)
    return found


def grouped(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Return changes under their place, in order."""
    places: dict[str, list[Change]] = {}
    for change in changes:
        places.setdefault(change.place, []).append(change)
    return list(places.items())
