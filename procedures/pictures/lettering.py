"""How wide words are, so that they can be broken into lines before a browser sees them.

Widths are those of Arial (in thousandths of the letter height), taken a little wide, so that
Frutiger and Liberation Sans fit too.
"""

from __future__ import annotations

from procedures.pictures.markup import tag, words

_NARROW = "iljtfr.,:;'|!I()[] -"
_WIDE = "mwMW@%"
_SLACK = 1.04


def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text, in drawing units, for letters of the given size."""
    total = 0.0
    for letter in text:
        if letter in _NARROW:
            total += 0.32
        elif letter in _WIDE:
            total += 0.86
        elif letter.isupper():
            total += 0.69
        else:
            total += 0.555
    return total * size * _SLACK * (1.07 if bold else 1)


def lines_of(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines no wider than ``room``, broken between words.

    A single word wider than the room stands on a line of its own.
    """
    lines: list[str] = []
    current = ""
    for word in text.split():
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
