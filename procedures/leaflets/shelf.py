"""Leaflets already made, in memory until what they say changes."""

import json
import threading
from collections import OrderedDict
from datetime import date, datetime
from functools import lru_cache

from procedures.library import Library, LivePage

from .content import leaflet_content
from .printing import pdf

SHEETS = {"": "a4", "a4": "a4", "large": "large", "a5": "a5"}
"""What an address may ask for, and the sheet that it gets: A4, A4 in 18 point letters, A5 to fold."""
MOST_LEAFLETS = 96
"""Leaflets kept at most, the latest asked for: about 30 MB."""
MOST_TEXTS = 32
"""Pages whose gathered words are kept at most: about 4 MB."""

Key = tuple[int, str, str, str, str]


@lru_cache(maxsize=MOST_LEAFLETS)
def printed(said: str, sheet: str, published_at: datetime) -> bytes:
    """Return the PDF of what a leaflet says. The same words are printed once, whatever else the site publishes."""
    return pdf("leaflet.typ", published_at, leaflet=said, sheet=sheet)


class LeafletShelf:
    """Gathers what a page's leaflet says once for a content version and a day (a late check is printed on it)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: OrderedDict[Key, str] = OrderedDict()

    def leaflet(
        self, library: Library, page: LivePage, sheet: str, site_address: str, today: date
    ) -> bytes:
        """Return the PDF of a page on a sheet: one of the values of SHEETS."""
        return printed(self._words(library, page, site_address, today), sheet, page.published_at)

    def _words(self, library: Library, page: LivePage, site_address: str, today: date) -> str:
        key = (library.content_version, page.kind, page.slug, site_address, today.isoformat())
        with self._lock:
            if key in self._said:
                self._said.move_to_end(key)
                return self._said[key]
        content = leaflet_content(library, page, site_address, today)
        said = json.dumps(content, ensure_ascii=False)
        with self._lock:
            self._said[key] = said
            while len(self._said) > MOST_TEXTS:
                self._said.popitem(last=False)
        return said


leaflets = LeafletShelf()
