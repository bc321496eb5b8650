"""The body map: a figure from the front and one from behind, with a link for each region.

Between the two figures stands a column of labels, one for each region. A label and the region's
shape on both figures are one link, so that there is one stop for the keyboard, and a touch has at
least 44 by 44 CSS pixels to land on where the drawing is 288 wide, however small the region.
"""

# ruff: noqa: E501 - the tables below read best with one row a line
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procedures.pictures import palette
from procedures.pictures.figure import BACK_CREASES_PATH, BODY_PATH, FRONT_CREASES_PATH
from procedures.pictures.geometry import Point, number
from procedures.pictures.lettering import text_line
from procedures.pictures.markup import Picture, checked_id, joined, tag, words

WIDTH = 288.0
TOUCH = 44.0
_LABEL_WIDTH = 64.0
_GAP = 3.0
_TOP = 24.0
_SCALE = 0.44
_FIGURE_TOP = _TOP + 76


@dataclass(frozen=True)
class Region:
    """One region: the word on its label, its shape on each figure (path data, later cut to the
    outline of the body), and where the line from its label ends on each."""

    slug: str
    label: str
    front: str = ""
    back: str = ""
    front_end: Point | None = None
    back_end: Point | None = None


def _both(path: str) -> str:
    """A path given for the person's left (``x`` above 0), and its mirror image."""
    numbers = path.replace("M", " M ").replace("L", " L ").replace("z", " z ").split()
    flipped, is_x = [], True
    for item in numbers:
        if item in "MLz":
            flipped.append(item)
            is_x = True
        else:
            flipped.append(number(-float(item)) if is_x else item)
            is_x = not is_x
    return path + " ".join(flipped).replace(" z", "z")


_ARM = _both("M66 116L64 186L60 225L86 360L80 450L140 450L120 116z")
# fmt: off
REGIONS: tuple[Region, ...] = (
    Region("head", "Head", "M-45-5H45V80L22 84Q0 104-22 84L-45 80z", "M-45-5H45V84H-45z", (26, 30), (-26, 30)),
    Region("neck", "Neck", "M-45 80L-22 84Q0 104 22 84L45 80L40 117Q0 126-40 117z", "M-45 84H45L40 117Q0 122-40 117z", (16, 104), (-16, 104)),
    Region("chest", "Chest", "M-66 116L-40 117Q0 126 40 117L66 116L64 186L62 214Q0 190-62 214L-64 186z", "", (38, 165)),
    Region("arm", "Arm", _ARM, _ARM, (96, 270), (-96, 270)),
    Region("abdomen", "Tummy", "M-62 214Q0 190 62 214L64 296Q0 312-64 296z", "", (40, 270)),
    Region("back", "Back", "", "M-66 116L-40 117Q0 122 40 117L66 116L64 186L64 330Q0 346-64 330L-64 186z", None, (-40, 230)),
    Region("pelvis", "Pelvis", "M-64 296Q0 312 64 296L72 336L46 340L12 366H-12L-46 340L-72 336z", "M-64 330Q0 346 64 330L80 384L56 386Q30 404 0 394Q-30 404-56 386L-80 384z", (48, 322), (-44, 362)),
    Region("groin", "Groin", "M-72 336L-46 340L-12 366H12L46 340L72 336L78 366L44 372L14 392H-14L-44 372L-78 366z", "", (40, 360)),
    Region("leg", "Leg", "M-78 366L-44 372L-14 392H14L44 372L78 366V710H-78z", "M-80 384L-56 386Q-30 404 0 394Q30 404 56 386L80 384V710H-80z", (54, 590), (-54, 590)),
)
# fmt: on

REGION_SLUGS: tuple[str, ...] = tuple(region.slug for region in REGIONS)
_FRONT_X = 55.0
_BACK_X = WIDTH - _FRONT_X


def _label_top(index: int) -> float:
    return _TOP + index * (TOUCH + _GAP)


def _figure_point(point: Point, middle: float) -> Point:
    return middle + point[0] * _SCALE, _FIGURE_TOP + point[1] * _SCALE


def _leader(start: Point, end: Point) -> str:
    return f"M{number(start[0])} {number(start[1])}L{number(end[0])} {number(end[1])}"


def _leaders(shown: Sequence[Region]) -> str:
    """The lines from the labels to the figures, on top and out of the pointer's way."""
    lines, dots = "", ""
    left = (WIDTH - _LABEL_WIDTH) / 2
    for index, region in enumerate(shown):
        y = _label_top(index) + TOUCH / 2
        ends = (
            (region.front_end, _FRONT_X, left),
            (region.back_end, _BACK_X, left + _LABEL_WIDTH),
        )
        for end, middle, edge in ends:
            if end is not None:
                point = _figure_point(end, middle)
                lines += _leader((edge, y), point)
                dots += tag("circle", {"cx": point[0], "cy": point[1], "r": 2.2})
    return tag(
        "g",
        {
            "class": "ir-region-leader",
            "stroke": palette.BLUE,
            "stroke_width": 1.2,
            "pointer_events": "none",
        },
        tag("path", {"d": lines}),
        tag("g", {"fill": palette.BLUE}, dots),
    )


