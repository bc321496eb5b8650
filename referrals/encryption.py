"""Patient identifiers at rest: encrypted with keys from the settings, findable by a keyed hash.

``IDENTIFIER_KEYS`` holds Fernet keys, newest first: the first encrypts, all of them decrypt, so a
key is replaced by putting a new one in front and running ``rotate_identifier_keys``.
``LOOKUP_KEYS`` turn an NHS number into a hash that can be looked up but not reversed without them:
the first makes hashes, all of them find, so this key too is replaced by putting a new one in front
and running ``rotate_lookup_key``.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from referrals.identity import nhs_number_digits


class CannotDecrypt(Exception):
    """No key of the settings opens this value: a key was taken away too early."""


@lru_cache(maxsize=8)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.encode()) for key in keys])


def cipher() -> MultiFernet:
    """The cipher of the keys now in the settings."""
    return _cipher(tuple(settings.IDENTIFIER_KEYS))


def encrypt(plain: str) -> str:
    """Encrypt with the newest key; the same text never looks the same twice."""
    return cipher().encrypt(plain.encode()).decode()


def decrypt(token: str) -> str:
    """The text again. Raises CannotDecrypt when no key fits or the value was tampered with."""
    try:
        return cipher().decrypt(token.encode()).decode()
    except InvalidToken:
        raise CannotDecrypt("A stored value cannot be read with the present keys.") from None


def encrypt_bytes(plain: bytes) -> bytes:
    """Encrypt a file's content with the newest key."""
    return cipher().encrypt(plain)


def decrypt_bytes(token: bytes) -> bytes:
    """A file's content again. Raises CannotDecrypt."""
    try:
        return cipher().decrypt(token)
    except InvalidToken:
        raise CannotDecrypt("A stored file cannot be read with the present keys.") from None


def rotated(token: str) -> str:
    """The same value, encrypted with the newest key. Raises CannotDecrypt."""
    try:
        return cipher().rotate(token.encode()).decode()
    except InvalidToken:
        raise CannotDecrypt("A stored value cannot be read with the present keys.") from None


def lookup_hash(purpose: str, value: str) -> str:
    """A keyed hash (HMAC-SHA256, hex) of a value; ``purpose`` keeps kinds of value apart."""
    return lookup_hashes(purpose, value)[0]


def lookup_hashes(purpose: str, value: str) -> list[str]:
    """The hash under each key of the settings, newest first: what to look for."""
    message = f"{purpose}:{value}".encode()
    return [
        hmac.new(key.encode(), message, hashlib.sha256).hexdigest() for key in settings.LOOKUP_KEYS
    ]


def nhs_number_hash(raw: str | None) -> str:
    """The look-up hash of an NHS number however it was typed; empty for an empty one."""
    return next(iter(nhs_number_hashes(raw)), "")


def nhs_number_hashes(raw: str | None) -> list[str]:
    """The hashes under which rows of this NHS number may stand; none for an empty one."""
    digits = nhs_number_digits(raw)
    return lookup_hashes("nhs-number", digits) if digits else []
