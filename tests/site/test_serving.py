"""The serving layer: the same bytes from memory, compressed once, and still there when the database is gone."""

import brotli
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError
from django.test import RequestFactory

from ir_info.serving import MemoryServing, best_encoding
from procedures.library import shelf
from procedures.models import ContentVersion, PageKind
from procedures.publishing import withdraw

pytestmark = pytest.mark.django_db


class Caller:
    """Calls the application as a server would."""

    def __init__(self) -> None:
        self.asked = 0
        django = get_wsgi_application()

        def counted(environ, start_response):
            self.asked += 1
            return django(environ, start_response)

        self.serving = MemoryServing(counted)

    def get(self, path: str, method: str = "GET", **headers: str):
        environ = RequestFactory().generic(method, path, **headers).environ
        environ["HTTP_HOST"] = "testserver"
        got = {}

        def start_response(status, sent, exc_info=None):
            got["status"], got["headers"] = int(status.split()[0]), dict(sent)

        response = self.serving(environ, start_response)
        got["body"] = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return got


@pytest.fixture
def caller(kept_connection):
    return Caller()


def test_a_second_reader_is_answered_without_django(caller):
    first = caller.get("/procedures/rig/")
    second = caller.get("/procedures/rig/")
    assert first["body"] == second["body"]
    assert caller.asked == 1
    assert "IR-Info-Keep" not in first["headers"]
    assert "Set-Cookie" not in first["headers"]


def test_pages_are_sent_compressed_and_revalidated(caller):
    plain = caller.get("/procedures/rig/")
    packed = caller.get("/procedures/rig/", HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    assert packed["headers"]["Content-Encoding"] == "br"
    assert brotli.decompress(packed["body"]) == plain["body"]
    assert packed["headers"]["Vary"] == "Accept-Encoding"
    again = caller.get("/procedures/rig/", HTTP_IF_NONE_MATCH=packed["headers"]["ETag"])
    assert again["status"] == 304
    assert again["body"] == b""


def test_head_has_the_headers_of_get_and_no_body(caller):
    get, head = caller.get("/contact/"), caller.get("/contact/", method="HEAD")
    assert head["body"] == b""
    assert head["headers"]["Content-Length"] == get["headers"]["Content-Length"]


def test_a_publication_is_seen_within_a_second(caller, editor, monkeypatch):
    assert caller.get("/procedures/rig/")["status"] == 200
    withdraw(PageKind.PROCEDURE, "rig", editor, "Mistake")
    monkeypatch.setattr("procedures.library.SECONDS_BETWEEN_LOOKS", 0)
    assert caller.get("/procedures/rig/")["status"] == 404


def test_public_pages_go_on_being_served_when_the_database_is_gone(caller, monkeypatch):
    before = caller.get("/procedures/rig/")["body"]
    monkeypatch.setattr("procedures.library.SECONDS_BETWEEN_LOOKS", 0)

    def gone(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(ContentVersion.objects, "filter", gone)
    assert caller.get("/procedures/rig/")["body"] == before
    assert caller.get("/procedures/nephrostomy/")["status"] == 200, (
        "in the library, though nobody read it before"
    )


def test_with_no_database_and_nothing_in_memory_the_page_says_so(caller, monkeypatch):
    shelf.forget()

    def gone(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(ContentVersion.objects, "filter", gone)
    answer = caller.get("/procedures/rig/")
    assert answer["status"] == 503
    assert b"call 999" in answer["body"]


def test_private_and_searched_pages_are_never_kept(caller):
    for path in ("/search/?q=rig", "/admin/", "/healthz"):
        caller.get(path)
        asked = caller.asked
        caller.get(path)
        assert caller.asked == asked + 1, path


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("deflate", "identity"),
        ("BR", "br"),
        ("gzip;q=0", "identity"),
    ],
)
def test_the_encoding_is_one_that_the_browser_accepts(accepted, sent):
    assert best_encoding(accepted, ("identity", "br", "gzip")) == sent


def test_style_sheets_are_sent_compressed_through_the_layer_too(caller):
    from django.templatetags.static import static

    packed = caller.get(static("site.css"), HTTP_ACCEPT_ENCODING="gzip, br")
    assert packed["status"] == 200
    assert packed["headers"]["Content-Encoding"] == "br"
    assert len(packed["body"]) < 40_000
