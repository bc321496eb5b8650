"""The strokes that the instruments are drawn with."""

from __future__ import annotations

from typing import Literal

from procedures.pictures import palette
from procedures.pictures.markup import tag

# Where an instrument is shown: a cut through the skin, or the inside of a vessel or duct.
Setting = Literal["skin", "inside"]
# The radius of the lens, in the units that instruments are drawn in.
RADIUS = 70.0


def line(path: str, width: float, colour: str = palette.INK, css_class: str = "ir-steel") -> str:
    return tag(
        "path",
        {
            "class": css_class,
            "d": path,
            "stroke": colour,
            "stroke_width": width,
            "stroke_linecap": "round",
            "stroke_linejoin": "round",
        },
    )


def pipe(path: str, width: float = 7) -> str:
    """A soft tube: a pale core with a dark edge."""
    return line(path, width + 2.6) + line(path, width, palette.PLASTIC, "ir-plastic")


def shape(
    path: str, fill: str = palette.PAPER, css_class: str = "ir-tool", width: float = 1.8
) -> str:
    return tag(
        "path",
        {
            "class": css_class,
            "d": path,
            "fill": fill,
            "stroke": palette.INK,
            "stroke_width": width,
            "stroke_linejoin": "round",
        },
    )
