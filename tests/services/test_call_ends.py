"""What is kept of a call and the entry that tells how it ended are kept together; the entry also where nothing is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.call import ApiCall
from console.core.errors import Misconfigured
from console.services import calls
from console.store import answer_bodies, attempts, audit, audit_chain
from tests.services.builders import with_samples
from tests.services.outside import api, outside_api, outside_profile

__all__ = ["api"]  # a fixture

CALL = ApiCall("GET", "/x", sends_token=False, sends_subscription_key=False)


class Broken(Exception):
    pass


def fail(*_, **__):
    raise Broken


@pytest.fixture
def sender(api):
    actor = with_samples()
    return actor, outside_profile(actor, api_id=outside_api(actor, api.url).id).id


def told():
    return [(entry.action, entry.result) for entry in reversed(audit.recent(limit=2))]


BOTH = [("call began", "began"), ("call sent", "answered")]


@pytest.mark.django_db
@pytest.mark.parametrize("broken", [(calls, "explain"), (calls.pauses, "note"), (calls, "Redactor")])
def test_a_fault_of_ours_behind_the_answer_leaves_how_the_call_ended(sender, monkeypatch, broken):
    monkeypatch.setattr(*broken, fail)
    with pytest.raises(Broken):
        calls.send(*sender, CALL)
    assert told() == BOTH
    assert attempts.list_recent(sender[0]) == []


@pytest.mark.django_db(transaction=True)
def test_where_nothing_can_be_kept_the_entry_is_there(sender, monkeypatch):
    monkeypatch.setattr(answer_bodies, "add", fail)
    monkeypatch.setattr("console.core.answer.keeping.BESIDE", 1)
    with pytest.raises(Broken):
        calls.send(*sender, CALL)
    assert told() == BOTH
    assert attempts.list_recent(sender[0]) == []


@pytest.mark.django_db(transaction=True)
def test_where_no_entry_can_be_written_nothing_is_kept(sender, monkeypatch):
    locked, heads = audit_chain.locked_head, []

    def locked_once():
        heads.append(None)
        if len(heads) > 1:  # the call began: from here on
            raise Misconfigured("The key ring is gone.")
        return locked()

    monkeypatch.setattr(audit_chain, "locked_head", locked_once)
    with pytest.raises(Misconfigured):
        calls.send(*sender, CALL)
    assert told()[-1] == ("call began", "began")
    assert attempts.list_recent(sender[0]) == []


@pytest.mark.django_db(transaction=True)
def test_one_transaction_keeps_all_that_an_answer_leaves(sender):
    calls.send(*sender, CALL)
    with CaptureQueriesContext(connection) as seen:
        calls.send(*sender, CALL)
    asked = [one["sql"].strip() for one in seen.captured_queries]
    assert [one.split()[0] for one in asked].count("COMMIT") == 2, asked
    last = asked[len(asked) - 1 - [one.split()[0] for one in reversed(asked)].index("BEGIN") :]
    assert [one.split('"')[0].split()[0] for one in last] == [
        *("BEGIN", "UPDATE", "INSERT", "SELECT", "INSERT", "UPDATE", "COMMIT"),
    ], asked
