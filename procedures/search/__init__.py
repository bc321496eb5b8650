"""Search over everything public, in memory. What readers type is used for the answer and then gone.

`find` answers a query, `suggest` helps while it is typed. Each process builds its index when it is first asked, and
again when a publication has come.
"""

import threading
from dataclasses import dataclass

from procedures.library import Library

from .entries import PageTexts, everything
from .folding import fold
from .index import Index
from .ranking import rank
from .reasons import Piece, Result, explain
from .understanding import tidy, understand

__all__ = ["Answer", "Piece", "Result", "Suggestion", "find", "suggest", "tidy", "warm"]

MOST_RESULTS = 12
MOST_SUGGESTIONS = 8
MOST_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page offered while somebody types, or when nothing was found."""

    name: str
    address: str
    kind: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What search has to say to a query."""

    results: list[Result]
    corrected: str = ""
    """The query with slips put right, where there were any."""
    nearest: tuple[Suggestion, ...] = ()
    """Where nothing was found: names that come near."""


def _is_same(one: Library, other: Library) -> bool:
    """Whether two readings of the library hold the same publications."""
    return (
        (one.content_version, one.updated_at) == (other.content_version, other.updated_at)
        and one.procedures.keys() == other.procedures.keys()
        and one.guidance.keys() == other.guidance.keys()
        and one.site == other.site
    )


class _Keeper:
    """Keeps the index of this process, and makes a new one for a new content version."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts = PageTexts()
        self._kept: tuple[Library, Index] | None = None

    def index_of(self, library: Library) -> Index:
        """Return the index of a library. One thread makes it; the others wait for it."""
        kept = self._kept
        if kept is not None and kept[0] is library:
            return kept[1]
        with self._lock:
            kept = self._kept
            if kept is None or not _is_same(kept[0], library):
                self._texts.keep_only(library)
                index = Index(everything(library, self._texts))
            else:
                index = kept[1]
            self._kept = (library, index)
            return index


_keeper = _Keeper()


def warm(library: Library) -> None:
    """Make the index now, so that nobody waits for it."""
    _keeper.index_of(library)


def find(library: Library, query: str) -> Answer:
    """Return the pages that answer a query, best first, each with its reason."""
    query = tidy(query)
    if not query:
        return Answer([])
    return find_in(_keeper.index_of(library), query)


def find_in(index: Index, query: str) -> Answer:
    """Answer a query from an index."""
    question = understand(index, query)
    ranked = rank(index, question, MOST_RESULTS)
    if not ranked:
        return Answer([], nearest=_nearest(index, query))
    return Answer([explain(index, question, row) for row in ranked], corrected=question.corrected)


def suggest(library: Library, typed: str) -> list[Suggestion]:
    """Return pages for what has been typed so far, best first."""
    typed = tidy(typed)
    if len(typed) < 2:
        return []
    return suggest_in(_keeper.index_of(library), typed)


def suggest_in(index: Index, typed: str) -> list[Suggestion]:
    """Return suggestions from an index."""
    question = understand(index, typed, unfinished=True)
    return [
        Suggestion(row.entry.name, row.entry.address, row.entry.kind.value)
        for row in rank(index, question, MOST_SUGGESTIONS)
    ]


def _nearest(index: Index, query: str) -> tuple[Suggestion, ...]:
    """Return pages whose names begin most like a word of a query that found nothing."""
    found: dict[str, Suggestion] = {}
    for concept in understand(index, query).concepts:
        folded = fold(concept.typed)
        if len(folded) < 4:
            continue
        for size, slips in ((6, 2), (4, 1)):
            forms = index.near_forms(folded[:size], slips, beginning=True, limit=3)
            for form in forms:
                question = understand(index, form)
                for row in rank(index, question, 2):
                    found.setdefault(
                        row.entry.address,
                        Suggestion(row.entry.name, row.entry.address, row.entry.kind.value),
                    )
            if forms:
                break
    return tuple(found.values())[:MOST_NEAREST]
