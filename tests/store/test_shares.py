"""What a share opens: a right holds those before it, a group's are its members', and attempts follow their profile."""

import re
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from console.core.access import SharedWith
from console.core.actor import RIGHTS, Role
from console.core.errors import NotFound, Stale
from console.models import Attempt, Person, Profile, Share
from console.store import acceptance, apis, attempts, credentials, groups, people, policies, profiles, runs, shares
from console.store.runs import RunRecord
from console.store.visibility import visible_to
from tests.store import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return builders.person("owner", Role.INTEGRATOR)


@pytest.fixture
def other():
    return builders.person("other", Role.INTEGRATOR)


def in_group(actor):
    """The actor, put into a new group, as their next request finds them; and the group as a subject."""
    group = groups.create("Team", id=builders.new_id(), now=builders.NOW)
    groups.add(group.id, actor.user_id, now=builders.NOW)
    return people.get(actor.user_id), SharedWith(group_id=group.id)


def give(owner, kind, row, subject, right):
    return shares.put(owner, kind, row.id, subject, right=right, now=builders.NOW)


def rights_on(get):
    reached = []
    for right in RIGHTS:
        try:
            held = get(right)
        except NotFound:
            continue
        reached.append(right)
        assert not held.is_own
        assert held.may(right)
    return reached


@pytest.mark.parametrize("by", ["person", "group"])
@pytest.mark.parametrize("right", RIGHTS)
def test_a_share_gives_its_right_and_those_before_it_to_its_person_or_group_alone(owner, other, right, by):
    third = builders.person("third", Role.INTEGRATOR, Role.SUPPORT)
    subject = SharedWith(other.user_id)
    if by == "group":
        other, subject = in_group(other)
    profile, api = builders.profile(owner), builders.api(owner)
    give(owner, "profile", profile, subject, right)
    give(owner, "api", api, subject, right)
    given = list(RIGHTS[: RIGHTS.index(right) + 1])
    assert rights_on(lambda wanted: profiles.get(other, wanted, profile.id)) == given
    assert rights_on(lambda wanted: apis.get(other, wanted, api.id)) == given
    assert profiles.get(other, "view", profile.id).rights == set(given)
    assert rights_on(lambda wanted: profiles.get(third, wanted, profile.id)) == []
    assert rights_on(lambda wanted: apis.get(third, wanted, api.id)) == []
    assert [one.id for one in profiles.list_visible(other)] == [profile.id]
    assert apis.list_names(other) == [(api.id, api.name)]


def test_a_share_of_a_kind_opens_nothing_of_another(owner, other):
    profile, api = builders.profile(owner), builders.api(owner)
    give(owner, "profile", profile, SharedWith(other.user_id), "manage")
    assert rights_on(lambda right: apis.get(other, right, api.id)) == []
    assert apis.list_visible(other) == []


def test_the_strongest_of_several_shares_counts(owner, other):
    member, group = in_group(other)
    profile = builders.profile(owner)
    give(owner, "profile", profile, SharedWith(other.user_id), "view")
    give(owner, "profile", profile, group, "manage")
    assert profiles.get(member, "view", profile.id).rights == set(RIGHTS)
    assert profiles.get(replace(member, groups=frozenset()), "view", profile.id).rights == {"view"}
    assert [one.id for one in profiles.list_visible(member)] == [profile.id]


def test_a_published_api_is_still_managed_by_who_has_that_share(owner, other):
    api = builders.api(owner)
    builders.publish(builders.person("admin", Role.ADMIN), api.id)
    give(owner, "api", api, SharedWith(other.user_id), "view")
    assert apis.get(other, "view", api.id).rights == {"view", "use"}
    give(owner, "api", api, SharedWith(other.user_id), "manage")
    assert apis.get(other, "view", api.id).rights == set(RIGHTS)


def test_the_table_of_an_api_goes_with_its_share(owner, other):
    api = builders.api(owner)
    with pytest.raises(NotFound):
        policies.samples(other, api.id)
    give(owner, "api", api, SharedWith(other.user_id), "use")
    assert policies.samples(other, api.id) == []
    with pytest.raises(NotFound):
        policies.sample(other, api.id, builders.new_id(), "manage")


