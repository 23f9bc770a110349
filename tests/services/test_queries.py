"""What each use case asks the database: it opens what it needs once, and a page adds little to that.

Counted is every statement, the borders of transactions too: a test runs in one, so that BEGIN and COMMIT are SAVEPOINT
and RELEASE SAVEPOINT here. `queries` are without them: of a token request or a call they belong to the two entries of
the audit trail, each of which is kept before the next thing happens.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.adapters import clock
from console.core.call import ApiCall
from console.core.exchange import Request, Response
from console.sandbox.state import UsedAssertion
from console.services import calls, checklist, inspection, opening, profiles, sandbox, tokens
from console.services.judging import WantedDemands
from console.services.own_sandbox import OwnSandbox
from tests.services.builders import with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

NAME = "Sample: orders with a secret"
BORDERS = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")
SIGNED_IN = 3  # of a page: the session, the person with their groups, and what is news to them of cases


@dataclass
class Asked:
    statements: list[str] = field(default_factory=list)

    @property
    def queries(self):
        return [one for one in self.statements if not one.startswith(BORDERS)]


@contextmanager
def asked():
    found = Asked()
    with CaptureQueriesContext(connection) as seen:
        yield found
    found.statements = [one["sql"].strip() for one in seen.captured_queries]


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def profile(actor):
    return next(one for one in profiles.list_profiles(actor) if one.name == NAME)


@pytest.fixture
def warm(actor, profile):
    """Budget, keys and token are there, as they are for whoever was here before."""
    return calls.send(actor, profile.id, ApiCall("GET", "/orders"))


def here(actor):
    """A browser that was here within this minute: once in a minute its session is told so."""
    client = signed_in(actor)
    client.get("/profiles/")
    return client


def tables(found):
    return "\n".join(one[:160] for one in found.statements)


def test_getting_a_token(actor, profile, warm):
    with asked() as found:
        assert tokens.obtain(actor, profile.id, wants_fresh=True).attempt_id
    assert len(found.queries) <= 20, tables(found)
    assert len(found.statements) <= 24, tables(found)


def test_a_stored_token(actor, profile, warm):
    with asked() as found:
        assert tokens.obtain(actor, profile.id).is_from_store
    assert len(found.statements) <= 4, tables(found)


def test_sending_a_call(actor, profile, warm):
    with asked() as found:
        assert calls.send(actor, profile.id, ApiCall("GET", "/orders")).attempt_id
    assert len(found.statements) <= 18, tables(found)


def test_inspecting_against_a_profile(actor, profile, warm):
    token = warm.obtained.access_token.reveal()
    with asked() as found:
        assert inspection.inspect(actor, token, wanted=WantedDemands(profile_id=profile.id)).is_judged
    assert len(found.statements) <= 3, tables(found)


def test_opening_an_attempt(actor, warm):
    with asked() as found:
        assert calls.open_attempt(actor, warm.attempt_id).diagnosis
    assert len(found.statements) <= 2, tables(found)


@pytest.mark.parametrize(
    ("path", "fields", "most"),
    [
        ("/profiles/{profile}/", None, 12),  # of a profile’s page one is its connections, one its saved requests
        ("/profiles/{profile}/checklist/", None, 5),
        ("/profiles/{profile}/token/", {}, 11),
        ("/profiles/{profile}/token/", {"fresh": "1"}, 31),
        # one of them for what was sent, to be there again
        ("/profiles/{profile}/call/", {"method": "GET", "path": "orders", "sends_token": "on"}, 26),
        ("/calls/{attempt}/", None, 4),  # two of them its profile and the sandbox, for a fault to practise with
        ("/calls/", None, 5),  # profiles and APIs by name, the counts, the lines, who called
        ("/calls/?status=401&q=orders&before=1.{attempt}", None, 5),
        ("/inspect/", {"text": "{token}", "profile_id": "{profile}"}, 4),
        ("/", None, 12),
    ],
)
def test_a_whole_page(actor, profile, warm, path, fields, most):
    words = {"profile": profile.id, "attempt": warm.attempt_id, "token": warm.obtained.access_token.reveal()}
    client = here(actor)
    address = path.format(**words)
    typed = {name: value.format(**words) for name, value in (fields or {}).items()}
    with asked() as found:
        answer = client.get(address) if fields is None else client.post(address, typed)
    assert answer.status_code == 200
    assert len(found.statements) <= most + SIGNED_IN, tables(found)


def test_each_row_is_read_once(actor, profile, warm):
    """No question is asked twice; `obtain` alone looks for the token again, under its lease."""
    client = here(actor)
    with asked() as found:
        client.post(f"/profiles/{profile.id}/call/", {"method": "GET", "path": "orders", "sends_token": "on"})
    reads = [one for one in found.queries if one.startswith("SELECT") and "console_audithead" not in one]
    assert sorted(reads) == sorted(set(reads)), tables(found)


def test_the_dots_of_a_profile_are_told_by_what_is_kept_beside_its_attempts(actor, profile, warm, monkeypatch):
    """Nothing is explained again for them; the checklist's own page does explain."""
    monkeypatch.setattr(checklist, "explain", lambda evidence: pytest.fail("explained again"))
    later = clock.now() + 60
    monkeypatch.setattr(clock, "now", lambda: later)
    sandbox.set_fault(actor, "missing-role")
    tokens.obtain(actor, profile.id, wants_fresh=True)
    refused = calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    assert signed_in(actor).get(f"/profiles/{profile.id}/").status_code == 200
    opened = opening.of_profile(actor, "view", profile.id)
    found = checklist.milestones(opened, calls.last_attempts(opened), tokens.stored(opened))
    worse = {step.code: step.since.finding for step in found.steps if step.since and step.since.attempt_id}
    assert worse["call"] == refused.diagnosis.primary.cause == "app-permission-not-granted", found.steps


def test_what_another_request_saved_meanwhile_is_not_lost(actor, monkeypatch):
    """The workspace that a use case has open is old by then: its change is made again on the new one."""
    own, kept = OwnSandbox(actor), UsedAssertion("a", 1)

    def handled(request, state, now, *, keys, bases):
        return Response(200, ""), replace(state, used_assertions=(*state.used_assertions, kept))

    monkeypatch.setattr(sandbox, "handle", handled)
    handler = own.handlers()[f"{own.base}/"]
    sandbox.set_fault(actor, "expired")
    handler(Request("GET", f"{own.base}/x"))
    assert own.workspace.state == sandbox.workspace(actor).state
    assert (own.workspace.state.fault, own.workspace.state.used_assertions) == ("expired", (kept,))
    with asked() as found:
        handler(Request("GET", f"{own.base}/x"))
    assert len(found.statements) == 1, tables(found)
