"""A timeout goes with its request: sent, kept, filled in again, in a collection, and told when a call ends there."""

import pytest

from console.adapters import clock, keyfiles
from console.adapters.egress import EgressPolicy
from console.core.collections.result import StepOutcome
from console.core.compose.draft import RequestDraft
from console.core.credential import Secret
from console.core.exchange import Exchange, Request, Response
from console.core.owner import Owner
from console.core.tokens.signing_keys import signing_key_of
from console.services import (
    bound_calls,
    call_start,
    calls,
    collection_runs,
    collections,
    opening,
    replays,
    sandbox,
    saved_requests,
    snippets,
    variables,
    wiring,
)
from console.store import runs as run_store
from tests.far_sides import hurry
from tests.services.builders import with_samples
from tests.services.collection_samples import opened_sample, step
from tests.services.outside import outside_api, outside_profile
from tests.vectors.bad_input.faultserver import FaultServer

pytestmark = pytest.mark.django_db
HANGS = RequestDraft("GET", "/hang", sends_token=False, sends_subscription_key=False, timeout_s=1)
RAISE = (
    "Give the call more time: raise its timeout in the form, or leave it empty, which is the console's own limit. If "
    "it ends at that limit too, ask the owner of the API how long this operation takes and where it waits."
)


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def opened(actor, settings):
    with FaultServer() as server:
        settings.CONSOLE_EGRESS_ALLOW = f"http://127.0.0.1:{server.server_address[1]}"
        wiring.egress_policy.cache_clear()
        profile = outside_profile(actor, api_id=outside_api(actor, server.url).id)
        yield opening.of_profile(actor, "use", profile.id)
    wiring.egress_policy.cache_clear()


def test_a_call_that_hangs_ends_at_its_own_timeout_and_says_so(actor, opened):
    sent = saved_requests.send(opened, HANGS)
    primary = sent.diagnosis.primary
    assert (primary.cause, primary.do, primary.owner) == ("call-timeout", RAISE, Owner.INTEGRATOR)
    assert primary.why.endswith(
        "The limit was the timeout of 1 second that was set in the form, not the console's own."
    )
    kept = calls.open_attempt(actor, sent.attempt_id)
    assert kept.record.exchanges[-1].request.timeout_s == 1
    assert kept.record.evidence.request.timeout_s == 1
    assert kept.diagnosis.primary.why == primary.why


def test_a_call_that_ends_at_the_consoles_limit_says_that(opened, monkeypatch):
    hurry(monkeypatch)
    sent = saved_requests.send(opened, RequestDraft("GET", "/hang", sends_token=False, sends_subscription_key=False))
    primary = sent.diagnosis.primary
    assert primary.why.endswith("The limit was the console's own.")
    assert (primary.cause, primary.owner) == ("call-timeout", Owner.API_OWNER)
    assert primary.do.startswith("Try again. No timeout in the form goes beyond the console's limit")
    assert sent.evidence.request.timeout_s is None


def test_what_was_sent_last_is_there_again_with_its_timeout(opened):
    sent = saved_requests.send(opened, HANGS)
    assert call_start.of_form(opened).kept.draft == HANGS
    assert replays.of_attempt(opened, sent.attempt_id).call.timeout_s == 1
    assert snippets.of_attempt(opened.actor, sent.attempt_id).call.timeout_s == 1


def test_a_saved_request_and_its_copy_keep_it(opened):
    saved = saved_requests.save(opened, "Slow", HANGS)
    assert saved_requests.open_saved(opened, saved.id).value.kept.draft.timeout_s == 1
    copied = snippets.of_call(opened, variables.call_for(opened, HANGS))
    assert copied.call.timeout_s == 1


def test_the_step_of_a_collection_ends_at_the_timeout_of_its_saved_request(opened):
    made = collections.make(opened, "Slow ones", [step(opened, "Slow", HANGS, "status 200")], stops_early=False)
    run = collection_runs.begin(opened, made.id)
    collection_runs.go_on(opened.actor, run.id, until_s=clock.monotonic() + 60)
    (found,) = collection_runs.of_run(opened, run.id).value.steps
    assert (found.outcome, found.cause) == (StepOutcome.UNEXPECTED, "call-timeout")
    assert found.problem.do == RAISE
    record = calls.open_attempt(opened.actor, found.attempt_id).record
    assert record.exchanges[-1].request.timeout_s == 1


def test_a_wait_that_the_sandbox_plays_ends_at_it_too(actor):
    sandbox.set_fault(actor, "slow-api")
    sent = saved_requests.send(opened_sample(actor), RequestDraft("GET", "/orders", timeout_s=5))
    assert sent.diagnosis.primary.why == (
        "The connection stood, but no complete answer came. The API did not answer in time. The wait is simulated: "
        "the sandbox tells at once what a slow API would make you wait for. The limit was the timeout of 5 seconds "
        "that was set in the form, not the console's own."
    )


class FakeTransport:
    """Wants a nonce once; each answer took three seconds."""

    policy = EgressPolicy()

    def __init__(self):
        self.deadlines = []

    def send(self, request, *, deadline_s=None, **_):
        self.deadlines.append(deadline_s)
        wanted = Response(401, headers=(("DPoP-Nonce", "n"), ("WWW-Authenticate", 'DPoP error="use_dpop_nonce"')))
        answer = wanted if len(self.deadlines) == 1 else Response(200)
        return Exchange(request, answer, None, started_at=0, elapsed_ms=3000)


@pytest.mark.parametrize(("timeout_s", "left_s"), [(None, None), (5, 2.0), (3, bound_calls.LEAST_S)])
def test_a_call_that_is_sent_twice_for_a_nonce_has_its_timeout_once(timeout_s, left_s):
    transport, made = FakeTransport(), keyfiles.make_signing_key("ES256")
    binding = bound_calls.TokenBinding(Secret("t"), signing_key_of(made.private_key_pem, alg="ES256"))
    request = Request("GET", "https://api.example/x", timeout_s=timeout_s)
    assert len(bound_calls.send(transport, request, binding, hidden=[Secret("t")])) == 2
    assert transport.deadlines == [None, left_s]


def test_the_administrator_may_let_an_api_take_longer_and_a_run_is_held_for_as_long(actor, settings, monkeypatch):
    settings.CONSOLE_CALL_S = 90
    monkeypatch.setattr(wiring, "egress_policy", wiring.egress_policy.__wrapped__)  # not the one that is kept
    policy = wiring.transport_for(opened_sample(actor).own).policy
    assert (wiring.longest_call_s(), policy.longest_call_s, policy.deadline_s) == (90, 90, 20)
    held, acquire = [], run_store.acquire_lease

    def noted(run_id, **lease):
        held.append(lease["until"] - lease["now"])
        return acquire(run_id, **lease)

    monkeypatch.setattr(run_store, "acquire_lease", noted)
    opened = opened_sample(actor)
    one = step(opened, "Orders", RequestDraft("GET", "/orders"))
    run = collection_runs.begin(opened, collections.make(opened, "C", [one], stops_early=False).id)
    collection_runs.look(opened.actor, run.id)
    assert held and min(held) > policy.deadline_s + policy.longest_call_s
