"""Drawing the anatomy: the quiet body, the organs behind, and the parts lit up on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from procedures.pictures import palette
from procedures.pictures.figure import BACK_CREASES_PATH, BODY_PATH, FRONT_CREASES_PATH
from procedures.pictures.geometry import Box, Point, number, smooth_path
from procedures.pictures.markup import tag
from procedures.pictures.organs import INNER_LINES, ORGANS, SPINE_PARTS, Shape
from procedures.pictures.parts import NETWORK, Part
from procedures.pictures.routes import Route, View
from procedures.pictures.vessels import Branch

# What is always there, quietly, so that a lit part has neighbours. Deepest first.
_FRONT_CONTEXT = (
    "lung-right", "lung-left", "kidney-right", "kidney-left", "heart", "stomach", "liver",
    "bladder",
)  # fmt: skip
_BACK_CONTEXT = ("lung-right", "lung-left", "kidney-right", "kidney-left")
# Path, box, width and dashes of the bones of the neck, chest, lower back, and the sacrum.
_QUIET_SPINE = (
    ("M0 72v44", Box(-5, 72, 5, 116), 10, "5 1.3"),
    ("M0 116v114", Box(-6, 116, 6, 230), 12, "8 1.5"),
    ("M0 230v75", Box(-7, 230, 7, 305), 15, "13 1.8"),
    ("M0 305v19", Box(-9, 305, 9, 324), 18, None),
    ("M0 324v18", Box(-5, 324, 5, 342), 9, None),
)
_COURSE_COLOURS = {
    "artery": (palette.ARTERY, palette.ARTERY_FAINT),
    "vein": (palette.VEIN, palette.VEIN_FAINT),
    "through": (palette.VEIN, palette.VEIN_FAINT),
    "duct": (palette.DUCT, palette.DUCT_FAINT),
    "gut": (palette.DUCT, palette.DUCT_FAINT),
}
# How each way is drawn: the colour, the dashes that tell it apart without colour, its class.
ROUTE_LOOKS: dict[str, tuple[str, str | None, str]] = {
    "artery": (palette.ARTERY, None, "ir-artery"),
    "vein": (palette.VEIN, "6 3", "ir-vein"),
    "opening": (palette.DUCT, "2 2.5", "ir-duct"),
    "skin": (palette.MARK, "0.1 3.6", "ir-mark"),
    "duct": (palette.DUCT, "2 2.5", "ir-duct"),
}


def body(view: View) -> str:
    """The outline of the body with its few creases."""
    creases = FRONT_CREASES_PATH if view == "front" else BACK_CREASES_PATH
    return tag(
        "path",
        {
            "class": "ir-skin",
            "d": BODY_PATH,
            "fill": palette.SKIN,
            "stroke": palette.SKIN_EDGE,
            "stroke_width": 1.5,
        },
    ) + tag(
        "path",
        {"class": "ir-crease", "d": creases, "stroke": palette.CREASE, "stroke_linecap": "round"},
    )


def _lines(shapes: Iterable[Shape], within: Box) -> dict[float, str]:
    """Paths of the tube-like shapes, joined by width."""
    by_width: dict[float, str] = {}
    for shape in shapes:
        if shape.width and shape.box.meets(within):
            by_width[shape.width] = by_width.get(shape.width, "") + shape.path
    return by_width


def quiet_spine(within: Box) -> str:
    """The spine in the background, as a column of pale blocks."""
    drawn = ""
    for path, box, width, dashes in _QUIET_SPINE:
        if box.meets(within):
            drawn += tag("path", {"d": path, "stroke_width": width, "stroke_dasharray": dashes})
    look = {"class": "ir-spine", "stroke": palette.SPINE}
    return tag("g", look, drawn) if drawn else ""


def quiet_organs(view: View, within: Box, without: Sequence[str] = ()) -> str:
    """The organs of the background that fall inside the picture and are not lit."""
    names = [
        name
        for name in (_FRONT_CONTEXT if view == "front" else _BACK_CONTEXT)
        if name not in without and any(shape.box.meets(within) for shape in ORGANS[name])
    ]
    inside = "".join(
        tag("path", {"d": "".join(smooth_path(shape.knots, True) for shape in ORGANS[name])})
        for name in names
    )
    if not inside:
        return ""
    look = {
        "class": "ir-organ",
        "fill": palette.ORGAN,
        "stroke": palette.ORGAN_EDGE,
        "stroke_width": 0.9,
    }
    return tag("g", look, inside)


def quiet_vessels(courses: set[str], within: Box) -> str:
    """The vessels of the given kinds in the background, one path for each kind and width."""
    paths: dict[tuple[str, float], str] = {}
    for branch in NETWORK.values():
        if branch.course in courses and branch.box.meets(within):
            width = max(1.5, float(round(branch.width * 0.7)))
            key = (branch.course, width)
            paths[key] = paths.get(key, "") + smooth_path(branch.points)
    drawn = "".join(
        tag(
            "path",
            {
                "class": f"ir-{course}-faint",
                "d": path,
                "stroke": _COURSE_COLOURS[course][1],
                "stroke_width": width,
            },
        )
        for (course, width), path in sorted(
            paths.items(), key=lambda item: (item[0][0] == "artery", item[0][1])
        )
    )
    return tag("g", {"stroke_linecap": "round"}, drawn) if drawn else ""


def hatching(prefix: str, turn: int = 45) -> str:
    """The pattern of a lit part: its colour, and lines that show on a black and white print."""
    return tag(
        "pattern",
        {
            "id": f"{prefix}-lit",
            "width": 4,
            "height": 4,
            "patternUnits": "userSpaceOnUse",
            "patternTransform": f"rotate({turn})",
        },
        tag("path", {"class": "ir-lit-ground", "fill": palette.LIT, "d": "M0 0h4v4h-4z"}),
        tag(
            "path",
            {
                "class": "ir-lit-lines",
                "stroke": palette.LIT_LINES,
                "stroke_width": 1,
                "d": "M1 0v4",
            },
        ),
    )


def _lit_branches(branches: Sequence[Branch]) -> str:
    drawn = ""
    for edge in (True, False):
        for branch in branches:
            width = max(branch.width, 3)
            drawn += tag(
                "path",
                {
                    "class": "ir-lit-edge" if edge else "ir-lit-core",
                    "d": branch.path,
                    "stroke": palette.LIT_EDGE if edge else palette.LIT,
                    "stroke_width": width + (2.4 if edge else 0),
                    "stroke_linecap": "round",
                },
            )
    return drawn


def lit_part(prefix: str, part: Part) -> str:
    """One part lit up: hatched and dark-edged outlines, or a dark-edged line for a vessel."""
    outlines = "".join(shape.path for shape in part.shapes if not shape.width)
    outlines += "".join(SPINE_PARTS[name][0] for name in part.spine)
    drawn = _lit_branches([Branch("gut", s.width, s.knots) for s in part.shapes if s.width])  # type: ignore[arg-type]
    drawn += _lit_branches(part.lines)
    if outlines:
        drawn += tag(
            "path",
            {
                "class": "ir-lit-shape",
                "d": outlines,
                "fill": f"url(#{prefix}-lit)",
                "stroke": palette.LIT_EDGE,
                "stroke_width": 0.9 if part.spine else 1.6,
                "stroke_linejoin": "round",
            },
        )
    inner = "".join(
        smooth_path(line, decimals=1) for name in part.organs for line in INNER_LINES.get(name, ())
    )
    if inner:
        drawn += tag(
            "path",
            {
                "class": "ir-lit-inner",
                "d": inner,
                "stroke": palette.LIT_EDGE,
                "stroke_width": 0.8,
                "stroke_linecap": "round",
            },
        )
    return tag("g", {"data_part": part.slug}, drawn)


def _arrow_head(before: Point, tip: Point, size: float) -> str:
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = max((dx * dx + dy * dy) ** 0.5, 0.01)
    ux, uy = dx / length, dy / length
    base = (tip[0] - ux * size, tip[1] - uy * size)
    half = size * 0.55
    points = [
        tip,
        (base[0] - uy * half, base[1] + ux * half),
        (base[0] + uy * half, base[1] - ux * half),
    ]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"


def dash_lengths(dashes: str | None, size: float) -> str | None:
    """The dashes of a look, for a line drawn at the given size of one pixel."""
    if not dashes:
        return None
    return " ".join(number(float(length) * size * 1.5) for length in dashes.split())


def _stretches(routes: Sequence[Route]) -> list[tuple[str, tuple[Point, ...], bool]]:
    """The routes as stretches of one look each, shared stretches once only.

    Each is its look, its points, and whether it ends at the part, where the arrow head goes.
    """
    seen: set[tuple[Point, Point]] = set()
    found: list[tuple[str, tuple[Point, ...], bool]] = []
    for route in routes:
        run: list[Point] = []
        run_look = ""
        last = len(route.points) - 2
        for index, (a, b) in enumerate(pairwise(route.points)):
            look = (
                "skin" if index < route.straight else "duct" if route.via == "skin" else route.via
            )
            known = (a, b) in seen or (b, a) in seen
            if run and (known or look != run_look):
                found.append((run_look, tuple(run), False))
                run = []
            if not known:
                run = run or [a]
                run_look = look
                run.append(b)
                if index == last:
                    found.append((look, tuple(run), True))
            seen.add((a, b))
    return found


def route_lines(routes: Sequence[Route], scale: float) -> str:
    """The ways in, as cased lines that end in arrow heads; ``scale`` is pixels a unit."""
    drawn, casing, heads = "", "", ""
    size = 1 / scale
    for look, points, at_end in _stretches(routes):
        colour, dashes, css_class = ROUTE_LOOKS[look]
        path = smooth_path(points, decimals=1)
        casing += path
        drawn += tag(
            "path",
            {
                "class": css_class,
                "d": path,
                "stroke": colour,
                "stroke_dasharray": dash_lengths(dashes, size),
                "stroke_linecap": "round" if look in ("artery", "skin") else None,
            },
        )
        if at_end:
            head = _arrow_head(points[-2], points[-1], 11 * size)
            heads += tag("path", {"class": f"{css_class}-fill", "d": head, "fill": colour})
    if not casing:
        return ""
    edge = {"class": "ir-casing", "stroke": palette.PAPER}
    return (
        tag(
            "path",
            {**edge, "d": casing, "stroke_width": round(6 * size, 2), "stroke_linecap": "round"},
        )
        + tag("g", {"stroke_width": round(3.4 * size, 2), "stroke_linejoin": "round"}, drawn)
        + (tag("g", {**edge, "stroke_width": round(size, 2)}, heads) if heads else "")
    )


def entry_mark(point: Point, scale: float) -> str:
    """A ringed target on the skin, the same everywhere."""
    size = 1 / scale
    ring = {"cx": point[0], "cy": point[1]}
    return tag(
        "circle",
        {
            **ring,
            "r": 8.5 * size,
            "class": "ir-entry-ring",
            "fill": palette.PAPER,
            "stroke": palette.MARK,
            "stroke_width": 2.6 * size,
        },
    ) + tag("circle", {**ring, "r": 3.6 * size, "class": "ir-mark-fill", "fill": palette.MARK})
