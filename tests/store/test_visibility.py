"""Who sees, uses and manages what: the whole table."""

from dataclasses import replace

import pytest

from console.core.actor import SYSTEM, Role
from console.core.errors import NotAllowed, NotFound
from console.store import apis, attempts, cases, profiles, runs
from console.store.runs import RunRecord
from tests.store import builders

pytestmark = pytest.mark.django_db

ACTORS = ("owner", "other", "support", "admin", "system")
RIGHTS = ("view", "use", "manage")


@pytest.fixture
def actors():
    return {
        "owner": builders.person("owner", Role.INTEGRATOR),
        "other": builders.person("other", Role.INTEGRATOR),
        "support": builders.person("support", Role.SUPPORT),
        "admin": builders.person("admin", Role.ADMIN),
        "system": SYSTEM,
    }


def run_of(actor):
    run = RunRecord(builders.new_id(), "operation", builders.attempt(actor).id, None, "Running", False, 1)
    return runs.create(actor, run, now=builders.NOW)


KINDS = {
    "profile": (builders.profile, lambda actor, right, row: profiles.get(actor, right, row.id)),
    "attempt": (builders.attempt, lambda actor, right, row: attempts.get(actor, row.id, right)),
    "run": (run_of, lambda actor, right, row: runs.get(actor, row.id, right)),
    "api": (builders.api, lambda actor, right, row: apis.get(actor, right, row.id)),
    "case": (builders.case, lambda actor, right, row: cases.get(actor, row.id, right, now=builders.NOW)),
}
EVERYWHERE = {(who, right) for who in ("owner", "system") for right in RIGHTS}
ALLOWED = {
    "profile": EVERYWHERE,
    "attempt": EVERYWHERE,
    "run": EVERYWHERE,
    "api": EVERYWHERE | {("admin", right) for right in RIGHTS},
    "case": EVERYWHERE
    | {(who, right) for who in ("support", "admin") for right in ("view", "use")}
    | {("admin", "manage")},
}


@pytest.mark.parametrize("kind", KINDS)
def test_only_those_of_the_table_reach_a_row(kind, actors):
    make, get = KINDS[kind]
    row = make(actors["owner"])
    reached = set()
    for who in ACTORS:
        for right in RIGHTS:
            try:
                held = get(actors[who], right, row)
            except NotFound:
                continue
            reached.add((who, right))
            assert held.rights == {one for one in RIGHTS if (who, one) in ALLOWED[kind]}, (who, right)
            assert held.is_own == (who == "owner")
    assert reached == ALLOWED[kind]


def test_a_published_api_is_seen_and_used_by_everybody_and_managed_by_owner_and_admin(actors):
    api = builders.api(actors["owner"])
    builders.publish(actors["admin"], api.id)
    assert apis.get(actors["other"], "use", api.id).value.is_published
    assert [found.id for found in apis.list_visible(actors["support"])] == [api.id]
    with pytest.raises(NotFound):
        apis.get(actors["other"], "manage", api.id)
    with pytest.raises(NotFound):
        apis.delete(actors["other"], api.id)


def test_only_an_admin_publishes(actors):
    api = builders.api(actors["owner"])
    with pytest.raises(NotAllowed) as refused:
        apis.publish(actors["owner"], api.id, is_published=True, expected_version=1)
    assert refused.value.what == "Only an administrator can publish an API."
    with pytest.raises(NotFound):
        apis.publish(actors["other"], api.id, is_published=True, expected_version=1)


def test_lists_hold_only_what_is_visible(actors):
    mine, theirs = builders.profile(actors["owner"]), builders.profile(actors["other"])
    builders.attempt(actors["other"])
    builders.case(actors["other"])
    assert [profile.id for profile in profiles.list_visible(actors["owner"])] == [mine.id]
    assert {profile.id for profile in profiles.list_visible(SYSTEM)} == {mine.id, theirs.id}
    assert attempts.list_recent(actors["owner"]) == [] == builders.queue(actors["owner"])
    assert len(builders.queue(actors["support"])) == 1
    assert attempts.list_recent(actors["support"]) == []


@pytest.mark.parametrize("store", [profiles, apis])
def test_names_to_choose_from_are_those_of_the_rows_one_may_see_now(store, actors):
    def same():
        for actor in actors.values():
            assert store.list_names(actor) == [(one.id, one.name) for one in store.list_visible(actor)]

    same()
    own = {name: builders.api(actors[name]) for name in ("owner", "other")}
    builders.profile(actors["owner"], name="Zebra")
    builders.profile(actors["owner"], name="%s %(a)s '; --")
    same()
    builders.publish(actors["admin"], own["other"].id)
    same()
    demoted = replace(actors["admin"], roles=frozenset())
    assert store.list_names(demoted) == [(one.id, one.name) for one in store.list_visible(demoted)]
    apis.delete(actors["owner"], own["owner"].id)
    same()


@pytest.mark.parametrize("bad_id", ["", "1", "x" * 36, "../etc", "00000000-0000-0000-0000-000000000000"])
def test_an_id_that_is_none_is_not_found(bad_id, actors):
    with pytest.raises(NotFound):
        profiles.get(actors["owner"], "view", bad_id)


def test_the_system_owns_nothing():
    with pytest.raises(ValueError, match="cannot own"):
        builders.profile(SYSTEM)
