"""NHS CIS2 and NHSmail as OpenID Connect providers, from the environment alone."""

from typing import Any
from urllib.parse import urlsplit

import environ

CIS2_SCOPES = ["openid", "profile", "email", "nhsperson", "associatedorgs"]
NHSMAIL_SCOPES = ["openid", "profile", "email"]


def _provider(
    env: environ.Env, prefix: str, name: str, defaults: dict[str, Any]
) -> dict[str, Any] | None:
    """Return one provider's entry for allauth, or None where its client id is not set."""
    client_id = env.str(f"{prefix}_CLIENT_ID", "")
    if not client_id:
        return None
    server_url = env.str(f"{prefix}_SERVER_URL")
    acr_values = env.str(f"{prefix}_ACR_VALUES", defaults["acr_values"])
    return {
        "provider_id": defaults["provider_id"],
        "name": name,
        "client_id": client_id,
        "secret": env.str(f"{prefix}_SECRET", ""),
        "settings": {
            "server_url": server_url,
            "issuer": env.str(f"{prefix}_ISSUER", server_url.split("/.well-known/")[0]),
            "scope": env.list(f"{prefix}_SCOPES", default=defaults["scopes"]),
            "auth_params": {"acr_values": acr_values} if acr_values else {},
            "oauth_pkce_enabled": True,
            # A PEM key here means private_key_jwt (RS512), as CIS2 asks; otherwise the secret is sent.
            "private_key": env.str(f"{prefix}_PRIVATE_KEY", "", multiline=True),
            "key_id": env.str(f"{prefix}_KEY_ID", "ir-info"),
            "least_identity_assurance": env.int(
                f"{prefix}_LEAST_IDENTITY_ASSURANCE", defaults["identity"]
            ),
            "least_authentication_assurance": env.int(
                f"{prefix}_LEAST_AUTHENTICATION_ASSURANCE", defaults["authentication"]
            ),
        },
    }


def providers(env: environ.Env) -> list[dict[str, Any]]:
    """Return the providers that are set up.

    CIS2 must state identity assurance 3 and authenticator assurance 2 or more, and then stands for
    the second factor. NHSmail states neither, so people who use it go on to their second factor here.
    """
    found = [
        _provider(
            env,
            "OIDC_CIS2",
            "NHS Care Identity (CIS2)",
            {
                "provider_id": "cis2",
                "scopes": CIS2_SCOPES,
                "acr_values": "AAL2_OR_AAL3_ANY",
                "identity": 3,
                "authentication": 2,
            },
        ),
        _provider(
            env,
            "OIDC_NHSMAIL",
            "NHSmail",
            {
                "provider_id": "nhsmail",
                "scopes": NHSMAIL_SCOPES,
                "acr_values": "",
                "identity": 0,
                "authentication": 0,
            },
        ),
    ]
    return [provider for provider in found if provider]


def form_origins(found: list[dict[str, Any]]) -> list[str]:
    """Return the origins that a sign-in form may lead to, for the Content-Security-Policy."""
    parts = [urlsplit(provider["settings"]["server_url"]) for provider in found]
    return [f"{part.scheme}://{part.netloc}" for part in parts]
