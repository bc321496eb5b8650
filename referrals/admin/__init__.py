"""The admin of the private room. Referrals themselves are not in it: clinical text is for triage."""

from referrals.admin import (
    accounts,
    arrangements,
    audit,
    catalogue,
    organisations,
    register,
    rules,
)

__all__ = [
    "accounts",
    "arrangements",
    "audit",
    "catalogue",
    "organisations",
    "register",
    "rules",
]
