"""The editor's fields that depend on the policy: values it leaves open, its metadata, and unconfirmed behaviour."""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from django import forms

from console.core.credential import Secret
from console.core.json.text import shorten, visible
from console.core.policy.engine.model import MetadataView
from console.core.policy.engine.switches import DEFAULTS, SWITCHES
from console.core.policy.keep.policy_settings import KeptValue
from console.core.policy.text.values import OpenValue
from console.core.redaction.known import mask_known, replacements
from console.core.tokens.keys import read_jwks
from console.web.forms.base import ConsoleForm, ForgetfulTextarea, UsualChoice

MAX_VALUE = 60_000
MAX_FIELDS = 40  # of one kind; more are not asked for, and their checks stay undecided
NAMES = {
    "named-value": "Named value",
    "expression": "Expression",
    "certificate": "Certificate",
    "fragment": "Fragment",
}
HELP = {
    "named-value": "What the gateway puts in its place.",
    "expression": "The text it gives at run time. Expressions are not run here.",
    "certificate": "PEM. A private key is needed to decrypt tokens only; it is used, kept as a secret alone, and not "
    "written back.",
    "fragment": "The fragment's policy text.",
}
KEPT = "A value is kept with the API and not shown; what you type here replaces it."
_BOX = {"rows": 2, "class": "mono", "spellcheck": "false", "autocomplete": "off", "hx-preserve": "true"}
MANY_LINES = ("certificate", "fragment")
_PRIVATE_MEMBER = re.compile(r'"(?:d|p|q|dp|dq|qi|oth|k)"\s*:')


class _Keyless(forms.Widget):
    """A text that is written back into the page unless a private key is in it."""

    def format_value(self, value: Any) -> str | None:
        text = super().format_value(value)
        return "" if text and holds_private_key(text) else text


class KeylessTextarea(_Keyless, forms.Textarea):
    pass


class KeylessInput(_Keyless, forms.TextInput):
    pass


def holds_private_key(text: str) -> bool:
    """Whether a PEM private key or a JWK's private member stands in it."""
    return "PRIVATE KEY" in text or _PRIVATE_MEMBER.search(text) is not None


def _no_private_key(text: str) -> None:
    if holds_private_key(text):
        raise forms.ValidationError(
            "A private key stands in it: it was not used and is not written back. Give the public keys alone, and "
            "replace that key if others may have seen it."
        )


class SecretBox(forms.CheckboxInput):
    """A box whose absence means "not ticked" only where it was shown: beside a field that came with the form.

    Fields appear while the policy is typed; one that was not on the page yet has its usual value.
    """

    def __init__(self, *, beside: str, usual: bool) -> None:
        super().__init__()
        self.beside, self.usual = beside, usual

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return bool(super().value_from_datadict(data, files, name)) if self.beside in data else self.usual


