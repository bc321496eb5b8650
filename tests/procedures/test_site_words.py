"""Words that every page shares reach the public through two people; notices at once, where approvers see them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from procedures import publishing
from procedures.library import shelf
from procedures.models import (
    Category,
    Condition,
    GlossaryTerm,
    LocalAnswer,
    LocalQuestion,
    Notice,
    Procedure,
    Publication,
    Relation,
)
from procedures.publishing import NotPublishable
from tests.conftest import make_user

pytestmark = pytest.mark.django_db


def address(model, what: str, *args) -> str:
    return reverse(f"admin:procedures_{model._meta.model_name}_{what}", args=args)


def site_words() -> str:
    return reverse("admin:procedures_publication_site_words")


def edit(row, person, **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row._history_user, row._change_reason = person, "Plainer words"
    row.save()


def read(client, path: str = "/glossary/") -> str:
    shelf.forget()
    return client.get(path).content.decode()


@pytest.fixture
def term() -> GlossaryTerm:
    return GlossaryTerm.objects.get(term="catheter")


def save_in_admin(client, row, **values) -> None:
    from tests.procedures.test_admin import form_values

    there = address(type(row), "change", row.pk)
    sent = form_values(client.get(there)) | values | {"change_reason": "Plainer words"}
    assert client.post(there, sent).status_code == 302


def test_an_editors_save_leaves_the_public_glossary_alone_until_someone_else_approves(
    client, editor, approver, term
):
    before = term.meaning
    client.force_login(editor)
    save_in_admin(client, term, meaning="A thin bendy pipe.")
    assert "A thin bendy pipe." not in read(client)
    assert before.split(",")[0][:40] in read(client)
    assert client.post(site_words(), {"ticket": "x"}).status_code == 403, "an editor"

    client.force_login(approver)
    assert "Words for every page that wait for approval" in client.get("/admin/").content.decode()
    response = client.get(site_words())
    assert "no-store" in response["Cache-Control"]
    assert "bendy" in response.content.decode()
    (waiting,) = publishing.waiting_site_words()
    client.post(site_words(), {"ticket": waiting.ticket})
    assert "A thin bendy pipe." in read(client)
    newest = Publication.objects.filter(kind="site").first()
    assert (newest.author, newest.approver, newest.status) == (editor, approver, "approved")
    assert "catheter" in newest.change_note
    assert not publishing.waiting_site_words()


def test_an_unapproved_word_does_not_slip_out_with_something_else(client, editor, approver, term):
    edit(term, editor, meaning="A thin bendy pipe.")
    edit(Category.objects.first(), editor, summary="A summary that nobody approved.")
    condition = Condition.objects.first()
    edit(condition, editor, summary="An illness that nobody approved.")
    question = LocalQuestion.objects.get(slug="food-before")
    edit(question, editor, what_is_usual="A whole week.")
    page = Procedure.objects.get(slug="rig")
    publishing.submit(page, editor, "First approval")
    publishing.approve(page, approver)
    publishing.refresh_site_document("A notice")
    shelf.forget()
    said = str(shelf.current().site)
    for words in ("A thin bendy pipe.", "nobody approved", "A whole week."):
        assert words not in said
    assert {row.part.name for row in publishing.waiting_site_words()} == {
        "glossary",
        "categories",
        "conditions",
        "local",
    }


def test_nobody_approves_a_word_that_they_edited_though_another_edited_it_last(editor, term):
    both = make_user("both", "Editor", "Clinical approver")
    edit(term, both, meaning="A thin bendy pipe.")
    edit(term, editor, meaning="A thin, bendy pipe.")
    (waiting,) = publishing.waiting_site_words()
    with pytest.raises(NotPublishable, match="someone else"):
        publishing.approve_site_words({waiting.ticket}, both)


def test_an_editor_of_an_approved_version_may_approve_the_next(editor, term):
    both = make_user("both", "Editor", "Clinical approver")
    other = make_user("other", "Clinical approver")
    edit(term, both, meaning="A thin bendy pipe.")
    (waiting,) = publishing.waiting_site_words()
    publishing.approve_site_words({waiting.ticket}, other)
    edit(term, editor, meaning="A thin, bendy tube.")
    (waiting,) = publishing.waiting_site_words()
    publishing.approve_site_words({waiting.ticket}, both)
    assert not publishing.waiting_site_words()


def test_what_was_changed_after_it_was_read_is_not_approved(editor, approver, term):
    edit(term, editor, meaning="A thin bendy pipe.")
    (waiting,) = publishing.waiting_site_words()
    edit(term, editor, meaning="Something else altogether.")
    with pytest.raises(NotPublishable, match="after you read it"):
        publishing.approve_site_words({waiting.ticket}, approver)


def test_one_word_can_be_approved_while_another_waits(client, editor, approver, term):
    edit(term, editor, meaning="A thin bendy pipe.")
    edit(GlossaryTerm.objects.get(term="stent"), editor, meaning="Not ready yet.")
    ticket = next(row.ticket for row in publishing.waiting_site_words() if row.name == "catheter")
    publishing.approve_site_words({ticket}, approver)
    html = read(client)
    assert "A thin bendy pipe." in html
    assert "Not ready yet." not in html


def test_a_renamed_term_stays_public_under_its_old_name_until_approved(client, editor, term):
    edit(term, editor, term="bendy pipe")
    assert publishing.refresh_site_document("A notice") is None, "nothing public changed"
    (waiting,) = publishing.waiting_site_words()
    assert waiting.public["term"] == "catheter"


def test_new_words_wait_and_taking_words_away_does_not(client, editor):
    client.force_login(editor)
    values = {"term": "zebra wire", "also": "", "meaning": "A striped wire.", "link_in_text": "on"}
    client.post(address(GlossaryTerm, "add"), values | {"change_reason": "New"})
    assert GlossaryTerm.objects.filter(term="zebra wire").exists()
    assert "zebra wire" not in read(client)
    gone = GlossaryTerm.objects.get(term="stent")
    client.post(address(GlossaryTerm, "delete", gone.pk), {"post": "yes"})
    shelf.forget()
    assert "stent" not in [row["term"] for row in shelf.current().site["glossary"]]


def test_a_new_link_between_pages_waits(client, editor, approver):
    first, second = Procedure.objects.filter(relations=None)[:1], Procedure.objects.all()
    first = first[0] if first else Procedure.objects.get(slug="lumbar-puncture")
    other = second.exclude(pk=first.pk).exclude(relations_from__procedure=first).first()
    link = Relation(procedure=first, other=other, kind="next")
    link._history_user, link._change_reason = editor, "New"
    link.save()
    publishing.refresh_site_document("A notice")
    shelf.forget()
    assert other.slug not in [page.slug for page in shelf.current().related(first.slug)["next"]]
    (waiting,) = publishing.waiting_site_words()
    publishing.approve_site_words({waiting.ticket}, approver)
    shelf.forget()
    assert other.slug in [page.slug for page in shelf.current().related(first.slug)["next"]]


def test_conditions_come_back_to_rest_when_their_procedures_are_put_back(editor):
    condition = Condition.objects.filter(procedures__isnull=False).first()
    procedure = condition.procedures.first()
    condition.procedures.remove(procedure)
    edit(condition, editor)
    assert [row.part.name for row in publishing.waiting_site_words()] == ["conditions"]
    condition.procedures.add(procedure)
    assert not publishing.waiting_site_words()


def test_rows_that_no_person_touched_are_public_as_seeded_pages_are(client):
    GlossaryTerm.objects.create(term="zebra wire", meaning="A striped wire.")
    publishing.refresh_site_document("Seeded with the site")
    assert "zebra wire" in read(client)


def test_a_notice_is_public_at_once_and_approvers_are_shown_it(client, editor, approver):
    client.force_login(editor)
    today = timezone.localdate()
    values = {
        "title": "The lift is broken",
        "body": "Come to the north door.",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=2)).isoformat(),
        "change_reason": "Lift",
    }
    client.post(address(Notice, "add"), values)
    assert "The lift is broken" in read(client, "/contact/")
    newest = Publication.objects.filter(kind="site").first()
    assert (newest.author, newest.approver, newest.change_note) == (editor, None, "Lift")
    client.force_login(approver)
    assert "Notices that the public sees today" in client.get("/admin/").content.decode()
    listed = client.get(address(Notice, "changelist"), {"shown": "today"}).content.decode()
    assert "The lift is broken" in listed
    assert "Editor Test" in listed


def test_an_answer_that_is_deleted_is_gone_from_the_public_at_once(client, editor, approver):
    question = LocalQuestion.objects.get(slug="parking")
    answer = LocalAnswer.objects.create(
        question=question,
        answer="In the square behind the mill.",
        author=editor,
        approver=approver,
        approved_at=timezone.now(),
    )
    publishing.refresh_site_document("An answer")
    shelf.forget()
    assert "behind the mill" in str(shelf.current().site)
    client.force_login(editor)
    client.post(address(LocalAnswer, "delete", answer.pk), {"post": "yes"})
    shelf.forget()
    assert "behind the mill" not in str(shelf.current().site)
