"""Leaflets already made, in memory until the page changes."""

import threading
from collections import OrderedDict
from datetime import date

from procedures.library import Library, LivePage

from .content import leaflet_content
from .printing import pdf

SHEETS = {"": "a4", "a4": "a4", "large": "large", "a5": "a5"}
"""What an address may ask for, and the sheet that it gets: A4, A4 in 18 point letters, A5 to fold."""
MOST_LEAFLETS = 96
"""Leaflets kept at most, the latest asked for: about 30 MB."""

Key = tuple[int, str, str, str, str, str]


class LeafletShelf:
    """Makes each leaflet once for a content version and a day (a late check is printed on it)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[Key, bytes] = OrderedDict()

    def leaflet(
        self, library: Library, page: LivePage, sheet: str, site_address: str, today: date
    ) -> bytes:
        """Return the PDF of a page on a sheet: one of the values of SHEETS."""
        key = (
            library.content_version,
            page.kind,
            page.slug,
            sheet,
            site_address,
            today.isoformat(),
        )
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        content = leaflet_content(library, page, site_address, today)
        made = pdf("leaflet.typ", page.published_at, leaflet=content, sheet=sheet)
        with self._lock:
            self._made[key] = made
            while len(self._made) > MOST_LEAFLETS:
                self._made.popitem(last=False)
        return made


leaflets = LeafletShelf()
