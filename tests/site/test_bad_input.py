"""Odd requests get the right 4xx page that helps, never a 500, and what people type is not logged."""

import io
import logging

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/procedures/no-such-thing/", 404),
        ("/procedures/NO-SUCH-THING/", 404),
        ("/procedures/no-such-thing", 404),
        ("/procedures/rig/versions/extra/", 404),
        ("/procedures/category/nothing/", 404),
        ("/guidance/about/", 404),
        ("/procedures/../etc/passwd", 404),
        ("/" + "a" * 5000, 404),
        ("/procedures/" + "a" * 900 + "/", 404),
        ("/procedures/%00/", 400),
        ("/procedures/%FF%FE/", 404),
        ("/%0d%0aSet-Cookie:x/", 400),
        ("/pictures/../../settings.py", 404),
        ("/pictures/0123456789abcdef0123-320.svg", 404),
        ("/search/?q=%00%00", 200),
        ("/search/?q=" + "%F0%9F%98%80" * 500, 200),
        ("/search/?q=%FF%FE", 200),
        ("/search/?q=<script>alert(1)</script>", 200),
        ("/search/?q=' OR 1=1 --", 200),
        ("/search/?q=&q=&page=-1", 200),
        ("/procedures/rig/?utm_source=x&a[]=1", 200),
        ("/?q", 200),
    ],
)
def test_odd_addresses(client, path, status):
    response = client.get(path)
    assert response.status_code == status, path
    if status != 200:
        assert "<h1>" in response.content.decode()
    assert "<script>alert(1)</script>" not in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/", "/procedures/rig/", "/search/", "/sitemap.xml", "/healthz"])
def test_wrong_methods(method, path):
    strict = Client(enforce_csrf_checks=True)
    response = getattr(strict, method)(path)
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert "<h1>" in response.content.decode()


def test_a_wrong_host_is_refused_with_one_line_in_the_log(client):
    lines = io.StringIO()
    handler = logging.getLogger("django.security.DisallowedHost").handlers[0]
    before = handler.setStream(lines)
    try:
        response = client.get("/", HTTP_HOST="evil.example")
    finally:
        handler.setStream(before)
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()
    assert lines.getvalue().count("\n") == 1, lines.getvalue()
    assert "evil.example" in lines.getvalue()
    assert "Traceback" not in lines.getvalue()


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/procedures/RIG/", "/procedures/rig/"),
        ("/procedures/Rig", "/procedures/rig/"),
        ("/procedures/rig", "/procedures/rig/"),
        ("/procedures/rig/plan", "/procedures/rig/plan/"),
        ("/procedures", "/procedures/"),
        ("/Guidance/Going-Home", "/guidance/going-home/"),
        ("/About", "/about/"),
        ("/ABOUT/", "/about/"),
        ("/A-Z/", "/a-z/"),
        ("/Search/?q=Stent", "/search/?q=Stent"),
        ("/procedures/RIG/leaflet.PDF", "/procedures/rig/leaflet.pdf"),
    ],
)
def test_a_nearly_right_address_leads_for_good_to_the_page(client, asked, right):
    response = client.get(asked)
    assert response.status_code == 301
    assert response["Location"] == right
    assert client.get(right).status_code == 200


def test_the_private_rooms_still_take_an_address_without_its_slash(client):
    assert client.get("/accounts/login")["Location"] == "/accounts/login/"


def test_the_icon_answers_at_its_customary_address(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert client.get(response["Location"])["Content-Type"].startswith("image/svg+xml")


def test_what_a_person_searched_for_is_not_logged(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get("/search/", {"q": "my very private worry"})
        client.get("/procedures/nowhere/", {"q": "my very private worry"})
    assert "private worry" not in caplog.text


def test_the_page_not_found_helps(client):
    html = client.get("/nowhere/").content.decode()
    assert "/a-z/" in html
    assert "999" in html


def test_a_server_error_has_a_page_of_its_own(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("procedures.views.pages.present_procedure", broken)
    client.raise_request_exception = False
    response = client.get("/procedures/rig/")
    assert response.status_code == 500
    assert "Sorry" in response.content.decode()
    assert "RuntimeError" not in response.content.decode()
