"""How each kind of question becomes boxes on a screen, and what was typed becomes an answer.

A reader makes the boxes of one question, fills them from what is stored, and reads them back into
the stored document of `referrals.answer_fields`. It complains beside the box that is wrong.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms

from referrals import identity
from referrals.case_facts import read_day, read_moment
from referrals.form import boxes
from referrals.form.questions import Asked, Kind, Question
from referrals.london_time import LONDON, AmbiguousTime, from_london_clock
from referrals.nhs_forms import drawn
from referrals.vocabulary import NOT_KNOWN, Answer

Complain = Callable[[str, str], None]
Cleaned = Mapping[str, Any]
Stored = dict[str, Any]


class Reader(ABC):
    """The boxes of one question. Subclasses say how they are made and read."""

    layout: ClassVar[str] = "plain"

    def __init__(self, question: Question, asked: Asked, prefix: str = "") -> None:
        self.question, self.asked, self.prefix = question, asked, prefix
        self.name = f"{prefix}{question.name}"

    @abstractmethod
    def fields(self) -> dict[str, forms.Field]:
        """Boxes by their name on the page."""

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """What to show in the boxes."""
        return {self.name: stored.get(self.question.name)}

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """The answers under their stored names; None for those not given."""
        value = cleaned.get(self.name)
        if self.name in cleaned and needed and value in (None, "", []):
            complain(self.name, self.missing)
        return {self.question.name: value or None}

    def left_aside(self, cleaned: Cleaned) -> list[str]:
        """Boxes that another answer of this question closes: nothing in them counts."""
        return []

    @property
    def missing(self) -> str:
        """What to say when a needed answer is not given."""
        return self.question.missing or "Answer this question."

    def _labelled(self, **more: Any) -> dict[str, Any]:
        return {"label": self.question.label, "help_text": self.question.hint, **more}


class TextReader(Reader):
    """Names, numbers, one line, or several."""

    def fields(self) -> dict[str, forms.Field]:
        """One box."""
        return {self.name: self._box()}

    def _box(self) -> forms.Field:
        asks, words = self.question, self._labelled()
        if asks.kind is Kind.TEXT:
            box = boxes.TextBox(most=asks.length, least=asks.least, lines=True, **words)
            return drawn(box, rows=asks.rows, count=asks.length >= 1000, label_size="s")
        width = asks.width or (20 if asks.kind is not Kind.LINE else 30)
        attrs = {"spellcheck": "false", "autocomplete": "off"}
        box = self._line(words)
        box.widget.attrs |= attrs if asks.kind is not Kind.LINE else {"autocomplete": "off"}
        if asks.kind is Kind.NHS_NUMBER:
            box.widget.attrs["inputmode"] = "numeric"
        if asks.kind is Kind.TELEPHONE:
            box.widget.attrs["inputmode"] = "tel"
        return drawn(box, width=width, code=asks.kind is Kind.NHS_NUMBER, label_size="s")

    def _line(self, words: dict[str, Any]) -> forms.Field:
        kind = self.question.kind
        if kind is Kind.NAME:
            return boxes.NameBox(**words)
        if kind is Kind.NHS_NUMBER:
            return boxes.NhsNumberBox(**words)
        if kind is Kind.MAILBOX:
            return boxes.MailboxBox(**words)
        if kind is Kind.HOSPITAL_NUMBER:
            message = "Use 3 to 20 letters, digits, hyphens or slashes."
            tidy = identity.tidy_hospital_number
            return boxes.ShapedBox(tidy=tidy, message=message, most=20, **words)
        if kind is Kind.POSTCODE:
            message = "Enter a full UK postcode, like CH2 1UL."
            return boxes.ShapedBox(tidy=identity.tidy_postcode, message=message, most=10, **words)
        if kind is Kind.CONTACT:
            message = "Enter a whole telephone number with its area code, not only a bleep."
            tidy, most = boxes.tidy_contact, self.question.length
            return boxes.ShapedBox(tidy=tidy, message=message, most=most, **words)
        if kind is Kind.TELEPHONE:
            message = "Enter a telephone number with digits and spaces only."
            return boxes.ShapedBox(tidy=identity.tidy_telephone, message=message, most=20, **words)
        asks = self.question
        return boxes.TextBox(most=asks.length or 120, least=asks.least, **words)

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The stored text; an NHS number in groups."""
        value = stored.get(self.question.name)
        if self.question.kind is Kind.NHS_NUMBER:
            value = identity.shown_nhs_number(value)
        return {self.name: value}

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """The text. An NHS number may be left out only with a reason, which is asked beside it."""
        if self.question.kind is Kind.NHS_NUMBER:
            needed = needed and not cleaned.get("nhs_number_absent_reason")
        return super().read(cleaned, needed, complain)


