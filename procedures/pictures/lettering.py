"""How wide words are, so that they can be broken into lines before a browser sees them.

Widths are those of Arial (in thousandths of the letter height), taken a little wide, so that
Frutiger and Liberation Sans fit too.
"""

from __future__ import annotations

import re

from procedures.pictures.markup import tag, words

# Widths in letter heights; any letter not named is as wide as "a", and capitals as "R".
_WIDTHS: dict[str, float] = {
    **dict.fromkeys("ijl'|", 0.23),
    **dict.fromkeys("ft.,:;/!I ()[]r-•\u00a0", 0.32),
    **dict.fromkeys("cksvxyzJ", 0.5),
    **dict.fromkeys("mM%", 0.86),
    **dict.fromkeys("wW@", 0.84),
}
_CAPITAL, _OTHER = 0.69, 0.56
_SLACK = 1.03


def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text, in drawing units, for letters of the given size."""
    total = sum(_WIDTHS.get(letter, _CAPITAL if letter.isupper() else _OTHER) for letter in text)
    return total * size * _SLACK * (1.07 if bold else 1)


def lines_of(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines no wider than ``room``, broken between words.

    A single word wider than the room stands on a line of its own; a no-break space keeps its two
    words together.
    """
    lines: list[str] = []
    current = ""
    for word in re.split(r"[ \t\n]+", text.strip(" \t\n")):
        longer = f"{current} {word}" if current else word
        if current and width_of(longer, size, bold) > room:
            lines.append(current)
            current = word
        else:
            current = longer
    return [*lines, current] if current else lines


def text_line(text: str, x: float, y: float, anchor: str | None = None, bold: bool = False) -> str:
    """One line of text whose foot is at ``y``; colour and size come from the group round it."""
    weight = "bold" if bold else None
    return tag("text", {"x": x, "y": y, "text_anchor": anchor, "font_weight": weight}, words(text))
