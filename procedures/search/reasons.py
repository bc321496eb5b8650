"""Says why a page was found: another name of it, or the passage that holds the words, marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from .entries import Kind, Way
from .folding import spans
from .index import Index
from .ranking import Ranked
from .talk import SAYS_NOTHING
from .understanding import Question

LONGEST_PASSAGE = 200
ENOUGH_LIKE = 0.5
SURE_ENOUGH = 0.5
SAID_BY_NAME = 0.3
"""What a word still counts for in a passage when the name of the page holds it already."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, and whether it is what was asked for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A page that answers a query, ready to show."""

    kind: Kind
    name: str
    address: str
    name_pieces: list[Piece]
    lead: str
    """“Also called”, “Used for” or nothing."""
    reason: list[Piece]
    """Another name, where the page was found by it."""
    passage: list[Piece]


def explain(index: Index, question: Question, ranked: Ranked) -> Result:
    """Return a result with its reason."""
    sure = {
        root: index.weight(root) * sureness
        for concept in question.concepts
        for root, sureness in concept.roots.items()
        if sureness >= SURE_ENOUGH
    }
    entry = ranked.entry
    name = marked(index, entry.name, sure)
    lead, reason = "", list[Piece]()
    if ranked.phrase and ranked.similarity >= ENOUGH_LIKE:
        text, way = ranked.phrase.text, ranked.phrase.way
        if ranked.phrase.shown and text.lower() not in entry.name.lower():
            if way == Way.NAME:
                lead, reason = "Also called", marked(index, text, sure)
            elif entry.kind == Kind.PROCEDURE and not text.endswith("?"):
                lead, reason = "Used for", marked(index, text, sure)
    # A name that says only half of what was asked is not the whole reason: the text says the rest.
    named = bool(reason) or (
        ranked.similarity >= ENOUGH_LIKE and any(piece.marked for piece in name)
    )
    passage = entry.summary if named else _passage(index, question, ranked, sure)
    return Result(
        entry.kind, entry.name, entry.address, name, lead, reason, marked(index, passage, sure)
    )


def marked(index: Index, text: str, roots: dict[str, float]) -> list[Piece]:
    """Return a text in pieces, those words marked that stand at one of the roots."""
    pieces: list[Piece] = []
    end = 0
    for word, start, stop in spans(text):
        if word in SAYS_NOTHING or index.roots.of(word) not in roots:
            continue
        if pieces and pieces[-1].marked and not text[end:start].strip(" -"):
            pieces[-1] = Piece(pieces[-1].text + text[end:stop], True)
        else:
            if start > end:
                pieces.append(Piece(text[end:start], False))
            pieces.append(Piece(text[start:stop], True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:], False))
    return pieces


def _passage(index: Index, question: Question, ranked: Ranked, sure: dict[str, float]) -> str:
    """Return the line of a page that says most of what was asked and its name does not say, or its summary."""
    lines, line_roots = index.lines(ranked.hit.place)
    named = {index.roots.of(word) for word, _, _ in spans(ranked.entry.name)}
    scores: dict[int, float] = {}
    for concept in question.concepts:
        roots = sure.keys() & concept.roots
        told = SAID_BY_NAME if named & roots else 1.0
        best: dict[int, float] = {}
        for root in roots:
            for line in _lines_with(line_roots, root):
                best[line] = max(best.get(line, 0.0), sure[root] * told)
        for line, score in best.items():
            scores[line] = scores.get(line, 0.0) + score
    if not scores:
        return lines[0]
    line = max(scores, key=lambda line: (scores[line], line == 0, -line))
    return _cut(index, lines[line] if line < len(lines) else lines[0], sure)


def _lines_with(line_roots: str, root: str) -> Iterator[int]:
    """Yield the numbers of the lines that hold a root."""
    wanted = f" {root} "
    line = counted = 0
    place = line_roots.find(wanted)
    while place >= 0:
        line += line_roots.count("\n", counted, place)
        yield line
        counted = line_roots.find("\n", place)
        place = line_roots.find(wanted, counted)


def _cut(index: Index, line: str, roots: dict[str, float]) -> str:
    """Return a long line cut at words around the first word that was asked for."""
    if len(line) <= LONGEST_PASSAGE:
        return line
    first = next((start for word, start, _ in spans(line) if index.roots.of(word) in roots), 0)
    start = max(0, min(first - LONGEST_PASSAGE // 3, len(line) - LONGEST_PASSAGE))
    if start:
        start = line.find(" ", start) + 1
    shown = line[start : start + LONGEST_PASSAGE]
    if start + LONGEST_PASSAGE < len(line):
        shown = shown.rsplit(" ", 1)[0] + "…"
    return ("…" if start else "") + shown
