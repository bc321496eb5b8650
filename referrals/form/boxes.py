"""Boxes that people type in, each saying in words what is wrong with what was typed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from referrals import identity
from referrals.email_domains import is_nhs_address
from referrals.nhs_forms import DatePartsField
from referrals.service.mail_domains import address_problem

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HIDDEN_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
_KEPT_CONTROLS = frozenset("\n\t")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])")
_WHOLE_NUMBER = re.compile(r"[0-9](?:[ ()-]{0,2}[0-9]){8,}", re.ASCII)
EARLIEST_YEAR = 1900


def text_problem(text: str) -> str:
    """What is wrong with the characters of a free text; empty when nothing is.

    Any language and any sign may be typed, but nothing invisible that could turn the reading
    direction of what stands beside it, and no control characters.
    """
    for each in text:
        if each in _HIDDEN_DIRECTION:
            return "This has an invisible character that changes the reading direction. Retype it."
        if unicodedata.category(each) in ("Cc", "Cs") and each not in _KEPT_CONTROLS:
            return "This has a character that cannot be stored. Retype it."
    return ""


class TextBox(forms.CharField):
    """Free text of at most ``most`` characters and, when given, at least ``least``."""

    def __init__(self, *, most: int, least: int = 0, lines: bool = False, **kwargs: Any) -> None:
        self.most, self.least, self.lines = most, least, lines
        kwargs.setdefault("widget", forms.Textarea() if lines else forms.TextInput())
        super().__init__(required=False, **kwargs)
        # The count on the page says how many are too many; the message comes from `clean`.
        self.max_length = most
        self.validators = []

    def clean(self, value: Any) -> str:
        """Return the tidied text."""
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n").strip()
        if not self.lines:
            text = " ".join(text.split())
        problem = text_problem(text)
        if problem:
            raise ValidationError(problem)
        if len(text) > self.most:
            over = len(text) - self.most
            raise ValidationError(
                f"Use {self.most} characters or fewer: this is {over} too many.", code="too_long"
            )
        if text and len(text) < self.least:
            raise ValidationError(
                f"Write at least {self.least} characters, so that it can be understood."
            )
        return text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let people type on past the limit, and tell them: nothing is cut off unseen."""
        return {}


class NameBox(TextBox):
    """A family or given name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=identity.NAME_LENGTH, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the tidied name."""
        text = identity.tidy_name(str(value or ""))
        problem = identity.name_problem(text) if text else ""
        if problem:
            raise ValidationError(problem)
        return text


class NhsNumberBox(TextBox):
    """Ten digits whose last is right."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=40, **kwargs)

    def clean(self, value: Any) -> str:
        """Return ten digits, or an empty string."""
        typed = str(value or "").strip()
        if not typed:
            return ""
        checked = identity.check_nhs_number(typed, live=not settings.DEMO)
        if checked.problem:
            raise ValidationError(checked.problem)
        return checked.number


class ShapedBox(TextBox):
    """Text of a set shape: hospital number, postcode or telephone."""

    def __init__(self, *, tidy: Any, message: str, most: int, **kwargs: Any) -> None:
        self.tidy, self.message = tidy, message
        super().__init__(most=most, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the tidied text, or an empty string when nothing was typed."""
        typed = str(value or "").strip()
        if not typed:
            return ""
        if len(typed) > self.most:
            raise ValidationError(f"Use {self.most} characters or fewer.", code="too_long")
        found = self.tidy(typed)
        if not found:
            raise ValidationError(self.message)
        return str(found)


def tidy_contact(typed: str) -> str:
    """A number of at least nine digits in a row, with anything beside it; else empty.

    A bleep alone is not enough: somebody outside the hospital must be able to ring.
    """
    tidied = " ".join(typed.split())
    return tidied if _WHOLE_NUMBER.search(tidied) and not text_problem(tidied) else ""


