"""Two versions of one screen: what another window saved, where it is not what was typed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from referrals.form.presenters import Row, rows_of
from referrals.form.questions import Asked, Section


def differing_rows(section: Section, asked: Asked, mine: Mapping[str, Any]) -> list[Row]:
    """The saved answers of a screen that are not as ``mine``, one that was taken out included.

    Without ``mine``, which what cannot be read has, all saved answers.
    """
    found = []
    for question in section.questions_for(asked):
        names = question.stored_names
        if all((asked.answers.get(name) or None) == (mine.get(name) or None) for name in names):
            continue
        rows = rows_of(question, asked)
        given = [row for row in rows if row.lines]
        found += given or [replace(rows[0], lines=("Not answered there",))]
    return found