@pytest.mark.parametrize("right", RIGHTS)
def test_attempts_and_runs_follow_their_profile_to_be_viewed_and_no_more(owner, other, right):
    profile = builders.profile(owner)
    attempt, unrelated = builders.attempt(owner, profile_id=profile.id), builders.attempt(owner)
    run = RunRecord(builders.new_id(), "operation", attempt.id, profile.id, "Running", False, 1)
    runs.create(owner, run, now=builders.NOW)
    give(owner, "profile", profile, SharedWith(other.user_id), right)
    assert rights_on(lambda wanted: attempts.get(other, attempt.id, wanted)) == ["view"]
    assert rights_on(lambda wanted: runs.get(other, run.id, wanted)) == ["view"]
    assert rights_on(lambda wanted: attempts.get(other, unrelated.id, wanted)) == []
    assert attempts.list_recent(other) == []  # a history is one's own
    assert attempts.of_profile(other, profile).token.id == attempt.id


def test_the_owner_of_a_profile_views_what_others_tried_with_it(owner, other):
    profile = builders.profile(owner)
    give(owner, "profile", profile, SharedWith(other.user_id), "use")
    attempt = builders.attempt(other, profile_id=profile.id)
    assert rights_on(lambda wanted: attempts.get(owner, attempt.id, wanted)) == ["view"]
    shares.take(owner, "profile", profile.id, SharedWith(other.user_id), now=builders.NOW)
    assert attempts.get(other, attempt.id).is_own


def test_who_may_only_use_changes_no_destination_and_no_secret(owner, other):
    profile = builders.profile(owner)
    give(owner, "profile", profile, SharedWith(other.user_id), "use")
    assert credentials.load(other, profile.id) is not None
    changes = [
        lambda: credentials.replace_secret(other, profile.id, builders.Secret("s"), bound_to="x", now=1),
        lambda: credentials.replace_subscription_key(other, profile.id, None, bound_to="", now=1),
        lambda: credentials.discard(other, profile.id),
        lambda: acceptance.accept(other, profile.id, acceptance.AcceptedDestination(builders.new_id(), None)),
        lambda: profiles.update(other, profile.id, builders.draft(), expected_version=1, now=1),
        lambda: profiles.delete(other, profile.id),
        lambda: shares.access(other, "profile", profile.id, "manage", now=builders.NOW),
        lambda: give(other, "profile", profile, SharedWith(other.user_id), "manage"),
        lambda: shares.take(other, "profile", profile.id, SharedWith(other.user_id), now=builders.NOW),
    ]
    for change in changes:
        with pytest.raises(NotFound):
            change()


def test_a_share_taken_away_opens_nothing_any_more_and_the_other_ones_stay(owner, other):
    member, group = in_group(other)
    profile = builders.profile(owner)
    give(owner, "profile", profile, group, "use")
    give(owner, "profile", profile, SharedWith(other.user_id), "view")
    assert shares.take(owner, "profile", profile.id, group, now=builders.NOW).right == "use"
    assert shares.take(owner, "profile", profile.id, group, now=builders.NOW) is None
    assert profiles.get(member, "view", profile.id).rights == {"view"}


def test_a_right_is_given_once_and_changed_in_its_place(owner, other):
    profile = builders.profile(owner)
    subject = SharedWith(other.user_id)
    assert give(owner, "profile", profile, subject, "view") is None
    assert give(owner, "profile", profile, subject, "manage").right == "view"
    (kept,) = shares.access(owner, "profile", profile.id, now=builders.NOW).shares
    assert (kept.subject.person_id, kept.subject.name, kept.right) == (other.user_id, other.email, "manage")


