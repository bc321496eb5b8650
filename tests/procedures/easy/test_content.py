"""The words of every easy version that ships, as a reader meets them: the whole page, not the rows alone."""

import re
from html.parser import HTMLParser

import pytest

from procedures import easy, easy_rules, readability, words
from procedures.library import shelf
from procedures.management.commands.check_words import check_easy_version
from procedures.models import Procedure, Publication
from procedures.rows import shared_texts_from_fixture
from tests.conftest import FIXTURES

FILES = sorted((FIXTURES / "easy").glob("*.yaml"))
SLUGS = [file.stem for file in FILES]
FEWEST = 12
"""Easy versions that the site must have: the procedures patients meet most."""
pytestmark = pytest.mark.django_db


class Lines(HTMLParser):
    """Collects the lines of an article: the words of each heading, paragraph and list item."""

    BLOCKS = re.compile(r"h[1-6]|p|li")

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.inside = False
        self.line: list[str] | None = None
        self.in_caption = False
        """Inside a heading's caption, which stands on a line of its own."""

    def handle_starttag(self, tag, attrs):
        self.inside = self.inside or tag == "article"
        if self.inside and self.BLOCKS.fullmatch(tag):
            assert self.line is None, "a line inside a line"
            self.line = []
        self.in_caption = "caption" in (dict(attrs).get("class") or "")

    def handle_endtag(self, tag):
        if tag == "article":
            self.inside = False
        elif self.line is not None and (self.in_caption or self.BLOCKS.fullmatch(tag)):
            self.lines.append(" ".join("".join(self.line).split()))
            self.line = [] if self.in_caption else None
            self.in_caption = False

    def handle_data(self, data):
        if self.line is not None:
            self.line.append(data)
        elif self.inside:
            assert not data.strip(), f"words outside a line: {data.strip()}"


def lines_of(client, slug: str) -> list[str]:
    response = client.get(f"/procedures/{slug}/easy/")
    assert response.status_code == 200, slug
    parser = Lines()
    parser.feed(response.content.decode())
    return parser.lines


def document(slug: str) -> dict:
    return shelf.current().procedures[slug].document


def test_there_are_enough_of_them_and_each_belongs_to_a_page():
    assert len(SLUGS) >= FEWEST
    assert set(SLUGS) <= set(Procedure.objects.values_list("slug", flat=True))
    assert {page.slug for page in shelf.current().easy_versions} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_as_rendered_is_easy_to_read(client, slug):
    lines = lines_of(client, slug)
    assert len(lines) > 20
    assert readability.read_level(lines).grade <= easy_rules.PAGE_GRADE_LIMIT
    for line in lines:
        assert len(line) <= 90, line
        assert len(readability.split_sentences([line])) == 1, line
        assert len(readability.words_of(line)) <= easy_rules.LONGEST_SENTENCE_LIMIT, line
    assert words.ruled_out(lines) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_lines_keep_every_rule_and_say_no_less_of_an_emergency_than_the_full_page(slug):
    assert easy_rules.problems(document(slug)) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_medicine_is_told_to_be_stopped_started_or_changed(client, slug):
    change = re.compile(
        rf"\b(?:stop|start|restart|change|pause|skip|miss|hold|halve|double)\b.*\b{words.MEDICINE}\b",
        re.IGNORECASE,
    )
    told = [line for line in lines_of(client, slug) if change.search(line)]
    assert [
        line for line in told if not re.search(r"\b(?:do not|don[’']t|unless)\b", line, re.I)
    ] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_999_is_named_first_where_help_is_named(client, slug):
    lines = lines_of(client, slug)
    levels = [line["level"] for line in document(slug)["easy"] if line["part"] == "help"]
    assert levels == sorted(levels, key=["emergency", "same_day"].index)
    headings = [line for line in lines if line.endswith(" if:")]
    assert headings == ["Get help: Call 999 or go to A&E now if:", "Get help: Ring us today if:"]
    first = easy.texts(document(slug), "help", "emergency")[0]
    assert lines.index(first) == lines.index(headings[0]) + 1


@pytest.mark.parametrize("slug", SLUGS)
def test_whoever_must_ring_at_once_and_is_not_answered_is_sent_to_a_and_e(client, slug):
    same_day = easy.texts(document(slug), "help", "same_day")
    must_ring = [line for line in same_day if line.endswith((" now.", " at once."))]
    shown = "But go to A&E if it says now or at once." in lines_of(client, slug)
    assert shown == bool(must_ring), must_ring


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_command_line_check_finds_nothing(file):
    shared = shared_texts_from_fixture(FIXTURES / "site" / "shared-texts.yaml")
    assert check_easy_version(file, shared) == []


def test_the_command_line_check_would_find_a_hard_line(tmp_path):
    for folder in ("easy", "procedures"):
        (tmp_path / folder).mkdir()
    source = FILES[0]
    full = FIXTURES / "procedures" / source.name
    (tmp_path / "procedures" / source.name).write_text(full.read_text())
    text = source.read_text()
    spoilt = tmp_path / "easy" / source.name
    first = re.search(r'text: "?(.*?)"?$', text, re.M).group(1)
    spoilt.write_text(text.replace(first, "You lie down. Then we start."))
    shared = shared_texts_from_fixture(FIXTURES / "site" / "shared-texts.yaml")
    assert any("One sentence a line" in problem for problem in check_easy_version(spoilt, shared))
    elsewhere = tmp_path / "easy" / "no-such-page.yaml"
    elsewhere.write_text(text)
    assert "must belong to" in check_easy_version(elsewhere, shared)[0]


def test_seeded_easy_versions_are_in_the_first_publication_of_their_pages():
    first = Publication.objects.filter(kind="procedure", slug__in=SLUGS, version=1)
    assert all("easy" in publication.document for publication in first)
