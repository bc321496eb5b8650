"""The referrer's answers as IR reads them: every part of the form, in its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from referrals.answer_fields import FIELDS, UNFINISHED
from referrals.case_facts import read_day, read_moment
from referrals.identity import shown_nhs_number
from referrals.languages import language_name
from referrals.london_time import shown
from referrals.models import Referral
from referrals.results import MEASURES
from referrals.service.configuration import Configuration
from referrals.vocabulary import NOT_KNOWN

SECTION_TITLES = {
    "request": "The request",
    "results": "Blood results",
    "bleeding": "Bleeding and blood-thinning drugs",
    "kidneys": "Kidneys, contrast and allergies",
    "pregnancy": "Pregnancy",
    "infection": "Infection",
    "fitness": "Fitness",
    "consent": "Capacity and consent",
    "setting": "Where the patient is",
    "patient": "The patient",
    "people": "Who refers",
    "eligibility": "Spoken with IR",
}
UNITS = {code: measure.unit for code, measure in MEASURES.items()} | {
    "fibrinogen": "g/L",
    "crp": "mg/L",
    "bilirubin": "µmol/L",
}
NOT_ANSWERED = "Not answered"
ALWAYS = frozenset(
    {"clinical_indication", "question", "previous_imaging", "antithrombotics", "allergies"}
    | {"inr", "platelets", "hb", "creatinine", "egfr", "pregnancy_status", "capacity"}
)
"""Fields that are shown even when nobody answered: silence must not look like "normal"."""


@dataclass(frozen=True)
class Line:
    """One answer. `before` is what stood there until the newest answer to a question."""

    label: str
    values: tuple[str, ...]
    missing: bool = False
    changed: bool = False
    before: str = ""


@dataclass(frozen=True)
class Part:
    """One part of the form."""

    title: str
    lines: tuple[Line, ...]


def parts(
    referral: Referral, settings: Configuration, changed: Mapping[str, Any] | None = None
) -> list[Part]:
    """Every part with an answer, gravest first for vetting."""
    document = {**referral.identifiers, **referral.answers}
    changed = changed or {}
    found = []
    for section, title in SECTION_TITLES.items():
        lines = [
            _line(name, document, settings, changed)
            for name, each in FIELDS.items()
            if each.section == section and _shows(name, document, changed)
        ]
        if lines:
            found.append(Part(title, tuple(lines)))
    return found


def _shows(name: str, document: Mapping[str, Any], changed: Mapping[str, Any]) -> bool:
    """An answer that was taken away is shown too: that is a change like any other."""
    if name == UNFINISHED or name == "egfr_above" or (name.endswith("_at") and name[:-3] in UNITS):
        return False
    return name in document or name in ALWAYS or name in changed


def _line(
    name: str, document: Mapping[str, Any], settings: Configuration, changed: Mapping[str, Any]
) -> Line:
    value, label = document.get(name), FIELDS[name].label
    altered = any(each in changed for each in (name, *_beside(name)))
    before = _before(name, document, settings, changed) if altered else ""
    if value in (None, "", []):
        return Line(label, (NOT_ANSWERED,), missing=True, changed=altered, before=before)
    return Line(label, spoken(name, value, document, settings), changed=altered, before=before)


def _beside(name: str) -> tuple[str, ...]:
    """What is shown in the line of a field: the time of its sample, and the ">" of an eGFR."""
    return (f"{name}_at", "egfr_above") if name == "egfr" else (f"{name}_at",)


def _before(
    name: str, document: Mapping[str, Any], settings: Configuration, changed: Mapping[str, Any]
) -> str:
    """The whole line as it stood before the answer: the value with its time, whichever changed."""
    earlier = {**document, **changed}
    value = earlier.get(name)
    return "" if value in (None, "", []) else "; ".join(spoken(name, value, earlier, settings))


def spoken(
    name: str, value: Any, document: Mapping[str, Any], settings: Configuration
) -> tuple[str, ...]:
    """A stored value in words: numbers with unit and time, times with zone, rows one to a line."""
    if value == NOT_KNOWN:
        return ("Not known or not done",) if name in UNITS else ("Not known",)
    if name == "language":
        return (language_name(value),)
    if name in UNITS:
        above = ">" if name == "egfr" and document.get("egfr_above") else ""
        taken = read_moment(document.get(f"{name}_at"))
        timed = f", {shown(taken)}" if taken else (", time not given" if document else "")
        dated = "" if name in ("weight_kg", "height_cm") else timed
        return (f"{above}{value} {UNITS[name]}".strip() + dated,)
    if isinstance(value, bool):
        return ("Yes" if value else "No",)
    if isinstance(value, list):
        return tuple(_row(name, row, settings) for row in value)
    if name == "procedure":
        entry = settings.catalogue.get(value)
        return (entry.name if entry else str(value),)
    if name == "nhs_number":
        return (shown_nhs_number(value),)
    day = read_day(value) if len(str(value)) == 10 else None
    if day is not None:
        return (f"{day.day} {day:%B %Y}",)
    moment = read_moment(value) if len(str(value)) > 15 else None
    return (shown(moment),) if moment is not None else (str(value),)


def _known(row: Mapping[str, Any], name: str, label: str) -> str:
    """A cell of a row; "not known" says of what."""
    value = str(row.get(name) or "")
    return f"{label} not known" if value == NOT_KNOWN else value


def _row(name: str, row: Any, settings: Configuration) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    if name == "antithrombotics":
        drug = settings.rules.drugs.get(row.get("drug") or "")
        taken = read_moment(row.get("last_taken"))
        words = [
            drug.name if drug else str(row.get("name") or row.get("drug") or "Drug not named"),
            _known(row, "dose", "dose"),
            f"for {row['indication']}" if row.get("indication") else "",
            f"last taken {shown(taken)}" if taken else "last taken: not known",
        ]
    elif name == "allergies":
        severity = row.get("severity")
        words = [row.get("agent") or "", _known(row, "reaction", "reaction")]
        words.append("severity not known" if severity == NOT_KNOWN else severity or "")
    elif name == "previous_imaging":
        day = read_day(row.get("taken_on"))
        words = [
            row.get("modality") or "",
            f"{day.day} {day:%B %Y}" if day else "date not known",
            _known(row, "where", "place"),
            f"on Chester PACS: {row.get('on_pacs') or 'not known'}",
            f"shared with Chester: {row['shared']}" if row.get("shared") else "",
        ]
    else:
        words = [str(each) for each in row.values()]
    return ", ".join(str(word) for word in words if word)
