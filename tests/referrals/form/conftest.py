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
