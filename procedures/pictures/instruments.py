"""Close-ups of the instruments, as seen through a round lens, and the surroundings they sit in.

Each is drawn round a centre at 0, 0 for a lens of radius 70. Two settings: ``skin``, a cut through
the skin with the part below it; and ``inside``, a stretch of artery, vein or duct laid along the
lens. Shapes, not colours, tell the instruments apart.
"""

from __future__ import annotations

from collections.abc import Callable

from procedures.pictures import palette
from procedures.pictures.markup import tag
from procedures.pictures.parts import UnknownPart
from procedures.pictures.strokes import Setting, line, pipe, shape


def _needle(setting: Setting) -> str:
    """A syringe with its needle, from the upper right."""
    tip, start = ((-24, 32), (8, -15)) if setting == "skin" else ((-34, 6), (2, -27))
    drawn = line(f"M{tip[0]} {tip[1]}L{start[0]} {start[1]}", 3.4)
    drawn += line(f"M{tip[0]} {tip[1]}L{start[0]} {start[1]}", 1.2, palette.PAPER, "ir-plastic")
    x, y = start
    return drawn + tag(
        "g",
        {"transform": f"translate({x} {y})rotate(34)"},
        shape("M-3 0V-8H-8V-46H8V-8H3V0z"),
        shape("M-8-8V-24H8V-8z", palette.PLASTIC, "ir-plastic-fill"),
        line("M0-24V-62M-9-62H9", 2.4),
    )


def _wire(setting: Setting) -> str:
    if setting == "skin":
        return line("M44-66C30-40 16-18 4 4S-14 40 6 46s22-16 8-18", 2.6)
    return line("M-80 6C-40 2-10-4 22-2s26 18 14 20-14-12-4-14", 2.8)


def _tube(setting: Setting) -> str:
    if setting == "skin":
        return pipe("M50-62C32-40 14-20 4 2S-6 34-4 46")
    return pipe("M-84 8C-50 6-20 0 24 0", 9) + line("M28-3V3", 2)


def _balloon(setting: Setting) -> str:
    balloon = shape(
        "M-34 0C-32-15-24-17-14-17H14C24-17 32-15 34 0S24 17 14 17H-14C-24 17-32 15-34 0z",
        palette.PLASTIC,
        "ir-plastic-fill",
        2,
    )
    shine = line("M-18-10H12", 2, palette.PAPER, "ir-shine")
    if setting == "skin":
        return pipe("M46-62C30-40 14-22 6 4L2 26") + tag(
            "g", {"transform": "translate(-1 38)scale(.62)"}, balloon, shine
        )
    return line("M-84 6C-60 4-40 0 60 0", 4) + balloon + shine


def _stent(setting: Setting) -> str:
    rows = ""
    for x in range(-42, 42, 14):
        rows += f"M{x}-19l7 9.5-7 9.5 7 9.5-7 9.5M{x + 14}-19l-7 9.5 7 9.5-7 9.5 7 9.5"
    mesh = line(rows + "M-42-19H42M-42 19H42", 2, palette.INK)
    if setting == "skin":
        return tag("g", {"transform": "translate(0 30)rotate(-20)scale(.8)"}, mesh)
    return mesh


def _coil(setting: Setting) -> str:
    loops = "c6-26 20-28 21-2s-15 26-12 4" * 4
    coil = line("M-14 2" + loops, 2.4)
    if setting == "skin":
        return tag("g", {"transform": "translate(-10 36)scale(.8)"}, coil)
    return pipe("M-84 8C-60 6-40 2-20 2", 7) + coil


def _drain(setting: Setting) -> str:
    """A tube with a curled end that keeps it in place."""
    if setting == "skin":
        tube = "M54-58C36-42 18-24 8 0S-12 26-18 38s8 20 16 14 4-16-4-14"
    else:
        tube = "M-84 6C-50 4-20-14 8-14s26 14 16 24-24 4-20-6 14-6 14 0"
    return pipe(tube, 6.4)


def _bag(_setting: Setting) -> str:
    """A collecting bag hanging outside the skin, on its tube."""
    tube = pipe("M-4 34C-6 12 2-6 14-24S26-60 0-62-44-52-44-38", 5)
    bag = shape("M-62-38H-26Q-22-38-22-34V20Q-22 28-30 28H-58Q-66 28-66 20V-34Q-66-38-62-38z")
    level = shape("M-66-4Q-44-9-22-4V20Q-22 28-30 28H-58Q-66 28-66 20z", palette.FLUID, "ir-fluid")
    return tube + bag + level + line("M-34-24h6M-34-14h6M-34 6h6M-34 16h6", 1.6)


