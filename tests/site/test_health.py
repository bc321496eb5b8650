"""Machines can tell a living process from a ready one."""

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder

from procedures.library import shelf

pytestmark = pytest.mark.django_db


def test_alive_and_ready(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 200


def test_a_deploy_without_its_migrations_is_not_ready_and_says_so(client):
    recorder = MigrationRecorder(connection)
    last = recorder.migration_qs.filter(app="procedures").order_by("-name").first()
    recorder.record_unapplied("procedures", last.name)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == ["Migrations have not been run."]


@pytest.mark.parametrize("path", ["/referrals/", "/triage/", "/admin/"])
def test_private_pages_say_whom_to_telephone_when_the_database_is_gone(
    client, approver, monkeypatch, path
):
    client.force_login(approver)
    shelf.current()
    client.raise_request_exception = False

    def gone(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(CursorWrapper, "execute", gone)
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert answer["Cache-Control"] == "no-store"
    html = answer.content.decode()
    assert "on-call interventional radiology consultant through the hospital switchboard" in html
    assert "may not have been saved" in html


def test_alive_but_not_ready_when_the_database_is_gone(client, monkeypatch):
    def gone(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("ir_info.views.MigrationExecutor", gone)
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "database" in answer.json()["problems"][0]
