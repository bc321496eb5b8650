"""Reads a query: which words carry it, what else people call them, and what was probably meant by a slip."""

from dataclasses import dataclass

from .folding import fold, sound, words
from .index import Index
from .talk import ASKS_MEANING, SAYS_NOTHING

MOST_LETTERS = 200
MOST_WORDS = 12
MOST_ALTERNATIVES = 6

SAME_WORD, JOINED_UP, SOUNDS_ALIKE, ONE_SLIP, SYNONYM, TWO_SLIPS, BEGINS_SO = (
    1.0,
    1.0,
    0.8,
    0.85,
    0.55,
    0.6,
    0.75,
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of a query, and every root that may stand for it."""

    typed: str
    roots: dict[str, float]
    """Root: how surely it is what was meant, 0 to 1."""
    best: str
    """The root to look whole names up with."""
    perhaps: str = ""
    """Another root to look whole names up with: a word of names that sounds like a seldom one."""
    meant: str = ""
    """The word that was probably meant, where the typed one is on no page."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, understood."""

    concepts: tuple[Concept, ...]
    asks_meaning: bool = False
    """Whether the reader asks what a word means."""

    @property
    def corrected(self) -> str:
        """The query with slips put right, or nothing if there were none."""
        if not any(concept.meant for concept in self.concepts):
            return ""
        return " ".join(concept.meant or concept.typed for concept in self.concepts)


def tidy(typed: str) -> str:
    """Return what was typed as one line of harmless length."""
    letters = "".join(
        letter if letter.isprintable() else " " for letter in typed[: 4 * MOST_LETTERS]
    )
    return " ".join(letters.split())[:MOST_LETTERS].strip()


def understand(index: Index, query: str, *, unfinished: bool = False) -> Question:
    """Read a query. `unfinished`: the last word may be only the beginning of one."""
    typed = words(tidy(query))[: 2 * MOST_WORDS]
    typed = [word for word in typed if len(word) < 40]
    joined = _joined(index, typed)
    carrying = [
        place for place, word in enumerate(typed) if word not in SAYS_NOTHING or place in joined
    ]
    if unfinished and typed and len(typed) - 1 not in carrying:
        carrying.append(len(typed) - 1)
    concepts: list[Concept] = []
    for place in carrying[:MOST_WORDS]:
        last = unfinished and place == len(typed) - 1
        if place in joined:
            form = joined[place]
            if form:
                root = index.forms[form]
                concepts.append(Concept(form, _with_synonyms(index, {root: JOINED_UP}), root))
            continue
        concepts += _concepts(index, typed[place], unfinished=last)
    return Question(tuple(concepts), asks_meaning=not ASKS_MEANING.isdisjoint(typed))


def _joined(index: Index, typed: list[str]) -> dict[int, str]:
    """Return place: the word that it and the next ones make together (“cryo ablation”); "" for those taken up."""
    found: dict[int, str] = {}
    for size in (3, 2):
        for start in range(len(typed) - size + 1):
            places = range(start, start + size)
            if any(place in found for place in places):
                continue
            form = fold("".join(typed[start : start + size]))
            if len(form) > 5 and form in index.forms:
                found |= dict.fromkeys(places, "")
                found[start] = form
    return found


def _with_synonyms(index: Index, roots: dict[str, float]) -> dict[str, float]:
    """Return the roots with what people also call them, the surest first."""
    wide = dict(roots)
    for root, weight in roots.items():
        for other in index.same.get(root, ()):
            wide[other] = max(wide.get(other, 0.0), weight * SYNONYM)
    return wide


def _limited(roots: dict[str, float], most: int = MOST_ALTERNATIVES) -> dict[str, float]:
    return dict(sorted(roots.items(), key=lambda item: -item[1])[:most])


def _concepts(index: Index, word: str, *, unfinished: bool) -> list[Concept]:
    root, folded = index.roots.of(word), fold(word)
    known = index.is_known(root) or root in index.same
    roots: dict[str, float] = {root: SAME_WORD} if known else {}
    if unfinished:
        begun = {index.forms[form] for form in index.completions(folded, 40)}
        for other in sorted(begun, key=lambda other: (-index.leads(other), other)):
            roots.setdefault(other, SAME_WORD if len(folded) > 2 else BEGINS_SO)
        if roots:
            return [Concept(word, _limited(roots, 12), next(iter(roots)))]
    if known and (
        root in index.same or (index.leads(root) > 2 and index.is_spelt_so(folded, root))
    ):
        return [Concept(word, _with_synonyms(index, roots), root)]
    guesses = _guesses(index, folded, known=known)
    if known:
        sure = {index.forms[form]: weight * 0.8 for form, weight in guesses.items()}
        return [
            Concept(
                word,
                _with_synonyms(index, roots) | _limited(sure, 2),
                root,
                perhaps=next(iter(sure), ""),
            )
        ]
    if not guesses:
        halves = _split(index, folded)
        if halves:
            return [half for part in halves for half in _concepts(index, part, unfinished=False)]
        begun = index.completions(folded, 4) if len(folded) > 3 else []
        guesses = dict.fromkeys(begun, BEGINS_SO)
    if not guesses:
        return [Concept(word, {}, root)]
    best = next(iter(guesses))
    shown = next((index.spelt[form] for form in guesses if form in index.spelt), "")
    roots = {}
    for form, weight in guesses.items():
        roots[index.forms[form]] = max(roots.get(index.forms[form], 0.0), weight)
    roots = _limited(roots, 4)
    return [Concept(word, _with_synonyms(index, roots), index.forms[best], meant=shown)]


def _guesses(index: Index, folded: str, *, known: bool) -> dict[str, float]:
    """Return words that were probably meant, the likeliest first."""
    if len(folded) < 4 or any(letter.isdigit() for letter in folded):
        return {}
    heard = sound(folded)
    alike = (
        [form for form in index.by_sound.get(heard, ()) if abs(len(form) - len(folded)) < 3]
        if len(heard) > 2
        else []
    )
    found = {form: SOUNDS_ALIKE for form in alike if form != folded}
    if known:
        return _by_likelihood(index, folded, found)
    for form in index.near_forms(folded, 1):
        found[form] = SAME_WORD - 0.05 if form in found else ONE_SLIP
    if not found and len(folded) > 5:
        halves = _split(index, folded)
        if not halves:
            for form in index.near_forms(folded, 2):
                found[form] = TWO_SLIPS
    return _by_likelihood(index, folded, found)


def _by_likelihood(index: Index, folded: str, found: dict[str, float]) -> dict[str, float]:
    def likelihood(item: tuple[str, float]) -> tuple[float, ...]:
        form, weight = item
        return (
            -weight,
            form[0] != folded[0],
            -index.leads(index.forms[form]),
            abs(len(form) - len(folded)),
        )

    return dict(sorted(found.items(), key=likelihood))


def _split(index: Index, folded: str) -> tuple[str, str] | None:
    """Return the two words of names that were typed as one (“piccline”)."""
    splits = [
        (folded[:place], folded[place:])
        for place in range(3, len(folded) - 2)
        if folded[:place] in index.forms and folded[place:] in index.forms
    ]
    return max(splits, key=lambda parts: min(map(len, parts)), default=None)