def _dye(setting: Setting) -> str:
    """Dye leaving the end of a tube, as a cloud that thins out."""
    dots = "".join(
        tag("circle", {"cx": x, "cy": y, "r": r})
        for x, y, r in (
            (14, 0, 5), (24, -9, 4.4), (24, 9, 4.4), (35, -1, 4.4), (38, -14, 3.4), (38, 13, 3.4),
            (48, -6, 3.2), (49, 6, 3.2), (56, -14, 2.2), (58, 1, 2.4), (56, 14, 2.2),
        )
    )  # fmt: skip
    cloud = tag("g", {"class": "ir-dye", "fill": palette.DYE}, dots)
    if setting == "skin":
        return _tube(setting) + tag(
            "g", {"transform": "translate(-4 46)rotate(60)scale(.42)"}, cloud
        )
    return pipe("M-84 8C-50 6-30 0 2 0", 8) + cloud


def _dressing(_setting: Setting) -> str:
    pad = shape("M-44-22Q0-34 44-22Q50-20 48-14Q0-25-48-14Q-50-20-44-22z")
    gauze = shape("M-20-29Q0-33 20-29L18-20Q0-24-18-20z", palette.SKIN_LAYER, "ir-skin-layer")
    return pad + gauze + line("M-36-21v3M-30-22v3M36-21v3M30-22v3", 1.6)


def _probe(_setting: Setting) -> str:
    beam = tag(
        "path",
        {
            "class": "ir-beam",
            "fill": palette.BEAM,
            "fill_opacity": 0.75,
            "d": "M-16-18L-42 60Q0 74 42 60L16-18Q0-21-16-18z",
        },
    )
    waves = line(
        "M-21 0Q0-5 21 0M-27 18Q0 12 27 18M-33 36Q0 29 33 36", 1.6, palette.BLUE, "ir-wave"
    )
    head = shape("M-18-19Q0-22 18-19L17-32Q10-38 9-48V-58Q0-62-9-58V-48Q-10-38-17-32z")
    return beam + waves + head + line("M0-60C0-70 10-72 16-80", 3)


def _scanner(_setting: Setting) -> str:
    """An X-ray machine: an arm round a person who lies on a table."""
    arm = line("M-4-52C-62-52-62 50-4 50", 11, palette.STEEL) + line(
        "M-4-52C-62-52-62 50-4 50", 7, palette.SKIN, "ir-plastic"
    )
    top = shape("M-18-60H22V-42H-18z") + shape("M-12-42H16L10-34H-6z", palette.SKIN)
    low = shape("M-20 44H24V60H-20z") + shape("M-6 38H10L14 44H-10z", palette.SKIN)
    beam = tag(
        "path",
        {"class": "ir-beam", "fill": palette.BEAM, "fill_opacity": 0.75, "d": "M0 38H4L14-34H-10z"},
    )
    person = shape("M-28 14C-22 2 28 0 62 8L72 10V18H-28z", palette.SKIN, "ir-skin-fill") + tag(
        "circle",
        {
            "class": "ir-skin-fill",
            "cx": -36,
            "cy": 9,
            "r": 9,
            "fill": palette.SKIN,
            "stroke": palette.INK,
            "stroke_width": 1.8,
        },
    )
    table = shape("M-50 18H75V24H-50z", palette.STEEL, "ir-steel-fill")
    return beam + arm + top + low + person + table


def _cannula(_setting: Setting) -> str:
    """A small plastic tube in a vein of the hand, with its wings and a fluid line."""
    vein = line("M-80 34Q-20 14 80 30", 15, palette.VEIN_FAINT, "ir-vein-faint")
    return (
        vein
        + line("M-36 22L-4-10", 4.6)
        + line("M-36 22L-4-10", 2.4, palette.PLASTIC, "ir-plastic")
        + tag(
            "g",
            {"transform": "translate(2 -15)rotate(-45)"},
            shape("M-8-5H18V5H-8z", palette.PLASTIC, "ir-plastic-fill"),
            shape("M-4-5L-10-17H4L8-5z"),
            shape("M-4 5L-8 12H6L8 5z"),
        )
        + pipe("M18-28C36-42 44-48 62-50", 4)
    )