def _link(prefix: str, index: int, region: Region, href: str, name: str, current: bool) -> str:
    """One region as one link: its shapes and its label."""
    top = _label_top(index)
    left = (WIDTH - _LABEL_WIDTH) / 2
    middle = top + TOUCH / 2
    inside = tag("title", {}, words(name))
    for side, shape, x in (("front", region.front, _FRONT_X), ("back", region.back, _BACK_X)):
        if not shape:
            continue
        inside += tag(
            "g",
            {"clip_path": f"url(#{prefix}-{side})"},
            tag(
                "path",
                {
                    "class": "ir-region",
                    "d": shape,
                    "transform": f"translate({number(x)} {number(_FIGURE_TOP)})scale({_SCALE})",
                    "fill": palette.LIT if current else palette.SKIN,
                    "stroke": palette.PAPER,
                    "stroke_width": 2,
                },
            ),
        )
    inside += tag(
        "rect",
        {
            "class": "ir-region-label",
            "x": left,
            "y": top,
            "width": _LABEL_WIDTH,
            "height": TOUCH,
            "rx": 4,
            "fill": palette.LIT if current else palette.PAPER,
            "stroke": palette.BLUE,
            "stroke_width": 1.5,
        },
    )
    inside += text_line(region.label, WIDTH / 2, middle + 5.5)
    attributes = {
        "href": href,
        "class": "ir-region-link ir-region-current" if current else "ir-region-link",
        "aria_current": "true" if current else None,
        "data_region": region.slug,
    }
    return tag("a", attributes, inside)


def body_map(
    prefix: str,
    hrefs: Mapping[str, str],
    *,
    counts: Mapping[str, int] | None = None,
    current: str | None = None,
    title: str = "Find a procedure on the body",
) -> Picture:
    """Draw the front and the back of the body with a link for each region.

    Args:
        prefix: begins every id.
        hrefs: where each region leads, by slug of ``REGION_SLUGS``. A region without an address
            is left out.
        counts: how many procedures each region has, for the links' names ("Neck: 4 procedures").
        current: the region that is chosen now, which is lit.
        title: the drawing's title.

    Raises:
        ValueError: where there is no such region, or no address at all.
    """
    checked_id(prefix)
    strange = set(hrefs) - set(REGION_SLUGS)
    if strange or not hrefs:
        raise ValueError(f"The body map has no region {', '.join(sorted(strange)) or 'to show'}.")
    shown = [region for region in REGIONS if region.slug in hrefs]
    height = _label_top(len(shown)) - _GAP + 2
    height = max(height, _FIGURE_TOP + 706 * _SCALE)
    place = {
        side: f"translate({number(x)} {number(_FIGURE_TOP)})scale({_SCALE})"
        for side, x in (("front", _FRONT_X), ("back", _BACK_X))
    }
    defs = tag("path", {"id": f"{prefix}-body", "d": BODY_PATH})
    for side, where in place.items():
        use = tag("use", {"href": f"#{prefix}-body", "transform": where})
        defs += tag("clipPath", {"id": f"{prefix}-{side}"}, use)
    figures, outlines = "", ""
    for side, creases in (("front", FRONT_CREASES_PATH), ("back", BACK_CREASES_PATH)):
        ground = {"class": "ir-skin", "fill": palette.SKIN, "transform": place[side]}
        figures += tag("use", {"href": f"#{prefix}-body", **ground})
        outlines += tag(
            "g",
            {"transform": place[side], "stroke_width": 1.9, "pointer_events": "none"},
            tag("path", {"class": "ir-crease", "d": creases, "stroke": palette.CREASE}),
            tag(
                "use",
                {"class": "ir-skin-edge", "href": f"#{prefix}-body", "stroke": palette.SKIN_EDGE},
            ),
        )
    names = {}
    for region in shown:
        count = (counts or {}).get(region.slug)
        noun = "procedure" if count == 1 else "procedures"
        names[region.slug] = region.label + (f": {count} {noun}" if count is not None else "")
    links = "".join(
        _link(prefix, index, region, hrefs[region.slug], names[region.slug], region.slug == current)
        for index, region in enumerate(shown)
    )
    labels = [region.label.lower() for region in shown]
    description = (
        "A person from the front on the left, and from behind on the right, with a link for "
        f"each part of the body: {joined(labels)}."
    )
    quiet = {"class": "ir-quiet-ink", "fill": palette.QUIET_INK, "font_size": 14}
    captions = tag(
        "g",
        {**quiet, "text_anchor": "middle"},
        text_line("Front", _FRONT_X, 15),
        text_line("Back", _BACK_X, 15),
    )
    ink = {"class": "ir-ink", "fill": palette.INK, "font_size": 15, "text_anchor": "middle"}
    svg = tag(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(WIDTH)} {number(height)}",
            "class": "ir-picture ir-body-map",
            "role": "group",
            "aria_labelledby": f"{prefix}-title {prefix}-desc",
            "font_family": "Frutiger W01,Arial,sans-serif",
            "fill": "none",
        },
        tag("title", {"id": f"{prefix}-title"}, words(title)),
        tag("desc", {"id": f"{prefix}-desc"}, words(description)),
        tag("defs", {}, defs),
        captions,
        figures,
        tag("g", ink, links),
        outlines,
        _leaders(shown),
    )
    told = (description, *(f"{name}." for name in names.values()))
    return Picture(svg, told, WIDTH, height)
