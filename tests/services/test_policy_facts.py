"""What the policy decides is judged when a call is made, with what is known only then, and kept with the evidence."""

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.call import ApiCall
from console.core.diagnosis import explain
from console.core.errors import Misconfigured
from console.core.evidence import EvidenceResponse
from console.core.policy.keep.policy_settings import KeptValue
from console.services import api_policies, calls, tokens
from console.store import attempts, json_text, vault
from tests.services.builders import with_samples
from tests.services.outside import api
from tests.services.test_calls import with_token

__all__ = ["api"]  # a fixture

pytestmark = pytest.mark.django_db

REFUSED = EvidenceResponse(status=401, body={"statusCode": 401, "message": "Unauthorized"})
SECRET = "api://kept-secret-1234567890"


@pytest.fixture
def actor():
    return with_samples()


def policy(inner):
    return f'<policies><inbound><validate-jwt header-name="Authorization">{inner}</validate-jwt></inbound></policies>'


CONFIG = '<openid-config url="https://idp.example/.well-known/openid-configuration" />'
NAMED = policy(f"{CONFIG}<audiences><audience>{{{{aud}}}}</audience></audiences>")


def sent(actor, api, text, *values):
    """The stored evidence of a call to an Api with this policy, its answer changed to a refusal."""
    profile = with_token(actor, api.url)
    api_policies.save(actor, profile.api_id, text=text, typed=values, switches={}, version=1)
    done = calls.send(actor, profile.id, ApiCall("GET", "/x"))
    return msgspec.structs.replace(attempts.get(actor, done.attempt_id).value.evidence, response=REFUSED)


def causes(evidence):
    return [f"{one.cause} {one.confidence}" for one in explain(evidence).causes]


def test_a_kept_named_value_decides_and_is_not_needed_again(api, actor):
    evidence = sent(actor, api, NAMED, KeptValue("named-value", "aud", "api://other"))
    assert "{{aud}}" in evidence.policy_xml
    assert evidence.policy.verdict == "reject"
    assert causes(evidence) == ["audience-other-api certain"]
    assert "this API accepts api://other." in explain(evidence).primary.why
    assert causes(msgspec.structs.replace(evidence, policy=None)) == ["audience-other-api possible"]


def test_without_the_value_the_step_is_kept_as_undecided_with_what_it_needs(api, actor):
    evidence = sent(actor, api, NAMED)
    (step,) = evidence.policy.steps
    assert step.verdict == "undecided"
    assert "{{aud}}" in [need for check in step.checks for need in check.needs]


def test_a_secret_value_decides_and_is_masked_in_what_is_kept(api, actor):
    evidence = sent(actor, api, NAMED, KeptValue("named-value", "aud", SECRET, is_secret=True))
    assert causes(evidence) == ["audience-other-api certain"]
    assert SECRET not in json_text.dump(evidence)
    assert SECRET not in repr(explain(evidence))


def test_values_that_cannot_be_opened_leave_the_call_as_it_was(api, actor, monkeypatch):
    profile = with_token(actor, api.url)
    typed = (KeptValue("named-value", "aud", "api://other"),)
    api_policies.save(actor, profile.api_id, text=NAMED, typed=typed, switches={}, version=1)
    opened = vault.open_sealed

    def broken(sealed, *, row, **more):
        if row.endswith("policy_values"):
            raise Misconfigured("The key is gone.")
        return opened(sealed, row=row, **more)

    monkeypatch.setattr(vault, "open_sealed", broken)
    done = calls.send(actor, profile.id, ApiCall("GET", "/x"))
    assert done.exchange.response is not None
    assert done.evidence.policy.verdict == "undecided"


@pytest.mark.parametrize("text", ["", "<validate-jwt", "<a/>" + " " * 70_000])
def test_a_policy_that_is_none_that_cannot_be_read_or_is_very_long_is_not_judged_with_the_call(api, actor, text):
    assert sent(actor, api, text).policy is None


def test_judging_the_policy_costs_few_queries(api, actor):
    profile = with_token(actor, api.url)
    call = ApiCall("GET", "/x")
    calls.send(actor, profile.id, call)
    counts = []
    for number, text in enumerate(("", NAMED), 1):
        api_policies.save(actor, profile.api_id, text=text, typed=(), switches={}, version=number)
        with CaptureQueriesContext(connection) as queries:
            calls.send(actor, profile.id, call)
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 7


def test_no_condition_of_the_apis_policy_tells_the_token_letter_by_letter(api, actor):
    """Who writes the policy, and who reads the history, need not be who may see the token."""
    profile = with_token(actor, api.url)
    carried = f"Bearer {tokens.obtain(actor, profile.id).access_token.reveal()}"
    place = next(at for at in range(len(carried) - 3, 0, -1) if carried[at] not in "Ab")
    start = next(at for at, letter in enumerate(carried) if letter == ".") - 1
    verdicts = []
    for version, (at, letter) in enumerate([(place, carried[place]), (place, "~"), (start, carried[start])], 1):
        condition = (
            f"@(context.Request.Headers.GetValueOrDefault(&quot;Authorization&quot;,&quot;&quot;)[{at}] == '{letter}')"
        )
        answer = '<return-response><set-status code="418" reason="Yes" /></return-response>'
        text = f'<policies><inbound><choose><when condition="{condition}">{answer}</when></choose></inbound></policies>'
        api_policies.save(actor, profile.api_id, text=text, typed=(), switches={}, version=version)
        done = calls.send(actor, profile.id, ApiCall("GET", "/x"))
        assert api.seen[-1]["headers"]["Authorization"] == carried
        verdicts.append(attempts.get(actor, done.attempt_id).value.evidence.policy.verdict)
    assert verdicts == ["allow", "allow", "reject"], "of what is no secret, a condition is told"
