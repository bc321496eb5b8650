"""The easy version of a procedure page: how its lines stand in the document, and part by part as they are shown.

A page without an easy version has no `easy` in its document: so do all documents compiled before there was one.
"""

from typing import Any

from .models.choices import EasyLevel, EasyPart

Document = dict[str, Any]
Line = dict[str, str]

CARDS = {EasyLevel.EMERGENCY: "emergency", EasyLevel.SAME_DAY: "urgent"}
"""The design system's care card for each level, the most urgent first."""


def lines_in_order(rows: list[dict[str, Any]]) -> list[Line]:
    """Return rows as lines of the document: parts as a reader meets them, emergencies first where help is named."""
    parts, levels = list(EasyPart.values), ["", *EasyLevel.values]
    in_order = sorted(
        rows,
        key=lambda row: (
            parts.index(row["part"]),
            levels.index(row.get("level") or ""),
            row["order"],
        ),
    )
    return [
        {"part": row["part"], "text": row["text"].strip(), "level": row.get("level") or ""}
        for row in in_order
    ]


def easy_lines(document: Document) -> list[Line]:
    """Return the lines of a document's easy version; none where it has none."""
    return document.get("easy") or []


def texts(document: Document, part: str, level: str = "") -> list[str]:
    """Return the lines of one part, and of one level where help is named."""
    return [
        line["text"]
        for line in easy_lines(document)
        if line["part"] == part and line["level"] == level
    ]


def parts_shown(document: Document) -> list[dict[str, Any]]:
    """Return the parts that have lines, in order, each with its heading. Help is told in care cards."""
    shown = []
    for part in EasyPart:
        cards = [
            {"level": level.value, "variant": variant, "heading": level.label, "lines": lines}
            for level, variant in CARDS.items()
            if (lines := texts(document, part, level))
        ]
        lines = texts(document, part)
        if lines or cards:
            shown.append(
                {"part": part.value, "heading": part.label, "lines": lines, "cards": cards}
            )
    return shown
