"""The checklist: every step in every state, what it rests on, what comes next, and evidence that has grown old."""

from dataclasses import replace

import pytest

from console.core.api import Api, Expectation
from console.core.checklist.checklist import (
    ChecklistFacts,
    LinkKind,
    SeenAttempt,
    StepState,
    StoredTokenFacts,
    checklist,
)
from console.core.credential import CertificateFacts, CredentialKind, CredentialSummary
from console.core.diagnosis.base import RankedCause
from console.core.diagnosis.terms import Confidence, Stage
from console.core.evidence import Evidence, EvidenceRequest, EvidenceResponse, EvidenceTokenRequest
from console.core.finding import Finding, Status
from console.core.owner import Owner
from console.core.profile import Profile

NOW = 1_900_000_000
ENDPOINT = "https://login.example/t/oauth2/v2.0/token"
API = Api("a1", 1, "Orders", "https://api.example/orders", Expectation(audiences=("orders",), roles=("Read",)))
SECRET = CredentialSummary(CredentialKind.SECRET, 1, NOW - 1000, "here")
SETTINGS = {"cloud": "global", "tenant": "tenant"}
PROFILE = Profile(
    "p1", 1, "Mine", "test", "entra", SETTINGS, "client-1", "client_credentials", "orders/.default", "a1",
    has_subscription_key=False, credential=SECRET, version=1,
)  # fmt: skip
GOOD = {"aud": "orders", "roles": ["Read"], "azp": "client-1"}


def cause(slug, stage, who=Owner.INTEGRATOR):
    return RankedCause(slug, stage, Confidence.CERTAIN, who, f"What {slug}.", f"Why {slug}.", f"Do {slug}.", ())


def token_attempt(why=None, *, at=NOW - 500, claims=GOOD, failure="", **params):
    error = {"error": "refused"} if why is not None and not failure else None
    evidence = Evidence(
        token_claims=None if why or failure else claims,
        token_request=EvidenceTokenRequest(ENDPOINT, {"client_id": "client-1", "scope": "orders/.default", **params}),
        token_error=error,
        http_status=400 if error else None,
        response=EvidenceResponse(failure=failure) if failure else None,
    )
    return SeenAttempt("t1", at, evidence, 400 if error else 200, why)


def call_attempt(status=200, why=None, *, at=NOW - 400, claims=GOOD, url="https://api.example/orders/1", failure=""):
    evidence = Evidence(
        token_claims=claims,
        request=EvidenceRequest("GET", url),
        response=EvidenceResponse(status, failure=failure),
    )
    return SeenAttempt("c1", at, evidence, status, why)


def facts(**changes):
    return replace(ChecklistFacts(NOW, API, PROFILE, ENDPOINT), **changes)


def steps(**changes):
    return {step.code: step for step in checklist(facts(**changes)).steps}


def states(**changes):
    return [step.state.value for step in checklist(facts(**changes)).steps]


def with_credential(**changes):
    return replace(PROFILE, credential=replace(SECRET, **changes))


def certificate(start, end):
    return CertificateFacts("CN=c", "CN=c", "1", start, end, "A" * 40, "x", "y", "RSA", 2048, ("CN=c",))


def test_after_an_answered_call_every_step_is_done_and_nothing_comes_next():
    found = checklist(facts(token_seen=token_attempt(), call_seen=call_attempt()))
    assert [step.state for step in found.steps] == [StepState.DONE] * 7
    assert [step.code for step in found.steps] == [
        "api", "client", "credential", "permission", "token", "accepted", "call",
    ]  # fmt: skip
    assert found.next_step is None
    assert found.next_first == found.steps
    assert found.done_count == 7


def test_a_newcomer_begins_with_the_profile():
    found = checklist(ChecklistFacts(NOW, API))
    assert [step.state.value for step in found.steps] == [
        "done", "open", "open", "cannot_tell", "open", "open", "open",
    ]  # fmt: skip
    first = found.next_step
    assert (first.code, first.who, first.link_kind) == ("client", Owner.INTEGRATOR, LinkKind.PROFILE)
    assert first.do == "Make a profile with what you were given."
    assert found.next_first[0] is first and len(found.next_first) == 7


