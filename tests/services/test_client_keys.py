"""Signing keys and federated assertions: kept sealed, bound to their destination, replaced, removed, never shown."""

import json
from dataclasses import replace

import pytest

from console.core.credential import (
    AssertionFacts,
    AssertionFile,
    CredentialKind,
    FederatedAssertion,
    Secret,
    SigningKey,
)
from console.core.errors import NotAllowed, NotFound
from console.core.profile import ProfileDraft
from console.models import AuditEntry, StoredCredential
from console.services import client_keys, opening, profiles, shown_destination, token_credentials
from console.services.shown_destination import Elsewhere
from console.store import credentials
from tests.adapters.test_keyfiles import EC_KEY, KEY_PEM, _key_pem
from tests.services.builders import person
from tests.services.test_profiles import draft

pytestmark = pytest.mark.django_db
TEXT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2s4cyIsInN1YiI6IngiLCJleHAiOjE5MDAwMDAwMDB9.c2lnbmF0dXJl"


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def profile(actor):
    return profiles.create(actor, draft())


def kept(actor, profile):
    return profiles.open_profile(actor, "view", profile.id).credential


def test_a_key_that_is_made_here_opens_again_and_shows_its_facts(actor, profile):
    summary = client_keys.make_key(actor, profile.id, alg="ES256", kid="mine", ends_at=1_900_000_000)
    assert (summary.kind, summary.key.kid, summary.key.alg) == (CredentialKind.KEY, "mine", "ES256")
    assert summary.ends_at == 1_900_000_000
    assert summary.bound_to == profiles.destination_of(profile)
    assert kept(actor, profile) == summary
    opened = credentials.load(actor, profile.id)
    assert isinstance(opened, SigningKey)
    assert opened.facts == summary.key


def test_an_uploaded_key_is_sealed(actor, profile):
    client_keys.upload_key(actor, profile.id, KEY_PEM, None)
    row = StoredCredential.objects.get(profile_id=profile.id)
    whole = json.dumps({name: str(value) for name, value in vars(row).items()})
    body = KEY_PEM.decode().splitlines()[5]
    assert "PRIVATE KEY" not in whole and body not in whole
    assert credentials.load(actor, profile.id).private_key_pem == Secret(KEY_PEM.decode())


def test_a_key_file_that_is_none_leaves_what_was_there(actor, profile):
    client_keys.make_key(actor, profile.id, alg="ES256")
    before = kept(actor, profile)
    problem = client_keys.upload_key(actor, profile.id, b"no key", None)
    assert problem.code == "not_a_key_file"
    assert kept(actor, profile) == before


def test_the_public_half_is_given_to_register_and_nothing_private_with_it(actor, profile):
    with pytest.raises(NotFound):
        client_keys.public_key_set(actor, profile.id)
    client_keys.upload_key(actor, profile.id, _key_pem(EC_KEY), None, kid="k1")
    (key,) = client_keys.public_key_set(actor, profile.id)["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use"}
    profiles.make_certificate(actor, profile.id, days=30)
    (key,) = client_keys.public_key_set(actor, profile.id)["keys"]
    assert set(key) == {"kty", "n", "e", "kid", "use", "x5c"}


def test_a_pasted_assertion_tells_who_made_it_and_until_when(actor, profile):
    summary = client_keys.keep_assertion(actor, profile.id, Secret(TEXT))
    expected = AssertionFacts(issuer="https://k8s", subject="x", alg="RS256", ends_at=1_900_000_000)
    assert (summary.kind, summary.assertion, summary.ends_at) == (CredentialKind.ASSERTION, expected, 1_900_000_000)
    assert credentials.load(actor, profile.id) == FederatedAssertion(Secret(TEXT))
    assert TEXT not in StoredCredential.objects.get(profile_id=profile.id).sealed


def test_an_assertion_in_a_file_is_read_when_it_is_used(actor, profile, settings, tmp_path):
    file = tmp_path / "token"
    settings.CONSOLE_ASSERTION_FOLDERS = [f"{tmp_path}=https://login.microsoftonline.com"]
    client_keys.keep_assertion_file(actor, profile.id, str(file))
    assert credentials.load(actor, profile.id) == AssertionFile(str(file))
    opened = opening.of_profile(actor, "use", profile.id)
    with pytest.raises(NotAllowed, match="could not be read"):
        token_credentials.usable(opened, is_needed=True)
    for text in (TEXT, f"{TEXT}2"):
        file.write_text(text)
        assert token_credentials.usable(opened, is_needed=True) == FederatedAssertion(Secret(text))


def test_a_folder_that_is_no_longer_allowed_is_no_longer_read(actor, profile, settings, tmp_path):
    settings.CONSOLE_ASSERTION_FOLDERS = [f"{tmp_path}=https://login.microsoftonline.com"]
    (tmp_path / "token").write_text(TEXT)
    client_keys.keep_assertion_file(actor, profile.id, str(tmp_path / "token"))
    settings.CONSOLE_ASSERTION_FOLDERS = []
    with pytest.raises(NotAllowed, match="No assertion is read from files here"):
        token_credentials.usable(opening.of_profile(actor, "use", profile.id), is_needed=True)


