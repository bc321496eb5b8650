"""The parts of the body that a picture can light up, by slug, with the words a patient would use.

A part that comes in pairs may be asked for as ``kidney-right``, ``kidney-left``, or ``kidney``
for both.
"""

# ruff: noqa: E501 - the tables below read best with one row a line
from __future__ import annotations

from dataclasses import dataclass

from procedures.pictures.geometry import Box, Point, box_of_boxes
from procedures.pictures.organs import ORGANS, SPINE_PARTS, Shape
from procedures.pictures.vessels import ARTERIES, DUCTS, GUT, VEINS, Branch

NETWORK: dict[str, Branch] = {
    **{f"artery:{name}": branch for name, branch in ARTERIES.items()},
    **{f"vein:{name}": branch for name, branch in VEINS.items()},
    **{f"duct:{name}": branch for name, branch in DUCTS.items()},
    **{f"gut:{name}": branch for name, branch in GUT.items()},
}


class UnknownPart(LookupError):
    """A picture was asked for a part, entry point or instrument that is not drawn here."""


@dataclass(frozen=True)
class Part:
    """Something that can be lit up.

    ``name`` follows "your" in a sentence; ``where`` says where it lies, in the reader's own right
    and left; ``organs``, ``branches`` and ``spine`` name what is drawn.
    """

    slug: str
    name: str
    where: str
    organs: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    spine: tuple[str, ...] = ()

    @property
    def shapes(self) -> tuple[Shape, ...]:
        return tuple(shape for name in self.organs for shape in ORGANS[name])

    @property
    def lines(self) -> tuple[Branch, ...]:
        return tuple(NETWORK[name] for name in self.branches)

    @property
    def box(self) -> Box:
        return box_of_boxes(
            [
                *(shape.box for shape in self.shapes),
                *(line.box for line in self.lines),
                *(SPINE_PARTS[name][1] for name in self.spine),
            ]
        )

    @property
    def anchor(self) -> Point:
        """A point on the part itself, for a leader line to end at; of a pair, on the right one."""
        if self.slug in _ANCHORS:
            return _ANCHORS[self.slug]
        if is_pair(self.slug):
            return one_of(self.slug, "right").anchor
        if self.branches and not self.organs:
            points = self.lines[-1].points
            return points[len(points) // 2]
        return self.box.centre


# Where the middle of the outline's box would miss the part.
_ANCHORS: dict[str, Point] = {
    "liver": (-36, 216),
    "stomach": (33, 220),
    "pancreas": (22, 238),
    "lung-right": (-38, 160),
    "lung-left": (40, 165),
    "gallbladder": (-22, 237),
    "bile-duct": (-10, 217),
    "gullet": (0, 140),
    "duodenum": (-22, 252),
    "small-bowel": (8, 289),
    "large-bowel": (49, 272),
    "womb": (0, 320),
    "chest-space-right": (-43, 192),
    "chest-space-left": (43, 192),
    "tummy-space": (40, 300),
    "ureter-right": (-16, 284),
    "ureter-left": (16, 284),
    "spine-lower": (0, 268),
    "aorta": (5, 250),
}

# slug, name, where, organs
# fmt: off
_SINGLE_ORGANS: tuple[tuple[str, str, str], ...] = (
    ("brain", "brain", "inside your head"),
    ("heart", "heart", "in the middle of your chest, a little to your left"),
    ("liver", "liver", "under your ribs, mostly on your right side"),
    ("gallbladder", "gallbladder", "under your liver, on your right side"),
    ("bile-duct", "bile ducts", "from your liver to your bowel, on your right side"),
    ("gullet", "food pipe (oesophagus)", "down the middle of your chest"),
    ("stomach", "stomach", "under your ribs, mostly on your left side"),
    ("duodenum", "first part of the bowel (duodenum)", "beyond your stomach, on your right side"),
    ("pancreas", "pancreas", "across the middle, behind your stomach"),
    ("spleen", "spleen", "under your ribs, on your left side"),
    ("small-bowel", "small bowel", "in the middle of your tummy"),
    ("large-bowel", "large bowel (colon)", "round the edge of your tummy, up your right side and down your left"),
    ("bladder", "bladder", "low in the middle, between your hip bones"),
    ("womb", "womb (uterus)", "low in the middle, above the bladder"),
    ("prostate", "prostate", "low in the middle, under the bladder"),
    ("thyroid", "thyroid gland", "in the front of your neck"),
    ("coeliac-plexus", "nerves behind the stomach (coeliac plexus)", "deep in the middle, in front of your spine"),
    ("tummy-space", "space round the bowel (peritoneum)", "inside your tummy"),
)
# fmt: on


# slug, one, both, where (a sentence part in which {side} is right or left)
# fmt: off
_PAIRED_ORGANS: tuple[tuple[str, str, str, str], ...] = (
    ("lung", "lung", "lungs", "in your chest, on your {side} side"),
    ("kidney", "kidney", "kidneys", "at the back, under your lowest ribs, on your {side} side"),
    ("ureter", "ureter (tube from kidney to bladder)", "ureters (tubes from kidneys to bladder)", "on your {side} side"),
    ("ovary", "ovary", "ovaries", "low down, on your {side} side"),
    ("testicle", "testicle", "testicles", "on your {side} side"),
    ("nerve-root", "nerve leaving the spine", "nerves leaving the spine", "in your lower back, on your {side} side"),
    ("chest-space", "space round the lung (pleura)", "spaces round the lungs (pleura)", "on your {side} side"),
    ("leg", "thigh", "thighs", "on your {side} side"),
    ("arm", "upper arm", "upper arms", "on your {side} side"),
)
# fmt: on


# slug, name, where, network branches
# fmt: off
_SINGLE_VESSELS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("aorta", "main artery (aorta)", "down the middle of your tummy, a little to your left", ("artery:aorta-tummy",)),
    ("chest-aorta", "main artery in the chest (aorta)", "in your chest, a little to your left", ("artery:aorta-arch", "artery:aorta-chest")),
    ("liver-artery", "liver artery (hepatic artery)", "to your liver, on your right side", ("artery:hepatic",)),
    ("spleen-artery", "spleen artery", "to your spleen, on your left side", ("artery:splenic",)),
    ("stomach-artery", "stomach artery", "to your stomach, on your left side", ("artery:stomach",)),
    ("bowel-artery", "bowel arteries", "in the middle of your tummy", ("artery:lower-bowel", "artery:upper-bowel")),
    ("lung-feeding-artery", "arteries that feed the lungs (bronchial arteries)", "in the middle of your chest", ("artery:bronchial",)),
    ("svc", "large vein above the heart (superior vena cava)", "in your chest, just to the right of the middle", ("vein:svc",)),
    ("ivc", "large vein of the tummy (inferior vena cava)", "in front of your spine, just to the right of the middle", ("vein:ivc",)),
    ("liver-vein", "liver vein (hepatic vein)", "in your liver, on your right side", ("vein:hepatic-vein",)),
    ("portal-vein", "portal vein (brings blood to the liver)", "under your liver, on your right side", ("vein:portal", "vein:portal-left", "vein:portal-right")),
    ("tips-channel", "channel through the liver (TIPS)", "in your liver, on your right side", ("vein:hepatic-vein", "vein:portal-crossing", "vein:portal")),
)
# fmt: on


