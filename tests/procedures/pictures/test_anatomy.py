"""Right is right and left is left, and each part lies where an atlas puts it."""

import pytest

from procedures.pictures.figure import BODY
from procedures.pictures.geometry import box_round
from procedures.pictures.organs import ORGANS
from procedures.pictures.parts import PARTS, UnknownPart, part
from procedures.pictures.vessels import ARTERIES, VEINS

# The person's right is below 0. Heights: collar bones 120, T12 224, navel 278, pubic bone 360.


def middle(name: str) -> tuple[float, float]:
    return part(name).box.centre


@pytest.mark.parametrize("name", ["liver", "gallbladder", "bile-duct", "duodenum"])
def test_these_lie_on_the_persons_right(name):
    assert middle(name)[0] < 0


@pytest.mark.parametrize("name", ["stomach", "spleen", "heart"])
def test_these_lie_on_the_persons_left(name):
    assert middle(name)[0] > 0


@pytest.mark.parametrize("name", ["brain", "bladder", "womb", "prostate", "spine", "thyroid"])
def test_these_lie_in_the_middle(name):
    assert abs(middle(name)[0]) < 1


def test_the_liver_reaches_past_the_midline_but_not_far():
    box = part("liver").box
    assert box.left < -50
    assert 20 < box.right < 40


def test_the_right_kidney_is_a_little_lower_and_both_lie_at_t12_to_l3():
    right, left = part("kidney-right").box, part("kidney-left").box
    assert 2 < right.top - left.top < 12
    for box in (right, left):
        assert 210 < box.top < 226
        assert 255 < box.bottom < 268
        assert 38 < box.height < 50


def test_the_caecum_is_on_the_right_and_the_sigmoid_on_the_left():
    knots = ORGANS["large-bowel"][0].knots
    assert knots[0][0] < -35  # caecum, where the large bowel begins
    assert max(k[0] for k in knots) > 45
    assert knots[-1][0] == pytest.approx(0, abs=2)  # rectum


def test_the_aorta_is_left_of_the_vena_cava_all_the_way():
    aorta = ARTERIES["aorta-tummy"].points
    cava = VEINS["ivc"].points
    assert min(x for x, _ in aorta) > 0 > max(x for x, _ in cava)
    assert VEINS["svc"].box.right < 0


def test_the_femoral_vein_is_on_the_inner_side_of_the_artery():
    artery, vein = ARTERIES["femoral-left"].points[0], VEINS["femoral-vein-left"].points[0]
    assert 0 < vein[0] < artery[0]


def test_the_first_branch_of_the_arch_goes_to_the_right():
    assert ARTERIES["first-branch"].points[-1][0] < 0
    assert ARTERIES["subclavian-right"].points[0] == ARTERIES["first-branch"].points[-1]
    assert ARTERIES["subclavian-left"].points[0] in ARTERIES["aorta-arch"].points


def test_the_left_testicle_vein_joins_the_kidney_vein_and_the_right_one_the_vena_cava():
    assert VEINS["gonad-vein-left"].points[0] in VEINS["kidney-vein-left"].points
    assert VEINS["gonad-vein-right"].points[0] in VEINS["ivc"].points


def test_the_tail_of_the_pancreas_reaches_the_spleen_and_its_head_the_duodenum():
    pancreas, spleen, duodenum = (part(name).box for name in ("pancreas", "spleen", "duodenum"))
    assert pancreas.meets(spleen)
    assert pancreas.meets(duodenum)


def test_from_above_down():
    order = ["brain", "thyroid", "heart", "liver", "pancreas", "small-bowel", "womb", "prostate"]
    heights = [middle(name)[1] for name in order]
    assert heights == sorted(heights)


def test_every_part_lies_inside_the_body():
    outline = box_round(BODY)
    for each in PARTS.values():
        assert outline.left < each.box.left, each.slug
        assert each.box.right < outline.right, each.slug
        assert outline.top < each.box.top, each.slug
        assert each.box.bottom < outline.bottom, each.slug


def test_a_leader_line_ends_on_its_part():
    for each in PARTS.values():
        box = each.box.grown(2)
        assert box.left <= each.anchor[0] <= box.right, each.slug
        assert box.top <= each.anchor[1] <= box.bottom, each.slug


def test_paired_parts_name_their_own_side():
    for each in PARTS.values():
        for side, other in (("right", "left"), ("left", "right")):
            if each.slug.endswith(f"-{side}"):
                assert side in each.name
                assert other not in each.name
                assert (each.box.centre[0] < 0) == (side == "right"), each.slug


def test_an_unknown_part_is_named_in_the_error():
    with pytest.raises(UnknownPart, match="flux-capacitor"):
        part("flux-capacitor")
