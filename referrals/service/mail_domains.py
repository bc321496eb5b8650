"""Addresses, held against the department's own rows of public mail services."""

from __future__ import annotations

from django.db import DatabaseError

from referrals import email_domains
from referrals.service import configuration


def is_public_webmail(address: str | None) -> bool:
    """Whether anybody can open a mailbox there, by the rows as they are now."""
    return email_domains.is_public_webmail(address, _brands())


def address_problem(address: str | None) -> str:
    """What is wrong with an address for an account or a team mailbox; empty when nothing is."""
    return email_domains.address_problem(address, _brands())


def _brands() -> frozenset[str] | None:
    try:
        return configuration.current().arrangements.webmail
    except (configuration.NotConfigured, DatabaseError):
        return None
