"""Token requests that need no MSAL."""

from dataclasses import replace

import pytest

from console.adapters.egress import EgressPolicy
from console.adapters.senders import Order
from console.adapters.transport import Transport
from console.core.client_auth.base import Proof
from console.core.exchange import FailureKind
from console.core.grants.base import Post
from console.core.oauth.place import Place
from tests.adapters.senders.asking import NOW, asked
from tests.adapters.support import DEADLINE_S, transport_for
from tests.vectors.bad_input.faultserver import FaultServer

PROOF = Proof(form=(("client_id", "x"),), headers=(("Authorization", "Basic eDp5"),))


@pytest.fixture(scope="module")
def server():
    with FaultServer() as running:
        yield running


def order(endpoint, *, audience="the audience", prove=lambda audience: PROOF):
    post = Post(endpoint, (("grant_type", "client_credentials"), ("scope", "a b&c")), auth_audience=audience)
    place = Place(issuer="", metadata_url="", token_endpoint=endpoint)
    return Order(post, place, "x", lambda metadata, place: None, prove)


def ask(server, variant, **changes):
    transport = transport_for(server, **({"deadline_s": DEADLINE_S} if variant == "slow-9" else {}))
    return asked(replace(order(f"{server.url}/idp/{variant}/token"), **changes), transport)


def test_the_form_is_sent_encoded_with_the_headers_given(server):
    outcome = ask(server, "good")
    assert outcome.response is not None
    assert (outcome.response.access_token.reveal(), outcome.response.obtained_at) == ("AT-value", NOW)
    seen = server.seen[-1]
    assert seen["body"] == b"grant_type=client_credentials&scope=a+b%26c&client_id=x"
    assert seen["headers"]["Authorization"] == "Basic eDp5"


def test_an_error_and_a_failure_are_told_apart(server):
    error, failure = ask(server, "bad-client"), ask(server, "slow-9")
    assert error.error is not None and error.failure is None
    assert failure.failure is not None and failure.error is None
    assert failure.failure.kind is FailureKind.TIMEOUT
    assert len(error.exchanges) == len(failure.exchanges) == 1


def test_the_proof_is_made_for_the_audience_of_the_form(server):
    audiences = []

    def prove(audience):
        audiences.append(audience)
        return PROOF

    assert ask(server, "good", prove=prove).response is not None
    assert audiences == ["the audience"]


def test_without_a_proof_the_form_goes_as_it_is(server):
    assert ask(server, "good", prove=None).response is not None
    assert server.seen[-1]["body"] == b"grant_type=client_credentials&scope=a+b%26c"
    assert "Authorization" not in server.seen[-1]["headers"]


def test_a_form_with_a_secret_goes_over_nothing_but_https():
    outcome = asked(order("http://idp.example/token"), Transport(EgressPolicy()))
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.rule) == (FailureKind.BLOCKED_ADDRESS, "scheme")


def test_a_client_that_form_and_proof_both_name_is_named_once(server):
    post = Post(f"{server.url}/idp/good/token", (("response_type", "code"), ("client_id", "x")), auth_audience="a")
    ask(server, "good", post=post)
    assert server.seen[-1]["body"] == b"response_type=code&client_id=x"
