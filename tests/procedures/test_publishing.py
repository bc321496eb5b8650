"""A page goes public only through two people, and what was public stays on record."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from procedures import publishing
from procedures.library import shelf
from procedures.models import (
    GuidancePage,
    Immutable,
    PageKind,
    Procedure,
    Publication,
    PublicationStatus,
    Section,
)
from procedures.publishing import NotPublishable
from tests.conftest import make_user

pytestmark = pytest.mark.django_db


def edit(
    page: Procedure, editor, words: str = "A tube into the stomach, put in with X-rays."
) -> None:
    page.summary = words
    page._history_user = editor
    page.save()


def test_an_edit_stays_unseen_until_someone_else_approves_it(client, editor, approver):
    page = Procedure.objects.get(slug="rig")
    edit(page, editor, "Words that nobody approved yet.")
    assert "Words that nobody approved yet" not in client.get("/procedures/rig/").content.decode()

    publishing.submit(page, editor, "Clearer summary")
    shelf.forget()
    assert "Words that nobody approved yet" not in client.get("/procedures/rig/").content.decode()

    publishing.approve(page, approver)
    shelf.forget()
    shown = client.get("/procedures/rig/").content.decode()
    assert "Words that nobody approved yet" in shown
    assert "Approver Test" in shown
    assert "Not yet approved by the department" not in shown
    assert 'name="robots" content="noindex"' not in shown


def graph(client, address: str) -> dict:
    """Return the JSON-LD of a page."""
    html = client.get(address).content.decode()
    return json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])


def test_machines_are_told_of_a_review_only_once_there_was_one(client, editor, approver):
    for address in ("/procedures/rig/", "/guidance/going-home/", "/about/"):
        told = graph(client, address)
        assert told["@type"] == "MedicalWebPage"
        assert not {"lastReviewed", "reviewedBy"} & set(told), address
    page = Procedure.objects.get(slug="rig")
    publishing.submit(page, editor, "First approval")
    publishing.approve(page, approver)
    shelf.forget()
    told = graph(client, "/procedures/rig/")
    assert told["lastReviewed"] == page.last_checked.isoformat()
    assert told["reviewedBy"]["name"] == "Approver Test"


def test_an_author_cannot_approve_their_own_page(editor):
    both = make_user("both", "Editor", "Clinical approver")
    page = Procedure.objects.get(slug="rig")
    edit(page, both)
    publishing.submit(page, both, "Mine")
    with pytest.raises(NotPublishable, match="someone else"):
        publishing.approve(page, both)


def test_someone_who_edited_a_row_cannot_approve_what_another_sent(editor):
    both = make_user("both", "Editor", "Clinical approver")
    page = Procedure.objects.get(slug="rig")
    section = Section.objects.filter(procedure=page, kind="why").get()
    section.body += "\n\nOne more line."
    section._history_user = both
    section.save()
    publishing.submit(page, editor, "With a line by somebody else")
    with pytest.raises(NotPublishable, match="someone else"):
        publishing.approve(page, both)


def test_an_editor_without_the_right_cannot_approve(editor):
    other = make_user("other", "Editor")
    page = Procedure.objects.get(slug="rig")
    publishing.submit(page, editor, "Note")
    with pytest.raises(NotPublishable, match="clinical approver"):
        publishing.approve(page, other)


def test_a_change_after_sending_must_be_sent_again(editor, approver):
    page = Procedure.objects.get(slug="rig")
    publishing.submit(page, editor, "Note")
    edit(page, editor, "Slipped in afterwards.")
    with pytest.raises(NotPublishable, match="sent again"):
        publishing.approve(page, approver)


def test_a_page_with_a_missing_section_cannot_be_sent(editor):
    page = Procedure.objects.get(slug="rig")
    Section.objects.get(procedure=page, kind="why").delete()
    with pytest.raises(NotPublishable) as refused:
        publishing.submit(page, editor, "Note")
    assert any("Why you may need it" in problem for problem in refused.value.problems)


def test_a_page_that_tells_someone_to_stop_a_medicine_cannot_be_sent(editor):
    page = Procedure.objects.get(slug="rig")
    section = Section.objects.get(procedure=page, kind="getting_ready")
    section.body += "\n\nStop your warfarin."
    section.save()
    with pytest.raises(NotPublishable) as refused:
        publishing.submit(page, editor, "Note")
    assert any("medicine" in problem for problem in refused.value.problems)


def test_going_back_to_an_older_version_takes_two_people_and_is_a_new_version(editor, approver):
    page = Procedure.objects.get(slug="rig")
    first = Publication.objects.get(kind=PageKind.PROCEDURE, slug="rig", version=1)
    edit(page, editor)
    publishing.submit(page, editor, "New")
    publishing.approve(page, approver)
    publishing.submit_older(page, 1, editor, "The new one has a mistake")
    third = publishing.approve(page, approver)
    assert third.version == 3
    assert third.document == first.document
    assert third.approver == approver


def test_a_withdrawn_page_is_gone_from_every_list_at_once(client, editor):
    publishing.withdraw(PageKind.PROCEDURE, "rig", editor, "Wrong dose")
    shelf.forget()
    assert client.get("/procedures/rig/").status_code == 404
    for address in (
        "/procedures/",
        "/a-z/",
        "/sitemap.xml",
        "/search/?q=rig",
        "/procedures/gastrostomy-tube-change/",
    ):
        assert "/procedures/rig/" not in client.get(address).content.decode(), address


def test_a_publication_cannot_be_changed_or_deleted():
    publication = Publication.objects.filter(kind=PageKind.PROCEDURE).first()
    with pytest.raises(Immutable):
        publication.save()
    with pytest.raises(Immutable):
        publication.delete()
    with pytest.raises(Immutable):
        Publication.objects.all().delete()
    with pytest.raises(Immutable):
        Publication.objects.update(version=9)


def test_the_database_itself_refuses_an_approval_by_the_author(editor):
    row = {
        "kind": PageKind.PROCEDURE,
        "slug": "rig",
        "version": 99,
        "document": {},
        "digest": "",
        "change_note": "",
        "published_at": timezone.now(),
        "status": PublicationStatus.APPROVED,
    }
    for approver in (editor, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(author=editor, approver=approver, **row)


def test_every_publication_raises_the_content_version(editor, approver):
    before = shelf.current().content_version
    page = GuidancePage.objects.get(slug="consent")
    publishing.submit(page, editor, "Note")
    publishing.approve(page, approver)
    shelf.forget()
    assert shelf.current().content_version > before
