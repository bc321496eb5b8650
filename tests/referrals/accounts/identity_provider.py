"""A tiny OpenID Connect provider on 127.0.0.1, for tests: it can be told to lie in every way that matters."""

import base64
import hashlib
import json
import threading
import time
from urllib.parse import parse_qs, parse_qsl, urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

CLIENT_ID = "ir-info-test"


def make_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem_of(key) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


class IdentityProvider:
    """`claims`, `userinfo` and `header` change what it says; `client_key` is how it knows the client."""

    def __init__(self, client_key):
        self.key, self.stranger = make_key(), make_key()
        self.client_key = client_key
        self.signing_key = self.key
        self.claims, self.userinfo, self.discovery = {}, {}, {}
        self.algorithm = "RS256"
        self.codes, self.authorisations = {}, []
        self.server = make_server("127.0.0.1", 0, self, handler_class=Quiet)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        answer = {
            "/.well-known/openid-configuration": self._discovery,
            "/keys": self._keys,
            "/authorise": self._authorise,
            "/token": self._token,
            "/userinfo": self._userinfo,
        }[path](environ)
        status, headers, body = answer
        start_response(status, headers)
        return [body]

    @staticmethod
    def _json(document, status="200 OK"):
        return status, [("Content-Type", "application/json")], json.dumps(document).encode()

    def _discovery(self, environ):
        return self._json(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorise",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                **self.discovery,
            }
        )

    def _keys(self, environ):
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return self._json({"keys": [{**key, "kid": "1", "use": "sig", "alg": "RS256"}]})

    def _authorise(self, environ):
        asked = dict(parse_qsl(environ["QUERY_STRING"]))
        self.authorisations.append(asked)
        code = f"code-{len(self.authorisations)}"
        self.codes[code] = asked
        query = urlencode({"code": code, "state": asked["state"]})
        return "302 Found", [("Location", f"{asked['redirect_uri']}?{query}")], b""

    def _token(self, environ):
        form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        said = {name: values[0] for name, values in form.items()}
        asked = self.codes.pop(said.get("code"), None)
        if asked is None or not self._knows_client(said) or not self._pkce(asked, said):
            return self._json({"error": "invalid_grant"}, "400 Bad Request")
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "910000000001",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce", ""),
            "id_assurance_level": "3",
            "authentication_assurance_level": "3",
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return self._json(
            {"access_token": "access", "token_type": "Bearer", "id_token": self.sign(claims)}
        )

    def sign(self, claims):
        if self.algorithm == "none":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "1"})
        if self.algorithm == "HS256":
            return jwt.encode(claims, "shared" * 10, algorithm="HS256", headers={"kid": "1"})
        return jwt.encode(claims, self.signing_key, algorithm=self.algorithm, headers={"kid": "1"})

    def _knows_client(self, said):
        try:
            assertion = jwt.decode(
                said.get("client_assertion", ""),
                self.client_key.public_key(),
                algorithms=["RS512"],
                audience=f"{self.issuer}/token",
                options={"require": ["exp", "jti", "iat"]},
            )
        except jwt.PyJWTError:
            return False
        return assertion["iss"] == assertion["sub"] == CLIENT_ID and "client_secret" not in said

    @staticmethod
    def _pkce(asked, said):
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked.get("code_challenge")

    def _userinfo(self, environ):
        if environ.get("HTTP_AUTHORIZATION") != "Bearer access":
            return self._json({}, "401 Unauthorized")
        said = {
            "sub": "910000000001",
            "name": "Grace Hopper",
            "given_name": "Grace",
            "family_name": "Hopper",
            "email": "ada.lovelace@coch.nhs.uk",
            "email_verified": True,
            **self.userinfo,
        }
        return self._json(said)
