"""Compares the sources that a page lists with those of its fact sheet: same key, same title, same address."""

import re
from urllib.parse import urlsplit

from procedures.compiling import Row

from .sheets import SheetSource

LEAST_TITLE_OVERLAP = 0.6
"""Share of a title's words that must stand in the other: a page may shorten a title, not change it."""


def title_words(title: str) -> set[str]:
    """Return the words of a title, folded."""
    return set(re.findall(r"[a-z0-9]+", title.lower()))


def titles_agree(one: str, other: str) -> bool:
    """Tell whether two titles name the same work."""
    left, right = title_words(one), title_words(other)
    return (
        bool(left and right)
        and len(left & right) / min(len(left), len(right)) >= LEAST_TITLE_OVERLAP
    )


def same_address(one: str, other: str) -> bool:
    """Compare two web addresses; http and https, and a slash at the end, make no difference."""
    left, right = urlsplit(one), urlsplit(other)
    return (left.netloc.lower(), left.path.rstrip("/"), left.query) == (
        right.netloc.lower(),
        right.path.rstrip("/"),
        right.query,
    )


def find(row: Row, sources: dict[str, SheetSource]) -> SheetSource | None:
    """Return the sheet's entry for a source of the page: by key, else by title and publisher's address."""
    if row["key"] in sources:
        return sources[row["key"]]
    for source in sources.values():
        if title_words(source.title) == title_words(row["title"]) or (
            row.get("url")
            and any(same_address(row["url"], address) for address in source.addresses)
        ):
            return source
    return None


def source_problems(rows: list[Row], sources: dict[str, SheetSource]) -> list[tuple[str, str]]:
    """Return (key, what is wrong) for each source of a page that its sheet does not bear out.

    A page may leave an address out: where the sheet's is a copy held by someone else, it must.
    """
    found = []
    for row in rows:
        source = find(row, sources)
        if source is None:
            found.append(
                (row["key"], f"source “{row['key']}” ({row['title']}) is not in the sheet")
            )
            continue
        if not titles_agree(row["title"], source.title):
            found.append(
                (
                    row["key"],
                    f"source “{row['key']}” is “{row['title']}” here and “{source.title}” in the sheet",
                )
            )
        address = row.get("url") or ""
        if address and not any(same_address(address, known) for known in source.addresses):
            known = " or ".join(source.addresses) or "no address"
            found.append(
                (
                    row["key"],
                    f"source “{row['key']}” has the address {address}, and in the sheet {known}",
                )
            )
    return found


def unlisted(keys: set[str], rows: list[Row]) -> list[str]:
    """Return keys that a page cites and does not list."""
    return sorted(keys - {row["key"] for row in rows})