def field_id(kind: str, name: str) -> str:
    """A field name that stays the same for the same value, however the policy around it changes."""
    return hashlib.sha256(f"{kind} {name}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


class OpenValuesForm(ConsoleForm):
    """One field per value that the policy leaves open; with `can_keep` also whether it is a secret.

    `kept` are stored values: plain ones are the fields' first content, of secret ones the page only says that they are.
    """

    def __init__(
        self, data: Any, *, open_values: tuple[OpenValue, ...], kept: tuple[KeptValue, ...], can_keep: bool
    ) -> None:
        self.open_values = tuple({(one.kind, one.name): one for one in open_values}.values())[:MAX_FIELDS]
        self.kept = {value.key: value for value in kept}
        super().__init__(data)
        for value in self.open_values:
            self._add(value, can_keep=can_keep)

    def _add(self, value: OpenValue, *, can_keep: bool) -> None:
        key = field_id(value.kind, value.name)
        before = self.kept.get((value.kind, value.name))
        is_kept = before is not None and before.is_secret
        box = {**_BOX, "rows": 4 if value.kind in MANY_LINES else 1}
        plain = KeylessTextarea if value.kind == "certificate" else forms.Textarea
        self.fields[f"v-{key}"] = forms.CharField(
            required=False,
            strip=False,
            max_length=MAX_VALUE,
            label=_label(value),
            help_text=f"{KEPT} {HELP[value.kind]}" if is_kept else f"{HELP[value.kind]} Stands in {value.where}.",
            widget=(ForgetfulTextarea if is_kept else plain)(attrs=box),
            initial=before.text if before and not is_kept else "",
        )
        self.give_words(f"v-{key}", self.fields[f"v-{key}"])
        if can_keep and value.kind in ("named-value", "certificate"):
            self.fields[f"s-{key}"] = forms.BooleanField(
                required=False,
                initial=before.is_secret if before else True,
                widget=SecretBox(beside=f"v-{key}", usual=before.is_secret if before else True),
                label="Secret: keep it sealed and never show it again",
            )

    def replace_in_browser(self) -> None:
        """Lets the answer replace the fields of the page: what was kept as a secret stands in them no more."""
        for field in self.fields.values():
            field.widget.attrs.pop("hx-preserve", None)

    def typed(self) -> tuple[KeptValue, ...]:
        """What was typed; a field left empty has an empty text."""
        return tuple(self._typed(value) for value in self.open_values)

    def _typed(self, value: OpenValue) -> KeptValue:
        key = field_id(value.kind, value.name)
        before = self.kept.get((value.kind, value.name))
        if before is not None and f"v-{key}" not in self.data:  # the field was not on the page: nobody emptied it
            return before
        text = self.cleaned_data.get(f"v-{key}", "").strip("\r\n")
        is_key = value.kind == "certificate" and holds_private_key(text)
        is_secret = is_key or bool(self.cleaned_data.get(f"s-{key}", False))
        return KeptValue(value.kind, value.name, text, is_secret=is_secret)


def _label(value: OpenValue) -> str:
    name = shorten(visible(value.name), 120)
    shown = f"{{{{{name}}}}}" if value.kind == "named-value" else name
    return f"{NAMES[value.kind]} {shown}, line {value.line}"


class MetadataForm(ConsoleForm):
    """Issuer and keys of each metadata address, typed by hand. `hidden` must not be told in an address."""

    def __init__(self, data: Any, *, addresses: tuple[str, ...], hidden: Iterable[Secret] = ()) -> None:
        self.addresses = addresses[:MAX_FIELDS]
        super().__init__(data)
        masks = replacements(hidden)
        for url in self.addresses:
            key, shown = field_id("metadata", url), shorten(visible(mask_known(url, masks)), 200)
            self.fields[f"i-{key}"] = forms.CharField(
                required=False, max_length=500, label=f"Issuer of {shown}", validators=[_no_private_key],
                widget=KeylessInput(attrs={"spellcheck": "false", "hx-preserve": "true"}),
            )  # fmt: skip
            self.fields[f"k-{key}"] = forms.CharField(
                required=False, max_length=MAX_VALUE, label=f"Keys of {shown}", help_text="A key set (JWKS) as JSON.",
                widget=KeylessTextarea(attrs=_BOX), validators=[_no_private_key],
            )  # fmt: skip
            for name in (f"i-{key}", f"k-{key}"):
                self.give_words(name, self.fields[name])

    def given(self) -> dict[str, MetadataView]:
        """Only addresses of which something was typed."""
        found = {}
        for url in self.addresses:
            key = field_id("metadata", url)
            issuer = (self.cleaned_data.get(f"i-{key}") or "").strip()
            keys = (self.cleaned_data.get(f"k-{key}") or "").strip()
            if issuer or keys:
                found[url] = MetadataView(issuer, read_jwks(keys) if keys else None)
        return found


class SwitchesForm(ConsoleForm):
    """A choice for each behaviour of the gateway that nobody has confirmed."""

    def __init__(self, data: Any, *, chosen: dict[str, str]) -> None:
        super().__init__(data)
        for switch in SWITCHES:
            usual = next(choice.label for choice in switch.choices if choice.value == switch.default)
            self.fields[f"switch-{switch.name}"] = UsualChoice(
                usual=switch.default,
                label=switch.question,
                choices=[(choice.value, f"… {choice.label}") for choice in switch.choices],
                initial=chosen.get(switch.name, switch.default),
                help_text=f"Usual reading: {usual}. Source: {switch.source}.",
            )

    def chosen(self) -> dict[str, str]:
        """The switches that differ from their defaults."""
        picked = {name: self.cleaned_data.get(f"switch-{name}") or usual for name, usual in DEFAULTS.items()}
        return {name: value for name, value in picked.items() if value != DEFAULTS[name]}
