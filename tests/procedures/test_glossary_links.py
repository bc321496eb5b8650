"""Words in the text that lead to the glossary: whole words, the longest first, each once, whatever stands around them."""

import re
from html import escape, unescape

from hypothesis import given
from hypothesis import strategies as st

from procedures.glossary import GlossaryLinker


def term(name: str, *also: str, link: bool = True) -> dict[str, object]:
    slug = re.sub(r"[^a-z]+", "-", name.lower())
    return {"term": name, "also": list(also), "slug": slug, "link_in_text": link}


TERMS = [
    term("vein", "veins"),
    term("deep vein clot"),
    term("X-ray", "x-rays"),
    term("CT"),
    term("CT scan"),
    term("dye", "contrast (dye)"),
    term("consent", link=False),
]
FORMS = [form for each in TERMS for form in [each["term"], *each["also"]]]


def linked(words: str) -> list[str]:
    return re.findall(r'<a class="ir-term" href="/glossary/#[^"]*">(.*?)</a>', linker()(words))


def linker() -> GlossaryLinker:
    return GlossaryLinker(TERMS)


def test_the_longest_term_that_fits_is_the_one_linked():
    assert linked("A deep vein clot, seen on a CT scan.") == ["deep vein clot", "CT scan"]
    assert linked("A deep vein, seen on CT.") == ["vein", "CT"]


def test_parts_of_words_are_left_alone():
    assert linked("Veinous, mid-vein, vein-like, dyed, CTs, X-rayed") == []
    assert linked("“Vein”, (X-RAYS) and CT/dye") == ["Vein", "X-RAYS", "CT", "dye"]


def test_a_term_is_linked_once_on_a_page_and_kept_for_its_list():
    page = linker()
    assert page("A vein.").count("<a ") == 1
    assert page("Two veins, one consent.").count("<a ") == 0
    assert [each["term"] for each in page.words_used()] == ["vein"]


def test_what_stands_around_a_word_is_made_safe():
    assert linker()("<b>dye</b> & “CT”") == (
        "&lt;b&gt;"
        '<a class="ir-term" href="/glossary/#dye">dye</a>'
        "&lt;/b&gt; &amp; “"
        '<a class="ir-term" href="/glossary/#ct">CT</a>”'
    )


PIECES = st.sampled_from(
    [*FORMS, *(form.upper() for form in FORMS), " ", "-", ".", "s", "x", "é", "İ", "&"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_it_finds_what_one_pattern_of_all_terms_finds(words: str):
    """The plain way, which tries each term at each letter, is too slow for a page; it says what is right."""
    alternatives = "|".join(re.escape(form) for form in sorted(FORMS, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)
    expected: dict[str, str] = {}
    of = {form.lower(): each for each in TERMS for form in [each["term"], *each["also"]]}
    for match in pattern.finditer(words):
        each = of[match.group().lower()]
        if each["link_in_text"]:
            expected.setdefault(each["slug"], match.group())
    html = linker()(words)
    assert [unescape(shown) for shown in linked(words)] == list(expected.values())
    assert unescape(re.sub(r"</?a\b[^>]*>", "", html)) == unescape(escape(words))
