"""Two windows on one section: what each has seen, so that neither undoes the other unseen.

A screen carries a mark of three parts: of the answers that were saved when it was drawn, of what
was half typed there, and of the window itself. They are compared while the row is held.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from referrals.answer_fields import BOXES_AT_MOST, UNFINISHED
from referrals.form.questions import Section

WINDOW = "window"
"""The name, beside the boxes of a section, under which a draft keeps whose typing it is."""


class ChangedMeanwhile(Exception):
    """Another window saved, or typed into, this section since the screen was drawn."""

    def __init__(self, document: Mapping[str, Any], *, saved: bool) -> None:
        super().__init__("This part was changed in another window.")
        self.document, self.saved = dict(document), saved


@dataclass(frozen=True)
class Seen:
    """What a screen showed when it was drawn."""

    saved: str
    typed: str
    window: str

    def __str__(self) -> str:
        return f"{self.saved}.{self.typed}.{self.window}"

    @classmethod
    def of(cls, part: Section, document: Mapping[str, Any], window: str = "") -> Seen:
        """The mark of a section as it stands; in a window of its own unless one is given."""
        return cls(
            saved_mark(part, document),
            _typed_mark(typed_in(part, document)),
            window or uuid.uuid4().hex[:12],
        )

    @classmethod
    def read(cls, text: str) -> Seen:
        """The mark that a screen sent back; one that cannot be read has seen nothing."""
        parts = text[:200].split(".")
        return cls(*parts) if len(parts) == 3 else cls("", "", uuid.uuid4().hex[:12])


def saved_mark(part: Section, document: Mapping[str, Any]) -> str:
    """A mark of the answers that are saved in a section."""
    names = [name for question in part.questions for name in question.stored_names]
    return _mark([document.get(name) for name in names])


def typed_in(part: Section, document: Mapping[str, Any]) -> dict[str, str]:
    """What a draft keeps of half-typed boxes of a section, and of whose window they are."""
    start = f"{part.slug}."
    unfinished = document.get(UNFINISHED) or {}
    return {name: text for name, text in unfinished.items() if name.startswith(start)}


def elsewhere_typed(part: Section, document: Mapping[str, Any]) -> dict[str, str]:
    """What a draft keeps of half-typed boxes of the other sections."""
    mine = typed_in(part, document)
    unfinished = document.get(UNFINISHED) or {}
    return {name: text for name, text in unfinished.items() if name not in mine}


def must_be_as_seen(part: Section, document: Mapping[str, Any], seen: Seen) -> None:
    """Raise ChangedMeanwhile when another window changed the section since it was drawn."""
    if not constant_time_compare(saved_mark(part, document), seen.saved):
        raise ChangedMeanwhile(document, saved=True)
    there = typed_in(part, document)
    other = there.get(f"{part.slug}.{WINDOW}") != seen.window
    if there and other and not constant_time_compare(_typed_mark(there), seen.typed):
        raise ChangedMeanwhile(document, saved=False)


def with_typed(
    part: Section, document: Mapping[str, Any], typed: Mapping[str, str], seen: Seen
) -> dict[str, Any]:
    """The change that keeps what was typed in this window, beside what is kept of other sections."""
    kept = elsewhere_typed(part, document)
    if typed:
        kept |= {**typed, f"{part.slug}.{WINDOW}": seen.window}
    return {UNFINISHED: dict(list(kept.items())[:BOXES_AT_MOST])}


def _typed_mark(typed: Mapping[str, str]) -> str:
    window = f".{WINDOW}"
    return _mark(sorted(pair for pair in typed.items() if not pair[0].endswith(window)))


def _mark(what: Any) -> str:
    text = json.dumps(what, sort_keys=True, default=str)
    return salted_hmac("referrals.form.seen", text).hexdigest()[:24]
