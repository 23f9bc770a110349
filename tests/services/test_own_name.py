"""The console cannot be made to call itself by its own name, but for its sandbox, which answers in process."""

import pytest

from console.adapters.transport import Transport
from console.core.exchange import Request
from console.services import sandbox, wiring
from console.services.own_sandbox import OwnSandbox
from tests.adapters.support import Resolver
from tests.services.builders import with_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def resolver(settings, monkeypatch):
    """Every name leads to an address of the open Internet, as that of a load balancer in front does."""
    settings.CONSOLE_PUBLIC_URL = "https://console.example"
    settings.ALLOWED_HOSTS = ["console.example", "alias.example"]
    names = ("console.example", "alias.example")
    resolver = Resolver({name: [["93.184.215.14"]] for name in names})
    monkeypatch.setattr(wiring, "Transport", lambda policy, **options: Transport(policy, resolver=resolver, **options))
    wiring.egress_policy.cache_clear()
    yield resolver
    wiring.egress_policy.cache_clear()


@pytest.mark.parametrize(
    "url", ["https://console.example/", "https://alias.example/people/", "https://console.example:8443/sandbox/other/"]
)
def test_its_own_name_is_refused_wherever_it_leads_and_never_looked_up(resolver, url):
    exchange = wiring.transport_for(OwnSandbox(with_samples())).send(Request("GET", url))
    assert exchange.failure is not None
    assert exchange.failure.detail == "The host is a name of this console itself, which it never calls."
    assert resolver.asked == []


def test_its_sandbox_still_answers_in_process(resolver):
    actor = with_samples()
    exchange = wiring.transport_for(OwnSandbox(actor)).send(Request("GET", f"{sandbox.workspace(actor).base}/nothing"))
    assert exchange.response is not None
    assert (exchange.response.status, exchange.is_local, resolver.asked) == (404, True, [])
