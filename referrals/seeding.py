"""Fills the tables of the private room from fixtures/referrals: adds what is missing, no more.

What an administrator changed or switched off stays as it is; only rows whose natural key is not
in the table are added, each checked as a form would check it, with "Seeded" in its history.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.db import transaction

FILES = (
    "organisations.yaml",
    "rules.yaml",
    "catalogue.yaml",
    "bank_holidays.yaml",
    "arrangements.yaml",
)
"""In this order: later files name rows of earlier ones."""


class SeedMistake(Exception):
    """A row of a file cannot be taken; the message names file, row and field."""


def seed(folder: Path, tell: Callable[[str], Any] = lambda line: None) -> int:
    """Add what is missing from all files and return how many rows. Raises SeedMistake."""
    total = 0
    for name in FILES:
        with transaction.atomic():
            added = seed_file(folder / name)
        if added:
            tell(f"  {folder.name}/{name}: {added} rows")
        total += added
    return total


def seed_file(file: Path) -> int:
    """Add the missing rows of one file and return how many. Raises SeedMistake."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    there: dict[str, set[tuple[Any, ...]]] = {}
    added = 0
    for entry in entries:
        model = apps.get_model(entry["model"])
        if model._meta.app_label != "referrals" or not hasattr(model, "natural_fields"):
            raise SeedMistake(f"{file.name}: {entry['model']} is not seeded.")
        known = there.setdefault(entry["model"], _keys(model))
        key = _key(model, entry["fields"])
        if key not in known:
            _add(entry, file)
            known.add(key)
            added += 1
    return added


def _keys(model: Any) -> set[tuple[Any, ...]]:
    return {
        tuple(_plain(value) for value in row)
        for row in model._default_manager.values_list(*model.natural_fields)
    }


def _key(model: Any, given: dict[str, Any]) -> tuple[Any, ...]:
    values = []
    for lookup in model.natural_fields:
        name = lookup.split("__")[0]
        value = given.get(name)
        if name not in given:
            value = model._meta.get_field(name).get_default()
        values.append(_plain(value[0] if isinstance(value, list) and value else value))
    return tuple(values)


def _plain(value: Any) -> Any:
    """Numbers of a file and of the database compare as text without trailing zeros."""
    if value is None or isinstance(value, bool):
        return value
    text = str(value)
    return (
        text.rstrip("0").rstrip(".") if text.replace(".", "", 1).isdigit() and "." in text else text
    )


def _add(entry: dict[str, Any], file: Path) -> None:
    here = f"{file.name}: {entry['model']} {_key(apps.get_model(entry['model']), entry['fields'])}"
    try:
        (found,) = Deserializer([entry])
        row = found.object
        row.full_clean(validate_unique=False)
    except ValidationError as error:
        raise SeedMistake(f"{here}: {error.message_dict}") from error
    except (DeserializationError, TypeError, ValueError) as error:
        raise SeedMistake(f"{here}: {error}") from error
    row._change_reason = "Seeded"
    row.save()
