"""What is sealed opens only beside the plain columns that it was sealed with."""

from dataclasses import replace

import pytest

from console.core.authorization import AuthorizationParts, AuthorizationStage, PersonAuthorization
from console.core.collections.collection import Collection
from console.core.connection import Connection, ConnectionStatus
from console.core.credential import Secret
from console.core.errors import Misconfigured
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings
from console.core.policy.keep.samples import Sample
from console.models import Api as ApiRow
from console.models import Connection as ConnectionRow
from console.models import PendingAuthorization as AuthorizationRow
from console.models import PolicySample as SampleRow
from console.models import PolicySettings as SettingsRow
from console.models import Run as RunRow
from console.store import authorizations, collections, connections, login_links, policies, profiles, rotation, runs
from console.store.runs import RunRecord
from tests.store import builders

pytestmark = pytest.mark.django_db
VALUES = PolicySettings((KeptValue("named-value", "key", "canary-kept-secret", is_secret=True),), {"a": "strict"})

# What they are bound to, by name; and what decides neither where a secret goes nor what is done with it.
BOUND = {
    ConnectionRow: {"profile", "bound_to"},
    SettingsRow: {"api", "switches"},
    RunRow: {"kind", "attempt", "profile", "connection", "authorization", "collection"},
    AuthorizationRow: {"connection", "link", "person"},
    SampleRow: {"api", "judged_at", "is_verified"},
}
TELLS_ONLY = {
    ConnectionRow: {
        "name", "status", "problem", "identity", "named", "events", "scope", "has_refresh_token", "connected_at",
        "refreshed_at", "token_ends_at", "refresh_ends_at", "doubt_since", "created_at",
    },
    SettingsRow: {"ends", "ends_at"},
    RunRow: {"state", "is_done", "not_before", "is_stopping", "version", "created_at"},
    AuthorizationRow: {"attempt", "stage", "answer_hash", "problem", "version", "made_at", "expires_at"},
    SampleRow: {"name", "expected_verdict", "expected_reason", "created_at"},
}  # fmt: skip
# Rights, as in every table: not bound. Hashes are made by nobody without the key ring; a copied one is tried below.
WHO_MAY = {ConnectionRow: {"owner"}, RunRow: {"owner"}, AuthorizationRow: {"state_hash", "browser_hash"}}


@pytest.fixture
def owner():
    return builders.person("owner")


@pytest.fixture
def kept(owner):
    """A connection with its refresh token, and the id of another profile."""
    first, second = builders.profile(owner), builders.profile(owner)
    made = Connection(
        builders.new_id(), first.id, owner.user_id, "Mira", ConnectionStatus.CONNECTED, builders.NOW,
        bound_to="entra client https://idp.example",
    )  # fmt: skip
    made = connections.create(owner, made, now=builders.NOW)
    tokens = connections.KeptTokens(Secret("canary-refresh-token"))
    return connections.save(owner, "use", made, tokens=tokens), second.id


def test_every_column_is_bound_or_said_why_not():
    for model, bound in BOUND.items():
        columns = {field.name for field in model._meta.fields if not field.primary_key} - {"sealed"}
        assert columns == bound | TELLS_ONLY[model] | WHO_MAY.get(model, set()), model


def test_a_connection_that_nobody_touched_opens(owner, kept):
    found = connections.open_tokens(connections.kept(owner, kept[0].id))
    assert found.refresh_token.reveal() == "canary-refresh-token"


@pytest.mark.parametrize("column", sorted(BOUND[ConnectionRow]))
def test_the_refresh_token_of_a_changed_connection_stays_shut(owner, kept, column):
    connection, other_profile = kept
    changes = {"profile_id": other_profile} if column == "profile" else {column: "entra client https://evil.example"}
    assert ConnectionRow.objects.filter(pk=connection.id).update(**changes) == 1
    with pytest.raises(Misconfigured):
        connections.open_tokens(connections.kept(owner, connection.id))


def test_the_refresh_token_of_one_connection_opens_in_no_other(owner, kept):
    connection, _ = kept
    text = ConnectionRow.objects.get(pk=connection.id).sealed
    second = Connection(
        builders.new_id(), connection.profile_id, owner.user_id, "Mallory", ConnectionStatus.CONNECTED, builders.NOW,
        bound_to=connection.bound_to,
    )  # fmt: skip
    second = connections.create(owner, second, now=builders.NOW)
    ConnectionRow.objects.filter(pk=second.id).update(sealed=text)
    with pytest.raises(Misconfigured):
        connections.open_tokens(connections.kept(owner, second.id))


def _other_text(api, other):
    ApiRow.objects.filter(pk=api.id).update(policy="<policies>to somewhere else</policies>")
    return api


def _other_switches(api, other):
    SettingsRow.objects.filter(api_id=api.id).update(switches='{"a": "loose"}')
    return api


def _other_api(api, other):
    SettingsRow.objects.filter(api_id=api.id).update(api_id=other.id)
    return other


