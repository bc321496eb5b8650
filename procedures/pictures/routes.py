"""From the skin to the part that is treated: which way the tube or needle goes.

Arteries, veins, ducts and the gut are followed along the network of ``vessels`` by the shortest
way; where a needle goes through the skin the path is straight, and then on along a duct where the
part is a duct.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from procedures.pictures.geometry import Point, length_along
from procedures.pictures.organs import Side
from procedures.pictures.parts import NETWORK, UnknownPart, is_pair, one_of, part, side_of

Via = Literal["artery", "vein", "skin", "opening"]
View = Literal["front", "back"]


@dataclass(frozen=True)
class EntryPlace:
    """A place on the body where a needle or tube goes in.

    ``name`` follows "your" (``{side}`` is filled in where the place has two sides). The points
    are for the left side; each lies on the network, save ``skin``, which is worked out where it
    is ``None`` from what is treated.
    """

    slug: str
    name: str
    paired: bool
    default: Via
    artery: Point | None = None
    vein: Point | None = None
    opening: Point | None = None
    skin: Point | None = None


# fmt: off
ENTRY_PLACES: dict[str, EntryPlace] = {
    place.slug: place
    for place in (
        EntryPlace("wrist", "{side} wrist", True, "artery", artery=(101, 352), vein=(99, 346), skin=(99, 350)),
        EntryPlace("forearm", "{side} forearm", True, "vein", artery=(95, 288), vein=(86, 296), skin=(92, 300)),
        EntryPlace("elbow", "{side} elbow crease", True, "vein", artery=(87, 262), vein=(79, 260), skin=(84, 262)),
        EntryPlace("upper-arm", "{side} upper arm", True, "vein", artery=(80, 215), vein=(74, 210), skin=(79, 212)),
        EntryPlace("groin", "{side} groin (top of the leg)", True, "artery", artery=(34, 354), vein=(28, 356), skin=(31, 352)),
        EntryPlace("neck", "neck, on the {side}", True, "vein", artery=(12, 92), vein=(15, 98), skin=(14, 100)),
        EntryPlace("chest", "chest, on the {side}", True, "skin", vein=(16, 112), skin=(40, 158)),
        EntryPlace("back", "back", False, "skin"),
        EntryPlace("side", "{side} side", True, "skin"),
        EntryPlace("tummy", "tummy", False, "skin"),
        EntryPlace("pelvis", "lower tummy", False, "skin"),
        EntryPlace("leg", "{side} lower leg", True, "vein", artery=(41, 600), vein=(34, 620), skin=(36, 600)),
        EntryPlace("knee-back", "{side} knee, at the back", True, "vein", artery=(34, 512), vein=(31, 514), skin=(33, 513)),
        EntryPlace("mouth", "mouth", False, "opening", opening=(0, 74)),
        EntryPlace("nose", "nose", False, "opening", opening=(0, 61)),
        EntryPlace("bottom", "bottom (back passage)", False, "opening", opening=(0, 376)),
        EntryPlace("water-pipe", "water pipe (urethra)", False, "opening", opening=(0, 379)),
        EntryPlace("existing-tube", "tube that is already in place", False, "skin"),
    )
}
# fmt: on

ENTRY_SLUGS: tuple[str, ...] = tuple(ENTRY_PLACES)

# Parts that are reached along a named branch of the network that is not their own.
# fmt: off
_ARTERY_TO: dict[str, tuple[str, ...]] = {
    "brain": ("artery:brain-left",),
    "lung": ("artery:bronchial",), "lung-right": ("artery:bronchial",), "lung-left": ("artery:bronchial",),
    "liver": ("artery:hepatic",), "gallbladder": ("artery:hepatic",), "bile-duct": ("artery:hepatic",),
    "stomach": ("artery:stomach",), "duodenum": ("artery:hepatic",), "pancreas": ("artery:splenic",),
    "spleen": ("artery:splenic",),
    "small-bowel": ("artery:upper-bowel",), "large-bowel": ("artery:lower-bowel",),
    "kidney": ("artery:renal-right", "artery:renal-left"),
    "kidney-right": ("artery:renal-right",), "kidney-left": ("artery:renal-left",),
    "bladder": ("artery:inner-iliac-left",),
    "womb": ("artery:womb-right", "artery:womb-left"),
    "prostate": ("artery:prostate-right", "artery:prostate-left"),
    "leg": ("artery:femoral-left",), "leg-right": ("artery:femoral-right",), "leg-left": ("artery:femoral-left",),
    "arm": ("artery:arm-left",), "arm-right": ("artery:arm-right",), "arm-left": ("artery:arm-left",),
}
# fmt: on

# fmt: off
_VEIN_TO: dict[str, tuple[str, ...]] = {
    "heart": ("vein:svc",),
    "lung": ("vein:lung-artery-right", "vein:lung-artery-left"),
    "lung-right": ("vein:lung-artery-right",), "lung-left": ("vein:lung-artery-left",),
    "liver": ("vein:hepatic-vein",),
    "kidney-right": ("vein:kidney-vein-right",), "kidney-left": ("vein:kidney-vein-left",),
    "testicle-right": ("vein:testicle-vein-right",), "testicle-left": ("vein:testicle-vein-left",),
    "testicle": ("vein:testicle-vein-right", "vein:testicle-vein-left"),
    "ovary-right": ("vein:gonad-vein-right",), "ovary-left": ("vein:gonad-vein-left",),
    "ovary": ("vein:gonad-vein-right", "vein:gonad-vein-left"),
    "womb": ("vein:inner-iliac-vein-right", "vein:inner-iliac-vein-left"),
    "leg-right": ("vein:femoral-vein-right",), "leg-left": ("vein:femoral-vein-left",),
    "arm-right": ("vein:arm-vein-right",), "arm-left": ("vein:arm-vein-left",),
}
# fmt: on

# Goals that are not the far end of a branch: below the kidney veins for a filter, for one.
_GOAL_POINTS: dict[tuple[str, str], tuple[Point, ...]] = {
    ("vein", "ivc"): ((-7, 256),),
    ("artery", "aorta"): ((5, 241),),
    ("vein", "tips-channel"): ((-9, 229),),
    ("vein", "portal-vein"): ((-9, 229),),
    # From the needle towards the heart, the way the blood goes.
    ("vein", "fistula-left"): ((79, 260),),
    ("vein", "fistula-right"): ((-79, 260),),
    ("opening", "gullet"): ((1, 175),),
    ("opening", "stomach"): ((20, 239),),
    ("opening", "duodenum"): ((-15, 266),),
    ("opening", "small-bowel"): ((11, 248),),
    ("opening", "large-bowel"): ((36, 316),),
    ("opening", "bile-duct"): ((-10, 217),),
    ("opening", "bladder"): ((2, 358),),
    ("opening", "ureter-left"): ((17, 247),),
    ("opening", "ureter-right"): ((-17, 252),),
    ("opening", "kidney-left"): ((25, 240),),
    ("opening", "kidney-right"): ((-25, 246),),
}
# A needle reaches these first, and the path then follows the duct or vein to its end.
_SKIN_PORTS: dict[str, tuple[Point, Point]] = {
    "bile-duct": ((-30, 204), (-19, 255)),
    "ureter-left": ((25, 240), (8, 350)),
    "ureter-right": ((-25, 246), (-8, 350)),
    "portal-vein": ((-38, 216), (-9, 229)),
}
_COURSES: dict[str, frozenset[str]] = {
    "artery": frozenset({"artery"}),
    "vein": frozenset({"vein", "through"}),
    "opening": frozenset({"gut", "duct"}),
    "skin": frozenset({"duct", "vein"}),
}


@dataclass(frozen=True)
class Route:
    """The way from one entry point to one part.

    ``points`` runs from the skin to the part; the first ``straight`` of its steps are through
    the skin and flesh, and the rest follow a vessel or duct. ``passes`` names the branches used.
    """

    via: Via
    points: tuple[Point, ...]
    straight: int
    passes: tuple[str, ...] = ()


@cache
def _joints(via: Via) -> dict[Point, list[tuple[float, Point, str]]]:
    joints: dict[Point, list[tuple[float, Point, str]]] = {}
    for name, branch in NETWORK.items():
        if branch.course not in _COURSES[via]:
            continue
        for a, b in pairwise(branch.points):
            step = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
            joints.setdefault(a, []).append((step, b, name))
            joints.setdefault(b, []).append((step, a, name))
    return joints


@lru_cache(maxsize=1024)
def way_along(via: Via, start: Point, goal: Point) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """The shortest way along the network from one joint to another, and the branches it uses."""
    joints = _joints(via)
    queue: list[tuple[float, Point, tuple[Point, ...], tuple[str, ...]]] = [
        (0, start, (start,), ())
    ]
    seen: set[Point] = set()
    while queue:
        length, here, points, names = heapq.heappop(queue)
        if here == goal:
            return points, tuple(dict.fromkeys(names))
        if here in seen:
            continue
        seen.add(here)
        for step, there, name in joints.get(here, ()):
            if there not in seen:
                heapq.heappush(queue, (length + step, there, (*points, there), (*names, name)))
    raise UnknownPart(f"No way by {via} from {start} to {goal}.")


def _goals(via: Via, slug: str, side: Side, start: Point) -> tuple[Point, ...]:
    if (via, slug) in _GOAL_POINTS:
        return _GOAL_POINTS[via, slug]
    named = {"artery": _ARTERY_TO, "vein": _VEIN_TO}.get(via, {}).get(slug)
    if named is None:
        ends: dict[str | None, list[Point]] = {}
        for name in part(slug).branches:
            if NETWORK[name].course in _COURSES[via]:
                points = NETWORK[name].points
                ends.setdefault(side_of(name), []).extend((points[0], points[-1]))
        # On each side, on through the whole of the vessel: to the end that is farthest off.
        return tuple(
            max(joints, key=lambda joint: length_along(way_along(via, start, joint)[0]))
            for joints in ends.values()
        )
    if len(named) == 1 and side == "right" and side_of(slug) is None:
        other = named[0].replace("-left", "-right")
        named = (other if other in NETWORK else named[0],)
    return tuple(NETWORK[name].points[-1] for name in named)


def sure_side(entry: str, target: str, via: Via | None = None) -> Side | None:
    """The side of a way in through the skin where the part itself decides it: the nearer one.

    Both of a pair decide nothing.
    """
    place = entry_place(entry)
    if is_pair(target):
        return None
    if place.paired and (via or _usual_via(place, target)) == "skin":
        x = _SKIN_PORTS[target][0][0] if target in _SKIN_PORTS else part(target).anchor[0]
        if abs(x) > 10:
            return "right" if x < 0 else "left"
    return None


def _mirror(point: Point, side: Side) -> Point:
    return (-point[0], point[1]) if side == "right" else point


def _skin_point(place: EntryPlace, slug: str, side: Side) -> Point:
    target = part(slug)
    x, y = _SKIN_PORTS[slug][0] if slug in _SKIN_PORTS else target.anchor
    outward = -1 if x < 0 else 1
    # A tube that stays is where that kind of tube is usually put in.
    where = place.slug
    if where == "existing-tube":
        if slug.startswith(("kidney", "ureter")):
            where = "back"
        elif slug.startswith(("liver", "bile", "gallbladder", "chest", "lung")):
            where = "side"
        else:
            where = "tummy"
    if where == "back":
        return (outward * (abs(x) + 15), min(y + 20, 330)) if abs(x) > 14 else (x + 26, y + 16)
    if where == "side":
        out = -1 if side == "right" else 1
        height = min(max(y + 4, 165), 300) if not slug.startswith("chest") else 189
        edge = 63 - (height - 186) * 0.13 if height < 262 else 54 + (height - 262) * 0.15
        return (out * (edge - 2), height)
    if where == "tummy":
        return (x + outward * 10, max(y + 28, 236))
    if where == "pelvis":
        return (x + 22 * outward, 322)
    return _mirror(place.skin or (0, y), side)


def entry_place(slug: str) -> EntryPlace:
    """The entry place with this slug; raises ``UnknownPart`` where there is none."""
    if slug not in ENTRY_PLACES:
        raise UnknownPart(f"No entry point is drawn for {slug!r}.")
    return ENTRY_PLACES[slug]


def usual_view(entry: str, target: str | None) -> View:
    """Which way round the body is drawn: from behind for a way in through the back."""
    if entry in ("back", "knee-back"):
        return "back"
    if entry == "existing-tube" and target and target.startswith(("kidney", "ureter")):
        return "back"
    return "front"


# A way in at a limb, and the parts of that limb: the other arm or leg is not reached from it.
_OF_ONE_LIMB: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("wrist", "forearm", "elbow", "upper-arm"),
        frozenset({"arm", "arm-artery", "arm-vein", "fistula"}),
    ),
    **dict.fromkeys(
        ("leg", "knee-back"), frozenset({"leg", "leg-vein", "lower-leg-vein", "iliac-vein"})
    ),
}
FARTHEST_THROUGH_FLESH = 50.0
"""Longest straight way that is drawn for a needle: about 11 cm of the body as drawn."""


def is_within_reach(entry: str, target: str, via: Via | None = None) -> bool:
    """Whether a way is drawn from an entry point to a part, and no needle goes farther than needles go."""
    if via == "skin" and entry_place(entry).default == "opening":
        return False
    try:
        routes = find_route(entry, target, via)
    except UnknownPart:
        return False
    return all(
        route.via != "skin" or length_along(route.points[:2]) <= FARTHEST_THROUGH_FLESH
        for route in routes
    )


def find_route(
    entry: str, target: str, via: Via | None = None, side: Side | None = None
) -> list[Route]:
    """Every way to draw from an entry point to a part: two for a part with an artery on each side.

    ``side`` is the side of the entry point; left out, it is the side of the part, else the right.
    ``via`` left out is the usual way for that entry point. Raises ``UnknownPart`` where the slugs
    are not known or no such way exists.
    """
    place = entry_place(entry)
    chosen: Side = side or sure_side(entry, target, via) or side_of(target) or "right"  # type: ignore[assignment]
    way: Via = via or _usual_via(place, target)
    if target in _OF_ONE_LIMB.get(entry, ()):
        target = one_of(target, chosen).slug
    start = {"artery": place.artery, "vein": place.vein, "opening": place.opening}.get(way)
    if way == "skin":
        target = one_of(
            target, chosen
        ).slug  # a needle goes to one of a pair, never between the two
        skin = _skin_point(place, target, chosen)
        if target in _SKIN_PORTS:
            port, end = _SKIN_PORTS[target]
            points, names = way_along("skin", port, end)
            return [Route(way, (skin, *points), 1, names)]
        return [Route(way, (skin, part(target).anchor), 1)]
    if start is None:
        raise UnknownPart(f"Nothing goes in at the {entry} by {way}.")
    start = _mirror(start, chosen) if place.paired else start
    goals = _goals(way, target, chosen, start)
    if not goals:
        raise UnknownPart(f"No way by {way} to {target!r} is drawn.")
    routes = []
    for goal in goals:
        points, names = way_along(way, start, goal)
        if entry == "chest":  # a line or port: under the skin to the vein in the neck, then in
            tunnel = (_mirror((40, 158), chosen), _mirror((33, 124), chosen))
            routes.append(Route(way, (*tunnel, *points), 2, names))
        else:
            routes.append(Route(way, points, 0, names))
    return routes


def _reaches(via: Via, target: str) -> bool:
    """Whether a part has a way drawn to it by this kind of route."""
    if (via, target) in _GOAL_POINTS or target in {"artery": _ARTERY_TO, "vein": _VEIN_TO}.get(
        via, {}
    ):
        return True
    return any(line.course in _COURSES[via] for line in part(target).lines)


def _usual_via(place: EntryPlace, target: str) -> Via:
    """The usual way from a place to a part: along a vessel that leads there, else straight in."""
    if place.default in ("skin", "opening"):
        return place.default
    courses = {line.course for line in part(target).lines}
    if courses:  # the part is itself a vessel
        own: Via = "artery" if "artery" in courses else "vein"
        if getattr(place, own):
            return own
    for via in (place.default, "artery", "vein"):
        if getattr(place, via) and _reaches(via, target):
            return via
    return "skin"
