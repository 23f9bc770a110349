"""Registered clients with real keys, and what they send to the played providers."""

import json
import re
from dataclasses import replace
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from jwt.algorithms import RSAAlgorithm

from console.core.exchange import Request, Response
from console.sandbox.handler import handle
from console.sandbox.providers.samples import sample_registrations
from console.sandbox.registered import OAuthClient, RegisteredKey, Registrations
from console.sandbox.state import State
from tests.sandbox.builders import BASE, FORM, NOW, fresh, key_pair, keys

YEAR_S = 365 * 86_400
Json = dict[str, Any]


@lru_cache
def public_key(name: str, *, until: int = NOW + YEAR_S) -> RegisteredKey:
    """The public half of a key pair, registered under its own name."""
    return RegisteredKey(name, RSAAlgorithm.to_jwk(_private(name).public_key()), until)


@lru_cache
def _private(name: str) -> RSAPrivateKey:
    """Read once: a PEM text costs as much as a hundred signatures."""
    key = serialization.load_pem_private_key(key_pair(name).private_pem.encode(), None)
    assert isinstance(key, RSAPrivateKey)
    return key


def signed(claims: Json, *, key: str, header: Json | None = None, alg: str = "RS256") -> str:
    """A JWT; claims that are None are left out."""
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, _private(key), algorithm=alg, headers={"kid": key} if header is None else header)


@lru_cache
def registrations() -> Registrations:
    """The samples: Maskinporten's first client with the key "client", TokenX's applications with keys of their own.

    The OAuth clients that sign have the key "client" too, the one with a certificate in TLS that of "client".
    """
    made = sample_registrations("seed of the tests")
    first, second = made.maskinporten.clients
    first = replace(first, keys=(public_key("client"),))
    applications = tuple(replace(one, keys=(public_key(one.id),)) for one in made.tokenx.applications)
    return replace(
        made,
        idporten=tuple(map(_with_proof, made.idporten)),
        generic=tuple(map(_with_proof, made.generic)),
        maskinporten=replace(made.maskinporten, clients=(first, second)),
        tokenx=replace(made.tokenx, applications=applications),
    )


def _with_proof(client: OAuthClient) -> OAuthClient:
    if client.method == "private_key_jwt":
        return replace(client, keys=(public_key("client"),))
    return replace(client, certificates=(key_pair("client").x5t_s256,)) if "tls" in client.method else client


def world(*, entropy: str = "e1", fault: str | None = None, **sides: Any) -> State:
    """A workspace with these registrations."""
    return replace(fresh(fault, entropy), registered=replace(registrations(), **sides))


def post(path: str, form: Json | str, *headers: tuple[str, str], base: str = BASE) -> Request:
    body = form if isinstance(form, str) else urlencode({n: v for n, v in form.items() if v is not None}, doseq=True)
    return Request("POST", f"{base}{path}", (FORM, *headers), body.encode())


def visited(
    request: Request, state: State | None = None, *, now: int = NOW, certificate: str = ""
) -> tuple[Response, State]:
    """The answer, and the state after it with an entropy that no request had before."""
    answer, after = handle(replace(request, client_certificate=certificate), state or world(), now, keys=keys())
    assert isinstance(answer, Response), answer
    return answer, replace(after, entropy=f"{after.entropy}+")


def told(answer: Response) -> Json:
    """The JSON of an answer."""
    return json.loads(answer.body)


def metadata(path: str) -> Json:
    answer, _ = visited(Request("GET", f"{BASE}{path}"))
    assert answer.status == 200
    return told(answer)


_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
_BUTTON = re.compile(r'<button[^>]* name="([^"]*)" value="([^"]*)">([^<]*)')
_ACTION = re.compile(r'<form method="post" action="([^"]*)">')


def buttons(page: Response) -> dict[str, tuple[str, str]]:
    """Name and value of each button of a page, by its text."""
    return {
        unescape(text): (unescape(name), unescape(value)) for name, value, text in _BUTTON.findall(page.body.decode())
    }


def pressed(page: Response, button: str, state: State, *, now: int = NOW, **changed: str) -> tuple[Response, State]:
    """What pressing the button whose text begins so brings; `changed` are hidden fields that somebody altered."""
    html = page.body.decode()
    name, value = next(pair for text, pair in buttons(page).items() if text.startswith(button))
    fields = {unescape(one): unescape(other) for one, other in _HIDDEN.findall(html)}
    action = unescape(_ACTION.findall(html)[0])
    assert action.startswith(BASE)
    return visited(post(action.removeprefix(BASE), {**fields, name: value, **changed}), state, now=now)


def get(path: str, asked: Json, state: State | None = None, *, now: int = NOW) -> tuple[Response, State]:
    query = urlencode({name: value for name, value in asked.items() if value is not None}, doseq=True)
    return visited(Request("GET", f"{BASE}{path}?{query}"), state, now=now)


def location(answer: Response) -> tuple[str, dict[str, str]]:
    """Where an answer sends a person, without the query, and the query."""
    assert answer.status == 303, answer.body
    sent = urlsplit(dict(answer.headers)["Location"])
    values = {name: values[0] for name, values in parse_qs(sent.query or sent.fragment, keep_blank_values=True).items()}
    return f"{sent.scheme}://{sent.netloc}{sent.path}", values
