"""What the played providers refuse beyond the common mistakes: each refusal is diagnosed by its own words."""

from collections.abc import Callable

import pytest

from console.core.diagnosis.base import Diagnosis
from tests.sandbox.builders import NOW
from tests.sandbox.providers import test_idporten as idporten
from tests.sandbox.providers import test_maskinporten as maskinporten
from tests.sandbox.providers import test_tokenx as tokenx
from tests.services import mistakes as raw

REFUSALS: dict[str, tuple[Callable[[], Diagnosis], str]] = {
    "Maskinporten: two details at once": (
        lambda: raw.grant(authorization_details=[maskinporten.SYSTEM_USER] * 2), "request-parameter-missing"),
    "Maskinporten: life of 121 seconds": (lambda: raw.grant(exp=NOW + 121), "assertion-lifetime-invalid"),
    "Maskinporten: undocumented claim": (lambda: raw.grant(sub="x"), "request-parameter-missing"),
    "TokenX: iss of another": (lambda: raw.exchange_proof(iss="x"), "assertion-issuer-wrong"),
    "TokenX: expired": (lambda: raw.exchange_proof(exp=NOW - 100), "assertion-lifetime-invalid"),
    "TokenX: no grant": (lambda: raw.exchange(grant_type=None), "request-parameter-missing"),
    "TokenX: another grant": (lambda: raw.exchange(grant_type="client_credentials"), "grant-type-not-allowed"),
    "TokenX: subject of an unknown key": (
        lambda: raw.exchange(subject_token=tokenx.of_person(kid="x")), "signature-invalid"),
    "TokenX: subject is no JWT": (lambda: raw.exchange(subject_token="x"), "token-malformed"),
    "generic: unknown client": (lambda: raw.pasted(raw.own(client_id="nobody")), "client-id-wrong"),
    "generic: iss is not the client": (lambda: raw.pasted(raw.own_proof(iss="x")), "assertion-issuer-wrong"),
    "generic: no jti": (lambda: raw.pasted(raw.own_proof(jti=None)), "request-parameter-missing"),
    "ID-porten: unknown client": (lambda: raw.pushed(client_id="x"), "client-id-wrong"),
    "ID-porten: wrong secret": (lambda: raw.pushed(client_secret="x"), "client-secret-invalid"),
    "ID-porten: redirect address": (lambda: raw.pushed(redirect_uri="https://x.example/"), "redirect-uri-mismatch"),
    "ID-porten: no challenge": (
        lambda: raw.pushed(code_challenge=None, code_challenge_method=None), "pkce-mismatch"),
    "ID-porten: scope not registered": (lambda: raw.pushed(scope="openid other"), "scope-not-granted"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "cause"), REFUSALS.values(), ids=REFUSALS)
def test_the_refusal_is_told_by_its_cause(made, cause):
    first = made().primary
    assert first is not None
    assert first.cause == cause


def test_a_blank_in_what_the_client_makes_up_is_no_fault():
    assert " " in idporten.asked()["state"]
    found = raw.pushed(response_type="token")
    assert "invisible-character-in-value" not in [one.cause for one in found.causes]
