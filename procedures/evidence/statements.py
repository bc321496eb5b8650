"""Reads a page's rows as statements: a stretch of words, the place it stands in, and the sources it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from procedures import text
from procedures.compiling import FACT_TEXTS, PageRows, Row
from procedures.models.choices import HelpLevel

LIST_NUMBER = re.compile(r"^\s*(?:\d+\.\s+|-\s+|#+\s+)")


@dataclass(frozen=True)
class Statement:
    """Words of a page up to the citation that closes them. `keys` is empty where none follows in the paragraph."""

    place: str
    words: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class PageSign:
    """One sign on a care card. `shared` is the slug of the shared text it comes from, or empty."""

    level: str
    words: str
    shared: str = ""


def paragraphs(markdown: str) -> list[str]:
    """Return the lines of a text that hold words, without list marks and slots."""
    found = []
    for line in markdown.splitlines():
        stripped = line.strip()
        if stripped and not stripped.startswith(":::") and not text.SLOT.match(stripped):
            found.append(LIST_NUMBER.sub("", stripped))
    return found


def plain_words(markdown: str) -> str:
    """Return words without bold marks, link addresses and citations."""
    without_links = re.sub(r"\[([^\]^][^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"\s+", " ", text.CITATION.sub("", without_links).replace("**", "")).strip()


def statements(markdown: str, place: str, cited: tuple[str, ...] = ()) -> list[Statement]:
    """Split a text at its citations. Words after a paragraph's last citation take `cited`, the row's own sources."""
    found = []
    for paragraph in paragraphs(markdown):
        position = 0
        for match in text.CITATION.finditer(paragraph):
            found.append(
                Statement(
                    place,
                    plain_words(paragraph[position : match.start()]),
                    tuple(match.group(1).split()),
                )
            )
            position = match.end()
        found.append(Statement(place, plain_words(paragraph[position:]), cited))
    return [statement for statement in found if re.search(r"\w", statement.words)]


def _rows(rows: list[Row], names: tuple[str, ...], place: str) -> Iterator[Statement]:
    for row in rows:
        cited = tuple(row.get("cited") or [])
        here = f"{place} {row.get('order') or row.get('kind') or ''}".strip()
        for name in names:
            yield from statements(row.get(name) or "", here, cited)


def page_statements(rows: PageRows) -> list[Statement]:
    """Return everything a page says in its own words (shared texts are read by themselves)."""
    page = rows.page
    found = [Statement("Summary", page["summary"], ())]
    if page.get("who_it_is_for"):
        found.append(Statement("Summary", page["who_it_is_for"], ()))
    for name in FACT_TEXTS:
        found += statements(page.get(name) or "", f"At a glance, {name}")
    for row in rows.sections:
        if row.get("kind") == "questions_to_ask":
            continue  # a question asks; it states nothing
        found += statements(row["body"], f"Section “{row.get('heading') or row.get('kind')}”")
    found += _rows(rows.steps, ("text",), "Step")
    found += _rows(rows.benefits, ("name", "frequency_text"), "Benefit")
    found += _rows(rows.risks, ("name", "frequency_text", "what_we_do"), "Risk")
    found += _rows(rows.help_signs, ("sign",), "Help sign")
    found += _rows(rows.questions, ("answer",), "Question")
    found += _rows(rows.checklist, ("text",), "Checklist")
    return found


def page_signs(rows: PageRows, shared_bodies: dict[str, str]) -> list[PageSign]:
    """Return the care cards' signs with the words that the reader sees."""
    found = []
    for row in rows.help_signs:
        shared = row.get("shared") or ""
        body = shared_bodies.get(shared, "") if shared else row.get("sign") or ""
        found.append(
            PageSign(HelpLevel(row["level"]).value, plain_words(" ".join(paragraphs(body))), shared)
        )
    return found


def shared_used(rows: PageRows) -> list[str]:
    """Return the slugs of the shared texts that a page shows."""
    used = [row["shared"] for row in rows.help_signs if row.get("shared")]
    bodies: list[Any] = [row["body"] for row in rows.sections] + [
        row["answer"] for row in rows.questions
    ]
    bodies += [row["text"] for row in [*rows.steps, *rows.checklist]]
    for body in bodies:
        used += [slot.slug for slot in text.slots(body) if slot.kind == "shared"]
    return list(dict.fromkeys(used))
