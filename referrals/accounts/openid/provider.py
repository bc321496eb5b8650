"""The stricter OpenID Connect provider, and the flow's side of it that talks to the provider."""

from __future__ import annotations

import logging
import secrets
from typing import Any

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from referrals.accounts.openid import assurance, client_keys, tokens

log = logging.getLogger(__name__)


def refuse(reason: str, error: Exception | None = None) -> OAuth2Error:
    """Log which check failed, without anything from the token, and return what allauth expects."""
    log.warning("Sign-in by identity provider refused: %s.", reason)
    refused = OAuth2Error(reason)
    refused.__cause__ = error
    return refused


class AssertingClient(OAuth2Client):
    """Proves who this service is by a signed assertion where it has a key, else by its secret."""

    key_settings: dict[str, Any]

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: dict | None = None
    ) -> dict[str, Any]:
        """Change the code for tokens. Raises OAuth2Error."""
        key = self.key_settings.get("private_key")
        if key:
            extra_data = (extra_data or {}) | {
                "client_assertion_type": client_keys.ASSERTION_TYPE,
                "client_assertion": client_keys.client_assertion(
                    key, self.key_settings["key_id"], self.consumer_key, self.access_token_url
                ),
            }
        try:
            return super().get_access_token(code, pkce_code_verifier, extra_data)
        except OAuth2Error as error:
            # The provider's own answer may hold tokens: it goes into no log and on no page.
            raise refuse("no token") from error


class AssuredAdapter(OpenIDConnectOAuth2Adapter):
    """Reads discovery, keys, tokens and userinfo, and believes none of them unchecked."""

    client_class = AssertingClient
    nonce = ""
    """Set from the stashed state by the callback."""

    @property
    def app_settings(self) -> dict[str, Any]:
        """The provider's settings."""
        return self.get_provider().app.settings

    @property
    def openid_config(self) -> dict[str, Any]:
        """The discovery document of the issuer that the settings name. Raises OAuth2Error."""
        try:
            found = super().openid_config
        except (requests.RequestException, ValueError) as error:
            raise refuse("discovery", error) from error
        if found.get("issuer") != self.app_settings["issuer"]:
            raise refuse("issuer of the discovery document")
        for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"):
            address = str(found.get(name, ""))
            if not address.startswith("https://") and not settings.DEMO:
                raise refuse(f"{name} without TLS")
        return found

    @property
    def basic_auth(self) -> bool:
        """Never beside a signed assertion."""
        return not self.app_settings.get("private_key") and super().basic_auth

    def get_client(self, request: HttpRequest, app: SocialApp) -> AssertingClient:
        """Return the client with our key."""
        client = super().get_client(request, app)
        client.key_settings = app.settings
        return client

    def keys(self) -> dict[str, Any]:
        """The provider's signing keys."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            return answer.json()

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Check everything, then return who this is. Raises OAuth2Error."""
        try:
            claims = tokens.identity_claims(
                kwargs["response"].get("id_token") or "",
                self.keys(),
                issuer=app.settings["issuer"],
                client_id=app.client_id,
                nonce=self.nonce,
            )
            userinfo = self._fetch_user_info(token.token)
        except tokens.TokenRefused as error:
            raise refuse(f"ID token ({error})", error) from error
        except (requests.RequestException, ValueError) as error:
            raise refuse("the provider did not answer", error) from error
        if userinfo.get("sub") != claims["sub"]:
            raise refuse("userinfo of another subject")
        stated = assurance.stated(claims, userinfo)
        missing = assurance.problem(
            stated,
            least_identity=app.settings["least_identity_assurance"],
            least_authentication=app.settings["least_authentication_assurance"],
        )
        if missing:
            raise refuse(missing)
        provider = self.get_provider()
        login = provider.sociallogin_from_response(
            request, {"id_token": claims, "userinfo": userinfo}
        )
        if stated.strong:
            assurance.note_strong_identity(request, provider.sub_id, login.account.uid)
        return login


class AssuredProvider(OpenIDConnectProvider):
    """A user is an issuer and a subject. Addresses and what the browser asks for change nothing."""

    oauth2_adapter_class = AssuredAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and subject together. Raises OAuth2Error when too long to keep."""
        uid = f"{data['id_token']['iss']} {data['id_token']['sub']}"
        if len(uid) > 191:
            raise refuse("subject too long")
        return uid

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep only what says who this is."""
        claims = data["id_token"]
        return {"issuer": claims["iss"], "subject": claims["sub"]}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """None: an address from a provider is never taken over."""
        return []

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        """From the settings alone, so that nobody can ask for a weaker sign-in by a link."""
        return self.get_auth_params()

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """From the settings alone."""
        return self.get_scope()

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Start the flow with a fresh nonce, kept beside the state."""
        nonce = secrets.token_urlsafe(32)
        kwargs["auth_params"] = (kwargs.get("auth_params") or self.get_auth_params()) | {
            "nonce": nonce
        }
        try:
            return super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)
        except OAuth2Error as error:
            return render_authentication_error(request, self, exception=error)
