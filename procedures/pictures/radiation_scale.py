"""Radiation compared: a procedure's dose as a step on a ladder beside things people know.

The bands are those of the content guide. The figures to compare with are those of the fact sheet
on radiation: the government's dose table (source S1, GOV.UK, "Patient dose information:
guidance", 2008). Doses are effective doses in millisieverts (mSv).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from procedures.pictures import palette
from procedures.pictures.geometry import number
from procedures.pictures.lettering import lines_of, text_line
from procedures.pictures.markup import Picture, checked_id, drawing, sentence, tag

BandSlug = Literal["none", "very-low", "low", "moderate", "higher"]

WIDTH = 288.0
_LETTERS = 15.0
_LINE = 19.0


@dataclass(frozen=True)
class Band:
    """A band of dose: its name, its limits in mSv, and the same in words."""

    slug: str
    name: str
    low: float
    high: float | None
    words: str


@dataclass(frozen=True)
class Comparison:
    """Something to compare a dose with, and the source that gives its figure."""

    name: str
    msv: float
    source: str


BANDS: tuple[Band, ...] = (
    Band("very-low", "Very low", 0.0, 0.1, "less than 0.1 mSv"),
    Band("low", "Low", 0.1, 5.0, "0.1 to 5 mSv"),
    Band("moderate", "Moderate", 5.0, 20.0, "5 to 20 mSv"),
    Band("higher", "Higher", 20.0, None, "more than 20 mSv"),
)
# Fact sheet "radiation", figures; every source id is that sheet's.
BACKGROUND = Comparison("1 year of natural background in the UK", 2.2, "S1")
COMPARISONS: tuple[Comparison, ...] = (
    Comparison("chest X-ray", 0.02, "S1"),
    BACKGROUND,
    Comparison("CT scan of the head", 2.0, "S1"),
    Comparison("CT scan of the tummy and pelvis", 10.0, "S1"),
)


def band_of(msv: float) -> Band:
    """The band that a dose in mSv falls in; raises ``ValueError`` for a dose below 0."""
    if msv < 0:
        raise ValueError("A dose cannot be below 0.")
    if msv < 0.1:
        return BANDS[0]
    return next(band for band in BANDS[1:] if band.high is None or msv <= band.high)


def as_background(msv: float) -> str:
    """A dose as the time in which natural background gives the same: "about 5 months".

    To the nearest whole day, month or year, as the source's own table gives it.
    """
    years = msv / BACKGROUND.msv
    count, unit = round(years), "year"
    if round(years * 365) <= 31:
        count, unit = max(1, round(years * 365)), "day"
    elif round(years * 12) < 24 and round(years * 12) != 12:
        count, unit = round(years * 12), "month"
    return f"about {count} {unit}{'' if count == 1 else 's'}"


def _dose(low: float, high: float | None) -> str:
    first = f"{low:g}"
    # A no-break space: a figure and its unit stay on one line.
    return f"{first} to {high:g}\u00a0mSv" if high not in (None, low) else f"{first}\u00a0mSv"


def _span(low: str, high: str) -> str:
    """Two lengths of time as one: "about 3 to 18 years"."""
    if low == high:
        return low
    number_word, _, unit = low.removeprefix("about ").partition(" ")
    if unit.rstrip("s") == high.rpartition(" ")[2].rstrip("s"):
        return f"about {number_word} to {high.removeprefix('about ')}"
    return f"{low} to {high.removeprefix('about ')}"


def _spoken(name: str, bands: list[Band], low: float | None, high: float | None) -> tuple[str, ...]:
    if not bands:
        return (f"{name} uses no X-rays, so there is no radiation.",)
    ends = (bands[0], bands[-1]) if len(bands) > 1 else (bands[0],)
    names = " to ".join(band.name.lower() for band in ends)
    told = []
    if low is not None:
        told.append(f"{name} gives about {_dose(low, high)}. This is {names}")
        span = _span(as_background(low), as_background(high or low))
        told.append(f"That is the same as {span} of natural background in the UK")
    else:
        words = " or ".join(band.words for band in bands)
        told.append(f"{name} gives a {names} dose: {words}")
    for item in COMPARISONS:
        article = "" if item.name.startswith("1 ") else "A "
        told.append(f"{article}{item.name} is {item.msv:g} mSv ({band_of(item.msv).name.lower()})")
    told.append("Doses vary from person to person")
    return tuple(sentence(text).replace("\u00a0", " ") for text in told)


def radiation_scale(
    prefix: str,
    *,
    name: str = "This procedure",
    msv: float | None = None,
    msv_high: float | None = None,
    band: BandSlug | None = None,
) -> Picture:
    """Draw the four bands as a ladder, with the procedure and the comparisons on their steps.

    Args:
        prefix: begins every id.
        name: what the dose belongs to, at the beginning of a sentence.
        msv: the dose in mSv, where a source gives one; ``msv_high`` the upper end of a range.
        band: the band, where no source gives a figure; ``"none"`` for no X-rays.

    Raises:
        ValueError: with neither a dose nor a band, or with a dose below 0.
    """
    checked_id(prefix)
    if msv is None and band is None:
        raise ValueError("The scale needs a dose or a band.")
    if msv is not None:
        first, last = band_of(msv), band_of(msv_high if msv_high is not None else msv)
        marked = list(BANDS[BANDS.index(first) : BANDS.index(last) + 1])
    else:
        marked = [item for item in BANDS if item.slug == band]
        if not marked and band != "none":
            raise ValueError(f"There is no band {band!r}.")
    y, drawn = 4.0, ""
    if not marked:
        drawn += _row_text(["No X-rays"], [f"{name} uses no X-rays."], y)
        drawn = _outline(y, 52, True) + drawn
        y += 58
    for index, item in enumerate(BANDS):
        mine = item in marked
        lines = [
            line
            for other in COMPARISONS
            if band_of(other.msv) is item
            for line in lines_of(f"• {_capital(other.name)}: {other.msv:g}\u00a0mSv", 222, _LETTERS)
        ]
        own = ""
        if mine:
            dose = f": {_dose(msv, msv_high)}" if msv is not None and len(marked) == 1 else ""
            own = name + dose
        own_lines = lines_of(own, 196, _LETTERS, True) if own else []
        height = max(30 + _LINE * len(lines), 40)
        foot = y + height
        height += 14 + _LINE * len(own_lines) if own else 0
        drawn += _outline(y, height, mine) + _steps(index, y)
        drawn += _row_text([f"{item.name}: {item.words}"], lines, y)
        if own:
            drawn += _own(own_lines, foot)
        y += height + 6
    told = _spoken(name, marked, msv, msv_high)
    ink = {"class": "ir-ink", "fill": palette.INK, "font_size": _LETTERS}
    svg = drawing(
        prefix,
        WIDTH,
        y,
        f"{name}: radiation compared",
        " ".join(told),
        [tag("g", ink, drawn)],
        "ir-radiation",
    )
    return Picture(svg, told, WIDTH, y)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _outline(y: float, height: float, mine: bool) -> str:
    return tag(
        "rect",
        {
            "class": "ir-band-mine" if mine else "ir-band",
            "x": 1.5,
            "y": y,
            "width": WIDTH - 3,
            "height": height,
            "rx": 4,
            "fill": palette.LIT if mine else palette.PAPER,
            "stroke": palette.INK if mine else palette.SKIN_EDGE,
            "stroke_width": 3 if mine else 1,
        },
    )


def _steps(index: int, y: float) -> str:
    """One to four bars at the left: more bars, more dose."""
    drawn = ""
    foot = y + 31
    for bar in range(4):
        tall = 7 + bar * 5
        filled = bar <= index
        drawn += tag(
            "rect",
            {
                "class": "ir-bar-full" if filled else "ir-bar-empty",
                "x": 10 + bar * 9,
                "y": foot - tall,
                "width": 6,
                "height": tall,
                "fill": palette.INK if filled else palette.PAPER,
                "stroke": palette.INK,
            },
        )
    return drawn


def _row_text(heads: list[str], lines: list[str], y: float) -> str:
    drawn = ""
    foot = y + 21
    for head in heads:
        drawn += text_line(head, 56, foot, bold=True)
    for line in lines:
        foot += _LINE
        drawn += text_line(line, 56, foot)
    return drawn


def _own(lines: list[str], y: float) -> str:
    """The procedure's own place: an arrow and its name on a dark ground."""
    height = 6 + _LINE * len(lines)
    drawn = tag(
        "path",
        {
            "class": "ir-own",
            "fill": palette.INK,
            "d": f"M52 {number(y + height / 2)}l12-{number(height / 2)}H278v{number(height)}H64z",
        },
    )
    for index, line in enumerate(lines):
        drawn += tag(
            "g",
            {"class": "ir-own-ink", "fill": palette.PAPER},
            text_line(line, 72, y + 18 + _LINE * index, bold=True),
        )
    return drawn
