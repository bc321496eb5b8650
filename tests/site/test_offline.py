"""What browsers may keep: the list, the worker and its end, and the page for when there is no network."""

import pytest
from django.core.management import call_command

from ir_info.serving import keep
from procedures.library import shelf
from procedures.models import PageKind, SiteDetails
from procedures.publishing import refresh_site_document, withdraw

pytestmark = pytest.mark.django_db
PRIVATE = ("/referrals", "/triage", "/accounts", "/admin", "/refer/", "/search")


def listed(client) -> dict:
    return client.get("/offline/pages.json").json()


def test_the_list_holds_public_pages_alone_and_each_answers(client):
    found = listed(client)
    assert {"/", "/procedures/rig/", "/procedures/rig/questions/"} <= set(found["pages"])
    assert "/guidance/going-home/" in found["guidance"]
    assert set(found["guidance"]) <= set(found["pages"])
    assert not [path for path in found["pages"] if path.startswith(PRIVATE)]
    assert not [path for path in found["pages"] if path.endswith("/plan/") or "?" in path]
    for path in [*found["guidance"], *found["pages"][::20]]:
        response = client.get(path)
        assert response.status_code == 200, path
        assert "no-store" not in response.headers.get("Cache-Control", ""), path


def test_a_withdrawn_page_leaves_the_list_and_the_version_changes(client, editor):
    before = listed(client)
    withdraw(PageKind.GUIDANCE, "going-home", editor, "Mistake")
    shelf.forget()
    after = listed(client)
    assert "/guidance/going-home/" in before["pages"]
    assert "/guidance/going-home/" not in after["pages"] + after["guidance"]
    assert after["version"] != before["version"]


def test_the_version_changes_with_the_day(client, monkeypatch):
    from datetime import date

    before = listed(client)["version"]
    monkeypatch.setattr("procedures.library.today", lambda: date(2031, 5, 6))
    assert listed(client)["version"] != before


def test_the_worker_is_asked_for_anew_each_time_and_covers_the_whole_site(client):
    response = client.get("/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Service-Worker-Allowed"] == "/"
    assert response.headers["Cache-Control"] == "no-cache"
    kept = keep(response.content, list(response.headers.items()), 1, None)
    sent = dict(kept.bodies["br"][1])
    assert sent["Cache-Control"] == "no-cache", "the serving layer keeps what the view says"
    assert b'data-worker="/sw.js"' in client.get("/").content


def test_switched_off_the_worker_deletes_what_was_kept_and_pages_start_none(client, monkeypatch):
    from django.template import engines

    monkeypatch.setattr("django.conf.settings.OFFLINE_COPIES", False)
    monkeypatch.setitem(engines["jinja2"].env.globals, "offline_copies", False)
    script = client.get("/sw.js").content.decode()
    assert "unregister" in script
    assert 'addEventListener("fetch"' not in script
    assert "data-worker" not in client.get("/").content.decode()


def test_the_offline_page_says_how_to_get_help(client):
    page = client.get("/offline/").content.decode()
    assert "call 999" in page
    assert "NHS 111" in page
    assert "tel:" not in page, "no number is given that the department did not give"
    details = SiteDetails.objects.get()
    details.department_phone = "01632 960000"
    details.save()
    refresh_site_document()
    shelf.forget()
    assert "tel:01632960000" in client.get("/offline/").content.decode()


def test_the_mirror_carries_the_worker_and_its_list(client, tmp_path, monkeypatch):
    library = shelf.current()
    kept = {"rig": library.procedures["rig"]}
    few = type(library)(1, library.site, kept, library.guidance, library.updated_at)
    monkeypatch.setattr(shelf, "current", lambda: few)
    call_command("mirror", tmp_path, verbosity=0)
    assert (tmp_path / "sw.js").read_bytes() == client.get("/sw.js").content
    assert (tmp_path / "offline" / "pages.json").is_file()
    assert (tmp_path / "offline" / "index.html").is_file()
