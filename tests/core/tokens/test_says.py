"""What each token of a chain says, whichever family it is of."""

import json

import pytest

from console.core.tokens.parse import parse
from console.core.tokens.says import LONGEST_CHAIN_OF_ACTORS, TokenSays, says
from tests.core.tokens.wire import b64u


def told(claims):
    return says(parse(f"{b64u(json.dumps({'alg': 'RS256'}))}.{b64u(json.dumps(claims))}.c2ln"))


def test_a_token_of_a_person_says_who_for_whom_and_through_whom():
    entra = {
        "iss": "https://login.example/v2.0", "sub": "pairwise", "preferred_username": "ina@example.com",
        "azp": "app-1", "aud": "api://orders", "scp": "read write", "exp": 1_790_000_000,
    }  # fmt: skip
    assert told(entra) == TokenSays(
        issuer="https://login.example/v2.0",
        who="pairwise",
        name="ina@example.com",
        client="app-1",
        audiences=("api://orders",),
        scopes=("read", "write"),
        expires_at=1_790_000_000,
    )


def test_a_token_of_an_organisation_has_it_in_place_of_a_subject():
    found = told({"consumer": {"ID": "0192:999888777"}, "client_id": "c", "scope": "nav:x.read"})
    assert (found.who, found.client, found.scopes) == ("0192:999888777", "c", ("nav:x.read",))
    assert (found.audiences, found.expires_at) == ((), None)


def test_those_who_act_stand_with_the_last_one_first():
    act = {"sub": "service-2", "act": {"client_id": "service-1", "act": {"iss": "x"}}}
    assert told({"sub": "person", "act": act}).acting == ("service-2", "service-1", '{"iss":"x"}')


def test_a_chain_of_actors_without_end_is_cut():
    act = None
    for number in range(40):
        act = {"sub": f"s{number}", **({"act": act} if act else {})}
    assert len(told({"act": act}).acting) == LONGEST_CHAIN_OF_ACTORS


@pytest.mark.parametrize("claims", [{"sub": 5, "aud": 7, "scope": {}, "act": "x", "consumer": "y", "exp": "soon"}, {}])
def test_claims_of_other_types_say_nothing(claims):
    assert told(claims) == TokenSays()


def test_of_an_opaque_token_nothing_is_known():
    assert says(parse("an-opaque-token")) == TokenSays(is_readable=False)
