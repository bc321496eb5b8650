"""Fills the working rows from the fixtures: adds what is missing, and never touches what is there.

A file that holds a page is taken whole or not at all: once the page exists, what an editor changed or deleted stays so.
Other files (glossary, categories, local questions) are taken row by row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.db import transaction

from . import publishing
from .compiling import CannotCompile
from .models import GuidancePage, PageKind, Procedure, Publication

PAGE_MODELS = ("procedures.procedure", "procedures.guidancepage")
LAST = ("conditions", "relations")
"""Files that name pages, and so come after them."""


class FixtureMistake(Exception):
    """Raised with the file, the object and the field of a mistake."""


@dataclass
class Seeded:
    """What a run added."""

    files: int = 0
    rows: int = 0
    pages: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)


def files_in_order(fixtures: Path) -> list[Path]:
    """Return the fixture files: site-wide first, then guidance and procedures, then what links them."""
    site = sorted((fixtures / "site").glob("*.yaml"))
    first = [file for file in site if file.stem not in LAST]
    last = [file for file in site if file.stem in LAST]
    return [
        *first,
        *sorted((fixtures / "guidance").glob("*.yaml")),
        *sorted((fixtures / "procedures").glob("*.yaml")),
        *last,
    ]


def seed(fixtures: Path, tell: Any = lambda line: None) -> Seeded:
    """Add what is missing from all files, then publish pages that were never public. Raises FixtureMistake."""
    seeded = Seeded()
    for file in files_in_order(fixtures):
        with transaction.atomic():
            added = seed_file(file)
        if added:
            seeded.files += 1
            seeded.rows += added
            tell(f"  {file.parent.name}/{file.name}: {added} rows")
    seeded.published = publish_unpublished()
    return seeded


def seed_file(file: Path) -> int:
    """Add the missing rows of one file and return how many. Raises FixtureMistake."""
    entries = read_entries(file)
    page = next((entry for entry in entries if entry["model"] in PAGE_MODELS), None)
    if page is not None and _exists(page, file):
        return 0
    added = 0
    for entry in entries:
        if not _exists(entry, file):
            _add(entry, file)
            added += 1
    return added


def read_entries(file: Path) -> list[dict[str, Any]]:
    """Return the objects of a file. Raises FixtureMistake if it is not a list of objects with a model and fields."""
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FixtureMistake(f"{file}: not readable as YAML: {error}") from error
    if not isinstance(entries, list):
        raise FixtureMistake(
            f"{file}: must be a list of objects, each with a model and its fields."
        )
    for position, entry in enumerate(entries, start=1):
        if (
            not isinstance(entry, dict)
            or "model" not in entry
            or not isinstance(entry.get("fields"), dict)
        ):
            raise FixtureMistake(f"{file}: object {position} needs a model and fields.")
        try:
            apps.get_model(entry["model"])
        except (LookupError, ValueError) as error:
            raise FixtureMistake(
                f"{file}: object {position}: there is no model “{entry['model']}”."
            ) from error
    return entries


def name_of(entry: dict[str, Any]) -> str:
    """Return how to find an object in its file: its model and its natural key as written there."""
    model = apps.get_model(entry["model"])
    parts = []
    for lookup in getattr(model, "natural_fields", ("slug",)):
        parts.append(f"{lookup.split('__')[0]} {entry['fields'].get(lookup.split('__')[0])}")
    return f"{entry['model']} ({', '.join(parts)})"


def _exists(entry: dict[str, Any], file: Path) -> bool:
    model = apps.get_model(entry["model"])
    values = []
    for lookup in model.natural_fields:
        name, _, rest = lookup.partition("__")
        value = entry["fields"].get(name)
        if value is None and name not in entry["fields"]:
            default = model._meta.get_field(name).get_default()
            value = default if default not in (None, "") else None
        if rest and isinstance(value, list):
            value = value[0] if value else None
        values.append(value)
    try:
        return model._default_manager.filter(
            **dict(zip(model.natural_fields, values, strict=True))
        ).exists()
    except (ValueError, TypeError, ValidationError) as error:
        raise FixtureMistake(f"{file}: {name_of(entry)}: {error}") from error


def _add(entry: dict[str, Any], file: Path) -> None:
    """Save one row, checked as a form would check it."""
    here = f"{file}: {name_of(entry)}"
    try:
        (deserialized,) = Deserializer([entry])
    except FieldDoesNotExist as error:
        raise FixtureMistake(f"{here}: {error}") from error
    except (
        DeserializationError,
        ObjectDoesNotExist,
        ValidationError,
        TypeError,
        ValueError,
    ) as error:
        raise FixtureMistake(f"{here}: {_field_at_fault(entry, error)}{error}") from error
    instance = deserialized.object
    try:
        instance.full_clean(validate_unique=False, validate_constraints=True)
    except ValidationError as error:
        raise FixtureMistake(f"{here}: {_messages(error)}") from error
    instance._change_reason = "Seeded"
    instance.save()
    for accessor, values in (deserialized.m2m_data or {}).items():
        getattr(instance, accessor).set(values)


def _field_at_fault(entry: dict[str, Any], error: Exception) -> str:
    """Return the field that a reference came from, where the error does not say."""
    model = apps.get_model(entry["model"])
    for name, value in entry["fields"].items():
        try:
            relation = model._meta.get_field(name)
        except FieldDoesNotExist:
            return f"field “{name}”: "
        target = getattr(relation, "related_model", None)
        if target is None:
            try:
                relation.to_python(value)
            except ValidationError:
                return f"field “{name}”: "
            continue
        if not isinstance(value, list):
            continue
        keys: Iterable[Any] = value if relation.many_to_many else [value]
        for key in keys:
            try:
                target._default_manager.get_by_natural_key(
                    *(key if isinstance(key, list) else [key])
                )
            except (ObjectDoesNotExist, TypeError, ValueError):
                return f"field “{name}”: there is no {target._meta.verbose_name} {key}: "
    return ""


def _messages(error: ValidationError) -> str:
    def lines() -> Iterator[str]:
        for name, messages in error.message_dict.items():
            where = "" if name == "__all__" else f"field “{name}”: "
            yield from (f"{where}{message}" for message in messages)

    return " ".join(lines())


def publish_unpublished() -> list[str]:
    """Publish, as seeded, every page that was never public, and the site-wide texts. Return the slugs."""
    published: list[str] = []
    known = set(Publication.objects.values_list("kind", "slug"))
    with transaction.atomic():
        for model, kind in ((Procedure, PageKind.PROCEDURE), (GuidancePage, PageKind.GUIDANCE)):
            for page in model.objects.all():
                if (kind.value, page.slug) in known:
                    continue
                try:
                    document = publishing.compile_page(page)
                except CannotCompile as error:
                    raise FixtureMistake(
                        f"{kind.label} {page.slug}: {' '.join(error.problems)}"
                    ) from error
                publishing.publish(
                    kind, page.slug, document, None, note="First version, from the fact sheets"
                )
                published.append(page.slug)
        site = (
            publishing.refresh_site_document(note="Seeded with the site")
            if published or not known
            else None
        )
    if site:
        published.append("site")
    return published
