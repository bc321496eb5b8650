"""How far a draft has come: what is asked of it, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone

from referrals.answer_fields import UNFINISHED
from referrals.catalogue import UNLISTED, counts_as_high
from referrals.form.definition import SECTIONS, sections_for
from referrals.form.measured_readers import DATED_STATUS
from referrals.form.questions import Asked, Kind, Question, Section
from referrals.london_time import london_day
from referrals.models import Referral
from referrals.service import configuration
from referrals.service.configuration import Configuration
from referrals.vocabulary import DrugClass

INR_WANTED = frozenset({DrugClass.VITAMIN_K_ANTAGONIST, DrugClass.OTHER})
"""An INR is wanted with these (R10); a drug that nobody has classified may be one of them."""


class Status(StrEnum):
    """What the task list says of a section."""

    DONE = "Completed"
    BEGUN = "Incomplete"
    OPEN = "Not yet started"


@dataclass(frozen=True)
class SectionProgress:
    """A section and how far it has come."""

    section: Section
    status: Status

    @property
    def done(self) -> bool:
        """Nothing more is asked there."""
        return self.status is Status.DONE


def document_of(referral: Referral) -> dict[str, Any]:
    """The whole stored document of a referral."""
    return {**referral.identifiers, **referral.answers}


def asked_for(
    document: Mapping[str, Any],
    trust_code: str = "",
    now: datetime | None = None,
    known: Configuration | None = None,
) -> Asked:
    """What the form needs to know to decide what to ask. `known` saves asking for it again."""
    now = now or timezone.now()
    known = known or configuration.current()
    entry = known.catalogue.get(str(document.get("procedure") or ""))
    high = counts_as_high(
        entry or UNLISTED,
        sheath_f=None,
        filter_removal=None,
        venous_stent_lysis=None,
        sheath_below=Decimal(0),
    )
    day = london_day(now)
    drugs = tuple(known.rules.drugs.values())
    return Asked(
        answers=document,
        entry=entry,
        high=high,
        today=day,
        now=now,
        live=not settings.DEMO,
        ages_for_pregnancy=(
            int(known.rules.number("age.pregnancy_from")),
            int(known.rules.number("age.pregnancy_to")),
        ),
        drugs=tuple((drug.code, drug.name) for drug in drugs),
        inr_drugs=frozenset(drug.code for drug in drugs if drug.drug_class in INR_WANTED),
        aptt_drugs=frozenset(
            drug.code for drug in drugs if drug.drug_class is DrugClass.UNFRACTIONATED_HEPARIN
        ),
        kidney_drugs=frozenset(drug.code for drug in drugs if drug.kidney_matters),
        procedures=procedures_by_group(known),
        sites=tuple(
            sorted(
                (
                    (each.code, each.name)
                    for each in known.directory.organisations.values()
                    if known.directory.check(each.code, day).trust_code == trust_code and trust_code
                ),
                key=lambda pair: pair[1],
            )
        ),
    )


def procedures_by_group(known: Configuration) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    """The procedures that can be asked for, under their groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in known.catalogue.values():
        if entry.active:
            name = str(entry.group)
            groups.setdefault(name[:1].upper() + name[1:], []).append((entry.code, entry.name))
    return tuple(groups.items())


def _given(question: Question, asked: Asked) -> bool:
    values = asked.answers
    if question.kind is Kind.YES_NO:
        return all(values.get(name) for name, _ in question.items)
    if question.kind is Kind.RESULT:
        return bool(values.get(question.name))
    if question.kind is Kind.TESTED:
        dated = values.get(question.name) in DATED_STATUS
        return bool(values.get(question.name)) and (
            not dated or bool(values.get(f"{question.name}_on"))
        )
    if question.name == "nhs_number":
        return bool(values.get("nhs_number") or values.get("nhs_number_absent_reason"))
    if question.name == "weight_kg":
        return bool(values.get("weight_kg") or values.get("weight_not_known"))
    return all(values.get(name) for name in question.stored_names)


def _begun(section: Section, asked: Asked, unfinished: Mapping[str, str]) -> bool:
    if any(name.startswith(f"{section.slug}.") for name in unfinished):
        return True
    return any(
        asked.answers.get(name) for question in section.questions for name in question.stored_names
    )


def open_questions(section: Section, asked: Asked) -> list[Question]:
    """The needed questions of a section that have no answer yet."""
    shown = asked
    if isinstance(asked.answers.get("antithrombotics"), list):
        shown = asked.with_answers({"antithrombotics_given": "yes"})
    return [
        question
        for question in section.questions_for(shown)
        if question.is_open(shown) and question.is_needed(shown) and not _given(question, shown)
    ]


def status_of(section: Section, asked: Asked) -> Status:
    """How far one section has come."""
    unfinished = asked.answers.get(UNFINISHED) or {}
    half_typed = any(name.startswith(f"{section.slug}.") for name in unfinished)
    if not half_typed and not open_questions(section, asked):
        return Status.DONE
    return Status.BEGUN if _begun(section, asked, unfinished) else Status.OPEN


def progress_of(asked: Asked) -> list[SectionProgress]:
    """Every section that this referral has, in order."""
    return [SectionProgress(each, status_of(each, asked)) for each in sections_for(asked)]


def next_section(asked: Asked, after: Section) -> Section | None:
    """The next section that is not done: first those after this one, then those before."""
    order = [each for each in SECTIONS if each.when(asked)]
    start = order.index(after) + 1 if after in order else 0
    for section in (*order[start:], *order[:start]):
        if section is not after and status_of(section, asked) is not Status.DONE:
            return section
    return None
