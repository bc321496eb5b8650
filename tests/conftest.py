"""Settings and data for every test: demo mode, and a database seeded once from the real fixtures."""

import os
import sqlite3
import tempfile
from pathlib import Path

os.environ["IR_INFO_MODE"] = "demo"
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ["MEDIA_ROOT"] = tempfile.mkdtemp(prefix="ir-info-pictures-")

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings

from tests.seeded import seeded_database

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


if os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite"):

    @pytest.fixture(scope="session")
    def django_db_setup(tmp_path_factory, django_db_blocker):
        """A database in memory that starts as the one that was migrated and seeded once for all workers."""
        from django.db import connection

        source = sqlite3.connect(seeded_database(tmp_path_factory))
        with django_db_blocker.unblock():
            connection.close()
            name = connection.creation._get_test_db_name()
            connection.settings_dict["NAME"] = name
            connection.ensure_connection()
            source.backup(connection.connection)
        source.close()

else:

    @pytest.fixture(scope="session")
    def django_db_setup(django_db_setup, django_db_blocker):
        """Seed the test database with what the site ships."""
        with django_db_blocker.unblock():
            call_command("seed", verbosity=0)
            call_command("seed_referrals", verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """Hash passwords quickly: the tests make hundreds of people, and the slow way is Django's own to test."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def fresh_shelf():
    """Let no test read what another left in memory."""
    from procedures.library import shelf

    shelf.forget()
    yield
    shelf.forget()


def make_user(name: str, *groups: str) -> User:
    user = User.objects.create_user(
        f"{name}@test.example", f"{name}@test.example", "a-long-test-password", is_staff=True
    )
    user.first_name, user.last_name = name.capitalize(), "Test"
    user.save()
    user.groups.add(*Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def editor(db) -> User:
    return make_user("editor", "Editor")


@pytest.fixture
def approver(db) -> User:
    return make_user("approver", "Clinical approver")


@pytest.fixture
def kept_connection():
    """Stay in the test's transaction: as Django's own test client does, keep a WSGI request from closing the connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
