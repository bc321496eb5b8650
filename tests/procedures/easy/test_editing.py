"""Easy versions in the editors' room: on the procedure's own page, with a reason, a history, a preview and its rights."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse

from procedures.models import EasyLine, Procedure
from tests.procedures.test_admin import address, form_values

from .sample import SLUG, give_easy_version

pytestmark = pytest.mark.django_db


def test_an_editor_changes_a_line_beside_the_page_and_the_history_keeps_why(client, editor):
    client.force_login(editor)
    page = give_easy_version()
    there = address(Procedure, "change", page.pk)
    values = form_values(client.get(there)) | {"change_reason": "Plainer"}
    assert values["easy_lines-0-text"] == "A PICC line is a soft tube."
    two = values | {"easy_lines-0-text": "It is a tube. It is soft."}
    assert "One sentence a line" in client.post(there, two).content.decode()
    one = values | {"easy_lines-0-text": "It is a soft tube."}
    assert client.post(there, one).status_code == 302
    newest = EasyLine.objects.get(procedure=page, order=1).history.first()
    assert (newest.text, newest.history_user, newest.history_change_reason) == (
        "It is a soft tube.",
        editor,
        "Plainer",
    )


def test_a_help_line_without_its_level_is_refused_beside_its_field(client, editor):
    client.force_login(editor)
    page = give_easy_version()
    there = address(Procedure, "change", page.pk)
    values = form_values(client.get(there)) | {"change_reason": "Plainer"}
    number = next(n for n in range(20) if values.get(f"easy_lines-{n}-part") == "help")
    refused = client.post(there, values | {f"easy_lines-{number}-level": ""})
    assert "Say how fast" in refused.content.decode()


def test_an_approver_can_preview_it_before_approving(client, approver):
    page = give_easy_version()
    there = reverse("admin:procedures_procedure_preview_easy", args=[page.pk])
    assert client.get(there).status_code in (302, 403)
    client.force_login(approver)
    assert there in client.get(address(Procedure, "publishing", page.pk)).content.decode()
    preview = client.get(there)
    assert "A PICC line is a soft tube." in preview.content.decode()
    assert "no-store" in preview["Cache-Control"]
    page.easy_lines.all().delete()
    assert client.get(there).status_code == 302
    assert there not in client.get(address(Procedure, "publishing", page.pk)).content.decode()


@pytest.mark.parametrize(
    ("role", "verbs"),
    [
        ("Editor", {"add", "change", "delete", "view"}),
        ("Clinical approver", {"view"}),
        ("Site administrator", {"view"}),
        ("IR coordinator", set()),
    ],
)
def test_each_role_may_do_with_easy_lines_what_it_may_do_with_other_rows(role, verbs):
    held = Group.objects.get(name=role).permissions.filter(content_type__model="easyline")
    assert {permission.codename.partition("_")[0] for permission in held} == verbs


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "prologue"},
        {"part": "help", "level": ""},
        {"part": "what", "level": "emergency"},
        {"order": 1},
    ],
)
def test_the_database_itself_refuses_what_a_form_would(wrong):
    page = give_easy_version(SLUG)
    row = {"procedure": page, "part": "day", "level": "", "text": "We help you.", "order": 99}
    with pytest.raises(IntegrityError), transaction.atomic():
        EasyLine.objects.create(**(row | wrong))
