"""What the pages of a referrer show: answers in words, flags, and the life of a referral."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from referrals.case_facts import read_day, read_moment
from referrals.code_words import code_words
from referrals.form.definition import sections_for
from referrals.form.questions import Asked, Kind, Question
from referrals.form.value_readers import measure_of
from referrals.identity import shown_nhs_number
from referrals.london_time import shown
from referrals.models import Referral, ReferralMove
from referrals.results import read_value
from referrals.safety import Flag, Level
from referrals.service.evaluation import flag_key
from referrals.states import State
from referrals.vocabulary import NOT_KNOWN

STATE_WORDS: Mapping[str, str] = {
    State.DRAFT: "Draft",
    State.AWAITING_CONSULTANT: "Waiting for the consultant to confirm",
    State.SUBMITTED: "Sent: waiting to be looked at",
    State.IN_VETTING: "Being looked at",
    State.INFO_WANTED: "Information wanted from you",
    State.ACCEPTED: "Accepted",
    State.PREASSESS_BOOKED: "Pre-assessment booked",
    State.LISTED: "On a list",
    State.DONE: "Done",
    State.REDIRECTED: "Sent on elsewhere",
    State.REJECTED: "Not accepted",
    State.CANCELLED: "Cancelled",
}
STATE_COLOURS: Mapping[str, str] = {
    State.DRAFT: "grey",
    State.AWAITING_CONSULTANT: "yellow",
    State.INFO_WANTED: "orange",
    State.REJECTED: "red",
    State.REDIRECTED: "red",
    State.CANCELLED: "red",
    State.DONE: "green",
    State.ACCEPTED: "green",
}
RECORDED_LABELS: Mapping[str, str] = {
    "reason_code": "Reason",
    "items": "Wanted",
    "note": "In words",
    "advice": "Advice",
    "needed_by": "Needed by",
    "redirected_to": "Sent on to",
    "forwarded_by": "Who forwards it",
    "final_procedure": "Procedure",
    "change_reason": "Why it differs from what was asked for",
    "urgency": "Urgency",
    "anaesthetic": "Anaesthetic",
    "bloods_wanted": "Blood tests wanted",
    "antithrombotic_plan_owner": "Who plans the blood-thinning drugs",
    "preassessment_date": "Pre-assessment on",
    "preassessment_place": "Pre-assessment at",
    "list_date": "Date",
    "order_needs": "Needs",
    "outcome": "Outcome",
    "performed_procedure": "Done",
    "follow_up_owner": "Who follows up",
    "report_place": "Where the report is",
    "cancelled_by": "Cancelled by",
    "re_referral_needed": "New referral needed",
}
"""What a move recorded that the referrer's side is told, in this order."""
LEVEL_WORDS: Mapping[Level, tuple[str, str]] = {
    Level.STOP: ("Cannot go by form", "red"),
    Level.LEGAL: ("Must be put right", "red"),
    Level.RED: ("Read before sending", "red"),
    Level.AMBER: ("Please note", "orange"),
    Level.INFO: ("For information", "blue"),
}


@dataclass(frozen=True)
class Row:
    """A question and its answer in words. ``lines`` are shown one under the other."""

    name: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class AnswerSection:
    """The answers of one section."""

    slug: str
    title: str
    rows: tuple[Row, ...]


def answer_sections(asked: Asked) -> list[AnswerSection]:
    """Every answer that was given, in the order of the form."""
    found = []
    for section in sections_for(asked):
        rows = [
            row
            for question in section.questions_for(asked)
            for row in rows_of(question, asked)
            if row.lines
        ]
        found.append(AnswerSection(section.slug, section.title, tuple(rows)))
    return found


def rows_of(question: Question, asked: Asked) -> list[Row]:
    """One question as one row, or several for those asked together."""
    if question.kind is Kind.YES_NO:
        return [
            Row(name, label, _line(_sentence(asked.answers.get(name))))
            for name, label in question.items
        ]
    return [Row(question.name, _plain_label(question), answer_lines(question, asked))]


