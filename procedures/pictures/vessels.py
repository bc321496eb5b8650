"""Arteries, veins, ducts and the gut, as lines that join up, so that a path can be followed.

Each branch begins at a point of the branch it comes from, given with the same coordinates: the
points themselves are the joints of the network. Places are those of a standard atlas in a front
view (``x`` below 0 is the person's right):

* aorta left of the midline, dividing at L4; inferior vena cava right of it, formed at L5;
* superior vena cava on the right; three branches from the arch of the aorta, the first for the
  right arm and the right side of the neck;
* femoral vein on the inner side of the femoral artery at the groin;
* radial artery on the thumb side of the wrist, basilic vein on the inner side of the upper arm;
* left testicular or ovarian vein joining the left kidney vein, the right one the vena cava.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from procedures.pictures.geometry import Box, Point, box_round, mirrored, smooth_path

Course = Literal["artery", "vein", "duct", "gut", "through"]


@dataclass(frozen=True)
class Branch:
    """One stretch of a vessel, duct or part of the gut; ``width`` is in drawing units."""

    course: Course
    width: float
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        return smooth_path(self.points, decimals=1)

    @property
    def box(self) -> Box:
        return box_round(self.points).grown(self.width / 2)


def _paired(
    name: str, course: Course, width: float, left: tuple[Point, ...], start: Point | None = None
) -> dict[str, Branch]:
    """The left branch and its mirror image, which may start from a joint of its own."""
    right = mirrored(left)
    if start is not None:
        right = (start, *right[1:])
    return {
        f"{name}-left": Branch(course, width, left),
        f"{name}-right": Branch(course, width, right),  # type: ignore[arg-type]
    }


_BIFURCATION = (4.0, 277.0)
_CAVA_START = (-5.0, 288.0)

# fmt: off
ARTERIES: dict[str, Branch] = {
    "aorta-arch": Branch("artery", 7, ((0, 160), (-4, 149), (-2, 140), (3, 136), (8, 138), (11, 146), (10, 160))),
    "aorta-chest": Branch("artery", 6, ((10, 160), (8, 195), (5, 222))),
    "aorta-tummy": Branch("artery", 6, ((5, 222), (5, 233), (5, 241), (4, 262), _BIFURCATION)),
    "first-branch": Branch("artery", 4, ((-2, 140), (-6, 131), (-11, 124))),
    "carotid-right": Branch("artery", 3, ((-11, 124), (-12, 110), (-12, 92))),
    "carotid-left": Branch("artery", 3, ((3, 136), (9, 124), (12, 110), (12, 92))),
    **_paired("brain", "artery", 2.4, ((12, 92), (12, 78), (9, 62), (11, 48), (16, 38))),
    "subclavian-right": Branch("artery", 3.4, ((-11, 124), (-24, 118), (-44, 127), (-62, 142))),
    "subclavian-left": Branch("artery", 3.4, ((8, 138), (11, 126), (24, 118), (44, 127), (62, 142))),
    **_paired("arm", "artery", 3, ((62, 142), (73, 172), (80, 215), (87, 262))),
    **_paired("radial", "artery", 2.2, ((87, 262), (95, 288), (101, 322), (101, 352))),
    **_paired("ulnar", "artery", 1.8, ((87, 262), (89, 290), (95, 325), (96, 352))),
    "bronchial": Branch("artery", 1.8, ((10, 160), (0, 161), (-16, 160), (-28, 165))),
    "hepatic": Branch("artery", 2.6, ((5, 222), (-4, 222), (-13, 219), (-24, 211), (-36, 210))),
    "splenic": Branch("artery", 2.2, ((5, 222), (16, 227), (30, 222), (46, 222))),
    "stomach": Branch("artery", 1.8, ((5, 222), (12, 212), (19, 214))),
    "upper-bowel": Branch("artery", 2.4, ((5, 233), (3, 250), (2, 268), (-10, 286))),
    "lower-bowel": Branch("artery", 1.8, ((4, 262), (14, 280), (22, 298), (18, 314))),
    "renal-left": Branch("artery", 2.8, ((5, 241), (16, 238), (24, 238))),
    "renal-right": Branch("artery", 2.8, ((5, 241), (-10, 243), (-24, 244))),
    **_paired("iliac", "artery", 4, (_BIFURCATION, (11, 293), (17, 306)), _BIFURCATION),
    **_paired("inner-iliac", "artery", 2.4, ((17, 306), (19, 318), (14, 330))),
    **_paired("womb", "artery", 1.8, ((14, 330), (10, 336), (7, 332), (8, 323))),
    **_paired("prostate", "artery", 1.8, ((14, 330), (16, 344), (13, 360), (8, 366))),
    **_paired("outer-iliac", "artery", 3.6, ((17, 306), (25, 325), (32, 343), (34, 354))),
    **_paired("femoral", "artery", 3.4, ((34, 354), (35.4, 366), (35, 388), (32, 425), (28, 465), (29, 490), (34, 512))),
    **_paired("knee", "artery", 3, ((34, 512), (36, 536))),
    **_paired("shin", "artery", 2, ((36, 536), (41, 556), (41, 600), (36, 650), (36, 676))),
    **_paired("calf", "artery", 2, ((36, 536), (32, 560), (30, 610), (28, 655), (27, 680))),
}
# fmt: on


# fmt: off
VEINS: dict[str, Branch] = {
    **_paired("jugular", "vein", 3.6, ((15, 98), (16, 112), (14, 124))),
    **_paired("upper-jugular", "vein", 3, ((13, 70), (15, 84), (15, 98))),
    "shoulder-vein-right": Branch("vein", 4.4, ((-14, 124), (-14, 134))),
    "shoulder-vein-left": Branch("vein", 4, ((14, 124), (4, 129), (-14, 134))),
    **_paired("collar", "vein", 3.6, ((14, 124), (28, 122), (47, 132), (64, 150))),
    **_paired("arm-vein", "vein", 2.8, ((64, 150), (71, 180), (74, 210), (79, 260))),
    **_paired("forearm-vein", "vein", 2.2, ((79, 260), (86, 296), (98, 320), (99, 346))),
    "svc": Branch("vein", 6, ((-14, 134), (-15, 148), (-12, 168))),
    "right-heart": Branch("vein", 4, ((-12, 168), (-4, 182), (8, 180), (9, 164), (6, 153))),
    "lung-artery-right": Branch("vein", 4, ((6, 153), (-10, 155), (-26, 162), (-34, 172))),
    "lung-artery-left": Branch("vein", 4, ((6, 153), (18, 153), (28, 160), (37, 172))),
    "ivc-top": Branch("vein", 6.4, ((-12, 168), (-10, 182), (-8, 192))),
    "ivc": Branch("vein", 6.4, ((-8, 192), (-7, 216), (-7, 243), (-7, 256), (-6, 272), _CAVA_START)),
    "hepatic-vein": Branch("vein", 2.6, ((-8, 192), (-18, 197), (-26, 206))),
    "portal-crossing": Branch("through", 2.6, ((-18, 197), (-16, 208), (-15, 217))),
    "kidney-vein-right": Branch("vein", 2.6, ((-7, 243), (-16, 246), (-24, 247))),
    "kidney-vein-left": Branch("vein", 2.6, ((-7, 243), (6, 241), (15, 242), (24, 241))),
    "gonad-vein-left": Branch("vein", 1.8, ((15, 242), (20, 270), (22, 300), (25, 322))),
    "gonad-vein-right": Branch("vein", 1.8, ((-7, 256), (-16, 276), (-21, 300), (-25, 322))),
    **_paired("testicle-vein", "vein", 1.8, ((25, 322), (27, 340), (18, 364), (7, 384))),
    "iliac-vein-left": Branch("vein", 4, (_CAVA_START, (4, 297), (13, 310))),
    "iliac-vein-right": Branch("vein", 4, (_CAVA_START, (-9, 298), (-13, 310))),
    **_paired("inner-iliac-vein", "vein", 2.4, ((13, 310), (12, 322), (8, 334))),
    **_paired("outer-iliac-vein", "vein", 3.8, ((13, 310), (20, 328), (26.5, 347), (28, 356))),
    **_paired("femoral-vein", "vein", 3.6, ((28, 356), (29, 367), (29, 388), (26, 428), (24, 466), (26, 492), (31, 514))),
    **_paired("knee-vein", "vein", 3, ((31, 514), (32, 536))),
    **_paired("calf-vein", "vein", 2, ((32, 536), (36, 570), (34, 620), (32, 664))),
    "portal": Branch("vein", 4, ((-3, 241), (-9, 229), (-15, 217))),
    "portal-right": Branch("vein", 3, ((-15, 217), (-26, 212), (-38, 216))),
    "portal-left": Branch("vein", 2.4, ((-15, 217), (-4, 210), (10, 204))),
    "portal-bowel": Branch("vein", 2.6, ((-3, 241), (-2, 256), (-6, 276))),
    "portal-spleen": Branch("vein", 2.6, ((-3, 241), (16, 236), (44, 226))),
}
# fmt: on


# fmt: off
DUCTS: dict[str, Branch] = {
    "bile-right": Branch("duct", 2.4, ((-30, 204), (-19, 210), (-10, 217))),
    "bile-left": Branch("duct", 2.4, ((6, 207), (-3, 211), (-10, 217))),
    "bile-main": Branch("duct", 3, ((-10, 217), (-6, 226), (-8, 240), (-12, 250), (-19, 255))),
    "gallbladder-duct": Branch("duct", 2, ((-6, 226), (-12, 224), (-17, 230), (-23, 239))),
    "ureter-left": Branch("duct", 2.4, ((25, 240), (17, 247), (15, 262), (16, 284), (17, 306), (22, 324), (18, 338), (8, 350))),
    "ureter-right": Branch("duct", 2.4, ((-25, 246), (-17, 252), (-15, 264), (-16, 284), (-17, 306), (-22, 324), (-18, 338), (-8, 350))),
    "urethra": Branch("duct", 3, ((8, 350), (2, 358), (0, 366), (0, 379))),
    "urethra-right": Branch("duct", 3, ((-8, 350), (-2, 358), (0, 366))),
}
# fmt: on


# fmt: off
GUT: dict[str, Branch] = {
    "throat": Branch("gut", 5, ((0, 74), (0, 84), (0, 96))),
    "nose-throat": Branch("gut", 4, ((0, 61), (0, 68), (0, 74))),
    "gullet": Branch("gut", 5, ((0, 96), (0, 120), (-1, 150), (1, 175), (6, 194), (13, 205))),
    "stomach": Branch("gut", 5, ((13, 205), (28, 212), (31, 226), (20, 239), (2, 239), (-8, 237))),
    "duodenum": Branch("gut", 5, ((-8, 237), (-17, 236), (-22, 243), (-19, 255))),
    "duodenum-end": Branch("gut", 5, ((-19, 255), (-15, 266), (-2, 267), (9, 258), (11, 248))),
    "rectum": Branch("gut", 6, ((0, 376), (0, 362), (1, 346), (6, 332))),
    "sigmoid": Branch("gut", 6, ((6, 332), (14, 320), (24, 312), (36, 316), (47, 304))),
    "left-bowel": Branch("gut", 6, ((47, 304), (49, 284), (50, 260), (49, 242))),
    "across-bowel": Branch("gut", 6, ((49, 242), (40, 250), (24, 264), (2, 269), (-20, 264), (-38, 254), (-46, 258))),
    "right-bowel": Branch("gut", 6, ((-46, 258), (-47, 278), (-46, 300), (-43, 316))),
}
# fmt: on