def _heat(setting: Setting) -> str:
    """A thin probe that heats or freezes a small ball round its tip."""
    x, y = (-8, 40) if setting == "skin" else (0, 0)
    ball = tag(
        "circle",
        {
            "class": "ir-heat",
            "cx": x,
            "cy": y,
            "r": 20,
            "fill": palette.PAPER,
            "stroke": palette.ARTERY,
            "stroke_width": 2,
            "stroke_dasharray": "4 3",
        },
    )
    rings = tag(
        "circle",
        {
            "class": "ir-heat-ring",
            "cx": x,
            "cy": y,
            "r": 11,
            "stroke": palette.ARTERY,
            "stroke_width": 2,
        },
    )
    return ball + rings + line(f"M{x} {y}L34-40", 3.4) + shape("M30-38L38-32L54-58L44-64z")


def _filter(setting: Setting) -> str:
    """An umbrella of fine wires that catches clots."""
    legs = "M34 0L-14-24M34 0L-18-12M34 0L-20 0M34 0L-18 12M34 0L-14 24"
    drawn = line(legs, 2.2) + line("M34 0h6q4 0 4-4", 2.4)
    return (
        tag("g", {"transform": "translate(0 34)scale(.6)"}, drawn) if setting == "skin" else drawn
    )


def _port(_setting: Setting) -> str:
    """A small chamber under the skin, joined to a tube."""
    chamber = shape("M-30 22L-22-2Q0-7 22-2L30 22z", palette.PLASTIC, "ir-plastic-fill")
    return (
        pipe("M28 16C44 16 52 26 56 76", 5)
        + chamber
        + shape("M-16-1Q0-6 16-1L14 6H-14z")
        + line("M0-66V2", 2.4)
    )


def _beads(setting: Setting) -> str:
    """Tiny beads that fill the small branches of an artery."""
    spots = (
        (12, -8),
        (20, 3),
        (13, 13),
        (27, -12),
        (30, 12),
        (34, 1),
        (42, -9),
        (44, 8),
        (52, 0),
        (22, -20),
        (24, 20),
        (40, 19),
        (40, -19),
        (54, -13),
        (55, 13),
    )
    beads = "".join(tag("circle", {"cx": x, "cy": y, "r": 5}) for x, y in spots)
    group = tag(
        "g",
        {"class": "ir-tool", "fill": palette.PAPER, "stroke": palette.INK, "stroke_width": 1.8},
        beads,
    )
    return _tube(setting) + group if setting == "skin" else pipe("M-84 8C-50 6-30 0 0 0", 8) + group


def _cement(_setting: Setting) -> str:
    """Bone cement, still soft, round the end of a thick needle."""
    lump = shape("M-30 42C-32 28-14 24-2 30S14 44 4 52-28 56-30 42z")
    return lump + line("M-10 42L34-38", 4) + shape("M29-37L39-31L54-58L44-64z")


_DRAWN: dict[str, Callable[[Setting], str]] = {
    "needle": _needle,
    "wire": _wire,
    "tube": _tube,
    "balloon": _balloon,
    "stent": _stent,
    "coil": _coil,
    "drain": _drain,
    "bag": _bag,
    "dye": _dye,
    "dressing": _dressing,
    "ultrasound-probe": _probe,
    "scanner": _scanner,
    "cannula": _cannula,
    "ablation-probe": _heat,
    "filter": _filter,
    "port": _port,
    "beads": _beads,
    "cement": _cement,
}
INSTRUMENT_SLUGS: tuple[str, ...] = (*_DRAWN, "none")
# The words of the text alternative, each to follow "The picture shows".
INSTRUMENT_WORDS: dict[str, str] = {
    "needle": "a needle on a syringe",
    "wire": "a thin, soft wire",
    "tube": "a thin tube (catheter)",
    "balloon": "a small balloon, blown up",
    "stent": "a mesh tube (stent), open",
    "coil": "a small metal coil",
    "drain": "a tube with a curled end (drain)",
    "bag": "a tube that leads to a bag outside the body",
    "dye": "dye leaving the end of a thin tube",
    "dressing": "a dressing on the skin",
    "ultrasound-probe": "an ultrasound probe on the skin",
    "scanner": "a person lying on a table, with a scanner above and below",
    "cannula": "a small plastic tube (cannula) in a vein of the hand",
    "ablation-probe": "a thin probe with a treated area round its tip",
    "filter": "a small filter of fine wires",
    "port": "a small port under the skin, with a tube",
    "beads": "tiny beads leaving the end of a thin tube",
    "cement": "cement leaving the end of a needle",
    "none": "the part of the body",
}


def draw(instrument: str, setting: Setting) -> str:
    """An instrument in its setting; raises ``UnknownPart`` where it is not drawn."""
    if instrument not in _DRAWN:
        raise UnknownPart(f"No instrument is drawn for {instrument!r}.")
    return _DRAWN[instrument](setting)