def test_what_a_profile_alone_cannot_show_is_said_with_who_could_tell():
    found = steps()
    assert states() == ["done", "cannot_tell", "done", "cannot_tell", "open", "open", "open"]
    assert {found[code].who for code in ("client", "permission")} == {Owner.TENANT_ADMIN}
    assert found["credential"].why == (
        "A secret does not tell until when it is valid; that shows when a token is asked for."
    )
    assert found["credential"].evidence[0].time == NOW - 1000
    assert checklist(facts()).next_step.do == "Get a token."


UNAUTHORIZED = cause("audience-mismatch", Stage.TOKEN_CONTENT)
NOT_THERE = cause("operation-not-found", Stage.API)


@pytest.mark.parametrize(("status", "why"), [(401, UNAUTHORIZED), (404, NOT_THERE)])
def test_a_call_that_was_answered_once_stays_done_and_says_what_fails_since(status, why):
    answered = replace(call_attempt(at=NOW - 900), attempt_id="c0")
    found = steps(token_seen=token_attempt(), call_seen=call_attempt(status, why), call_answered=answered)
    call = found["call"]
    assert (call.state, call.evidence[0].attempt_id) == (StepState.DONE, "c0")
    assert (call.since.attempt_id, call.since.text, call.do) == ("c1", why.what, why.do)
    assert found["accepted"].state is StepState.DONE
    whole = checklist(facts(token_seen=token_attempt(), call_seen=call_attempt(status, why), call_answered=answered))
    assert whole.next_step.since is not None, "what fails today comes next, done or not"
    done = [step.code for step in whole.steps if step.state is StepState.DONE]
    assert whole.done_count == len(done) - (1 if status == 404 else 2), "and is not counted among those that stand"


def test_a_milestone_at_another_address_or_with_another_client_proves_nothing_today():
    elsewhere = call_attempt(at=NOW - 900, url="https://old.example/orders/1")
    assert steps(token_seen=token_attempt(), call_answered=elsewhere)["call"].state is StepState.OPEN
    other = token_attempt(at=NOW - 900, client_id="client-of-before")
    assert steps(token_given=other)["token"].state is StepState.OPEN


def test_after_a_refusal_and_a_better_token_the_call_is_to_be_sent_again_not_for_the_first_time():
    refused = call_attempt(401, UNAUTHORIZED, at=NOW - 900)
    stored = StoredTokenFacts(NOW - 100, NOW + 900, (Finding("audience", Status.PASS, "For this API."),))
    call = steps(token_seen=token_attempt(at=NOW - 100), call_seen=refused, stored_token=stored)["call"]
    assert (call.state, call.do) == (StepState.OPEN, "Send the call again.")
    assert call.evidence[0].attempt_id == "c1"
    answered = replace(call_attempt(at=NOW - 950), attempt_id="c0")
    again = steps(
        token_seen=token_attempt(at=NOW - 100), call_seen=refused, stored_token=stored, call_answered=answered
    )["call"]
    assert (again.state, again.since, again.why) == (StepState.DONE, None, "")


def test_a_token_that_came_once_stays_obtained_when_a_later_request_is_refused():
    given = replace(token_attempt(at=NOW - 900), attempt_id="t0")
    found = steps(token_seen=token_attempt(cause("idp-down", Stage.TOKEN_REQUEST)), token_given=given)
    assert (found["token"].state, found["token"].since.attempt_id) == (StepState.DONE, "t1")
    assert found["client"].state is StepState.DONE


def test_without_an_api_the_first_step_is_open_and_a_lost_one_has_failed():
    assert steps(api=None, profile=replace(PROFILE, api_id=None))["api"].state is StepState.OPEN
    lost = steps(api=None)["api"]
    assert (lost.state, lost.evidence) == (StepState.FAILED, ())
    assert "gone" in lost.why
    assert steps(api=None, token_seen=token_attempt())["accepted"].state is StepState.OPEN


