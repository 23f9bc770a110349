"""Each stage of a preflight fails over real sockets, with the sentence, the cause and the owner that belong to it."""

from dataclasses import replace
from functools import lru_cache, partial

import pytest

from console.adapters import clock
from console.adapters.transport import Transport
from console.core.api import Api, Expectation
from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.preflight.base import StageStatus
from console.core.profile import ProfileDraft
from console.services import apis, preflight, profiles, sandbox, wiring
from console.store import runs as run_store
from tests.adapters.support import Resolver
from tests.far_sides import EchoApi, allow
from tests.services.builders import with_samples
from tests.services.outside import SECRET
from tests.vectors.bad_input.faultserver import FaultServer

pytestmark = pytest.mark.django_db

REFUSES = """<policies><inbound><base /><validate-jwt header-name="Authorization">
<audiences><audience>api://somebody-else</audience></audiences></validate-jwt></inbound></policies>"""


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def reachable(settings, monkeypatch):
    """Opens the guard for a misbehaving server by its address, with a name service that knows `localhost` alone."""

    def open_for(server, **changes):
        port = server.server_address[1]
        settings.CONSOLE_EGRESS_ALLOW = f"http://127.0.0.1:{port}"
        settings.CONSOLE_CA_BUNDLE = server.ca_pem or ""
        wiring.egress_policy.cache_clear()
        policy = replace(wiring.egress_policy(), **changes)
        monkeypatch.setattr(wiring, "egress_policy", lru_cache(lambda: policy))

    known = Resolver({"localhost": [["127.0.0.1"]]})
    monkeypatch.setattr(wiring, "Transport", partial(Transport, resolver=known))
    yield open_for
    wiring.egress_policy.cache_clear()


def for_api(actor, base_url, **values):
    """A profile of the sandbox's provider for an API elsewhere, which demands nothing."""
    sample = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    api = apis.create(actor, Api(id="", owner_id=0, name="Outside", base_url=base_url, **values))
    draft = replace(profiles.draft_of(sample), name="Orders client", api_id=api.id)
    profile = profiles.create(actor, draft)
    profiles.replace_secret(actor, profile.id, Secret(sandbox.samples().client_secret))
    return profile


def at_provider(actor, server, variant):
    """A profile at a variant of the misbehaving provider, without an API."""
    base = f"{server.url}/idp/{variant}"
    known = {"environment": "outside", "issuer": base, "metadata_url": f"{base}/.well-known/openid-configuration"}
    known |= {"token_endpoint": f"{base}/token", "jwks_uri": f"{base}/jwks.json"}
    draft = ProfileDraft("Client", "", "generic", known, "c", "client_credentials", "", None)
    profile = profiles.create(actor, draft)
    profiles.replace_secret(actor, profile.id, Secret(SECRET))
    return profile


def checked(actor, profile, path="/ok"):
    call = ApiCall("GET", path) if profile.api_id else None
    return preflight.run_to_end(actor, profile.id, call=call)


def told(found):
    return found.failing.code, found.cause, found.failing.what


def test_an_api_of_a_trusted_certificate_is_ready_and_its_facts_are_told(actor, reachable):
    with FaultServer(tls="good") as server:
        reachable(server)
        found = checked(actor, for_api(actor, server.url))
    assert found.headline == "Orders client is ready: 10 of 10."
    facts = {fact.label: fact.value for one in found.stages if one.code == "tls" for fact in one.facts}
    assert facts["API, localhost: protocol"].startswith("TLSv1.")
    assert facts["API, localhost: for"] == "localhost"
    assert "trustme" in facts["API, localhost: issued by"]
    assert " → " in facts["API, localhost: chain"]


@pytest.mark.parametrize(
    ("tls", "why"),
    [
        ("expired", "The server's certificate has expired: it ended on 2021-01-01 00:00:00 UTC."),
        ("wrong_host", "The server's certificate is for another host name: it is for wrong.test, not for localhost."),
        ("self_signed", "The unknown authority is "),
    ],
)
def test_a_certificate_that_is_not_believed_stops_it_before_anything_is_sent(actor, reachable, tls, why):
    with FaultServer(tls=tls) as server:
        reachable(server)
        found = checked(actor, for_api(actor, server.url))
    assert told(found) == ("tls", "tls-untrusted-certificate", "No secure connection to localhost.")
    assert why in found.failing.why
    assert any("issued by" in fact.label for fact in found.failing.facts)
    assert found.evidence.response.failure == "tls"
    assert server.seen == []


def test_a_name_that_nobody_knows(actor, reachable):
    with FaultServer() as server:
        reachable(server)
        found = checked(actor, for_api(actor, "https://nowhere.example"))
    assert told(found) == ("names", "connection-blocked", "nowhere.example cannot be called.")


def test_an_address_inside_that_is_not_allowed_is_never_connected_to(actor, reachable):
    with FaultServer() as server:
        reachable(server)
        found = checked(actor, for_api(actor, "https://10.0.0.1"))
    assert told(found) == ("names", "address-refused-by-console", "10.0.0.1 cannot be called.")
    assert "CONSOLE_EGRESS_ALLOW" in found.failing.why


def test_a_closed_port(actor, reachable):
    with FaultServer() as server:
        reachable(server)
        profile = for_api(actor, server.url)
    found = checked(actor, profile)
    assert told(found)[:2] == ("tcp", "connection-blocked")
    assert found.failing.why.startswith("The server refused the connection")


