"""Token requests that need no MSAL."""

import pytest

from console.adapters.token_endpoint import request_token
from console.core.exchange import FailureKind
from tests.adapters.support import DEADLINE_S, transport_for
from tests.vectors.bad_input.faultserver import FaultServer

NOW = 1_790_000_000


@pytest.fixture(scope="module")
def server():
    with FaultServer() as running:
        yield running


def ask(server, variant):
    form = (("grant_type", "client_credentials"), ("scope", "a b&c"))
    transport = transport_for(server, **({"deadline_s": DEADLINE_S} if variant == "slow-9" else {}))
    headers = (("Authorization", "Basic eDp5"),)
    return request_token(f"{server.url}/idp/{variant}/token", form, transport=transport, now=NOW, headers=headers)


def test_the_form_is_sent_encoded_with_the_headers_given(server):
    outcome = ask(server, "good")
    assert outcome.response is not None
    assert (outcome.response.access_token.reveal(), outcome.response.obtained_at) == ("AT-value", NOW)
    seen = server.seen[-1]
    assert seen["body"] == b"grant_type=client_credentials&scope=a+b%26c"
    assert seen["headers"]["Authorization"] == "Basic eDp5"


def test_an_error_and_a_failure_are_told_apart(server):
    error, failure = ask(server, "bad-client"), ask(server, "slow-9")
    assert error.error is not None and error.failure is None
    assert failure.failure is not None and failure.error is None
    assert failure.failure.kind is FailureKind.TIMEOUT
    assert len(error.exchanges) == len(failure.exchanges) == 1
