"""The paste box, and what a paste is judged by: demands chosen or typed, keys chosen or given."""

from functools import cache
from typing import Any

from django import forms

from console.core.actor import Actor
from console.core.api import Expectation
from console.core.json.text import visible
from console.core.tokens.key_input import SharedSecret
from console.core.whole_number import whole_number
from console.services import inspection
from console.services.judging import KeyChoice, KeySource, WantedDemands
from console.web.forms.apis import LinesField
from console.web.forms.base import ConsoleForm, ForgetfulTextarea, TidyCharField

MAX_PASTE = 400_000  # characters that reach the decoder, which has its own cap and says so
MAX_UPLOAD = 20 * 1024 * 1024  # bytes; a HAR file of a longer session
MAX_KEY = 200_000
TYPED = "typed"
DECODE = "decode"
LISTS = ("audiences", "issuers", "authorized_parties", "roles", "scopes")
TYPED_FIELDS = (*LISTS, "tenant", "token_version", "leeway_s")
KEY_FIELDS = ("keys", "keys_of", "key_text", "key_file", "given_as")
NO_TEXT = "Paste a token, an answer, a command or a log first, or choose a file."
BOTH_GIVEN = "A file was chosen, so the file was read and not the text in the box."
NOT_USED = "The typed expectations were not used, because something else was chosen to judge against."
Group = tuple[str, list[tuple[str, str]]]
NOBODY = KeySource()
TOKEN_BOX = {"spellcheck": "false", "autocomplete": "off", "class": "token"}


FIRST_CHOICES = {
    "against": (
        ("", "What the token is for, where it is known here"),
        (DECODE, "Nothing: only decode"),
        (TYPED, "The expectations typed below"),
    ),
    "keys_of": (("", "Of what it is judged against"),),
}


