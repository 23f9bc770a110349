"""Forms of a signing key without certificate, and of an assertion from elsewhere."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms

from console.web.forms.base import ConsoleForm, ForgetfulTextarea, SecretField, TidyCharField
from console.web.forms.endings import ends_on

MOST_ASSERTION = 16_384
_KID = re.compile(r"[\x21-\x7e]{1,200}")
_ALGORITHMS = [
    ("ES256", "ES256: an EC key, short and quick"),
    ("PS256", "PS256: an RSA key"),
    ("RS256", "RS256: an RSA key, for older servers"),
    ("ES384", "ES384"),
    ("RS384", "RS384"),
    ("RS512", "RS512"),
]


_HELP = "If the provider forgets keys after a time: you are reminded 30, 14, 7 and 1 days before."


class KeyNameForm(ConsoleForm):
    """What any signing key has: the name it is registered with, and when its registration ends."""

    kid = TidyCharField(
        label="Key ID (kid)",
        required=False,
        max_length=200,
        help_text="The name that it is registered with. Left empty, the key's own: a JWK's kid, else its thumbprint.",
    )
    ends_on = ends_on("Registration ends on", _HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Several forms of keys stand on one page: their fields have ids of their own."""
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.lower()}_%s", **kwargs})

    def clean_kid(self) -> str:
        kid: str = self.cleaned_data["kid"]
        if kid and not _KID.fullmatch(kid):
            raise forms.ValidationError("A key ID has letters, digits and signs, without blanks or accents.")
        return kid


class MakeKeyForm(KeyNameForm):
    """`taken` are the algorithms that the provider takes, its favourite first: they stand first, that one is chosen."""

    alg = forms.ChoiceField(label="Signs with", help_text="The key is made for this algorithm alone.")

    field_order = ["alg", "kid", "ends_on"]

    def __init__(self, *args: Any, taken: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(_ALGORITHMS)
        first = [(alg, known[alg]) for alg in taken if alg in known]
        others = [(alg, words) for alg, words in _ALGORITHMS if alg not in dict(first)]
        if first:
            others = [(alg, f"{words} (this provider is not known to take it)") for alg, words in others]
        field = cast(forms.ChoiceField, self.fields["alg"])
        field.choices = first + others


class SigningKeyForm(KeyNameForm):
    key_file = forms.FileField(
        label="Key file", required=False, help_text="A JWK, PEM or PFX with the private key (at most 64 KB)."
    )
    key_text = forms.CharField(
        label="Or paste it",
        required=False,
        max_length=64_000,
        widget=ForgetfulTextarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text="A private JWK or PEM text. It is stored encrypted and never shown again.",
    )
    passphrase = SecretField(
        label="Passphrase", required=False, max_length=1024, help_text="Leave empty when the key has none."
    )

    field_order = ["key_file", "key_text", "passphrase", "kid", "ends_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("key_file")) == bool(data.get("key_text")):
            self.add_error("key_file", "Choose a key file, or paste the key: one of the two.")
        return data

    def key(self, most: int) -> bytes:
        """What was given, at most `most` bytes of a file; call after `is_valid`."""
        file = self.cleaned_data["key_file"]
        content: bytes = file.read(most) if file else self.cleaned_data["key_text"].encode("utf-8", "replace")
        return content


class AssertionForm(ConsoleForm):
    assertion = forms.CharField(
        label="Assertion",
        required=False,
        max_length=MOST_ASSERTION,
        widget=ForgetfulTextarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text="The token that another issuer made for this client. It is stored encrypted and never shown again.",
    )
    assertion_path = TidyCharField(
        label="Or the path of a file",
        required=False,
        max_length=1000,
        help_text="On this server, below a folder that its administrator allows; it is read at each use.",
    )

    def clean_assertion(self) -> str:
        text = "".join(self.cleaned_data["assertion"].split())
        if text and not (text.isascii() and text.count(".") == 2):
            raise forms.ValidationError(
                "This is no assertion: one has three parts with dots between them. Copy it again, whole."
            )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("assertion")) == bool(data.get("assertion_path")):
            self.add_error("assertion", "Paste the assertion, or enter the path of a file: one of the two.")
        return data