def answer_lines(question: Question, asked: Asked) -> tuple[str, ...]:
    """The answer in words; empty when there is none."""
    value = asked.answers.get(question.name)
    if question.name == "weight_kg" and asked.answers.get("weight_not_known"):
        return ("Not known",)
    if question.name == "nhs_number":
        return _line(shown_nhs_number(value))
    if value in (None, "", []):
        return ()
    kind = question.kind
    if value == NOT_KNOWN:
        return ("Not known or not done",) if kind is Kind.RESULT else ("Not known",)
    if kind is Kind.RESULT:
        return _line(_result(question, asked))
    if kind is Kind.TESTED:
        return _line(_tested(question, asked))
    if kind is Kind.MEASURE:
        return _line(f"{value} {measure_of(question.name).unit}")
    if kind in (Kind.DAY, Kind.BIRTHDAY):
        return _line(long_day(value))
    if kind is Kind.MOMENT:
        return _line(moment_words(value))
    if kind in (Kind.ROWS, Kind.ALLERGIES) and isinstance(value, list):
        return tuple(_row_words(row, question, asked) for row in value)
    if isinstance(value, list):
        return tuple(_label_of(question, each, asked) for each in value)
    if kind is Kind.TEXT:
        return tuple(str(value).split("\n"))
    return _line(_label_of(question, value, asked))


def typed_rows(form: forms.Form) -> list[Row]:
    """What was typed into a screen and not yet saved, box by box, in words."""
    found = []
    for bound in form:
        value = bound.value()
        parts = value if isinstance(value, list) else [value]
        labels = {str(word): str(label) for word, label in flat_choices(bound.field)}
        lines = tuple(labels.get(str(part), str(part)) for part in parts if part not in ("", None))
        if lines and value is not False:
            ticked = isinstance(bound.field, forms.BooleanField)
            found.append(Row(bound.name, str(bound.label), ("Yes",) if ticked else lines))
    return found


def flat_choices(field: forms.Field) -> list[tuple[Any, Any]]:
    """The choices of a field with its groups opened; none for a box."""
    found: list[tuple[Any, Any]] = []
    for word, label in getattr(field, "choices", ()):
        found += label if isinstance(label, list | tuple) else [(word, label)]
    return found


def long_day(value: Any) -> str:
    """A stored day as people read it."""
    day = read_day(value)
    return f"{day.day} {day:%B %Y}" if day else str(value or "")


def moment_words(value: Any) -> str:
    """A stored moment in London, with its zone."""
    moment = read_moment(value)
    return shown(moment) if moment else str(value or "")


def _result(question: Question, asked: Asked) -> str:
    above = ">" if question.name == "egfr" and asked.answers.get("egfr_above") else ""
    unit = measure_of(question.name).unit
    given = asked.answers[question.name]
    words = f"{above}{given} {unit}".strip()
    warning = read_value(str(given), measure_of(question.name)).warning
    taken = asked.answers.get(f"{question.name}_at")
    words = f"{words}, taken {moment_words(taken)}" if taken else words
    return f"{words}. {warning}" if warning else words


def _tested(question: Question, asked: Asked) -> str:
    words = _label_of(question, asked.answers[question.name], asked)
    day = asked.answers.get(f"{question.name}_on")
    if not day:
        return words
    return (
        f"{words}, day of the test not known" if day == NOT_KNOWN else f"{words}, {long_day(day)}"
    )


def _row_words(row: Mapping[str, Any], question: Question, asked: Asked) -> str:
    parts = [_label_of(question, row["agent"], asked)] if row.get("agent") else []
    for column in question.columns:
        value = row.get(column.name)
        if not value:
            continue
        if value == NOT_KNOWN:
            parts.append(f"{column.label.rstrip('?').lower()}: not known")
        elif column.kind is Kind.DAY:
            parts.append(long_day(value))
        elif column.kind is Kind.MOMENT:
            parts.append(f"{column.label.lower()} {moment_words(value)}")
        elif column.name in ("on_pacs", "shared", "indication"):
            parts.append(f"{column.label.rstrip('?')}: {_label_of(column, value, asked).lower()}")
        else:
            parts.append(_label_of(column, value, asked))
    return ", ".join(parts)


