"""The body map is a list of links that happens to be a picture."""

import pytest

from procedures.pictures import REGION_SLUGS, body_map
from tests.procedures.pictures.svg_reading import SVG, check_drawing, texts_of

ALL = {slug: f"/body-map/?region={slug}" for slug in REGION_SLUGS}


def links(root):
    return list(root.iter(f"{SVG}a"))


def test_every_region_is_one_link_with_a_name_and_an_address():
    picture = body_map("m", ALL, counts={"neck": 1, "leg": 4})
    root = check_drawing(picture, "m")
    assert root.get("role") == "group"
    found = {link.get("data-region"): link for link in links(root)}
    assert set(found) == set(REGION_SLUGS)
    for slug, link in found.items():
        assert link.get("href") == ALL[slug]
        assert link.find(f"{SVG}title").text
    assert found["neck"].find(f"{SVG}title").text == "Neck: 1 procedure"
    assert found["leg"].find(f"{SVG}title").text == "Leg: 4 procedures"


def test_every_link_is_at_least_44_pixels_to_touch_on_a_phone_and_none_overlap():
    root = check_drawing(body_map("m", ALL), "m")
    assert root.get("viewBox").startswith("0 0 288 ")
    tops = []
    for link in links(root):
        label = link.find(f"{SVG}rect")
        assert float(label.get("width")) >= 44
        assert float(label.get("height")) >= 44
        tops.append(float(label.get("y")))
    assert all(b - a >= 44 for a, b in zip(sorted(tops), sorted(tops)[1:], strict=False))


def test_regions_show_on_the_figures_they_belong_to():
    root = check_drawing(body_map("m", ALL), "m")
    clips = {
        link.get("data-region"): {
            group.get("clip-path") for group in link.iter() if group.get("clip-path")
        }
        for link in links(root)
    }
    assert clips["chest"] == {"url(#m-front)"}
    assert clips["back"] == {"url(#m-back)"}
    for slug in ("head", "neck", "arm", "pelvis", "leg"):
        assert clips[slug] == {"url(#m-front)", "url(#m-back)"}


def test_the_words_a_patient_uses_are_on_the_labels():
    texts = texts_of(check_drawing(body_map("m", ALL), "m"))
    assert "Tummy" in texts
    assert "Abdomen" not in texts


def test_the_chosen_region_says_so():
    root = check_drawing(body_map("m", ALL, current="pelvis"), "m")
    current = [link.get("data-region") for link in links(root) if link.get("aria-current")]
    assert current == ["pelvis"]


def test_it_is_small():
    assert len(body_map("m", ALL, counts=dict.fromkeys(ALL, 12)).svg) < 14_000


def test_a_region_without_procedures_is_left_out():
    root = check_drawing(body_map("m", {"head": "/h", "leg": "/l"}), "m")
    assert [link.get("data-region") for link in links(root)] == ["head", "leg"]


def test_addresses_are_escaped():
    picture = body_map("m", {"head": '/?q="><script>'})
    check_drawing(picture, "m")
    assert "<script" not in picture.svg


def test_a_region_that_is_not_on_the_map_is_an_error():
    with pytest.raises(ValueError, match="tail"):
        body_map("m", {"tail": "/"})
    with pytest.raises(ValueError, match="region"):
        body_map("m", {})
