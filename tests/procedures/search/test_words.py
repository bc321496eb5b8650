"""How words are brought to their roots, and slips to words. Pure: no pages are needed."""

import pytest

from procedures.search.entries import Entry, Kind, Phrase, Way
from procedures.search.folding import Roots, fold, sound, words
from procedures.search.index import Index
from procedures.search.understanding import understand


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("oesophagus", "esophagus"),
        ("haemorrhage", "hemorrhage"),
        ("anaesthetic", "anesthetic"),
        ("tumours", "tumors"),
        ("embolisation", "embolization"),
        ("centre", "center"),
        ("tunnelled", "tunneled"),
        ("nephrostomy", "nefrostomy"),
        ("coeliac", "celiac"),
    ],
)
def test_spellings_fold_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["toe", "does", "shoes", "hour", "four", "swelling", "before"])
def test_ordinary_words_are_left_alone(word):
    assert fold(word) == word


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("anurism", "aneurysm"),
        ("trombolysis", "thrombolysis"),
        ("carroted", "carotid"),
        ("sedasion", "sedation"),
        ("colecystostomy", "cholecystostomy"),
    ],
)
def test_slips_sound_like_what_was_meant(slip, word):
    assert sound(fold(slip)) == sound(fold(word))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("biopsies", "biopsy"),
        ("fell", "falls"),
        ("swollen", "swelling"),
        ("renal", "kidneys"),
        ("children", "child"),
    ],
)
def test_forms_share_a_root(one, other):
    roots = Roots()
    assert roots.of(one) == roots.of(other)


def test_pairs_that_are_one_word_are_read_as_one():
    assert words("X-ray and x ray and xray") == ["xray", "and", "xray", "and", "xray"]
    assert words("port a cath") == ["portacath"]
    assert words("port a vein") == ["port", "a", "vein"]


@pytest.fixture(scope="module")
def small_index() -> Index:
    def entry(name: str, *asked: str) -> Entry:
        phrases = (
            Phrase(name, Way.NAME),
            *(Phrase(words, Way.ASKED, shown=False) for words in asked),
        )
        return Entry(
            Kind.PROCEDURE, name, f"/procedures/{fold(name.lower())}/", f"About {name}.", phrases
        )

    return Index(
        [
            entry("Nephrostomy", "kidney drain", "nefrostamy"),
            entry("PICC line", "pic line"),
            entry("Angioplasty"),
            entry("Cryoablation", "freezing"),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("nefrostomey", "nephrostomy"),
        ("angioplsty", "angioplasty"),
        ("angeoplasti", "angioplasty"),
        ("nephrostomyy", "nephrostomy"),
    ],
)
def test_a_slip_is_put_right_in_words_that_readers_see(small_index, typed, read):
    assert understand(small_index, typed).corrected == read


def test_words_run_together_or_torn_apart_are_understood(small_index):
    assert [concept.typed for concept in understand(small_index, "piccline").concepts] == [
        "picc",
        "line",
    ]
    assert [concept.best for concept in understand(small_index, "cryo ablation").concepts] == [
        small_index.roots.of("cryoablation")
    ]


def test_what_readers_type_is_not_remembered(small_index):
    before = dict(small_index.roots.known)
    understand(small_index, "my secret illness nefrostmy")
    assert small_index.roots.known == before