@pytest.mark.parametrize(
    ("variant", "stage", "cause"),
    [
        ("disc-html", "metadata", "metadata-unreachable"),
        ("disc-404", "metadata", "metadata-unreachable"),
        ("disc-other-issuer", "metadata", "metadata-unreachable"),
        ("disc-token-elsewhere", "metadata", "metadata-unreachable"),
        ("jwks-500", "keys", "metadata-unreachable"),
        ("jwks-no-keys", "keys", "metadata-unreachable"),
    ],
)
def test_a_provider_that_publishes_nothing_usable(actor, reachable, variant, stage, cause):
    with FaultServer(tls="good") as server:
        reachable(server)
        found = checked(actor, at_provider(actor, server, variant))
    assert (found.failing.code, found.cause) == (stage, cause)
    assert found.failing.do
    assert found.evidence is not None


@pytest.mark.parametrize(
    ("variant", "cause"),
    [("bad-client", "client-secret-invalid"), ("empty-503", "identity-provider-unavailable")],
)
def test_a_provider_that_gives_no_token_stops_it_there(actor, reachable, variant, cause):
    with FaultServer(tls="good") as server:
        reachable(server)
        found = checked(actor, at_provider(actor, server, variant))
    stopped = next(one for one in found.stages if one.code == "token")
    assert (stopped.status, stopped.cause) == (StageStatus.FAIL, cause)
    assert [one.status for one in found.stages if one.code in ("checks", "call")] == [StageStatus.SKIPPED] * 2


@pytest.mark.parametrize(
    ("path", "cause", "answered"),
    [("/hang", "call-timeout", "no answer"), ("/redirect/302", "", "302")],
)
def test_an_api_that_hangs_or_sends_elsewhere(actor, reachable, path, cause, answered):
    with FaultServer() as server:
        reachable(server, deadline_s=0.5, call_s=0.5)
        found = checked(actor, for_api(actor, server.url), path)
    assert (found.failing.code, found.cause) == ("call", cause)
    assert answered in found.failing.what
    assert found.evidence is not None


def test_clocks_that_differ_are_told_and_the_rest_goes_on(actor, reachable, monkeypatch):
    with FaultServer(tls="good") as server:
        reachable(server)
        monkeypatch.setattr(clock, "now_exact", lambda: real() + 600)
        found = checked(actor, at_provider(actor, server, "good"))
    clocks = next(one for one in found.stages if one.code == "clock")
    assert (clocks.status, clocks.cause) == (StageStatus.FAIL, "clock-skew")
    assert "differ by 10 minutes" in clocks.what or "differ by 9 minutes" in clocks.what
    assert next(one for one in found.stages if one.code == "token").status is StageStatus.OK


real = clock.now_exact


def test_an_expired_certificate_of_the_client(actor, monkeypatch):
    sample = next(one for one in profiles.list_profiles(actor) if "certificate" in one.name)
    later = clock.now() + 400 * 86_400
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(clock, "now_exact", lambda: float(later))
    found = checked(actor, sample, "/orders")
    assert told(found) == ("credential", "certificate-or-key-expired", "The certificate has expired.")


def test_a_policy_that_refuses_stops_it_before_the_call(actor, settings):
    with EchoApi() as api:
        allow(settings, api)
        found = checked(actor, for_api(actor, api.url, policy=REFUSES))
        assert api.seen == []
    wiring.egress_policy.cache_clear()
    assert found.failing.code == "policy"
    assert found.failing.what.startswith("The policy refuses this call: ")
    assert found.cause == "audience-other-api"


def test_long_work_that_ends_badly(actor, settings):
    with EchoApi() as api:
        allow(settings, api)
        api.answers["/work"] = (202, [("Location", "/monitor"), ("Retry-After", "0")])
        api.answers["/monitor"] = (500, [])
        found = checked(actor, for_api(actor, api.url), "/work")
    wiring.egress_policy.cache_clear()
    assert found.failing.code == "operation"
    assert found.failing.what == "The work that the call began did not end well: Stopped."


def test_long_work_that_goes_on_is_waited_for_and_given_up_in_the_end(actor, settings, monkeypatch):
    with EchoApi() as api:
        allow(settings, api)
        api.answers["/work"] = (202, [("Location", "/monitor"), ("Retry-After", "7")])
        api.answers["/monitor"] = (202, [("Location", "/monitor"), ("Retry-After", "7")])
        run = preflight.begin(actor, for_api(actor, api.url).id, call=ApiCall("GET", "/work"))
        run = preflight.go_on(actor, run.id, until_s=clock.monotonic() + 60)
        assert (run.is_done, run.kept["stage"]) == (False, "operation")
        assert 1 <= preflight.due_in_s(actor, run.id) <= 7
        now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: now + 700)
        found = preflight.result(actor, preflight.look(actor, run.id).id)
    wiring.egress_policy.cache_clear()
    assert (
        found.failing.what == "The work that the call began is not done: Accepted." or found.failing.code == "operation"
    )
    assert run_store.get(actor, run.id).value.is_done


def test_expectations_that_the_token_does_not_meet(actor, settings):
    with EchoApi() as api:
        allow(settings, api)
        wanted = Expectation(audiences=("api://somebody-else",))
        found = checked(actor, for_api(actor, api.url, expectation=wanted))
    wiring.egress_policy.cache_clear()
    assert told(found)[:2] == ("checks", "audience-other-api")
