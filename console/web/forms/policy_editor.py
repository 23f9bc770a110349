"""The policy editor whole: its fixed fields, and those that follow from the policy that is in it."""

import hashlib
from dataclasses import dataclass

from django.http import QueryDict

from console.core.actor import Actor
from console.core.credential import Secret
from console.core.json.text import visible
from console.core.policy.keep.policy_settings import KeptValue, as_values, merged
from console.core.policy.keep.policy_text import PolicyText
from console.core.policy.text.values import OpenValue
from console.core.tokens.parse import parse
from console.services import api_policies, policies
from console.services.api_policies import ApiPolicy
from console.services.policies import Question
from console.web.forms.policies import PolicyForm
from console.web.forms.policy_values import MetadataForm, OpenValuesForm, SwitchesForm

MAX_NESTED = 4  # fragments in fragments whose fields appear in one answer


@dataclass(frozen=True, slots=True)
class Editor:
    """`policy` is what stands in it, `opened` the Api whose policy it is; None for any policy."""

    actor: Actor
    policy: PolicyText
    form: PolicyForm
    values: OpenValuesForm
    metadata: MetadataForm
    switches: SwitchesForm
    opened: ApiPolicy | None
    data: QueryDict | None

    @property
    def can_save(self) -> bool:
        return self.opened is not None and self.opened.can_manage

    @property
    def is_valid(self) -> bool:
        # Each is asked, so that the errors of all are told at once.
        are_valid = [form.is_valid() for form in (self.form, self.values, self.metadata, self.switches)]
        return all(are_valid)

    @property
    def fields_key(self) -> str:
        """The same as long as the fields that follow from the policy are the same."""
        return _fields_key(self.values, self.metadata)

    @property
    def has_new_fields(self) -> bool:
        """Whether the page that sent this form lacks a field, or has one too many."""
        known = self.data.get("known_fields", "") if self.data is not None else ""
        return str(known) != self.fields_key

    def question(self) -> Question:
        """What was asked; raises NotFound for a profile or sample that is not there."""
        data = self.form.cleaned_data
        opened, token, sample = self.opened, data["token"], None
        withheld: tuple[str, ...] = ()
        typed = self.values.typed()
        hidden = (*(opened.hidden if opened else ()), *(Secret(one.text) for one in typed if one.is_secret))
        kind, _, id_ = data["token_from"].partition(":")
        if kind == "profile":
            used = policies.token_of(self.actor, id_)
            token, withheld, hidden = used.secret.reveal(), used.withheld, (*hidden, used.secret)
        elif kind == "sample" and opened and self.can_save:
            sample = api_policies.sample(self.actor, opened.api.id, id_)
        elif kind == "call":
            sample = api_policies.past_call(self.actor, id_)
        return Question(
            policy=self.policy,
            token=token,
            call=self.form.described(key_header=opened.api.subscription_key_header if opened else _KEY_HEADER),
            values=_all_values(opened, self.policy.text, self.values),
            switches=self.switches.chosen(),
            given=self.metadata.given(),
            now=data["moment"],
            hidden=hidden,
            withheld=withheld,
            sample=sample,
            is_past_call=kind == "call",
        )


_KEY_HEADER = "Ocp-Apim-Subscription-Key"


def editor(
    actor: Actor, data: QueryDict | None, *, opened: ApiPolicy | None = None, initial: dict[str, str] | None = None
) -> Editor:
    """The editor for what was sent, or a fresh one with the Api's policy in it."""
    begun_with = {**_of_api(opened), **(initial or {})}
    wanted = str((data if data is not None else begun_with).get("token_from", ""))
    form = PolicyForm(data, initial=begun_with, sources=_sources(actor, opened, wanted))
    policy = policies.opened(str(form["policy"].value() or ""))
    kept = opened.settings.values if opened and opened.can_manage else ()
    can_keep = opened is not None and opened.can_manage
    values = OpenValuesForm(data, open_values=_open_values(policy, data, kept), kept=kept, can_keep=can_keep)
    typed = values.typed() if data is not None and values.is_valid() else ()
    known = merged(kept, typed)
    tenant = parse(str(form["token"].value() or "")[:100_000]).text_claim("tid") or ""
    addresses = policy.metadata_addresses(as_values(known), tenant=tenant)
    secrets = [Secret(value.text) for value in known if value.is_secret]
    metadata = MetadataForm(data, addresses=addresses, hidden=secrets)
    switches = SwitchesForm(data, chosen=opened.settings.switches if opened else {})
    return Editor(actor, policy, form, values, metadata, switches, opened, data)


def changed(old: Editor, opened: ApiPolicy | None, **fields: str) -> Editor:
    """The same editor with other contents in these fields; everything else that was typed stays."""
    data = old.data.copy() if old.data is not None else QueryDict(mutable=True)
    for name, text in fields.items():
        data[name] = text
    return editor(old.actor, data, opened=opened)


def _open_values(policy: PolicyText, data: QueryDict | None, kept: tuple[KeptValue, ...]) -> tuple[OpenValue, ...]:
    """What the text leaves open, and what the fragments that are kept or were typed for it leave open."""
    fragments: tuple[KeptValue, ...] = tuple(value for value in kept if value.kind == "fragment")
    for _ in range(MAX_NESTED):
        found = policy.open_values(as_values(fragments))
        form = OpenValuesForm(data, open_values=found, kept=kept, can_keep=False)
        if data is None or not form.is_valid():
            break
        before, typed = fragments, tuple(value for value in form.typed() if value.kind == "fragment")
        fragments = merged(fragments, typed)
        if fragments == before:
            break
    return found


def _all_values(opened: ApiPolicy | None, policy: str, form: OpenValuesForm) -> tuple[KeptValue, ...]:
    if opened is None or opened.can_manage:
        return merged(opened.settings.values if opened else (), form.typed())
    # Somebody else's values do not stand in the fields, and are never mixed with what is typed.
    typed = tuple(value for value in form.typed() if value.text)
    return typed or opened.values_for(policy)


def _of_api(opened: ApiPolicy | None) -> dict[str, object]:
    if opened is None:
        return {}
    return {"policy": opened.api.policy, "url": opened.api.base_url, "version": opened.api.version}


def _sources(actor: Actor, opened: ApiPolicy | None, wanted: str) -> list[object]:
    """`wanted` is the chosen source: of the history, which is too long to be offered, only the chosen call is."""
    held = [(f"profile:{one.id}", visible(one.name)) for one in policies.holding_token(actor)]
    rows = api_policies.list_samples(actor, opened.api.id) if opened and opened.can_manage else []
    kept = [(f"sample:{one.id}", visible(one.name)) for one in rows]
    past = [(wanted, "The call that was sent")] if opened and wanted.startswith("call:") else []
    groups = (("The history", past), ("The stored token of a profile", held), ("A row of the table", kept))
    return [(name, choices) for name, choices in groups if choices]


def _fields_key(*forms: OpenValuesForm | MetadataForm) -> str:
    names = " ".join(sorted(name for form in forms for name in form.fields))
    return hashlib.sha256(names.encode()).hexdigest()[:16]
