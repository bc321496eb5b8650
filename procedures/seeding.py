"""Fills the working rows from the fixtures: adds what is missing, and never touches what is there.

A file that holds a page is taken whole or not at all: once the page exists, what an editor changed or deleted stays so.
So is the easy version of a page, which has a file of its own.
Other files (glossary, categories, local questions) are taken row by row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history

from . import easy, publishing
from .compiling import CannotCompile
from .models import (
    EasyLine,
    GuidancePage,
    PageKind,
    Procedure,
    Publication,
    PublicationStatus,
)
from .yaml_files import SafeLoader

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
    """Return the fixture files: site-wide first, then guidance, procedures and their easy versions, then what links them."""
    site = sorted((fixtures / "site").glob("*.yaml"))
    first = [file for file in site if file.stem not in LAST]
    last = [file for file in site if file.stem in LAST]
    return [
        *first,
        *sorted((fixtures / "guidance").glob("*.yaml")),
        *sorted((fixtures / "procedures").glob("*.yaml")),
        *sorted((fixtures / "easy").glob("*.yaml")),
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
    seeded.published = publish_unpublished() + publish_new_easy_versions()
    return seeded


def seed_file(file: Path) -> int:
    """Add the missing rows of one file and return how many. Raises FixtureMistake."""
    entries = read_entries(file)
    page = next((entry for entry in entries if entry["model"] in PAGE_MODELS), None)
    if page is not None and _known(apps.get_model(page["model"]), [page], file):
        return 0
    entries = _without_known_easy_versions(entries, file)
    added = 0
    references = References()
    for model, rows in _by_model(entries).items():
        known = _known(model, rows, file)
        missing = [row for row in rows if _key_as_written(row, file) not in known]
        added += _add(model, missing, file, references)
    return added


def read_entries(file: Path) -> list[dict[str, Any]]:
    """Return the objects of a file. Raises FixtureMistake if it is not a list of objects with a model and fields."""
    try:
        entries = yaml.load(file.read_text(encoding="utf-8"), Loader=SafeLoader)  # noqa: S506 (a safe loader)
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


def _by_model(entries: list[dict[str, Any]]) -> dict[Any, list[dict[str, Any]]]:
    """Return the objects of a file by model, in the order in which models first appear."""
    grouped: dict[Any, list[dict[str, Any]]] = {}
    for entry in entries:
        grouped.setdefault(apps.get_model(entry["model"]), []).append(entry)
    return grouped


def name_of(entry: dict[str, Any]) -> str:
    """Return how to find an object in its file: its model and its natural key as written there."""
    model = apps.get_model(entry["model"])
    parts = []
    for lookup in getattr(model, "natural_fields", ("slug",)):
        name = lookup.split("__")[0]
        parts.append(f"{name} {entry['fields'].get(name)}")
    return f"{entry['model']} ({', '.join(parts)})"


def _key_as_written(entry: dict[str, Any], file: Path) -> tuple[str, ...]:
    """Return the natural key of an object as texts, defaults filled in."""
    model = apps.get_model(entry["model"])
    values = []
    for lookup in model.natural_fields:
        name, _, rest = lookup.partition("__")
        value = entry["fields"].get(name)
        if name not in entry["fields"]:
            default = model._meta.get_field(name).get_default()
            value = default if default not in (None, "") else None
        if rest and isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, list | dict):
            raise FixtureMistake(f"{file}: {name_of(entry)}: field “{name}” cannot be a list.")
        values.append(str(value))
    return tuple(values)


def _known(model: Any, entries: list[dict[str, Any]], file: Path) -> set[tuple[str, ...]]:
    """Return which of the objects are there already, by natural key."""
    first = model.natural_fields[0]
    wanted = {_key_as_written(entry, file)[0] for entry in entries}
    rows = (
        model._default_manager.filter(**{f"{first}__in": wanted})
        if len(wanted) == 1
        else model._default_manager
    )
    return {tuple(str(value) for value in row) for row in rows.values_list(*model.natural_fields)}


def _without_known_easy_versions(entries: list[dict[str, Any]], file: Path) -> list[dict[str, Any]]:
    """Leave out lines of easy versions that were there before, even if an editor has deleted them all since."""
    page_of = {
        position: _key_as_written(entry, file)[0]
        for position, entry in enumerate(entries)
        if apps.get_model(entry["model"]) is EasyLine
    }
    if not page_of:
        return entries
    known: set[str] = set()
    for rows in (EasyLine.objects, EasyLine.history):
        found = rows.filter(procedure__slug__in=set(page_of.values()))
        known |= set(found.values_list("procedure__slug", flat=True))
    return [entry for position, entry in enumerate(entries) if page_of.get(position) not in known]


class References:
    """Finds the rows that fixtures name, each looked up once."""

    def __init__(self) -> None:
        self._found: dict[tuple[Any, tuple[Any, ...]], Any] = {}

    def find(self, model: Any, key: Any) -> Any:
        """Return the row with a natural key. Raises ObjectDoesNotExist."""
        parts = tuple(key) if isinstance(key, list) else (key,)
        if (model, parts) not in self._found:
            self._found[model, parts] = model._default_manager.get_by_natural_key(*parts)
        return self._found[model, parts]


def _add(model: Any, entries: list[dict[str, Any]], file: Path, references: References) -> int:
    """Save the rows of one model, each checked as a form would check it. Raises FixtureMistake."""
    built = [_build(model, entry, file, references) for entry in entries]
    try:
        with transaction.atomic():
            bulk_create_with_history(
                [instance for instance, _ in built],
                model,
                default_change_reason="Seeded",
                batch_size=500,
            )
    except IntegrityError:
        _name_the_culprit(built, entries, file)
    for instance, many in built:
        for name, rows in many.items():
            getattr(instance, name).set(rows)
    return len(built)


def _build(
    model: Any, entry: dict[str, Any], file: Path, references: References
) -> tuple[Any, dict[str, list[Any]]]:
    """Return an unsaved row, and the rows of its many-to-many fields."""
    here = f"{file}: {name_of(entry)}"
    values: dict[str, Any] = {}
    many: dict[str, list[Any]] = {}
    linked: list[str] = []
    for name, value in entry["fields"].items():
        try:
            column = model._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise FixtureMistake(
                f"{here}: field “{name}”: {model._meta.verbose_name} has no such field."
            ) from error
        try:
            if column.many_to_many:
                many[name] = [references.find(column.related_model, key) for key in value or []]
            elif column.related_model is not None and value is not None:
                values[name] = references.find(column.related_model, value)
                linked.append(name)
            else:
                values[name] = value
        except (ObjectDoesNotExist, TypeError, ValueError) as error:
            raise FixtureMistake(
                f"{here}: field “{name}”: there is no {column.related_model._meta.verbose_name} {value}."
            ) from error
    instance = model(**values)
    try:
        instance.full_clean(exclude=linked, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise FixtureMistake(f"{here}: {_messages(error)}") from error
    return instance, many


def _name_the_culprit(built: list[Any], entries: list[dict[str, Any]], file: Path) -> NoReturn:
    """Save rows one by one to find the one that the database refuses, and say which rule it breaks."""
    for (instance, _), entry in zip(built, entries, strict=True):
        try:
            with transaction.atomic():
                instance.pk = None
                instance._state.adding = True
                instance.validate_constraints()
                instance.save()
        except ValidationError as error:
            raise FixtureMistake(f"{file}: {name_of(entry)}: {_messages(error)}") from error
        except IntegrityError as error:
            raise FixtureMistake(f"{file}: {name_of(entry)}: {error}") from error
    raise FixtureMistake(
        f"{file}: two rows of the same kind break a rule of the database together."
    )


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


def publish_new_easy_versions() -> list[str]:
    """Publish, as seeded, easy versions that came after their pages did. Return the slugs.

    The rest of the document stays as it was public: what editors have changed since waits for its approver. A page that
    the department has approved or withdrawn, and an easy version that an editor has touched, are left to them.
    """
    published: list[str] = []
    untold = Publication.objects.newest().filter(
        kind=PageKind.PROCEDURE,
        status=PublicationStatus.SEEDED,
        document__easy__isnull=True,
        slug__in=EasyLine.objects.values("procedure__slug"),
    )
    for live in untold:
        touched = EasyLine.history.filter(procedure__slug=live.slug).exclude(
            history_type="+", history_user=None
        )
        if touched.exists():
            continue
        lines = list(EasyLine.objects.filter(procedure__slug=live.slug).values())
        document = live.document | {"easy": easy.lines_in_order(lines)}
        publishing.publish(
            PageKind.PROCEDURE, live.slug, document, None, note="An easy version was added"
        )
        published.append(live.slug)
    return published
