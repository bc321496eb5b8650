"""People on paper: the grid of `risk_people`, drawn so that a PDF of thousands of them is soon made and exact.

People side by side are dashed lines: a dot for each head, a dash for each chest and each pair of legs. Each stands
where the grid says. An area filled with a repeated picture would not do: printers round the picture to their own
dots, and the last person of a row is cut.
"""

from __future__ import annotations

from dataclasses import dataclass

from procedures.pictures import palette
from procedures.pictures.markup import tag

# The person of `risk_people`, 14.4 wide with the ground between, in plain shapes: left, right, top, bottom.
_CHEST_AND_LEGS = ((2.2, 12.2, 7.4, 14.8), (4.2, 10.2, 7.4, 19.8))
_HEAD_X, _HEAD_Y, _HEAD_RADIUS = 7.2, 3.7, 2.7
_DOT = 0.01


@dataclass(frozen=True)
class Row:
    """People alike, side by side: where the first stands, how many, how far apart and how large."""

    x: float
    y: float
    many: int
    step: float
    scale: float

    def _dashed(
        self, left: float, middle: float, wide: float, thick: float, cap: str | None
    ) -> str:
        """One mark on each person; left, middle and sizes are those of the person before scaling, but for a dot."""
        wide = _DOT if cap else wide * self.scale
        x, y = self.x + left * self.scale, self.y + middle * self.scale
        return tag(
            "path",
            {
                "d": f"M{x:.2f} {y:.2f}h{(self.many - 1) * self.step + wide:.2f}",
                "stroke_width": f"{thick * self.scale:.2f}",
                "stroke_dasharray": f"{wide:.2f} {self.step - wide:.2f}",
                "stroke_linecap": cap,
            },
        )

    def _grown(self, by: float) -> str:
        """The people, each shape wider by so much on every side."""
        blocks = "".join(
            self._dashed(
                left - by, (top + bottom) / 2, right - left + 2 * by, bottom - top + 2 * by, None
            )
            for left, right, top, bottom in _CHEST_AND_LEGS
        )
        head = self._dashed(_HEAD_X, _HEAD_Y, _DOT, 2 * (_HEAD_RADIUS + by), "round")
        return blocks + head

    def filled(self, colour: str, edge: float) -> str:
        """The people in one colour, with the width of the edge that outlined people have."""
        return tag("g", {"class": "ir-filled", "stroke": colour}, self._grown(edge / 2))

    def outlined(self, colour: str, edge: float) -> str:
        """The people as outlines on white."""
        return tag(
            "g",
            {"class": "ir-outlined"},
            tag("g", {"stroke": colour}, self._grown(edge / 2)),
            tag("g", {"stroke": palette.PAPER}, self._grown(-edge / 2)),
        )
