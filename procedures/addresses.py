"""The list of public addresses: the sitemap, the static mirror and the browser tests all read it from here."""

from collections.abc import Iterator
from datetime import datetime

from .library import Library

FIXED = (
    "/",
    "/procedures/",
    "/body-map/",
    "/conditions/",
    "/easy/",
    "/guidance/",
    "/a-z/",
    "/glossary/",
    "/stories/",
    "/contact/",
    "/refer/",
)


def public_addresses(library: Library) -> Iterator[tuple[str, datetime | None]]:
    """Yield the path of every public page, with the time of its publication where it has one."""
    for address in FIXED:
        yield address, library.updated_at
    for category in library.categories:
        yield f"/procedures/category/{category['slug']}/", library.updated_at
    for page in library.sorted_procedures:
        yield page.address, page.published_at
        yield f"{page.address}versions/", page.published_at
        if page.easy_address:
            yield page.easy_address, page.published_at
    for page in sorted(library.guidance.values(), key=lambda page: page.address):
        yield page.address, page.published_at
