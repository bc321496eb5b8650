"""The department's organisations, allow-list and role table, as the rules read them."""

from __future__ import annotations

from referrals.organisations import Directory
from referrals.service import audit, configuration

PLACE = "account"
"""Where refusals on the account form are counted."""


def directory() -> Directory:
    """The directory as the admin has it now."""
    return configuration.current().directory


def count_refusal(kind: str, rule: str, place: str = PLACE) -> None:
    """Count one more refusal of this kind today. Nothing about the person is kept."""
    audit.count_refusal(kind, place, rule)