def test_the_database_keeps_one_share_of_one_subject_on_one_object(owner, other):
    profile, api = builders.profile(owner), builders.api(owner)
    _, group = in_group(other)
    give(owner, "profile", profile, SharedWith(other.user_id), "view")
    refused = [
        {"profile_id": profile.id, "person_id": other.user_id, "right": "use"},
        {"profile_id": profile.id, "api_id": api.id, "person_id": other.user_id, "right": "use"},
        {"person_id": other.user_id, "right": "use"},
        {"api_id": api.id, "right": "use"},
        {"api_id": api.id, "person_id": other.user_id, "group_id": group.group_id, "right": "use"},
        {"api_id": api.id, "person_id": other.user_id, "right": "everything"},
    ]
    for columns in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            Share.objects.create(given_at=1, **columns)


@pytest.mark.parametrize("gone", ["object", "person", "group"])
def test_what_is_deleted_takes_its_shares_along(owner, other, gone):
    _, group = in_group(other)
    profile, api = builders.profile(owner), builders.api(owner)
    subject = group if gone == "group" else SharedWith(other.user_id)
    give(owner, "profile", profile, subject, "view")
    give(owner, "api", api, subject, "view")
    if gone == "object":
        profiles.delete(owner, profile.id)
        apis.delete(owner, api.id)
        assert not Profile.objects.exists()
    elif gone == "group":
        groups.delete(group.group_id)
        assert people.get(other.user_id).groups == frozenset()
    else:
        Person.objects.get(pk=other.user_id).delete()
    assert not Share.objects.exists()


def test_a_name_of_a_group_is_its_own_in_whatever_case(other):
    group = groups.create("Team", id=builders.new_id(), now=builders.NOW)
    with pytest.raises(Stale, match="here already"):
        groups.create("TEAM", id=builders.new_id(), now=builders.NOW)
    groups.rename(group.id, "TEAM")
    groups.add(group.id, other.user_id, now=builders.NOW)
    assert not groups.add(group.id, other.user_id, now=builders.NOW)
    assert [(one.name, [member.email for member in one.members]) for one in groups.list_all()] == [
        ("TEAM", [other.email])
    ]
    assert (groups.remove(group.id, other.user_id), groups.remove(group.id, other.user_id)) == (True, False)


@pytest.mark.parametrize("bad_id", ["", "1", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_a_group_that_is_none_is_not_found(bad_id, other):
    for ask in (groups.get, groups.delete, lambda group_id: groups.add(group_id, other.user_id, now=1)):
        with pytest.raises(NotFound, match="no such group"):
            ask(bad_id)


def test_somebody_comes_with_their_groups_in_the_one_query(owner, other):
    first, second = (groups.create(name, id=builders.new_id(), now=1) for name in ("One", "Two"))
    for group in (first, second):
        groups.add(group.id, other.user_id, now=1)
    with CaptureQueriesContext(connection) as asked:
        found = people.actor_of(people.of_session(other.user_id))
    assert (found.groups, len(asked)) == ({first.id, second.id}, 1)
    assert people.actor_of(people.of_session(owner.user_id)).groups == frozenset()
    assert people.actor_of(Person.objects.get(pk=other.user_id)).groups == {first.id, second.id}
    assert people.of_session(0) is None


def test_rights_are_found_in_the_query_that_finds_the_row_however_many_shares_there_are(owner, other):
    member, group = in_group(other)
    for number in range(5):
        profile = builders.profile(owner, name=f"P{number}")
        give(owner, "profile", profile, group, "use")
        builders.attempt(owner, profile_id=profile.id)
    with CaptureQueriesContext(connection) as asked:
        profiles.get(member, "use", profile.id)
        profiles.list_visible(member)
        profiles.list_names(member)
        attempts.of_profile(member, profile)
    assert len(asked) == 4


@pytest.mark.parametrize("model", [Profile, Attempt])
def test_what_is_shared_is_found_by_an_index(model, owner, other):
    member, group = in_group(other)
    profile = builders.profile(owner)
    give(owner, "profile", profile, group, "use")
    if connection.vendor == "postgresql":  # which reads so few rows rather whole
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    for actor in (other, member):
        found = visible_to(model, actor, "view")
        plan = (found if model is Profile else found.filter(profile_id=profile.id)).explain()
        assert not re.search(r"\bSCAN\b|Seq Scan", plan), plan
