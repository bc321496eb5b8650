"""Machines can tell a living process from a ready one."""

import pytest
from django.db import DatabaseError

pytestmark = pytest.mark.django_db


def test_alive_and_ready(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 200


def test_alive_but_not_ready_when_the_database_is_gone(client, monkeypatch):
    def gone(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("ir_info.views.MigrationExecutor", gone)
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "database" in answer.json()["problems"][0]
