"""Uploads: what is not a picture is refused in words, and nothing of the upload but its pixels is kept."""

import io
import struct
import zlib

import pytest
from PIL import Image

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