class AddressesReader(Reader):
    """E-mail addresses, one to a line."""

    def fields(self) -> dict[str, forms.Field]:
        """One box of several lines."""
        return {self.name: drawn(boxes.AddressesBox(**self._labelled()), rows=2, label_size="s")}

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """One to a line."""
        return {self.name: "\n".join(stored.get(self.question.name) or [])}


class DayReader(Reader):
    """A day, or a date of birth in three boxes."""

    def fields(self) -> dict[str, forms.Field]:
        """One box, or three."""
        asks = self.question
        if asks.kind is Kind.BIRTHDAY:
            box: forms.Field = boxes.BirthdayBox(today=self.asked.today, **self._labelled())
            box.widget.attrs["autocomplete"] = "off"
            return {self.name: drawn(box, label_size="s")}
        words = self._labelled()
        words["help_text"] = asks.hint or "Like 27 3 2026, or “today”."
        box = boxes.DayBox(today=self.asked.today, past=asks.past, future=asks.future, **words)
        box.widget.attrs["autocomplete"] = "off"
        return {self.name: drawn(box, width=10, label_size="s")}

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The stored day."""
        return {self.name: read_day(stored.get(self.question.name))}

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """The day in ISO form."""
        found = super().read(cleaned, needed, complain)[self.question.name]
        return {self.question.name: found.isoformat() if isinstance(found, date) else None}


def moment_fields(name: str, today: date, past: bool, size: str = "") -> dict[str, forms.Field]:
    """A day and a clock time, side by side."""
    day = boxes.DayBox(today=today, past=past, future=False, label="Day")
    clock = boxes.ClockBox(label="Time")
    for box in (day, clock):
        box.widget.attrs["autocomplete"] = "off"
    return {
        f"{name}_day": drawn(day, width=10, label_size=size),
        f"{name}_clock": drawn(clock, width=5, label_size=size),
    }


def moment_initial(name: str, moment: datetime | None) -> dict[str, Any]:
    """The day and time in London of a stored moment."""
    if moment is None:
        return {}
    local = moment.astimezone(LONDON)
    return {f"{name}_day": local.date(), f"{name}_clock": local.time().replace(second=0)}


def read_moment_boxes(
    name: str, cleaned: Cleaned, asked: Asked, past: bool, complain: Complain
) -> datetime | None:
    """The moment of two boxes, or None when both are empty or one is wrong."""
    day, clock = cleaned.get(f"{name}_day"), cleaned.get(f"{name}_clock")
    if not isinstance(day, date) and not isinstance(clock, time):
        return None
    if not isinstance(day, date):
        if f"{name}_day" in cleaned:
            complain(f"{name}_day", "Enter the day as well.")
        return None
    if not isinstance(clock, time):
        if f"{name}_clock" in cleaned:
            complain(f"{name}_clock", "Enter the time as well, on the 24-hour clock.")
        return None
    try:
        moment = from_london_clock(day, clock)
    except AmbiguousTime as problem:
        complain(f"{name}_clock", str(problem))
        return None
    if past and moment > asked.now:
        complain(f"{name}_clock", "This time is in the future. Check it.")
        return None
    return moment


class MomentReader(Reader):
    """A day and time."""

    layout = "moment"

    def fields(self) -> dict[str, forms.Field]:
        """Two boxes."""
        return moment_fields(self.name, self.asked.today, self.question.past)

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The stored moment, in London."""
        return moment_initial(self.name, read_moment(stored.get(self.question.name)))

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """The moment in ISO form with its offset."""
        moment = read_moment_boxes(self.name, cleaned, self.asked, self.question.past, complain)
        if moment is None and needed and not cleaned.get(f"{self.name}_day"):
            complain(f"{self.name}_day", self.missing)
        return {self.question.name: moment.isoformat() if moment else None}


