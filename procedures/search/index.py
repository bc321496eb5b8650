"""The index: every entry's words at their roots, in tantivy, in memory."""

import bisect
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from .entries import WEIGHT, Entry, Kind, Way
from .folding import Roots, fold, sound, words
from .talk import SAME, SAYS_LITTLE, SAYS_NOTHING

NAMES, ASKED, NEAR, BODY = "names", "asked", "near", "body"
BOOSTS: dict[str, float] = {NAMES: 5.0, ASKED: 4.0, NEAR: 1.5, BODY: 0.7}
SURE = 0.6
"""Synonyms and far guesses, below this, are looked for in names and in what people type alone."""
TOO_COMMON = 0.2
"""A root on more than this share of pages says nothing about which page is meant: its body matches are left out."""

ON_FIELD = {
    Way.NAME: NAMES,
    Way.CONDITION: NAMES,
    Way.CATEGORY: NAMES,
    Way.ASKED: ASKED,
    Way.OF_CONDITION: ASKED,
    Way.WORD: ASKED,
}
WRITER_BYTES = 60_000_000


@dataclass(slots=True)
class ListedPhrase:
    """Words that lead to an entry, at their roots."""

    text: str
    way: Way
    shown: bool
    roots: frozenset[str]
    weight: float = 0.0
    """How much all its roots say together. Known once every entry is listed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What is kept of an entry for ranking and showing."""

    kind: Kind
    name: str
    address: str
    summary: str
    phrases: tuple[ListedPhrase, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that tantivy found, and how well it matched."""

    number: int
    score: float
    place: tantivy.DocAddress


class Index:
    """All entries at one content version. Read by any number of threads; never changed once made."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.roots = Roots()
        self.listed: list[Listed] = []
        self.exact: dict[tuple[str, ...], dict[int, Way]] = defaultdict(dict)
        self.forms: dict[str, str] = {}
        """Every folded word of a phrase that leads to an entry, and its root."""
        self.spelt: dict[str, str] = {}
        """The same words as a reader may see them; what people type, slips and all, is not among them."""
        self._form_of: dict[str, str] = {}
        self.says_little = {self.roots.of(word) for word in SAYS_LITTLE}
        self.same = self._groups()
        self._pages_with: dict[str, int] = defaultdict(int)
        self._build(entries)
        self._finish()

    def _groups(self) -> dict[str, frozenset[str]]:
        """Return root: roots that people use for it."""
        same: dict[str, set[str]] = defaultdict(set)
        for group in SAME:
            roots = {self.roots.of(word) for word in group.split()}
            for root in roots:
                same[root] |= roots - {root}
        return {root: frozenset(others) for root, others in same.items()}

    def roots_of(self, text: str) -> list[str]:
        """Return the roots of a text of ours, without words that say nothing."""
        learn = self.roots.learn
        return [learn(word) for word in words(text) if word not in SAYS_NOTHING]

    def _build(self, entries: Iterable[Entry]) -> None:
        builder = tantivy.SchemaBuilder()
        for name in BOOSTS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        builder.add_unsigned_field("number", fast=True)
        builder.add_float_field("weight", fast=True)
        builder.add_bytes_field("lines", stored=True)
        builder.add_bytes_field("line_roots", stored=True)
        self.schema = builder.build()
        self._tantivy = tantivy.Index(self.schema)
        writer = self._tantivy.writer(WRITER_BYTES, 1)
        for entry in entries:
            writer.add_document(self._document(entry))
        writer.commit()
        writer.wait_merging_threads()
        self._tantivy.reload()
        self.searcher = self._tantivy.searcher()

    def _document(self, entry: Entry) -> tantivy.Document:
        number = len(self.listed)
        fields: dict[str, list[str]] = defaultdict(list)
        phrases = []
        for phrase in entry.phrases:
            spelt = words(phrase.text)
            roots = [self.roots.learn(word) for word in spelt if word not in SAYS_NOTHING]
            fields[ON_FIELD.get(phrase.way, NEAR)] += roots
            phrases.append(ListedPhrase(phrase.text, phrase.way, phrase.shown, frozenset(roots)))
            if phrase.way > Way.NEAR:
                self._lead(roots or [self.roots.learn(word) for word in spelt], phrase.way, number)
                self._learn_spelling(spelt, shown=phrase.shown)
        self.listed.append(
            Listed(entry.kind, entry.name, entry.address, entry.summary, tuple(phrases))
        )
        lines = (entry.summary, *entry.lines)
        line_roots = [" ".join(self.roots_of(line)) for line in lines]
        fields[NEAR] += line_roots[0].split()
        for root in {root for name in (NAMES, ASKED, NEAR) for root in fields[name]}:
            self._pages_with[root] += 1
        document = tantivy.Document()
        for name in (NAMES, ASKED, NEAR):
            document.add_text(name, " ".join(fields[name]))
        document.add_text(BODY, " ".join(line_roots[1:]))
        document.add_unsigned("number", number)
        document.add_float("weight", WEIGHT[entry.kind])
        document.add_bytes("lines", "\n".join(lines).encode())
        document.add_bytes("line_roots", "".join(f" {roots} \n" for roots in line_roots).encode())
        return document

    def _learn_spelling(self, spelt: list[str], *, shown: bool) -> None:
        """Remember the words of a phrase, for slips to be put right by."""
        for word in spelt:
            if word in SAYS_NOTHING:
                continue
            form = self._form_of.get(word)
            if form is None:
                form = self._form_of[word] = fold(word)
                self.forms[form] = self.roots.learn(word)
            if shown and form not in self.spelt:
                self.spelt[form] = word

    def _lead(self, roots: list[str], way: Way, number: int) -> None:
        """Let the whole phrase, in any order, lead to the entry."""
        keys = {tuple(sorted(roots))}
        if way in (Way.NAME, Way.CONDITION):  # “TIPS procedure” is TIPS; “blood test” is not blood
            keys.add(self.key(roots))
        for key in filter(None, keys):
            leads = self.exact[key]
            leads[number] = max(way, leads.get(number, Way.NEAR))

    def key(self, roots: Iterable[str]) -> tuple[str, ...]:
        """Return the key of a phrase: its roots in order of the alphabet, without those that say little."""
        return tuple(sorted({root for root in roots if root not in self.says_little}))

    def _finish(self) -> None:
        self._weights = self._weigh()
        for entry in self.listed:
            for phrase in entry.phrases:
                phrase.weight = sum(map(self.weight, phrase.roots))
        self.sorted_forms = sorted(self.forms)
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        for form in self.sorted_forms:
            if len(form) > 4:
                self.by_sound[sound(form)].append(form)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("form", tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("number", fast=True)
        self._form_schema = builder.build()
        index = tantivy.Index(self._form_schema)
        writer = index.writer(WRITER_BYTES, 1)
        for number, form in enumerate(self.sorted_forms):
            document = tantivy.Document()
            document.add_text("form", form)
            document.add_unsigned("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._form_searcher = index.searcher()

    def _weigh(self) -> dict[str, float]:
        """Return root: how much it says, from 0.1 (on every page) to 1 (on one page)."""
        total = max(1, len(self.listed))
        heaviest = math.log(1 + total)
        return {
            root: max(
                0.1,
                math.log(1 + total / pages) / heaviest * (0.3 if root in self.says_little else 1.0),
            )
            for root, pages in self._pages_with.items()
        }

    def weight(self, root: str) -> float:
        """Return how much a root says, from 0.1 to 1. One that stands in the body of pages alone says most."""
        return self._weights.get(root, 0.3 if root in self.says_little else 1.0)

    def is_known(self, root: str) -> bool:
        """Whether any entry holds the root."""
        return root in self._pages_with or self.searcher.doc_freq(BODY, root) > 0

    def is_spelt_so(self, folded: str, root: str) -> bool:
        """Whether the word stands in what readers see, and is no slip that editors foresaw."""
        return folded in self.spelt or self.searcher.doc_freq(BODY, root) > 0

    def leads(self, root: str) -> int:
        """Return how many entries a root leads to."""
        return self._pages_with.get(root, 0)

    def near_forms(
        self, folded: str, slips: int, *, beginning: bool = False, limit: int = 40
    ) -> list[str]:
        """Return words of names that are at most that many slips (one or two) from a folded word."""
        query = tantivy.Query.fuzzy_term_query(
            self._form_schema, "form", folded, slips, True, beginning
        )
        hits = self._form_searcher.search(query, limit, count=False).hits
        numbers = self._form_searcher.fast_field_values("number", [place for _, place in hits])
        return [self.sorted_forms[int(number)] for number in numbers if number is not None]

    def completions(self, beginning: str, limit: int) -> list[str]:
        """Return words of names that begin so."""
        start = bisect.bisect_left(self.sorted_forms, beginning)
        found = []
        for form in self.sorted_forms[start : start + limit]:
            if not form.startswith(beginning):
                break
            found.append(form)
        return found

    def search(self, concepts: Iterable[dict[str, float]], limit: int) -> list[Hit]:
        """Return the best entries for concepts, each given as root: weight. The roots of one concept do not add up."""
        query_of = tantivy.Query
        parts = []
        commonest = TOO_COMMON * max(5, self.searcher.num_docs)
        for concept in concepts:
            ways = []
            for root, weight in concept.items():
                fields = [
                    (
                        tantivy.Occur.Should,
                        query_of.boost_query(
                            query_of.term_query(self.schema, name, root, "freq"), boost * weight
                        ),
                    )
                    for name, boost in BOOSTS.items()
                    if self._worth_looking(name, root, weight, commonest)
                ]
                ways.append(query_of.boolean_query(fields))
            if ways:
                parts.append((tantivy.Occur.Should, query_of.disjunction_max_query(ways, 0.1)))
        if not parts:
            return []
        hits = self.searcher.search(
            query_of.boolean_query(parts), limit, count=False, weight_by_field="weight"
        ).hits
        numbers = self.searcher.fast_field_values("number", [place for _, place in hits])
        return [
            Hit(int(number or 0), score, place)
            for (score, place), number in zip(hits, numbers, strict=True)
        ]

    def _worth_looking(self, name: str, root: str, weight: float, commonest: float) -> bool:
        """Whether a field is searched for a root: the text of pages only for what was surely meant and says something."""
        if name in (NAMES, ASKED):
            return True
        return weight >= SURE and (name == NEAR or self.searcher.doc_freq(BODY, root) < commonest)

    def lines(self, place: tantivy.DocAddress) -> tuple[list[str], str]:
        """Return an entry's lines (its summary first), and their roots, a line each, every root between spaces."""
        document = self.searcher.doc(place)
        return (
            bytes(document.get_first("lines") or b"").decode().split("\n"),
            bytes(document.get_first("line_roots") or b"").decode(),
        )
