"""The sandbox's gateway and bound tokens: from their holders alone, where the API asks for that."""

from dataclasses import replace

import pytest

from console.core.exchange import Request
from console.sandbox.handler import handle
from console.sandbox.partners import partners_api
from tests.sandbox.builders import BASE, NOW, decode, key_pair, keys
from tests.sandbox.providers import test_generic as generic
from tests.sandbox.providers import test_idporten as idporten
from tests.sandbox.providers import test_maskinporten as maskinporten
from tests.sandbox.providers import test_tokenx as tokenx
from tests.sandbox.providers.builders import post, told, visited, world

URL = f"{BASE}/gateway/partners/orders"
CERTIFICATE = key_pair("client").certificate_pem


def call(token: str, state=None, *, scheme: str = "Bearer", proofs=(), certificate: str = "", now: int = NOW):
    headers = (("Authorization", f"{scheme} {token}"), *(("DPoP", one) for one in proofs))
    request = Request("GET", URL, headers, client_certificate=certificate)
    return handle(request, state or world(), now, keys=keys())


def plain() -> str:
    return told(visited(post(generic.TOKEN, generic.own()))[0])["access_token"]


def of_dpop() -> tuple[str, object]:
    headers = ("DPoP", generic.proof(nonce=generic.nonce()))
    answer, state = visited(post(generic.TOKEN, generic.own(), headers))
    return told(answer)["access_token"], state


def of_certificate() -> str:
    form = {"grant_type": "client_credentials", "client_id": generic.TLS.id}
    return told(visited(post(generic.TOKEN, form), certificate=CERTIFICATE)[0])["access_token"]


def challenge(answer) -> str:
    return dict(answer.headers).get("WWW-Authenticate", "")


def test_the_partners_api_takes_the_tokens_of_each_further_provider():
    person, _ = idporten.tokens()
    tokens = {
        "generic": plain(),
        "maskinporten": told(maskinporten.ask(maskinporten.grant())[0])["access_token"],
        "tokenx": told(tokenx.exchange())["access_token"],
        "idporten": person["access_token"],
    }
    for name, token in tokens.items():
        answer, _ = call(token)
        assert answer.status == 200, (name, answer.body)
        assert call(token[:-8] + "AAAAAAAA")[0].status == 401
    assert call(tokens["maskinporten"], now=NOW + 119)[0].status == 200
    assert call(tokens["maskinporten"], now=NOW + 121)[0].status == 401


def test_it_does_not_take_a_token_of_the_tenant():
    from tests.sandbox.builders import token_for

    assert call(token_for())[0].status == 401


def test_a_token_that_is_bound_to_a_key_comes_with_a_proof_of_it():
    token, state = of_dpop()
    assert decode(token)[1]["cnf"] == {"jkt": generic.JKT}
    here = {"url": URL, "method": "GET", "jti": "p9"}
    answer, after = call(token, state, scheme="DPoP", proofs=[generic.proof(**here, token=token)])
    assert answer.status == 200, answer.body
    again, _ = call(token, after, scheme="DPoP", proofs=[generic.proof(**here, token=token)])
    assert (again.status, 'error="invalid_dpop_proof"' in challenge(again)) == (401, True)


PROOFS = {
    "as a bearer's": ("Bearer", {}, "invalid_token"),
    "without a proof": ("DPoP", None, "invalid_dpop_proof"),
    "for another address": ("DPoP", {"url": f"{URL}x"}, "invalid_dpop_proof"),
    "for another method": ("DPoP", {"method": "POST"}, "invalid_dpop_proof"),
    "for another token": ("DPoP", {"token": "other"}, "invalid_dpop_proof"),
    "for no token": ("DPoP", {"token": ""}, "invalid_dpop_proof"),
    "too old": ("DPoP", {"iat": NOW - 61}, "invalid_dpop_proof"),
}


@pytest.mark.parametrize(("scheme", "changes", "error"), PROOFS.values(), ids=PROOFS)
def test_a_bound_token_without_its_proof_is_refused(scheme, changes, error):
    token, state = of_dpop()
    made = {"url": URL, "method": "GET", "jti": "p9", "token": token, **(changes or {})}
    answer, after = call(token, state, scheme=scheme, proofs=[] if changes is None else [generic.proof(**made)])
    assert answer.status == 401
    assert f'DPoP error="{error}"' in challenge(answer)
    assert after.marks == state.marks


def test_a_token_that_is_bound_to_nothing_is_no_dpop_token():
    answer, _ = call(plain(), scheme="DPoP", proofs=[generic.proof(url=URL, method="GET")])
    assert (answer.status, 'error="invalid_token"' in challenge(answer)) == (401, True)


def test_a_token_that_is_bound_to_a_certificate_comes_with_it():
    token = of_certificate()
    assert call(token, certificate=CERTIFICATE)[0].status == 200
    for certificate in ("", key_pair("other").certificate_pem):
        answer, _ = call(token, certificate=certificate)
        assert (answer.status, 'Bearer error="invalid_token"' in challenge(answer)) == (401, True)


def test_an_api_that_does_not_ask_for_it_takes_a_bound_token_from_anybody():
    own = replace(partners_api(), checks_possession=False)
    state = world()
    others = tuple(one for one in state.gateway_apis if one.path != own.path)
    assert call(of_certificate(), replace(state, gateway_apis=(*others, own)))[0].status == 200


@pytest.mark.parametrize("token", ["", "x", "e30.e30.e30", "e30.eyJjbmYiOjF9.e30"])
def test_what_is_no_token_is_the_policys_to_refuse(token):
    answer, _ = call(token)
    assert answer.status == 401
    assert challenge(answer) == ""
