"""What is kept with the policy of an Api: sealed values, switches, and sample tokens without their signatures."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from console.core.actor import Actor, Right, Role
from console.core.api import Api
from console.core.held import Held
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.certificate_ends import certificate_ends
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings
from console.core.policy.keep.samples import Sample
from console.core.policy.policies.subscription_key import SubscriptionRule
from console.models import Api as ApiRow
from console.models import PolicySample as SampleRow
from console.models import PolicySettings as SettingsRow
from console.store import apis, json_text, rows, vault
from console.store.composed import Composed
from console.store.visibility import held, held_by, visible_to

Call = tuple[GatewayRequest, SubscriptionRule | None]


def settings_name(api_id: object) -> str:
    """What the vault binds the values of an Api's policy to."""
    return f"api|{api_id}|policy_values"


def beside(row: SettingsRow) -> vault.Beside:
    """What the values of a policy are bound to beside their Api: its text, which says where they go, and switches."""
    return (row.api.policy, row.switches)


def sample_name(sample_id: object) -> str:
    """What the vault binds a sample to."""
    return f"policy_sample|{sample_id}|call"


def beside_sample(row: SampleRow) -> vault.Beside:
    """What a sample is bound to beside its row: whose call it is, and when and how it was judged."""
    return (str(row.api_id), row.judged_at, row.is_verified)


def settings(actor: Actor, api_id: str) -> PolicySettings:
    """Nothing kept gives empty settings; raises NotFound for an Api the actor may not use."""
    return settings_of(_api(actor, "use", api_id))


def settings_of(api: ApiRow) -> PolicySettings:
    """Those of an Api that came with them, which the actor may use."""
    row: SettingsRow | None = getattr(api, "policy_settings", None)
    if row is None:
        return PolicySettings()
    values: tuple[KeptValue, ...] = ()
    if row.sealed:
        text = vault.open_sealed(row.sealed, row=settings_name(api.pk), beside=beside(row)).decode()
        values = json_text.load(text, tuple[KeptValue, ...])
    return PolicySettings(values, json_text.load(row.switches, dict[str, str]))


def save(actor: Actor, api: Api, kept: PolicySettings, *, expected_version: int, now: int) -> Api:
    """The Api's text and what is kept with it, both or neither; raises Stale as `apis.update` does."""
    with transaction.atomic():
        saved = apis.update(actor, api.id, api, expected_version=expected_version, now=now)
        put_settings(actor, api.id, kept)
    return saved


def put_settings(actor: Actor, api_id: str, kept: PolicySettings) -> None:
    """Keeps these settings instead of the ones before."""
    with transaction.atomic():
        api = _api(actor, "manage", api_id)
        text, switches = json_text.dump(kept.values).encode(), json_text.dump(kept.switches)
        bound = beside(SettingsRow(api=api, switches=switches))
        sealed = vault.seal(text, row=settings_name(api.pk), beside=bound) if kept.values else ""
        ends = certificate_ends(kept.values)
        told = {"ends": json_text.dump(ends), "ends_at": min(ends.values(), default=None)}
        columns = {"sealed": sealed, "switches": switches, **told}
        SettingsRow.objects.update_or_create(api=api, defaults=columns)


@dataclass(frozen=True, slots=True)
class PolicyEnds:
    """When the certificates of a policy end, by their id; `saved_at` is when its Api was saved last. Epoch seconds."""

    api_id: str
    name: str
    saved_at: int
    ends: Mapping[str, int]
    held: Held[str]


def list_ending(actor: Actor) -> list[PolicyEnds]:
    """Of the Apis that are the actor's, or shared with them to manage: an administrator keeps not all. One query."""
    keeper = replace(actor, roles=actor.roles - {Role.ADMIN})
    found = held_by(ApiRow, keeper, "manage").filter(policy_settings__ends_at__isnull=False)
    return [
        PolicyEnds(
            str(row.pk),
            row.name,
            row.changed_at,
            json_text.load(row.policy_settings.ends, dict[str, int]),
            held(row, row.name, keeper),
        )
        for row in found.select_related("policy_settings").order_by("name", "id")
    ]


def samples(actor: Actor, api_id: str) -> list[Sample]:
    """Oldest first."""
    found = visible_to(SampleRow, actor, "use").filter(api=_api(actor, "use", api_id))
    return [_to_core(row) for row in found.order_by("created_at", "id")]


def sample(actor: Actor, api_id: str, sample_id: str, right: Right = "use") -> Sample:
    """Raises NotFound."""
    return _to_core(_row(actor, right, api_id, sample_id))


def add_sample(actor: Actor, api_id: str, sample: Sample, *, now: int) -> None:
    """Keeps a new row of the table."""
    api = _api(actor, "manage", api_id)
    call: Call = (sample.request, sample.rule)
    row = SampleRow(
        id=uuid.UUID(sample.id),
        api=api,
        judged_at=sample.judged_at,
        is_verified=sample.is_verified,
        created_at=now,
        **_expected(sample.name, sample.expects, sample.reason),
    )
    row.sealed = vault.seal(json_text.dump(call).encode(), row=sample_name(row.pk), beside=beside_sample(row))
    row.save(force_insert=True)


def change_sample(actor: Actor, api_id: str, sample_id: str, *, name: str, expects: Verdict, reason: str) -> None:
    """Renames a row and changes what is expected of it."""
    row = _row(actor, "manage", api_id, sample_id)
    for column, value in _expected(name, expects, reason).items():
        setattr(row, column, value)
    row.save(update_fields=list(_expected(name, expects, reason)))


def delete_sample(actor: Actor, api_id: str, sample_id: str) -> None:
    _row(actor, "manage", api_id, sample_id).delete()


def _expected(name: str, expects: Verdict, reason: str) -> dict[str, str]:
    return {"name": json_text.dump(name), "expected_verdict": expects.value, "expected_reason": reason}


def _api(actor: Actor, right: Right, api_id: str) -> ApiRow:
    return rows.opened(_WITH_SETTINGS, ApiRow, actor, right, api_id, what="API")


_WITH_SETTINGS = Composed(
    lambda actor, right, key: visible_to(ApiRow, actor, right).filter(pk=key).select_related("policy_settings")
)


def _row(actor: Actor, right: Right, api_id: str, sample_id: str) -> SampleRow:
    api = _api(actor, right, api_id)
    return rows.one(visible_to(SampleRow, actor, right).filter(api=api), sample_id, what="row of the table")


def _to_core(row: SampleRow) -> Sample:
    text = vault.open_sealed(row.sealed, row=sample_name(row.pk), beside=beside_sample(row)).decode()
    request, rule = json_text.load(text, tuple[GatewayRequest, SubscriptionRule | None])
    return Sample(
        id=str(row.pk),
        name=json_text.load(row.name, str),
        request=request,
        rule=rule,
        expects=Verdict(row.expected_verdict),
        reason=row.expected_reason,
        judged_at=row.judged_at,
        is_verified=row.is_verified,
    )
