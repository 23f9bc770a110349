"""An API or a provider asks for another sign-in: the page offers it, with what was asked and nothing else."""

import base64
import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from console.services import wiring
from tests.far_sides import EchoApi, allow
from tests.services.builders import person
from tests.services.outside import outside_api
from tests.services.signing_in import connection_at, running, signed_in_connection
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
CLAIMS = {"access_token": {"acrs": {"essential": True, "value": "c1"}}}


@pytest.fixture
def server(settings, monkeypatch):
    with running(settings, monkeypatch) as server:
        yield server
    wiring.egress_policy.cache_clear()


@pytest.fixture
def actor(server):
    return person()


@pytest.fixture
def client(actor):
    return signed_in(actor)


@pytest.fixture
def api(settings, server):
    with EchoApi() as running_api:
        allow(settings, server, running_api)
        yield running_api
    wiring.egress_policy.cache_clear()


def called(client, actor, server, api, challenge):
    """The connection, and the page after a call that the API answered with this challenge."""
    api.answers["/orders"] = (401, (("WWW-Authenticate", challenge),))
    made = outside_api(actor, api.url)
    connection = signed_in_connection(actor, server, api_id=made.id)
    answer = client.post(
        f"/profiles/{connection.profile_id}/call/",
        {"method": "GET", "path": "/orders", "sends_token": "on", "connection": connection.id},
    )
    return connection, answer.content.decode()


def offered(page):
    """The fields of the offer; None without one."""
    form = page.partition('id="step-up-title"')[2].partition("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) if 'id="step-up"' in form else None


def sent_to(client, connection, **fields):
    """The parameters of the address that the person is sent to."""
    begun = client.post(f"/connections/{connection.id}/authorize/", fields)
    assert begun.status_code == 303
    (link,) = re.findall(r'id="go" href="([^"]+)"', client.get(begun.url).content.decode())
    return {name: one[0] for name, one in parse_qs(urlsplit(link.replace("&amp;", "&")).query).items()}


def test_what_an_api_asks_for_is_offered_and_asked_of_the_provider(client, actor, server, api):
    challenge = 'Bearer error="insufficient_user_authentication", acr_values="high", max_age="0"'
    connection, page = called(client, actor, server, api, challenge)
    fields = offered(page)
    assert (fields["acr_values"], fields["max_age"]) == ("high", "0")
    sent = sent_to(client, connection, acr_values=fields["acr_values"], max_age=fields["max_age"])
    assert (sent["acr_values"], sent["max_age"]) == ("high", "0")


def test_entras_claims_arrive_whole(client, actor, server, api):
    told = base64.b64encode(json.dumps(CLAIMS).encode()).decode()
    connection, page = called(client, actor, server, api, f'Bearer error="insufficient_claims", claims="{told}"')
    claims = unescape(offered(page)["claims"])
    assert json.loads(claims) == CLAIMS
    assert json.loads(sent_to(client, connection, claims=claims)["claims"]) == CLAIMS


def test_another_refusal_offers_no_sign_in(client, actor, server, api):
    page = called(client, actor, server, api, 'Bearer error="invalid_token"')[1]
    assert offered(page) is None
    assert 'id="step-up-title"' not in page


def test_claims_that_a_provider_asks_for_at_a_refresh_are_offered(client, actor, server):
    connection = signed_in_connection(actor, server)
    server.errors = ["interaction_required"]
    answer = client.post(
        f"/profiles/{connection.profile_id}/token/", {"connection": connection.id, "fresh": "1"}
    ).content.decode()
    assert "The provider asks for the person to sign in again" in answer
    assert offered(answer) is not None


@pytest.mark.parametrize(
    "fields",
    [
        {"acr_values": "x\r\nLocation: https://evil.example"},
        {"redirect_uri": "https://evil.example", "client_id": "evil", "state": "s"},
        {"claims": "no json", "max_age": "-1", "prompt": "none"},
    ],
)
def test_nothing_else_gets_into_the_address(client, actor, server, fields):
    connection = connection_at(actor, server)
    usual = sent_to(client, connection)
    sent = sent_to(client, connection, **fields)
    assert set(sent) == set(usual)
    assert (sent["redirect_uri"], sent["client_id"]) == (usual["redirect_uri"], usual["client_id"])


def test_a_value_that_looks_like_more_parameters_stays_one_value(client, actor, server):
    connection = connection_at(actor, server)
    odd = "x&redirect_uri=https://evil.example"
    sent = sent_to(client, connection, acr_values=odd)
    assert sent["acr_values"] == odd
    assert sent["redirect_uri"] == sent_to(client, connection)["redirect_uri"]


def test_claims_go_along_as_they_were_asked(client, actor, server):
    connection = connection_at(actor, server)
    assert json.loads(sent_to(client, connection, claims=json.dumps(CLAIMS))["claims"]) == CLAIMS
