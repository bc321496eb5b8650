"""Leaflets: structure for screen readers, completeness, sizes, and answers to odd requests."""

import itertools
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from procedures import presenters, text
from procedures.leaflets import runs
from procedures.leaflets import shelf as shelves
from procedures.leaflets.content import LeafletWriter, leaflet_content
from procedures.leaflets.printing import pdf
from procedures.leaflets.shelf import LeafletShelf, printed
from procedures.library import Library, LivePage, shelf

TODAY = date(2026, 11, 21)
SITE = "https://ir.example"
A4, A5 = (595, 842), (420, 595)


def letters(words: str) -> str:
    """The words without spaces and the marks that line breaks and joined letters change."""
    words = words.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff").replace("ﬃ", "ffi")
    return re.sub(r"[\s\u00ad•]+", "", words)


def structure(reader: PdfReader) -> list[DictionaryObject]:
    """Every structure element, in reading order."""
    found: list[DictionaryObject] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, ArrayObject):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def fetch(client, address: str) -> tuple[object, PdfReader]:
    response = client.get(address)
    assert response.status_code == 200, address
    return response, PdfReader(BytesIO(response.content))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "paper"),
    [
        ("/procedures/nephrostomy/leaflet.pdf", A4),
        ("/procedures/nephrostomy/leaflet.pdf?size=large", A4),
        ("/procedures/fibroid-embolisation/leaflet.pdf?size=a5", A5),
        ("/guidance/on-the-day/leaflet.pdf", A4),
    ],
)
def test_is_tagged_titled_in_english_and_on_its_paper(client, address, paper):
    response, reader = fetch(client, address)
    root = reader.trailer["/Root"]
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('inline; filename="')
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in response.content
    assert reader.metadata.title
    assert reader.outline, "no bookmarks"
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == paper


@pytest.mark.django_db
def test_every_picture_has_words_and_headings_skip_no_level(client):
    _, reader = fetch(client, "/procedures/nephrostomy/leaflet.pdf")
    elements = structure(reader)
    kinds = [str(element["/S"]) for element in elements]
    figures = [element for element in elements if element["/S"] == "/Figure"]
    assert len(figures) > 10
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)
    assert {"/L", "/LI", "/Table", "/TH", "/TR", "/TD", "/P"} <= set(kinds)
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(now <= before + 1 for before, now in itertools.pairwise(levels))


@pytest.mark.django_db
def test_large_print_is_18_point(client):
    _, reader = fetch(client, "/guidance/on-the-day/leaflet.pdf?size=large")
    sizes: list[float] = []
    reader.pages[1].extract_text(
        visitor_text=lambda words, cm, tm, font, size: (
            sizes.extend([abs(size * tm[3])] * len(words)) if words.strip() else None
        )
    )
    assert sorted(sizes)[len(sizes) // 2] == pytest.approx(18, abs=0.5)


@pytest.mark.django_db
def test_booklet_folds(client):
    _, reader = fetch(client, "/procedures/picc-line/leaflet.pdf?size=a5")
    assert len(reader.pages) % 4 == 0


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["nephrostomy", "tips", "picc-line"])
def test_says_all_that_the_page_says(slug):
    library = shelf.current()
    page = library.procedures[slug]
    content = leaflet_content(library, page, SITE, TODAY)
    made = pdf("leaflet.typ", page.published_at, leaflet=content, sheet="large")
    printed = letters("".join(one.extract_text() for one in PdfReader(BytesIO(made)).pages))
    printed = re.sub(r"\d", "", printed)
    document = page.document
    texts = [
        *document["sections"].values(),
        *(sign for signs in document["help"].values() for sign in signs),
        *(step["text"] for step in document["steps"]),
        *(row["answer"] for row in document["questions"]),
    ]
    missing = [
        line
        for body in texts
        for line in text.plain_lines(body)
        # The start is enough: a page may end in the middle of a sentence.
        if re.sub(r"\d", "", letters(line))[:24] not in printed
    ]
    assert len(missing) <= len(texts) * 0.03, missing


@pytest.mark.django_db
def test_says_that_nobody_approved_it_and_where_numbers_are(client):
    _, reader = fetch(client, "/procedures/nephrostomy/leaflet.pdf")
    first = letters(reader.pages[0].extract_text())
    everything = letters("".join(page.extract_text() for page in reader.pages))
    assert letters("Not yet approved by the department") in first
    assert letters("The number is on your appointment letter") in everything
    assert letters("Version 1,") in everything


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/procedures/no-such-thing/leaflet.pdf",
        "/guidance/privacy/leaflet.pdf",
        "/procedures/nephrostomy/leaflet.pdf?size=poster",
    ],
)
def test_unknown_pages_and_sizes_are_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_head_and_post(client):
    assert client.head("/guidance/on-the-day/leaflet.pdf").status_code == 200
    assert client.post("/guidance/on-the-day/leaflet.pdf").status_code == 405


