"""Readers of laboratory results, measures, lists of rows and allergies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from referrals.case_facts import read_moment
from referrals.form import boxes
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
    moment_fields,
    moment_initial,
    read_moment_boxes,
)
from referrals.nhs_forms import drawn
from referrals.results import MEASURES, Measure, read_value
from referrals.vocabulary import NOT_KNOWN

SAMPLE = "sample"
OTHER_TESTS = {
    "fibrinogen": Measure(
        "fibrinogen", "Fibrinogen", "g/L", Decimal("0.1"), Decimal(20), whole=False
    ),
    "crp": Measure("crp", "CRP", "mg/L", Decimal(0), Decimal(1000), whole=False),
    "bilirubin": Measure("bilirubin", "Bilirubin", "µmol/L", Decimal(0), Decimal(2000), whole=True),
}
"""Tests that no rule reads closely. The bounds catch slips of the keyboard, no more."""
MOST_ROWS = 12
SPARE_ROWS = 2


def measure_of(name: str) -> Measure:
    """The unit and plausible bounds of a value."""
    return MEASURES.get(name) or OTHER_TESTS[name]


class ResultReader(Reader):
    """A laboratory value with its unit, taken when the sample was, or at a time of its own."""

    layout = "result"

    def fields(self) -> dict[str, forms.Field]:
        """The value, and a time of its own."""
        measure = measure_of(self.question.name)
        box = boxes.TextBox(most=12, label=self.question.label, help_text=self.question.hint)
        box.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        suffix = {"suffix": measure.unit} if measure.unit else {}
        return {
            self.name: drawn(box, width=5, label_size="s", **suffix),
            **moment_fields(self.name, self.asked.today, past=True),
        }

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The value; its own time only where that is not the sample's."""
        value = stored.get(self.question.name)
        if value and self.question.name == "egfr" and stored.get("egfr_above"):
            value = f">{value}"
        own = read_moment(stored.get(f"{self.question.name}_at"))
        shared = read_moment(sample_of(stored))
        shown = moment_initial(self.name, own) if own != shared else {}
        return {self.name: value, **shown}

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """The value as text of a number, and when the sample was taken."""
        name = self.question.name
        measure = measure_of(name)
        reading = read_value(cleaned.get(self.name), measure)
        empty: Stored = dict.fromkeys(self.question.stored_names)
        if reading.problem:
            complain(self.name, reading.problem)
            return empty
        if reading.value is None:
            return empty
        moment = read_moment_boxes(self.name, cleaned, self.asked, True, complain)
        if moment is None:
            ignore: Complain = lambda where, what: None  # noqa: E731 (the sample complains itself)
            moment = read_moment_boxes(SAMPLE, cleaned, self.asked, True, ignore)
        found = {name: str(reading.value), f"{name}_at": moment.isoformat() if moment else None}
        if name == "egfr":
            found["egfr_above"] = reading.above or None  # type: ignore[assignment]
        return found


def sample_of(stored: Mapping[str, Any]) -> str | None:
    """The time that most stored results share."""
    names = [*MEASURES, *OTHER_TESTS]
    times = Counter(stored[f"{name}_at"] for name in names if stored.get(f"{name}_at"))
    return times.most_common(1)[0][0] if times else None


class SampleReader(Reader):
    """When the samples were taken: asked once, used for every result without a time of its own."""

    layout = "moment"

    def fields(self) -> dict[str, forms.Field]:
        """Two boxes."""
        return moment_fields(self.name, self.asked.today, past=True)

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The time that most results share."""
        return moment_initial(self.name, read_moment(sample_of(stored)))

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """Nothing of its own; complains when a value has no time."""
        moment = read_moment_boxes(self.name, cleaned, self.asked, True, complain)
        untimed = [
            name
            for name in [*MEASURES, *OTHER_TESTS]
            if cleaned.get(name) and f"{name}_day" in cleaned and not cleaned.get(f"{name}_day")
        ]
        if (
            moment is None
            and untimed
            and not cleaned.get(f"{self.name}_day")
            and f"{self.name}_day" in cleaned
        ):
            complain(f"{self.name}_day", "Enter when the samples were taken.")
        return {}


class MeasureReader(Reader):
    """Weight or height. Weight may be said to be not known."""

    layout = "measure"

    def fields(self) -> dict[str, forms.Field]:
        """The value and, for weight, a tick."""
        measure = measure_of(self.question.name)
        box = boxes.TextBox(most=12, label=self.question.label, help_text=self.question.hint)
        box.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        found: dict[str, forms.Field] = {
            self.name: drawn(box, width=5, suffix=measure.unit, label_size="s")
        }
        if self.question.name == "weight_kg":
            tick = forms.BooleanField(required=False, label="Weight not known")
            found["weight_not_known"] = drawn(tick, small=True)
        return found

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The stored value."""
        return {
            self.name: stored.get(self.question.name),
            "weight_not_known": bool(stored.get("weight_not_known")),
        }

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """The value as text of a number."""
        reading = read_value(cleaned.get(self.name), measure_of(self.question.name))
        unknown = bool(cleaned.get("weight_not_known")) and self.question.name == "weight_kg"
        if reading.problem:
            complain(self.name, reading.problem)
        elif reading.value is not None and unknown:
            complain(self.name, "Give the weight or tick not known, not both.")
        elif reading.value is None and needed and not unknown and self.name in cleaned:
            complain(self.name, self.missing)
        found: Stored = {
            self.question.name: str(reading.value) if reading.value is not None else None
        }
        if self.question.name == "weight_kg":
            found["weight_not_known"] = unknown or None
        return found


class RowsReader(Reader):
    """None, not known, or rows of several boxes."""

    layout = "rows"

    def __init__(self, question: Question, asked: Asked, prefix: str = "") -> None:
        super().__init__(question, asked, prefix)
        self.given = f"{self.name}_given"
        self.slots = SPARE_ROWS

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
        if given != "yes":
            if not given and needed and self.given in cleaned:
                complain(self.given, self.missing)
            return {name: given or None, f"{name}_given": given}
        found = []
        for readers in self.rows():
            names = [box for reader in readers for box in reader.fields()]
            if not any(cleaned.get(box) for box in names if box in cleaned):
                continue
            row: Stored = {}
            for reader in readers:
                row |= reader.read(cleaned, reader.question.is_needed(self.asked), complain)
            found.append({key: value for key, value in row.items() if value})
        if not found:
            complain(self.given, "Fill at least one row, or choose none or not known.")
        return {name: found or None, f"{name}_given": "yes"}


class AllergiesReader(Reader):
    """Agents to tick, each with how severe the reaction was."""

    layout = "allergies"

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
        ticked = list(cleaned.get(self.name) or [])
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
                row |= reader.read(cleaned, reader.question.is_needed(self.asked), complain)
            if word == "other" and not row.get("reaction"):
                complain(readers[-1].name, "Say what it is.")
            rows.append({key: value for key, value in row.items() if value})
        return {name: rows}


READERS: dict[Kind, type[Reader]] = {
    **dict.fromkeys(
        (
            Kind.NAME,
            Kind.NHS_NUMBER,
            Kind.HOSPITAL_NUMBER,
            Kind.POSTCODE,
            Kind.TELEPHONE,
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
    Kind.SAMPLE: SampleReader,
    Kind.MEASURE: MeasureReader,
    Kind.ROWS: RowsReader,
    Kind.ALLERGIES: AllergiesReader,
}


def reader_for(question: Question, asked: Asked, prefix: str = "") -> Reader:
    """The reader of a question."""
    return READERS[question.kind](question, asked, prefix)
