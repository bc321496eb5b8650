"""Identifiers of the patient: what is read, what is refused, what counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from referrals.clearance import creatinine_clearance
from referrals.identity import (
    NumberRange,
    PatientIdentity,
    age_on,
    check_nhs_number,
    date_of_birth_problem,
    identity_is_enough,
    name_problem,
    nhs_number_ok,
    shown_nhs_number,
    tidy_hospital_number,
    tidy_postcode,
    tidy_telephone,
)
from referrals.results import MEASURES, read_value

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    "number",
    [
        "9990000018",
        "9990000026",
        "9990000034",
        "9990000042",
        "9990000050",
        "943 476 5919",
        "943-476-5919",
        " 9449305552 ",
    ],
)
def test_valid_nhs_numbers(number: str) -> None:
    assert nhs_number_ok(number)


@pytest.mark.parametrize(
    "number",
    [
        "9990000019",
        "3456789012",
        *(f"999000000{last}" for last in range(10)),
        *(str(digit) * 10 for digit in range(10)),
        "123",
        "letters",
        "99900000180",
        "٩٩٩٠٠٠٠٠١٨",
        "",
        None,
    ],
)
def test_invalid_nhs_numbers(number: str | None) -> None:
    assert not nhs_number_ok(number)


def nhs_numbers_beginning(prefix: str) -> str:
    """The first valid number that begins so."""
    return next(
        number
        for tail in range(1000)
        if nhs_number_ok(number := prefix + str(tail).zfill(10 - len(prefix)))
    )


@pytest.mark.parametrize(
    ("prefix", "where", "warned"),
    [
        ("4000000", NumberRange.ENGLAND_WALES_IOM, False),
        ("4999999", NumberRange.ENGLAND_WALES_IOM, False),
        ("6000000", NumberRange.ENGLAND_WALES_IOM, False),
        ("7999999", NumberRange.ENGLAND_WALES_IOM, False),
        ("0101010", NumberRange.SCOTLAND, True),
        ("3112999", NumberRange.SCOTLAND, True),
        ("3200000", NumberRange.NORTHERN_IRELAND, True),
        ("5000000", NumberRange.NOT_ISSUED, True),
        ("8700000", NumberRange.NOT_ISSUED, True),
    ],
)
def test_ranges_in_live_service(prefix: str, where: NumberRange, warned: bool) -> None:
    check = check_nhs_number(nhs_numbers_beginning(prefix), live=True)
    assert (check.problem, check.range, bool(check.warning)) == ("", where, warned)


def test_test_numbers_are_refused_in_live_service_and_wanted_elsewhere() -> None:
    assert check_nhs_number("9990000018", live=True).problem
    assert check_nhs_number("9990000018", live=False).warning == ""
    assert check_nhs_number("9434765919", live=False).warning


def test_numbers_are_shown_three_three_four() -> None:
    assert shown_nhs_number("9990000018") == "999 000 0018"
    assert shown_nhs_number("123") == "123"


@pytest.mark.parametrize(
    "name",
    [
        "O'Neill",
        "O\u2019Neill",
        "Anne-Marie",
        "de la Cruz",
        "Zoë",
        "Zoe\u0308",
        "Łukasz",
        "St. John",
        "李",
    ],
)
def test_names_that_are_read(name: str) -> None:
    assert name_problem(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "Sm1th",
        "a" * 61,
        "🙂",
        "Anne🙂",
        "<b>Ann</b>",
        "Ann\u202eeve",
        "--",
        "=SUM(A1)",
        "a\x00b",
    ],
)
def test_names_that_are_refused(name: str) -> None:
    assert name_problem(name)


@pytest.mark.parametrize(
    ("born", "wrong"),
    [
        (TODAY, False),
        (date(2026, 3, 11), True),
        (date(1906, 3, 10), False),
        (date(1905, 3, 11), False),
        (date(1905, 3, 10), True),
        (None, True),
    ],
)
def test_dates_of_birth(born: date | None, wrong: bool) -> None:
    assert bool(date_of_birth_problem(born, TODAY)) is wrong


def test_age_turns_on_the_birthday_and_on_1_march_for_leap_days() -> None:
    assert age_on(date(2026, 3, 9), date(2010, 3, 10)) == 15
    assert age_on(date(2026, 3, 10), date(2010, 3, 10)) == 16
    assert age_on(date(2026, 2, 28), date(2008, 2, 29)) == 17
    assert age_on(date(2026, 3, 1), date(2008, 2, 29)) == 18


def test_postcodes_hospital_numbers_and_telephones() -> None:
    assert tidy_postcode("ch21ul") == "CH2 1UL"
    assert tidy_postcode(" CH49  5PE") == "CH49 5PE"
    assert tidy_postcode("12345") == ""
    assert tidy_hospital_number("w000-1/2") == "W000-1/2"
    assert tidy_hospital_number("ab") == ""
    assert tidy_hospital_number("A" * 21) == ""
    assert tidy_telephone("+44  1244 000000") == "+44 1244 000000"
    assert tidy_telephone("ring me") == ""


WHOLE = PatientIdentity(
    "9990000018", "W0000001", "RBL", "Testpatient", "Example", date(1958, 3, 4), "CH2 1UL"
)


@pytest.mark.parametrize(
    ("missing", "enough"),
    [
        ({}, True),
        ({"nhs_number": ""}, True),
        ({"nhs_number": "9990000019"}, True),
        ({"hospital_number": "", "postcode": ""}, True),
        ({"nhs_number": "", "postcode": ""}, True),
        ({"nhs_number": "", "hospital_number_issuer": ""}, False),
        ({"nhs_number": "", "hospital_number": ""}, False),
        ({"nhs_number": "9990000019", "hospital_number": ""}, False),
        ({"family_name": ""}, False),
        ({"given_name": "4"}, False),
        ({"date_of_birth": None}, False),
    ],
)
def test_three_identifiers_with_name_birth_and_a_number(missing: dict, enough: bool) -> None:
    assert identity_is_enough(replace(WHOLE, **missing), 3) is enough


@pytest.mark.parametrize(
    ("age", "sex", "weight", "creatinine", "expected"),
    [
        (70, "F", 60, 100, "43.7"),
        (82, "F", 50, 140, "21.5"),
        (55, "M", 90, 85, "110.7"),
        (76, "M", 70, 220, "25.0"),
        (70, "not known", 60, 100, "43.7"),
    ],
)
def test_creatinine_clearance(
    age: int, sex: str, weight: int, creatinine: int, expected: str
) -> None:
    found = creatinine_clearance(age, Decimal(weight), Decimal(creatinine), sex)
    assert f"{found:.1f}" == expected


def test_clearance_is_the_same_from_a_plain_number() -> None:
    assert creatinine_clearance(67, 60.0, 190.0, "F") == creatinine_clearance(
        67, Decimal(60), Decimal(190), "F"
    )


@pytest.mark.parametrize(
    "change", [{"age": 17}, {"age": None}, {"weight_kg": None}, {"creatinine": None}]
)
def test_clearance_that_cannot_be_worked_out(change: dict) -> None:
    known = {"age": 50, "weight_kg": Decimal(70), "creatinine": Decimal(90), "sex": "M"}
    assert creatinine_clearance(**{**known, **change}) is None


@pytest.mark.parametrize(
    ("measure", "typed", "value", "blocked"),
    [
        ("hb", "118", "118", False),
        ("hb", "11.8", "11.8", True),
        ("hb", "19", "19", True),
        ("hb", "251", None, True),
        ("inr", "0.5", "0.5", False),
        ("inr", "0.4", None, True),
        ("inr", "20.1", None, True),
        ("platelets", "1001", "1001", False),
        ("platelets", "212.5", None, True),
        ("egfr", ">90", "90", False),
        ("egfr", "<15", None, True),
        ("creatinine", "1e3", None, True),
        ("creatinine", "🙂", None, True),
        ("creatinine", "-90", None, True),
        ("inr", "1,2", None, True),
        ("platelets", "1,200", "1200", False),
        ("platelets", "12,00", None, True),
        ("weight_kg", "70,5", None, True),
        ("egfr", ">9,0", None, True),
        ("inr", "", None, False),
        ("inr", None, None, False),
    ],
)
def test_typed_results(measure: str, typed: str | None, value: str | None, blocked: bool) -> None:
    reading = read_value(typed, MEASURES[measure])
    assert reading.value == (None if value is None else Decimal(value))
    assert bool(reading.problem) is blocked


def test_a_very_high_platelet_count_is_asked_about() -> None:
    assert read_value("1001", MEASURES["platelets"]).warning
    assert not read_value("1000", MEASURES["platelets"]).warning
