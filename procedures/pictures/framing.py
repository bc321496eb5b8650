"""What is shown of the body, and the numbers in the margin that point into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procedures.pictures import palette
from procedures.pictures.anatomy import ROUTE_LOOKS, dash_lengths
from procedures.pictures.geometry import Box, Point, number
from procedures.pictures.lettering import lines_of, text_line
from procedures.pictures.markup import tag

# The width, in CSS pixels, of every drawing on a phone 320 pixels wide.
WIDTH = 288.0
_GUTTER = 30.0
_BADGE = 12.0
_LETTERS = 15.0
_LINE = 19.0
_TALLEST = 440.0
# Top and bottom of the frames that are used: head to chest, trunk, pelvis, legs, all.
_ROWS = (
    (-6.0, 235.0), (84.0, 300.0), (84.0, 402.0), (-6.0, 402.0), (175.0, 402.0), (262.0, 540.0),
    (262.0, 708.0), (-6.0, 708.0),
)  # fmt: skip
_WAY_WORDS = {
    "artery": "The way along your arteries",
    "vein": "The way along your veins",
    "opening": "The way along natural passages",
    "skin": "The way through your skin",
    "duct": "On along the tubes inside you",
}


@dataclass(frozen=True)
class Frame:
    """The part of the body that is shown, and how many pixels a drawing unit takes."""

    box: Box
    scale: float

    @property
    def height(self) -> float:
        return self.box.height * self.scale

    @property
    def left(self) -> float:
        return (WIDTH - self.box.width * self.scale) / 2

    def placed(self, point: Point, top: float, mirrored: bool = False) -> Point:
        """Where a point of the anatomy falls in the drawing."""
        x = -point[0] if mirrored else point[0]
        return (
            self.left + (x - self.box.left) * self.scale,
            top + (point[1] - self.box.top) * self.scale,
        )

    def window(self, top: float, *inside: str, mirrored: bool = False) -> str:
        """The anatomy, cut off at the frame's edges; mirrored when it is seen from behind."""
        box = self.box
        return tag(
            "svg",
            {
                "x": self.left,
                "y": top,
                "width": box.width * self.scale,
                "height": self.height,
                "viewBox": f"{box.left:g} {box.top:g} {box.width:g} {box.height:g}",
                "overflow": "hidden",
            },
            tag("g", {"transform": "scale(-1 1)"}, *inside) if mirrored else "".join(inside),
        )


def frame_for(needed: Box) -> Frame:
    """The smallest of a few fixed frames that holds everything that matters."""
    reach = max(-needed.left, needed.right)
    holding = [r for r in _ROWS if r[0] + 10 <= needed.top and r[1] - 10 >= needed.bottom]
    top, bottom = min(holding or [_ROWS[-1]], key=lambda row: row[1] - row[0])
    if reach > 82 or bottom - top > 420:
        half = 126.0
    else:
        half = 76.0 if reach <= 62 and top >= 175 else 92.0
    scale = min((WIDTH - 2 * _GUTTER) / (2 * half), _TALLEST / (bottom - top))
    return Frame(Box(-half, top, half, bottom), scale)


def _spread(wanted: Sequence[float], low: float, high: float) -> list[float]:
    """Heights as near as can be to those wanted, in the same order and never touching."""
    gap = 2 * _BADGE + 6
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + gap if placed else low))
    if placed and placed[-1] > high:
        placed[-1] = high
        for index in range(len(placed) - 2, -1, -1):
            placed[index] = min(placed[index], placed[index + 1] - gap)
    return placed