@pytest.mark.parametrize("change", [_other_text, _other_switches, _other_api])
def test_the_values_of_a_changed_policy_stay_shut(owner, change):
    api, other = builders.api(owner), builders.api(owner)
    policies.put_settings(owner, api.id, VALUES)
    assert policies.settings(owner, api.id) == VALUES
    changed = change(api, other)
    with pytest.raises(Misconfigured):
        policies.settings(owner, changed.id)


def login_link(owner, connection_id):
    token = Secret("login-link")
    times = {"now": builders.NOW, "until": builders.NOW + 600}
    login_links.create(owner, connection_id, id=(made := builders.new_id()), token=token, meant_for="", **times)
    return made


BEGUN = AuthorizationParts(url="https://idp.example/authorize", keep={"verifier": "canary-verifier"})


@pytest.fixture
def begun(owner, kept):
    """A sign-in on its way for the connection, and its state and browser."""
    state, browser = Secret("state"), Secret("browser")
    made = PersonAuthorization(
        builders.new_id(), kept[0].id, None, owner.user_id, AuthorizationStage.SENT, builders.NOW, builders.NOW + 600,
        parts=BEGUN,
    )  # fmt: skip
    authorizations.create(made, state=state, browser=browser)
    return made, browser


def test_a_sign_in_that_nobody_touched_opens(begun):
    made, browser = begun
    assert authorizations.get(made.id, browser).parts == BEGUN


@pytest.mark.parametrize("column", sorted(BOUND[AuthorizationRow]))
def test_a_sign_in_for_another_connection_or_person_stays_shut(owner, kept, begun, column):
    made, browser = begun
    mallory = builders.person("mallory")
    theirs = replace(kept[0], id=builders.new_id(), owner_id=mallory.user_id, name="Mallory")
    others = {
        "connection": lambda: connections.create(mallory, theirs, now=builders.NOW).id,
        "link": lambda: login_link(owner, kept[0].id),
        "person": lambda: mallory.user_id,
    }
    assert AuthorizationRow.objects.filter(pk=made.id).update(**{f"{column}_id": others[column]()}) == 1
    with pytest.raises(Misconfigured):
        authorizations.get(made.id, browser)


def test_a_browser_that_began_one_sign_in_is_not_the_browser_of_another(kept, begun):
    made, browser = begun
    other = replace(made, id=builders.new_id())
    authorizations.create(other, state=Secret("other state"), browser=Secret("other browser"))
    copied = AuthorizationRow.objects.get(pk=made.id).browser_hash
    AuthorizationRow.objects.filter(pk=other.id).update(browser_hash=copied)
    assert authorizations.get(other.id, browser) is None


def collection(owner, profile_id):
    made = Collection(builders.new_id(), profile_id, "Orders")
    collections.create(owner, made)
    return made.id


KEPT = {"url": "https://api.example/operations/1"}


@pytest.fixture
def run(owner):
    """A run about everything that one can be about."""
    profile = builders.profile(owner)
    made = RunRecord(builders.new_id(), "operation", None, profile.id, "running", False, builders.NOW, KEPT)
    return runs.create(owner, made, now=builders.NOW)


def test_a_run_that_nobody_touched_opens(owner, run):
    assert runs.get(owner, run.id).value.kept == KEPT


@pytest.mark.parametrize("column", sorted(BOUND[RunRow]))
def test_a_run_that_is_about_something_else_stays_shut(owner, run, kept, begun, column):
    others = {
        "kind": lambda: "collection",
        "attempt": lambda: builders.attempt(owner).id,
        "profile": lambda: builders.profile(owner).id,
        "connection": lambda: kept[0].id,
        "authorization": lambda: begun[0].id,
        "collection": lambda: collection(owner, run.profile_id),
    }
    change = {column if column == "kind" else f"{column}_id": others[column]()}
    assert RunRow.objects.filter(pk=run.id).update(**change) == 1
    with pytest.raises(Misconfigured):
        runs.get(owner, run.id)


def test_a_run_whose_profile_was_deleted_has_nothing_left_to_do_and_rotation_forgets_it(owner, run):
    profiles.delete(owner, run.profile_id)
    assert runs.get(owner, run.id).value.kept == {}
    assert rotation.rotate().unreadable == []
    assert RunRow.objects.get(pk=run.id).sealed == ""


SAMPLE = Sample(builders.new_id(), "row", GatewayRequest("GET", "url"), None, Verdict.ALLOW, "", builders.NOW, False)


@pytest.mark.parametrize("column", sorted(BOUND[SampleRow]))
def test_a_sample_of_another_api_or_moment_stays_shut(owner, column):
    api, other = builders.api(owner), builders.api(owner)
    policies.add_sample(owner, api.id, SAMPLE, now=builders.NOW)
    assert policies.samples(owner, api.id) == [SAMPLE]
    changes = {"api": {"api_id": other.id}, "judged_at": {"judged_at": 1}, "is_verified": {"is_verified": True}}
    assert SampleRow.objects.filter(pk=SAMPLE.id).update(**changes[column]) == 1
    with pytest.raises(Misconfigured):
        policies.samples(owner, other.id if column == "api" else api.id)
