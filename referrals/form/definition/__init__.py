"""The form as a table: sections in order, each with its questions (facts, section 2.2)."""

from __future__ import annotations

from referrals.form.definition.blood import BLEEDING, RESULTS
from referrals.form.definition.health import HEALTH, PREGNANCY
from referrals.form.definition.person import CONTACT, PATIENT
from referrals.form.definition.practical import CONSENT, FITNESS
from referrals.form.definition.request import PROCEDURE, REASON, TIMING
from referrals.form.questions import Asked, Question, Section

SECTIONS: tuple[Section, ...] = (
    PROCEDURE,
    TIMING,
    PATIENT,
    REASON,
    BLEEDING,
    HEALTH,
    RESULTS,
    PREGNANCY,
    FITNESS,
    CONSENT,
    CONTACT,
)
"""In the order of the task list. The procedure comes before any detail of the patient, and drugs
and kidneys before the blood results, since they decide which results are wanted."""

BY_SLUG = {section.slug: section for section in SECTIONS}


def sections_for(asked: Asked) -> tuple[Section, ...]:
    """The sections that this referral has."""
    return tuple(section for section in SECTIONS if section.when(asked))


def all_questions() -> tuple[Question, ...]:
    """Every question, in order."""
    return tuple(question for section in SECTIONS for question in section.questions)


def section_of(name: str) -> Section | None:
    """The section where an answer is given, by the name under which it is stored."""
    for section in SECTIONS:
        if any(name in question.stored_names for question in section.questions):
            return section
    return None
