"""Read the fields of fixture files without a database, grouped by model name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "referrals"

Rows = Mapping[str, list[dict[str, Any]]]


def fixture_rows(*names: str, folder: Path = FIXTURES) -> Rows:
    """The ``fields`` of every object in the named files, by model (without the app label)."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name in names:
        for entry in yaml.safe_load((folder / name).read_text(encoding="utf-8")) or []:
            grouped[entry["model"].split(".", 1)[1]].append(dict(entry["fields"]))
    return grouped
