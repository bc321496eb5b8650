"""Smooth curves through points, and the boxes round them.

The anatomy is written down as short lists of points, in one coordinate system, and every curve
that is drawn is made here. One unit is about 2.4 mm on a person 1.7 m tall. ``x`` is 0 at the
midline and positive on the person's **left** (the viewer's right in a front view); ``y`` is 0 at
the top of the head and 700 at the soles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

Point = tuple[float, float]
# A third item, any text, makes the curve turn sharply at that point.
Knot = tuple[float, float] | tuple[float, float, str]


@dataclass(frozen=True)
class Box:
    """A rectangle: left and right ``x``, top and bottom ``y``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: Box) -> bool:
        """Whether the two boxes share any ground."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


def box_round(points: Iterable[Knot]) -> Box:
    """The smallest box that holds every point."""
    xs, ys = zip(*((point[0], point[1]) for point in points), strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def box_of_boxes(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds every box."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def mirrored(points: Sequence[Knot]) -> tuple[Knot, ...]:
    """The same points on the other side of the midline."""
    return tuple((-point[0], *point[1:]) for point in points)  # type: ignore[misc]


def whole_from_half(half: Sequence[Knot]) -> tuple[Knot, ...]:
    """A closed symmetrical outline from its left half, given from the midline to the midline."""
    return (*half, *mirrored(half[-2:0:-1]))


def number(value: float) -> str:
    """A coordinate as SVG writes it, to one decimal place and without idle zeros."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    if text in ("-0", ""):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _pair(dx: float, dy: float) -> str:
    second = number(dy)
    return number(dx) + (second if second.startswith("-") else " " + second)


def _joined(pairs: Sequence[str]) -> str:
    text = ""
    for pair in pairs:
        text += pair if not text or pair.startswith("-") else " " + pair
    return text


@lru_cache(maxsize=4096)
def smooth_path(
    knots: tuple[Knot, ...], closed: bool = False, decimals: int = 0, fine: bool = False
) -> str:
    """SVG path data for a curve that passes through every knot (a uniform Catmull-Rom spline).

    Knots are rounded to ``decimals`` places, and the pull of the curve to halves of a unit (tenths
    where it is to be ``fine``), so that the markup stays short; rounding never builds up.
    """
    count = len(knots)
    pts = [(round(k[0], decimals), round(k[1], decimals)) for k in knots]
    sharp = [len(k) > 2 for k in knots]

    def tangent(index: int) -> Point:
        if sharp[index] or (not closed and index in (0, count - 1)):
            return 0.0, 0.0
        before, after = pts[index - 1], pts[(index + 1) % count]
        grain = 10 if fine else 2
        return (
            round((after[0] - before[0]) / 6 * grain) / grain,
            round((after[1] - before[1]) / 6 * grain) / grain,
        )

    path = "M" + _pair(*pts[0])
    command = ""
    for index in range(count if closed else count - 1):
        here, there = pts[index], pts[(index + 1) % count]
        out, into = tangent(index), tangent((index + 1) % count)
        end = (there[0] - here[0], there[1] - here[1])
        second = _pair(end[0] - into[0], end[1] - into[1])
        # "s" mirrors the control point before it: the same curve in fewer letters.
        if index and not sharp[index]:
            wanted, pairs = "s", [second, _pair(*end)]
        else:
            wanted, pairs = "c", [_pair(*out), second, _pair(*end)]
        text = _joined(pairs)
        if wanted != command:
            path += wanted + text
            command = wanted
        else:
            path += text if text.startswith("-") else " " + text
    return path + ("z" if closed else "")


def straight_path(points: Sequence[Point], closed: bool = False) -> str:
    """SVG path data for straight lines between the points."""
    path = "M" + _pair(*points[0])
    for before, after in pairwise(points):
        path += "l" + _pair(after[0] - before[0], after[1] - before[1])
    return path + ("z" if closed else "")


def length_along(points: Sequence[Knot]) -> float:
    """The length of the straight lines between the points."""
    return sum(((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for a, b in pairwise(points))


def whole_line(half: Sequence[Knot]) -> tuple[Knot, ...]:
    """An open symmetrical line from its left half, given outward from the midline."""
    return (*mirrored(half[:0:-1]), *half)
