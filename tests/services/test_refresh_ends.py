"""When a refresh token ends, as far as its provider says: with the token it belongs to, and gone with it."""

import pytest

from console.adapters import clock
from console.core.ending import DAY_S, EndKind
from console.services import disconnecting, endings, wiring
from tests.services.builders import person
from tests.services.signing_in import running, signed_in_connection
from tests.services.test_connection_tokens import at, get, kept_of  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
LIFE = 90 * DAY_S


@pytest.fixture
def server(settings, monkeypatch):
    with running(settings, monkeypatch) as server:
        yield server
    wiring.egress_policy.cache_clear()


def ends(actor):
    return [one.ends_at for one in endings.of_actor(actor) if one.kind is EndKind.REFRESH_TOKEN]


def test_it_is_told_by_the_provider_and_moves_with_each_new_token(server, at):  # noqa: F811
    server.more = {"refresh_token_expires_in": LIFE}
    actor = person()
    connection = signed_in_connection(actor, server)
    began = clock.now()
    assert (ends(actor), kept_of(actor, connection).refresh_ends_at) == ([began + LIFE], began + LIFE)
    at(3_600)
    get(actor, connection)
    assert ends(actor) == [began + 3_600 + LIFE]
    server.more = {}
    at(8_000)
    get(actor, connection)
    assert kept_of(actor, connection).refresh_ends_at is None, "of the new one nothing was said"


def test_with_the_connection_it_is_gone(server, at):  # noqa: F811
    server.more = {"refresh_expires_in": LIFE}
    actor = person()
    connection = signed_in_connection(actor, server)
    disconnecting.disconnect(actor, connection.id)
    assert ends(actor) == []


@pytest.mark.parametrize("told", [1_800, 0, -1, "soon", None, 10**30])
def test_a_short_or_odd_life_is_no_date(server, at, told):  # noqa: F811
    server.more = {"refresh_expires_in": told}
    actor = person()
    signed_in_connection(actor, server)
    assert ends(actor) == []