@pytest.mark.django_db
def test_the_same_words_make_the_same_bytes():
    library = shelf.current()
    page = library.guidance["on-the-day"]
    content = leaflet_content(library, page, SITE, TODAY)
    first = pdf("leaflet.typ", page.published_at, leaflet=content, sheet="a4")
    assert pdf("leaflet.typ", page.published_at, leaflet=content, sheet="a4") == first


HOSTILE = '#panic("x") $x$ @x <x> `x` \\ #set page(width: 1pt) {{ 7*7 }} *x* _x_ // /* = x "quoted" \u202e'


@pytest.mark.django_db
def test_words_never_run_as_typst():
    library = shelf.current()
    real = library.guidance["on-the-day"]
    document = real.document | {"name": HOSTILE, "summary": HOSTILE, "checklist": [HOSTILE]}
    page = LivePage(**{**real.__dict__, "document": document})
    content = leaflet_content(library, page, SITE, TODAY)
    made = pdf("leaflet.typ", page.published_at, leaflet=content, sheet="a4")
    reader = PdfReader(BytesIO(made))
    assert round(reader.pages[0].mediabox.width) == 595
    assert letters('#panic("x")$x$@x') in letters(reader.pages[0].extract_text())


@pytest.mark.django_db
@pytest.mark.every_page
def test_every_live_page_sets():
    library: Library = shelf.current()
    pages = [*library.procedures.values(), *library.guidance.values()]
    for page in pages:
        content = leaflet_content(library, page, SITE, TODAY)
        assert pdf("leaflet.typ", page.published_at, leaflet=content, sheet="a4").startswith(
            b"%PDF"
        )


def test_runs_keep_nesting_bold_links_and_sources():
    [block] = text.read(
        "Some **bold** [link](/guidance/) words. [^1 2]\n\n1. First\n   - Inner\n2. Second"
    )
    paragraph, numbers = runs.parts(block.tokens, SITE.__add__)
    assert {"text": "bold", "bold": True} in paragraph["runs"]
    assert {"text": "link", "link": SITE + "/guidance/"} in paragraph["runs"]
    assert paragraph["runs"][-1] == {"cite": ["1", "2"]}
    assert numbers["kind"] == "numbers"
    assert [part["kind"] for part in numbers["items"][0]] == ["paragraph", "bullets"]
    assert runs.words_in(numbers) == "First Inner Second"


@pytest.mark.django_db
def test_a_link_to_a_page_that_is_not_public_prints_as_plain_words():
    library = shelf.current()
    page = library.guidance["on-the-day"]
    [block] = text.read(
        "Read [one](/guidance/consent/#risks), [two](/guidance/gone/) or [all](/a-z/)."
    )
    writer = LeafletWriter(library, page, SITE)
    links = {run["text"]: run.get("link") for run in writer.parts(block.tokens)[0]["runs"]}
    assert links["one"] == SITE + "/guidance/consent/#risks"
    assert links["all"] == SITE + "/a-z/"
    assert links["two"] is None
    words = "[one](/guidance/gone/#part) [two](/guidance/) [three](/procedures/category/arteries/)"
    [shown] = presenters.Writer(library, page).blocks(words)
    assert "gone" not in shown["html"]
    assert "one" in shown["html"]
    assert 'href="/guidance/"' in shown["html"]
    assert 'href="/procedures/category/arteries/"' in shown["html"]
    assert not library.leads_to_a_page("/procedures/category/no-such-shelf/")


@pytest.mark.django_db
def test_a_leaflet_is_printed_once_until_what_it_says_changes(monkeypatch):
    library = shelf.current()
    made = []
    printed.cache_clear()
    monkeypatch.setattr(shelves, "pdf", lambda *asked, **words: made.append(words) or b"%PDF")
    page, other = library.guidance["on-the-day"], library.guidance["consent"]
    shelf_of_leaflets = LeafletShelf()

    def ask(page: LivePage, version: int, sheet: str = "a4") -> None:
        now = replace(library, content_version=version)
        shelf_of_leaflets.leaflet(now, page, sheet, SITE, TODAY)

    try:
        ask(page, 1)
        ask(page, 1)
        ask(page, 2)
        assert len(made) == 1
        ask(page, 2, "a5")
        ask(other, 2)
        assert len(made) == 3
        ask(replace(page, document=page.document | {"summary": "New words."}), 3)
        assert len(made) == 4
        assert "New words." in made[-1]["leaflet"]
    finally:
        printed.cache_clear()


@pytest.mark.django_db
def test_no_source_number_of_the_risk_table_is_printed_twice_side_by_side():
    library = shelf.current()
    for page in library.procedures.values():
        content = leaflet_content(library, page, SITE, TODAY)
        for row in [*content["risks"], *content["benefits"]]:
            for run, following in itertools.pairwise(row["often"]):
                twice = {*run.get("cite", [])} & {*following.get("cite", [])}
                assert not twice, (page.slug, row["often"])
