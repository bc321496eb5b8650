"""The search page and its suggestions, as a reader and a screen reader meet them."""

import re
from html import unescape

import pytest

from procedures.library import shelf
from procedures.publishing import withdraw
from procedures.search.entries import PageTexts
from procedures.text import plain

pytestmark = pytest.mark.django_db


def main_of(client, query: str) -> str:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return re.search(r"<main.*?</main>", response.content.decode(), re.S).group(0)


def items_of(main: str) -> list[str]:
    (results,) = re.findall(r"<ol.*?</ol>", main, re.S)
    return re.findall(r"<li.*?</li>", results, re.S)


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_results_are_links_in_the_one_ordered_list_best_first(client):
    items = items_of(main_of(client, "kidney drain"))
    assert 3 <= len(items) <= 12
    for item in items:
        assert len(re.findall(r'<a [^>]*href="/', item)) == 1
    assert 'href="/procedures/nephrostomy/"' in items[0]


def test_a_page_found_by_another_name_says_so(client):
    item = items_of(main_of(client, "hickman"))[0]
    assert '<mark class="ir-mark">Hickman' in item
    item = items_of(main_of(client, "uterine artery embolisation"))[0]
    assert "Also called: Uterine artery embolisation" in words_of(item)


def test_a_page_found_by_its_text_shows_the_passage_with_the_words_marked(client):
    item = next(item for item in items_of(main_of(client, "shellfish")) if "contrast-dye" in item)
    assert re.search(r'<mark class="ir-mark">[^<]*shellfish[^<]*</mark>', item, re.I)


def test_what_editors_foresaw_people_typing_is_never_shown(client):
    for slip in ("nefrostomy", "fybroids", "prostrate", "anurism"):
        main = main_of(client, slip)
        assert items_of(main)
        assert slip not in words_of(main.split("</form>")[1]).replace(f"“{slip}”", "")


def test_a_slip_is_answered_and_the_reader_told_what_was_looked_for(client):
    main = main_of(client, "nephrostmy")
    assert "We also looked for “nephrostomy”" in words_of(main)


def test_nothing_found_offers_near_names_the_a_to_z_and_how_to_ask(client):
    main = main_of(client, "nephraxxxy")
    assert "Did you mean" in main or "<ol" in main
    main = main_of(client, "zzzzqqqq")
    assert "Nothing found for “zzzzqqqq”" in words_of(main)
    assert "<ol" not in main
    for link in ("/a-z/", "/conditions/", "/contact/"):
        assert f'href="{link}"' in main


def test_without_a_query_there_is_a_form_and_nothing_more(client):
    for query in ("", "   ", "\x00\u200b\t\n"):
        main = main_of(client, query)
        assert 'action="/search/"' in main
        assert "<ol" not in main
        assert "<h2" not in main


def test_suggestions_are_at_most_eight_each_with_name_address_and_kind(client):
    response = client.get("/search/suggest", {"q": "stent"})
    rows = response.json()["suggestions"]
    assert 3 <= len(rows) <= 8
    for row in rows:
        assert set(row) == {"name", "address", "kind"}
        assert row["address"].startswith("/")
    assert client.get("/search/suggest", {"q": "x"}).json() == {"suggestions": []}
    assert client.get("/search/suggest").json() == {"suggestions": []}
    assert client.post("/search/suggest", {"q": "stent"}).status_code == 405


def test_every_result_leads_to_a_page_that_is_there(client):
    for query in ("liver cancer", "what is a cannula", "kidneys", "fasting"):
        for item in items_of(main_of(client, query)):
            address, _, anchor = re.search(r'href="(/[^"]*)"', item).group(1).partition("#")
            html = client.get(address).content.decode()
            assert not anchor or f'id="{anchor}"' in html


def test_a_page_that_is_withdrawn_is_found_no_more(client, editor):
    assert "/procedures/rig/" in main_of(client, "rig")
    withdraw("procedure", "rig", by=editor, reason="For the test.")
    shelf.forget()
    assert '"/procedures/rig/"' not in main_of(client, "rig")


def test_what_is_typed_is_neither_stored_nor_logged(
    client, caplog, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr("procedures.library.SECONDS_BETWEEN_LOOKS", 3600.0)
    client.get("/search/", {"q": "warm up"})
    with caplog.at_level("DEBUG"), django_assert_num_queries(0):
        pages = [
            client.get("/search/", {"q": "secretillness"}),
            client.get("/search/suggest", {"q": "secretillness"}),
        ]
    assert "secretillness" not in caplog.text
    for page in pages:
        assert page["Cache-Control"] == "no-store"
        assert not page.cookies


def test_a_passage_never_loses_its_do_not_or_its_urgency():
    page = shelf.current().procedures["transjugular-liver-biopsy"]
    lines = PageTexts().of(page)
    card = re.search(
        r":::do-not\s*\n(.*?)\n:::", "\n".join(page.document["sections"].values()), re.S
    ).group(1)
    for bullet in re.findall(r"^- (.+)$", card, re.M):
        words = plain(bullet)
        assert words not in lines
        assert f"Do not: {words}" in lines
    for sign in page.document["help"]["emergency"]:
        assert any(
            line.startswith("Call 999 or go to A&E: ") and plain(sign)[:20] in line
            for line in lines
        )
