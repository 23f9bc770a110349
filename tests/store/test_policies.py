"""What is kept with the policy of an Api: sealed, rotated with the key ring, and for the right people alone."""

import pytest

from console.core.actor import Role
from console.core.errors import NotFound
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.described_call import DescribedCall, KeyUse, rule_of
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings
from console.core.policy.keep.samples import Sample
from console.models import PolicySample as SampleRow
from console.models import PolicySettings as SettingsRow
from console.store import apis, keysets, policies, vault
from tests.store import builders

pytestmark = pytest.mark.django_db

SECRET = KeptValue("named-value", "key", "canary-kept-secret", is_secret=True)
PLAIN = KeptValue("expression", '@(context.Variables["x"])', f"plain {builders.ODD}")
KEPT = PolicySettings((SECRET, PLAIN), {"audience-slash": "strict"})


def a_sample(**changes):
    request = GatewayRequest(
        "GET", "https://api.example/x", (("Authorization", "Bearer eyJa.eyJiIjoxfQ.c2ln"),), "1.2.3.4"
    )
    values = {
        "id": builders.new_id(), "name": builders.ODD, "request": request,
        "rule": rule_of(DescribedCall(key=KeyUse.VALID)),
        "expects": Verdict.REJECT, "reason": "TokenExpired", "judged_at": builders.NOW, "is_verified": True,
    }  # fmt: skip
    return Sample(**{**values, **changes})


@pytest.fixture
def owner():
    return builders.person("owner", Role.INTEGRATOR)


@pytest.fixture
def api(owner):
    return builders.api(owner)


def test_settings_come_back_as_they_were_and_are_empty_before(owner, api):
    assert policies.settings(owner, api.id) == PolicySettings()
    policies.put_settings(owner, api.id, KEPT)
    assert policies.settings(owner, api.id) == KEPT
    policies.put_settings(owner, api.id, PolicySettings())
    assert policies.settings(owner, api.id) == PolicySettings()
    assert SettingsRow.objects.get().sealed == ""


def test_values_and_samples_are_sealed_and_bound_to_their_rows(owner, api):
    policies.put_settings(owner, api.id, KEPT)
    sample = a_sample()
    policies.add_sample(owner, api.id, sample, now=builders.NOW)
    stored = f"{vars(SettingsRow.objects.get())} {vars(SampleRow.objects.get())}"
    assert "canary-kept-secret" not in stored
    assert "eyJiIjoxfQ" not in stored
    row = SettingsRow.objects.get()
    opened = vault.open_sealed(row.sealed, row=policies.settings_name(api.id), beside=policies.beside(row))
    assert b"canary-kept-secret" in opened
    row = SampleRow.objects.get()
    assert vault.open_sealed(row.sealed, row=policies.sample_name(sample.id), beside=policies.beside_sample(row))


def test_a_sample_comes_back_as_it_was_is_changed_and_deleted(owner, api):
    sample = a_sample()
    policies.add_sample(owner, api.id, sample, now=builders.NOW)
    assert policies.samples(owner, api.id) == [sample]
    assert policies.sample(owner, api.id, sample.id) == sample
    policies.change_sample(owner, api.id, sample.id, name="n", expects=Verdict.ALLOW, reason="")
    after = policies.sample(owner, api.id, sample.id)
    assert (after.name, after.expects, after.reason, after.request) == ("n", Verdict.ALLOW, "", sample.request)
    policies.delete_sample(owner, api.id, sample.id)
    assert policies.samples(owner, api.id) == []


def test_others_see_the_table_of_a_published_api_and_change_nothing(owner, api):
    other, admin = builders.person("other", Role.INTEGRATOR), builders.person("admin", Role.ADMIN)
    sample = a_sample()
    policies.add_sample(owner, api.id, sample, now=builders.NOW)
    for refused in (
        lambda: policies.settings(other, api.id),
        lambda: policies.samples(other, api.id),
        lambda: policies.sample(other, api.id, sample.id),
    ):
        with pytest.raises(NotFound):
            refused()
    builders.publish(admin, api.id)
    assert policies.samples(other, api.id) == [sample]
    for refused in (
        lambda: policies.put_settings(other, api.id, KEPT),
        lambda: policies.add_sample(other, api.id, a_sample(), now=1),
        lambda: policies.change_sample(other, api.id, sample.id, name="n", expects=Verdict.ALLOW, reason=""),
        lambda: policies.delete_sample(other, api.id, sample.id),
    ):
        with pytest.raises(NotFound):
            refused()
    policies.delete_sample(admin, api.id, sample.id)


def test_a_row_of_another_api_is_not_found(owner, api):
    sample, elsewhere = a_sample(), builders.api(owner)
    policies.add_sample(owner, api.id, sample, now=builders.NOW)
    with pytest.raises(NotFound):
        policies.sample(owner, elsewhere.id, sample.id)


def test_values_and_rows_go_with_their_api(owner, api):
    policies.put_settings(owner, api.id, KEPT)
    policies.add_sample(owner, api.id, a_sample(), now=builders.NOW)
    apis.delete(owner, api.id)
    assert (SettingsRow.objects.count(), SampleRow.objects.count()) == (0, 0)


def test_the_issuer_is_kept_with_the_keys_and_empty_for_older_rows():
    keysets.put(
        "https://idp.example/m", text="{}", source="https://idp.example/k", now=1, issuer="https://idp.example/\x00"
    )
    assert keysets.get("https://idp.example/m").issuer == "https://idp.example/\x00"
    keysets.put("https://old.example/m", text="{}", source="s", now=1)
    assert keysets.get("https://old.example/m").issuer == ""