def _discs(badges: Sequence[tuple[str, Point, bool]]) -> str:
    """Numbered discs: dark for the way in, light for what is treated."""
    circles = {True: "", False: ""}
    labels = {True: "", False: ""}
    for label, (x, y), entry in badges:
        circles[entry] += tag("circle", {"cx": x, "cy": y, "r": _BADGE - 1})
        labels[entry] += text_line(label, x, y + 5.2)
    letters = {"font_weight": "bold", "text_anchor": "middle"}
    drawn = ""
    for entry in (True, False):
        if not circles[entry]:
            continue
        drawn += tag(
            "g",
            {
                "class": "ir-badge-entry" if entry else "ir-badge-part",
                "fill": palette.MARK if entry else palette.PAPER,
                "stroke": palette.MARK if entry else palette.LIT_EDGE,
                "stroke_width": 2,
            },
            circles[entry],
        )
        drawn += tag(
            "g",
            {
                "class": "ir-badge-entry-ink" if entry else "ir-badge-part-ink",
                "fill": palette.PAPER if entry else palette.INK,
                **letters,
            },
            labels[entry],
        )
    return drawn


def margin_badges(anchors: Sequence[tuple[str, Point, bool]], top: float, bottom: float) -> str:
    """Numbered discs in the margins, with leader lines that keep their order and so never cross.

    Each anchor is its label, the point it belongs to, and whether it is a way in.
    """
    middle = WIDTH / 2
    margins: dict[bool, list[tuple[str, Point, bool]]] = {False: [], True: []}
    for item in sorted(anchors, key=lambda item: -abs(item[1][0] - middle)):
        on_right = item[1][0] > middle
        if abs(item[1][0] - middle) < 14:  # near the midline: the emptier margin
            on_right = len(margins[True]) <= len(margins[False])
        margins[on_right].append(item)
    leaders, dots = "", ""
    badges: list[tuple[str, Point, bool]] = []
    for on_right, items in margins.items():
        items.sort(key=lambda item: item[1][1])
        heights = _spread([item[1][1] for item in items], top + _BADGE, bottom - _BADGE)
        x = WIDTH - _BADGE - 1 if on_right else _BADGE + 1
        for (label, (ax, ay), entry), y in zip(items, heights, strict=True):
            badges.append((label, (x, y), entry))
            inner = x - _BADGE if on_right else x + _BADGE
            stop = ax
            if entry:  # at the edge of the ring, not across it
                away = max(((inner - ax) ** 2 + (y - ay) ** 2) ** 0.5, 0.01)
                stop, ay = ax + (inner - ax) / away * 9.8, ay + (y - ay) / away * 9.8
            else:
                dots += tag("circle", {"cx": ax, "cy": ay, "r": 3})
            leaders += f"M{number(inner)} {number(y)}L{number(stop)} {number(ay)}"
    ink = {"class": "ir-leader-dot", "fill": palette.INK, "stroke": palette.PAPER}
    return (
        tag(
            "path",
            {"class": "ir-casing", "d": leaders, "stroke": palette.PAPER, "stroke_width": 3.4},
        )
        + tag(
            "path", {"class": "ir-leader", "d": leaders, "stroke": palette.INK, "stroke_width": 1.3}
        )
        + (tag("g", ink, dots) if dots else "")
        + _discs(badges)
    )


def numbered_key(
    rows: Sequence[tuple[str, str, bool]], looks: Sequence[str], top: float
) -> tuple[str, float]:
    """The words under the drawing; returns the markup and the height at which it ends.

    ``rows`` are label, text, and whether it is a way in; ``looks`` are the kinds of line used.
    """
    y, texts, samples = top, "", ""
    badges: list[tuple[str, Point, bool]] = []
    for label, text, entry in rows:
        lines = lines_of(text, WIDTH - 36, _LETTERS)
        badges.append((label, (_BADGE + 1, y + 12), entry))
        for index, line in enumerate(lines):
            texts += text_line(line, 34, y + 17 + _LINE * index)
        y += _LINE * len(lines) + 11
    for look in looks:
        colour, dashes, css_class = ROUTE_LOOKS[look]
        samples += tag(
            "path",
            {
                "class": css_class,
                "d": f"M2 {number(y + 11)}h23",
                "stroke": colour,
                "stroke_width": 3.6,
                "stroke_dasharray": dash_lengths(dashes, 1),
                "stroke_linecap": "round" if look == "skin" else None,
            },
        )
        texts += text_line(_WAY_WORDS[look], 34, y + 16)
        y += 26
    ink = {"class": "ir-ink", "fill": palette.INK}
    return tag("g", ink, texts) + samples + _discs(badges), y
