"""Takes an uploaded picture apart and makes it anew: real type from the bytes, size limits, no metadata, every width.

What is kept never holds a byte of the upload: pixels are decoded and written again, so that places, cameras, names and
anything hidden behind the picture are gone.
"""

import contextlib
import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MOST_BYTES = 15 * 1024 * 1024
"""Largest upload, in bytes."""
MOST_PIXELS = 40_000_000
"""Largest picture, in pixels (a 40-megapixel camera)."""
LEAST_WIDTH = 320
"""Narrowest picture worth showing, in pixels."""
MOST_TIMES_AS_LONG = 10
"""How many times its shorter side a picture's longer side may be."""
TOO_MANY_PIXELS = "The picture has more than 40 million pixels. Save it smaller and try again."
DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    LookupError,
    OverflowError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for files whose inside does not hold together."""
ACCEPTED = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WebP"}
WIDTHS = (320, 640, 960, 1280)
FORMATS = {
    "avif": ("AVIF", {"quality": 55}),
    "webp": ("WEBP", {"quality": 78}),
    "jpeg": ("JPEG", {"quality": 80, "progressive": True}),
}


class NotAPicture(Exception):
    """Raised with a line that says what is wrong with the upload, and what to do."""


@dataclass(frozen=True)
class Made:
    """What was made from an upload. `variants` is a list of {format, width, height, file}."""

    width: int
    height: int
    digest: str
    variants: list[dict[str, Any]]


def open_upload(upload: IO[bytes]) -> Image.Image:
    """Return the decoded picture of an upload: upright, in sRGB, what was transparent white. Raises NotAPicture."""
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotAPicture("The file is larger than 15 MB. Save it smaller and try again.")
    if not content:
        raise NotAPicture("The file is empty. Choose it again.")
    beginning = content[:1024].lstrip().lower()
    if beginning.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        raise NotAPicture(
            "This is an SVG drawing, which can hold programs. Save it as PNG and upload that."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            picture = Image.open(io.BytesIO(content), formats=tuple(ACCEPTED))
            _check(picture)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            if upright.width < LEAST_WIDTH:
                raise NotAPicture(
                    f"The picture is {upright.width} pixels wide. It must be at least {LEAST_WIDTH}."
                )
            return _on_white(_in_srgb(upright, picture.info.get("icc_profile")))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture(TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise NotAPicture(
            "This is not a JPEG, PNG or WebP picture, whatever its name says. Open it in a picture program and save it as JPEG."
        ) from error
    except DAMAGED as error:
        raise NotAPicture(
            "The file is damaged or cut short. Copy it again from where it came, and upload that."
        ) from error


def _check(picture: Image.Image) -> None:
    """Refuse, from what the file says of itself, before any pixel is decoded. Raises NotAPicture."""
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAPicture(TOO_MANY_PIXELS)
    if max(picture.size) > MOST_TIMES_AS_LONG * min(picture.size):
        raise NotAPicture(
            f"The picture is more than {MOST_TIMES_AS_LONG} times as long as it is wide. Cut it to the part that matters."
        )
    # A telephone's JPEG may carry a second picture (format MPO), which never moves; the first one counts.
    if picture.format in ("PNG", "WEBP") and getattr(picture, "is_animated", False):
        raise NotAPicture("The picture moves. Save the one still that matters, and upload that.")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as RGB, or RGBA where anything may be transparent, its colours brought to sRGB."""
    if picture.mode.startswith(
        "I"
    ):  # 16 bits of grey: Pillow would cut them off at 255, not scale them
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    see_through = "A" in picture.getbands() or "transparency" in picture.info
    wanted = "RGBA" if see_through else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        with contextlib.suppress(
            ImageCms.PyCMSError, OSError
        ):  # a profile that is wrong is left aside
            return ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=wanted,
            )
    return picture.convert(wanted)


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture on white paper, as the page is: JPEG knows no transparency, and would make it black."""
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture).convert("RGB")


def make_variants(picture: Image.Image, folder: Path | None = None) -> Made:
    """Write every width and format of a picture, and return what was written. Files are named by their content."""
    folder = folder or Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    widths = [width for width in WIDTHS if width < clean.width] + [min(clean.width, WIDTHS[-1])]
    variants: list[dict[str, Any]] = []
    digest = ""
    for width in dict.fromkeys(widths):
        height = round(clean.height * width / clean.width)
        sized = (
            clean.resize((width, height), Image.Resampling.LANCZOS)
            if width != clean.width
            else clean
        )
        for name, (pillow_format, options) in FORMATS.items():
            written = io.BytesIO()
            sized.save(written, pillow_format, **options)
            content = written.getvalue()
            content_digest = hashlib.sha256(content).hexdigest()
            file = f"{content_digest[:20]}-{width}.{name}"
            (folder / file).write_bytes(content)
            variants.append({"format": name, "width": width, "height": height, "file": file})
            if name == "jpeg":
                digest = content_digest
    largest = max(variants, key=lambda variant: variant["width"])
    return Made(largest["width"], largest["height"], digest, variants)
