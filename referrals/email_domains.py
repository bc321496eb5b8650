"""E-mail domains can refuse an account. They never grant one: an nhs.net address proves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from referrals.fixture_rows import fixture_rows

_ADDRESS = re.compile(r"[^@\s<>\"(),:;\[\]\\]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)")


def mail_domain(address: str | None) -> str:
    """The lower-case domain of an address, or an empty string if it is not an address."""
    shape = _ADDRESS.fullmatch((address or "").strip().rstrip(".").lower())
    return shape.group(1) if shape else ""


def is_public_webmail(address: str | None, brands: Iterable[str] | None = None) -> bool:
    """Whether the address is at a service where anybody can open a mailbox.

    ``brands`` are the rows of the department; left out, those shipped with the code.
    """
    listed = frozenset(brands) if brands is not None else shipped_brands()
    return _webmail(listed).fullmatch(mail_domain(address)) is not None


@lru_cache(maxsize=1)
def shipped_brands() -> frozenset[str]:
    """The public mail services that the site ships with."""
    return frozenset(row["brand"] for row in fixture_rows("arrangements.yaml")["webmailbrand"])


@lru_cache(maxsize=8)
def _webmail(brands: frozenset[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(each) for each in sorted(brands)) or "(?!)"
    return re.compile(rf"(?:.+\.)?(?:{listed})\.(?:com?|net|org|info|[a-z]{{2}})(?:\.[a-z]{{2}})?")


def is_nhs_address(address: str | None) -> bool:
    """Whether copies may be sent there. Never a reason to give access."""
    domain = mail_domain(address)
    return domain == "nhs.net" or domain.endswith((".nhs.net", ".nhs.uk"))


def address_problem(address: str | None, brands: Iterable[str] | None = None) -> str:
    """What is wrong with an address for an account or a team mailbox; empty when nothing is."""
    if not mail_domain(address):
        return "Enter an e-mail address, like name@hospital.nhs.uk."
    if is_public_webmail(address, brands):
        return "Use your hospital address. We cannot send referral mail to public webmail."
    return ""