@pytest.mark.parametrize(
    ("field", "words"), [({"client_id": ""}, "no client ID"), ({"settings": {"cloud": "global"}}, "no tenant")]
)
def test_a_profile_that_is_not_filled_in_is_open(field, words):
    step = steps(profile=replace(PROFILE, **field))["client"]
    assert step.state is StepState.OPEN
    assert words in step.why


REFUSALS = [
    # cause of a token attempt, stage, the step that fails beside "token", is the client proven to be known
    ("client-id-wrong", Stage.TOKEN_REQUEST, "client", False),
    ("tenant-not-found", Stage.DISCOVERY, "client", False),
    ("client-secret-expired", Stage.CREDENTIAL, "credential", True),
    ("client-credential-missing", Stage.CREDENTIAL, "credential", False),
    ("consent-missing", Stage.TOKEN_REQUEST, "permission", True),
    ("resource-not-found", Stage.TOKEN_REQUEST, "permission", False),
    ("scope-format-invalid", Stage.TOKEN_REQUEST, None, False),
]


@pytest.mark.parametrize(("slug", "stage", "code", "knows"), REFUSALS)
def test_a_refused_token_request_fails_the_step_it_is_about(slug, stage, code, knows):
    seen = token_attempt(cause(slug, stage, Owner.TENANT_ADMIN))
    found = steps(token_seen=seen)
    failed = [name for name, step in found.items() if step.state is StepState.FAILED]
    assert failed == ([code] if code else []) + ["token"]
    step = found[code or "token"]
    assert (step.why, step.do, step.who) == (f"Why {slug}.", f"Do {slug}.", Owner.TENANT_ADMIN)
    evidence = step.evidence[0]
    assert (evidence.text, evidence.attempt_id, evidence.time, evidence.finding) == (
        f"What {slug}.", "t1", NOW - 500, slug,
    )  # fmt: skip
    assert (found["client"].state is StepState.DONE) == knows
    assert checklist(facts(token_seen=seen)).next_step is not None


def test_a_refusal_without_a_cause_and_a_provider_out_of_reach_prove_nothing_of_the_client():
    for seen in (
        replace(token_attempt(cause("x", Stage.NETWORK)), cause=None),
        token_attempt(failure="dns"),
        token_attempt(cause("connection-blocked", Stage.NETWORK), failure="dns"),
    ):
        found = steps(token_seen=seen)
        assert found["token"].state is StepState.FAILED
        assert found["client"].state is StepState.CANNOT_TELL
        assert found["token"].evidence[0].attempt_id == "t1"


CREDENTIALS = [
    (with_credential(kind=CredentialKind.NONE, set_at=None), {}, StepState.OPEN, "Nothing is stored"),
    (PROFILE, {"is_bound_here": False}, StepState.FAILED, "another destination"),
    (PROFILE, {"credential_problem": "Its key is gone."}, StepState.FAILED, "Its key is gone."),
]


@pytest.mark.parametrize(("profile", "changes", "state", "why"), CREDENTIALS)
def test_a_credential_that_is_missing_misplaced_or_sealed_is_told(profile, changes, state, why):
    step = steps(profile=profile, **changes)["credential"]
    assert step.state is state
    assert why in step.why
    assert step.do


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (NOW - 9, NOW - 1, StepState.FAILED),
        (NOW - 9, NOW, StepState.DONE),
        (NOW - 9, NOW + 1, StepState.DONE),
        (NOW, NOW + 9, StepState.DONE),
        (NOW + 1, NOW + 9, StepState.FAILED),
    ],
)
def test_a_certificate_counts_from_its_first_to_its_last_second(start, end, state):
    profile = with_credential(kind=CredentialKind.CERTIFICATE, certificate=certificate(start, end))
    step = steps(profile=profile)["credential"]
    assert step.state is state
    assert (step.evidence[0].finding == "profile-certificate-dates") == (state is StepState.FAILED)


