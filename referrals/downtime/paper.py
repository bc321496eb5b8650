"""The referral form on paper: the same questions as the screens, with nothing filled in."""

from __future__ import annotations

from dataclasses import dataclass

from referrals.form.definition import SECTIONS
from referrals.form.questions import Kind, Question
from referrals.results import MEASURES

MOST_BOXES = 12
"""A question with more answers than this gets a line to write on."""
WRITTEN_ROWS = {Kind.ROWS: 4, Kind.ALLERGIES: 2, Kind.TEXT: 2, Kind.ADDRESSES: 1}
NOT_ON_PAPER = frozenset({"duplicate_reason", "request_mode"})
"""Questions that only make sense where the site looks something up."""


TYPED_INTO = frozenset({"procedure"})
"""Questions whose hint is about typing."""


@dataclass(frozen=True)
class Line:
    """One question on paper: boxes to tick, or so many lines to write on."""

    label: str
    hint: str = ""
    boxes: tuple[str, ...] = ()
    rows: int = 1
    must: bool = False


@dataclass(frozen=True)
class Part:
    """One part of the paper form."""

    title: str
    lines: tuple[Line, ...]


WHO_REFERS = Part(
    "Who refers",
    (
        Line("Responsible consultant, name", must=True),
        Line("GMC number", must=True),
        Line("Hospital and team", must=True),
        Line("Team mailbox", must=True),
        Line("Filled in by, if somebody else", "Only the consultant may sign."),
        Line("Consultant's signature, with date and 24-hour time", must=True),
    ),
)
BACK_ON_THE_SITE = Part(
    "When the site is back (IR fills this in)",
    (
        Line("Received by, with date and time"),
        Line("Vetted by, decision, date and time", rows=2),
        Line("The consultant has sent it on the site: reference"),
    ),
)


def parts() -> tuple[Part, ...]:
    """Every part, in the order of the screens."""
    asked = []
    for section in SECTIONS:
        lines = [
            line
            for question in section.questions
            if question.name not in NOT_ON_PAPER
            for line in _lines(question)
        ]
        if lines:
            asked.append(Part(section.title, tuple(lines)))
    return (WHO_REFERS, *asked, BACK_ON_THE_SITE)


def _lines(question: Question) -> list[Line]:
    if question.kind is Kind.SAMPLE:
        return [Line(question.label or "When the sample was taken", "Date and 24-hour time.")]
    if question.kind is Kind.YES_NO:
        return [
            Line(label, boxes=("Yes", "No", "Not known"), must=question.need != "O")
            for _, label in question.items
        ]
    hint = "" if question.name in TYPED_INTO else question.hint
    if question.kind is Kind.RESULT:
        measure = MEASURES.get(question.name)
        unit = question.unit or (measure.unit if measure else "")
        when = "Date and 24-hour time of the sample."
        hint = f"{unit}. {when}" if unit else when
    columns = tuple(each.label for each in question.columns)
    if columns:
        hint = f"For each: {'; '.join(columns)}. Write “none” if there is none."
    boxes = tuple(label for _, label in question.choices)
    if question.kind in (Kind.ROWS, Kind.ALLERGIES) or len(boxes) > MOST_BOXES:
        boxes = ()
    return [
        Line(
            question.label,
            hint,
            boxes,
            0 if boxes else WRITTEN_ROWS.get(question.kind, 1),
            must=question.need != "O",
        )
    ]
