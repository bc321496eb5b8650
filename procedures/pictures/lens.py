"""What lies round an instrument in its lens: skin from the side, or the inside of a vessel."""

from __future__ import annotations

from procedures.pictures import palette
from procedures.pictures.instruments import draw
from procedures.pictures.markup import tag
from procedures.pictures.strokes import Setting, line, shape

_WALLS = {
    "artery": (palette.ARTERY_FAINT, palette.ARTERY, "artery"),
    "vein": (palette.VEIN_FAINT, palette.VEIN, "vein"),
    "duct": (palette.DUCT_FAINT, palette.DUCT, "duct"),
}
_ALWAYS_SKIN = frozenset(
    {
        "ablation-probe",
        "bag",
        "cannula",
        "cement",
        "dressing",
        "port",
        "scanner",
        "ultrasound-probe",
    }
)
_ALWAYS_INSIDE = frozenset({"filter", "beads"})
# How far a narrowing stands in: free before it is stretched, pressed back by a balloon or stent.
_BULGES = {"wire": 18.0, "balloon": 9.0, "stent": 7.0}


def skin_setting(prefix: str, lit: bool) -> str:
    """A cut through the skin: surface, the layer below, and the lit part at the bottom."""
    drawn = tag(
        "path", {"class": "ir-skin-cut", "fill": palette.SKIN, "d": "M-75-12Q0-24 75-12V75H-75z"}
    )
    drawn += tag(
        "path",
        {
            "class": "ir-skin-layer",
            "fill": palette.SKIN_LAYER,
            "d": "M-75-12Q0-24 75-12V-2Q0-14-75-2z",
        },
    )
    drawn += line("M-75-12Q0-24 75-12", 2, palette.SKIN_EDGE, "ir-skin-edge")
    if lit:
        drawn += tag(
            "path",
            {
                "class": "ir-lit-shape",
                "d": "M-75 46C-50 22-20 18 6 22S52 30 75 44V80H-75z",
                "fill": f"url(#{prefix}-lit)",
                "stroke": palette.LIT_EDGE,
                "stroke_width": 1.8,
            },
        )
    return drawn


def inside_setting(course: str, bulge: float) -> str:
    """A stretch of vessel or duct; ``bulge`` is how far a narrowing stands in, in drawing units."""
    faint, edge, name = _WALLS.get(course, _WALLS["duct"])
    drawn = tag("path", {"class": "ir-skin-cut", "fill": palette.SKIN, "d": "M-75-75H75V75H-75z"})
    drawn += tag(
        "path",
        {
            "class": f"ir-{name}-wall",
            "d": "M-80-36Q0-42 80-36V36Q0 42-80 36z",
            "fill": faint,
            "stroke": edge,
            "stroke_width": 2,
        },
    )
    drawn += tag(
        "path",
        {"class": "ir-lumen", "fill": palette.PAPER, "d": "M-80-26Q0-31 80-26V26Q0 31-80 26z"},
    )
    if bulge:
        top = f"M-46-28C-26-27-22{-28 + bulge:g} 0{-28 + bulge:g}S26-27 46-28Q0-31-46-28z"
        low = f"M-46 28C-26 27-22 {28 - bulge:g} 0 {28 - bulge:g}S26 27 46 28Q0 31-46 28z"
        drawn += shape(top + low, palette.LIT, "ir-plaque", 1.4)
    return drawn


def setting_of(instrument: str, inside: bool) -> Setting:
    """Where an instrument is shown, given whether it is inside a vessel or duct by now."""
    if instrument in _ALWAYS_SKIN:
        return "skin"
    return "inside" if inside or instrument in _ALWAYS_INSIDE else "skin"


def close_up(
    prefix: str, instrument: str, setting: Setting, course: str, lit: bool, narrowed: bool
) -> str:
    """The inside of the lens: the surroundings and the instrument in them."""
    drawn = draw(instrument, setting)
    if instrument == "scanner":
        ground = tag(
            "path", {"class": "ir-lumen", "fill": palette.PAPER, "d": "M-75-75H75V75H-75z"}
        )
    elif setting == "inside":
        ground = inside_setting(course, _BULGES.get(instrument, 0) if narrowed else 0)
    else:
        deep = lit and instrument not in ("cannula", "port", "dressing")
        ground = skin_setting(prefix, deep)
    return ground + drawn
