"""The outside of the body: one calm figure, of no particular sex, seen from the front or behind.

Proportions follow the usual canon of seven and a half heads: chin at 92, collar bones at 120,
nipples at 180, navel at 278, crotch at 377, knees at 512. Arms hang with the palms forward, as an
atlas shows them, so that the thumb side of each wrist (where the pulse is felt) is outermost.
"""

from __future__ import annotations

from procedures.pictures.geometry import Knot, mirrored, smooth_path, whole_from_half, whole_line

# fmt: off
_LEFT_HALF: tuple[Knot, ...] = (
    (0, 0), (16, 3), (28, 15), (32.5, 32), (33, 44), (36.5, 44), (37.5, 51), (34.5, 60), (31.5, 63),
    (28.5, 76), (21.5, 86), (20, 93), (20.5, 102), (27, 112), (48, 119), (69, 126),
    (82, 138), (88, 160), (89, 190), (90, 222), (94, 250), (101, 274), (106, 302), (106, 330),
    (104, 350), (108, 360), (117, 374), (123, 391), (121.5, 398), (117, 395), (111, 386),
    (111.5, 404), (110.5, 422), (106, 436), (100, 440), (95, 434), (92, 416), (90, 396), (90, 376),
    (92.5, 358), (92, 342), (86, 316), (80, 288), (76, 262), (73, 234), (69.5, 208),
    (64, 186, "armpit"), (61, 212), (56, 240), (54, 262), (57, 288), (62, 316), (66, 346),
    (68, 380), (66, 425), (60, 475), (54, 506), (53, 528), (57, 556), (55, 592), (46, 634),
    (39.5, 662), (40, 676), (49, 688), (52, 697), (42, 702), (28, 701), (20, 692), (20, 674),
    (20, 652), (16.5, 616), (12.5, 580), (13, 550), (17, 524), (16, 502), (12, 465), (6, 415),
    (0, 378, "crotch"),
)
# fmt: on


BODY: tuple[Knot, ...] = whole_from_half(_LEFT_HALF)
BODY_PATH = smooth_path(BODY, closed=True, decimals=1)

_FINGERS: tuple[tuple[Knot, ...], ...] = (
    ((105, 412), (104, 434)),
    ((100, 411), (100, 435)),
)

# fmt: off
_FRONT_HALF: tuple[tuple[Knot, ...], ...] = (
    ((0, 94), (10, 92), (18, 87.5), (22, 84)),  # jaw
    ((7, 122), (24, 120), (46, 124), (62, 128)),  # collar bone
    ((64, 186), (66, 170), (70, 158)),  # fold of the armpit
    ((30, 356), (16, 370), (6, 376)),  # fold of the groin
    ((29, 520), (36, 524), (43, 519)),  # kneecap
    ((82, 262), (90, 264)),  # elbow crease
    *_FINGERS,
)
# fmt: on

# fmt: off
_BACK_HALF: tuple[tuple[Knot, ...], ...] = (
    ((18, 150), (24, 176), (36, 190), (48, 176)),  # shoulder blade
    ((2, 392), (16, 400), (40, 396), (56, 384)),  # buttock
    ((24, 514), (34, 517), (46, 513)),  # back of the knee
    ((26, 650), (27, 672)),  # tendon of the heel
    *_FINGERS,
)
# fmt: on

_FRONT_MIDDLE: tuple[tuple[Knot, ...], ...] = (((-1.5, 277), (0, 281), (1.5, 277)),)
_BACK_MIDDLE: tuple[tuple[Knot, ...], ...] = (
    ((0, 120), (0, 200), (0, 300)),
    ((0, 338), (0, 378)),
)


def _creases(half: tuple[tuple[Knot, ...], ...], middle: tuple[tuple[Knot, ...], ...]) -> str:
    joined = [whole_line(line) if line[0][0] == 0 else line for line in half]
    mirrors = [mirrored(line) for line in half if line[0][0]]
    lines = [*joined, *mirrors, *middle]
    return "".join(smooth_path(line, decimals=1) for line in lines)


FRONT_CREASES_PATH = _creases(_FRONT_HALF, _FRONT_MIDDLE)
BACK_CREASES_PATH = _creases(_BACK_HALF, _BACK_MIDDLE)
