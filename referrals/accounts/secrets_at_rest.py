"""Authenticator secrets, encrypted in the database under a key made from ``SECRET_KEY``.

Older keys in ``SECRET_KEY_FALLBACKS`` still open what they closed, so the key can be changed.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _fernet(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"authenticator secrets").derive(
        secret.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


def _keys() -> MultiFernet:
    return MultiFernet(
        [_fernet(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def encrypted(text: str) -> str:
    """The text as it may stand in the database."""
    return _keys().encrypt(text.encode()).decode()


def decrypted(text: str) -> str:
    """The text as it was. Raises cryptography.fernet.InvalidToken when no key opens it."""
    return _keys().decrypt(text.encode()).decode()
