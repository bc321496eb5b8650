"""The words of every page that ships: complete, readable, cited, nobody told to change a medicine, nothing said twice."""

import pytest

from procedures import completeness, plain, readability, text, words
from procedures.library import shelf
from procedures.models import LocalQuestion, SharedText
from tests.conftest import FIXTURES

PROCEDURES = sorted(file.stem for file in (FIXTURES / "procedures").glob("*.yaml"))
GUIDANCE = sorted(file.stem for file in (FIXTURES / "guidance").glob("*.yaml"))
pytestmark = pytest.mark.django_db


def document(kind: str, slug: str):
    return getattr(shelf.current(), kind)[slug].document


@pytest.mark.parametrize("slug", PROCEDURES)
def test_every_procedure_page_is_complete_and_readable(slug):
    assert completeness.problems(document("procedures", slug)) == []


@pytest.mark.parametrize("slug", GUIDANCE)
def test_every_guidance_page_is_complete_and_readable(slug):
    assert completeness.problems(document("guidance", slug)) == []


def test_every_local_question_that_a_page_asks_exists():
    known = set(LocalQuestion.objects.values_list("slug", flat=True))
    asked = set()

    def walk(value):
        if isinstance(value, str) and "[[" in value:
            asked.update(slot.slug for slot in text.slots(value) if slot.kind == "local")
        elif isinstance(value, dict):
            list(map(walk, value.values()))
        elif isinstance(value, list):
            list(map(walk, value))

    library = shelf.current()
    for page in [*library.procedures.values(), *library.guidance.values()]:
        walk(page.document)
    assert asked <= known
    assert len(asked) > 10


def test_no_two_pages_share_a_sentence_save_through_a_shared_text():
    shared = {
        sentence.lower()
        for body in SharedText.objects.values_list("body", flat=True)
        for sentence in readability.split_sentences(text.plain_lines(body))
    }
    seen: dict[str, str] = {}
    twice = []
    library = shelf.current()
    for page in [*library.procedures.values(), *library.guidance.values()]:
        lines = [line for found in plain.page_lines(page.document).values() for line in found]
        for sentence in {sentence.lower() for sentence in readability.split_sentences(lines)}:
            if len(readability.words_of(sentence)) < 8 or sentence in shared:
                continue
            other = seen.setdefault(sentence, page.address)
            if other != page.address:
                twice.append(f"{other} and {page.address}: {sentence}")
    assert twice == []


def test_the_formulas_would_catch_a_hard_page():
    hard = dict(document("procedures", "rig"))
    hard["summary"] = (
        "Radiologically inserted gastrostomy facilitates percutaneous administration of nutritional supplementation "
        "notwithstanding significant oropharyngeal insufficiency necessitating multidisciplinary consideration beforehand, "
        "incorporating contemporaneous documentation."
    )
    assert any("Summary" in problem for problem in completeness.hard_to_read(hard))


@pytest.mark.parametrize(
    "sentence",
    [
        "Stop your warfarin 5 days before.",
        "You must stop taking metformin.",
        "Please start your blood thinners again.",
        "You should change your insulin.",
        "Skip your tablets in the morning.",
        "Apixaban is left out for 2 days.",
    ],
)
def test_telling_someone_to_change_a_medicine_is_caught(sentence):
    assert words.ruled_out([sentence])


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not stop your warfarin unless we tell you.",
        "We will tell you what to do with your blood thinners.",
        "Stop the feed and ring us.",
        "Bring a list of your medicines.",
    ],
)
def test_safe_sentences_about_medicines_pass(sentence):
    assert words.ruled_out([sentence]) == []


@pytest.mark.parametrize("slug", PROCEDURES)
def test_every_figure_with_a_unit_of_people_stands_beside_a_source(slug):
    """Each sentence with “N in N” must be followed by a citation in the same paragraph, bullet or row."""
    import re

    found = []

    def walk(value, place):
        if isinstance(value, str):
            for paragraph in re.split(r"\n\s*\n|\n(?=- )", value):
                if (
                    re.search(r"\b\d[\d.,]* (?:to \d[\d.,]* )?in (?:every )?\d", paragraph)
                    and "[^" not in paragraph
                ):
                    found.append(f"{place}: {paragraph[:100]}")
        elif isinstance(value, dict):
            if value.get("cited"):
                return
            for key, part in value.items():
                if key not in ("sources", "search_words"):
                    walk(part, f"{place}.{key}")
        elif isinstance(value, list):
            for part in value:
                walk(part, place)

    walk(document("procedures", slug), slug)
    assert found == []


def test_an_answer_still_open_says_by_itself_what_it_is_about():
    """Readers meet the box without the question: “the wait is longer” or “if it passes” alone says nothing."""

    def stems(words_of: str) -> set[str]:
        return {word[:4] for word in readability.words_of(words_of.lower()) if len(word) > 2}

    empty = stems(
        "when must people may they after before procedure each with from until hospital and the for who what how you"
    )
    unclear = [
        row.slug
        for row in LocalQuestion.objects.all()
        if not (stems(row.question) - empty) & stems(f"{row.what_is_usual} {row.until_answered}")
    ]
    assert unclear == []
