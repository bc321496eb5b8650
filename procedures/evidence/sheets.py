"""Reads the fact sheets under docs/evidence/: what they state, from which source, and which signs need help how fast."""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from .figures import Figure, figures

EVIDENCE = Path(settings.BASE_DIR) / "docs" / "evidence"
SPEED_OF_KEY = {
    "emergency_999": "emergency",
    "urgent_same_day": "same_day",
    "routine": "next_contact",
}
"""Key of a sheet's `get_help`: level of the care card."""
UNIT_OF_KEY = {
    "low": "minutes",
    "high": "minutes",
    "food_hours": "hours",
    "clear_fluid_hours": "hours",
}
"""Keys under which a sheet holds a bare number: the unit it is in."""
NOT_STATEMENTS = {"slug", "search_terms", "sources", "category", "also_in", "audience", "topic"}


@dataclass(frozen=True)
class SheetSource:
    """One source of a sheet. `addresses` are the publisher's own and any copy that was read."""

    key: str
    title: str
    publisher: str
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Stated:
    """One thing that a sheet says, with the keys of the sources it names."""

    text: str
    keys: frozenset[str]

    @cached_property
    def figures(self) -> list[Figure]:
        """Return the figures in it."""
        return figures(self.text)


@dataclass(frozen=True)
class SheetSign:
    """A help sign as the sheet has it."""

    level: str
    text: str


@dataclass
class Sheet:
    """One fact sheet."""

    kind: str
    slug: str
    sources: dict[str, SheetSource] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)
    signs: list[SheetSign] = field(default_factory=list)


def source_of(row: dict[str, Any]) -> SheetSource:
    """Read one entry of a sheet's list of sources."""
    addresses = (row.get("url"), row.get("publisher_url"))
    return SheetSource(
        key=str(row["id"]),
        title=str(row["title"]),
        publisher=str(row.get("publisher") or ""),
        addresses=tuple(address for address in addresses if address),
    )


def _strip_keys(text: str, keys: list[str]) -> tuple[str, set[str]]:
    """Return a text without the keys of its sources, and those keys."""
    named: set[str] = set()
    for key in keys:
        pattern = rf"(?<![A-Za-z0-9-]){re.escape(key)}(?![A-Za-z0-9-])"
        if re.search(pattern, text):
            named.add(key)
            text = re.sub(pattern, ";", text)
    return text, named


def _statements(value: Any, keys: list[str], cited: set[str]) -> list[Stated]:
    """Return what a part of a sheet says. A mapping with a `source` is one statement; its strings stand or fall with it."""
    if isinstance(value, str):
        text, named = _strip_keys(value, keys)
        return [Stated(text, frozenset(named | cited))]
    if isinstance(value, list):
        return [stated for part in value for stated in _statements(part, keys, cited)]
    if isinstance(value, dict):
        sourced = str(value.get("source") or "")
        named = cited | _strip_keys(sourced, keys)[1]
        simple = {
            key: part
            for key, part in value.items()
            if key != "source" and not isinstance(part, (list, dict))
        }
        said = "; ".join(
            f"{part} {UNIT_OF_KEY[key]}" if key in UNIT_OF_KEY and part is not None else str(part)
            for key, part in simple.items()
            if part is not None
        )
        found = _statements(f"{said} ({sourced})" if sourced else said, keys, named)
        for part in value.values():
            if isinstance(part, (list, dict)):
                found += _statements(part, keys, named)
        return found
    return [] if value is None else [Stated(str(value), frozenset(cited))]


def sheet_from(content: dict[str, Any], kind: str, slug: str) -> Sheet:
    """Read one sheet. A source's own title counts as something that it states."""
    sheet = Sheet(kind, slug)
    for row in content.get("sources") or []:
        source = source_of(row)
        sheet.sources[source.key] = source
        year = f"; {row['year']}" if row.get("year") else ""
        sheet.stated.append(Stated(f"{source.title}{year}", frozenset({source.key})))
    keys = sorted(sheet.sources, key=len, reverse=True)
    for name, value in content.items():
        if name not in NOT_STATEMENTS:
            sheet.stated += _statements(value, keys, set())
    for name, signs in (content.get("get_help") or {}).items():
        sheet.signs += [SheetSign(SPEED_OF_KEY[name], str(sign)) for sign in signs or []]
    return sheet


def read_sheet(path: Path) -> Sheet:
    """Read one sheet from its file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - the safe loader, in C
    return sheet_from(content, path.parent.name, path.stem)


@lru_cache(maxsize=1)
def all_sheets() -> dict[tuple[str, str], Sheet]:
    """Return every sheet, by kind (`procedures`, `guidance`, `shared`) and slug."""
    return {
        (path.parent.name, path.stem): read_sheet(path)
        for path in sorted(EVIDENCE.glob("*/*.yaml"))
    }
