"""Fonts of a printed referral, the same on every machine, and signs that no font of ours can draw.

A sign without a shape would come out as an empty box: something that was typed would be lost
unseen. It is written out instead, as "[symbol U+1F600 grinning face]".
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

FAMILIES = ("Source Sans Pro", "Noto Sans Arabic")
_PACKAGES = ("font_source_sans_pro", "fontpkg_noto_sans_arabic")
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f\u20e3")
"""Signs without a shape of their own: they join others, or choose between two shapes."""


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The font package {package.replace('_', '-')} is not installed.")
    return Path(spec.origin).parent / "files"


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts that Typst may use, and no others of the machine."""
    folders = [str(_folder(each)) for each in _PACKAGES]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


@lru_cache(maxsize=1)
def drawable() -> frozenset[int]:
    """Every code point that the upright fonts of both families have a shape for."""
    found: set[int] = set()
    for package in _PACKAGES:
        upright = [
            path
            for path in sorted(_folder(package).iterdir())
            if path.suffix in (".ttf", ".otf") and ("Regular" in path.name or "[" in path.name)
        ]
        for path in upright:
            with TTFont(path, lazy=True) as font:
                found |= set(font.getBestCmap())
    return frozenset(found)


def on_paper(text: str) -> str:
    """The text with each sign that cannot be drawn written out."""
    known, made, after_symbol = drawable(), [], False
    for sign in text:
        if sign in "\n\t " or ord(sign) in known:
            made.append(sign)
            after_symbol = False
        elif sign in _JOINERS and (after_symbol or sign != "\u20e3"):
            continue
        else:
            name = unicodedata.name(sign, "").lower()
            made.append(f"[symbol U+{ord(sign):04X}{' ' + name if name else ''}]")
            after_symbol = True
    return "".join(made)
