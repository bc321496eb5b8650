"""Checks on ID tokens and logout tokens, as pure functions of the token and the provider's keys.

OpenID Connect Core 1.0, section 3.1.3.7; Back-Channel Logout 1.0, section 2.6; ASVS 10.5.1-10.5.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
"""Public-key signatures alone: never ``none``, never a shared secret."""
LEEWAY = 30
"""Seconds by which clocks may differ."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


class TokenRefused(Exception):
    """The token is not what it should be. The text names the check, never what the token holds."""


def _signed_claims(
    token: str, keys: Mapping[str, Any], *, issuer: str, client_id: str, required: list[str]
) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise TokenRefused("algorithm")
        signing = [
            key
            for key in jwt.PyJWKSet.from_dict(dict(keys)).keys
            if key.key_id == header.get("kid") and key.public_key_use in (None, "sig")
        ]
        if len(signing) != 1:
            raise TokenRefused("signing key")
        return jwt.decode(
            token,
            signing[0].key,
            algorithms=[algorithm],
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY,
            options={"require": required},
        )
    except jwt.InvalidIssuerError as error:
        raise TokenRefused("issuer") from error
    except jwt.InvalidAudienceError as error:
        raise TokenRefused("audience") from error
    except jwt.ExpiredSignatureError as error:
        raise TokenRefused("expired") from error
    except jwt.InvalidSignatureError as error:
        raise TokenRefused("signature") from error
    except jwt.PyJWTError as error:
        raise TokenRefused(type(error).__name__) from error


def identity_claims(
    token: str, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """The claims of an ID token that is signed, current, ours, and answers this very request.

    ``keys`` is the provider's JWKS document. Raises TokenRefused.
    """
    claims = _signed_claims(
        token,
        keys,
        issuer=issuer,
        client_id=client_id,
        required=["iss", "sub", "aud", "exp", "iat"],
    )
    if not nonce or claims.get("nonce") != nonce:
        raise TokenRefused("nonce")
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client_id:
        raise TokenRefused("authorised party")
    if not isinstance(claims["sub"], str) or not claims["sub"].strip():
        raise TokenRefused("subject")
    return claims


def logout_claims(
    token: str, keys: Mapping[str, Any], *, issuer: str, client_id: str
) -> dict[str, Any]:
    """The claims of a back-channel logout token. Raises TokenRefused."""
    claims = _signed_claims(
        token, keys, issuer=issuer, client_id=client_id, required=["iss", "aud", "iat", "exp"]
    )
    if "nonce" in claims:
        raise TokenRefused("nonce")
    if LOGOUT_EVENT not in (claims.get("events") or {}):
        raise TokenRefused("event")
    if not claims.get("sub"):
        raise TokenRefused("subject")
    return claims
