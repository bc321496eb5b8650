"""Questions to take along."""

import pytest

from procedures import text
from procedures.library import shelf

pytestmark = pytest.mark.django_db


def test_lists_the_pages_questions_and_sends_nothing(client):
    response = client.get("/procedures/nephrostomy/questions/")
    shown = response.content.decode()
    main = shown.split("<main", 1)[1].split("</main>", 1)[0]
    body = shelf.current().procedures["nephrostomy"].document["sections"]["questions_to_ask"]
    asked = [line for line in text.plain_lines(body) if line.endswith("?")]
    assert len(asked) > 2
    assert main.count('<li class="ir-checklist__item">') == len(asked)
    assert "kept in this browser alone" in main
    assert 'method="post"' not in main
    assert not response.cookies


def test_every_procedure_has_questions_or_no_link(client):
    for page in shelf.current().sorted_procedures:
        wanted = "questions_to_ask" in page.document["sections"]
        assert client.get(f"{page.address}questions/").status_code == (200 if wanted else 404)


def test_a_page_leads_to_it(client):
    assert (
        "/procedures/nephrostomy/questions/"
        in client.get("/procedures/nephrostomy/").content.decode()
    )
