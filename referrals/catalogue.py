"""The procedures that can be asked for, and which of them count as high bleeding risk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from referrals.vocabulary import (
    Answer,
    Beam,
    BleedingClass,
    ClassCondition,
    Contrast,
    FilterRemoval,
    FirstPass,
    Lysis,
)


@dataclass(frozen=True)
class CatalogueEntry:
    """One procedure. ``local_class`` is the IR lead's own class; empty until it is set.

    ``arterial`` means that the access is an artery unless vetting says otherwise. ``page`` is
    the slug of the public page, if there is one.
    """

    code: str
    name: str
    group: str = ""
    sir_class: BleedingClass = BleedingClass.UNLISTED
    class_condition: ClassCondition = ClassCondition.NONE
    local_class: str = ""
    contrast: Contrast = Contrast.MAYBE
    first_pass: FirstPass = FirstPass.OPERATOR
    beam: Beam = Beam.NOT_KNOWN
    arterial: bool = False
    drainage: Answer = Answer.NO
    ablation: Answer = Answer.NO
    mdt_expected: bool = False
    laterality_required: bool = False
    level_required: bool = False
    page: str = ""
    snomed_code: str = ""
    snomed_name: str = ""
    active: bool = True

    @property
    def contrast_in_ducts_or_tubes(self) -> bool:
        return self.contrast == Contrast.DUCTS_OR_TUBES

    @property
    def contrast_into_vessel(self) -> bool:
        """ "Maybe" and "operator" count as into a vessel."""
        return self.contrast not in (Contrast.NONE, Contrast.DUCTS_OR_TUBES)


UNLISTED = CatalogueEntry(
    code="",
    name="Procedure not in the catalogue, or not yet chosen",
    drainage=Answer.NOT_KNOWN,
    ablation=Answer.NOT_KNOWN,
)


def counts_as_high(
    entry: CatalogueEntry,
    *,
    sheath_f: Decimal | None,
    filter_removal: str | None,
    venous_stent_lysis: str | None,
    sheath_below: Decimal,
) -> bool:
    """Whether the procedure is high bleeding risk for the rules (section 3.3).

    Only ``low``, with any condition known to be met, is low: conflict, unlisted and not known
    count as high. A local class overrides the published one. ``sheath_below`` is in French.
    """
    if entry.local_class:
        return entry.local_class != BleedingClass.LOW
    if entry.sir_class != BleedingClass.LOW:
        return True
    met = {
        ClassCondition.NONE: True,
        ClassCondition.SHEATH: sheath_f is not None and 0 < sheath_f < sheath_below,
        ClassCondition.SIMPLE_FILTER_REMOVAL: filter_removal == FilterRemoval.SIMPLE,
        ClassCondition.NO_LYSIS: venous_stent_lysis == Lysis.WITHOUT,
    }
    return not met[ClassCondition(entry.class_condition)]


def catalogue_from_rows(
    rows: Mapping[str, Iterable[Mapping[str, Any]]],
) -> dict[str, CatalogueEntry]:
    """Entries by code from rows of model ``catalogueentry``; other columns are left out."""
    columns = {each.name for each in fields(CatalogueEntry)}
    entries = (entry_from_row(row, columns) for row in rows.get("catalogueentry", ()))
    return {entry.code: entry for entry in entries}


def entry_from_row(row: Mapping[str, Any], columns: set[str] | None = None) -> CatalogueEntry:
    """One entry. Raises ValueError for a class, contrast or beam that is not a known word."""
    columns = columns or {each.name for each in fields(CatalogueEntry)}
    given = {name: value for name, value in row.items() if name in columns}
    for name, words in _WORDS.items():
        if name in given:
            given[name] = words(given[name])
    return CatalogueEntry(**given)


_WORDS: dict[str, Any] = {
    "sir_class": BleedingClass,
    "class_condition": ClassCondition,
    "contrast": Contrast,
    "first_pass": FirstPass,
    "beam": Beam,
    "drainage": Answer,
    "ablation": Answer,
}
