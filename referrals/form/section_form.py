"""One screen as a Django form, made from its section of the table."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from referrals.answer_fields import TYPED_AT_MOST
from referrals.form.questions import Asked, Kind, Question, Section
from referrals.form.readers import Reader
from referrals.form.value_readers import (
    MOST_ROWS,
    SPARE_ROWS,
    AllergiesReader,
    RowsReader,
    reader_for,
)

NOT_ANSWERS = frozenset({"csrfmiddlewaretoken", "holder", "seen", "go", "add"})
"""What a screen sends beside the answers."""


@dataclass(frozen=True)
class Block:
    """One question as the screen draws it."""

    question: Question
    reader: Reader
    names: tuple[str, ...]
    opens_name: str
    opens_values: str
    also_opens_name: str
    also_opens_values: str
    errors_inside: bool

    @property
    def layout(self) -> str:
        """Which drawing the template uses."""
        return self.reader.layout


class SectionForm(forms.Form):
    """The questions of one screen that this procedure needs.

    ``stored`` is the whole document; ``data`` what was typed. ``only`` limits the screen to these
    fields; those of ``regardless`` are asked though the procedure does not need them. After `is_valid`, ``answers`` holds
    the values to store by name, None for those not given.
    """

    use_required_attribute = False

    def __init__(
        self,
        section: Section,
        asked: Asked,
        stored: Mapping[str, Any],
        data: QueryDict | None = None,
        *,
        only: Sequence[str] | None = None,
        regardless: Collection[str] = (),
        more_rows_of: str = "",
    ) -> None:
        self.section, self.asked, self.stored = section, asked, stored
        self.answers: dict[str, Any] = {}
        self.readers = [
            reader_for(question, asked)
            for question in section.questions
            if (question.when(asked) or set(question.stored_names) & set(regardless))
            and (only is None or set(question.stored_names) & set(only))
        ]
        if only is not None and any(each.question.kind is Kind.RESULT for each in self.readers):
            self.readers += [
                reader_for(question, asked)
                for question in section.questions
                if question.kind is Kind.SAMPLE
            ]
        initial: dict[str, Any] = {}
        for reader in self.readers:
            if isinstance(reader, RowsReader):
                extra = 1 if more_rows_of == reader.name else 0
                reader.slots = min(_slots(reader, stored, data) + extra, MOST_ROWS)
            initial |= reader.initial(stored)
        super().__init__(data, initial=initial, prefix=None)
        for reader in self.readers:
            self.fields.update(reader.fields())

    def clean(self) -> dict[str, Any]:
        """Read every question in order; those that no answer opens are taken out."""
        cleaned = self.cleaned_data
        for reader in self.readers:
            state = self.asked.with_answers(self._so_far(reader))
            if not reader.question.is_opened(state):
                for name in reader.fields():
                    self._errors.pop(name, None)
                self.answers.update(dict.fromkeys(reader.question.stored_names))
                continue
            needed = reader.question.is_needed(state)
            self.answers.update(reader.read(cleaned, needed, self._complain))
            for name in reader.left_aside(cleaned):
                self._errors.pop(name, None)
        self._check_together()
        return cleaned

    def _so_far(self, reader: Reader) -> dict[str, Any]:
        """Answers of this screen so far, and the raw ones below, which a condition may name."""
        raw = {
            name: value
            for name, value in self.cleaned_data.items()
            if isinstance(value, str | list) and name not in self.answers
        }
        return {**raw, **self.answers}

    def _complain(self, name: str, message: str) -> None:
        if name not in self.fields:
            name = next(iter(self.fields))
        if message not in [str(each) for each in self.errors.get(name, [])]:
            self.add_error(name, message)

    def _check_together(self) -> None:
        """What only several answers together show."""
        given, cleaned = self.answers, self.cleaned_data
        if given.get("nhs_number") and cleaned.get("nhs_number_absent_reason"):
            words = "Give the NHS number or the reason why there is none, not both."
            self._complain("nhs_number_absent_reason", words)
        for first, last, words in (
            ("admission_date", "expected_discharge", "The discharge cannot be before admission."),
            ("rtt_clock_start", "rtt_breach", "The breach date cannot be before the clock start."),
        ):
            if given.get(first) and given.get(last) and given[last] < given[first]:
                self._complain(last, words)

    @property
    def to_store(self) -> dict[str, Any]:
        """The answers under the names of the stored document."""
        return {
            name: value
            for name, value in self.answers.items()
            if not name.endswith("_given") or name == "fasting_advice_given"
        }

    def blocks(self, more: bool = False) -> list[Block]:
        """The questions in order; ``more`` for the optional ones at the end."""
        return [self._block(reader) for reader in self.readers if reader.question.more is more]

    def _block(self, reader: Reader) -> Block:
        names = tuple(reader.fields())
        return Block(
            reader.question,
            reader,
            names,
            *self._opened_by(reader.question.opens),
            *self._opened_by(reader.question.also_opens),
            any(self.errors.get(each) for each in names) if self.is_bound else False,
        )

    def _opened_by(self, opens: tuple[str, tuple[str, ...]] | None) -> tuple[str, str]:
        """The box that opens a question, as the script knows it, and its answers that do."""
        name, values = opens or ("", ())
        for other in self.readers:
            if name in dict(other.question.items):
                name, values = other.name, (name,)
        if name in self.fields:
            return name, "|".join(values)
        return "", ""

    @property
    def more_has_errors(self) -> bool:
        """Whether an optional question at the end has an error, so that it is shown open."""
        return any(block.errors_inside for block in self.blocks(more=True))

    @property
    def more_has_values(self) -> bool:
        """Whether something was answered among the optional ones."""
        return any(
            self.stored.get(name)
            for block in self.blocks(more=True)
            for name in block.question.stored_names
        )

    def typed(self) -> dict[str, str]:
        """What was typed, as a draft keeps it: `section.box` to text, several ticks by lines."""
        found = {}
        for name in self.data:
            values = [each for each in self.data.getlist(name) if each.strip()]
            if name not in NOT_ANSWERS and values:
                found[f"{self.section.slug}.{name}"] = "\n".join(values)[:TYPED_AT_MOST]
        return found


def typed_before(
    unfinished: Mapping[str, str], section: Section, field_names: Sequence[str] = ()
) -> QueryDict | None:
    """What a draft keeps of this screen, as if it were typed again; None when there is nothing."""
    start = f"{section.slug}."
    found = {
        name.removeprefix(start): text
        for name, text in unfinished.items()
        if name.startswith(start) and name != f"{start}window"
    }
    if not found:
        return None
    data = QueryDict(mutable=True)
    several = {
        name
        for question in section.questions
        if question.kind in (Kind.TICKED, Kind.YES_NO, Kind.ALLERGIES)
        for name in (question.name, f"{question.name}_unknown")
    }
    for name, text in found.items():
        data.setlist(name, text.split("\n") if name in several else [text])
    return data


def _slots(reader: RowsReader, stored: Mapping[str, Any], data: QueryDict | None) -> int:
    rows = stored.get(reader.question.name)
    count = len(rows) + 1 if isinstance(rows, list) else SPARE_ROWS
    for name in data or ():
        found = re.match(rf"{re.escape(reader.name)}_([0-9]{{1,2}})_", name)
        if found:
            count = max(count, int(found[1]) + 1)
    return max(count, SPARE_ROWS)


__all__ = ["AllergiesReader", "Block", "SectionForm", "typed_before"]
