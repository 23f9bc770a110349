"""A `requests` session that can reach nothing but through the transport."""

import pytest
import requests

from console.adapters.egress import EgressPolicy
from console.adapters.guarded_session import guarded_session
from console.adapters.transport import Transport
from tests.adapters.support import transport_for
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.fixture(scope="module")
def server():
    with FaultServer() as running:
        yield running


def test_a_form_is_posted_and_the_answer_read_as_by_requests(server):
    with guarded_session(transport_for(server)) as session:
        answer = session.post(f"{server.url}/echo", data={"a": "b c"}, headers={"X-Tag": "1"}, timeout=300)
    assert answer.status_code == 200
    assert answer.json()["body"] == "a=b+c"
    assert answer.json()["headers"]["X-Tag"] == "1"


def test_an_inner_address_is_refused_as_a_connection_error():
    with (
        guarded_session(Transport(EgressPolicy())) as session,
        pytest.raises(requests.ConnectionError, match="never called"),
    ):
        session.get("http://169.254.169.254/latest/meta-data/")


def test_a_redirect_is_not_followed(server):
    before = len(server.seen)
    with guarded_session(transport_for(server)) as session, pytest.raises(requests.TooManyRedirects):
        session.post(f"{server.url}/redirect/307", data={"client_secret": "x"})
    assert len(server.seen) == before + 1
