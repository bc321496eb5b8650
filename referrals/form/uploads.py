"""Files that come with a referral: what they are by content, and clean of what they carry along.

PDF, JPEG and PNG up to 10 MB (section 2.2). A picture is drawn anew, so that nothing but its
pixels goes on; a PDF is taken apart and put together again without metadata, scripts, embedded
files or forms that act.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import PurePath

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_PAGES = 500
MOST_FILES = 10
ALLOWED = {"PDF": "application/pdf", "JPEG": "image/jpeg", "PNG": "image/png"}


class FileRefused(ValueError):
    """The file cannot be taken. Its text can be shown."""


@dataclass(frozen=True)
class CleanFile:
    """A file that may be stored."""

    name: str
    content_type: str
    content: bytes


def clean_file(name: str, content: bytes) -> CleanFile:
    """Check a file by its content and return it clean. Raises FileRefused."""
    if not content:
        raise FileRefused("This file is empty.")
    if len(content) > MOST_BYTES:
        raise FileRefused("This file is larger than 10 MB.")
    if content[:1024].lstrip().startswith(b"%PDF-"):
        cleaned, kind, ending = _clean_pdf(content), "PDF", "pdf"
    elif content.startswith(b"\xff\xd8\xff"):
        cleaned, kind, ending = _clean_picture(content, "JPEG"), "JPEG", "jpg"
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        cleaned, kind, ending = _clean_picture(content, "PNG"), "PNG", "png"
    else:
        raise FileRefused("Choose a PDF, JPEG or PNG file. This file is something else.")
    if len(cleaned) > MOST_BYTES:
        raise FileRefused("This file is larger than 10 MB once it has been checked.")
    return CleanFile(safe_name(name, ending), ALLOWED[kind], cleaned)


def safe_name(name: str, ending: str) -> str:
    """A plain file name: letters, digits, spaces, dots and hyphens, with the right ending."""
    stem = PurePath(name.replace("\\", "/")).stem
    plain = " ".join(re.sub(r"[^\w .-]", " ", stem).split()).strip(". ")
    return f"{plain[:80] or 'file'}.{ending}"


def _clean_picture(content: bytes, kind: str) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise FileRefused("This picture has too many pixels. Make it smaller.")
            opened.load()
            turned = ImageOps.exif_transpose(opened)
            mode = "RGB" if kind == "JPEG" or turned.mode not in ("RGBA", "LA", "L") else "RGBA"
            mode = "L" if turned.mode == "L" else mode
            bare = Image.frombytes(mode, turned.size, turned.convert(mode).tobytes())
    except FileRefused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise FileRefused("This picture is damaged and cannot be read.") from None
    made = io.BytesIO()
    bare.save(made, kind, **({"quality": 90} if kind == "JPEG" else {"optimize": False}))
    return made.getvalue()


def _clean_pdf(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            if not opened.pages:
                raise FileRefused("This PDF has no pages.")
            if len(opened.pages) > MOST_PAGES:
                raise FileRefused(f"This PDF has more than {MOST_PAGES} pages.")
            _strip(opened)
            made = io.BytesIO()
            opened.remove_unreferenced_resources()
            opened.save(made, deterministic_id=True, encryption=False)
    except FileRefused:
        raise
    except pikepdf.PasswordError:
        raise FileRefused("This PDF is locked with a password. Save it without one.") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, KeyError, TypeError):
        raise FileRefused("This PDF is damaged and cannot be read.") from None
    return made.getvalue()


def _strip(opened: pikepdf.Pdf) -> None:
    """Take out metadata and everything that acts or hides another file."""
    root = opened.Root
    for key in ("/Metadata", "/OpenAction", "/AA", "/AcroForm", "/AF", "/PieceInfo", "/Collection"):
        if key in root:
            del root[key]
    if "/Names" in root:
        for key in ("/JavaScript", "/EmbeddedFiles"):
            if key in root.Names:
                del root.Names[key]
    if "/Info" in opened.trailer:
        del opened.trailer["/Info"]
    for page in opened.pages:
        for key in ("/Metadata", "/PieceInfo", "/AA", "/Annots", "/Thumb"):
            if key in page:
                del page[key]
    for each in opened.objects:
        if isinstance(each, pikepdf.Stream | pikepdf.Dictionary) and "/Metadata" in each:
            del each["/Metadata"]
