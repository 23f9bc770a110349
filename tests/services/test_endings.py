"""Dates that people type: with what they belong to, by whoever may, and gone with it; and who sees what ends."""

from datetime import UTC, datetime, timedelta

import pytest

from console.adapters import clock
from console.core.access import SharedWith
from console.core.actor import Role
from console.core.api import Api, Expectation
from console.core.credential import Secret
from console.core.ending import DAY_S, EndKind, end_of_day
from console.core.errors import NotAllowed, NotFound, Stale
from console.models import AuditEntry, Connection, StoredCredential
from console.services import apis, client_keys, connections, endings, opening, profiles, sharing
from console.store import rotation
from tests.services.builders import person
from tests.services.test_profiles import draft

pytestmark = pytest.mark.django_db

SECRET = "s8~secret-value-canary"


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(datetime(2026, 11, 29, 12, tzinfo=UTC), tick=False)


def in_days(days):
    return end_of_day((datetime.fromtimestamp(clock.now(), UTC) + timedelta(days=days)).date())


@pytest.fixture
def owner():
    return person()


@pytest.fixture
def profile(owner):
    made = profiles.create(owner, draft())
    profiles.replace_secret(owner, made.id, Secret(SECRET), ends_at=in_days(9))
    return profiles.open_profile(owner, "manage", made.id)


def again(owner, profile):
    return profiles.open_profile(owner, "manage", profile.id)


def kinds(found):
    return [(one.kind, one.ends_at) for one in found]


def test_a_date_is_kept_with_the_secret(owner, profile):
    assert profile.credential.ends_at == in_days(9)
    assert kinds(endings.of_actor(owner)) == [(EndKind.SECRET, in_days(9))]


def test_a_new_secret_does_not_inherit_the_date_of_the_old_one(owner, profile):
    profiles.replace_secret(owner, profile.id, Secret("another-value"))
    after = again(owner, profile)
    assert (after.credential.ends_at, after.credential.dated_at) == (None, None)
    profiles.replace_secret(owner, profile.id, Secret(SECRET), ends_at=in_days(9))
    profiles.discard_credential(owner, profile.id)
    assert StoredCredential.objects.get().ends_at is None
    assert endings.of_actor(owner) == ()


def test_a_date_changes_without_the_secret_and_the_version_stays(owner, profile):
    version = profile.credential.version
    endings.date_credential(owner, profile.id, in_days(200), version=version)
    after = again(owner, profile)
    assert (after.credential.ends_at, after.credential.version) == (in_days(200), version)
    assert opening.of_profile(owner, "use", profile.id).sealed.credential().value.reveal() == SECRET
    endings.date_credential(owner, profile.id, None, version=version)
    assert again(owner, profile).credential.ends_at is None
    told = AuditEntry.objects.filter(action="end dated").order_by("pk").values_list("detail", flat=True)
    day = datetime.fromtimestamp(in_days(200), UTC).date()
    assert list(told) == [f'"client secret: {day}"', '"client secret: no date any more"']


def test_a_date_for_the_secret_before_is_stale(owner, profile):
    profiles.replace_secret(owner, profile.id, Secret("another-value"))
    with pytest.raises(Stale):
        endings.date_credential(owner, profile.id, in_days(5), version=profile.credential.version)
    assert again(owner, profile).credential.ends_at is None


def test_a_certificate_tells_its_end_itself(owner, profile):
    profiles.make_certificate(owner, profile.id, days=90)
    after = again(owner, profile)
    with pytest.raises(NotAllowed) as refused:
        endings.date_credential(owner, profile.id, in_days(5), version=after.credential.version)
    assert "it tells its end itself" in refused.value.why
    assert kinds(endings.of_actor(owner)) == [(EndKind.CERTIFICATE, after.credential.certificate.not_after)]
    assert StoredCredential.objects.get().ends_at == after.credential.certificate.not_after


def test_a_signing_key_has_the_date_that_was_typed_last(owner, profile):
    kept = client_keys.make_key(owner, profile.id, alg="ES256", ends_at=in_days(10))
    endings.date_credential(owner, profile.id, in_days(300), version=kept.version)
    after = again(owner, profile).credential
    assert (after.ends_at, after.key.ends_at) == (in_days(300), in_days(300))
    opening.of_profile(owner, "use", profile.id).sealed.credential()  # it opens: the date is not sealed to it
    assert rotation.rotate().unreadable == []