def test_a_public_client_has_no_credential_and_lacks_none():
    bare = with_credential(kind=CredentialKind.NONE, set_at=None)
    usual = replace(bare, provider="idporten", grant="authorization_code", settings={"environment": "test"})
    public = replace(usual, settings={**usual.settings, "client_auth": "none"})
    step = steps(profile=public)["credential"]
    assert (step.state, "public client" in step.why) == (StepState.DONE, True)
    assert steps(profile=usual)["credential"].state is StepState.OPEN


def test_a_token_without_a_stored_credential_shows_that_none_is_needed():
    profile = with_credential(kind=CredentialKind.NONE, set_at=None)
    assert steps(profile=profile, token_seen=token_attempt())["credential"].state is StepState.DONE


@pytest.mark.parametrize(
    "outdated",
    [
        {"token_seen": token_attempt(at=NOW - 1001)},
        {"token_seen": token_attempt(client_id="another")},
        {"token_seen": token_attempt(scope="other/.default")},
        {"token_seen": token_attempt(), "token_endpoint": "https://login.example/other"},
    ],
)
def test_an_attempt_with_another_credential_client_scope_or_provider_does_not_count(outdated):
    assert states(**outdated) == states()


def test_the_attempt_of_the_very_second_the_credential_was_stored_counts():
    assert steps(token_seen=token_attempt(at=NOW - 1000))["token"].state is StepState.DONE


def test_permission_is_read_from_the_token_or_it_cannot_be_told():
    done = steps(token_seen=token_attempt())["permission"]
    assert (done.state, done.evidence[0].finding) == (StepState.DONE, "roles")
    failed = steps(token_seen=token_attempt(claims={"aud": "orders", "azp": "client-1"}))["permission"]
    assert failed.state is StepState.FAILED
    assert (failed.who, failed.evidence[0].finding) == (Owner.TENANT_ADMIN, "roles")
    silent = replace(API, expectation=Expectation())
    named = steps(api=silent, token_seen=token_attempt(claims={"roles": ["Read", 7], "scp": "a b"}))["permission"]
    assert named.evidence[0].text == "The token carries Read, a, b"
    nothing = steps(api=silent, token_seen=token_attempt(claims={"aud": "orders"}))["permission"]
    assert (nothing.state, nothing.who) == (StepState.CANNOT_TELL, Owner.API_OWNER)
    opaque = steps(token_seen=token_attempt(claims=None))["permission"]
    assert opaque.state is StepState.CANNOT_TELL


def test_a_stored_token_is_shown_with_its_time_and_an_expired_one_still_counts_as_obtained():
    stored = StoredTokenFacts(NOW - 500, NOW + 60)
    step = steps(token_seen=token_attempt(), stored_token=stored)["token"]
    assert step.evidence[0].text == "A token is stored, valid until 2030-03-17 17:47:40 UTC"
    assert (step.evidence[0].attempt_id, step.evidence[0].time) == ("t1", NOW - 500)
    gone = steps(token_seen=token_attempt())["token"]
    assert gone.state is StepState.DONE
    assert "the next call gets a new one" in gone.why


def test_a_failed_attempt_after_a_stored_token_fails_the_step():
    stored = StoredTokenFacts(NOW - 900, NOW + 60)
    seen = token_attempt(cause("client-secret-expired", Stage.CREDENTIAL))
    assert steps(token_seen=seen, stored_token=stored)["token"].state is StepState.FAILED


