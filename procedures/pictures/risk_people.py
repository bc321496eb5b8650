"""Risks and benefits as people: 100 or 1,000 small figures, with those affected filled in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from procedures.pictures import palette
from procedures.pictures.geometry import number
from procedures.pictures.lettering import lines_of, text_line
from procedures.pictures.likelihood import Chance, Denominator, shared_denominator
from procedures.pictures.markup import Picture, checked_id, drawing, sentence, tag
from procedures.pictures.people_on_paper import Row

Kind = Literal["risk", "benefit"]

WIDTH = 288.0
_LETTERS = 15.0
_LINE = 19.0
# People in a row, and the width and height of the ground each stands on.
_GRIDS: dict[int, tuple[int, float, float]] = {100: (20, 14.4, 22.0), 1000: (50, 5.76, 9.0)}
# A person about 10 wide and 20 tall, round 0, 0 at the top left.
_HEAD = "M7.2 1a2.7 2.7 0 1 1-.1 0z"
_TRUNK = "M4.4 7.4h5.6q2.2 0 2.2 2.2v4.6q0 1-1 1t-1-1v5.6h-6v-5.6q0 1-1 1t-1-1v-4.6q0-2.2 2.2-2.2z"
_PERSON = _HEAD + _TRUNK
_COLOURS = {
    "risk": (palette.RISK, "ir-risk"),
    "benefit": (palette.BENEFIT, "ir-benefit"),
}


def _scale(step: float, tall: float) -> float:
    """How large a person is on that much ground."""
    return min(step / 14.4, tall / 22.0)


def _edge(columns: int) -> float:
    """Width of an outline, before the person is scaled: small people need a stronger one."""
    return 1.6 if columns > 20 else 1.1


def _symbols(prefix: str, kind: Kind, columns: int, step: float, scale: float) -> str:
    """A person of each kind, and a row of each kind made of them."""
    colour, css_class = _COLOURS[kind]
    edge = _edge(columns)
    defs = tag(
        "pattern",
        {
            "id": f"{prefix}-hatch",
            "width": 3,
            "height": 3,
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
        tag("path", {"class": "ir-paper", "fill": palette.PAPER, "d": "M0 0h3v3h-3z"}),
        tag("path", {"class": css_class, "stroke": colour, "stroke_width": 1.7, "d": "M1 0v3"}),
    )
    looks = {
        "e": {"class": "ir-person", "fill": palette.PAPER, "stroke": palette.SKIN_EDGE},
        "h": {"class": css_class, "fill": f"url(#{prefix}-hatch)", "stroke": colour},
        "f": {"class": f"{css_class} {css_class}-fill", "fill": colour, "stroke": colour},
    }
    for letter, look in looks.items():
        defs += tag(
            "path",
            {
                "id": f"{prefix}-{letter}",
                **look,
                "stroke_width": edge,
                "d": _PERSON,
                "transform": f"scale({scale:.3f})",
            },
        )
    return defs


def _use(target: str, x: float, y: float) -> str:
    return tag("use", {"href": f"#{target}", "x": x or None, "y": y or None})


def _row(prefix: str, letter: str, columns: int, step: float) -> str:
    people = "".join(_use(f"{prefix}-{letter}", round(i * step, 2), 0) for i in range(columns))
    return tag("g", {"id": f"{prefix}-{letter}{columns}"}, people)


def _people(
    prefix: str, letters: str, columns: int, step: float, tall: float, top: float
) -> tuple[str, str]:
    """The grid, and the rows it needs to have defined: whole rows alike are drawn once."""
    drawn, needed = "", ""
    for index in range(0, len(letters), columns):
        row = letters[index : index + columns]
        y = top + index // columns * tall
        if len(set(row)) == 1:
            name = f"{prefix}-{row[0]}{columns}"
            if f'id="{name}"' not in needed:
                needed += _row(prefix, row[0], columns, step)
            drawn += _use(name, 0, y)
        else:
            drawn += "".join(
                _use(f"{prefix}-{letter}", round(i * step, 2), y) for i, letter in enumerate(row)
            )
    return drawn, needed


def _people_on_paper(
    prefix: str, letters: str, columns: int, step: float, tall: float, top: float, kind: Kind
) -> str:
    """The same grid for print. Striped people, few as they are, stay single."""
    drawn, scale, edge = "", _scale(step, tall), _edge(columns)
    for index in range(0, len(letters), columns):
        y, place = top + index // columns * tall, 0
        for letter, run in groupby(letters[index : index + columns]):
            many = len(list(run))
            row = Row(place * step, y, many, step, scale)
            if letter == "f":
                drawn += row.filled(_COLOURS[kind][0], edge)
            elif letter == "e":
                drawn += row.outlined(palette.SKIN_EDGE, edge)
            else:
                drawn += "".join(
                    _use(f"{prefix}-h", round((place + i) * step, 2), y) for i in range(many)
                )
            place += many
    return drawn


def _spoken(chance: Chance, denominator: Denominator, kind: Kind) -> tuple[str, ...]:
    over = f" {chance.over}" if chance.over else ""
    if not chance.known:
        told = [f"{chance.name}: it is not known how often this happens"]
    else:
        told = [f"{chance.name}: {chance.in_numbers(denominator)}{over}"]
        if kind == "risk":
            told.append(f"This is {chance.word()}")
        solid, hatched = chance.filled(denominator)
        if 0 < solid + hatched < denominator:
            left = denominator - solid - hatched
            verb = "does" if left == 1 else "do"
            what = "do not have this" if kind == "risk" else "do not have this benefit"
            told.append(
                f"{left:,} in {denominator:,} people {what}".replace("do not", f"{verb} not")
            )
    if chance.note:
        told.append(chance.note)
    return tuple(sentence(text) for text in told)


def risk_people(
    prefix: str,
    chance: Chance,
    denominator: Denominator | None = None,
    kind: Kind = "risk",
    *,
    on_paper: bool = False,
) -> Picture:
    """Draw one risk or benefit as people.

    Solid figures are the low end, hatched ones go on to the high end, the rest are empty. A
    chance without a figure has no people: only the words that it is not known.

    Args:
        prefix: begins every id.
        chance: the risk or benefit.
        denominator: 100 or 1,000: give the same one for every drawing of a page, from
            ``shared_denominator``. Left out, the one that suits this chance.
        kind: ``"risk"`` or ``"benefit"``; it sets colour and words.
        on_paper: drawn for a PDF: the same people, made faster.
    """
    checked_id(prefix)
    people = denominator or shared_denominator([chance])
    columns, step, tall = _GRIDS[people]
    scale = _scale(step, tall)
    y, texts = 0.0, ""
    for line in lines_of(chance.name, WIDTH - 4, _LETTERS, bold=True):
        y += _LINE
        texts += text_line(line, 0, y - 4, bold=True)
    over = f" {chance.over}" if chance.over else ""
    numbers = chance.in_numbers(people) + over
    if chance.known and kind == "risk":
        numbers += f" ({chance.word()})"
    for line in lines_of(sentence(numbers).rstrip("."), WIDTH - 4, _LETTERS):
        y += _LINE
        texts += text_line(line, 0, y - 4)
    told = _spoken(chance, people, kind)
    defs, grid = "", ""
    if chance.known:
        solid, hatched = chance.filled(people)
        letters = "f" * solid + "h" * hatched + "e" * (people - solid - hatched)
        top = round(y + 6, 1)
        if on_paper:
            grid, rows = _people_on_paper(prefix, letters, columns, step, tall, top, kind), ""
        else:
            grid, rows = _people(prefix, letters, columns, step, tall, top)
        defs = _symbols(prefix, kind, columns, step, scale) + rows
        y += 6 + len(letters) / columns * tall
        if hatched:
            y += 22
            texts += _hatched_key(prefix, chance, people, y, kind)
    ink = {"class": "ir-ink", "fill": palette.INK, "font_size": _LETTERS}
    title = f"{chance.name}: {chance.in_numbers(people)}"
    svg = drawing(
        prefix,
        WIDTH,
        y + 6,
        title,
        " ".join(told),
        [tag("defs", {}, defs) if defs else "", grid, tag("g", ink, texts)],
        f"ir-people ir-people-{kind}",
    )
    return Picture(svg, told, WIDTH, y + 6)


def _hatched_key(prefix: str, chance: Chance, people: int, y: float, kind: Kind) -> str:
    """What the striped figures mean."""
    colour, css_class = _COLOURS[kind]
    words = (
        "Striped: in some studies, up to here"
        if chance.high is not None
        else "Striped: part of 1 person"
    )
    sample = tag(
        "path",
        {
            "class": css_class,
            "d": _PERSON,
            "transform": f"translate(0 {number(y - 17)})",
            "fill": f"url(#{prefix}-hatch)",
            "stroke": colour,
            "stroke_width": 1.1,
        },
    )
    return sample + text_line(words, 22, y - 2)


def risk_pictures(
    prefix: str,
    chances: Sequence[Chance],
    kind: Kind = "risk",
    denominator: Denominator | None = None,
    *,
    on_paper: bool = False,
) -> list[Picture]:
    """One drawing for each chance, all with one denominator (chosen for the list if not given)."""
    people = denominator or shared_denominator(chances)
    return [
        risk_people(f"{prefix}-{index}", chance, people, kind, on_paper=on_paper)
        for index, chance in enumerate(chances, start=1)
    ]
