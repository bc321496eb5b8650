"""Your day: the stages from arriving to going home, one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from procedures.pictures import palette
from procedures.pictures.geometry import number
from procedures.pictures.lettering import lines_of, text_line
from procedures.pictures.markup import Picture, checked_id, drawing, sentence, tag

StageSlug = Literal["arrival", "getting-ready", "procedure", "recovery", "going-home"]

WIDTH = 288.0
_LETTERS = 15.0
_LINE = 19.0
_TEXT_X = 62.0
_DISC = 23.0

_NAMES: dict[str, str] = {
    "arrival": "You arrive",
    "getting-ready": "Getting ready",
    "procedure": "The procedure",
    "recovery": "Recovery",
    "going-home": "Going home",
}
# Small drawings of about 28 by 28 round 0, 0, of lines only.
_ICONS: dict[str, str] = {
    "arrival": "M-3-13H11V13H-3zM7 1v2M-14 0H0M-5-5L0 0L-5 5",
    "getting-ready": "M-9-11H9V13H-9zM-4-14H4V-8H-4zM-5 0l2 2 4-4M-5 7l2 2 4-4M4 0H6M4 7H6",
    "procedure": (
        "M-14 6H14M-10 6V12M10 6V12M-11 1a3 3 0 1 1 6 0a3 3 0 1 1-6 0M-4 4C0-1 8 0 14 3"
        "M-2-13H8V-8H-2zM3-8V-5"
    ),
    "recovery": (
        "M-14-10V11M14 11V2H-14M-14 7H14M-9-3a3 3 0 1 1 6 0a3 3 0 1 1-6 0M0 2V-4H9Q14-4 14 2"
    ),
    "going-home": "M-14 0L0-12L14 0M-10-3V12H10V-3M-3 12V3H3V12",
}
STAGE_SLUGS: tuple[str, ...] = tuple(_NAMES)


@dataclass(frozen=True)
class Stage:
    """One stage of the day.

    Args:
        slug: one of ``STAGE_SLUGS``, which sets the drawing and, if ``name`` is empty, the name.
        detail: a sentence or two.
        time: the time of day, as the site writes it ("8:30am"), if known.
        minutes: how long it takes, in minutes, if known; ``minutes_high`` the upper end.
        name: a name of its own.
    """

    slug: StageSlug
    detail: str = ""
    time: str = ""
    minutes: int | None = None
    minutes_high: int | None = None
    name: str = ""

    @property
    def heading(self) -> str:
        return self.name or _NAMES[self.slug]

    @property
    def length(self) -> str:
        """How long it takes: "30 minutes to 2 hours", or nothing where it is not known."""
        if self.minutes is None:
            return ""
        if self.minutes_high is None or self.minutes_high == self.minutes:
            return f"About {spoken_minutes(self.minutes)}"
        low, high = spoken_minutes(self.minutes), spoken_minutes(self.minutes_high)
        # "1 to 2 hours", not "1 hour to 2 hours"
        low_number, _, low_unit = low.partition(" ")
        high_number, _, high_unit = high.partition(" ")
        if low_unit.rstrip("s") == high_unit.rstrip("s"):
            return f"{low_number} to {high_number} {high_unit}"
        return f"{low} to {high}"


def spoken_minutes(minutes: int) -> str:
    """Minutes as people say them: "45 minutes", "1 hour", "2 and a half hours"."""
    if minutes < 0:
        raise ValueError("A length of time cannot be below 0.")
    if minutes < 60 or minutes % 30:
        hours, rest = divmod(minutes, 60)
        if hours:
            return f"{hours} hour{'s' if hours > 1 else ''} {rest} minutes"
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    hours, rest = divmod(minutes, 60)
    if rest:
        return f"{hours} and a half hours"
    return f"{hours} hour{'' if hours == 1 else 's'}"


def _stage(stage: Stage, index: int, y: float) -> tuple[str, float]:
    """One stage; returns its markup and the height it takes."""
    room = WIDTH - _TEXT_X - 2
    foot = y + 17
    heading = f"{index}. {stage.heading}"
    drawn = ""
    for line in lines_of(heading, room, 17, bold=True):
        drawn += tag("g", {"font_size": 17}, text_line(line, _TEXT_X, foot, bold=True))
        foot += _LINE + 2
    when = ". ".join(part for part in (stage.time, stage.length) if part)
    for line in lines_of(when, room, _LETTERS, bold=True):
        drawn += tag(
            "g",
            {"class": "ir-when", "fill": palette.BLUE},
            text_line(line, _TEXT_X, foot, bold=True),
        )
        foot += _LINE
    for line in lines_of(stage.detail, room, _LETTERS):
        drawn += text_line(line, _TEXT_X, foot)
        foot += _LINE
    middle = y + _DISC
    drawn += tag(
        "circle",
        {
            "class": "ir-stage",
            "cx": _DISC + 2,
            "cy": middle,
            "r": _DISC,
            "fill": palette.PAPER,
            "stroke": palette.BLUE,
            "stroke_width": 2.5,
        },
    )
    drawn += tag(
        "path",
        {
            "class": "ir-stage-icon",
            "d": _ICONS[stage.slug],
            "fill": "none",
            "transform": f"translate({number(_DISC + 2)} {number(middle)})",
            "stroke": palette.INK,
            "stroke_width": 2,
            "stroke_linecap": "round",
            "stroke_linejoin": "round",
        },
    )
    return drawn, max(foot - y + 4, 2 * _DISC + 14)


def timeline(prefix: str, stages: Sequence[Stage], *, title: str = "Your day") -> Picture:
    """Draw the stages in the order given, joined by a line.

    Args:
        prefix: begins every id.
        stages: the stages; a time or length that is not known is left out, never guessed.
        title: the drawing's title.

    Raises:
        ValueError: with no stages.
    """
    checked_id(prefix)
    if not stages:
        raise ValueError("A day needs at least one stage.")
    y, drawn = 4.0, ""
    middles = []
    for index, stage in enumerate(stages, start=1):
        markup, height = _stage(stage, index, y)
        middles.append(y + _DISC)
        drawn += markup
        y += height + 6
    x = number(_DISC + 2)
    rail = tag(
        "path",
        {
            "class": "ir-rail",
            "d": f"M{x} {number(middles[0])}V{number(middles[-1])}",
            "stroke": palette.BLUE,
            "stroke_width": 4,
        },
    )
    told = []
    for index, stage in enumerate(stages, start=1):
        when = ", ".join(part for part in (stage.time, stage.length.lower()) if part)
        told.append(sentence(f"{index}. {stage.heading}" + (f": {when}" if when else "")))
        if stage.detail:
            told.append(sentence(stage.detail))
    ink = {"class": "ir-ink", "fill": palette.INK, "font_size": _LETTERS}
    svg = drawing(
        prefix, WIDTH, y, title, " ".join(told), [rail, tag("g", ink, drawn)], "ir-timeline"
    )
    return Picture(svg, tuple(told), WIDTH, y)
