"""The editors' room: every content model opens, every change has a reason, roles hold, and uploads are checked."""

import io

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from PIL import Image

from procedures.admin.field_help import FIELD_HELP
from procedures.models import (
    GuidancePage,
    LocalAnswer,
    LocalQuestion,
    Picture,
    Procedure,
    Publication,
)
from tests.conftest import make_user

pytestmark = pytest.mark.django_db

CONTENT = [model for model in admin.site._registry if model._meta.app_label == "procedures"]


@pytest.fixture
def boss(db) -> User:
    user = make_user("boss")
    user.is_superuser = True
    user.save()
    return user


def address(model, what: str, *args) -> str:
    return reverse(f"admin:procedures_{model._meta.model_name}_{what}", args=args)


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model.__name__)
def test_every_content_model_can_be_listed_searched_opened_and_traced(client, boss, model):
    client.force_login(boss)
    assert client.get(address(model, "changelist")).status_code == 200
    assert client.get(address(model, "changelist"), {"q": "rig"}).status_code == 200
    row = model.objects.first()
    if row is not None:
        page = client.get(address(model, "change", row.pk))
        assert page.status_code == 200
        if model is not Publication:
            assert "Why this change" in page.content.decode()
            assert client.get(address(model, "history", row.pk)).status_code == 200


def form_values(response) -> dict[str, object]:
    """Return what a browser would send back from an admin change page, untouched."""
    values: dict[str, object] = {}

    def take(form):
        for name in form.fields:
            bound = form[name]
            value = (
                bound.field.prepare_value(bound.value())
                if hasattr(bound.field, "prepare_value")
                else bound.value()
            )
            if value is None or value is False:
                continue
            values[bound.html_name] = "on" if value is True else value

    take(response.context["adminform"].form)
    for formset in response.context["inline_admin_formsets"]:
        take(formset.formset.management_form)
        for form in formset.formset.forms:
            take(form)
    return values


def test_an_edit_needs_a_reason_and_the_history_keeps_who_when_and_why(client, editor):
    client.force_login(editor)
    page = Procedure.objects.get(slug="rig")
    there = address(Procedure, "change", page.pk)
    values = form_values(client.get(there)) | {"summary": "A new line for lists."}
    refused = client.post(there, values)
    assert "This field is required" in refused.content.decode()
    assert "A new line for lists." in refused.content.decode(), "what was typed is kept"
    assert client.post(there, values | {"change_reason": "Plainer"}).status_code == 302
    page.refresh_from_db()
    assert page.summary == "A new line for lists."
    newest = page.history.first()
    assert (newest.history_user, newest.history_change_reason) == (editor, "Plainer")


def test_publishing_from_draft_to_public_through_the_admin(client, editor, approver):
    page = Procedure.objects.get(slug="rig")
    there = address(Procedure, "publishing", page.pk)
    client.force_login(editor)
    assert "Every check of the house style passes" in client.get(there).content.decode()
    client.post(there, {"step": "submit", "words": "First approval"})
    assert client.post(there, {"step": "approve"}).status_code == 403
    client.force_login(approver)
    client.post(there, {"step": "approve"})
    live = Publication.objects.filter(slug="rig").first()
    assert (live.version, live.status, live.approver, live.author) == (
        2,
        "approved",
        approver,
        editor,
    )


def test_a_draft_can_be_previewed_by_staff_alone(client, editor):
    there = address(Procedure, "preview", Procedure.objects.get(slug="rig").pk)
    assert client.get(there).status_code in (302, 403)
    client.force_login(editor)
    assert client.get(there).status_code == 200


def test_an_editor_cannot_touch_site_details_accounts_or_publications(client, editor):
    client.force_login(editor)
    assert client.get("/admin/auth/user/").status_code == 403
    assert client.get("/admin/procedures/sitedetails/add/").status_code == 403
    publication = Publication.objects.first()
    assert client.post(address(Publication, "delete", publication.pk)).status_code == 403