class InspectForm(ConsoleForm):
    """`initial` may hold `against` and `keys_of` as "api:<id>" or "profile:<id>". Keys are never written back."""

    unchanging = frozenset({"upload", *TYPED_FIELDS, *KEY_FIELDS} - {"keys_of"})
    one_of = frozenset({"text", "upload"})
    typed_names, key_names = TYPED_FIELDS, KEY_FIELDS

    text = forms.CharField(
        label="Token, answer, command or log",
        required=False,
        strip=False,
        max_length=MAX_PASTE,
        widget=forms.Textarea(attrs={"rows": 7, **TOKEN_BOX}),
    )
    upload = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput,
        help_text="A HAR file, a log or a saved answer of up to 20 MB; it can be dropped here.",
    )
    against = forms.ChoiceField(label="Judge against", required=False)
    audiences = LinesField(label="Audiences (aud)", help_text="One per line; any one is enough.")
    issuers = LinesField(label="Issuers (iss)", help_text="One per line; any one is enough.")
    authorized_parties = LinesField(label="Clients (azp or appid)", help_text="One per line; any one is enough.")
    roles = LinesField(label="Roles", help_text="Any one is enough.")
    scopes = LinesField(label="Scopes (scp)", help_text="Any one is enough; for tokens of signed-in users.")
    tenant = TidyCharField(max_length=253, required=False, label="Tenant (tid)")
    token_version = forms.ChoiceField(
        required=False, label="Token version", choices=[("", "Either"), ("1.0", "v1.0"), ("2.0", "v2.0")]
    )
    leeway_s = forms.IntegerField(
        required=False, min_value=0, max_value=3600, label="Clock leeway, seconds", help_text="None typed means 0."
    )
    keys = forms.ChoiceField(
        required=False,
        label="Signing keys",
        choices=[
            (KeyChoice.STORED.value, "As fetched before"),
            (KeyChoice.FETCHED.value, "Fetch them now"),
            (KeyChoice.GIVEN.value, "Given below"),
            (KeyChoice.NONE.value, "None: leave the signature unchecked"),
        ],
        help_text="Fetching sends one or two requests to the issuer of the API or profile, never to an address in the "
        "token.",
    )
    keys_of = forms.ChoiceField(required=False, label="Whose keys")
    key_text = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_KEY,
        label="Keys given by hand",
        widget=ForgetfulTextarea(attrs={"rows": 3, **TOKEN_BOX}),
        help_text="A key set or key (JSON), a public key or certificate (PEM), or a shared secret. It is used for this "
        "answer, kept nowhere and not written back.",
    )
    key_file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="Or a key file",
        widget=forms.FileInput,
        help_text="PEM, DER or JSON.",
    )
    given_as = forms.ChoiceField(
        required=False,
        label="What is given",
        choices=[
            (SharedSecret.NONE.value, "A public key, key set or certificate"),
            (SharedSecret.TEXT.value, "A shared secret (HMAC), as text"),
            (SharedSecret.BASE64.value, "A shared secret (HMAC), in base64"),
        ],
    )
    decryption_key = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_KEY,
        label="Key to decrypt with",
        widget=ForgetfulTextarea(attrs={"rows": 3, "form": "inspect-form", **TOKEN_BOX}),
        help_text="A private key (JWK or PEM), a shared key (base64url) or a password. It is used for this answer, "
        "kept nowhere and not written back.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_live = "live" in self.data  # sent by itself, as something is pasted or typed
        # Looked up once, and only when a choice is to be shown or judged: most pastes are only decoded.
        self._offered = cache(lambda: _offered(actor))
        self._without_choices = set(FIRST_CHOICES)

    def __getitem__(self, name: str) -> forms.BoundField:
        """A field gets its choices as it is looked at, which most pastes have no reason for."""
        if name in self._without_choices:
            self._without_choices.remove(name)
            self.fields[name].choices = [*FIRST_CHOICES[name], *self._offered()]  # type: ignore[attr-defined]
        return super().__getitem__(name)

    @property
    def opens_typed(self) -> bool:
        """Whether the part with typed expectations is shown open."""
        changed = (self[name] for name in TYPED_FIELDS if not self.is_as_new(name))
        return self["against"].value() == TYPED or any(field.value() or field.errors for field in changed)

    @property
    def opens_keys(self) -> bool:
        has_source = not self.is_as_new("keys") and self["keys"].value() not in (None, "", KeyChoice.STORED.value)
        return bool(has_source or self["keys_of"].value() or not self.errors.keys().isdisjoint(KEY_FIELDS))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors.get("text") and not data.get("text") and not data.get("upload"):
            self.add_error("text", NO_TEXT)
        if data.get("against") == TYPED and not self._has_typed(data):
            self.add_error("against", "Type at least one expectation below, or choose something else.")
        if data.get("keys") == KeyChoice.GIVEN and "key_text" in data and not self._has_keys(data):
            self.add_error("key_text", "Paste the keys, or choose a key file.")
        return data

    def _has_typed(self, data: dict[str, Any]) -> bool:
        return any(data.get(name) or name in self.errors for name in TYPED_FIELDS)

    def _has_keys(self, data: dict[str, Any]) -> bool:
        return bool((data.get("key_text") or "").strip() or data.get("key_file"))

    def pasted(self) -> str:
        """The text of the file, else of the box. UTF-8 or UTF-16; other bytes become replacement characters."""
        upload = self.cleaned_data["upload"]
        return decoded(upload.read()) if upload else self.cleaned_data["text"]

    def wanted(self) -> WantedDemands:
        """What to judge by. Keys that were given are used whatever else is chosen."""
        data = self.cleaned_data
        judge, keys_of = _source(data["against"]), _source(data["keys_of"])
        is_open = not data["against"] and not self._has_typed(data)
        return WantedDemands(
            api_id=judge.api_id,
            profile_id=judge.profile_id,
            typed=_expectation(data) if self._has_typed(data) else None,
            keys=self._key_choice(is_named=judge is not NOBODY or keys_of is not NOBODY),
            keys_of=keys_of,
            given=data["key_file"].read() if data["key_file"] else data["key_text"],
            secret=SharedSecret(data["given_as"] or SharedSecret.NONE),
            by_home=self._key_choice(is_named=True) if is_open else None,
        )

    def _key_choice(self, *, is_named: bool) -> KeyChoice:
        """What is sent by itself, while somebody pastes, asks nobody: fetched are keys by a press alone."""
        if self._has_keys(self.cleaned_data):
            return KeyChoice.GIVEN
        choice = KeyChoice(self.cleaned_data["keys"] or KeyChoice.STORED)
        if choice is KeyChoice.FETCHED and self.is_live:
            choice = KeyChoice.STORED
        return KeyChoice.NONE if choice is KeyChoice.STORED and not is_named else choice

    def remarks(self) -> tuple[str, ...]:
        """Sentences on what was sent and not used."""
        data = self.cleaned_data
        has_both = bool(data["upload"] and data["text"].strip())
        is_unused = bool(_source(data["against"]) is not NOBODY and self._has_typed(data))
        return (*((BOTH_GIVEN,) if has_both else ()), *((NOT_USED,) if is_unused else ()))

    def browser_offset_s(self, now: int) -> int | None:
        """How far the browser's clock was ahead as it sent the form; None when it did not say, or sent a file."""
        told = whole_number(str(self.data.get("browser_now", "")), digits=11)
        return None if told is None or self.cleaned_data["upload"] else told - now

    def harmless(self) -> dict[str, Any]:
        """What may be written back when the paste itself may not: everything but texts, files and keys."""
        return {name: self[name].value() for name in ("against", "keys", "keys_of", "given_as", *TYPED_FIELDS)}


def decoded(content: bytes) -> str:
    """The text of a file. Never raises."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def _offered(actor: Actor) -> list[Group]:
    profiles, apis = inspection.offered(actor)
    groups = (
        ("Profiles", [(f"profile:{id_}", visible(name)) for id_, name in profiles]),
        ("APIs", [(f"api:{id_}", visible(name)) for id_, name in apis]),
    )
    return [(name, choices) for name, choices in groups if choices]


def _source(choice: str) -> KeySource:
    """Whom a choice names; NOBODY itself for one that names none."""
    kind, _, found = choice.partition(":")
    if kind == "api":
        return KeySource(api_id=found)
    return KeySource(profile_id=found) if kind == "profile" else NOBODY


def _expectation(data: dict[str, Any]) -> Expectation:
    return Expectation(
        **{name: data[name] for name in LISTS},
        tenant=data["tenant"] or None,
        token_version=data["token_version"] or None,
        leeway_s=data["leeway_s"] or 0,
    )


class CompareForm(forms.Form):
    before = forms.CharField(
        label="First token",
        strip=False,
        max_length=MAX_PASTE,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off", "class": "token"}),
        help_text="Or both tokens here, one below the other.",
        error_messages={"required": "Paste the first token."},
    )
    after = forms.CharField(
        label="Second token",
        required=False,
        strip=False,
        max_length=MAX_PASTE,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off", "class": "token"}),
    )
