"""Registered clients with real keys, and what they send to the played providers."""

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives import serialization
from jwt.algorithms import RSAAlgorithm

from console.core.exchange import Request, Response
from console.sandbox.handler import handle
from console.sandbox.providers.samples import sample_registrations
from console.sandbox.registered import Maskinporten, RegisteredKey, Registrations, TokenX
from console.sandbox.state import State
from tests.sandbox.builders import BASE, FORM, NOW, fresh, key_pair, keys

YEAR_S = 365 * 86_400
Json = dict[str, Any]


@lru_cache
def public_key(name: str, *, until: int = NOW + YEAR_S) -> RegisteredKey:
    """The public half of a key pair, registered under its own name."""
    private = serialization.load_pem_private_key(key_pair(name).private_pem.encode(), None)
    return RegisteredKey(name, RSAAlgorithm.to_jwk(private.public_key()), until)


def signed(claims: Json, *, key: str, header: Json | None = None, alg: str = "RS256") -> str:
    """A JWT; claims that are None are left out."""
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(
        kept, key_pair(key).private_pem, algorithm=alg, headers={"kid": key} if header is None else header
    )


@lru_cache
def registrations() -> Registrations:
    """The samples: Maskinporten's first client with the key "client", TokenX's applications with keys of their own."""
    made = sample_registrations("seed of the tests")
    first, second = made.maskinporten.clients
    first = replace(first, keys=(public_key("client"),))
    applications = tuple(replace(one, keys=(public_key(one.id),)) for one in made.tokenx.applications)
    return replace(
        made,
        maskinporten=replace(made.maskinporten, clients=(first, second)),
        tokenx=replace(made.tokenx, applications=applications),
    )


def world(*, entropy: str = "e1", fault: str | None = None, **sides: Maskinporten | TokenX) -> State:
    """A workspace with these registrations."""
    return replace(fresh(fault, entropy), registered=replace(registrations(), **sides))


def post(path: str, form: Json | str, *headers: tuple[str, str], base: str = BASE) -> Request:
    body = form if isinstance(form, str) else urlencode({n: v for n, v in form.items() if v is not None}, doseq=True)
    return Request("POST", f"{base}{path}", (FORM, *headers), body.encode())


def visited(request: Request, state: State | None = None, *, now: int = NOW) -> tuple[Response, State]:
    answer, after = handle(request, state or world(), now, keys=keys())
    assert isinstance(answer, Response), answer
    return answer, after


def told(answer: Response) -> Json:
    """The JSON of an answer."""
    return json.loads(answer.body)


def metadata(path: str) -> Json:
    answer, _ = visited(Request("GET", f"{BASE}{path}"))
    assert answer.status == 200
    return told(answer)
