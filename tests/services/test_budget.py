"""One person's work is budgeted; another's is unaffected: counted, not timed."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from console.adapters import clock
from console.adapters.slots import KEY_READERS, OUTGOING, THINKERS
from console.core.actor import SYSTEM
from console.core.budget import Work
from console.core.call import ApiCall
from console.core.errors import Busy
from console.services import budget, calls, inspection, opening, policies, profiles, tokens, wiring
from console.services.policies import Question
from console.store import attempts, budgets, people
from tests.far_sides import stand_in
from tests.patience import LONG_S, finish
from tests.services.builders import person, with_samples
from tests.services.outside import outside_api, outside_profile, provider
from tests.vectors.bad_input.faultserver import FaultServer

__all__ = ["provider"]  # a fixture

ADMIN = "ada@example.com"  # whom with_samples makes
BARE = {"sends_token": False, "sends_subscription_key": False}
LONG = "a" * (budget.LONG_BYTES + 1)
FILES = Path(__file__).parent.parent / "vectors" / "bad_input" / "files"


def at_once(count, work):
    """What each of so many threads got: a value or a refusal. `begin.wait` makes them one crowd."""
    begin, results = threading.Barrier(count), []

    def run():
        begin.wait(LONG_S)
        try:
            results.append(work())
        except Busy as refused:
            results.append(refused)
        connection.close()

    threads = [threading.Thread(target=run, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads, results


@pytest.fixture
def far_side(settings):
    with FaultServer() as server:
        settings.CONSOLE_EGRESS_ALLOW = f"127.0.0.1:{server.server_address[1]}"
        wiring.egress_policy.cache_clear()
        yield server
    wiring.egress_policy.cache_clear()


def with_profile(email, far_side):
    actor = with_samples(email) if people.find(ADMIN) is None else person(email)
    return actor, outside_profile(actor, api_id=outside_api(actor, far_side.url).id)


@pytest.mark.django_db(transaction=True)
def test_of_fourteen_hostile_calls_two_go_out_and_another_person_is_not_refused(far_side):
    hostile, their_profile = with_profile("eve@example.com", far_side)
    other, profile = with_profile("ina@example.com", far_side)
    threads, results = at_once(14, lambda: calls.send(hostile, their_profile.id, ApiCall("GET", "/hang", **BARE)))
    pause = threading.Event()
    for _ in range(1200):  # generous: until the twelve are refused, whatever the machine does beside
        if len(results) >= 12 and [one["path"] for one in far_side.seen].count("/hang") == 2:
            break
        pause.wait(0.05)  # a thread that is refused is over, and waits for nobody
    assert all(isinstance(one, Busy) for one in results)
    assert OUTGOING.free == 2
    sent = [calls.send(other, profile.id, ApiCall("GET", "/ok", **BARE)) for _ in range(5)]
    assert [one.exchange.response.status for one in sent] == [200] * 5
    far_side.stop.set()
    finish(*threads)
    assert (len(results), OUTGOING.free) == (14, 4)
    assert [one["path"] for one in far_side.seen].count("/hang") == 2
    assert len(attempts.list_recent(hostile)) == 2, "a refused call leaves nothing behind"


@pytest.mark.django_db
def test_while_one_persons_key_file_is_read_their_next_is_refused_and_anothers_is_read(far_side):
    hostile, their_profile = with_profile("eve@example.com", far_side)
    other, profile = with_profile("ina@example.com", far_side)
    upload = [(FILES / "good.pfx").read_bytes()]
    holding, release = threading.Event(), threading.Event()

    def reading():
        with KEY_READERS.hold(budget.share_of(hostile)):
            holding.set()
            release.wait(LONG_S)

    reader = threading.Thread(target=reading)
    reader.start()
    assert holding.wait(LONG_S)
    for _ in range(14):
        with pytest.raises(Busy) as refused:
            profiles.upload_certificate(hostile, their_profile.id, upload, "pw")
        assert refused.value.what == "The console is busy with other key files at this moment."
        assert refused.value.why == "It works on 1 of them at once for one person, and on 2 for all."
        assert refused.value.do == "Try again in 3 seconds; nothing was sent or stored."
    assert profiles.upload_certificate(other, profile.id, upload, "not the password").problem is not None
    release.set()
    finish(reader)
    assert KEY_READERS.free == 2


@pytest.mark.django_db
def test_key_files_have_a_rate(far_side, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    actor, profile = with_profile("eve@example.com", far_side)
    for _ in range(budgets.KEY_FILES_A_MINUTE):
        assert profiles.upload_certificate(actor, profile.id, [b""], None).problem.code == "empty"
    with pytest.raises(Busy) as refused:
        profiles.upload_certificate(actor, profile.id, [b""], None)
    assert (refused.value.wait_s, refused.value.what) == (
        6,
        "You have uploaded as many key files as one person may: 10 within a minute.",
    )


@pytest.mark.django_db
def test_calls_have_a_rate_that_is_earned_back_and_is_nobody_elses(far_side, settings, time_machine):
    settings.CONSOLE_CALLS_PER_MINUTE = 3
    time_machine.move_to(clock.now(), tick=False)
    hostile, their_profile = with_profile("eve@example.com", far_side)
    other, profile = with_profile("ina@example.com", far_side)
    call = ApiCall("GET", "/ok", **BARE)
    for _ in range(3):
        calls.send(hostile, their_profile.id, call)
    with pytest.raises(Busy) as refused:
        calls.send(hostile, their_profile.id, call)
    assert (refused.value.what, refused.value.wait_s) == (
        "You have sent as many calls and token requests as one person may: 3 within a minute.",
        20,
    )
    assert len(far_side.seen) == 3
    assert calls.send(other, profile.id, call).exchange.response.status == 200
    time_machine.shift(20)
    assert calls.send(hostile, their_profile.id, call).exchange.response.status == 200


@pytest.mark.django_db
def test_a_person_who_has_kept_a_days_bytes_sends_no_more_and_others_do(far_side, settings):
    settings.CONSOLE_KEPT_MB_PER_DAY = 1
    hostile, their_profile = with_profile("eve@example.com", far_side)
    other, profile = with_profile("ina@example.com", far_side)
    calls.send(hostile, their_profile.id, ApiCall("GET", "/huge/1", **BARE))
    with pytest.raises(Busy) as refused:
        calls.send(hostile, their_profile.id, ApiCall("GET", "/ok", **BARE))
    assert refused.value.what == "You have kept 1 MB in this console within a day, as much as one person may."
    with pytest.raises(Busy):
        profiles.duplicate(hostile, their_profile.id)
    assert len(far_side.seen) == 1
    assert calls.send(other, profile.id, ApiCall("GET", "/ok", **BARE)).exchange.response.status == 200


@pytest.mark.django_db
def test_long_texts_of_one_person_are_two_at_once_and_short_ones_pass():
    actor, other = with_samples("eve@example.com"), person("ina@example.com")
    share, release = budget.share_of(actor), threading.Event()
    ready = threading.Barrier(3)

    def thinking():
        with THINKERS.hold(share):
            ready.wait(LONG_S)
            release.wait(LONG_S)

    threads = [threading.Thread(target=thinking) for _ in range(2)]
    for thread in threads:
        thread.start()
    ready.wait(LONG_S)
    for ask in (
        lambda text: inspection.inspect(actor, text),
        lambda text: policies.judge(actor, Question(policies.opened(text))),
    ):
        with pytest.raises(Busy):
            ask(LONG)
        ask("short")
    inspection.inspect(other, LONG)
    inspection.inspect(SYSTEM, LONG)
    release.set()
    finish(*threads)
    inspection.inspect(actor, LONG)


@pytest.mark.django_db(transaction=True)
def test_of_ten_simultaneous_fresh_token_requests_one_goes_out_and_the_others_get_its_answer(settings, provider):
    actor = with_samples()
    profile = outside_profile(actor, "hanging.example")
    stand_in(settings, provider)
    first, results = at_once(1, lambda: tokens.obtain(actor, profile.id, wants_fresh=True))
    assert provider.asked.wait(LONG_S)
    nine, others = at_once(9, lambda: tokens.obtain(actor, profile.id, wants_fresh=True))
    finish(*nine)
    outcomes = [one.is_under_way if not isinstance(one, Busy) else "no place" for one in others]
    assert set(outcomes) <= {True}, "nobody is refused, and no thread waits for the provider"
    assert tokens.look(opening.of_profile(actor, "use", profile.id)).is_under_way
    provider.go_on.set()
    finish(*first)
    (asked,) = results
    shared = tokens.look(opening.of_profile(actor, "use", profile.id))
    assert shared.access_token.reveal() == asked.access_token.reveal()
    assert len(provider.token_requests()) == 1


@pytest.mark.django_db
def test_the_system_has_no_budget(settings):
    settings.CONSOLE_CALLS_PER_MINUTE = 1
    for _ in range(3):
        with budget.calling(SYSTEM):
            pass
    budget.keep(SYSTEM, 10**12)
    assert budgets.allowance_of(Work.CALL).burst == 1
