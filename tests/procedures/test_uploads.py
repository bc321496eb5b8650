"""Uploads: what is not a picture is refused in words, and nothing of the upload but its pixels is kept."""

import contextlib
import io
import random
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from procedures.uploads import NotAPicture, make_variants, open_upload


def jpeg(size=(1600, 900), **options) -> bytes:
    written = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(written, "JPEG", **options)
    return written.getvalue()


def refuse(content: bytes) -> str:
    with pytest.raises(NotAPicture) as refused:
        open_upload(io.BytesIO(content))
    return str(refused.value)


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 30,000 by 30,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def test_a_bomb_a_renamed_file_a_drawing_and_a_stump_are_refused_in_words():
    assert "40 million pixels" in refuse(bomb())
    assert "whatever its name says" in refuse(b"%PDF-1.7 not a picture at all")
    assert "whatever its name says" in refuse(b"GIF89a" + b"\0" * 100)
    assert "SVG" in refuse(
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    )
    assert "SVG" in refuse(b"  \n<svg onload='x'/>")
    assert "damaged" in refuse(jpeg()[:4000])
    assert "empty" in refuse(b"")
    assert "15 MB" in refuse(b"\xff\xd8" + b"\0" * (15 * 1024 * 1024 + 1))
    assert "320" in refuse(jpeg((100, 100)))


def test_place_camera_and_anything_behind_the_picture_are_gone(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    content = jpeg(exif=exif) + b"HIDDEN-BEHIND-THE-PICTURE"
    made = make_variants(open_upload(io.BytesIO(content)), tmp_path)
    for variant in made.variants:
        kept = (tmp_path / variant["file"]).read_bytes()
        assert b"SecretCamera" not in kept
        assert b"HIDDEN-BEHIND" not in kept
        assert not dict(Image.open(io.BytesIO(kept)).getexif())


def test_every_width_is_made_in_every_format(tmp_path):
    made = make_variants(open_upload(io.BytesIO(jpeg())), tmp_path)
    assert {(variant["format"], variant["width"]) for variant in made.variants} == {
        (name, width) for name in ("avif", "webp", "jpeg") for width in (320, 640, 960, 1280)
    }
    assert (made.width, made.height) == (1280, 720)


def test_a_picture_taken_sideways_stands_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    made = make_variants(open_upload(io.BytesIO(jpeg(exif=exif))), tmp_path)
    assert made.height > made.width


def saved(picture: Image.Image, kind: str, **options) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def half_clear(size=(400, 300)) -> Image.Image:
    """Left half red, right half clear, over black that must never show."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    picture.paste((200, 30, 30, 255), (0, 0, size[0] // 2, size[1]))
    return picture


def close(pixel, colour, by=8) -> bool:
    return all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=True))


RED, WHITE = (200, 30, 30), (255, 255, 255)


def palette() -> bytes:
    picture = Image.new("P", (400, 300), 1)
    picture.putpalette([*RED, 0, 0, 0])
    picture.paste(0, (0, 0, 200, 300))
    return saved(picture, "PNG", transparency=1)


def grey_and_alpha() -> bytes:
    picture = Image.new("LA", (400, 300), (0, 0))
    picture.paste((200, 255), (0, 0, 200, 300))
    return saved(picture, "PNG")


def colour_key() -> bytes:
    picture = Image.new("RGB", (400, 300), (1, 2, 3))
    picture.paste(RED, (0, 0, 200, 300))
    return saved(picture, "PNG", transparency=(1, 2, 3))


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (saved(half_clear(), "PNG"), RED),
        (saved(half_clear(), "WEBP", lossless=True), RED),
        (palette(), RED),
        (colour_key(), RED),
        (grey_and_alpha(), (200, 200, 200)),
    ],
    ids=["PNG", "WebP", "palette", "colour key", "grey"],
)
def test_what_is_transparent_lies_on_white_in_every_format(tmp_path, content, left):
    made = make_variants(open_upload(io.BytesIO(content)), tmp_path)
    for variant in made.variants:
        shown = Image.open(tmp_path / variant["file"]).convert("RGB")
        middle = shown.height // 2
        assert close(shown.getpixel((shown.width // 4, middle)), left), variant
        assert close(shown.getpixel((shown.width * 3 // 4, middle)), WHITE), variant


def test_half_seen_through_is_half_white():
    picture = Image.new("RGBA", (400, 300), (0, 0, 0, 128))
    assert close(open_upload(io.BytesIO(saved(picture, "PNG"))).getpixel((9, 9)), (127, 127, 127))


def test_print_colours_and_16_bits_keep_their_look():
    ink = Image.new("CMYK", (400, 300), (0, 255, 255, 0))
    assert close(open_upload(io.BytesIO(saved(ink, "JPEG"))).getpixel((9, 9)), (255, 0, 0), 12)
    grey = Image.new("I;16", (400, 300), 32_768)
    assert close(open_upload(io.BytesIO(saved(grey, "PNG"))).getpixel((9, 9)), (128, 128, 128))


def test_colours_of_another_profile_are_brought_to_the_webs_own():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = Image.new("RGB", (400, 300), RED)
    told = open_upload(io.BytesIO(saved(plain, "PNG", icc_profile=lab)))
    assert close(told.getpixel((9, 9)), RED)
    wrong = open_upload(io.BytesIO(saved(plain, "PNG", icc_profile=b"not a profile" * 20)))
    assert close(wrong.getpixel((9, 9)), RED)


def test_a_picture_that_moves_is_refused_and_a_telephones_double_picture_is_not():
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "blue")]
    for kind in ("PNG", "WEBP"):
        moving = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        assert "moves" in refuse(moving)
    double = saved(frames[0], "MPO", save_all=True, append_images=frames[1:])
    assert close(open_upload(io.BytesIO(double)).getpixel((9, 9)), (255, 0, 0), 12)


def test_a_ribbon_is_refused_and_the_width_is_measured_upright():
    assert "times as long" in refuse(saved(Image.new("RGB", (20_000, 20)), "PNG"))
    exif = Image.Exif()
    exif[0x0112] = 6
    assert "300 pixels wide" in refuse(jpeg((800, 300), exif=exif))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_file_cut_short_anywhere_or_with_any_byte_changed_never_breaks_the_page(kind):
    whole = saved(Image.effect_noise((360, 340), 60).convert("RGB"), kind)
    chance = random.Random(7)
    for _ in range(60):
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        for content in (bytes(broken), whole[: chance.randrange(len(whole))]):
            with contextlib.suppress(NotAPicture):
                open_upload(io.BytesIO(content))
    assert "damaged" in refuse(whole[: len(whole) * 2 // 3])
