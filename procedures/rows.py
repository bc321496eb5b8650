"""Reads a page's rows, from the database or from a fixture file, in the one shape that `compiling.py` takes."""

from pathlib import Path
from typing import Any

import yaml
from django.forms.models import model_to_dict

from .compiling import PageRows, Row, Shared
from .models import GuidancePage, Picture, Procedure, SharedText
from .yaml_files import SafeLoader

FIXTURE_PARTS = {
    "section": "sections",
    "guidancesection": "sections",
    "step": "steps",
    "risk": "risks",
    "benefit": "benefits",
    "helpsign": "help_signs",
    "guidancehelpsign": "help_signs",
    "question": "questions",
    "guidancequestion": "questions",
    "checklistitem": "checklist",
    "source": "sources",
    "guidancesource": "sources",
    "easyline": "easy_lines",
}
"""Model name in a fixture: the list of `PageRows` that it goes to."""


def _row(instance: Any) -> Row:
    return model_to_dict(instance) | {
        field.name: getattr(instance, field.attname) for field in instance._meta.fields
    }


def _help_rows(signs: Any) -> list[Row]:
    return [
        _row(sign) | {"shared": sign.shared.slug if sign.shared else None}
        for sign in signs.select_related("shared")
    ]


def procedure_rows(procedure: Procedure) -> PageRows:
    """Read all rows of a procedure from the database."""
    page = _row(procedure) | {
        "category": procedure.category.slug,
        "also_in": [category.slug for category in procedure.also_in.all()],
    }
    return PageRows(
        kind="procedure",
        page=page,
        sections=[_row(row) for row in procedure.sections.all()],
        steps=[_row(row) for row in procedure.steps.all()],
        risks=[_row(row) for row in procedure.risks.all()],
        benefits=[_row(row) for row in procedure.benefits.all()],
        help_signs=_in_level_order(_help_rows(procedure.help_signs)),
        questions=[_row(row) for row in procedure.questions.all()],
        sources=[_row(row) for row in procedure.sources.all()],
        easy_lines=[_row(row) for row in procedure.easy_lines.all()],
    )


def guidance_rows(page: GuidancePage) -> PageRows:
    """Read all rows of a guidance page from the database."""
    return PageRows(
        kind="guidance",
        page=_row(page),
        sections=[_row(row) for row in page.sections.all()],
        checklist=[_row(row) for row in page.checklist.all()],
        help_signs=_in_level_order(_help_rows(page.help_signs)),
        questions=[_row(row) for row in page.questions.all()],
        sources=[_row(row) for row in page.sources.all()],
    )


def _in_level_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["order"])


def shared_texts() -> dict[str, Shared]:
    """Read every shared text from the database."""
    return {
        shared.slug: Shared(
            shared.body, {source.key: _row(source) for source in shared.sources.all()}
        )
        for shared in SharedText.objects.prefetch_related("sources")
    }


def pictures() -> dict[str, Row]:
    """Read what a page needs to show each picture."""
    return {picture.slug: picture.as_document() for picture in Picture.objects.all()}


def fixture_objects(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a fixture file. Raises yaml.YAMLError, with the line, for a file that is not YAML."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader) or []  # noqa: S506 (a safe loader)


def page_rows_from_fixture(path: Path) -> PageRows | None:
    """Read a page's rows straight from its fixture; None for a file that holds no page."""
    found: PageRows | None = None
    parts: dict[str, list[Row]] = {}
    for entry in fixture_objects(path):
        model, fields = entry["model"].split(".")[-1].lower(), dict(entry["fields"])
        if model in ("procedure", "guidancepage"):
            fields.setdefault("written_by", Procedure._meta.get_field("written_by").default)
            if model == "procedure":
                fields["category"] = fields["category"][0]
                fields["also_in"] = [key[0] for key in fields.get("also_in") or []]
            found = PageRows(kind="procedure" if model == "procedure" else "guidance", page=fields)
        elif model in FIXTURE_PARTS:
            if fields.get("shared"):
                fields["shared"] = fields["shared"][0]
            parts.setdefault(FIXTURE_PARTS[model], []).append(fields)
    if found is None:
        return None
    for name, rows in parts.items():
        setattr(found, name, sorted(rows, key=lambda row: row.get("order") or 0))
    return found


def shared_texts_from_fixture(path: Path) -> dict[str, Shared]:
    """Read every shared text straight from its fixture."""
    bodies: dict[str, str] = {}
    sources: dict[str, dict[str, Row]] = {}
    for entry in fixture_objects(path):
        fields = entry["fields"]
        if entry["model"] == "procedures.sharedtext":
            bodies[fields["slug"]] = fields["body"]
        elif entry["model"] == "procedures.sharedtextsource":
            sources.setdefault(fields["shared_text"][0], {})[fields["key"]] = fields
    return {slug: Shared(body, sources.get(slug, {})) for slug, body in bodies.items()}
