""" "401s since this morning": refusals per hour, what was changed meanwhile, last good and first bad, each by right."""

import re
from dataclasses import replace

import pytest

from console.core.access import SharedWith
from console.core.actor import Role
from console.core.attempts.history import HOUR_S, HistoryFilter, HistorySpan
from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.errors import NotFound
from console.services import calls, history, profiles, refusal_hours, sandbox, sandbox_policies, sharing, turning
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db
NAME = "Sample: orders with a secret"
MORNING = 1_900_000_000 // 86_400 * 86_400 + 7 * HOUR_S  # 07:00
GET = ApiCall("GET", "/orders")


@pytest.fixture
def clocks(time_machine):
    def go(at):
        time_machine.move_to(at, tick=False)

    go(MORNING)
    return go


@pytest.fixture
def owner(clocks):
    return with_samples()


@pytest.fixture
def profile(owner):
    return next(one for one in profiles.list_profiles(owner) if one.name == NAME)


@pytest.fixture
def support(owner):
    return person("sam@example.com", Role.SUPPORT)


def break_policy(owner, path="orders"):
    text = next(one.policy for one in sandbox.workspace(owner).state.gateway_apis if one.path == path)
    start, end = text.index("<audiences>"), text.index("</audiences>")
    broken = f"{text[:start]}<audiences><audience>api://somebody-else</audience>{text[end:]}"
    assert sandbox_policies.change(owner, path, broken) == ()


@pytest.fixture
def morning(owner, profile, clocks):
    """Good at 07:00 and 08:40, the sandbox's policy changed at 08:51, refused at 08:52, 09:10, 09:20; it is 09:30."""
    calls.send(owner, profile.id, GET)
    clocks(MORNING + 100 * 60)
    good = calls.send(owner, profile.id, GET)
    clocks(MORNING + 111 * 60)
    break_policy(owner)
    bad = []
    for minute in (112, 130, 140):
        clocks(MORNING + minute * 60)
        bad.append(calls.send(owner, profile.id, GET).attempt_id)
    clocks(MORNING + 150 * 60)
    return good.attempt_id, bad


def test_the_picture_tells_the_hour_the_cause_and_the_change(owner, profile, morning):
    found = refusal_hours.per_hour(owner)
    assert (found.count, found.causes, found.step_h, len(found.courses[0].bars)) == (3, 1, 1, 24)
    assert found.courses[0].bars[-2:] == (1, 2)
    assert found.first_at == MORNING + 112 * 60
    assert found.courses[0].apis == ("Orders (sandbox)",)
    (mark,) = [one for one in found.marks if one.at > MORNING]
    assert (mark.at, mark.told, mark.detail) == (
        MORNING + 111 * 60,
        "your sandbox was changed",
        "policy of orders written",
    )


def test_only_what_was_called_or_called_with_is_blamed(owner, profile, clocks):
    ids, wanted = {one.name: one.id for one in profiles.list_profiles(owner)}, ApiCall("GET", "/nowhere")
    clocks(MORNING + 2 * HOUR_S)
    for name in ("Sample: invoices, v1 tokens", "Sample: orders with a certificate"):
        profiles.replace_subscription_key(owner, ids[name], Secret("of another"))
    clocks(MORNING + 2 * HOUR_S + 60)
    calls.send(owner, profile.id, wanted)
    found = refusal_hours.per_hour(owner)
    assert [mark.short for mark in found.marks if mark.at > MORNING] == ["new subscription key"] * 2
    assert found.blamed is None
    clocks(MORNING + 5 * HOUR_S)
    kept = profiles.open_profile(owner, "manage", profile.id)
    profiles.update(owner, profile.id, replace(profiles.draft_of(kept), name="Its own"), expected_version=kept.version)
    clocks(MORNING + 5 * HOUR_S + 60)
    calls.send(owner, profile.id, wanted)
    found = refusal_hours.per_hour(owner, HistoryFilter(since=MORNING + 4 * HOUR_S))
    assert found.blamed.told == "the settings of Its own were changed"


def test_last_good_first_bad_and_what_changed(owner, morning):
    good, bad = morning
    for asked in bad:
        found = turning.of_attempt(owner, asked)
        assert (found.good.id, found.bad.id) == (good, bad[0])
        assert found.failed == bad.index(asked) + 1
        assert found.cause.told == "your sandbox was changed"
        assert found.since == MORNING + 111 * 60
        assert turning.about_token(found.turning) == "the token is the same but for its times"


