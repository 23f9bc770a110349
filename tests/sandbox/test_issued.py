"""Codes, refresh tokens, device codes and marks: known again, used once, bounded in number and lifetime."""

from dataclasses import replace

import pytest

from console.core.exchange import Request
from console.sandbox import issued
from console.sandbox.issued import Unfit
from console.sandbox.state import Authorization, dump_state, load_state
from tests.sandbox.builders import NOW, body_of, fresh, post_form, samples
from tests.sandbox.people import World, authorize_url, endpoint

LET = Authorization("entra", "client", "openid", "person", NOW)


def again(state, entropy):
    """The state as the next request finds it."""
    return replace(load_state(dump_state(state)), entropy=entropy)


def test_a_code_is_found_once_and_its_second_use_is_told():
    text, state = issued.new_code(fresh(), LET, now=NOW)
    assert text not in dump_state(state)
    code, why = issued.find_code(again(state, "e2"), text, now=NOW)
    assert (code.authorization, why) == (LET, None)
    spent = issued.spend_code(state, code, family="f1")
    code, why = issued.find_code(spent, text, now=NOW)
    assert (code.family, why) == ("f1", Unfit.USED)
    assert issued.find_code(state, "another", now=NOW) == (None, Unfit.UNKNOWN)


@pytest.mark.parametrize(("later", "why"), [(599, None), (600, Unfit.EXPIRED), (601, Unfit.EXPIRED)])
def test_a_code_ends_at_its_moment(later, why):
    text, state = issued.new_code(fresh(), LET, now=NOW, lifetime_s=600)
    assert issued.find_code(state, text, now=NOW + later)[1] is why


def test_a_refresh_token_that_comes_again_is_told_from_one_that_nobody_issued():
    first, family, state = issued.new_family(fresh(), LET, now=NOW)
    second, state = issued.rotate(again(state, "e2"), family, now=NOW)
    assert first != second
    assert issued.find_refresh(state, second, now=NOW)[1] is None
    assert issued.find_refresh(state, first, now=NOW)[1] is Unfit.USED
    assert issued.find_refresh(state, "x", now=NOW) == (None, Unfit.UNKNOWN)
    revoked = issued.revoke(state, family.id)
    assert [issued.find_refresh(revoked, text, now=NOW)[1] for text in (first, second)] == [Unfit.REVOKED] * 2
    assert issued.revoke(revoked, family.id) is revoked
    assert issued.revoke(state, "nobody's") is state


@pytest.mark.parametrize(("later", "why"), [(99, None), (100, Unfit.EXPIRED), (101, Unfit.EXPIRED)])
def test_a_refresh_token_that_nobody_uses_runs_out(later, why):
    text, _, state = issued.new_family(fresh(), LET, now=NOW, lifetime_s=100)
    assert issued.find_refresh(state, text, now=NOW + later)[1] is why


def test_a_device_that_asks_too_often_must_wait_longer_each_time():
    text, device, state = issued.new_device(fresh(), LET, now=NOW, lifetime_s=900)
    polls = []
    for at in (NOW, NOW + 4, NOW + 4 + 9, NOW + 13 + 15):
        device, why = issued.find_device(state, text, now=at)
        is_early, state = issued.polled(state, device, now=at)
        polls.append((is_early, why, issued.find_device(state, text, now=at)[0].interval_s))
    assert polls == [(False, None, 5), (True, None, 10), (True, None, 15), (False, None, 15)]


def test_a_person_types_the_code_of_a_device_as_they_like_and_only_while_it_waits():
    waits = replace(LET, person_id="")
    text, device, state = issued.new_device(fresh(), waits, now=NOW, lifetime_s=900)
    assert len(device.user_code) == 9 and device.user_code[4] == "-"
    for typed in (device.user_code, device.user_code.lower().replace("-", ""), f" {device.user_code} "):
        assert issued.typed_device(state, typed, now=NOW) == device
    assert issued.typed_device(state, "BBBB-BBBB", now=NOW) is None
    assert issued.typed_device(state, device.user_code, now=NOW + 900) is None
    denied = issued.put_device(state, replace(device, is_denied=True))
    assert issued.typed_device(denied, device.user_code, now=NOW) is None
    assert issued.find_device(denied, text, now=NOW)[0].is_denied
    assert issued.find_device(issued.drop_device(denied, device), text, now=NOW) == (None, Unfit.UNKNOWN)


def test_a_mark_is_there_until_its_moment_and_carries_a_value():
    state = issued.mark(fresh(), "jti 1", now=NOW, until=NOW + 10, value="v")
    assert issued.marked(state, "jti 1", now=NOW + 9).value == "v"
    assert issued.marked(state, "jti 1", now=NOW + 10) is None
    assert issued.marked(state, "jti 2", now=NOW) is None
    assert issued.marked(issued.unmark(state, "jti 1"), "jti 1", now=NOW) is None
    assert issued.mark(state, "jti 2", now=NOW + 10, until=NOW + 20).marks[0].value == ""


def test_nothing_grows_without_end():
    state = fresh()
    for number in range(600):
        state = replace(state, entropy=f"e{number}")
        _, state = issued.new_code(state, LET, now=NOW)
        _, _family, state = issued.new_family(state, LET, now=NOW)
        _, _, state = issued.new_device(state, LET, now=NOW, lifetime_s=900)
        state = issued.mark(state, f"m{number}", now=NOW, until=NOW + 10)
    sizes = (len(state.codes), len(state.refresh_families), len(state.device_codes), len(state.marks))
    assert sizes == (issued.MOST_CODES, issued.MOST_FAMILIES, issued.MOST_DEVICES, issued.MOST_MARKS)
    for number in range(30):
        state = replace(state, entropy=f"r{number}")
        _, state = issued.rotate(state, state.refresh_families[-1], now=NOW)
    assert len(state.refresh_families[-1].spent) == issued.MOST_SPENT
    later = issued.new_code(state, LET, now=NOW + issued.CODE_S + issued.REMEMBERED_S)[1]
    assert len(later.codes) == 1


def long_requests():
    long = "x" * (issued.MOST_TEXT + 1)
    scope = "openid " * 2000
    yield Request("GET", authorize_url(nonce=long, prompt="none"))
    yield Request("GET", authorize_url(scope=scope, prompt="none"))
    yield post_form({"client_id": samples().secret_client.id, "scope": scope}, endpoint("devicecode"))


def test_a_request_that_would_leave_too_much_behind_is_refused_and_leaves_nothing():
    world = World()
    world.sign_in()
    before = dump_state(world.state)
    for request in long_requests():
        refused = world.send(request)
        assert refused.status == 413, request.url[:80]
        assert body_of(refused)["error"] == "invalid_request"
    assert dump_state(world.state) == before
    with pytest.raises(issued.TooMuchToKeep):
        issued.mark(fresh(), "x", now=NOW, until=NOW + 1, value="x" * (issued.MOST_TEXT + 1))
