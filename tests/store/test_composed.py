"""A question that is kept is answered for whoever asks it, as one that is composed anew."""

from threading import Thread
from uuid import UUID

import pytest
from django.db import connection

from console.core.access import SharedWith
from console.core.actor import SYSTEM, Role
from console.models import Group, Profile
from console.services import groups, sharing
from console.store import people
from console.store.composed import Composed
from console.store.visibility import visible_to
from tests.store import builders

pytestmark = pytest.mark.django_db
RIGHTS = ("view", "use", "manage")


def ids(rows):
    return sorted(str(row.pk) for row in rows)


@pytest.fixture
def house():
    """Two owners with a profile each; one is in two groups, and one of those may use the other's profile."""
    admin = builders.person("admin", Role.ADMIN)
    ina, ola = builders.person("ina", Role.INTEGRATOR), builders.person("ola", Role.INTEGRATOR)
    of_ina, of_ola = builders.profile(ina), builders.profile(ola)
    for name in ("One", "Two"):
        group = groups.make(admin, name)
        groups.add(admin, group.id, ola.user_id)
    sharing.give(ina, "profile", of_ina.id, SharedWith(group_id=group.id), right="use")
    return [people.get(one.user_id) for one in (ina, ola, admin)], (of_ina, of_ola)


def test_everybody_sees_what_a_question_composed_for_them_alone_would_give(house):
    composed = []

    def compose(actor, right, key):
        composed.append((actor.user_id, right))
        return visible_to(Profile, actor, right).filter(pk=key)

    kept = Composed(compose)
    actors, profiles = house
    for right in RIGHTS:
        for actor in (*actors, SYSTEM):
            for one in profiles:
                key = UUID(one.id)
                wanted = visible_to(Profile, actor, right).filter(pk=key)
                assert ids(kept.all(actor, right, key)) == ids(wanted), (actor.email, right)
                found = kept.first(actor, right, key)
                assert (found and str(found.pk)) == (one.id if wanted else None)
    kinds = {(frozenset(actor.roles), len(actor.groups)) for actor in actors} | {"system"}
    assert len(composed) == len(kinds) * len(RIGHTS)
    assert {user_id for user_id, _ in composed}.isdisjoint({actor.user_id for actor in actors})


def test_what_nobody_of_a_kind_may_see_is_not_asked_for(house, django_assert_num_queries):
    (ina, ola, _), _ = house
    kept = Composed(lambda actor, right: visible_to(Group, actor, right))
    with django_assert_num_queries(0):
        assert kept.all(ina, "view") == []
    assert len(kept.all(ola, "view")) == 2


@pytest.mark.parametrize("text", ["client", "CLIENT", "cli_nt", "c%t", "cli\\nt", "composed-text-1", "no such", "%"])
def test_a_text_is_asked_for_as_it_stands_whole_or_within(text):
    """What means something to LIKE in it is a character like any other."""
    ina = builders.person("ina", Role.INTEGRATOR)
    for client in ("client", "cli_nt", "c%t", "cli\\nt", "xcli_ntx"):
        builders.profile(ina, client_id=client)
    whole = Composed(lambda actor, right, one: visible_to(Profile, actor, right).filter(client_id=one))
    within = Composed(lambda actor, right, one: visible_to(Profile, actor, right).filter(client_id__icontains=one))
    for _ in range(2):  # composed, and kept
        assert ids(whole.all(ina, "view", text)) == ids(Profile.objects.filter(client_id=text))
        assert ids(within.all(ina, "view", text)) == ids(Profile.objects.filter(client_id__icontains=text))


def test_columns_alone_come_as_they_do_from_a_question_of_their_own(django_assert_num_queries):
    ina = builders.person("ina", Role.INTEGRATOR)
    profile = builders.profile(ina, name="Orders", client_id="client")
    kept = Composed(
        lambda actor, right, one: (
            visible_to(Profile, actor, right).filter(client_id=one).order_by("created_at").values_list("id", "name")
        )
    )
    with django_assert_num_queries(2):
        assert kept.all(ina, "view", "client") == [(UUID(profile.id), "Orders")]
        assert kept.all(ina, "view", "another") == []


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    ina = builders.person("ina", Role.INTEGRATOR)
    profile = builders.profile(ina)
    kept = Composed(lambda actor, right, key: visible_to(Profile, actor, right).filter(pk=key))
    found = [kept.first(ina, "view", UUID(profile.id))]

    def ask():
        found.append(kept.first(ina, "view", UUID(profile.id)))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert [str(one.pk) for one in found] == [profile.id, profile.id]