def test_nobody_approves_their_own_local_answer(client):
    both = make_user("both", "Editor", "Clinical approver")
    other = make_user("other", "Clinical approver")
    client.force_login(both)
    question = LocalQuestion.objects.get(slug="parking")
    client.post(
        address(LocalAnswer, "add"),
        {"question": question.pk, "answer": "In the square.", "change_reason": "New"},
    )
    answer = LocalAnswer.objects.get(question=question)
    assert answer.author == both
    for user, approved in ((both, False), (other, True)):
        client.force_login(user)
        client.post(
            address(LocalAnswer, "changelist"),
            {"action": "approve", "_selected_action": [answer.pk]},
        )
        answer.refresh_from_db()
        assert (answer.approver is not None) is approved, user


def test_a_bad_picture_is_refused_beside_its_field_and_a_good_one_is_made_anew(client, editor):
    client.force_login(editor)
    there = address(Picture, "add")
    values = {
        "slug": "room",
        "alt": "The X-ray room",
        "credit": "The department",
        "licence": "Own",
        "change_reason": "New",
    }

    def upload(content: bytes, **changes):
        file = io.BytesIO(content)
        file.name = "room.jpg"
        return client.post(there, values | changes | {"upload": file})

    assert "whatever its name says" in upload(b"MZ this is a program").content.decode()
    good = io.BytesIO()
    Image.new("RGB", (800, 600), "navy").save(good, "JPEG")
    assert "tick “decorative”" in upload(good.getvalue(), alt="").content.decode()
    assert upload(good.getvalue()).status_code == 302
    picture = Picture.objects.get(slug="room")
    smallest = picture.variants[0]["file"]
    served = client.get(f"/pictures/{smallest}")
    assert served.status_code == 200
    assert "immutable" in served["Cache-Control"]


def test_the_first_page_lists_what_waits(client, editor, approver):
    page = Procedure.objects.get(slug="rig")
    client.force_login(editor)
    client.post(address(Procedure, "publishing", page.pk), {"step": "submit", "words": "Ready"})
    client.force_login(approver)
    html = client.get("/admin/").content.decode()
    assert "Procedures waiting for approval" in html
    assert "Questions that the department still has to decide" in html
    assert (
        "RIG" in client.get(address(Procedure, "changelist") + "?stands=waiting").content.decode()
    )


def test_every_field_that_an_editor_fills_in_says_what_to_write(client, editor):
    client.force_login(editor)
    for model in (Procedure, GuidancePage):
        response = client.get(address(model, "change", model.objects.first().pk))
        forms = [response.context["adminform"].form]
        forms += [
            inline.formset.empty_form
            for inline in response.context["inline_admin_formsets"]
            if inline.opts.model._meta.model_name != "easyline"
        ]
        silent = [
            f"{form._meta.model.__name__}.{name}"
            for form in forms
            for name, field in form.fields.items()
            if name not in ("id", "DELETE", "procedure", "page") and not field.help_text
        ]
        assert not silent
        assert "percutaneous nephrostomy" in response.content.decode() or model is GuidancePage


def test_help_names_only_fields_that_there_are():
    for name, fields in FIELD_HELP.items():
        model = apps.get_model("procedures", name)
        for field in fields:
            assert model._meta.get_field(field), (name, field)


def test_a_long_line_is_edited_in_a_box_and_a_name_on_a_line(client, editor):
    client.force_login(editor)
    response = client.get(address(Procedure, "change", Procedure.objects.first().pk))
    fields = response.context["adminform"].form.fields
    assert fields["stay_text"].widget.__class__.__name__ == "Textarea"
    assert fields["stay_text"].widget.attrs["maxlength"] == "300"
    assert fields["name"].widget.input_type == "text"


def test_a_publication_is_read_as_words_not_as_a_programs_notes(client, approver):
    client.force_login(approver)
    for kind, slug, words in (
        ("procedure", "rig", "Why you may need it"),
        ("guidance", "going-home", "Checklist"),
        ("site", "site", "Glossary"),
    ):
        publication = Publication.objects.filter(kind=kind, slug=slug).first()
        html = client.get(address(Publication, "change", publication.pk)).content.decode()
        assert words in html
        assert "&quot;kind&quot;:" not in html
        assert 'class="ir-whole"' in html
