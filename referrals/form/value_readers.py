"""Readers of lists of rows and of allergies, and the reader for each kind of question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from referrals.form import boxes
from referrals.form.measured_readers import (
    MeasureReader,
    ResultReader,
    SampleReader,
    TestDayReader,
    TestedReader,
    measure_of,
)
from referrals.form.not_known import OrNotKnown
from referrals.form.questions import Asked, Kind, Question
from referrals.form.readers import (
    AddressesReader,
    ChoiceReader,
    Cleaned,
    Complain,
    DayReader,
    MomentReader,
    Reader,
    Stored,
    TextReader,
    TickedReader,
    YesNoReader,
)
from referrals.nhs_forms import drawn
from referrals.vocabulary import NOT_KNOWN

MOST_ROWS = 12
SPARE_ROWS = 2


class RowsReader(Reader):
    """None, not known, or rows of several boxes."""

    layout = "rows"

    def __init__(self, question: Question, asked: Asked, prefix: str = "") -> None:
        super().__init__(question, asked, prefix)
        self.given = f"{self.name}_given"
        self.slots = SPARE_ROWS
        self.listed = False

    def rows(self) -> list[list[Reader]]:
        """The readers of each row."""
        return [
            [
                reader_for(column, self.asked, f"{self.name}_{n}_")
                for column in self.question.columns
            ]
            for n in range(self.slots)
        ]

    def fields(self) -> dict[str, forms.Field]:
        """The first answer, then the boxes of the rows."""
        choices = [
            ("none", self.question.none_label or "None"),
            ("yes", "Yes: list them"),
            (NOT_KNOWN, "Not known"),
        ]
        first = boxes.Choice(
            choices=choices, required=False, widget=forms.RadioSelect, **self._labelled()
        )
        found: dict[str, forms.Field] = {
            self.given: drawn(first, inline=True, small=True, label_size="s")
        }
        for row in self.rows():
            for reader in row:
                found |= reader.fields()
        for field in found.values():
            if field is not first:
                drawn(field, label_size="")
        return found

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The rows that are stored."""
        value = stored.get(self.question.name)
        if not isinstance(value, list):
            return {self.given: value}
        found: dict[str, Any] = {self.given: "yes"}
        for row, readers in zip(value, self.rows(), strict=False):
            for reader in readers:
                found |= reader.initial(row)
        return found

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """A list of rows, or "none", or "not known"."""
        given = cleaned.get(self.given)
        name = self.question.name
        self.listed = given == "yes"
        if given != "yes":
            if not given and needed and self.given in cleaned:
                complain(self.given, self.missing)
            return {name: given or None, f"{name}_given": given}
        found = []
        for readers in self.rows():
            names = [box for reader in readers for box in reader.fields()]
            if not any(cleaned.get(box) or box not in cleaned for box in names):
                continue
            row: Stored = {}
            for reader in readers:
                row |= read_in_row(reader, row, cleaned, complain)
            found.append({key: value for key, value in row.items() if value})
        if not found:
            complain(self.given, "Fill at least one row, or choose none or not known.")
        return {name: found or None, f"{name}_given": "yes"}

    def left_aside(self, cleaned: Cleaned) -> list[str]:
        """Every row, unless there are rows."""
        rows = [box for row in self.rows() for reader in row for box in reader.fields()]
        return [] if self.listed else rows


def read_in_row(
    reader: Reader, row: Mapping[str, Any], cleaned: Cleaned, complain: Complain
) -> Stored:
    """One box of a row; what the boxes before it in the row say decides whether it is asked."""
    state = reader.asked.with_answers(row)
    if not reader.question.is_opened(state):
        return {reader.question.name: None}
    return reader.read(cleaned, reader.question.is_needed(state), complain)


