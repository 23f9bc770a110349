"""Faults of the sandbox's ID-porten and of its generic provider, each diagnosed for each grant that it shows for."""

import pytest

from console.sandbox.faults.oauth import FAULTS
from tests.sandbox.builders import NOW, decode
from tests.sandbox.faults.diagnosed import first_cause
from tests.sandbox.providers import test_generic, test_idporten
from tests.sandbox.providers.builders import get, post, pressed, told, visited, world

OF = {"idporten": test_idporten, "generic": test_generic}


def _own(module):
    return {"client_id": module.POST.id, "client_secret": module.SECRET}


def _code(provider):
    module = OF[provider]
    text, state = module.code()
    form = {"grant_type": "authorization_code", "code": text, "redirect_uri": module.BACK, **_own(module)}
    return {**form, "code_verifier": module.VERIFIER}, state


def _refresh(provider):
    module = OF[provider]
    body, state = module.tokens()
    return {"grant_type": "refresh_token", "refresh_token": body["refresh_token"], **_own(module)}, state


def _client(_provider):
    return test_generic.own(), world()


def _exchange(_provider):
    body, state = test_generic.tokens()
    subject = {"subject_token": body["access_token"], "subject_token_type": test_generic.ACCESS_TOKEN}
    return {"grant_type": test_generic.EXCHANGE, **subject, **_own(test_generic)}, state


def _device(_provider):
    answer, state = test_generic.device()
    page, state = get("/generic/device", {"user_code": told(answer)["user_code"]}, state)
    _, state = pressed(page, "Kari", state, now=NOW)
    device_code = told(answer)["device_code"]
    return {"grant_type": test_generic.DEVICE, "device_code": device_code, "client_id": test_generic.NONE.id}, state


BOTH = {
    "code-used": (_code,),
    "verifier-of-another": (_code,),
    "refresh-expired": (_refresh,),
    "other-method": (_code, _refresh),
    "grant-not-allowed": (_code, _refresh),
}
GENERIC = {
    **BOTH,
    "refresh-reused": (_refresh,),
    "secret-expired": (_code, _refresh, _client, _exchange),
    "grant-not-allowed": (_code, _refresh, _client, _exchange, _device),
    "scope-not-registered": (_client,),
    "device-expired": (_device,),
    "device-denied": (_device,),
}
CASES = [
    (provider, code, made)
    for provider, faults in (("idporten", BOTH), ("generic", GENERIC))
    for code, grants in faults.items()
    for made in grants
]


def test_every_fault_has_a_case_and_every_grant_two_faults():
    assert {f"{provider}-{code}" for provider, code, _ in CASES} == {
        one.code for one in FAULTS if one.on_claims is None
    }
    for provider in OF:
        grants = [made for one, _, made in CASES if one == provider]
        assert min(grants.count(made) for made in set(grants)) >= 2


@pytest.mark.parametrize(("provider", "code", "made"), CASES)
def test_the_fault_shows_and_its_cause_ranks_first(provider, code, made):
    form, state = made(provider)
    fault = next(one for one in FAULTS if one.code == f"{provider}-{code}")
    assert first_cause(fault.code, post(f"/{provider}/token", form), state, provider=provider) == fault.cause


CODES = (
    "idporten-code-used",
    "idporten-verifier-of-another",
    "idporten-refresh-expired",
    "idporten-other-method",
    "idporten-grant-not-allowed",
    "generic-code-used",
    "generic-verifier-of-another",
    "generic-refresh-expired",
    "generic-other-method",
    "generic-grant-not-allowed",
    "generic-secret-expired",
    "generic-refresh-reused",
    "generic-scope-not-registered",
    "generic-device-expired",
    "generic-device-denied",
    "generic-token-expired",
)


def test_these_are_their_faults():
    assert tuple(one.code for one in FAULTS) == CODES


def test_the_token_ran_out_a_minute_ago():
    state = world(fault="generic-token-expired")
    token = told(visited(post("/generic/token", test_generic.own()), state)[0])["access_token"]
    assert decode(token)[1]["exp"] == NOW - 60
