"""Profiles: whose they are, where their credential may go, and what becomes of it."""

import pytest

from console.core.actor import Role
from console.core.api import Api, Expectation
from console.core.call import ApiCall
from console.core.credential import CredentialKind, Secret
from console.core.destination import AcceptedDestination
from console.core.errors import Misconfigured, NotAllowed, NotFound, Stale
from console.core.profile import ProfileDraft
from console.services import apis, calls, client_keys, handover, opening, profiles, tokens
from console.store import acceptance, audit, credentials
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db

TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
CLIENT = "f73ba7f2-5bf9-44b5-b82c-e4b191a80c41"


def draft(**changes):
    values = {
        "name": "Orders client",
        "environment": "test",
        "provider": "entra",
        "settings": {"cloud": "global", "tenant": TENANT},
        "client_id": CLIENT,
        "grant": "client_credentials",
        "scope": f"api://{CLIENT}/.default",
        "api_id": None,
    }
    return ProfileDraft(**{**values, **changes})


def actions():
    return [entry.action for entry in audit.recent()]


@pytest.mark.parametrize(
    "change",
    [
        {"settings": {"cloud": "global", "tenant": "11111111-1111-4111-8111-111111111111"}},
        {"settings": {"cloud": "usgov", "tenant": TENANT}},
        {"provider": "sandbox", "settings": {"tenant": TENANT}},
    ],
)
def test_another_destination_discards_the_credential(change):
    actor = person()
    profile = profiles.create(actor, draft())
    profiles.replace_secret(actor, profile.id, Secret("s8~secret-value"))
    saved, notes = profiles.update(actor, profile.id, draft(**change), expected_version=profile.version)
    assert saved.credential.kind is CredentialKind.NONE
    assert "enter it again" in notes[0]
    assert "credential discarded" in actions()


def test_another_name_or_scope_keeps_the_credential():
    actor = person()
    profile = profiles.create(actor, draft())
    profiles.replace_secret(actor, profile.id, Secret("s8~secret-value"))
    changed = draft(name="New name", scope="api://other/.default")
    saved, notes = profiles.update(actor, profile.id, changed, expected_version=profile.version)
    assert saved.credential.kind is CredentialKind.SECRET
    assert notes == []


def test_a_copy_has_no_credential_and_no_key():
    actor = with_samples()
    original = profiles.list_profiles(actor)[0]
    copy = profiles.duplicate(actor, original.id)
    assert copy.name.startswith("Copy of ")
    assert copy.credential.kind is CredentialKind.NONE
    assert not copy.has_subscription_key


def test_a_strangers_profile_is_not_found_by_any_deed():
    owner, other = person(), person("otto@example.com")
    admin, support = person("ada@example.com", Role.ADMIN), person("sam@example.com", Role.SUPPORT)
    profile = profiles.create(owner, draft())
    deeds = (
        lambda actor: profiles.open_profile(actor, "view", profile.id),
        lambda actor: profiles.update(actor, profile.id, draft(), expected_version=1),
        lambda actor: profiles.duplicate(actor, profile.id),
        lambda actor: profiles.delete(actor, profile.id),
        lambda actor: profiles.replace_secret(actor, profile.id, Secret("x" * 10)),
        lambda actor: profiles.make_certificate(actor, profile.id, days=90),
        lambda actor: client_keys.public_certificate(actor, profile.id),
        lambda actor: tokens.obtain(actor, profile.id),
        lambda actor: calls.send(actor, profile.id, ApiCall("GET", "/")),
    )
    for actor in (other, support, admin):
        for deed in deeds:
            with pytest.raises(NotFound):
                deed(actor)


def test_only_integrators_and_administrators_make_profiles_and_apis():
    support = person("sam@example.com", Role.SUPPORT)
    with pytest.raises(NotAllowed):
        profiles.create(support, draft())
    with pytest.raises(NotAllowed):
        apis.create(support, Api(id="", owner_id=0, name="X", base_url="https://x.example"))


def test_two_tabs_the_second_save_is_told_about_the_first():
    actor = person()
    profile = profiles.create(actor, draft())
    profiles.update(actor, profile.id, draft(name="First"), expected_version=profile.version)
    with pytest.raises(Stale):
        profiles.update(actor, profile.id, draft(name="Second"), expected_version=profile.version)
    assert profiles.open_profile(actor, "view", profile.id).name == "First"


def test_without_a_credential_nothing_is_sent_and_it_is_said_why():
    actor = person()
    profile = profiles.create(actor, draft())
    with pytest.raises(NotAllowed) as refused:
        tokens.obtain(actor, profile.id)
    assert refused.value.what == "This profile has no credential yet."


def test_a_credential_bound_elsewhere_is_not_sent():
    actor = person()
    profile = profiles.create(actor, draft())
    credentials.replace_secret(actor, profile.id, Secret("s8~secret-value"), bound_to="entra elsewhere", now=1)
    with pytest.raises(Misconfigured):
        tokens.obtain(actor, profile.id)


def test_another_api_discards_the_subscription_key():
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.has_subscription_key)
    changed = draft(provider="sandbox", settings={"tenant": profile.settings["tenant"]}, api_id=None)
    saved, notes = profiles.update(actor, profile.id, changed, expected_version=profile.version)
    assert not saved.has_subscription_key
    assert "subscription key" in notes[0]


def test_a_key_entered_for_another_address_of_the_api_is_not_sent():
    actor = person()
    api = apis.create(actor, Api(id="", owner_id=0, name="A", base_url="https://one.example"))
    profile = profiles.create(actor, draft(api_id=api.id))
    profiles.replace_subscription_key(actor, profile.id, Secret("key-123456"))
    assert profiles.subscription_key_for(opening.of_profile(actor, "use", profile.id)) is not None
    moved = Api(id="", owner_id=0, name="A", base_url="https://two.example", expectation=Expectation())
    apis.update(actor, api.id, moved, expected_version=api.version)
    acceptance.accept(actor, profile.id, AcceptedDestination(api.id, moved.destination))
    assert profiles.subscription_key_for(opening.of_profile(actor, "use", profile.id)) is None


def test_what_is_secret_in_a_hand_over_travels_sealed_for_one_person_only():
    actor, other = person(), person("otto@example.com")
    found = handover.read(actor, f"Tenant ID: {TENANT}\nClient secret: s8Q~sealed-secret-value-0123456789abcd\n")
    sealed = handover.seal_found(actor, found)
    assert "sealed-secret" not in sealed
    profile, foreign = profiles.create(actor, draft()), profiles.create(other, draft())
    assert "by hand" in handover.keep_found(other, foreign.id, sealed)[0]
    assert handover.keep_found(actor, profile.id, sealed) == ["Stored with it: client secret."]
    assert profiles.open_profile(actor, "view", profile.id).credential.kind is CredentialKind.SECRET


def test_the_public_certificate_has_no_private_part():
    actor = person()
    profile = profiles.create(actor, draft())
    profiles.make_certificate(actor, profile.id, days=90)
    der = client_keys.public_certificate(actor, profile.id)
    assert der[:1] == b"\x30"
    assert b"PRIVATE" not in der
    with pytest.raises(NotFound):
        client_keys.public_certificate(actor, profiles.create(actor, draft()).id)
