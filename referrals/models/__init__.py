"""All models of the private room, by idea."""

from referrals.models.accounts import AccountRequest

__all__ = ["AccountRequest"]
