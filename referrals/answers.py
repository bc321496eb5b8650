"""Three-valued logic for clinical answers: what is unknown never reads as "no"."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from referrals.vocabulary import Answer


def read_answer(value: object, also_not_known: Collection[str] = ()) -> Answer:
    """Read a stored answer. Nothing, an empty string, or a word not understood is NOT_KNOWN."""
    if value is True or value == Answer.YES:
        return Answer.YES
    if value is False or (value == Answer.NO and value not in also_not_known):
        return Answer.NO
    return Answer.NOT_KNOWN


def is_missing(value: object) -> bool:
    """Left unanswered, or answered "not known"."""
    return value is None or value == "" or value == Answer.NOT_KNOWN


NONE_WORDS = frozenset({"none", "none known"})


def rows_given(value: Any) -> tuple[Any, ...] | None:
    """The rows of a list answer; empty for "none"; None when unanswered or "not known"."""
    if is_missing(value):
        return None
    if isinstance(value, str):
        return () if value in NONE_WORDS else None
    return tuple(value)


def any_of(*answers: Answer) -> Answer:
    """YES when one is; else NOT_KNOWN when one might be."""
    if Answer.YES in answers:
        return Answer.YES
    return Answer.NOT_KNOWN if Answer.NOT_KNOWN in answers else Answer.NO


def all_of(*answers: Answer) -> Answer:
    """NO when one is; else NOT_KNOWN when one might be."""
    if Answer.NO in answers:
        return Answer.NO
    return Answer.NOT_KNOWN if Answer.NOT_KNOWN in answers else Answer.YES


def answer_if(condition: bool) -> Answer:
    return Answer.YES if condition else Answer.NO


def inverse(answer: Answer) -> Answer:
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(answer, Answer.NOT_KNOWN)
