"""E-mail domains can refuse an account. They never grant one: an nhs.net address proves nothing."""

from __future__ import annotations

import re

PUBLIC_WEBMAIL_BRANDS = frozenset(
    [
        "aol",
        "btinternet",
        "fastmail",
        "gmail",
        "gmx",
        "googlemail",
        "hey",
        "hotmail",
        "hushmail",
        "icloud",
        "inbox",
        "live",
        "mac",
        "mail",
        "mailinator",
        "me",
        "msn",
        "ntlworld",
        "outlook",
        "proton",
        "protonmail",
        "qq",
        "rocketmail",
        "sky",
        "talktalk",
        "tiscali",
        "tutanota",
        "tuta",
        "virgin",
        "virginmedia",
        "yahoo",
        "yandex",
        "ymail",
        "zoho",
    ]
)
_ADDRESS = re.compile(r"[^@\s<>\"(),:;\[\]\\]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_WEBMAIL = re.compile(
    rf"(?:.+\.)?(?:{'|'.join(sorted(PUBLIC_WEBMAIL_BRANDS))})"
    r"\.(?:com?|net|org|info|[a-z]{2})(?:\.[a-z]{2})?"
)


def mail_domain(address: str | None) -> str:
    """The lower-case domain of an address, or an empty string if it is not an address."""
    shape = _ADDRESS.fullmatch((address or "").strip().rstrip(".").lower())
    return shape.group(1) if shape else ""


def is_public_webmail(address: str | None) -> bool:
    """Whether the address is at a service where anybody can open a mailbox."""
    return _WEBMAIL.fullmatch(mail_domain(address)) is not None


def is_nhs_address(address: str | None) -> bool:
    """Whether copies may be sent there. Never a reason to give access."""
    domain = mail_domain(address)
    return domain == "nhs.net" or domain.endswith((".nhs.net", ".nhs.uk"))


def address_problem(address: str | None) -> str:
    """What is wrong with an address for an account or a team mailbox; empty when nothing is."""
    if not mail_domain(address):
        return "Enter an e-mail address, like name@hospital.nhs.uk."
    if is_public_webmail(address):
        return "Use your hospital address. We cannot send referral mail to public webmail."
    return ""
