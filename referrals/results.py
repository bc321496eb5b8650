"""Reading typed laboratory values: units, plausible ranges, and a lab's ">90"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")


@dataclass(frozen=True)
class Measure:
    """A value that the form asks for. ``low`` and ``high`` are inclusive plausible bounds."""

    code: str
    name: str
    unit: str
    low: Decimal
    high: Decimal
    whole: bool
    warn_above: Decimal | None = None


def _measure(
    code: str, name: str, unit: str, low: str, high: str, *, whole: bool, warn: str | None = None
) -> Measure:
    above = Decimal(warn) if warn else None
    return Measure(code, name, unit, Decimal(low), Decimal(high), whole, above)


MEASURES: dict[str, Measure] = {
    each.code: each
    for each in (
        _measure("inr", "INR", "", "0.5", "20", whole=False),
        _measure("platelets", "Platelets", "×10⁹/L", "1", "2000", whole=True, warn="1000"),
        _measure("aptt", "APTT", "seconds", "10", "250", whole=False),
        _measure("hb", "Haemoglobin", "g/L", "20", "250", whole=True),
        _measure("creatinine", "Creatinine", "µmol/L", "10", "2500", whole=True),
        _measure("egfr", "eGFR", "mL/min/1.73 m²", "1", "200", whole=True),
        _measure("weight_kg", "Weight", "kg", "2", "350", whole=False),
        _measure("height_cm", "Height", "cm", "40", "230", whole=True),
    )
}


@dataclass(frozen=True)
class Reading:
    """A typed value read. ``problem`` blocks; ``warning`` asks the referrer to look again."""

    value: Decimal | None
    problem: str = ""
    warning: str = ""
    above: bool = False


def read_value(
    raw: str | None,
    measure: Measure,
    *,
    slip_from: Decimal = Decimal(2),
    slip_to: Decimal = Decimal(25),
) -> Reading:
    """Read what was typed. An empty field gives no value and no problem.

    A comma is read between thousands alone: "1,2" is not a number, and never 12.

    Haemoglobin from ``slip_from`` to ``slip_to`` is g/dL typed by mistake: the value is kept,
    with the problem that the form shows, so that it is never read as missing.
    """
    typed = (raw or "").strip()
    above = measure.code == "egfr" and typed.startswith(">")
    number = typed.lstrip("> ") if above else typed
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    if not number:
        return Reading(None)
    if not _NUMBER.fullmatch(number):
        return Reading(None, f"{measure.name} must be a number{_in_unit(measure)}.")
    value = Decimal(number)
    if measure.code == "hb" and slip_from <= value <= slip_to:
        return Reading(value, "Enter haemoglobin in g/L. A value like 11.8 is in g/dL: 118 g/L.")
    if not measure.low <= value <= measure.high:
        return Reading(
            None,
            f"{measure.name} must be between {measure.low} and {measure.high}"
            f"{_in_unit(measure)}. Check it.",
        )
    if measure.whole and value != value.to_integral_value():
        return Reading(None, f"{measure.name} must be a whole number{_in_unit(measure)}.")
    if measure.warn_above is not None and value > measure.warn_above:
        return Reading(value, warning=f"{measure.name} is very high. Check it.")
    return Reading(value, above=above)


def sample_time_problem(taken_at: datetime | None, now: datetime) -> str:
    """What is wrong with a sample's or a dose's time; empty when nothing is."""
    if taken_at is None:
        return "Enter the date and the time."
    return "This time is in the future. Check it." if taken_at > now else ""


def _in_unit(measure: Measure) -> str:
    return f" {measure.unit}" if measure.unit else ""
