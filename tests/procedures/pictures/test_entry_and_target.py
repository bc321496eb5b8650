"""Where we go in, and where we treat."""

import gzip

import pytest

from procedures import illustrations
from procedures.library import shelf
from procedures.pictures import ENTRY_SLUGS, PART_SLUGS, Entry, UnknownPart, entry_and_target
from procedures.pictures.organs import SPINE_PARTS
from procedures.pictures.parts import part
from procedures.pictures.routes import find_route, is_within_reach
from tests.procedures.pictures.placements import PLACEMENTS
from tests.procedures.pictures.svg_reading import SVG, check_drawing, texts_of


@pytest.mark.parametrize("slug", PLACEMENTS)
def test_every_procedure_of_the_catalogue_can_be_drawn(slug):
    entries, targets, purpose = PLACEMENTS[slug]
    picture = entry_and_target("w", entries, targets, purpose=purpose)
    root = check_drawing(picture, "w")
    assert len(picture.svg) < 12_000
    assert len(gzip.compress(picture.svg.encode())) < 4_200
    lit = {element.get("data-part") for element in root.iter() if element.get("data-part")}
    assert lit == set(targets)
    assert len(picture.key) == len(entries) + len(targets)
    for target in targets:
        assert part(target).name in picture.alt
    for entry in entries:
        given = entry if isinstance(entry, Entry) else Entry(entry)
        words = given.name("right").split()[0 if not given.paired else -1]
        assert words.strip("()") in picture.alt


@pytest.mark.parametrize("slug", PART_SLUGS)
def test_every_part_can_be_lit_up_and_is_named_with_its_side(slug):
    picture = entry_and_target("p", ["tummy"], [slug])
    root = check_drawing(picture, "p")
    assert any(element.get("data-part") == slug for element in root.iter())
    assert part(slug).name in picture.alt
    assert part(slug).where in picture.alt


@pytest.mark.parametrize("slug", ENTRY_SLUGS)
def test_every_entry_point_can_be_drawn(slug):
    target = {"water-pipe": "bladder", "bottom": "large-bowel"}.get(slug, "stomach")
    picture = entry_and_target("e", [slug], [target])
    check_drawing(picture, "e")
    assert "We go in at your" in picture.alt


def test_the_picture_says_which_side_is_which():
    front = entry_and_target("a", ["groin"], ["liver"])
    assert texts_of(check_drawing(front, "a"))[:2] == ["Your right", "Your left"]
    assert "your right side is on the left of the picture" in front.alt
    back = entry_and_target("b", ["back"], ["kidney-left"])
    assert texts_of(check_drawing(back, "b"))[:2] == ["Your left", "Your right"]
    assert "seen from behind" in back.alt


def test_an_uncertain_side_is_told_and_a_sure_one_is_stated():
    open_side = entry_and_target("a", ["groin"], ["liver"])
    assert "right or left groin" in open_side.alt
    assert "The picture shows the right side." in open_side.alt
    sure = entry_and_target("b", [Entry("groin", "left")], ["liver"])
    assert "your left groin" in sure.alt
    assert "right or left" not in sure.alt


def test_a_needle_through_the_side_goes_in_on_the_side_of_the_part():
    assert "your right side" in entry_and_target("a", ["side"], ["liver"]).alt
    assert "your left side" in entry_and_target("b", ["side"], ["spleen"]).alt


def test_two_places_are_a_choice_and_two_sides_of_one_place_are_both():
    assert "Or we go in" in entry_and_target("a", ["groin", "wrist"], ["liver"]).alt
    both = entry_and_target("b", [Entry("groin", "right"), Entry("groin", "left")], ["aorta"])
    assert "We also go in at your left groin" in both.alt


def test_the_way_follows_the_vessels():
    (to_liver,) = find_route("groin", "liver")
    assert "artery:aorta-tummy" in to_liver.passes
    assert to_liver.passes[-1] == "artery:hepatic"
    (from_wrist,) = find_route("wrist", "liver", side="left")
    assert from_wrist.passes[0] == "artery:radial-left"
    assert "artery:aorta-arch" in from_wrist.passes
    lungs = find_route("groin", "lung-artery")
    assert len(lungs) == 2
    assert all("vein:right-heart" in route.passes for route in lungs)
    (tips,) = find_route("neck", "tips-channel")
    assert {"vein:svc", "vein:hepatic-vein", "vein:portal-crossing"} <= set(tips.passes)
    (bile,) = find_route("side", "bile-duct")
    assert bile.straight == 1
    assert "duct:bile-main" in bile.passes


def test_a_womb_is_reached_on_both_sides_from_one_groin():
    routes = find_route("groin", "womb", side="right")
    assert {route.passes[-1] for route in routes} == {"artery:womb-right", "artery:womb-left"}


