"""Step by step: a frame for each step, drawn from the same anatomy, with the instrument placed.

On the left of a frame is the part of the body where the step happens, with the way gone so far;
on the right, through a lens, a close-up of the instrument in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from procedures.pictures import anatomy, palette
from procedures.pictures.entry_and_target import Entry, entry_side
from procedures.pictures.geometry import Box, Point, box_of_boxes, box_round, number
from procedures.pictures.instruments import INSTRUMENT_WORDS
from procedures.pictures.lens import close_up, setting_of
from procedures.pictures.lettering import text_line
from procedures.pictures.markup import Picture, checked_id, drawing, joined, sentence, tag
from procedures.pictures.parts import Part, UnknownPart, part
from procedures.pictures.routes import Route, View, find_route, usual_view
from procedures.pictures.strokes import RADIUS

Place = Literal["body", "hand", "entry", "way", "target"]

WIDTH = 288.0
HEIGHT = 196.0
_WINDOW = 140.0
_WINDOW_WIDE = 284.0
_LENS: Point = (214.0, 98.0)
_LENS_RADIUS = 68.0
# The back of the person's right hand, where a cannula usually goes.
_HAND: Point = (-101.0, 384.0)


@dataclass(frozen=True)
class Step:
    """One step as a frame.

    ``text`` is the sentence that stands beside the frame. ``instrument`` is a slug of
    ``INSTRUMENT_SLUGS``. ``at`` says where it is by now: ``body`` (before anything is put in),
    ``hand`` (a cannula), ``entry`` (at the skin), ``way`` (half-way) or ``target`` (at the part).
    """

    text: str
    instrument: str = "none"
    at: Place = "body"


def _gone(route: Route, at: Place) -> Route | None:
    """The part of the way that has been gone when the step happens."""
    if at == "target":
        return route
    if at == "way" and len(route.points) == 2:
        (x, y), (end_x, end_y) = route.points
        return Route(route.via, ((x, y), ((x + end_x) / 2, (y + end_y) / 2)), 1)
    if at == "way":
        count = max(2, len(route.points) * 3 // 5)
        return Route(route.via, route.points[:count], min(route.straight, count - 1), route.passes)
    return None


def _spot(route: Route, at: Place, parts: Sequence[Part]) -> Point:
    if at == "hand":
        return _HAND
    if at == "entry":
        return route.points[0]
    gone = _gone(route, at)
    if gone is None or (at == "target" and parts[0].branches):
        return parts[0].anchor
    return gone.points[-1]


def _course(route: Route, at: Place) -> str:
    """What the instrument lies in by now: an artery, a vein or a duct."""
    if route.via in ("artery", "vein"):
        return route.via
    return "duct"


def _inside(route: Route, at: Place) -> bool:
    """Whether by now the instrument is inside a vessel or duct, and not only in the flesh."""
    if at not in ("way", "target"):
        return False
    return route.via != "skin" or bool(route.passes)


def _window(needed: Box, spot: Point, width: float) -> tuple[Box, float]:
    """The stretch of body that is shown, and pixels a unit: close by, or all that is needed."""
    scale = min(width / max(needed.width + 30, 80), (HEIGHT - 6) / max(needed.height + 36, 100))
    scale = min(scale, 1.6)
    wide, tall = width / scale, (HEIGHT - 6) / scale
    x = spot[0] if needed.width + 30 < wide * 0.5 else needed.centre[0]
    y = spot[1] if needed.height + 36 < tall * 0.5 else needed.centre[1]
    x = max(min(x, 126 - wide / 2), wide / 2 - 126) if wide < 252 else 0
    y = max(min(y, 708 - tall / 2), tall / 2 - 6)
    return Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2), scale


def _lens(prefix: str, spot: Point, content: str, joined_up: bool) -> str:
    """The lens: a ring round the close-up, joined to the spot where that is what it enlarges."""
    x, y = _LENS
    dx, dy = x - spot[0], y - spot[1]
    away = max((dx * dx + dy * dy) ** 0.5, 1.0)
    across = (-dy / away * _LENS_RADIUS, dx / away * _LENS_RADIUS)
    cone = (
        f"M{number(spot[0])} {number(spot[1])}L{number(x + across[0])} {number(y + across[1])}"
        f"M{number(spot[0])} {number(spot[1])}L{number(x - across[0])} {number(y - across[1])}"
    )
    ring = {"cx": x, "cy": y, "r": _LENS_RADIUS}
    scale = f"{_LENS_RADIUS / RADIUS:.2f}"
    lines = tag(
        "path", {"class": "ir-casing", "d": cone, "stroke": palette.PAPER, "stroke_width": 3}
    )
    lines += tag("path", {"class": "ir-leader", "d": cone, "stroke": palette.INK})
    return (
        (lines if joined_up else "")
        + tag("circle", {**ring, "class": "ir-paper", "fill": palette.PAPER})
        + tag(
            "g",
            {"clip_path": f"url(#{prefix}-lens)"},
            tag("g", {"transform": f"translate({number(x)} {number(y)})scale({scale})"}, content),
        )
        + tag("circle", {**ring, "class": "ir-leader", "stroke": palette.INK, "stroke_width": 2})
    )


def _number_badge(index: int) -> str:
    return tag(
        "circle",
        {"class": "ir-badge-step", "cx": 15, "cy": 15, "r": 14, "fill": palette.INK},
    ) + tag(
        "g",
        {
            "class": "ir-badge-entry-ink",
            "fill": palette.PAPER,
            "font_size": 16,
            "font_weight": "bold",
            "text_anchor": "middle",
        },
        text_line(str(index), 15, 20.6),
    )


def _frame(
    prefix: str, index: int, step: Step, route: Route, parts: Sequence[Part], view: View
) -> tuple[str, Point, bool]:
    """The window on the body; returns its markup, where the spot falls, and whether a lens
    belongs beside it."""
    with_lens = step.instrument != "none"
    # The back of the hand is seen from behind: in front the palms face the reader.
    seen: View = "back" if step.at == "hand" else view
    width = _WINDOW if with_lens else _WINDOW_WIDE
    spot = _spot(route, step.at, parts)
    gone = _gone(route, step.at)
    boxes = [box_round([spot])]
    if step.at in ("entry", "body"):
        boxes += [target.box for target in parts] if step.at == "body" else []
    elif gone is not None:
        boxes += [box_round(gone.points)]
    if gone is not None and step.at == "target":
        boxes += [target.box for target in parts]
    needed = box_of_boxes(boxes)
    box, scale = _window(needed, spot, width)
    if seen == "back":
        box = Box(-box.right, box.top, -box.left, box.bottom)
    real = Box(-box.right, box.top, -box.left, box.bottom) if seen == "back" else box
    courses = {route.via} & {"artery", "vein"} if step.at not in ("body", "hand") else set()
    lit = [name for target in parts for name in target.organs]
    layers = [
        anatomy.body(seen),
        anatomy.quiet_spine(real) if seen == "front" else "",
        anatomy.quiet_organs(seen, real, lit),
        anatomy.quiet_spine(real) if seen == "back" else "",
        anatomy.quiet_vessels(courses, real),
        *(
            anatomy.lit_part(prefix, target)
            for target in parts
            if target.box.meets(real) and step.at != "hand"
        ),
    ]
    if gone is not None:
        layers.append(anatomy.route_lines([gone], scale))
    if step.at in ("entry", "way", "target"):
        layers.append(anatomy.entry_mark(route.points[0], scale))
    if step.at == "hand":
        layers.append(anatomy.entry_mark(spot, scale))
    drawn = "".join(layers)
    markup = tag(
        "svg",
        {
            "x": 2,
            "y": 3,
            "width": width,
            "height": HEIGHT - 6,
            "viewBox": " ".join(number(n) for n in (box.left, box.top, box.width, box.height)),
            "overflow": "hidden",
        },
        tag("g", {"transform": "scale(-1 1)"}, drawn) if seen == "back" else drawn,
    )
    markup += tag(
        "rect",
        {
            "class": "ir-window",
            "x": 2,
            "y": 3,
            "width": width,
            "height": HEIGHT - 6,
            "rx": 3,
            "stroke": palette.SKIN_EDGE,
            "stroke_width": 1.5,
        },
    )
    x = -spot[0] if seen == "back" else spot[0]
    return markup, (2 + (x - box.left) * scale, 3 + (spot[1] - box.top) * scale), with_lens


def _told(step: Step, entry: Entry, side_name: str, parts: Sequence[Part]) -> str:
    what = INSTRUMENT_WORDS[step.instrument]
    names = joined([target.name for target in parts])
    first = parts[0].name
    if step.instrument == "none":
        return sentence(f"The picture shows your {names}, lit up in the body")
    where = {
        "body": f"The part lit up is your {names}",
        "hand": "It is in the back of your hand",
        "entry": f"It is at your {side_name}, where we go in",
        "way": f"It is on its way from your {side_name} to your {first}",
        "target": f"It is at your {first}",
    }[step.at]
    if step.instrument == "scanner":
        where = f"The part lit up is your {names}"
    return sentence(f"The picture shows {what}") + " " + sentence(where)


def step_frames(
    prefix: str,
    steps: Sequence[Step],
    entry: Entry | str,
    targets: Sequence[str],
    *,
    narrowed: bool = False,
    view: View | None = None,
) -> list[Picture]:
    """Draw one frame for each step, all from the same entry point and parts.

    Args:
        prefix: begins every id; each frame adds its number.
        steps: the steps in order.
        entry: the entry point, an ``Entry`` or a slug of ``ENTRY_SLUGS``.
        targets: the parts that are treated; the way drawn is to the first.
        narrowed: whether the vessel or duct is narrow there, as before a balloon or stent.
        view: ``"front"`` or ``"back"``; left out, from behind for a way in through the back.

    Returns:
        A ``Picture`` a step. Its text is the step's own sentence, then what the frame shows.

    Raises:
        UnknownPart: for a slug or instrument that is not drawn.
        ValueError: without any target.
    """
    checked_id(prefix)
    if not targets:
        raise ValueError("The frames need at least one part that is treated.")
    given = entry if isinstance(entry, Entry) else Entry(entry)
    parts = [part(slug) for slug in targets]
    side, sure = entry_side(given, targets)
    route = find_route(given.place, targets[0], given.via, side)[0]
    seen: View = view or usual_view(given.place, targets[0])
    name = given.name(side if sure else None)
    frames = []
    for index, step in enumerate(steps, start=1):
        if step.instrument not in INSTRUMENT_WORDS:
            raise UnknownPart(f"No instrument is drawn for {step.instrument!r}.")
        own = f"{prefix}-{index}"
        window, spot, with_lens = _frame(own, index, step, route, parts, seen)
        lens, clip = "", ""
        if with_lens:
            setting = setting_of(step.instrument, _inside(route, step.at))
            content = close_up(
                own,
                step.instrument,
                setting,
                _course(route, step.at),
                lit=step.at == "target" or step.instrument in ("ultrasound-probe", "bag"),
                narrowed=narrowed and step.at == "target",
            )
            lens = _lens(own, spot, content, step.instrument != "scanner")
            ring = {"cx": _LENS[0], "cy": _LENS[1], "r": _LENS_RADIUS}
            clip = tag("clipPath", {"id": f"{own}-lens"}, tag("circle", ring))
        text = (sentence(step.text), _told(step, given, name, parts))
        svg = drawing(
            own,
            WIDTH,
            HEIGHT,
            f"Step {index}",
            " ".join(text),
            [tag("defs", {}, anatomy.hatching(own), clip), window, lens, _number_badge(index)],
            "ir-step-frame",
        )
        frames.append(Picture(svg, text, WIDTH, HEIGHT, ((str(index), sentence(step.text)),)))
    return frames
