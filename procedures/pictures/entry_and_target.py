"""Where we go in, and where we treat: the body with the way between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from procedures.pictures import anatomy, palette
from procedures.pictures.framing import WIDTH, Frame, frame_for, margin_badges, numbered_key
from procedures.pictures.geometry import Point, box_of_boxes, box_round
from procedures.pictures.lettering import text_line
from procedures.pictures.markup import Picture, checked_id, drawing, joined, sentence, tag
from procedures.pictures.organs import Side
from procedures.pictures.parts import Part, is_pair, part, side_of
from procedures.pictures.routes import (
    Route,
    Via,
    View,
    entry_place,
    find_route,
    sure_side,
    usual_view,
)

Purpose = Literal["treat", "look", "sample", "drain", "numb", "tip"]

_TOP = 24.0
# What is done there: the words of the key, and the sentence of the text alternative.
_PURPOSES: dict[str, tuple[str, str]] = {
    "treat": ("what we treat", "We treat your {}"),
    "look": ("what we look at", "We look at your {}"),
    "sample": ("where we take the sample", "We take a small sample from your {}"),
    "drain": ("what we drain", "We drain your {}"),
    "numb": ("where the medicine goes", "We put medicine at your {}"),
    "tip": ("where the tip lies", "The tip lies in your {}"),
}
_VIA_WORDS = {
    "artery": "along your arteries",
    "vein": "along your veins",
    "opening": "along the natural passages of your body, with no cut in your skin",
    "skin": "straight in through your skin",
    "duct": "on along the tubes inside you",
}
# Landmarks worth naming on the way, by the branches that run through them.
_LANDMARKS: tuple[tuple[str, str], ...] = (
    ("artery:aorta", "the main artery (aorta)"),
    ("vein:ivc", "the large vein of the tummy (inferior vena cava)"),
    ("vein:svc", "the large vein above the heart (superior vena cava)"),
    ("vein:right-heart", "the right side of the heart"),
    ("gut:gullet", "the food pipe"),
    ("gut:stomach", "the stomach"),
    ("duct:bile-main", "the bile duct"),
    ("duct:ureter", "the ureter"),
)
_FACING = {
    "front": "The body faces you, so your right side is on the left of the picture.",
    "back": "The body is seen from behind, so your right side is on the right of the picture.",
}


@dataclass(frozen=True)
class Entry:
    """Where a needle or tube goes in.

    ``place`` is one of ``ENTRY_SLUGS``. ``side`` is the person's own right or left; left out, the
    drawing shows one side and the words say that it may be the other. ``via`` is ``"artery"``,
    ``"vein"``, ``"skin"`` or ``"opening"``; left out, the usual one for that place and part.
    """

    place: str
    side: Side | None = None
    via: Via | None = None

    @property
    def paired(self) -> bool:
        return entry_place(self.place).paired

    def name(self, side: Side | None) -> str:
        """As it follows "your": "right groin (top of the leg)"."""
        return entry_place(self.place).name.format(side=side or "right or left")


@dataclass(frozen=True)
class _Way:
    """An entry point with the side that is drawn, whether that is sure, and its routes."""

    entry: Entry
    side: Side
    sure: bool
    routes: tuple[Route, ...]

    @property
    def name(self) -> str:
        return self.entry.name(self.side if self.sure else None)

    @property
    def told(self) -> list[str]:
        told = [sentence(f"We go in at your {self.name}")]
        if self.entry.paired and not self.sure:
            told.append(f"The picture shows the {self.side} side.")
        return told


def entry_side(entry: Entry, targets: Sequence[str]) -> tuple[Side, bool]:
    """The side of the entry point that is drawn, and whether that side is sure."""
    sure = entry.side or next(
        (side for side in (sure_side(entry.place, slug, entry.via) for slug in targets) if side),
        None,
    )
    of_part = next((side for side in map(side_of, targets) if side), None)
    return sure or of_part or "right", sure is not None  # type: ignore[return-value]


def _way(entry: Entry, targets: Sequence[str]) -> _Way:
    shown, sure = entry_side(entry, targets)
    routes: list[Route] = []
    for slug in targets:
        for route in find_route(entry.place, slug, entry.via, shown):
            # One hole in the skin, however many parts are reached from it.
            if routes and route.via == "skin":
                route = Route("skin", (routes[0].points[0], *route.points[1:]), 1, route.passes)
            routes.append(route)
    return _Way(entry, shown, sure, tuple(routes))


def _course_of(route: Route) -> str:
    """The way in words, with the landmarks it passes."""
    text = _VIA_WORDS[route.via]
    if route.via == "skin" and route.passes:
        text += ", then " + _VIA_WORDS["duct"]
    if route.via != "skin" and route.straight:
        text = "a short way under the skin, then " + text
    passed = dict.fromkeys(
        name for branch in route.passes for prefix, name in _LANDMARKS if branch.startswith(prefix)
    )
    return text + (f", by {joined(list(passed))}" if passed else "")


def _looks_of(route: Route) -> list[str]:
    """The kinds of line that draw this route, for the key."""
    if route.via == "skin":
        return ["skin", "duct"] if route.passes else ["skin"]
    return ["skin", route.via] if route.straight else [route.via]


def _text(ways: Sequence[_Way], parts: Sequence[Part], view: View, purpose: Purpose) -> list[str]:
    told = [_FACING[view]]
    for index, way in enumerate(ways):
        # The same place on the other side is a second way in; another place is a choice.
        again = any(way.entry.place == other.entry.place for other in ways[:index])
        first = "We go in" if not index else "We also go in" if again else "Or we go in"
        told += [line.replace("We go in", first) for line in way.told]
    for target in parts:
        told.append(sentence(_PURPOSES[purpose][1].format(f"{target.name}, {target.where}")))
        one = ways and is_pair(target.slug) and ways[0].routes[0].via == "skin"
        if one and not ways[0].entry.paired:
            told.append(f"The picture shows the way to the {ways[0].side} one.")
    for course in dict.fromkeys(_course_of(route) for way in ways for route in way.routes):
        told.append(sentence(f"The way there runs {course}"))
    return told


def _body(
    prefix: str, frame: Frame, view: View, ways: Sequence[_Way], parts: Sequence[Part]
) -> str:
    """The anatomy itself, clipped to the frame."""
    box, scale = frame.box, frame.scale
    routes = [route for way in ways for route in way.routes]
    courses = {route.via for route in routes} | {
        line.course for target in parts for line in target.lines
    }
    lit = [name for target in parts for name in target.organs]
    layers = [
        anatomy.body(view),
        anatomy.quiet_spine(box) if view == "front" else "",
        anatomy.quiet_organs(view, box, lit),
        anatomy.quiet_spine(box) if view == "back" else "",
        anatomy.quiet_vessels(courses & {"artery", "vein"}, box),
        *(anatomy.lit_part(prefix, target) for target in parts),
        anatomy.route_lines(routes, scale),
        *(
            anatomy.entry_mark(point, scale)
            for point in dict.fromkeys(route.points[0] for route in routes)
        ),
    ]
    return frame.window(_TOP, *layers, mirrored=view == "back")


def entry_and_target(
    prefix: str,
    entries: Sequence[Entry | str],
    targets: Sequence[str],
    *,
    purpose: Purpose = "treat",
    title: str = "Where we go in, and where we treat",
    view: View | None = None,
    key: bool = True,
) -> Picture:
    """Draw the body with the entry points, the parts treated, and the way from one to the other.

    Args:
        prefix: begins every id, so that several drawings can share a page.
        entries: the entry points (``Entry``, or a slug of ``ENTRY_SLUGS``). With two or more, the
            words say that it is one or the other, as with "wrist or groin"; the same place on
            both sides means both.
        targets: slugs of ``PART_SLUGS``, at least one.
        purpose: what is done to the part; it sets the words.
        title: the drawing's title.
        view: ``"front"`` or ``"back"``; left out, from behind for a way in through the back.
        key: whether the words that belong to the numbers stand under the drawing. A page that
            prints ``Picture.key`` as a list beside the drawing leaves them out.

    Raises:
        UnknownPart: for a slug that is not drawn, or a way that does not exist.
        ValueError: without any target, or for a prefix that cannot begin an id.
    """
    checked_id(prefix)
    if not targets:
        raise ValueError("A drawing of where we treat needs at least one part.")
    given = [entry if isinstance(entry, Entry) else Entry(entry) for entry in entries]
    parts = [part(slug) for slug in targets]
    seen_from: View = view or usual_view(given[0].place if given else "", targets[0])
    ways = [_way(entry, targets) for entry in given]
    boxes = [target.box for target in parts]
    boxes += [box_round(route.points) for way in ways for route in way.routes]
    frame = frame_for(box_of_boxes(boxes))

    rows: list[tuple[str, str, bool]] = []
    anchors: list[tuple[str, Point, bool]] = []

    def add(text: str, point: Point, entry: bool) -> None:
        label = str(len(rows) + 1)
        rows.append((label, sentence(text).rstrip("."), entry))
        anchors.append((label, frame.placed(point, _TOP, seen_from == "back"), entry))

    for way in ways:
        add(f"{way.name}: where we go in", way.routes[0].points[0], True)
    for target in parts:
        add(f"{target.name}: {_PURPOSES[purpose][0]}", target.anchor, False)

    right, left = "Your right", "Your left"
    ends = (right, left) if seen_from == "front" else (left, right)
    bottom = _TOP + frame.height
    looks = dict.fromkeys(look for way in ways for route in way.routes for look in _looks_of(route))
    drawn_key, end = numbered_key(rows, list(looks), bottom + 12) if key else ("", bottom + 4)
    told = _text(ways, parts, seen_from, purpose)
    sides = tag(
        "g",
        {"class": "ir-quiet-ink", "fill": palette.QUIET_INK, "font_size": 14},
        text_line(ends[0], 2, 15),
        text_line(ends[1], WIDTH - 2, 15, anchor="end"),
    )
    svg = drawing(
        prefix,
        WIDTH,
        end,
        title,
        " ".join(told),
        [
            tag("defs", {}, anatomy.hatching(prefix)),
            sides,
            _body(prefix, frame, seen_from, ways, parts),
            margin_badges(anchors, _TOP, bottom),
            drawn_key,
        ],
        "ir-entry-and-target",
    )
    return Picture(svg, tuple(told), WIDTH, end, tuple((label, text) for label, text, _ in rows))