# slug, one, both, where, network branches of the left side
# fmt: off
_PAIRED_VESSELS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("brain-artery", "brain artery", "brain arteries", "inside your head, on your {side} side", ("artery:brain",)),
    ("carotid-artery", "neck artery (carotid)", "neck arteries (carotids)", "in your neck, on your {side} side", ("artery:carotid",)),
    ("shoulder-artery", "shoulder artery (subclavian)", "shoulder arteries (subclavian)", "under your collar bone, on your {side} side", ("artery:subclavian",)),
    ("arm-artery", "arm artery", "arm arteries", "in your {side} arm", ("artery:radial", "artery:arm")),
    ("kidney-artery", "kidney artery (renal artery)", "kidney arteries (renal arteries)", "to your {side} kidney", ("artery:renal",)),
    ("iliac-artery", "pelvis artery (iliac artery)", "pelvis arteries (iliac arteries)", "in your pelvis, on your {side} side", ("artery:outer-iliac", "artery:iliac")),
    ("pelvic-artery", "inner pelvis artery (internal iliac)", "inner pelvis arteries (internal iliac)", "deep in your pelvis, on your {side} side", ("artery:inner-iliac",)),
    ("leg-artery", "thigh artery (femoral artery)", "thigh arteries (femoral arteries)", "in your {side} thigh", ("artery:knee", "artery:femoral")),
    ("lower-leg-artery", "lower leg arteries", "lower leg arteries", "below your {side} knee", ("artery:calf", "artery:shin")),
    ("womb-artery", "womb artery (uterine artery)", "womb arteries (uterine arteries)", "low down, on your {side} side", ("artery:womb",)),
    ("prostate-artery", "prostate artery", "prostate arteries", "low down, on your {side} side", ("artery:prostate",)),
    ("neck-vein", "neck vein (jugular vein)", "neck veins (jugular veins)", "in your neck, on your {side} side", ("vein:upper-jugular", "vein:jugular")),
    ("shoulder-vein", "vein under the collar bone (subclavian)", "veins under the collar bones (subclavian)", "near your {side} shoulder", ("vein:collar",)),
    ("arm-vein", "upper arm vein", "upper arm veins", "in your {side} arm", ("vein:arm-vein",)),
    ("fistula", "dialysis fistula", "dialysis fistulas", "in your {side} arm", ("vein:forearm-vein",)),
    ("kidney-vein", "kidney vein", "kidney veins", "to your {side} kidney", ("vein:kidney-vein",)),
    ("lung-artery", "lung artery (pulmonary artery)", "lung arteries (pulmonary arteries)", "to your {side} lung", ("vein:lung-artery",)),
    ("testicle-vein", "testicle vein", "testicle veins", "down to your {side} testicle", ("vein:gonad-vein", "vein:testicle-vein")),
    ("ovary-vein", "ovary vein", "ovary veins", "down to your {side} ovary", ("vein:gonad-vein",)),
    ("iliac-vein", "pelvis vein (iliac vein)", "pelvis veins (iliac veins)", "in your pelvis, on your {side} side", ("vein:outer-iliac-vein", "vein:iliac-vein")),
    ("leg-vein", "thigh vein (femoral vein)", "thigh veins (femoral veins)", "in your {side} thigh", ("vein:knee-vein", "vein:femoral-vein")),
    ("lower-leg-vein", "lower leg vein", "lower leg veins", "below your {side} knee", ("vein:calf-vein",)),
)
# fmt: on


