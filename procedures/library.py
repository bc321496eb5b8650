"""What the public reads, held in memory: every live publication, read with one query and kept until the next one.

Each process looks at the content version at most once a second. If the database is gone, what is in memory goes on being
served.
"""

import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from .models import ContentVersion, PageKind, Publication, PublicationStatus

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0

EMPTY_SITE: dict[str, Any] = {
    "details": {"organisation": "", "department": "Interventional radiology"},
    "local": {},
    "notices": [],
    "glossary": [],
    "categories": [],
    "conditions": [],
    "relations": [],
    "guides": [],
    "stories": [],
}


class LibraryUnavailable(Exception):
    """Raised when nothing is in memory and the database cannot be read."""


@dataclass(frozen=True)
class LivePage:
    """A page as the public reads it."""

    kind: str
    slug: str
    version: int
    is_approved: bool
    approver_shown: str
    change_note: str
    published_at: datetime
    document: dict[str, Any]

    @property
    def address(self) -> str:
        """Path of the page on this site."""
        if self.kind == PageKind.PROCEDURE:
            return f"/procedures/{self.slug}/"
        return f"/{self.slug}/" if self.document["group"] == "site" else f"/guidance/{self.slug}/"

    @property
    def easy_address(self) -> str:
        """Path of the easy version; empty where the page has none."""
        return f"{self.address}easy/" if self.document.get("easy") else ""

    @property
    def name(self) -> str:
        """Heading of the page."""
        return self.document["name"]

    def is_overdue(self, today: date) -> bool:
        """Whether the page should have been checked again before today."""
        return self.document["next_check"] < today.isoformat()


@dataclass(frozen=True)
class Library:
    """All live pages and the site-wide texts, at one content version."""

    content_version: int
    site: dict[str, Any]
    procedures: dict[str, LivePage] = field(default_factory=dict)
    guidance: dict[str, LivePage] = field(default_factory=dict)
    updated_at: datetime | None = None

    @cached_property
    def categories(self) -> list[dict[str, Any]]:
        """Categories that have a live procedure, each with its procedures: own ones first, then those also in it."""
        shelves = []
        for category in self.site["categories"]:
            own = [
                page
                for page in self.sorted_procedures
                if page.document["category"] == category["slug"]
            ]
            also = [
                page
                for page in self.sorted_procedures
                if category["slug"] in page.document["also_in"]
            ]
            if own or also:
                shelves.append(category | {"own": own, "also": also})
        return shelves

    @cached_property
    def sorted_procedures(self) -> list[LivePage]:
        """Procedures by name."""
        return sorted(self.procedures.values(), key=lambda page: page.name.lower())

    @cached_property
    def easy_versions(self) -> list[LivePage]:
        """Procedures that have an easy version, by name."""
        return [page for page in self.sorted_procedures if page.easy_address]

    @cached_property
    def conditions(self) -> list[dict[str, Any]]:
        """Conditions that a live procedure treats, each with its pages."""
        found = []
        for condition in self.site["conditions"]:
            pages = [
                self.procedures[slug] for slug in condition["procedures"] if slug in self.procedures
            ]
            if pages:
                found.append(
                    condition | {"pages": sorted(pages, key=lambda page: page.name.lower())}
                )
        return found

    def guidance_group(self, group: str) -> list[LivePage]:
        """Guidance pages of a shelf, in order."""
        pages = [page for page in self.guidance.values() if page.document["group"] == group]
        return sorted(pages, key=lambda page: (page.document["order"], page.name.lower()))

    def guides_of(self, slug: str) -> list[LivePage]:
        """Guidance that a procedure's readers need."""
        wanted = [row["page"] for row in self.site["guides"] if row["procedure"] == slug]
        return [self.guidance[page] for page in wanted if page in self.guidance]

    def guided_by(self, slug: str) -> list[LivePage]:
        """Procedures whose readers need a guidance page."""
        wanted = {row["procedure"] for row in self.site["guides"] if row["page"] == slug}
        return [page for page in self.sorted_procedures if page.slug in wanted]

    def related(self, slug: str) -> dict[str, list[LivePage]]:
        """Procedures that bear on one: alternatives, what comes next, what came before, the same family."""
        found: dict[str, list[str]] = {
            "alternative": [],
            "next": [],
            "before": [],
            "same_family": [],
        }
        for row in self.site["relations"]:
            if row["from"] == slug:
                found[row["kind"]].append(row["to"])
            elif row["to"] == slug:
                found["before" if row["kind"] == "next" else row["kind"]].append(row["from"])
        return {
            kind: [
                self.procedures[other]
                for other in dict.fromkeys(others)
                if other in self.procedures
            ]
            for kind, others in found.items()
        }

    def leads_to_a_page(self, address: str) -> bool:
        """Return whether a link inside the site still has its page: procedures, guidance and categories come and go."""
        match address.partition("#")[0].strip("/").split("/"):
            case ["procedures", "category", slug, *_]:
                return any(category["slug"] == slug for category in self.categories)
            case ["procedures", slug, *_]:
                return slug in self.procedures
            case ["guidance", slug, *_]:
                return slug in self.guidance
        return True

    def notices_on(self, today: date) -> list[dict[str, Any]]:
        """Notices to show on a day."""
        day = today.isoformat()
        return [row for row in self.site["notices"] if row["starts_on"] <= day <= row["ends_on"]]

    def stories_on(self, today: date) -> list[dict[str, Any]]:
        """Patient stories whose consent holds on a day."""
        day = today.isoformat()
        return [
            row
            for row in self.site["stories"]
            if not row["consent_expires_on"] or day <= row["consent_expires_on"]
        ]