class AllergiesReader(Reader):
    """Agents to tick, each with how severe the reaction was."""

    layout = "allergies"
    ticked: Sequence[str] = ()

    def agents(self) -> list[tuple[str, str, list[Reader]]]:
        """Word, label and the boxes of each agent."""
        return [
            (
                word,
                label,
                [
                    reader_for(column, self.asked, f"{self.name}_{n}_")
                    for column in self.question.columns
                ],
            )
            for n, (word, label) in enumerate(self.question.choices)
        ]

    def fields(self) -> dict[str, forms.Field]:
        """The ticks, then the boxes of each agent."""
        choices = [
            *self.question.choices,
            ("none known", self.question.none_label),
            (NOT_KNOWN, "Not known"),
        ]
        ticks = boxes.Choices(choices=choices, required=False, **self._labelled())
        exclusive = ("none known", NOT_KNOWN)
        found: dict[str, forms.Field] = {
            self.name: drawn(
                ticks,
                small=True,
                exclusive=exclusive,
                divider_before=("none known",),
                label_size="s",
            )
        }
        for _, _, readers in self.agents():
            for reader in readers:
                for name, field in reader.fields().items():
                    found[name] = drawn(field, label_size="")
        return found

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The ticks and their boxes."""
        value = stored.get(self.question.name)
        if not isinstance(value, list):
            return {self.name: [value] if value else []}
        found: dict[str, Any] = {self.name: [row.get("agent") for row in value]}
        by_agent = {row.get("agent"): row for row in value}
        for word, _, readers in self.agents():
            for reader in readers:
                found |= reader.initial(by_agent.get(word, {}))
        return found

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """A list of rows, or "none known", or "not known"."""
        self.ticked = ticked = list(cleaned.get(self.name) or [])
        name = self.question.name
        if not ticked:
            if needed and self.name in cleaned:
                complain(self.name, self.missing)
            return {name: None}
        alone = [each for each in ("none known", NOT_KNOWN) if each in ticked]
        if alone:
            if len(ticked) > 1:
                complain(self.name, "Tick “none known” only when nothing else is ticked.")
            return {name: alone[0]}
        rows = []
        for word, _, readers in self.agents():
            if word not in ticked:
                continue
            row: Stored = {"agent": word}
            for reader in readers:
                row |= read_in_row(reader, row, cleaned, complain)
            if word == "other" and row.get("reaction") in (None, NOT_KNOWN):
                complain(readers[-1].name, "Say what it is.")
            rows.append({key: value for key, value in row.items() if value})
        return {name: rows}

    def left_aside(self, cleaned: Cleaned) -> list[str]:
        """The boxes of agents that are not ticked."""
        return [
            box
            for word, _, readers in self.agents()
            if word not in self.ticked
            for reader in readers
            for box in reader.fields()
        ]


READERS: dict[Kind, type[Reader]] = {
    **dict.fromkeys(
        (
            Kind.NAME,
            Kind.NHS_NUMBER,
            Kind.HOSPITAL_NUMBER,
            Kind.POSTCODE,
            Kind.TELEPHONE,
            Kind.CONTACT,
            Kind.MAILBOX,
            Kind.LINE,
            Kind.TEXT,
        ),
        TextReader,
    ),
    Kind.ADDRESSES: AddressesReader,
    Kind.BIRTHDAY: DayReader,
    Kind.DAY: DayReader,
    Kind.MOMENT: MomentReader,
    Kind.RADIOS: ChoiceReader,
    Kind.SELECT: ChoiceReader,
    Kind.TICKED: TickedReader,
    Kind.YES_NO: YesNoReader,
    Kind.RESULT: ResultReader,
    Kind.TESTED: TestedReader,
    Kind.TEST_DAY: TestDayReader,
    Kind.SAMPLE: SampleReader,
    Kind.MEASURE: MeasureReader,
    Kind.ROWS: RowsReader,
    Kind.ALLERGIES: AllergiesReader,
}


def reader_for(question: Question, asked: Asked, prefix: str = "") -> Reader:
    """The reader of a question, with a tick beside it where "not known" is an answer."""
    reader = READERS[question.kind](question, asked, prefix)
    return OrNotKnown(reader) if question.unknown else reader


__all__ = ["MOST_ROWS", "SPARE_ROWS", "AllergiesReader", "RowsReader", "measure_of", "reader_for"]