# fmt: off
_SPINES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("spine", "spine", "down the middle of your back", ("spine-neck", "spine-chest", "spine-lower")),
    ("spine-neck", "bones of the neck", "in the middle, at the back of your neck", ("spine-neck",)),
    ("spine-chest", "bones of the upper back", "in the middle of your upper back", ("spine-chest",)),
    ("spine-lower", "bones of the lower back", "in the middle of your lower back", ("spine-lower",)),
)
# fmt: on


def _pair(
    slug: str, one: str, both: str, where: str, organs: bool, lines: tuple[str, ...]
) -> list[Part]:
    made = []
    for sides in (("right",), ("left",), ("right", "left")):
        single = len(sides) == 1
        name = f"{sides[0]} {one}" if single else both
        place = where.format(side=sides[0]) if single else "one on each side"
        made.append(
            Part(
                slug=f"{slug}-{sides[0]}" if single else slug,
                name=name,
                where=place,
                organs=tuple(f"{slug}-{side}" for side in sides) if organs else (),
                branches=tuple(f"{line}-{side}" for side in sides for line in lines),
            )
        )
    return made


def _catalogue() -> dict[str, Part]:
    parts = [Part(slug, name, where, organs=(slug,)) for slug, name, where in _SINGLE_ORGANS]
    for slug, one, both, where in _PAIRED_ORGANS:
        parts += _pair(slug, one, both, where, True, ())
    for slug, name, where, branches in _SINGLE_VESSELS:
        parts.append(Part(slug, name, where, branches=branches))
    for slug, one, both, where, lines in _PAIRED_VESSELS:
        parts += _pair(slug, one, both, where, False, lines)
    parts += [Part(slug, name, where, spine=spine) for slug, name, where, spine in _SPINES]
    return {part.slug: part for part in parts}


PARTS: dict[str, Part] = _catalogue()
PART_SLUGS: tuple[str, ...] = tuple(PARTS)


def part(slug: str) -> Part:
    """The part with this slug; raises ``UnknownPart`` naming the slug where there is none."""
    if slug not in PARTS:
        raise UnknownPart(f"No part of the body is drawn for {slug!r}.")
    return PARTS[slug]


def is_pair(slug: str) -> bool:
    """Whether a slug stands for both of a pair, as ``kidney`` does."""
    return f"{slug}-right" in PARTS


def one_of(slug: str, side: str) -> Part:
    """The right or left one of a pair; a part that is no pair is itself."""
    return PARTS[f"{slug}-{side}"] if is_pair(slug) else part(slug)


def side_of(slug: str) -> str | None:
    """``"right"`` or ``"left"`` for one of a pair, else ``None``."""
    tail = slug.rpartition("-")[2]
    return tail if tail in ("right", "left") else None