def load(version: int) -> Library:
    """Read every live publication, with one query. `version` is the content version that they belong to."""
    library = Library(content_version=version, site=dict(EMPTY_SITE))
    newest: datetime | None = None
    for row in Publication.objects.live():
        newest = max(newest, row.published_at) if newest else row.published_at
        if row.kind == PageKind.SITE:
            library.site.update(row.document)
            continue
        page = LivePage(
            kind=row.kind,
            slug=row.slug,
            version=row.version,
            is_approved=row.status == PublicationStatus.APPROVED,
            approver_shown=row.approver_shown,
            change_note=row.change_note,
            published_at=row.published_at,
            document=row.document,
        )
        (library.procedures if row.kind == PageKind.PROCEDURE else library.guidance)[row.slug] = (
            page
        )
    object.__setattr__(library, "updated_at", newest)
    return library


class Shelf:
    """Keeps the library of this process, and looks whether it is old."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._library: Library | None = None
        self._looked_at = 0.0

    def current(self) -> Library:
        """Return the library, read anew if a publication came. Raises LibraryUnavailable if there is none to be had."""
        library = self._library
        if library is not None and time.monotonic() - self._looked_at < SECONDS_BETWEEN_LOOKS:
            return library
        with self._lock:
            if (
                self._library is not None
                and time.monotonic() - self._looked_at < SECONDS_BETWEEN_LOOKS
            ):
                return self._library
            try:
                number = (
                    ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first()
                    or 0
                )
                if self._library is None or number != self._library.content_version:
                    self._library = load(number)
            except (DatabaseError, InterfaceError) as error:
                log.warning(
                    "The database cannot be read (%s); serving what is in memory.",
                    type(error).__name__,
                )
                if self._library is None:
                    raise LibraryUnavailable from error
            self._looked_at = time.monotonic()
            return self._library

    def forget(self) -> None:
        """Drop what is in memory, so that the next reader reads it anew."""
        with self._lock:
            self._library = None
            self._looked_at = 0.0


shelf = Shelf()


def today() -> date:
    """Return the day in London."""
    return timezone.localdate()