def test_labels_in_the_margin_never_overlap():
    picture = entry_and_target(
        "m", ["groin", "wrist"], ["liver", "gallbladder", "stomach", "spleen"], key=False
    )
    root = check_drawing(picture, "m")
    discs = [
        (float(circle.get("cx")), float(circle.get("cy")))
        for group in root.findall(f"{SVG}g")
        if (group.get("class") or "").startswith("ir-badge")
        for circle in group.findall(f"{SVG}circle")
    ]
    assert len(discs) == 6
    for index, (x, y) in enumerate(discs):
        for other_x, other_y in discs[index + 1 :]:
            assert abs(x - other_x) > 24 or abs(y - other_y) >= 24


def test_letters_are_at_least_14_pixels_on_a_phone():
    picture = entry_and_target("t", ["groin"], ["liver"])
    root = check_drawing(picture, "t")
    assert root.get("viewBox").split()[2] == "288"
    sizes = [float(e.get("font-size")) for e in root.iter() if e.get("font-size")]
    assert min(sizes) >= 14


def test_two_drawings_on_a_page_share_no_id():
    one = entry_and_target("one", ["groin"], ["liver"]).svg
    assert 'id="one-' in one
    assert 'id="two-' not in one


def test_a_prefix_that_would_break_out_of_the_markup_is_refused():
    with pytest.raises(ValueError, match="id"):
        entry_and_target('x" onload="alert(1)', ["groin"], ["liver"])


def test_a_title_is_escaped():
    picture = entry_and_target("x", ["groin"], ["liver"], title="<script>alert(1)</script>")
    assert "<script" not in picture.svg


def test_what_is_not_drawn_is_an_error():
    with pytest.raises(UnknownPart, match="tail"):
        entry_and_target("x", ["groin"], ["tail"])
    with pytest.raises(UnknownPart, match="antler"):
        entry_and_target("x", ["antler"], ["liver"])
    with pytest.raises(UnknownPart, match="mouth"):
        entry_and_target("x", [Entry("mouth", via="artery")], ["liver"])
    with pytest.raises(ValueError, match="part"):
        entry_and_target("x", ["groin"], [])


def boxes_of(slug):
    """Where each piece of a part is drawn, one by one."""
    drawn = part(slug)
    return [
        *(shape.box for shape in drawn.shapes),
        *(line.box for line in drawn.lines),
        *(SPINE_PARTS[name][1] for name in drawn.spine),
    ]


def inside_one(point, slug):
    x, y = point
    return any(
        box.left - 1 <= x <= box.right + 1 and box.top - 1 <= y <= box.bottom + 1
        for box in boxes_of(slug)
    )


@pytest.mark.parametrize("slug", PART_SLUGS)
def test_a_line_to_a_part_ends_on_it_and_not_between_two(slug):
    assert inside_one(part(slug).anchor, slug)


@pytest.mark.parametrize("slug", PART_SLUGS)
@pytest.mark.parametrize("entry", ["back", "side", "tummy"])
def test_a_needle_through_the_skin_meets_the_part(entry, slug):
    """A drain of the kidneys once pointed at the spine, the middle of the two."""
    for side in (None, "left", "right"):
        [route] = find_route(entry, slug, "skin", side)
        assert any(inside_one(point, slug) for point in route.points[1:]), (side, route.points)


def test_both_kidneys_are_told_as_both_and_the_way_as_one():
    picture = entry_and_target("k", ["back"], ["kidney"], purpose="drain")
    assert "your kidneys, one on each side" in picture.alt
    assert "The picture shows the way to the right one." in picture.alt


@pytest.mark.parametrize(
    ("entry", "via", "target", "reached"),
    [
        ("back", "skin", "nerve-root", True),
        ("neck", "skin", "nerve-root", False),
        ("neck", "skin", "spine-neck", True),
        ("neck", "skin", "liver", False),
        ("neck", "vein", "liver", True),
        ("mouth", "skin", "coeliac-plexus", False),
        ("wrist", "artery", "womb", True),
        ("mouth", None, "gullet", True),
    ],
)
def test_no_needle_is_drawn_from_the_neck_to_the_lower_back(entry, via, target, reached):
    assert is_within_reach(entry, target, via) is reached


@pytest.mark.parametrize(
    ("entry", "via", "target"),
    [
        ("forearm", "vein", "fistula"),
        ("knee-back", "vein", "leg-vein"),
        ("leg", "vein", "iliac-vein"),
    ],
)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_way_in_at_a_limb_stays_on_that_side(entry, via, target, side):
    [route] = find_route(entry, target, via, side)
    assert (route.points[0][0] < 0) == (side == "right")
    assert inside_one(route.points[-1], f"{target}-{side}")


@pytest.mark.django_db
@pytest.mark.every_page
def test_every_published_way_is_drawn_as_far_as_needles_go():
    drawn = 0
    for page in shelf.current().procedures.values():
        target = illustrations._target(page.document)
        for entry in illustrations._entries(page.document, target) if target else []:
            assert is_within_reach(entry.place, target, entry.via), (page.slug, entry)
            drawn += 1
    assert drawn > 60
