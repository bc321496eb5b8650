"""Two or three treatments side by side, from the same fields of their publications. Pure: no request, no database."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from . import illustrations, text
from .library import Library, LivePage
from .models.choices import StaysInBody
from .pictures import Chance, Picture, risk_pictures, shared_denominator
from .pictures.likelihood import Denominator
from .pictures.risk_people import Kind
from .presenters import FREQUENCY_WORDS

FEWEST, MOST = 2, 3
"""Treatments in one comparison: more than three cannot be read side by side."""
FACT_ROWS = (
    ("How long it takes", "duration_text"),
    ("Awake or asleep", "anaesthetic_text"),
    ("Time in hospital", "stay_text"),
    ("Back to normal", "recovery_text"),
)


@dataclass(frozen=True)
class Row:
    """One line of the comparison: a cell for each treatment, each a list of short texts."""

    heading: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Comparison:
    """The pages, the lines, and the number of people that every figure is counted in.

    `ways_in`, `better` and `worse` hold one cell for each page: the body with the way in (None where none is drawn), and
    the benefits and risks that have a figure as people, the likeliest first.
    """

    pages: tuple[LivePage, ...]
    rows: tuple[Row, ...]
    out_of: int
    ways_in: tuple[Picture | None, ...]
    better: tuple[tuple[Picture, ...], ...]
    worse: tuple[tuple[Picture, ...], ...]


def _counted(row: dict[str, Any]) -> Chance | None:
    if not row["out_of"] or row["affected_low"] is None or row["frequency"] == "not_known":
        return None
    return illustrations.chance_of(row)


def _likelihoods(rows: list[dict[str, Any]], out_of: Denominator) -> tuple[str, ...]:
    """Return the likeliest first, each in words and out of the same number of people."""
    ranked: list[tuple[Fraction, str]] = []
    for row in rows:
        name = text.plain(row["name"])
        chance = _counted(row)
        if chance is not None:
            ranked.append((chance.most, f"{name}: {chance.in_numbers(out_of)}"))
        elif row["frequency"] == "expected":
            ranked.append((Fraction(2), f"{name}: expected"))
        else:
            ranked.append((Fraction(-1), f"{name}: {FREQUENCY_WORDS[row['frequency']].lower()}"))
    return tuple(words for _, words in sorted(ranked, key=lambda one: -one[0]))


def _people(
    documents: list[dict[str, Any]], field: Literal["benefits", "risks"], out_of: Denominator
) -> tuple[tuple[Picture, ...], ...]:
    """Return the same figures as people, the likeliest first, each page's in a cell of its own."""
    kind: Kind = "benefit" if field == "benefits" else "risk"
    return tuple(
        tuple(
            risk_pictures(
                f"{field}-{index}",
                sorted(filter(None, map(_counted, one[field])), key=lambda each: -each.most),
                kind,
                out_of,
            )
        )
        for index, one in enumerate(documents, start=1)
    )


def _stays(document: dict[str, Any]) -> tuple[str, ...]:
    facts = document["facts"]
    if facts["stays_in_body"] == StaysInBody.NOTHING:
        return ("Nothing stays.",)
    return (text.plain(facts["stays_text"]) or StaysInBody(facts["stays_in_body"]).label,)


def compare(pages: list[LivePage]) -> Comparison:
    """Return the comparison of two or three procedure pages. Raises ValueError for any other number."""
    if not FEWEST <= len(pages) <= MOST:
        raise ValueError(f"Compare {FEWEST} or {MOST} treatments, not {len(pages)}.")
    documents = [page.document for page in pages]
    chances = [
        chance
        for document in documents
        for row in [*document["risks"], *document["benefits"]]
        if (chance := _counted(row)) is not None
    ]
    out_of = shared_denominator(chances)
    rows = [Row("What it is", tuple((text.plain(one["summary"]),) for one in documents))]
    rows += [
        Row(heading, tuple((text.plain(one["facts"][field]),) for one in documents))
        for heading, field in FACT_ROWS
    ]
    rows += [
        Row("What stays in your body", tuple(_stays(one) for one in documents)),
        Row("Radiation", tuple((text.plain(one["facts"]["radiation_text"]),) for one in documents)),
        Row(
            "What can get better", tuple(_likelihoods(one["benefits"], out_of) for one in documents)
        ),
        Row("What can go wrong", tuple(_likelihoods(one["risks"], out_of) for one in documents)),
    ]
    return Comparison(
        pages=tuple(pages),
        rows=tuple(rows),
        out_of=out_of,
        ways_in=tuple(
            illustrations.where(one, f"where-{index}")
            for index, one in enumerate(documents, start=1)
        ),
        better=_people(documents, "benefits", out_of),
        worse=_people(documents, "risks", out_of),
    )


def comparable(library: Library, page: LivePage) -> list[LivePage]:
    """Return the other choices for the same problem; where none is named, those done for the same reason in the same conditions."""
    named = library.related(page.slug)["alternative"]
    if named:
        return named
    purpose = page.document["facts"]["purpose"]
    others = {
        other.slug: other
        for condition in library.conditions
        if page.slug in condition["procedures"]
        for other in condition["pages"]
        if other.slug != page.slug and other.document["facts"]["purpose"] == purpose
    }
    return list(others.values())


def choices_for(library: Library, condition: dict[str, Any]) -> list[LivePage]:
    """Return the pages of a condition that are another choice to one of its others: no test beside a treatment, no tube beside its change."""
    slugs = {page.slug for page in condition["pages"]}
    return [
        page
        for page in condition["pages"]
        if any(other.slug in slugs for other in library.related(page.slug)["alternative"])
    ]
