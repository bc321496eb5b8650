"""The plain words of a document, section by section: what readability, search and duplicate checks read."""

from typing import Any

from . import text
from .models.choices import HelpLevel, SectionKind

Document = dict[str, Any]


def _likelihood_lines(rows: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        lines += text.plain_lines(row["name"])
        for name in ("frequency_text", "what_we_do"):
            lines += text.plain_lines(row.get(name) or "")
    return lines


def _help_lines(document: Document) -> list[str]:
    return [
        line
        for level in HelpLevel.values
        for sign in document["help"][level]
        for line in text.plain_lines(sign)
    ]


def _question_lines(document: Document) -> list[str]:
    return [
        line
        for row in document["questions"]
        for line in [row["question"], *text.plain_lines(row["answer"])]
    ]


def procedure_lines(document: Document) -> dict[str, list[str]]:
    """Return heading: plain lines, for a procedure, in page order."""
    facts = document["facts"]
    sections: dict[str, list[str]] = {"Summary": text.plain_lines(document["summary"])}
    sections["At a glance"] = [
        line
        for name in sorted(facts)
        if name.endswith("_text")
        for line in text.plain_lines(facts[name])
    ]
    for kind in SectionKind:
        lines = text.plain_lines(document["sections"].get(kind.value, ""))
        if kind == SectionKind.WHAT_HAPPENS:
            lines += [line for step in document["steps"] for line in text.plain_lines(step["text"])]
        if kind == SectionKind.BENEFITS:
            lines += _likelihood_lines(document["benefits"])
        if kind == SectionKind.RISKS:
            lines += _likelihood_lines(document["risks"])
        if lines:
            sections[kind.label] = lines
        if kind == SectionKind.RISKS:
            sections["When to get help"] = _help_lines(document)
        if kind == SectionKind.RESULTS:
            sections["Questions people ask"] = _question_lines(document)
    return sections


def guidance_lines(document: Document) -> dict[str, list[str]]:
    """Return heading: plain lines, for a guidance page, in page order."""
    sections: dict[str, list[str]] = {
        "Summary": text.plain_lines(document["summary"])
        + text.plain_lines(document["who_it_is_for"])
    }
    for section in document["sections"]:
        sections[section["heading"]] = text.plain_lines(section["body"])
    extra = {
        "Checklist": [line for item in document["checklist"] for line in text.plain_lines(item)],
        "When to ring": _help_lines(document),
        "Questions people ask": _question_lines(document),
    }
    return sections | {heading: lines for heading, lines in extra.items() if lines}


def page_lines(document: Document) -> dict[str, list[str]]:
    """Return heading: plain lines, for any page."""
    return (
        procedure_lines(document) if document["kind"] == "procedure" else guidance_lines(document)
    )
