"""Values that are secrets stay hidden wherever they go, and no value of an answer leads a token elsewhere."""

import json

import pytest

from console.adapters import clock
from console.core.compose.draft import RequestDraft
from console.models import Attempt, AuditEntry, RunStep
from console.models import Run as RunRow
from console.services import collection_runs, collections
from tests.services.builders import with_samples
from tests.services.collection_samples import opened_sample, step

pytestmark = pytest.mark.django_db
CANARY = "C4nary-9f8e7d6c5b4a"


@pytest.fixture
def opened():
    return opened_sample(with_samples())


def ran(opened, *steps):
    made = collections.make(opened, "Leaks", steps, stops_early=False)
    run = collection_runs.begin(opened, made.id)
    collection_runs.go_on(opened.actor, run.id, until_s=clock.monotonic() + 60)
    return collection_runs.of_run(opened, run.id).value


def echoed(name, value):
    """A request whose answer holds that header again: the sandbox's API says what it was told."""
    return RequestDraft("GET", "/echo", headers=((name, value),))


def kept(rows):
    return json.dumps(list(rows.values()), default=str)


def test_a_secret_of_an_answer_is_masked_in_every_later_step(opened, monkeypatch):
    """It comes under a harmless name of the request, is taken under a secret one, and goes on in path, query, header
    and body; each comes back in the answer.
    """
    everywhere = RequestDraft(
        "POST",
        "/echo/{{api_key}}",
        "note={{api_key}}",
        headers=(("X-Note", "{{api_key}}"), ("Content-Type", "application/json")),
        body='{"note": "{{api_key}}"}',
    )
    first = step(opened, "First", echoed("X-Note", CANARY), takes="api_key = $.headers['X-Note']")
    second = step(opened, "Second", everywhere, "$.path is /echo/{{api_key}}\n$.query is note={{api_key}}\n$.body is x")
    found = ran(opened, first, second)
    assert [(one.name, one.value) for one in found.steps[0].taken] == [("api_key", "***")]
    assert found.steps[1].call == "POST /echo/***?note=***"
    assert [(one.value, one.step) for one in found.steps[1].used] == [("***", 1)]
    assert found.steps[1].checks[1].shown == "$.path is /echo/***"
    assert [one.problem for one in found.steps[1].checks if one.line.startswith("$.path")] == [""]
    assert found.headline.startswith("1 of 2 as expected; step 2 answered 200, but “$.body is x” was expected.")
    assert CANARY not in kept(Attempt.objects.filter(pk=found.steps[1].attempt_id))
    assert CANARY not in kept(RunStep.objects.all())
    assert CANARY not in kept(AuditEntry.objects.all())
    assert CANARY not in repr(found)


def test_what_is_kept_between_two_steps_is_sealed(opened):
    one = step(opened, "First", echoed("X-Note", CANARY), takes="api_key = $.headers['X-Note']")
    two = step(opened, "Second", echoed("X-Note", "{{api_key}}"))
    made = collections.make(opened, "Leaks", [one, two], stops_early=False)
    run = collection_runs.begin(opened, made.id)
    collection_runs.look(opened.actor, run.id)
    assert CANARY not in kept(RunRow.objects.all())
    assert CANARY not in repr(collection_runs.own(opened.actor, run.id, "use"))


def test_a_value_of_a_long_answer_is_told_by_the_whole_of_it(opened):
    """Of a long body only the beginning stands with its attempt."""
    padded = RequestDraft("POST", "/echo", headers=(("X-Z", "plain"),), body="y" * 100_000)
    found = ran(opened, step(opened, "Long", padded, takes="method = $.method\nz = $.headers['X-Z']"))
    assert [(one.name, one.value) for one in found.steps[0].taken] == [("method", "POST"), ("z", "plain")]


@pytest.mark.parametrize(
    "value", ["../../admin", "..", "%2e%2e", "//evil.example", "https://evil.example/", "x@evil.example"]
)
def test_a_value_of_an_answer_leads_no_call_out_of_the_api(opened, value):
    first = step(opened, "First", echoed("X-Note", value), takes="to = $.headers['X-Note']")
    second = step(opened, "Second", RequestDraft("GET", "{{to}}/{{to}}"))
    ran(opened, first, second)
    api = opened.api.base_url.rstrip("/")
    sent = [json.loads(row.exchanges) for row in Attempt.objects.filter(kind="call")]
    urls = [one["request"]["url"] for exchanges in sent for one in exchanges]
    assert urls and all(url.startswith(f"{api}/") and ".." not in url for url in urls)


def test_a_value_of_an_answer_names_no_host(opened):
    first = step(opened, "First", echoed("X-Note", "evil.example"), takes="to = $.headers['X-Note']")
    second = step(opened, "Second", RequestDraft("GET", "/echo", headers=(("Host", "{{to}}"),)))
    found = ran(opened, first, second)
    assert "step 2 was not sent: The header Host holds a value of an earlier answer" in found.headline
