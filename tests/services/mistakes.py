"""How a mistake goes out: as another client would send it to the sandbox, and then into the inspector, as people paste.

Each helper gives the diagnosis of one exchange that the sandbox refused.
"""

import json
from dataclasses import replace
from typing import Any

import jwt

from console.core.api import Expectation
from console.core.diagnosis.base import Diagnosis
from console.core.exchange import Request, Response
from console.core.inspection import inspect_text
from console.sandbox.handler import handle
from console.sandbox.keys import own_keys
from console.sandbox.providers.samples import CUSTOMER, FRONTEND, READ
from tests.sandbox.builders import BASE, FORM, NOW, keys, secret_form, token_url
from tests.sandbox.builders import call as tenant_call
from tests.sandbox.faults.diagnosed import as_text
from tests.sandbox.people import World
from tests.sandbox.providers import test_generic as generic
from tests.sandbox.providers import test_idporten as idporten
from tests.sandbox.providers import test_maskinporten as maskinporten
from tests.sandbox.providers import test_tokenx as tokenx
from tests.sandbox.providers.builders import post, public_key, registrations, signed, told, visited, world

PARTNERS = f"{BASE}/gateway/partners/orders"
JSON = (("Content-Type", "application/json"),)
SECRET = "a secret that signs by accident, 40 long"


def pasted(request: Request, state: Any = None, *, now: int = NOW, certificate: str = "") -> Diagnosis:
    """What the inspector says of the exchange, which the sandbox must have refused."""
    answer, _ = handle(replace(request, client_certificate=certificate), state or world(), now, keys=keys())
    assert isinstance(answer, Response), answer
    assert answer.status >= 400, answer.body
    text = as_text(request, answer)
    seen = inspect_text(text, expectation=Expectation(), keyset=own_keys(keys()), now=now)
    found = [one.diagnosis for one in (seen, *seen.items) if one.diagnosis is not None]
    assert len(found) == 1, (seen.kind, [one.kind for one in seen.items])
    return found[0]


# Maskinporten


def grant(*, state: Any = None, header: Any = None, headers: Any = (), form: Any = None, **claims: Any) -> Diagnosis:
    """A signed grant with these claims; `header` is the JWT's, `headers` and `form` stand beside it."""
    return pasted(_grant(maskinporten.grant(header=header, **claims), *headers, **(form or {})), state)


def _grant(assertion: str, *headers: Any, **form: str) -> Request:
    return post("/maskinporten/token", {"grant_type": maskinporten.GRANT, "assertion": assertion, **form}, *headers)


def grant_with_secret() -> Diagnosis:
    return pasted(_grant(jwt.encode(maskinporten.claims(), SECRET, algorithm="HS256", headers={"kid": "client"})))


def grant_twice() -> Diagnosis:
    return twice(_grant(maskinporten.grant()))


def grant_by_old_key() -> Diagnosis:
    first, second = registrations().maskinporten.clients
    old = replace(first, keys=(public_key("client", until=NOW - 1),))
    return grant(state=world(maskinporten=replace(registrations().maskinporten, clients=(old, second))))


def for_customer(**sent: Any) -> Diagnosis:
    """Where the scope is open to the customer alone, who delegated it to the client."""
    side = registrations().maskinporten
    scopes = tuple(replace(one, open_to=(CUSTOMER,)) if one.name == READ else one for one in side.scopes)
    return grant(state=world(maskinporten=replace(side, scopes=scopes)), **sent)


def maskinporten_token() -> str:
    return str(told(maskinporten.ask(maskinporten.grant())[0])["access_token"])


# TokenX


def exchange(**changes: Any) -> Diagnosis:
    return pasted(post("/tokenx/token", tokenx.form(**changes)))


def exchange_proof(**claims: Any) -> Diagnosis:
    return exchange(client_assertion=tokenx.assertion(**claims))


def exchange_with_secret() -> Diagnosis:
    named = {"iss": FRONTEND, "sub": FRONTEND, "aud": tokenx.ISSUER, "jti": "one"}
    times = {"iat": NOW, "nbf": NOW, "exp": NOW + 60}
    return exchange(client_assertion=jwt.encode({**named, **times}, SECRET, algorithm="HS256"))


# ID-porten and the generic provider


def pushed(**changes: Any) -> Diagnosis:
    """An authorization request of ID-porten, sent ahead (RFC 9126)."""
    return pasted(post("/idporten/par", {**idporten.asked(), "client_secret": idporten.SECRET, **changes}))


def person_tokens() -> dict[str, str]:
    return idporten.tokens()[0]


def own(*headers: Any, query: str = "", **changes: Any) -> Request:
    """A request for a client's own token, at the generic provider, with its secret in the body."""
    return post(f"{generic.TOKEN}{query}", generic.own(**changes), *headers)


def own_proof(*, key: str = "client", header: Any = None, secret: str = "", **changes: Any) -> Request:
    """The same by a client that signs an assertion; with a `secret` by that instead of its key."""
    client = generic.KEY.id
    claims = {"iss": client, "sub": client, "aud": generic.ISSUER, "jti": "one", "iat": NOW, "exp": NOW + 60, **changes}
    text = jwt.encode(claims, secret, algorithm="HS256") if secret else signed(claims, key=key, header=header)
    proof = {"client_assertion_type": tokenx.ASSERTION_TYPE, "client_assertion": text}
    return post(generic.TOKEN, {"grant_type": "client_credentials", **proof})


def own_bound(**changes: Any) -> Request:
    """The same with a proof of possession (RFC 9449)."""
    return own(("DPoP", generic.proof(nonce=generic.nonce(), **changes)))


def by_certificate() -> Request:
    return post(generic.TOKEN, {"grant_type": "client_credentials", "client_id": generic.TLS.id})


def generic_token() -> str:
    return str(told(visited(own())[0])["access_token"])


def bound_token(certificate: str) -> str:
    return str(told(visited(by_certificate(), certificate=certificate)[0])["access_token"])


def polled_at_once() -> Diagnosis:
    """A device asks twice in the same second."""
    begun, state = visited(post("/generic/device_authorization", {"client_id": generic.NONE.id}))
    form = {"grant_type": generic.DEVICE, "client_id": generic.NONE.id, "device_code": told(begun)["device_code"]}
    _, state = visited(post(generic.TOKEN, form), state)
    return pasted(post(generic.TOKEN, form), state)


# Everywhere


def twice(request: Request) -> Diagnosis:
    first, after = visited(request)
    assert first.status == 200, first.body
    return pasted(request, after)


def in_json(path: str, form: dict[str, Any], *headers: Any) -> Diagnosis:
    return pasted(Request("POST", f"{BASE}{path}", headers or JSON, json.dumps(form).encode()))


def at_tenant(*, query: str = "", **changes: Any) -> Diagnosis:
    """A client's own request at the sandbox's Entra."""
    return pasted(Request("POST", f"{token_url()}{query}", (FORM,), post("", secret_form(**changes)).body))


def call(authorization: str, **rest: Any) -> Diagnosis:
    """A call to the API that takes tokens of all further providers."""
    return pasted(Request("GET", PARTNERS, (("Authorization", authorization),)), **rest)


def tenant_id_token() -> str:
    return str(World().redeemed()["id_token"])


def id_token_at_tenants_api() -> Diagnosis:
    return pasted(tenant_call(tenant_id_token()))


def at_userinfo(token: str) -> Diagnosis:
    return pasted(Request("GET", f"{BASE}/idporten/userinfo", (("Authorization", f"Bearer {token}"),)))