def _label_of(question: Question, value: Any, asked: Asked) -> str:
    choices = dict(question.choices)
    if question.name == "drug":
        choices = dict(asked.drugs)
    elif question.name == "site":
        choices = dict(asked.sites)
    elif question.name == "procedure":
        choices = {code: name for _, rows in asked.procedures for code, name in rows}
    if value in ("none", "none known") and value not in choices:
        return question.none_label or "None"
    return choices.get(str(value)) or _sentence(value)


def _sentence(value: Any) -> str:
    text = str(value or "")
    return "Not known" if text == NOT_KNOWN else text[:1].upper() + text[1:]


def _line(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _plain_label(question: Question) -> str:
    return question.label.rstrip("?").replace(" (optional)", "")


@dataclass(frozen=True)
class ShownFlag:
    """A flag for the referrer to read."""

    key: str
    level: str
    level_words: str
    colour: str
    wording: str
    detail: str
    must_be_read: bool
    blocks: bool
    section: str
    rule: str


_RULE_SECTIONS = {
    "R05": "identity",
    "R06": "patient",
    "R08": "reason",
    "R26": "pregnancy",
    "R39": "results",
    "R42": "bleeding",
}


def shown_flags(flags: Sequence[Flag], *, consultant: bool) -> list[ShownFlag]:
    """The flags, gravest first. A delegate is told only once that the consultant confirms."""
    found = []
    for flag in flags:
        if flag.id == "R04" and not consultant:
            continue
        words, colour = LEVEL_WORDS[flag.level]
        found.append(
            ShownFlag(
                flag_key(flag),
                str(flag.level),
                words,
                colour,
                flag.wording,
                flag.detail,
                flag.level is Level.RED,
                flag.level in (Level.STOP, Level.LEGAL),
                _RULE_SECTIONS.get(flag.id, ""),
                flag.id,
            )
        )
    return found


@dataclass(frozen=True)
class Step:
    """One step in the life of a referral, as the referrer's side is told of it."""

    title: str
    when: str
    rows: tuple[Row, ...]


def life_of(moves: Sequence[ReferralMove], procedures: Mapping[str, str]) -> list[Step]:
    """The steps, newest first."""
    return [_step(move, procedures) for move in sorted(moves, key=lambda each: -each.number)]


def _step(move: ReferralMove, procedures: Mapping[str, str]) -> Step:
    title = STATE_WORDS.get(move.target, move.target)
    if move.origin == State.AWAITING_CONSULTANT and move.target == State.DRAFT:
        title = "Returned by the consultant"
    if move.origin == State.INFO_WANTED and move.target == State.IN_VETTING:
        title = "Answered: being looked at again"
    rows = []
    for name, label in RECORDED_LABELS.items():
        value = move.recorded.get(name)
        if value in (None, "", []):
            continue
        given = value if isinstance(value, list) else [value]
        rows.append(Row(name, label, tuple(_recorded(name, each, procedures) for each in given)))
    return Step(title, shown(move.at), tuple(rows))


def _recorded(name: str, value: Any, procedures: Mapping[str, str]) -> str:
    if name in ("reason_code", "items"):
        return code_words(value)
    if name.endswith(("_date", "_by")) and read_day(value):
        return long_day(value)
    if name in ("final_procedure", "performed_procedure"):
        return procedures.get(str(value), str(value))
    return _sentence(value)


def procedure_words(referral: Referral) -> str:
    """What was asked for, or what IR chose."""
    entry = referral.final_procedure or referral.procedure
    return entry.name if entry else "IR asked to advise"
