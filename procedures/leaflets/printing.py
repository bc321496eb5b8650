"""Sets a template with Typst: tagged PDF/UA-1, with no fetching, no system fonts and no files written."""

import json
import threading
from datetime import UTC, datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
_lock = threading.Lock()
"""A compiler of Typst serves one caller at a time."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise RuntimeError("The font package font-source-sans-pro is not installed.")
    folder = str(Path(spec.origin).parent / "files")
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


@lru_cache(maxsize=4)
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(str(HERE / template), root=str(HERE), font_paths=_fonts())


def pdf(template: str, made_at: datetime, **inputs: Any) -> bytes:
    """Return the PDF of a template of this folder. Inputs that are not text travel as JSON.

    `made_at` is the date that the file bears; the same inputs then give the same bytes. Raises typst.TypstError if the
    template and its inputs do not fit, or the result would break PDF/UA-1.
    """
    written = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in inputs.items()
    }
    with _lock:
        made = _compiler(template).compile(
            format="pdf",
            sys_inputs=written,
            pdf_standards="ua-1",
            timestamp=made_at.astimezone(UTC).replace(microsecond=0),
        )
    if not isinstance(made, bytes):
        raise TypeError(f"Typst returned no PDF for {template}.")
    return made
