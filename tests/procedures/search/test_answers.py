"""What people type leads to the right page: first for nine in ten, among the first three for nearly all."""

import pytest

from procedures.library import Library, shelf
from procedures.search import find, suggest

from .queries import AMERICAN, EVERYDAY, LETTERS, QUERIES, QUESTIONS, SLIPS, address

pytestmark = pytest.mark.django_db

FIRST, FIRST_THREE = 0.90, 0.98


@pytest.fixture
def library() -> Library:
    return shelf.current()


def answers(library: Library, query: str) -> list[str]:
    return [result.address for result in find(library, query).results]


def test_the_table_is_long_enough_and_asks_nothing_twice():
    typed = [query.lower() for query, _ in QUERIES]
    assert len(typed) >= 150
    assert len(typed) == len(set(typed))


def test_the_right_page_comes_first_for_nine_in_ten_and_early_for_nearly_all(library):
    first = early = 0
    missed = []
    for query, right in QUERIES:
        wanted = {address(page) for page in right.split()}
        got = answers(library, query)
        first += got[:1] != [] and got[0] in wanted
        early += bool(wanted.intersection(got[:3]))
        if not wanted.intersection(got[:1]):
            missed.append(f"{query}: {got[:3]}")
    shares = f"first {first / len(QUERIES):.3f}, in the first three {early / len(QUERIES):.3f}"
    print(shares)
    assert first / len(QUERIES) >= FIRST, f"{shares}\n" + "\n".join(missed)
    assert early / len(QUERIES) >= FIRST_THREE, f"{shares}\n" + "\n".join(missed)


@pytest.mark.parametrize("rows", [EVERYDAY, LETTERS, SLIPS, AMERICAN, QUESTIONS])
def test_no_kind_of_query_is_left_behind(library, rows):
    early = sum(
        bool({address(page) for page in right.split()}.intersection(answers(library, query)[:3]))
        for query, right in rows
    )
    assert early / len(rows) >= 0.93


def test_every_name_of_a_procedure_leads_to_a_procedure_of_that_name_first(library):
    for page in library.sorted_procedures:
        document = page.document
        for name in [
            page.name,
            document["short_name"],
            *document["medical_names"],
            *document["abbreviations"],
        ]:
            (best, *_) = answers(library, name)
            named = library.procedures.get(best.strip("/").rpartition("/")[2])
            assert named is not None, f"“{name}” leads to {best}"
            own = [named.name, named.document["short_name"]]
            own += [*named.document["medical_names"], *named.document["abbreviations"]]
            assert best == page.address or name.lower() in " | ".join(own).lower(), (
                f"“{name}” leads to {best}"
            )


def test_every_guide_is_found_by_its_own_name(library):
    for page in library.guidance.values():
        assert answers(library, page.name)[0] == page.address


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("oesophageal stent", "esophageal stent"),
        ("tumour embolisation", "tumor embolization"),
        ("haemodialysis catheter", "hemodialysis catheter"),
        ("general anaesthetic", "general anesthesia"),
        ("haematoma", "hematoma"),
        ("coeliac plexus block", "celiac plexus block"),
        ("tunnelled line", "tunneled line"),
        ("acute limb ischaemia", "acute limb ischemia"),
        ("ascitic tap paracentesis", "ascitic tap paracentesis"),
    ],
)
def test_both_sides_of_the_atlantic_get_the_same_answer(library, british, american):
    assert answers(library, british)[:3] == answers(library, american)[:3]
    assert answers(library, british)


def test_one_and_many_are_the_same(library):
    for one, many in (
        ("biopsy", "biopsies"),
        ("kidney stent", "kidney stents"),
        ("feeding tube", "feeding tubes"),
    ):
        assert answers(library, one)[:2] == answers(library, many)[:2]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("neph", "nephrostomy"),
        ("nephro", "nephrostomy"),
        ("pic", "picc-line"),
        ("esoph", "oesophageal-stent"),
        ("fibroid emb", "fibroid-embolisation"),
    ],
)
def test_suggestions_come_before_the_word_is_finished(library, typed, slug):
    assert f"/procedures/{slug}/" in [found.address for found in suggest(library, typed)][:3]