class MailboxBox(TextBox):
    """A work address that is not public webmail."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=254, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the address in small letters."""
        typed = str(value or "").strip()
        problem = address_problem(typed) if typed else ""
        if problem:
            raise ValidationError(problem)
        return typed.lower()


class AddressesBox(TextBox):
    """NHS addresses, one to a line."""

    MOST = 10

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=2000, lines=True, **kwargs)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the addresses."""
        typed = [line.strip().lower() for line in str(value or "").splitlines() if line.strip()]
        if len(typed) > self.MOST:
            raise ValidationError(f"Give {self.MOST} addresses or fewer.")
        for each in typed:
            if address_problem(each) or not is_nhs_address(each):
                raise ValidationError("Give NHS addresses only, ending nhs.net or nhs.uk.")
        return typed


class DayBox(forms.CharField):
    """A day typed as today, yesterday, tomorrow, or like 27 3 2026."""

    def __init__(self, *, today: date, past: bool, future: bool, **kwargs: Any) -> None:
        self.today, self.past, self.future = today, past, future
        super().__init__(required=False, widget=forms.TextInput(), **kwargs)

    def clean(self, value: Any) -> date | None:  # type: ignore[override]
        """Return the day, or None when nothing was typed."""
        typed = " ".join(str(value or "").lower().replace(",", " ").split())
        if not typed:
            return None
        day = self._read(typed)
        if self.past and day > self.today:
            raise ValidationError("This day is in the future. Check it.")
        if self.future and day < self.today:
            raise ValidationError("This day has passed. Check it.")
        if not EARLIEST_YEAR <= day.year <= self.today.year + 10:
            raise ValidationError("Check the year.")
        return day

    def _read(self, typed: str) -> date:
        near = {"today": 0, "yesterday": -1, "tomorrow": 1}
        if typed in near:
            return self.today + timedelta(days=near[typed])
        parts = [part for part in re.split(r"[\s/.\-]+", typed) if part]
        if len(parts) != 3:
            raise ValidationError("Enter a day, month and year, like 27 3 2026, or “today”.")
        if len(parts[0]) == 4:
            parts.reverse()
        day, month, year = parts
        if month[:3] in MONTHS and month.isalpha():
            month = str(MONTHS.index(month[:3]) + 1)
        if not all(part.isascii() and part.isdigit() for part in (day, month, year)):
            raise ValidationError("Enter a real date, like 27 3 2026.")
        if len(year) != 4:
            raise ValidationError("The year must have 4 digits.")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError("Enter a real date, like 27 3 2026.") from None

    def prepare_value(self, value: Any) -> Any:
        """Show a stored day as people type it."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return f"{value.day} {value.month} {value.year}"
        return value


class ClockBox(forms.CharField):
    """A time on the 24-hour clock."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(), **kwargs)

    def clean(self, value: Any) -> time | None:  # type: ignore[override]
        """Return the time, or None when nothing was typed."""
        typed = str(value or "").strip()
        if not typed:
            return None
        found = _CLOCK.fullmatch(typed)
        if not found:
            raise ValidationError("Use the 24-hour clock, like 07:10 or 19:30.")
        return time(int(found[1]), int(found[2]))

    def prepare_value(self, value: Any) -> Any:
        """Show a stored time as people type it."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class BirthdayBox(DatePartsField):
    """A date of birth that somebody alive can have."""

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(what="date of birth", required=False, **kwargs)

    def clean(self, value: Any) -> date | None:
        """Return the date, or None when nothing was typed."""
        found = super().clean(value)
        problem = identity.date_of_birth_problem(found, self.today) if found else ""
        if problem:
            raise ValidationError(problem, params={"parts": ["day", "month", "year"]})
        return found


class Choice(forms.ChoiceField):
    """One answer; a word that was not offered is refused in plain words."""

    default_error_messages = {"invalid_choice": "Choose one of the answers."}


class Choices(forms.MultipleChoiceField):
    """Several answers."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": "Choose from the list.",
        "invalid_list": "Choose from the list.",
    }
