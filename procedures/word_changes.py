"""Finds which words of a text changed. Pure functions: two texts in, marked pieces out."""

from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED, SKIPPED = "same", "added", "removed", "skipped"
LEAST_ALIKE = 0.45
"""Share of words that two lines have in common, below which each is shown whole: mixed words cannot be read."""


@dataclass(frozen=True)
class Piece:
    """A run of words with one mark: same, added, removed, or skipped (unchanged lines that are left out)."""

    mark: str
    words: str


Line = tuple[Piece, ...]


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher:
    return SequenceMatcher(None, old, new, autojunk=False)


def alike(old: str, new: str) -> float:
    """Return how much of their words two texts have in common, from 0 to 1."""
    return _matcher(old.lower().split(), new.lower().split()).ratio()


def changed_line(old: str, new: str) -> Line:
    """Return one line with its removed and added words marked, the removed ones first."""
    old_words, new_words = old.split(), new.split()
    pieces: list[Piece] = []
    for mark, i1, i2, j1, j2 in _matcher(old_words, new_words).get_opcodes():
        if mark == "equal":
            pieces.append(Piece(SAME, " ".join(old_words[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(REMOVED, " ".join(old_words[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(ADDED, " ".join(new_words[j1:j2])))
    return tuple(pieces)


def _replaced(old: list[str], new: list[str]) -> list[Line]:
    """Return lines that stand in the place of others: those that are alike word by word, the rest whole."""
    lines: list[Line] = []
    waiting = list(new)
    for line in old:
        best = max(waiting, key=lambda other: alike(line, other), default=None)
        if best is None or alike(line, best) < LEAST_ALIKE:
            lines.append((Piece(REMOVED, line),))
            continue
        place = waiting.index(best)
        lines += [(Piece(ADDED, other),) for other in waiting[:place]]
        lines.append(changed_line(line, best))
        waiting = waiting[place + 1 :]
    return lines + [(Piece(ADDED, other),) for other in waiting]


def changed_lines(old: str, new: str) -> list[Line]:
    """Return the lines of a text that changed, each with its words marked; lines between that did not are counted.

    A line is a paragraph or a bullet. Empty where the two say the same, whatever the white space.
    """
    old_lines = [" ".join(line.split()) for line in old.splitlines() if line.strip()]
    new_lines = [" ".join(line.split()) for line in new.splitlines() if line.strip()]
    lines: list[Line] = []
    changed = False
    for mark, i1, i2, j1, j2 in _matcher(old_lines, new_lines).get_opcodes():
        if mark == "equal":
            count = i2 - i1
            said = "1 line is the same" if count == 1 else f"{count} lines are the same"
            lines.append((Piece(SKIPPED, said),))
        else:
            changed = True
            lines += _replaced(old_lines[i1:i2], new_lines[j1:j2])
    return lines if changed else []


def in_order(places: list[int]) -> set[int]:
    """Return which positions of a list belong to its longest rising run: what is left out was moved."""
    best: list[list[int]] = []
    for position, place in enumerate(places):
        before = [run for run in best if places[run[-1]] < place]
        best.append([*max(before, key=len, default=[]), position])
    return set(max(best, key=len, default=[]))
