"""Easy versions are seeded from files of their own: whole or not at all, never over an editor's change."""

from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from procedures import publishing
from procedures.library import shelf
from procedures.models import EasyLine, PageKind, Procedure, Publication
from procedures.seeding import FixtureMistake, publish_new_easy_versions, seed_file

from .sample import LINES, SLUG, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Procedure:
    """Return the page without an easy version, as if none had ever been seeded; public without one, too."""
    page = Procedure.objects.get(slug=SLUG)
    page.easy_lines.all().delete()
    EasyLine.history.filter(procedure=page).delete()
    document = publishing.compile_page(page)
    publishing.publish(PageKind.PROCEDURE, SLUG, document, None, note="Without an easy version")
    return page


def file_of(tmp_path: Path, lines=LINES, **spoilt: object) -> Path:
    """Write a fixture file; `spoilt` changes fields of its first line."""
    entries = [
        {"model": "procedures.easyline", "fields": {"procedure": [SLUG], **row}}
        for row in rows(lines)
    ]
    entries[0]["fields"].update(spoilt)
    file = tmp_path / f"{SLUG}.yaml"
    file.write_text(yaml.safe_dump(entries, allow_unicode=True))
    return file


def live() -> Publication:
    return Publication.objects.newest().get(kind=PageKind.PROCEDURE, slug=SLUG)


def test_a_file_is_added_once(page, tmp_path):
    assert seed_file(file_of(tmp_path)) == len(LINES)
    assert seed_file(file_of(tmp_path)) == 0
    assert page.easy_lines.count() == len(LINES)
    assert {line.history.first().history_change_reason for line in page.easy_lines.all()} == {
        "Seeded"
    }


def test_what_an_editor_changed_or_deleted_stays_so(page, tmp_path):
    seed_file(file_of(tmp_path))
    changed, deleted = page.easy_lines.all()[:2]
    changed.text = "An editor wrote this."
    changed.save()
    deleted.delete()
    seed_file(file_of(tmp_path))
    changed.refresh_from_db()
    assert changed.text == "An editor wrote this."
    assert page.easy_lines.count() == len(LINES) - 1
    page.easy_lines.all().delete()
    seed_file(file_of(tmp_path))
    assert page.easy_lines.count() == 0


def test_an_easy_version_that_comes_later_is_published_as_seeded(client, page, tmp_path):
    before = live()
    seed_file(file_of(tmp_path))
    page.summary = "An editor's words that nobody approved."
    page.save()
    assert publish_new_easy_versions() == [SLUG]
    after = live()
    assert (after.version, after.status, after.approver) == (before.version + 1, "seeded", None)
    assert {key: value for key, value in after.document.items() if key != "easy"} == before.document
    assert publish_new_easy_versions() == []
    shelf.forget()
    assert client.get(f"/procedures/{SLUG}/easy/").status_code == 200


def test_it_waits_for_an_approver_where_the_page_is_approved(page, tmp_path, editor, approver):
    publishing.submit(page, editor, "Good")
    publishing.approve(page, approver)
    seed_file(file_of(tmp_path))
    assert publish_new_easy_versions() == []
    assert "easy" not in live().document


def test_it_waits_for_an_approver_where_an_editor_touched_it(page, tmp_path, editor):
    seed_file(file_of(tmp_path))
    line = page.easy_lines.first()
    line._history_user = editor
    line.save()
    assert publish_new_easy_versions() == []


def test_it_does_not_bring_a_withdrawn_page_back(page, tmp_path, editor):
    publishing.withdraw(PageKind.PROCEDURE, SLUG, editor, "A mistake")
    seed_file(file_of(tmp_path))
    assert publish_new_easy_versions() == []
    assert live().status == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("part", "prologue"),
        ("level", "emergency"),
        ("text", "Two. Sentences."),
        ("text", "A long line. " * 20),
        ("procedure", ["no-such-procedure"]),
        ("no_such_field", 1),
    ],
)
def test_a_mistake_names_the_file_the_object_and_the_field(page, tmp_path, field, value):
    with pytest.raises(FixtureMistake) as mistake:
        seed_file(file_of(tmp_path, **{field: value}))
    for word in (f"{SLUG}.yaml", "procedures.easyline", f"“{field}”"):
        assert word in str(mistake.value)


def test_two_lines_with_one_order_are_named(page, tmp_path):
    with pytest.raises(FixtureMistake, match="order 2"):
        seed_file(file_of(tmp_path, order=2))


def test_loaddata_takes_the_same_file_again_and_again(page, tmp_path):
    for _ in range(2):
        call_command("loaddata", str(file_of(tmp_path)), verbosity=0)
        assert page.easy_lines.count() == len(LINES)
    assert seed_file(file_of(tmp_path)) == 0
