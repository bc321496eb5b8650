"""This service's own key: it signs who we are (private_key_jwt, RS512), and its public half is published."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHM = "RS512"
ASSERTION_SECONDS = 60


def client_assertion(private_key: str, key_id: str, client_id: str, token_url: str) -> str:
    """A short-lived statement of who asks for the token (RFC 7523). ``private_key`` is PEM."""
    now = int(time.time())
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": token_url,
        "jti": str(uuid.uuid4()),
        "iat": now,
        "exp": now + ASSERTION_SECONDS,
    }
    return jwt.encode(claims, private_key, algorithm=ALGORITHM, headers={"kid": key_id})


def public_key(private_key: str, key_id: str) -> dict[str, Any]:
    """The public half as a JWK, for the provider to fetch."""
    loaded = load_pem_private_key(private_key.encode(), password=None)
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(loaded.public_key()))
    return jwk | {"kid": key_id, "use": "sig", "alg": ALGORITHM}
