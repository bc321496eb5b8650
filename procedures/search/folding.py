"""Brings the many spellings of a word to one root: accents, British and American spelling, plurals, sound.

The same steps run on the pages when they are indexed and on what a reader types, so both meet at the same root.
"""

import re
from unicodedata import normalize

import tantivy

from .talk import IRREGULAR, JOINED

_LATIN = "".join(map(chr, range(0xC0, 0x180)))
_PLAIN_LETTERS = {ord(letter): normalize("NFKD", letter)[0] for letter in _LATIN}
_PLAIN_LETTERS |= str.maketrans(
    {"æ": "e", "œ": "e", "Æ": "E", "Œ": "E", "ß": "s", "’": "'", "‑": "-", "–": "-"}
)

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_ENDINGS = ("", "s", "es")
_FOLLOWERS: dict[str, list[tuple[str, ...]]] = {}
for _phrase in sorted(JOINED, key=len, reverse=True):
    _first, *_rest = _phrase.split()
    _FOLLOWERS.setdefault(_first, []).append(tuple(_rest))

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"ph"), "f"),  # nephrostomy, nefrostomy
    (re.compile(r"[ao]e(?!s?$)"), "e"),  # oesophagus, haemorrhage, anaesthetic
    (re.compile(r"(?<=...)our(?=s?$|ed$|ing$)"), "or"),  # tumour, colour
    (re.compile(r"(?<=...[bt])re(s?)$"), r"er\1"),  # centre, fibre
    (re.compile(r"(?<=....)ll(?=(?:ed|ing|ers?)$)"), "l"),  # tunnelled, travelling
    (re.compile(r"mme(s?)$"), r"m\1"),  # programme
    (re.compile(r"z"), "s"),  # embolization
)

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[tsc]ion"), "sn"),
    (re.compile(r"sch"), "sk"),
    (re.compile(r"sc(?=[eiy])"), "s"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"[cqk]+"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"^(?:kn|gn|pn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^ps"), "s"),
    (re.compile(r"^[aeiouy]+"), "A"),
    (re.compile(r"[aeiouyhw]+"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def spans(text: str) -> list[tuple[str, int, int]]:
    """Return each word of a text in small plain letters, with where it starts and ends; “X-ray” is one word."""
    flat = text.translate(_PLAIN_LETTERS).lower()
    found: list[tuple[str, int, int]] = []
    rest = [match.span() for match in _WORD.finditer(flat)]
    place = 0
    while place < len(rest):
        start, end = rest[place]
        word = flat[start:end]
        taken = 1
        if "'" in word:
            word = word.removesuffix("'s").replace("'", "")
        elif word in _FOLLOWERS:
            taken = 1 + _length_joined(flat, rest, place)
            end = rest[place + taken - 1][1]
            word = "".join(flat[slice(*rest[place + step])] for step in range(taken))
        found.append((word, start, end))
        place += taken
    return found


def _length_joined(flat: str, rest: list[tuple[int, int]], place: int) -> int:
    """Return how many words after the one at a place belong to it, a space or hyphen apart."""
    for followers in _FOLLOWERS[flat[slice(*rest[place])]]:
        last = place + len(followers)
        if last >= len(rest):
            continue
        near = all(
            flat[rest[step][1] : rest[step + 1][0]] in (" ", "-") for step in range(place, last)
        )
        words_after = [flat[slice(*rest[step])] for step in range(place + 1, last + 1)]
        if (
            near
            and words_after[:-1] == list(followers[:-1])
            and words_after[-1] in {followers[-1] + end for end in _ENDINGS}
        ):
            return len(followers)
    return 0


def words(text: str) -> list[str]:
    """Return the words of a text in small plain letters."""
    return [word for word, _, _ in spans(text)]


def fold(word: str) -> str:
    """Return a word in one spelling, British and American alike."""
    for pattern, plain in _SPELLINGS:
        word = pattern.sub(plain, word)
    return word


def sound(folded: str) -> str:
    """Return roughly how a folded word sounds: its consonants, so that “anurism” meets “aneurysm”."""
    for pattern, plain in _SOUNDS:
        folded = pattern.sub(plain, folded)
    return folded


class Roots:
    """Finds the roots of words. Remembers those of the pages, never those that readers type."""

    def __init__(self) -> None:
        self._analyser = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
            .filter(tantivy.Filter.stemmer("english"))
            .build()
        )
        self.known: dict[str, str] = {}

    def of(self, word: str) -> str:
        """Return the root of a word."""
        known = self.known.get(word)
        if known is not None:
            return known
        folded = fold(word)
        folded = IRREGULAR.get(folded, folded)
        stems = self._analyser.analyze(folded)
        return stems[0] if stems else folded

    def learn(self, word: str) -> str:
        """Return the root of a word that stands on a page, and remember it."""
        root = self.known.get(word)
        if root is None:
            root = self.known[word] = self.of(word)
        return root

    def of_text(self, text: str) -> list[str]:
        """Return the roots of a text of ours, in order."""
        known, learn = self.known, self.learn
        return [known.get(word) or learn(word) for word in words(text)]