@pytest.mark.parametrize("where", ["https://login.microsoftonline.us", "https://login.microsoftonline.com:8443", ""])
def test_a_folder_that_is_for_another_provider_is_not_read_for_this_one(actor, profile, settings, tmp_path, where):
    (tmp_path / "token").write_text(TEXT)
    settings.CONSOLE_ASSERTION_FOLDERS = [f"{tmp_path}={where}" if where else str(tmp_path)]
    problem = client_keys.keep_assertion_file(actor, profile.id, str(tmp_path / "token"))
    assert problem.what == "No assertion is read from files here."


@pytest.mark.parametrize("name", ["pushed_authorization_request_endpoint", "introspection_endpoint"])
def test_no_file_is_read_for_a_provider_whose_clients_prove_themselves_elsewhere_too(actor, settings, tmp_path, name):
    """The token of this machine's workload would go there with the first request that is pushed, or asked about."""
    (tmp_path / "token").write_text(TEXT)
    settings.CONSOLE_ASSERTION_FOLDERS = [f"{tmp_path}=https://login.example"]
    there = {"issuer": "https://login.example", "token_endpoint": "https://login.example/token"}
    honest_draft = ProfileDraft(
        name="x", environment="", provider="generic", settings={"environment": "outside", **there}, client_id="c",
        grant="client_credentials", scope="", api_id=None,
    )  # fmt: skip
    honest = profiles.create(actor, honest_draft)
    client_keys.keep_assertion_file(actor, honest.id, str(tmp_path / "token"))
    assert credentials.load(actor, honest.id) == AssertionFile(str(tmp_path / "token"))
    elsewhere = {**honest_draft.settings, name: "https://attacker.example/x", "accepted_host": "attacker.example"}
    sly = profiles.create(actor, replace(honest_draft, settings=elsewhere))
    problem = client_keys.keep_assertion_file(actor, sly.id, str(tmp_path / "token"))
    assert problem.what == "No assertion is read from files here."
    both = [f"{tmp_path}=https://login.example", f"{tmp_path}=https://attacker.example"]
    settings.CONSOLE_ASSERTION_FOLDERS = both
    assert not hasattr(client_keys.keep_assertion_file(actor, sly.id, str(tmp_path / "token")), "what")


def test_a_file_outside_is_not_even_stored(actor, profile, settings, tmp_path):
    settings.CONSOLE_ASSERTION_FOLDERS = [f"{tmp_path}=https://login.microsoftonline.com"]
    problem = client_keys.keep_assertion_file(actor, profile.id, f"{tmp_path}/../etc/passwd")
    assert problem.what == "This file is not read."
    assert kept(actor, profile).kind is CredentialKind.NONE


KEEPERS = {
    "make": lambda actor, id_, seen: client_keys.make_key(actor, id_, alg="ES256", seen=seen),
    "upload": lambda actor, id_, seen: client_keys.upload_key(actor, id_, KEY_PEM, None, seen=seen),
    "assertion": lambda actor, id_, seen: client_keys.keep_assertion(actor, id_, Secret(TEXT), seen=seen),
}


@pytest.mark.parametrize("keep", KEEPERS.values(), ids=KEEPERS)
def test_each_is_for_the_destination_that_was_shown_and_goes_with_it(actor, profile, keep):
    with pytest.raises(Elsewhere):
        keep(actor, profile.id, "0" * 32)
    keep(actor, profile.id, shown_destination.digest(profile.id, profiles.destination_of(profile)))
    assert kept(actor, profile).bound_to == profiles.destination_of(profile)
    other = {**profile.settings, "tenant": "11111111-2222-4333-8444-555555555555"}
    changed = replace(profiles.draft_of(profile), settings=other)
    profiles.update(actor, profile.id, changed, expected_version=profile.version)
    assert kept(actor, profile).kind is CredentialKind.NONE


@pytest.mark.parametrize("keep", KEEPERS.values(), ids=KEEPERS)
def test_each_replaces_what_was_there_is_removed_and_is_in_the_audit_trail(actor, profile, keep):
    profiles.replace_secret(actor, profile.id, Secret("a secret before"))
    keep(actor, profile.id, None)
    assert kept(actor, profile).version == 2
    profiles.discard_credential(actor, profile.id)
    assert (kept(actor, profile).kind, kept(actor, profile).version) == (CredentialKind.NONE, 3)
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))[-2:]
    assert actions[0] in ("signing key replaced", "federated assertion replaced")
    assert actions[1] == "credential discarded"


@pytest.mark.parametrize("keep", KEEPERS.values(), ids=KEEPERS)
def test_nobody_else_gives_a_profile_its_key(actor, profile, keep):
    with pytest.raises(NotFound):
        keep(person("eve@example.com"), profile.id, None)
