"""Who the patient is: NHS number, names, date of birth, postcode, and the three-identifier rule."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nhs_number import (
    REGION_ENGLAND_WALES_IOM,
    REGION_NORTHERN_IRELAND,
    REGION_SCOTLAND,
    REGION_SYNTHETIC,
    calculate_checksum,
)

OLDEST_AGE = 120
NAME_LENGTH = 60
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_NAME_MARKS = frozenset(" '\u2019\u02bc-\u2010\u2011.")
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_HOSPITAL_NUMBER = re.compile(r"[A-Z0-9/-]{3,20}")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ]{5,18}")


def nhs_number_digits(raw: str | None) -> str:
    """The typed number without spaces and hyphens."""
    return re.sub(r"[\s-]", "", raw or "")


def nhs_number_ok(raw: str | None) -> bool:
    """Whether ten digits, not all equal, end in the right modulus 11 check digit (source S38).

    A valid check digit does not prove that the number belongs to this patient.
    """
    digits = nhs_number_digits(raw)
    if not _TEN_DIGITS.fullmatch(digits) or len(set(digits)) == 1:
        return False
    return calculate_checksum(digits[:9]) == int(digits[9])


class NumberRange(StrEnum):
    ENGLAND_WALES_IOM = "England, Wales and Isle of Man"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"
    TEST = "test patients"
    NOT_ISSUED = "not issued"


_REGIONS = (
    (NumberRange.ENGLAND_WALES_IOM, REGION_ENGLAND_WALES_IOM),
    (NumberRange.SCOTLAND, REGION_SCOTLAND),
    (NumberRange.NORTHERN_IRELAND, REGION_NORTHERN_IRELAND),
    (NumberRange.TEST, REGION_SYNTHETIC),
)


@dataclass(frozen=True)
class NhsNumberCheck:
    """``problem`` blocks; ``warning`` is shown beside the field. ``number`` is ten digits or ""."""

    number: str
    range: NumberRange | None = None
    problem: str = ""
    warning: str = ""


def check_nhs_number(raw: str | None, *, live: bool) -> NhsNumberCheck:
    """Check a typed number. ``live`` refuses test numbers (9...) and warns off-England ranges.

    Outside live service a number that does not begin 999 is accepted with a warning, because
    demonstration data must never be a person's own.
    """
    if not nhs_number_ok(raw):
        problem = "This is not a valid NHS number. Check each digit, or say why there is none."
        return NhsNumberCheck("", problem=problem)
    digits = nhs_number_digits(raw)
    where = next(
        (name for name, region in _REGIONS if region.contains_number(digits)),
        NumberRange.NOT_ISSUED,
    )
    if not live:
        warning = "" if digits.startswith("999") else "Use a test number that begins 999 here."
        return NhsNumberCheck(digits, where, warning=warning)
    if where is NumberRange.TEST:
        problem = "Numbers that begin with 9 are for tests. Check each digit."
        return NhsNumberCheck("", where, problem=problem)
    if where is not NumberRange.ENGLAND_WALES_IOM:
        warning = f"This number is not in the range for England ({where.value}). Check it."
        return NhsNumberCheck(digits, where, warning=warning)
    return NhsNumberCheck(digits, where)


def shown_nhs_number(raw: str | None) -> str:
    """A number as people read it, 3-3-4; anything else unchanged."""
    digits = nhs_number_digits(raw)
    if not _TEN_DIGITS.fullmatch(digits):
        return raw or ""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def tidy_name(raw: str | None) -> str:
    """One form for accents, single spaces, no space at either end."""
    return " ".join(unicodedata.normalize("NFC", raw or "").split())


def name_problem(raw: str | None) -> str:
    """What is wrong with a family or given name; empty when nothing is.

    Letters of any script with their accents, apostrophes, hyphens, full stops and spaces.
    Digits, symbols, emoji, mark-up and invisible direction characters are refused.
    """
    name = tidy_name(raw)
    if not name:
        return "Enter the name."
    if len(name) > NAME_LENGTH:
        return f"The name must be {NAME_LENGTH} characters or fewer."
    if any(unicodedata.category(each) == "Nd" for each in name):
        return "A name cannot have digits in it."
    if not any(each.isalpha() for each in name):
        return "Enter the name in letters."
    if any(unicodedata.category(each)[0] not in "LM" and each not in _NAME_MARKS for each in name):
        return "A name can have letters, spaces, hyphens and apostrophes."
    return ""


def age_on(day: date, date_of_birth: date) -> int:
    """Age in whole years. Someone born on 29 February is a year older on 1 March."""
    had_birthday = (day.month, day.day) >= (date_of_birth.month, date_of_birth.day)
    return day.year - date_of_birth.year - (0 if had_birthday else 1)


def date_of_birth_problem(date_of_birth: date | None, today: date) -> str:
    """What is wrong with a date of birth; empty when nothing is."""
    if date_of_birth is None:
        return "Enter the date of birth."
    if date_of_birth > today:
        return "The date of birth is in the future. Check it."
    if age_on(today, date_of_birth) > OLDEST_AGE:
        return f"The date of birth makes the patient older than {OLDEST_AGE}. Check it."
    return ""


def tidy_postcode(raw: str | None) -> str:
    """``ch21ul`` as ``CH2 1UL``; an empty string when it has not the shape of a UK postcode."""
    shape = _POSTCODE.fullmatch(re.sub(r"\s", "", raw or "").upper())
    return f"{shape[1]} {shape[2]}" if shape else ""


def tidy_hospital_number(raw: str | None) -> str:
    """Upper-cased hospital number; an empty string when it has not the shape of one."""
    number = (raw or "").strip().upper()
    return number if _HOSPITAL_NUMBER.fullmatch(number) else ""


def tidy_telephone(raw: str | None) -> str:
    """Digits, spaces and a leading plus; an empty string when it has not that shape."""
    number = " ".join((raw or "").split())
    return number if _TELEPHONE.fullmatch(number) else ""


@dataclass(frozen=True)
class PatientIdentity:
    """The five identifiers as typed. A hospital number counts only with its issuing code."""

    nhs_number: str = ""
    hospital_number: str = ""
    hospital_number_issuer: str = ""
    family_name: str = ""
    given_name: str = ""
    date_of_birth: date | None = None
    postcode: str = ""

    @property
    def full_name(self) -> bool:
        return not name_problem(self.family_name) and not name_problem(self.given_name)

    @property
    def has_number(self) -> bool:
        return self._nhs_number or self._hospital_number

    @property
    def _nhs_number(self) -> bool:
        return nhs_number_ok(self.nhs_number)

    @property
    def _hospital_number(self) -> bool:
        issuer = bool((self.hospital_number_issuer or "").strip())
        return issuer and bool(tidy_hospital_number(self.hospital_number))

    def count(self) -> int:
        """How many identifiers there are; an invalid number is none."""
        return sum(
            (
                self._nhs_number,
                self._hospital_number,
                self.full_name,
                self.date_of_birth is not None,
                bool(tidy_postcode(self.postcode)),
            )
        )


def identity_is_enough(identity: PatientIdentity, minimum: int) -> bool:
    """At least ``minimum`` identifiers, among them name, date of birth and one number."""
    return (
        identity.full_name
        and identity.date_of_birth is not None
        and identity.has_number
        and identity.count() >= minimum
    )
