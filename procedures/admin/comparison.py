"""What an approver reads before approving: the difference between two versions of a page, and the page whole."""

from dataclasses import dataclass
from typing import Any

from procedures import differences, publishing
from procedures.compiling import CannotCompile
from procedures.models import Publication, PublicationStatus

from .history import shown_person

DRAFT = "draft"


@dataclass(frozen=True)
class Side:
    """One of the two that are compared: its document, and how the page names it."""

    key: str
    name: str
    document: dict[str, Any]


class NoSuchVersion(Exception):
    """Raised for a version that the page never had."""


def versions_of(page: Any) -> Any:
    """Return a page's publications, newest first, without their documents."""
    return (
        Publication.objects.filter(kind=publishing.kind_of(page), slug=page.slug)
        .select_related("author", "approver")
        .defer("document")
    )


def side(page: Any, key: str) -> Side:
    """Return one side by its key: a version's number, or `draft`. Raises NoSuchVersion, and CannotCompile for a draft."""
    if key == DRAFT:
        return Side(DRAFT, "the draft", publishing.compile_page(page))
    found = versions_of(page).defer(None).filter(version=int(key) if key.isdecimal() else 0).first()
    if found is None:
        raise NoSuchVersion
    if found.status == PublicationStatus.WITHDRAWN:
        return Side(key, f"version {key} (withdrawn: nothing)", {})
    return Side(key, f"version {key}", found.document)


def before_approval(page: Any) -> dict[str, Any]:
    """Return what the publishing page shows of what is about to become public, against what the public reads now.

    That is the draft, or the older version that was asked for. A page that nobody has approved yet is shown whole: its
    seeded version was never read by an approver. Empty where the draft cannot be compiled.
    """
    versions = list(versions_of(page))
    last_public = next((row for row in versions if row.status != PublicationStatus.WITHDRAWN), None)
    asked = page.submitted_version if page.is_waiting_for_approval else None
    try:
        new = side(page, str(asked) if asked else DRAFT)
    except CannotCompile:
        return {}
    nothing = Side("", "nothing", {})
    old = side(page, str(last_public.version)) if last_public else nothing
    ever_approved = any(row.status == PublicationStatus.APPROVED for row in versions)
    return {
        "comparison": shown(old, new) if last_public else None,
        "whole": None if ever_approved else shown(nothing, new),
        "was_changed_since_sent": bool(
            page.is_waiting_for_approval
            and publishing.digest(new.document) != page.submitted_digest
        ),
    }


def shown(old: Side, new: Side) -> dict[str, Any]:
    """Return a comparison ready for its template: what bears on safety first, the rest by its place on the page."""
    changes = differences.compare(old.document, new.document)
    return {
        "old": old,
        "new": new,
        "count": len(changes),
        "safety": [change for change in changes if change.is_safety],
        "groups": differences.grouped(change for change in changes if not change.is_safety),
        "in_page_order": differences.grouped(changes),
    }


def rows_of_versions(page: Any) -> list[dict[str, Any]]:
    """Return the versions for the table, each with the one before it and the people by name."""
    versions = list(versions_of(page))
    return [
        {
            "row": row,
            "before": older.version if older else None,
            "author": shown_person(row.author),
            "approver": shown_person(row.approver),
        }
        for row, older in zip(versions, [*versions[1:], None], strict=True)
    ]
