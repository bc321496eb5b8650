"""The organs, as outlines in the coordinate system of ``geometry``.

Places are those of a standard atlas for an adult lying flat and breathing quietly. The levels of
the spine that anchor them: collar-bone notch T2 (y 120), T12 (y 224), L1 (y 236), navel L3 to L4
(y 278), top of the hip bone L4 (y 288), pubic bone (y 360). Points are given for a front view;
``x`` below 0 is the person's right.

* Liver under the right ribs, its thin left end reaching past the midline; gallbladder on its
  lower edge at the ninth rib; bile ducts running down to the duodenum.
* Stomach and spleen on the left under the ribs; pancreas across the midline at L1 to L2, its head
  in the curve of the duodenum and its tail at the spleen.
* Kidneys at T12 to L3, behind, the right a little lower than the left.
* Caecum and ascending bowel on the right, descending and sigmoid bowel on the left.
* Heart two thirds to the left of the midline; left lung a little smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from procedures.pictures.geometry import Box, Knot, box_round, mirrored, number, smooth_path

Side = Literal["right", "left"]


@dataclass(frozen=True)
class Shape:
    """One closed outline, or one line of a given width (ducts, bowel) when ``width`` is set."""

    knots: tuple[Knot, ...]
    width: float = 0.0

    @property
    def path(self) -> str:
        return smooth_path(self.knots, closed=not self.width, decimals=1, fine=True)

    @property
    def box(self) -> Box:
        return box_round(self.knots).grown(self.width / 2)

    def mirrored(self) -> Shape:
        return Shape(mirrored(self.knots), self.width)


def _outline(*knots: Knot) -> Shape:
    return Shape(knots)


def _tube(width: float, *knots: Knot) -> Shape:
    return Shape(knots, width)


# fmt: off
_LEFT_LUNG = _outline(
    (21, 112), (31, 117), (43, 135), (52, 160), (56, 186), (57, 205), (46, 196), (37, 190),
    (38, 176), (27, 160), (15, 153), (11, 138), (13, 121),
)
_RIGHT_LUNG = _outline(
    (-21, 112), (-31, 117), (-43, 135), (-52, 160), (-57, 186), (-58, 206), (-46, 190), (-30, 181),
    (-15, 188), (-17, 170), (-15, 152), (-11, 138), (-13, 121),
)
_LEFT_KIDNEY = _outline(
    (29, 214), (38, 220), (42, 235), (40, 251), (32, 259), (25, 253), (25, 244), (21, 238),
    (23, 230), (22, 220),
)
_RIGHT_KIDNEY = Shape(tuple((-k[0], k[1] + 6) for k in _LEFT_KIDNEY.knots))
_LEFT_URETER = _tube(
    2.6, (22, 240), (17, 246), (15, 262), (16, 284), (17, 306), (22, 324), (18, 338), (9, 347)
)
_RIGHT_URETER = _tube(
    2.6, (-22, 246), (-17, 251), (-15, 264), (-16, 284), (-17, 306), (-22, 324), (-18, 338), (-9, 347)
)
_LEFT_TESTICLE = _outline((5, 380), (9.5, 385), (10, 393), (6, 398), (2, 395), (1.5, 386))
_LEFT_OVARY = _outline((24, 325), (30, 326), (31, 331), (26, 334), (21, 331))
_LEFT_NERVE = _tube(2.6, (4, 281), (13, 287), (18, 296), (26, 312))

_LEFT_CHEST_SPACE = _outline(
    (53, 162), (57, 172), (60, 190), (60, 207), (52, 203), (42, 196), (33, 191), (36, 187),
    (44, 186), (50, 180),
)

ORGANS: dict[str, tuple[Shape, ...]] = {
    "brain": (
        _outline(
            (0, 9), (14, 9), (25, 19), (28, 34), (25, 46), (15, 51), (8, 56), (0, 57), (-8, 56),
            (-15, 51), (-25, 46), (-28, 34), (-25, 19), (-14, 9),
        ),
    ),
    "heart": (
        _outline(
            (-6, 151), (4, 148), (13, 152), (24, 160), (33, 174), (37, 187), (30, 194), (14, 195),
            (-4, 194), (-15, 189), (-19, 176), (-16, 160),
        ),
    ),
    "lung-right": (_RIGHT_LUNG,),
    "lung-left": (_LEFT_LUNG,),
    "liver": (
        _outline(
            (-30, 184), (-14, 189), (4, 194), (20, 193), (32, 197), (26, 205), (12, 212), (-2, 221),
            (-18, 231), (-34, 240), (-52, 248), (-58, 238), (-57, 215), (-50, 195), (-40, 187),
        ),
    ),
    "gallbladder": (
        _outline((-15, 222), (-11, 225), (-16, 232), (-21, 243), (-28, 246), (-30, 239), (-24, 230)),
    ),
    "bile-duct": (
        _tube(3, (-30, 204), (-19, 210), (-10, 217), (-6, 226), (-8, 240), (-12, 250), (-17, 254)),
        _tube(3, (6, 207), (-3, 211), (-10, 217)),
    ),
    "gullet": (
        _tube(6, (0, 96), (0, 120), (-1, 150), (1, 175), (6, 194), (13, 205)),
    ),
    "stomach": (
        _outline(
            (15, 203), (16, 192), (27, 187), (40, 192), (46, 207), (44, 226), (33, 243), (15, 248),
            (-4, 243), (-10, 239), (-8, 233), (3, 235), (14, 231), (20, 220),
        ),
    ),
    "duodenum": (
        _tube(8, (-8, 237), (-17, 236), (-22, 243), (-22, 257), (-15, 266), (-2, 267), (9, 258), (11, 248)),
    ),
    "pancreas": (
        _outline(
            (-17, 242), (-10, 240), (0, 240), (14, 236), (30, 230), (44, 226), (46, 231), (34, 239),
            (18, 245), (4, 248), (-3, 258), (-12, 262), (-18, 254),
        ),
    ),
    "spleen": (
        _outline((48, 202), (56, 206), (59, 220), (56, 236), (49, 241), (45, 232), (46, 220), (43, 210)),
    ),
    "kidney-right": (_RIGHT_KIDNEY,),
    "kidney-left": (_LEFT_KIDNEY,),
    "ureter-right": (_RIGHT_URETER,),
    "ureter-left": (_LEFT_URETER,),
    "small-bowel": (
        _tube(
            8, (11, 250), (20, 266), (30, 276), (14, 281), (-4, 275), (-24, 279), (-30, 290),
            (-14, 291), (8, 289), (28, 288), (32, 298), (14, 303), (-8, 300), (-22, 307), (-8, 315),
            (12, 314), (24, 321), (8, 327), (-10, 323), (-24, 316), (-38, 308),
        ),
    ),
    "large-bowel": (
        _tube(
            13, (-43, 316), (-46, 300), (-47, 278), (-46, 258), (-38, 254), (-20, 264), (2, 269),
            (24, 264), (40, 250), (49, 242), (50, 260), (49, 284), (47, 304), (36, 316), (24, 312),
            (14, 320), (6, 332), (1, 346), (0, 364),
        ),
    ),
    "bladder": (
        _outline((0, 338), (10, 338), (18, 344), (16, 355), (6, 362), (-6, 362), (-16, 355), (-18, 344), (-10, 338)),
    ),
    "womb": (
        _outline(
            (0, 313), (8, 314), (14, 319), (12, 327), (6, 336), (4, 346), (-4, 346), (-6, 336),
            (-12, 327), (-14, 319), (-8, 314),
        ),
        _tube(2.4, (13, 318), (22, 314), (30, 318), (31, 325)),
        _tube(2.4, (-13, 318), (-22, 314), (-30, 318), (-31, 325)),
    ),
    "ovary-right": (_LEFT_OVARY.mirrored(),),
    "ovary-left": (_LEFT_OVARY,),
    "prostate": (
        _outline((0, 360), (8, 361), (10, 367), (5, 373), (0, 375), (-5, 373), (-10, 367), (-8, 361)),
    ),
    "testicle-right": (_LEFT_TESTICLE.mirrored(),),
    "testicle-left": (_LEFT_TESTICLE,),
    "nerve-root-right": (_LEFT_NERVE.mirrored(),),
    "nerve-root-left": (_LEFT_NERVE,),
    "coeliac-plexus": (
        _outline((0, 219), (7, 222), (12, 227), (8, 232), (0, 234), (-8, 232), (-12, 227), (-7, 222)),
    ),
    "thyroid": (
        _outline((0, 107), (5, 105), (8, 98), (12, 100), (11, 109), (6, 113), (0, 112), (-6, 113), (-11, 109), (-12, 100), (-8, 98), (-5, 105)),
    ),
    "chest-space-right": (_LEFT_CHEST_SPACE.mirrored(),),
    "chest-space-left": (_LEFT_CHEST_SPACE,),
    "tummy-space": (
        _outline(
            (-50, 250), (-30, 244), (0, 250), (30, 248), (50, 246), (51, 275), (53, 300), (42, 326),
            (20, 344), (0, 348), (-20, 344), (-42, 326), (-53, 300), (-51, 275),
        ),
    ),
    "leg-right": (
        _outline((-36, 400), (-52, 420), (-52, 460), (-42, 495), (-30, 490), (-20, 450), (-20, 415)),
    ),
    "leg-left": (
        _outline((36, 400), (52, 420), (52, 460), (42, 495), (30, 490), (20, 450), (20, 415)),
    ),
    "arm-right": (
        _outline((-76, 180), (-85, 200), (-87, 225), (-86, 246), (-79, 246), (-76, 225), (-72, 200)),
    ),
    "arm-left": (
        _outline((76, 180), (85, 200), (87, 225), (86, 246), (79, 246), (76, 225), (72, 200)),
    ),
}


# Quiet lines inside an organ that help the eye know it: folds, fissures, the notch of a kidney.
INNER_LINES: dict[str, tuple[tuple[Knot, ...], ...]] = {
    "brain": (
        ((0, 9), (1, 22), (-1, 36), (0, 57)),
        ((6, 17), (12, 19), (14, 26), (21, 26)),
        ((6, 31), (13, 34), (15, 41), (23, 40)),
        ((5, 44), (10, 46), (11, 51)),
        ((-6, 17), (-12, 19), (-14, 26), (-21, 26)),
        ((-6, 31), (-13, 34), (-15, 41), (-23, 40)),
        ((-5, 44), (-10, 46), (-11, 51)),
    ),
    "heart": (((9, 157), (16, 172), (28, 188)), ((-12, 166), (-6, 176), (-5, 190))),
    "lung-right": (((-56, 184), (-38, 172), (-16, 166)), ((-53, 164), (-34, 160), (-20, 163))),
    "lung-left": (((22, 140), (36, 160), (55, 188)),),
    "liver": (((-2, 192), (-6, 206), (-5, 222)),),
    "stomach": (((22, 194), (34, 200), (34, 222), (22, 238)), ((10, 238), (2, 239), (-4, 238))),
    "kidney-right": (((-25, 238), (-30, 243), (-28, 251), (-25, 253)),),
    "kidney-left": (((25, 232), (30, 237), (28, 245), (25, 247)),),
    "womb": (((0, 320), (0, 343)),),
}
# fmt: on


def _vertebra(top: float, bottom: float, half: float) -> str:
    """One bone of the spine: a block with a wing on each side."""
    rise, wing = round((bottom - top - 1.6) / 4, 1), round(half * 0.7, 1)
    full = number(2 * half)
    return (
        f"M{number(-half)} {number(top)}h{full}l{wing} {rise} 0 {rise}-{wing} {rise} 0 {rise}"
        f"h-{full}v-{rise}l-{wing}-{rise} 0-{rise}z"
    )


def _levels(top: float, bottom: float, count: int) -> list[float]:
    step = (bottom - top) / count
    return [round(top + step * index, 1) for index in range(count + 1)]


def _column(levels: list[float], half: float) -> str:
    return "".join(_vertebra(a, b, half) for a, b in pairwise(levels))


SACRUM = _outline(
    (-11, 305), (0, 304), (11, 305), (13, 314), (7, 330), (2, 346), (-2, 346), (-7, 330), (-13, 314)
)
SPINE_PARTS: dict[str, tuple[str, Box]] = {
    "spine-neck": (_column(_levels(72, 116, 7), 4.5), Box(-8, 72, 8, 116)),
    "spine-chest": (_column(_levels(116, 230, 12), 5.5), Box(-10, 116, 10, 230)),
    "spine-lower": (
        _column(_levels(230, 304, 5), 7) + SACRUM.path,
        Box(-13, 230, 13, 346),
    ),
}
