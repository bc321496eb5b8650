"""A team with a consultant and a colleague who drafts for them."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))


@pytest.fixture
def line(db):
    """An entitled consultant's line in the register."""
    import referral_people

    return referral_people.consultant()


@pytest.fixture
def consultant(client, line):
    """A client signed in as the consultant."""
    client.force_login(line.user)
    return client


@pytest.fixture
def registrar(line):
    """A client signed in as a delegate of the same team."""
    import referral_people
    from django.test import Client

    drafting = Client()
    drafting.force_login(referral_people.delegate(of=line.team))
    return drafting


@pytest.fixture(autouse=True)
def shipped_mail_services(request, monkeypatch):
    """Tests of boxes that ask for no database read the public mail services shipped with the code."""
    if request.node.get_closest_marker("django_db") is None and "db" not in request.fixturenames:
        from referrals.service import mail_domains

        monkeypatch.setattr(mail_domains, "_brands", lambda: None)
