"""Readers of laboratory results, measures and infection tests, with the days they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from referrals.case_facts import read_day, read_moment
from referrals.form import boxes
from referrals.form.not_known import says_not_known, tick
from referrals.form.readers import (
    ChoiceReader,
    Cleaned,
    Complain,
    Reader,
    Stored,
    moment_fields,
    moment_initial,
    read_moment_boxes,
)
from referrals.nhs_forms import drawn
from referrals.results import MEASURES, Measure, read_value
from referrals.vocabulary import NOT_KNOWN, Infection

SAMPLE = "sample"
OTHER_TESTS = {
    "fibrinogen": Measure(
        "fibrinogen", "Fibrinogen", "g/L", Decimal("0.1"), Decimal(20), whole=False
    ),
    "crp": Measure("crp", "CRP", "mg/L", Decimal(0), Decimal(1000), whole=False),
    "bilirubin": Measure("bilirubin", "Bilirubin", "µmol/L", Decimal(0), Decimal(2000), whole=True),
}
"""Tests that no rule reads closely. The bounds catch slips of the keyboard, no more."""
TEST_DAY = "tests_on"
INFECTIONS = ("mrsa", "cpe", "c_diff", "bbv", "resp_isolation")
DATED_STATUS = frozenset(
    {str(Infection.NEGATIVE), str(Infection.POSITIVE), str(Infection.AWAITING)}
)
"""Answers that say a test was taken, and so have a day."""


def measure_of(name: str) -> Measure:
    """The unit and plausible bounds of a value."""
    return MEASURES.get(name) or OTHER_TESTS[name]


class ResultReader(Reader):
    """A laboratory value with its unit, taken when the sample was or at a time of its own.

    Beside it stands a tick for "not known or not done"; the same words may be typed.
    """

    layout = "result"

    @property
    def tick(self) -> str:
        """The name of the tick."""
        return f"{self.name}_unknown"

    def fields(self) -> dict[str, forms.Field]:
        """The value, the tick, and a time of its own."""
        measure = measure_of(self.question.name)
        box = boxes.TextBox(most=12, label=self.question.label, help_text=self.question.hint)
        box.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        suffix = {"suffix": measure.unit} if measure.unit else {}
        return {
            self.name: drawn(box, width=5, label_size="s", **suffix),
            self.tick: tick(f"{measure.name} not known or not done"),
            **moment_fields(self.name, self.asked.today, past=True),
        }

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The value; its own time only where that is not the sample's."""
        value = stored.get(self.question.name)
        if value == NOT_KNOWN:
            return {self.tick: True}
        if value and self.question.name == "egfr" and stored.get("egfr_above"):
            value = f">{value}"
        own = read_moment(stored.get(f"{self.question.name}_at"))
        shared = read_moment(sample_of(stored))
        shown = moment_initial(self.name, own) if own != shared else {}
        return {self.name: value, **shown}

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """The value as text of a number and when the sample was taken, or "not known"."""
        name = self.question.name
        measure = measure_of(name)
        empty: Stored = dict.fromkeys(self.question.stored_names)
        typed = cleaned.get(self.name)
        unknown = bool(cleaned.get(self.tick)) or says_not_known(typed)
        reading = read_value("" if says_not_known(typed) else typed, measure)
        if reading.problem:
            complain(self.name, reading.problem)
            return empty
        if reading.value is None:
            if needed and not unknown and self.name in cleaned:
                complain(
                    self.name,
                    f"{measure.name} is wanted for this referral. "
                    "Enter it, or tick not known or not done.",
                )
            return {**empty, name: NOT_KNOWN} if unknown else empty
        if unknown:
            complain(self.name, f"Enter {measure.name} or tick not known or not done, not both.")
            return empty
        moment = read_moment_boxes(self.name, cleaned, self.asked, True, complain)
        if moment is None:
            ignore: Complain = lambda where, what: None  # noqa: E731 (the sample complains itself)
            moment = read_moment_boxes(SAMPLE, cleaned, self.asked, True, ignore)
        found: Stored = {name: str(reading.value)}
        found[f"{name}_at"] = moment.isoformat() if moment else None
        if name == "egfr":
            found["egfr_above"] = reading.above or None
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
            if cleaned.get(name)
            and not says_not_known(cleaned[name])
            and f"{name}_day" in cleaned
            and not cleaned.get(f"{name}_day")
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


class TestedReader(ChoiceReader):
    """The status of an infection, and the day of the test where there was one."""

    layout: ClassVar[str] = "tested"

    def fields(self) -> dict[str, forms.Field]:
        """The status, and a day of its own."""
        day = boxes.DayBox(
            today=self.asked.today, past=True, future=False, label=f"{self.question.label} tested"
        )
        day.widget.attrs["autocomplete"] = "off"
        return {**super().fields(), f"{self.name}_on": drawn(day, width=10, label_size="xs")}

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The status; its own day only where that is not the day of the others."""
        own = stored.get(f"{self.question.name}_on")
        other = own if own != shared_test_day(stored) else None
        return {
            self.name: stored.get(self.question.name),
            f"{self.name}_on": read_day(other),
        }

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """The status, and the day in ISO form or "not known"."""
        found = super().read(cleaned, needed, complain)
        if found[self.question.name] not in DATED_STATUS:
            return {**found, f"{self.question.name}_on": None}
        day = cleaned.get(f"{self.name}_on") or cleaned.get(TEST_DAY)
        if isinstance(day, date):
            return {**found, f"{self.question.name}_on": day.isoformat()}
        unknown = bool(cleaned.get(f"{TEST_DAY}_unknown"))
        return {**found, f"{self.question.name}_on": NOT_KNOWN if unknown else None}


def shared_test_day(stored: Mapping[str, Any]) -> str | None:
    """The day that most of the infection tests share, or "not known"."""
    days = Counter(stored[f"{name}_on"] for name in INFECTIONS if stored.get(f"{name}_on"))
    return days.most_common(1)[0][0] if days else None


class TestDayReader(Reader):
    """When the infection tests were taken: asked once, used for each without a day of its own."""

    def fields(self) -> dict[str, forms.Field]:
        """The day, and a tick that it is not known."""
        box = boxes.DayBox(
            today=self.asked.today,
            past=True,
            future=False,
            label=self.question.label,
            help_text=self.question.hint,
        )
        box.widget.attrs["autocomplete"] = "off"
        return {
            self.name: drawn(box, width=10, label_size="s"),
            f"{self.name}_unknown": tick("Day of the tests not known"),
        }

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The day that most tests share."""
        day = shared_test_day(stored)
        return {self.name: read_day(day), f"{self.name}_unknown": day == NOT_KNOWN}

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """Nothing of its own; complains when a test has no day."""
        undated = any(
            cleaned.get(name) in DATED_STATUS
            and f"{name}_on" in cleaned
            and not cleaned.get(f"{name}_on")
            for name in INFECTIONS
        )
        day, unknown = cleaned.get(self.name), bool(cleaned.get(f"{self.name}_unknown"))
        if day and unknown:
            complain(self.name, "Enter the day or tick not known, not both.")
        elif undated and not day and not unknown and self.name in cleaned:
            complain(self.name, self.missing)
        return {}
