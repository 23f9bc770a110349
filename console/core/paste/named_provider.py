"""Which provider a hand-over names, beside Entra and the reader's own sandbox, and what it says in that one's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from console.core import providers
from console.core.oauth.lookup import WELL_KNOWN, places_of
from console.core.paste import values
from console.core.paste.labels import LabelledValue, Part
from console.core.paste.setting_values import line_values
from console.core.profile_checks.identity import is_placeholder
from console.core.profile_checks.settings import settings_of
from console.core.providers import generic
from console.core.providers.base import Provider
from console.core.redaction.shapes import secret_in

_READ_ELSEWHERE = frozenset({"entra", "entra_v1", "sandbox"})
# The name of an environment variable: nobody else has it.
_MARK = re.compile(r"[A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60}){1,8}")
_PARTS = ("client_id", "scope")
_KID = {"assertion_kid": ("kid", "KID", "Key ID", "key id")}
_MOST_SCOPES = 20


@dataclass(frozen=True, slots=True)
class NamedProvider:
    """`settings` are those that addresses and labels tell; `client_id` and `scope` are "" where nothing tells them."""

    provider: Provider
    settings: Mapping[str, str] = field(default_factory=dict)
    client_id: str = ""
    scope: str = ""


def named_provider(text: str, words: list[str], named: list[LabelledValue]) -> NamedProvider | None:
    """None where the text names no provider that this reader knows."""
    addresses = [word for word in words if word.startswith("https://") or word.startswith("http://")]
    addresses += [word for one in named for word in values.pieces(one.value) if word.startswith("http")]
    owned = [(owner, one) for one in addresses if (owner := providers.owner_of(one))]
    found = [(owner, one) for owner, one in owned if owner.code not in _READ_ELSEWHERE]
    if not found and owned:
        return None
    provider = found[0][0] if found else _marked(text)
    if provider is None:
        return _by_issuer(text, addresses, named)
    told: dict[str, str] = {}
    for owner, address in found:
        told = {**(owner.reads(address) if owner is provider else {}), **told}
    return _read(provider, told, text, named)


def _marked(text: str) -> Provider | None:
    """By a label that only one provider's hand-overs have."""
    written = set(_MARK.findall(text))
    for one in providers.PROVIDERS:
        marks = {label for labels in one.labels.values() for label in labels if _MARK.fullmatch(label)}
        if one.code not in _READ_ELSEWHERE and not one.code.startswith("entra") and marks & written:
            return one
    return None


def _by_issuer(text: str, addresses: list[str], named: list[LabelledValue]) -> NamedProvider | None:
    """A server of any kind: by the address of its metadata, or by an issuer that is called so."""
    documents = [one for one in addresses if WELL_KNOWN in one]
    called = line_values(text, {"issuer": ("issuer", *generic.PROVIDER.labels["issuer"])}, most=500)
    issuer = places_of(documents[0] if documents else called.get("issuer", "")).issuer
    if not issuer:
        return None
    told = {"environment": generic.OUTSIDE, "issuer": issuer} | ({"metadata_url": documents[0]} if documents else {})
    return _read(generic.PROVIDER, told, text, named)


def _read(provider: Provider, told: Mapping[str, str], text: str, named: list[LabelledValue]) -> NamedProvider:
    wanted = [one for grant in provider.grants for one in settings_of(provider.code, grant) if not one.is_variant]
    own = {one.name for one in provider.settings}
    spelled = {
        one.name: (one.name, one.label, *provider.labels.get(one.name, ()))
        for one in wanted
        if one.name in own and not one.is_confirmed
    }
    spelled |= {name: labels for name, labels in _KID.items() if name in {one.name for one in wanted}}
    parts = {name: provider.labels.get(name, ()) for name in _PARTS}
    read = line_values(text, {**spelled, **parts}, most=500)
    choices = {one.name: dict(one.choices) for one in wanted if one.choices}
    settings = {name: value for name, value in read.items() if name in spelled and _fits(value, choices.get(name))}
    return NamedProvider(
        provider,
        {**_first_variant(provider), **settings, **told},
        read.get("client_id", "") or _first(named, Part.CLIENT_ID),
        _scope(named),
    )


def _fits(value: str, choices: Mapping[str, str] | None) -> bool:
    return not choices or value in choices


def _first_variant(provider: Provider) -> dict[str, str]:
    """Where the text does not tell which environment it is: the first, which is the one for tests."""
    variant = provider.variant
    return {variant.name: variant.choices[0][0]} if variant else {}


def _first(named: list[LabelledValue], part: Part) -> str:
    """The first word behind a label of that part; nothing that looks like a secret or stands for a value."""
    words = (values.pieces(one.value)[:1] for one in named if one.part is part)
    return next((word for found in words for word in found if not is_placeholder(word) and not secret_in(word)), "")


def _scope(named: list[LabelledValue]) -> str:
    """Scopes as they stand: other providers write them without an address of their API."""
    found = next((values.pieces(one.value) for one in named if one.part is Part.SCOPE), [])
    return " ".join(one for one in found[:_MOST_SCOPES] if not is_placeholder(one) and not secret_in(one))