class ChoiceReader(Reader):
    """One answer of a few (radios) or of many (a list)."""

    def fields(self) -> dict[str, forms.Field]:
        """Radios or a list, with no answer chosen beforehand."""
        asks = self.question
        if asks.kind is Kind.RADIOS:
            box = boxes.Choice(
                choices=list(asks.choices),
                required=False,
                widget=forms.RadioSelect,
                **self._labelled(),
            )
            return {
                self.name: drawn(
                    box,
                    inline=asks.inline,
                    small=True,
                    hints=dict(asks.hints),
                    label_size="s",
                )
            }
        choices: list[Any] = [("", "Choose"), *self._offered()]
        box = boxes.Choice(choices=choices, required=False, **self._labelled())
        return {self.name: drawn(box, label_size="s")}

    def _offered(self) -> list[Any]:
        if self.question.name == "procedure":
            return [(group, list(rows)) for group, rows in self.asked.procedures]
        if self.question.name == "drug":
            return list(self.asked.drugs)
        if self.question.name == "site":
            return list(self.asked.sites)
        if self.question.name == "specialty":
            return with_present(self.question.choices, self.asked.answers.get("specialty"))
        return list(self.question.choices)


def with_present(choices: Sequence[tuple[str, str]], present: Any) -> list[tuple[str, str]]:
    """The choices, and before them the stored answer where it is none of them."""
    known = {word for word, _ in choices}
    first = [(str(present), str(present))] if present and present not in known else []
    return [*first, *choices]


class TickedReader(Reader):
    """Tick all that apply, or none, or not known."""

    def fields(self) -> dict[str, forms.Field]:
        """One list of ticks."""
        asks = self.question
        choices = [*asks.choices, ("none", asks.none_label or "None"), (NOT_KNOWN, "Not known")]
        box = boxes.Choices(choices=choices, required=False, **self._labelled())
        return {
            self.name: drawn(
                box,
                small=True,
                exclusive=("none", NOT_KNOWN),
                divider_before=("none",),
                label_size="s",
            )
        }

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The ticks."""
        value = stored.get(self.question.name)
        return {self.name: [value] if isinstance(value, str) and value else value or []}

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """A list of words, or "none", or "not known"."""
        ticked = list(super().read(cleaned, needed, complain)[self.question.name] or [])
        alone = [each for each in ("none", NOT_KNOWN) if each in ticked]
        if alone and len(ticked) > 1:
            complain(self.name, "Tick “none” or “not known” only when nothing else is ticked.")
        return {self.question.name: (alone[0] if alone else ticked) or None}


class YesNoReader(Reader):
    """Several yes-or-no questions on one list: ticked is yes, unticked is no, or say not known."""

    layout = "yes_no"

    def fields(self) -> dict[str, forms.Field]:
        """The list, and the same list for those not known."""
        asks = self.question
        hint = asks.hint or "Those you leave unticked are recorded as no."
        box = boxes.Choices(
            choices=[*asks.items, ("none", asks.none_label or "None of these")],
            required=False,
            label=asks.label,
            help_text=hint,
        )
        unknown = boxes.Choices(choices=asks.items, required=False, label="Not known")
        return {
            self.name: drawn(
                box,
                small=True,
                exclusive=("none",),
                divider_before=("none",),
                label_size="s",
            ),
            f"{self.name}_unknown": drawn(unknown, small=True, label_size="s"),
        }

    def initial(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The ticks, from the separate answers."""
        given = {name: stored.get(name) for name, _ in self.question.items}
        if not any(given.values()):
            return {}
        yes = [name for name, value in given.items() if value == Answer.YES]
        unknown = [name for name, value in given.items() if value == Answer.NOT_KNOWN]
        some_no = any(value == Answer.NO for value in given.values())
        return {
            self.name: yes or (["none"] if some_no else []),
            f"{self.name}_unknown": unknown,
        }

    def read(self, cleaned: Cleaned, needed: bool, complain: Complain) -> Stored:
        """yes, no or not known for each."""
        ticked = set(cleaned.get(self.name) or ())
        unknown = set(cleaned.get(f"{self.name}_unknown") or ())
        names = [name for name, _ in self.question.items]
        if not ticked and unknown != set(names):
            if needed and self.name in cleaned:
                complain(self.name, self.missing)
            return dict.fromkeys(names)
        if "none" in ticked and len(ticked) > 1:
            complain(self.name, "Tick “none of these” only when nothing else is ticked.")
        for name in names:
            if name in ticked and name in unknown:
                complain(f"{self.name}_unknown", "The same cannot be both ticked and not known.")
        return {
            name: str(
                Answer.YES if name in ticked else Answer.NOT_KNOWN if name in unknown else Answer.NO
            )
            for name in names
        }