def test_who_sees_the_profile_sees_the_same_and_nobody_else_anything(owner, profile, morning, support):
    good, bad = morning
    assert refusal_hours.per_hour(support).count == 0
    assert history.read(support, HistoryFilter(), HistorySpan.ALL).lines == ()
    with pytest.raises(NotFound):
        turning.of_attempt(support, bad[-1])
    sharing.give(owner, "profile", profile.id, SharedWith(support.user_id), right="view")
    page = history.read(support, HistoryFilter(status="refused"))
    assert [line.id for line in page.lines] == bad[::-1]
    assert page.people == {owner.user_id: owner.email}
    found = turning.of_attempt(support, bad[-1])
    assert (found.good.id, found.cause.told) == (good, f"the sandbox of {owner.email} was changed")
    assert found.cause.object_id == "", "somebody else's sandbox is not theirs to open"
    stranger = person("kim@example.com", Role.INTEGRATOR)
    assert refusal_hours.per_hour(stranger).marks == ()


def test_the_sums_of_everybody_are_for_support_and_administrators_alone(owner, morning, support):
    found = refusal_hours.per_hour(support, of_everybody=True)
    assert (found.count, found.courses[0].apis) == (3, ("Orders (sandbox)",))
    assert found.marks == (), "whose sandbox was changed is told to who may view its calls"
    other = person("kim@example.com", Role.INTEGRATOR)
    assert refusal_hours.per_hour(other, of_everybody=True).count == 0


def test_a_key_that_was_removed_is_what_explains_the_refusal_and_a_rename_is_not(owner, profile, clocks):
    clocks(MORNING + 60)
    calls.send(owner, profile.id, GET)
    clocks(MORNING + HOUR_S)
    kept = profiles.open_profile(owner, "manage", profile.id)
    profiles.update(owner, profile.id, replace(profiles.draft_of(kept), name="Renamed"), expected_version=kept.version)
    clocks(MORNING + 2 * HOUR_S)
    profiles.replace_subscription_key(owner, profile.id, None)
    clocks(MORNING + 3 * HOUR_S)
    asked = calls.send(owner, profile.id, GET)
    found = turning.of_attempt(owner, asked.attempt_id)
    assert [mark.short for mark in found.marks] == ["settings changed", "subscription key removed"]
    assert found.cause.told == "the subscription key of Renamed was removed"
    assert "subscription_key" in {one.code for one in found.turning.different}


def test_without_a_good_one_before_there_is_nothing_to_compare(owner, profile, clocks):
    break_policy(owner)
    asked = calls.send(owner, profile.id, GET)
    found = turning.of_attempt(owner, asked.attempt_id)
    assert (found.good, found.bad, found.turning) == (None, None, None)
    good = turning.of_attempt(owner, calls.send(owner, profile.id, ApiCall("POST", "/nowhere")).attempt_id)
    assert good.is_failing


def test_another_call_of_the_api_that_was_good_is_used_and_said_to_be_another(owner, profile, clocks):
    calls.send(owner, profile.id, GET)
    clocks(MORNING + 60)
    asked = calls.send(owner, profile.id, ApiCall("GET", "/nowhere"))
    found = turning.of_attempt(owner, asked.attempt_id)
    assert found.is_other
    assert [one.code for one in found.turning.different] == ["address"]


def test_the_narrowest_time_with_something_in_it_is_shown_first(owner, profile, clocks):
    calls.send(owner, profile.id, GET)
    for later, span in ((1, HistorySpan.DAY), (30 * HOUR_S, HistorySpan.WEEK), (30 * 24 * HOUR_S, HistorySpan.ALL)):
        clocks(MORNING + later)
        page = history.read(owner, HistoryFilter())
        assert page.span is span
        assert {line.kind for line in page.lines} == {"call", "token"}
    assert history.read(owner, HistoryFilter(), HistorySpan.TODAY).lines == ()


def test_a_sandbox_is_told_by_the_title_of_its_fault_and_without_ids(owner, profile, morning):
    sandbox.set_fault(owner, "expired")
    told = [mark.detail for mark in refusal_hours.per_hour(owner).marks]
    assert "fault: Expired token" in told
    assert not [one for one in told if re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", one)]
