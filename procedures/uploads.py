"""Takes an uploaded picture apart and makes it anew: real type from the bytes, size limits, no metadata, every width.

What is kept never holds a byte of the upload: pixels are decoded and written again, so that places, cameras, names and
anything hidden behind the picture are gone.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 15 * 1024 * 1024
"""Largest upload, in bytes."""
MOST_PIXELS = 40_000_000
"""Largest picture, in pixels (a 40-megapixel camera)."""
LEAST_WIDTH = 320
"""Narrowest picture worth showing, in pixels."""
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
    """Return the decoded picture of an upload, upright. Raises NotAPicture."""
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
            picture = Image.open(io.BytesIO(content), formats=tuple(ACCEPTED))
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPicture(
                    "The picture has more than 40 million pixels. Save it smaller and try again."
                )
            if picture.width < LEAST_WIDTH:
                raise NotAPicture(
                    f"The picture is {picture.width} pixels wide. It must be at least {LEAST_WIDTH}."
                )
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture(
            "The picture has more than 40 million pixels. Save it smaller and try again."
        ) from error
    except UnidentifiedImageError as error:
        raise NotAPicture(
            "This is not a JPEG, PNG or WebP picture, whatever its name says. Open it in a picture program and save it as JPEG."
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NotAPicture(
            "The file is damaged or cut short. Copy it again from where it came, and upload that."
        ) from error
    return ImageOps.exif_transpose(picture).convert("RGB")


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
