"""Answers of a provider to a grant, for tests."""

import json
from urllib.parse import parse_qsl, urlsplit

from console.core.exchange import Exchange, Request, Response
from console.core.tokens import base64url
from tests.core.grants.asking import NOW, PLACE


def answered(status=200, *, url=PLACE.token_endpoint, **members) -> Exchange:
    body = json.dumps(members).encode()
    return Exchange(Request("POST", url), Response(status, body=body), None, 0.0, 0)


def granted(**members) -> Exchange:
    return answered(**{"access_token": "AT", "token_type": "Bearer", "expires_in": 60, **members})


def id_token(header=None, **claims) -> str:
    """Unsigned on purpose: whoever reads it here has no key."""
    usual = {"iss": PLACE.issuer, "aud": "c", "sub": "person-1", "nonce": "nonce-1", "iat": NOW, "exp": NOW + 60}
    parts = ({"alg": "RS256", **(header or {})}, {**usual, **claims})
    encoded = [base64url.encode(json.dumps(drop(part)).encode()) for part in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


def drop(members):
    return {name: value for name, value in members.items() if value is not ...}


def query_of(url) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))
