"""What is known to differ from the evidence, and why. The table is `exceptions.yaml`; an entry that excuses nothing is named."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

TABLE = Path(__file__).with_name("exceptions.yaml")
EVERY_PAGE = "*"


@dataclass(frozen=True)
class Excuse:
    """One entry: on which page, which check, what it excuses, and why.

    `what` is a figure as written, a source's key or the sheet's words for a sign. `says`, for a sign, is what the page says
    in its stead: those words must stand on a card that is as fast as the sheet asks for.
    """

    page: str
    check: str
    what: str
    because: str
    says: str = ""


@lru_cache(maxsize=1)
def excuses() -> tuple[Excuse, ...]:
    """Read the table. Raises TypeError for an entry with an unknown or missing field, ValueError for one without a reason."""
    entries = tuple(
        Excuse(**row) for row in yaml.safe_load(TABLE.read_text(encoding="utf-8")) or []
    )
    for entry in entries:
        if not entry.because.strip():
            raise ValueError(f"An exception needs a reason: {entry}")
    return entries


def covering(page: str, check: str, what: str) -> Excuse | None:
    """Return the entry that excuses a finding, if there is one."""
    for entry in excuses():
        if entry.page in (page, EVERY_PAGE) and entry.check == check and entry.what == what:
            return entry
    return None
