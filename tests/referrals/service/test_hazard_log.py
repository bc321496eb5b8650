"""Each control of the hazard log points at a test that exists."""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
LOG = HERE.parents[1] / "docs" / "hazard-log.md"


def test_each_control_points_at_a_test_that_exists():
    found = re.findall(r"`([\w/]+\.py)::(\w+)`", LOG.read_text(encoding="utf-8"))
    assert len(found) > 50
    missing = [
        f"{file}::{name}"
        for file, name in found
        if not place(file).exists() or f"def {name}(" not in place(file).read_text(encoding="utf-8")
    ]
    assert not missing, missing


def place(file: str) -> Path:
    """Where a named test stands: below `tests/referrals/`, or by its whole path."""
    return (HERE.parents[1] if file.startswith("tests/") else HERE) / file


def test_every_hazard_of_the_facts_is_in_the_log():
    text = LOG.read_text(encoding="utf-8")
    for number in range(1, 15):
        assert f"## H{number:02d} " in text
