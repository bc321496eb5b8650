"""The picture that every function here returns, and the few tags that all of them write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from procedures.pictures.geometry import number

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
Value = str | float | int | None


@dataclass(frozen=True)
class Picture:
    """A drawing and the words that say the same.

    ``svg`` is the markup, safe to put in a page as it stands. ``text`` is the same in plain
    sentences, for a paragraph or list beside it and for a leaflet's alternative text. ``key``
    pairs the numbers on the drawing with their words. ``width`` and ``height`` are its size in
    CSS pixels on the narrowest phone; it scales from there.
    """

    svg: str
    text: tuple[str, ...]
    width: float
    height: float
    key: tuple[tuple[str, str], ...] = field(default=())

    @property
    def alt(self) -> str:
        """The text alternative as one string."""
        return " ".join(self.text)

    def __html__(self) -> str:
        """Let templates print the drawing without escaping it."""
        return self.svg


def checked_id(prefix: str) -> str:
    """``prefix`` itself, if it can begin the ids of a drawing; raises ``ValueError`` if not."""
    if not _ID.match(prefix):
        raise ValueError(f"An id begins with a letter and holds no spaces: {prefix!r}.")
    return prefix


def tag(name: str, attributes: Mapping[str, Value] | None = None, *inside: str) -> str:
    """One element. ``_`` in an attribute's name stands for ``-``; ``None`` leaves it out.

    Attribute values are escaped; ``inside`` is markup and is not.
    """
    written = ""
    for key, value in (attributes or {}).items():
        if value is None:
            continue
        shown = escape(value) if isinstance(value, str) else number(float(value))
        written += f' {key.rstrip("_").replace("_", "-")}="{shown}"'
    content = "".join(inside)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(text: str) -> str:
    """Text made safe to stand between tags."""
    return escape(text, quote=False)


def drawing(
    prefix: str,
    width: float,
    height: float,
    title: str,
    description: str,
    inside: Iterable[str],
    css_class: str,
    role: str = "img",
) -> str:
    """The outer ``<svg>`` with its title and description, named by ``aria-labelledby``."""
    return tag(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "class": f"ir-picture {css_class}",
            "role": role,
            "aria-labelledby": f"{prefix}-title {prefix}-desc",
            "font_family": "Frutiger W01,Arial,sans-serif",
            "font_size": 15,
            "fill": "none",
        },
        tag("title", {"id": f"{prefix}-title"}, words(title)),
        tag("desc", {"id": f"{prefix}-desc"}, words(description)),
        *inside,
    )


def joined(items: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + f" {last} {items[-1]}"


def sentence(text: str) -> str:
    """Text with a capital first and a full stop last."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
