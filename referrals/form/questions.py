"""What a question of the form is: one line of the table in `referrals.form.definition`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from referrals.catalogue import CatalogueEntry
from referrals.vocabulary import Answer


class Kind(StrEnum):
    """How a question is asked and read; `referrals.form.readers` has one reader for each."""

    NAME = "name"
    NHS_NUMBER = "NHS number"
    HOSPITAL_NUMBER = "hospital number"
    POSTCODE = "postcode"
    TELEPHONE = "telephone"
    CONTACT = "telephone with extension"
    MAILBOX = "mailbox"
    ADDRESSES = "e-mail addresses, one to a line"
    LINE = "one line"
    TEXT = "text"
    BIRTHDAY = "date of birth"
    DAY = "day"
    MOMENT = "day and time"
    RADIOS = "one of a few"
    SELECT = "one of many"
    TICKED = "tick all that apply"
    YES_NO = "several yes or no at once"
    RESULT = "laboratory result"
    TESTED = "infection status"
    TEST_DAY = "day of the tests"
    SAMPLE = "time of the sample"
    MEASURE = "measure"
    ROWS = "rows"
    ALLERGIES = "allergies"


class Need(StrEnum):
    """LEGAL and REQUIRED are asked for on the screen; OPTIONAL may stay empty."""

    LEGAL = "L"
    REQUIRED = "Y"
    OPTIONAL = "O"


@dataclass(frozen=True)
class Asked:
    """What decides whether a question is asked: answers so far, and the procedure's own columns.

    ``entry`` is None when IR is asked to advise. ``high`` is the bleeding class for the rules.
    ``ages_for_pregnancy`` are the first and last year of age at which pregnancy is asked about.
    ``inr_drugs``, ``aptt_drugs`` and ``kidney_drugs`` are codes of drugs for which rules R10 and
    R18 want an INR, an APTT, or a creatinine.
    """

    answers: Mapping[str, Any]
    entry: CatalogueEntry | None
    high: bool
    today: date
    now: datetime
    live: bool = False
    ages_for_pregnancy: tuple[int, int] = (12, 55)
    drugs: Sequence[tuple[str, str]] = ()
    inr_drugs: frozenset[str] = frozenset()
    aptt_drugs: frozenset[str] = frozenset()
    kidney_drugs: frozenset[str] = frozenset()
    procedures: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    sites: Sequence[tuple[str, str]] = ()

    def has(self, name: str, *values: str) -> bool:
        """Whether the answer to a question is one of these words."""
        return self.answers.get(name) in values

    def with_answers(self, answers: Mapping[str, Any]) -> Asked:
        """The same, with these answers laid over."""
        from dataclasses import replace

        return replace(self, answers={**self.answers, **answers})


Condition = Callable[[Asked], bool]


def always(asked: Asked) -> bool:
    """Every referral."""
    return True


@dataclass(frozen=True)
class Question:
    """One question.

    ``when`` decides by the procedure and earlier screens whether it is asked; ``opens`` names a
    question of the same screen and the answers that open this one ("!word": any other answer),
    and ``also_opens`` a second one that does so too. ``needed_when`` makes it required only then.
    ``unknown`` is the label of a tick that says "not known" instead of an answer. ``choices`` are
    pairs of stored word and label. ``missing`` is said when a needed answer is not given.
    ``more`` puts it among the optional ones at the end of a screen.
    """

    name: str
    label: str
    kind: Kind
    need: Need = Need.OPTIONAL
    when: Condition = always
    needed_when: Condition = always
    opens: tuple[str, tuple[str, ...]] | None = None
    also_opens: tuple[str, tuple[str, ...]] | None = None
    unknown: str = ""
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""
    unit: str = ""
    length: int = 0
    least: int = 0
    rows: int = 3
    columns: tuple[Question, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    none_label: str = ""
    inline: bool = False
    width: int = 0
    more: bool = False
    past: bool = False
    future: bool = False

    @property
    def stored_names(self) -> tuple[str, ...]:
        """The names under which the answers are stored."""
        if self.kind is Kind.YES_NO:
            return tuple(name for name, _ in self.items)
        if self.kind is Kind.RESULT:
            extra = ("egfr_above",) if self.name == "egfr" else ()
            return (self.name, f"{self.name}_at", *extra)
        if self.kind in (Kind.SAMPLE, Kind.TEST_DAY):
            return ()
        if self.kind is Kind.TESTED:
            return (self.name, f"{self.name}_on")
        if self.name == "weight_kg":
            return (self.name, "weight_not_known")
        return (self.name,)

    def is_open(self, asked: Asked) -> bool:
        """Whether the question is asked, given all answers so far."""
        return self.when(asked) and self.is_opened(asked)

    def is_opened(self, asked: Asked) -> bool:
        """Whether the answer of the same screen that opens it, if there is one, was given."""
        ways = [each for each in (self.opens, self.also_opens) if each is not None]
        return not ways or any(_is_given(asked.answers.get(name), values) for name, values in ways)

    def is_needed(self, asked: Asked) -> bool:
        """Whether an answer must be given now."""
        return self.need is not Need.OPTIONAL and self.needed_when(asked)


@dataclass(frozen=True)
class Section:
    """One screen of the task list."""

    slug: str
    title: str
    questions: tuple[Question, ...]
    when: Condition = always
    lead: str = ""

    def questions_for(self, asked: Asked) -> tuple[Question, ...]:
        """The questions on the screen for this procedure and the answers of earlier screens.

        Those that another answer of the same screen opens are included: the screen shows them
        when it is given.
        """
        return tuple(each for each in self.questions if each.when(asked))


def _is_given(given: Any, values: tuple[str, ...]) -> bool:
    """Whether an answer is one of these; "!word" stands for every answer but that one."""
    if not given:
        return False
    found = set(given) if isinstance(given, list) else {given}
    others = {value[1:] for value in values if value.startswith("!")}
    return bool(found & set(values)) or bool(others and found - others)


def words(*pairs: tuple[Any, str]) -> tuple[tuple[str, str], ...]:
    """Choices from pairs of a word of the vocabulary and its label."""
    return tuple((str(word), label) for word, label in pairs)


YES_NO_NOT_KNOWN = words((Answer.YES, "Yes"), (Answer.NO, "No"), (Answer.NOT_KNOWN, "Not known"))
