"""The one way in which a page becomes public: submit, then publish, by two people. Rolling back is publishing again.

Admin, commands and seeding all go through here.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from . import completeness, rows, site_document, site_words, text
from .compiling import compile_guidance, compile_procedure
from .models import (
    ContentVersion,
    GuidancePage,
    PageKind,
    Picture,
    Procedure,
    Publication,
    PublicationStatus,
    SharedText,
    SharedTextSource,
)

Page = Procedure | GuidancePage
Document = dict[str, Any]

SITE_SLUG = "site"
APPROVER_PERMISSION = "procedures.approve_publication"


class NotPublishable(Exception):
    """Raised with what stands in the way, in words for the person who tried."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Approval:
    """Who wrote, who approved, and what changed. Both people are needed; they differ."""

    author: AbstractBaseUser
    approver: AbstractBaseUser
    change_note: str


def compile_page(page: Page) -> Document:
    """Return the document of a page as its working rows stand now. Raises CannotCompile."""
    if isinstance(page, Procedure):
        return compile_procedure(rows.procedure_rows(page), rows.shared_texts(), rows.pictures())
    return compile_guidance(rows.guidance_rows(page), rows.shared_texts(), rows.pictures())


def digest(document: Document) -> str:
    """Return the SHA-256 of a document, the same whatever the order of its keys."""
    return hashlib.sha256(
        json.dumps(document, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def kind_of(page: Page) -> PageKind:
    """Return the kind of publication that a page makes."""
    return PageKind.PROCEDURE if isinstance(page, Procedure) else PageKind.GUIDANCE


def submit(page: Page, author: AbstractBaseUser, change_note: str) -> None:
    """Send a page to an approver, who will see exactly what stands now.

    Raises NotPublishable with all that is missing or wrong, and CannotCompile for broken citations and slots.
    """
    if not change_note.strip():
        raise NotPublishable(["Say what changed, in a line that the page's readers can follow."])
    document = compile_page(page)
    found = completeness.problems(document)
    if found:
        raise NotPublishable(found)
    page.submitted_by, page.submitted_at = author, timezone.now()
    page.submitted_digest, page.submitted_note = digest(document), change_note.strip()
    page.submitted_version = None
    page._change_reason = "Sent for approval"
    page.save()


def submit_older(page: Page, version: int, author: AbstractBaseUser, reason: str) -> None:
    """Ask for an older version to become public again. The working rows stay as they are. Raises NotPublishable."""
    if not reason.strip():
        raise NotPublishable(["Say why the older version should come back."])
    older = Publication.objects.filter(kind=kind_of(page), slug=page.slug, version=version).first()
    if older is None or older.status == PublicationStatus.WITHDRAWN:
        raise NotPublishable([f"There is no version {version} to go back to."])
    page.submitted_by, page.submitted_at = author, timezone.now()
    page.submitted_digest, page.submitted_version = older.digest, version
    page.submitted_note = f"Back to version {version}: {reason.strip()}"
    page._change_reason = f"Asked to go back to version {version}"
    page.save()


def return_to_author(page: Page, reason: str) -> None:
    """Take a page back from the approver's list, with the reason in its history."""
    if not reason.strip():
        raise NotPublishable(["Say what should change before it is sent again."])
    _clear_submission(page, f"Returned: {reason.strip()}")


def _clear_submission(page: Page, change_reason: str) -> None:
    page.submitted_by = page.submitted_at = page.submitted_version = None
    page.submitted_digest = page.submitted_note = ""
    page._change_reason = change_reason
    page.save()


def editors_since_last_publication(page: Page) -> set[int]:
    """Return the ids of everyone who changed what the page says since it was last published.

    That is the page, its rows, and the shared texts and pictures that it asks for.
    """
    last = (
        Publication.objects.filter(kind=kind_of(page), slug=page.slug).order_by("-version").first()
    )
    shared, pictures = _slots_of(page)
    histories = [
        page.history.all(),
        *(part.history.filter(**{f"{_owner(part)}_id": page.pk}) for part in _row_models(page)),
        SharedText.history.filter(slug__in=shared),
        SharedTextSource.history.filter(shared_text__slug__in=shared),
        Picture.history.filter(slug__in=pictures),
    ]
    editors: set[int] = set()
    for history in histories:
        newer = history if last is None else history.filter(history_date__gt=last.published_at)
        editors |= set(newer.exclude(history_user=None).values_list("history_user_id", flat=True))
    return editors


def _slots_of(page: Page) -> tuple[set[str], set[str]]:
    """Return the slugs of the shared texts and of the pictures that a page asks for, directly or through another."""
    read = rows.procedure_rows if isinstance(page, Procedure) else rows.guidance_rows
    all_rows = vars(read(page)).values()
    lists = [part for part in all_rows if isinstance(part, list)]
    waiting = [
        value
        for rows_of in lists
        for row in rows_of
        for value in row.values()
        if "[[" in str(value)
    ]
    shared = {row["shared"] for rows_of in lists for row in rows_of if row.get("shared")}
    pictures: set[str] = set()
    bodies = dict(SharedText.objects.values_list("slug", "body"))
    waiting += [bodies[slug] for slug in shared if slug in bodies]
    while waiting:
        for slot in text.slots(str(waiting.pop())):
            if slot.kind == "picture":
                pictures.add(slot.slug)
            elif slot.kind == "shared" and slot.slug not in shared:
                shared.add(slot.slug)
                waiting.append(bodies.get(slot.slug, ""))
    return shared, pictures


def _row_models(page: Page) -> list[Any]:
    names = (
        "sections",
        "steps",
        "risks",
        "benefits",
        "help_signs",
        "questions",
        "sources",
        "checklist",
        "easy_lines",
    )
    return [getattr(page, name).model for name in names if hasattr(page, name)]


def _owner(model: Any) -> str:
    return "procedure" if any(field.name == "procedure" for field in model._meta.fields) else "page"


def writers_of(page: Page) -> set[int]:
    """Return the ids of everyone who may not approve what waits: who sent it, and who edited it since it was last public.

    An older version that was asked for was approved once already, so only who asked is left out.
    """
    if page.submitted_version is not None:
        return {page.submitted_by_id}
    return {page.submitted_by_id, *editors_since_last_publication(page)}


def approve(page: Page, approver: AbstractBaseUser) -> Publication:
    """Publish a page that was sent for approval.

    The approver needs the permission, must not be its author, nor anyone who edited it since it was last public, and the
    page must stand as it was sent. Raises NotPublishable.
    """
    if not page.is_waiting_for_approval:
        raise NotPublishable(["This page has not been sent for approval."])
    if not approver.has_perm(APPROVER_PERMISSION):
        raise NotPublishable(["Only a clinical approver may publish."])
    if page.submitted_version is not None:
        document = Publication.objects.get(
            kind=kind_of(page), slug=page.slug, version=page.submitted_version
        ).document
    else:
        document = compile_page(page)
    if approver.pk in writers_of(page):
        raise NotPublishable(["You wrote or edited this version: someone else must approve it."])
    if digest(document) != page.submitted_digest:
        raise NotPublishable(
            ["The page was changed after it was sent for approval. It must be sent again."]
        )
    approval = Approval(page.submitted_by, approver, page.submitted_note)
    with transaction.atomic():
        publication = publish(kind_of(page), page.slug, document, approval)
        _clear_submission(page, f"Published as version {publication.version}")
        refresh_site_document()
    return publication


def publish(
    kind: str,
    slug: str,
    document: Document,
    approval: Approval | None,
    note: str = "",
    by: AbstractBaseUser | None = None,
) -> Publication:
    """Add a publication. Without an approval it is `seeded`: public, and marked as not approved by the department.

    `by` is who changed site-wide texts that need no approval.
    """
    with transaction.atomic():
        version = _next_version(kind, slug)
        publication = Publication.objects.create(
            kind=kind,
            slug=slug,
            version=version,
            status=PublicationStatus.APPROVED if approval else PublicationStatus.SEEDED,
            document=document,
            digest=digest(document),
            change_note=approval.change_note if approval else note,
            author=approval.author if approval else by,
            approver=approval.approver if approval else None,
            approver_shown=(approval.approver.get_full_name() if approval else ""),
            published_at=timezone.now(),
        )
        bump_content_version()
    return publication


def withdraw(kind: str, slug: str, by: AbstractBaseUser, reason: str) -> Publication:
    """Take a page away from the public at once: a new, empty version that says why. One person is enough to make safe."""
    if not reason.strip():
        raise NotPublishable(["Say why the page is withdrawn."])
    with transaction.atomic():
        withdrawn = Publication.objects.create(
            kind=kind,
            slug=slug,
            version=_next_version(kind, slug),
            status=PublicationStatus.WITHDRAWN,
            document={},
            digest=digest({}),
            change_note=reason.strip(),
            author=by,
            approver=None,
            published_at=timezone.now(),
        )
        bump_content_version()
    return withdrawn


def _next_version(kind: str, slug: str) -> int:
    last = (
        Publication.objects.select_for_update()
        .filter(kind=kind, slug=slug)
        .order_by("-version")
        .first()
    )
    return last.version + 1 if last else 1


def bump_content_version() -> None:
    """Tell every process that what it holds in memory is old."""
    if not ContentVersion.objects.filter(pk=1).update(
        number=F("number") + 1, changed_at=timezone.now()
    ):
        ContentVersion.objects.get_or_create(pk=1, defaults={"number": 1})


def _last_site() -> Publication | None:
    return (
        Publication.objects.filter(kind=PageKind.SITE, slug=SITE_SLUG).order_by("-version").first()
    )


def refresh_site_document(
    note: str = "Site-wide texts", by: AbstractBaseUser | None = None
) -> Publication | None:
    """Publish the site-wide texts again if they changed; None if they did not.

    What may change at once: details, notices, approved local answers and stories, and rows that were taken away. Words that
    need an approver (`site_words`) stay as the public reads them.
    """
    document, last = site_document.compile_site(), _last_site()
    if last is not None:
        document = site_words.public_document(document, last.document, set())
        if last.digest == digest(document):
            return None
    return publish(PageKind.SITE, SITE_SLUG, document, None, note, by)


def waiting_site_words() -> list[site_words.Waiting]:
    """Return the site-wide words that wait for an approver."""
    last = _last_site()
    if last is None:
        return []
    found = site_words.waiting(site_document.compile_site(), last.document)
    return [row for row in found if not row.is_seeded]


def approve_site_words(tickets: set[str], approver: AbstractBaseUser) -> Publication:
    """Publish the chosen site-wide words, each exactly as it was read. Raises NotPublishable, and then publishes none."""
    if not approver.has_perm(APPROVER_PERMISSION):
        raise NotPublishable(["Only a clinical approver may publish."])
    with transaction.atomic():
        chosen = [row for row in waiting_site_words() if row.ticket in tickets]
        if not tickets or len(chosen) != len(tickets):
            raise NotPublishable(
                ["Something was changed after you read it, or nothing was chosen. Read it again."]
            )
        own = [row.name for row in chosen if approver.pk in row.people]
        if own:
            raise NotPublishable([f"You edited {', '.join(own)}: someone else must approve it."])
        author = next((row.last_editor for row in chosen if row.last_editor), None)
        if author is None:
            raise NotPublishable(
                ["Nobody is on record as its author. Save it again, with a reason."]
            )
        names = [f"{row.part.label}: {row.name}" for row in chosen]
        approval = Approval(get_user_model().objects.get(pk=author), approver, _short(names))
        document = site_words.public_document(
            site_document.compile_site(), _last_site().document, tickets
        )
        return publish(PageKind.SITE, SITE_SLUG, document, approval)


def _short(names: list[str]) -> str:
    """Return names as a change note: as many as fit, then how many more."""
    for count in range(len(names), 0, -1):
        rest = f" and {len(names) - count} more" if count < len(names) else ""
        if len(note := "; ".join(names[:count]) + rest) <= 400:
            return note
    return f"{len(names)} changes"
