"""Connections and values of policies open only beside the plain columns that they were sealed with."""

import pytest

from console.core.connection import Connection, ConnectionStatus
from console.core.credential import Secret
from console.core.errors import Misconfigured
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings
from console.models import Api as ApiRow
from console.models import Connection as ConnectionRow
from console.models import PolicySettings as SettingsRow
from console.store import connections, policies
from tests.store import builders

pytestmark = pytest.mark.django_db
VALUES = PolicySettings((KeptValue("named-value", "key", "canary-kept-secret", is_secret=True),), {"a": "strict"})

# What they are bound to, by name; and what decides neither where a secret goes nor what is done with it.
BOUND = {ConnectionRow: {"profile", "bound_to"}, SettingsRow: {"api", "switches"}}
TELLS_ONLY = {
    ConnectionRow: {
        "name", "status", "problem", "identity", "named", "events", "scope", "has_refresh_token", "connected_at",
        "refreshed_at", "token_ends_at", "refresh_ends_at", "doubt_since", "created_at",
    },
    SettingsRow: {"ends", "ends_at"},
}  # fmt: skip
WHO_MAY = {ConnectionRow: {"owner"}, SettingsRow: set()}  # rights, as in every table: not bound


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
        assert columns == bound | TELLS_ONLY[model] | WHO_MAY[model], model


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
