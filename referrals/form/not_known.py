"""A tick beside a box that says "not known": an explicit answer, never an empty box."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from referrals.form.readers import Cleaned, Complain, Reader, Stored
from referrals.nhs_forms import drawn
from referrals.vocabulary import NOT_KNOWN

TYPED_WORDS = frozenset({"not known", "not done", "unknown", "nk", "n/k"})
"""Typed into a box for a result, these say the same as its tick."""


def says_not_known(typed: Any) -> bool:
    """Whether the words typed into a box say that the value is not known."""
    return isinstance(typed, str) and " ".join(typed.lower().split()) in TYPED_WORDS


def tick(label: str) -> forms.Field:
    """The tick itself."""
    return drawn(forms.BooleanField(required=False, label=label), small=True)


class OrNotKnown(Reader):
    """Another reader with a tick after its boxes. Stored as "not known" under the same name."""

    def __init__(self, inner: Reader) -> None:
        super().__init__(inner.question, inner.asked)
        self.inner, self.name = inner, inner.name
        self.prefix = inner.prefix
        self.tick = f"{inner.name}_unknown"

    @property
    def layout(self) -> str:  # type: ignore[override]
        """Drawn as the reader inside is, with one box more."""
        return self.inner.layout

    def fields(self) -> dict[str, forms.Field]:
        """The boxes, then the tick."""
        return {**self.inner.fields(), self.tick: tick(self.question.unknown)}

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The tick, or what is in the boxes."""
        if stored.get(self.question.name) == NOT_KNOWN:
            return {self.tick: True}
        return self.inner.initial(stored)

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """ "not known", or what the reader inside finds; both together are an error."""
        if not cleaned.get(self.tick):
            return self.inner.read(cleaned, needed, complain)
        boxes = list(self.inner.fields())
        if any(cleaned.get(name) for name in boxes):
            complain(boxes[0], f"Answer this, or tick “{self.question.unknown.lower()}”, not both.")
        return {self.question.name: NOT_KNOWN}