CALLS = [
    # the call, states of accepted and call
    (call_attempt(), "done", "done"),
    (call_attempt(204), "done", "done"),
    (call_attempt(200, claims=None), "cannot_tell", "done"),
    (call_attempt(401, cause("audience-other-api", Stage.TOKEN_CONTENT)), "failed", "failed"),
    (call_attempt(403, cause("role-insufficient", Stage.AUTHORIZATION)), "failed", "failed"),
    (call_attempt(401, cause("client-not-allowed", Stage.GATEWAY_POLICY)), "failed", "failed"),
    (call_attempt(401), "failed", "failed"),
    (call_attempt(403), "failed", "failed"),
    (call_attempt(401, cause("subscription-key-missing", Stage.SUBSCRIPTION)), "cannot_tell", "failed"),
    (call_attempt(429, cause("rate-or-quota-exceeded", Stage.GATEWAY_POLICY)), "cannot_tell", "failed"),
    (call_attempt(404, cause("path-or-method-unknown", Stage.API)), "cannot_tell", "failed"),
    (call_attempt(302), "cannot_tell", "failed"),
    (call_attempt(500), "cannot_tell", "failed"),
    (call_attempt(None, cause("connection-blocked", Stage.NETWORK), failure="dns"), "cannot_tell", "failed"),
]


@pytest.mark.parametrize(("call", "accepted", "answered"), CALLS)
def test_what_a_call_shows_of_the_token_and_of_itself(call, accepted, answered):
    found = steps(token_seen=token_attempt(), call_seen=call)
    assert (found["accepted"].state.value, found["call"].state.value) == (accepted, answered)
    assert found["call"].evidence[0].attempt_id == "c1"
    if accepted == "cannot_tell":
        assert found["accepted"].who is Owner.API_OWNER
        assert "does not show whether the token was accepted" in found["accepted"].why


def test_a_call_without_an_answer_says_why():
    step = steps(call_seen=call_attempt(None, failure="blocked_address"))["call"]
    assert step.evidence[0].text == "The call got no answer (blocked address)"


def test_a_call_to_another_address_does_not_count():
    assert steps(call_seen=call_attempt(url="https://elsewhere.example/orders/1"))["call"].state is StepState.OPEN


@pytest.mark.parametrize(("at", "counts"), [(NOW - 401, True), (NOW - 400, True), (NOW - 399, False)])
def test_a_call_refused_for_its_token_no_longer_counts_once_a_better_token_came(at, counts):
    refused = call_attempt(401, cause("audience-other-api", Stage.TOKEN_CONTENT))
    found = steps(token_seen=token_attempt(at=at), call_seen=refused)
    assert (found["call"].state is StepState.FAILED) == counts
    assert (found["accepted"].state is StepState.FAILED) == counts
    if not counts:
        assert found["accepted"].do == "Send a call."


def test_a_token_that_became_worse_after_a_good_call_fails_the_step():
    worse = token_attempt(at=NOW - 300, claims={**GOOD, "aud": "billing"})
    step = steps(token_seen=worse, call_seen=call_attempt())["accepted"]
    assert (step.state, step.evidence[0].finding) == (StepState.FAILED, "audience")


def test_before_any_call_the_checks_foretell_what_will_fail():
    wrong = token_attempt(claims={**GOOD, "aud": "billing"})
    assert steps(token_seen=wrong)["accepted"].state is StepState.FAILED
    assert steps(token_seen=token_attempt())["accepted"].state is StepState.OPEN
    stored = StoredTokenFacts(
        NOW, NOW + 9, (Finding(Status.FAIL, "Other.", "Why.", "Do.", Owner.API_OWNER, check="audience"),)
    )
    step = steps(stored_token=stored)["accepted"]
    assert (step.state, step.who, step.why) == (StepState.FAILED, Owner.API_OWNER, "Why.")


def test_every_unfinished_step_says_why_and_every_failed_one_what_to_do():
    for changes in (
        {},
        {"profile": None},
        {"api": None},
        {"token_seen": token_attempt(cause("x", Stage.API))},
        {"call_seen": call_attempt(500)},
    ):
        for step in checklist(facts(**changes)).steps:
            assert step.link_kind is not None
            if step.state is not StepState.DONE:
                assert step.why
            if step.state in (StepState.FAILED, StepState.CANNOT_TELL):
                assert step.do and step.who is not None