def test_who_may_only_use_a_profile_dates_nothing(owner, profile):
    other = person("otto@example.com")
    for right, error in (("view", NotFound), ("use", NotFound), ("manage", None)):
        sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right=right)
        if error is None:
            endings.date_credential(other, profile.id, in_days(5), version=profile.credential.version)
            continue
        with pytest.raises(error):
            endings.date_credential(other, profile.id, in_days(5), version=profile.credential.version)
        with pytest.raises(error):
            endings.date_subscription_key(other, profile.id, in_days(5), set_at=1)
    assert again(owner, profile).credential.ends_at == in_days(5)


def test_a_subscription_key_has_a_date_of_its_own(owner, profile):
    profiles.replace_subscription_key(owner, profile.id, Secret("key-canary-1"), ends_at=in_days(40))
    key = again(owner, profile).subscription_key
    assert kinds(endings.of_actor(owner))[1:] == [(EndKind.SUBSCRIPTION_KEY, in_days(40))]
    endings.date_subscription_key(owner, profile.id, in_days(41), set_at=key.set_at)
    assert again(owner, profile).subscription_key.ends_at == in_days(41)
    with pytest.raises(Stale):
        endings.date_subscription_key(owner, profile.id, None, set_at=key.set_at - 1)
    profiles.replace_subscription_key(owner, profile.id, Secret("key-canary-2"))
    assert again(owner, profile).subscription_key.ends_at is None


def test_a_key_that_moves_to_its_first_api_keeps_its_date(owner, profile):
    profiles.replace_subscription_key(owner, profile.id, Secret("key-canary-1"), ends_at=in_days(40))
    api = apis.create(
        owner, Api(id="", owner_id=0, name="Orders", base_url="https://api.example/orders", expectation=Expectation())
    )
    before = again(owner, profile)
    profiles.update(owner, profile.id, draft(api_id=api.id), expected_version=before.version)
    assert again(owner, profile).subscription_key.ends_at == in_days(40)


def test_each_sees_what_ends_of_what_they_may_see(owner, profile):
    stranger, viewer, manager = (person(f"{name}@example.com") for name in ("s", "v", "m"))
    support, admin = person("sup@example.com", Role.SUPPORT), person("ada@example.com", Role.ADMIN)
    sharing.give(owner, "profile", profile.id, SharedWith(viewer.user_id), right="view")
    sharing.give(owner, "profile", profile.id, SharedWith(manager.user_id), right="manage")
    seen = {actor.email: endings.of_actor(actor) for actor in (owner, stranger, viewer, manager, support, admin)}
    assert {email: [one.may_renew for one in found] for email, found in seen.items()} == {
        owner.email: [True],
        stranger.email: [],
        viewer.email: [False],
        manager.email: [True],
        support.email: [],
        admin.email: [],
    }
    sharing.give(owner, "profile", profile.id, SharedWith(support.user_id), right="view")
    assert [one.owner for one in endings.of_actor(support)] == [owner.email]


def test_what_ends_first_comes_first_and_what_nobody_dated_last(owner, profile):
    undated = profiles.create(owner, draft(name="A new one"))
    profiles.replace_secret(owner, undated.id, Secret(SECRET))
    profiles.replace_subscription_key(owner, undated.id, Secret("k"), ends_at=in_days(2))
    assert kinds(endings.of_actor(owner)) == [
        (EndKind.SUBSCRIPTION_KEY, in_days(2)),
        (EndKind.SECRET, in_days(9)),
        (EndKind.SECRET, None),
    ]


def test_the_refresh_token_of_a_connection_is_told_to_who_sees_the_connection(owner, profile):
    made = connections.make(owner, profile.id, "Kari")
    now = clock.now()
    Connection.objects.filter(pk=made.id).update(
        has_refresh_token=True, connected_at=now, refresh_ends_at=now + 90 * DAY_S
    )
    assert (EndKind.REFRESH_TOKEN, now + 90 * DAY_S) in kinds(endings.of_actor(owner))
    assert endings.of_actor(person("otto@example.com")) == ()


def test_the_number_of_queries_does_not_grow(owner, django_assert_num_queries):
    for number in range(8):
        made = profiles.create(owner, draft(name=f"Profile {number}"))
        profiles.replace_secret(owner, made.id, Secret(SECRET), ends_at=in_days(number))
    with django_assert_num_queries(3):
        assert len(endings.of_actor(owner)) == 8
