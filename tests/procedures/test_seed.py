"""Seeding adds what is missing and never overwrites; mistakes are named."""

import shutil
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from procedures.models import GlossaryTerm, Procedure, Publication, Risk, Section, SiteDetails
from procedures.seeding import FixtureMistake, seed, seed_file
from tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db


def test_a_second_run_changes_nothing():
    before = Publication.objects.count(), Section.objects.count()
    assert seed(FIXTURES).rows == 0
    assert (Publication.objects.count(), Section.objects.count()) == before


def test_an_editors_change_and_deletion_survive():
    page = Procedure.objects.get(slug="rig")
    page.summary = "An editor wrote this."
    page.save()
    page.questions.first().delete()
    left = page.questions.count()
    term = GlossaryTerm.objects.first()
    term.meaning = "An editor's meaning."
    term.save()
    details = SiteDetails.objects.get()
    details.department_phone = "01632 960000"
    details.save()
    seed(FIXTURES)
    page.refresh_from_db()
    term.refresh_from_db()
    details.refresh_from_db()
    assert page.summary == "An editor wrote this."
    assert page.questions.count() == left
    assert term.meaning == "An editor's meaning."
    assert details.department_phone == "01632 960000"


def test_loaddata_takes_the_same_files():
    files = sorted((FIXTURES / "procedures").glob("*.yaml"))[:2]
    before = Section.objects.count()
    call_command("loaddata", *map(str, files), verbosity=0)
    assert Section.objects.count() == before


def changed(tmp_path: Path, change) -> Path:
    """Copy the RIG fixture under another slug, with a mistake in it."""
    entries = yaml.safe_load((FIXTURES / "procedures" / "rig.yaml").read_text())
    for entry in entries:
        if entry["model"] == "procedures.procedure":
            entry["fields"]["slug"] = "wrong"
        else:
            entry["fields"]["procedure"] = ["wrong"]
    change(entries)
    file = tmp_path / "wrong.yaml"
    file.write_text(yaml.safe_dump(entries, allow_unicode=True))
    return file


def first(entries, model):
    return next(entry["fields"] for entry in entries if entry["model"] == f"procedures.{model}")


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        ("procedure", "radiation_band", "a lot"),
        ("procedure", "duration_low", 500),
        ("procedure", "category", ["no-such-shelf"]),
        ("procedure", "next_check", "soon"),
        ("procedure", "entry_sites", ["kneecap"]),
        ("risk", "frequency", "sometimes"),
        ("risk", "no_such_field", 1),
        ("section", "kind", "prologue"),
        ("helpsign", "shared", ["no-such-text"]),
    ],
)
def test_a_mistake_names_the_file_the_object_and_the_field(tmp_path, model, field, value):
    def spoil(entries):
        fields = first(entries, model)
        fields[field] = value
        if field == "shared":
            fields.pop("sign", None)

    file = changed(tmp_path, spoil)
    with pytest.raises(FixtureMistake) as mistake:
        seed_file(file)
    said = str(mistake.value)
    assert "wrong.yaml" in said
    assert f"procedures.{model}" in said
    assert field in said or field == "duration_low"
    assert "wrong" in said


def test_a_risk_with_too_mild_a_word_is_refused(tmp_path):
    def spoil(entries):
        first(entries, "risk").update(
            frequency="rare", frequency_text="5 in 100", affected_low=5, affected_high=5, out_of=100
        )

    with pytest.raises(FixtureMistake, match="not “Rare”"):
        seed_file(changed(tmp_path, spoil))


def test_broken_yaml_is_named(tmp_path):
    shutil.copytree(FIXTURES, tmp_path / "fixtures")
    (tmp_path / "fixtures" / "procedures" / "broken.yaml").write_text("- model: [unclosed\n")
    with pytest.raises(CommandError, match=r"broken\.yaml"):
        call_command("seed", fixtures=tmp_path / "fixtures", verbosity=0)


def test_seeded_pages_are_marked_as_not_approved():
    assert set(Publication.objects.values_list("status", flat=True)) == {"seeded"}
    assert not Publication.objects.exclude(approver=None).exists()


def test_no_telephone_number_name_or_story_is_seeded():
    details = SiteDetails.objects.get()
    for name in (
        "department_phone",
        "out_of_hours_phone",
        "switchboard_phone",
        "pre_assessment_phone",
        "on_call_phone",
        "email",
    ):
        assert getattr(details, name) == "", name
    assert not Risk.objects.filter(name__regex=r"0\d{4} ?\d{6}").exists()
