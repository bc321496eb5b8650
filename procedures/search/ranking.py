"""Puts entries in order: whole names first, then how much of a phrase was asked for, then tantivy's own score."""

from dataclasses import dataclass
from operator import mul

from .entries import WEIGHT, Way
from .index import Hit, Index, Listed, ListedPhrase
from .understanding import Question

CANDIDATES = 30
OF_PHRASE = {
    Way.NAME: 1.0,
    Way.ASKED: 0.95,
    Way.CONDITION: 0.95,
    Way.CATEGORY: 0.9,
    Way.OF_CONDITION: 0.9,
    Way.WORD: 0.9,
    Way.NEAR: 0.8,
}
"""What it counts for that a phrase of each kind was asked for."""
PHRASE_COUNTS = 2.0
COVERAGE_COUNTS = 1.0
WHOLE_PHRASE = {
    Way.NAME: 10.0,
    Way.ASKED: 3.0,
    Way.CONDITION: 2.5,
    Way.CATEGORY: 2.0,
    Way.OF_CONDITION: 1.8,
    Way.WORD: 0.6,
}
"""What is added where the whole query is such a phrase. Nothing else comes to 10: a name always goes first."""
MEANING_WANTED = 2.0
"""What is added to a term of the glossary where the reader asks what it means."""
NOT_ASKED_FOR = 0.6
"""What a word of the phrase that was not asked for takes off, beside a word of the query that is not in the phrase."""
WORTH_SHOWING = 0.22
"""Results below this share of the best one are left out."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry in its place, with the phrase that it was found by."""

    entry: Listed
    hit: Hit
    score: float
    phrase: ListedPhrase | None
    similarity: float


def rank(index: Index, question: Question, most: int) -> list[Ranked]:
    """Return the entries that answer a question, best first."""
    concepts = question.concepts
    hits = {
        hit.number: hit for hit in index.search((concept.roots for concept in concepts), CANDIDATES)
    }
    if not hits:
        return []
    best_score = max(hit.score for hit in hits.values())
    asked: dict[str, tuple[int, float]] = {}
    weights = []
    for place, concept in enumerate(concepts):
        weights.append(index.weight(concept.best) if concept.roots else 0.5)
        for root, sureness in concept.roots.items():
            if root not in asked or asked[root][1] < sureness:
                asked[root] = (place, sureness)
    whole = _whole_phrases(index, question)
    ranked = []
    for number, hit in hits.items():
        entry = index.listed[number]
        phrase, similarity, coverage = _likeness(index, entry, asked, weights)
        score = (
            hit.score / best_score
            + (PHRASE_COUNTS * similarity + COVERAGE_COUNTS * coverage) * WEIGHT[entry.kind]
        )
        way = whole.get(number, Way.NEAR)
        score += WHOLE_PHRASE.get(way, 0.0)
        if way == Way.WORD and question.asks_meaning:
            score += MEANING_WANTED
        ranked.append(Ranked(entry, hit, score, phrase, similarity))
    ranked.sort(key=lambda row: (-row.score, row.entry.name))
    enough = WORTH_SHOWING * min(ranked[0].score, 3.0)
    return [row for row in ranked if row.score >= enough][:most]


def _whole_phrases(index: Index, question: Question) -> dict[int, Way]:
    """Return entry number: the way in which the whole query is a phrase of it."""
    found: dict[int, Way] = {}
    surest = [concept.best for concept in question.concepts]
    for roots in (surest, [concept.perhaps or concept.best for concept in question.concepts]):
        for key in {tuple(sorted(roots)), index.key(roots)}:
            for number, way in index.exact.get(key, {}).items():
                found[number] = max(way, found.get(number, Way.NEAR))
    return found


def _likeness(
    index: Index, entry: Listed, asked: dict[str, tuple[int, float]], weights: list[float]
) -> tuple[ListedPhrase | None, float, float]:
    """Return the phrase of an entry that is most like what was asked, how like it is (0 to 1), and how much of what was
    asked stands in any phrase of the entry (0 to 1)."""
    all_asked = sum(weights)
    wanted = frozenset(asked)
    best, best_likeness = None, 0.0
    covered = [0.0] * len(weights)
    for phrase in entry.phrases:
        common = phrase.roots & wanted
        if not common:
            continue
        extra = phrase.weight
        met: dict[int, float] = {}
        for root in common:
            place, sureness = asked[root]
            extra -= index.weight(root)
            if met.get(place, 0.0) < sureness:
                met[place] = sureness
        said = 0.0
        for place, sureness in met.items():
            said += weights[place] * sureness
            if covered[place] < sureness:
                covered[place] = sureness
        likeness = OF_PHRASE[phrase.way] * said / (all_asked + NOT_ASKED_FOR * extra)
        if likeness > best_likeness:
            best, best_likeness = phrase, likeness
    coverage = sum(map(mul, weights, covered)) / all_asked
    return best, best_likeness, coverage
