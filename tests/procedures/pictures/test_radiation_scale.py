"""Radiation, beside things people know."""

import pytest

from procedures.pictures import BANDS, COMPARISONS, band_of, radiation_scale
from procedures.pictures.radiation_scale import as_background
from tests.procedures.pictures.svg_reading import check_drawing, texts_of


@pytest.mark.parametrize(
    ("msv", "slug"),
    [
        (0, "very-low"),
        (0.099, "very-low"),
        (0.1, "low"),
        (5, "low"),
        (5.1, "moderate"),
        (20, "moderate"),
        (20.1, "higher"),
    ],
)
def test_bands_are_those_of_the_content_guide(msv, slug):
    assert band_of(msv).slug == slug


def test_the_comparisons_are_the_fact_sheets_and_name_their_source():
    assert {(item.name, item.msv) for item in COMPARISONS} == {
        ("chest X-ray", 0.02),
        ("1 year of natural background in the UK", 2.2),
        ("CT scan of the head", 2.0),
        ("CT scan of the tummy and pelvis", 10.0),
    }
    assert {item.source for item in COMPARISONS} == {"S1"}


@pytest.mark.parametrize(
    ("msv", "words"),
    [
        (0.02, "about 3 days"),
        (2.2, "about 1 year"),
        (10, "about 5 years"),
        (0.7, "about 4 months"),
    ],
)
def test_a_dose_as_time_agrees_with_the_source(msv, words):
    assert as_background(msv) == words


def test_a_dose_stands_in_its_band_beside_the_comparisons():
    picture = radiation_scale("r", msv=3.9)
    texts = " ".join(texts_of(check_drawing(picture, "r"))).replace("\u00a0", " ")
    assert "This procedure: 3.9 mSv" in texts
    for band in BANDS:
        assert f"{band.name}: {band.words}" in texts
    for name in ("chest X-ray", "natural background", "CT scan"):
        assert name in picture.alt


def test_a_range_over_bands_is_told_as_a_range():
    alt = radiation_scale("r", msv=4.5, msv_high=38.2, name="Biliary drainage").alt
    assert "4.5 to 38.2 mSv" in alt
    assert "low to higher" in alt


def test_a_band_alone_is_enough():
    picture = radiation_scale("r", band="moderate")
    check_drawing(picture, "r")
    assert "moderate dose: 5 to 20 mSv" in picture.alt


def test_no_x_rays_is_said_plainly():
    picture = radiation_scale("r", band="none", name="An ultrasound drain")
    check_drawing(picture, "r")
    assert picture.text == ("An ultrasound drain uses no X-rays, so there is no radiation.",)


def test_neither_a_dose_nor_a_band_is_an_error():
    with pytest.raises(ValueError, match="dose"):
        radiation_scale("r")
    with pytest.raises(ValueError, match="below 0"):
        radiation_scale("r", msv=-1)
    with pytest.raises(ValueError, match="huge"):
        radiation_scale("r", band="huge")


def test_it_is_small():
    assert len(radiation_scale("r", msv=10).svg) < 6_000
