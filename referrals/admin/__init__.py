"""The admin of the private room."""

from referrals.admin import accounts

__all__ = ["accounts"]
