"""The policy editor's own fields: the text, the token, the call and the moment."""

from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django import forms

from console.core.call import METHODS
from console.core.policy.keep.described_call import DescribedCall, KeyUse, TokenPlace
from console.core.tokens.times import LAST_SECOND
from console.core.whole_number import whole_number
from console.web.forms.base import ConsoleForm, TidyCharField, UsualChoice, version_of
from console.web.forms.header_lines import header_lines

MAX_POLICY = 262_144
MAX_TOKEN = 100_000
MONO = {"spellcheck": "false", "autocomplete": "off", "autocapitalize": "off"}
PASTED = "pasted"
CALL_FIELDS = ("method", "url", "headers", "token_place", "key", "client_ip", "moment")
NO_POLICY = "Paste the gateway's policy first: a whole document, a fragment or one policy."
BAD_URL = "Enter a whole address, beginning with https:// or http://."
BAD_MOMENT = "Write the moment as 2026-01-31 12:00 (UTC), or as seconds since 1970; leave it empty for now."


class PolicyForm(ConsoleForm):
    """`sources` are further places a token can come from: (value, label) pairs."""

    missing = {"policy": NO_POLICY}

    policy = forms.CharField(
        label="Policy text (XML)",
        help_text="A whole document, a fragment, or one policy, as it stands in the portal.",
        strip=False,
        max_length=MAX_POLICY,
        widget=forms.Textarea(attrs={"rows": 22, "class": "mono policy-text", **MONO}),
    )
    token = forms.CharField(
        label="Token",
        required=False,
        strip=False,
        max_length=MAX_TOKEN,
        widget=forms.Textarea(attrs={"rows": 4, "class": "token", **MONO}),
        help_text="Used for this answer alone: it is stored nowhere and sent nowhere.",
    )
    token_from = UsualChoice(usual=PASTED, label="Which token")
    method = UsualChoice(usual="GET", choices=[(name, name) for name in METHODS])
    url = TidyCharField(
        may_hold_secret=True,
        max_length=4000,
        required=False,
        label="URL",
        help_text="The address that the caller uses; empty: an example address.",
    )
    headers = forms.CharField(
        required=False,
        max_length=16_000,
        label="Other headers",
        widget=forms.Textarea(attrs={"rows": 2, "class": "mono", **MONO}),
        help_text="One per line: Name: value",
    )
    token_place = UsualChoice(
        usual=TokenPlace.POLICY.value,
        label="The call carries the token",
        choices=[
            (TokenPlace.POLICY.value, "where the policy looks for it"),
            (TokenPlace.BEARER.value, "as Authorization: Bearer …"),
            (TokenPlace.BARE.value, "as Authorization, without a scheme"),
            (TokenPlace.NOWHERE.value, "not at all"),
        ],
    )
    key = UsualChoice(
        usual=KeyUse.NONE.value,
        label="Subscription key",
        choices=[
            (KeyUse.NONE.value, "The API asks for none"),
            (KeyUse.VALID.value, "A valid one is sent"),
            (KeyUse.MISSING.value, "It is asked for and none is sent"),
            (KeyUse.WRONG.value, "It is asked for and a wrong one is sent"),
        ],
    )
    client_ip = TidyCharField(max_length=60, required=False, label="The caller's IP address")
    moment = TidyCharField(
        max_length=40,
        required=False,
        label="Moment of the call",
        help_text="2026-01-31 12:00 (UTC) or seconds since 1970; empty: now.",
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    known_fields = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(self, *args: Any, sources: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token_from"].choices = [(PASTED, "The token pasted here"), *sources]  # type: ignore[attr-defined]

    @property
    def call_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in CALL_FIELDS]

    @property
    def opens_call(self) -> bool:
        """Whether the part with the call is shown open: something in it must be mended."""
        return any(self[name].errors for name in CALL_FIELDS)

    def clean_policy(self) -> str:
        text: str = self.cleaned_data["policy"]
        if not text.strip():
            raise forms.ValidationError(NO_POLICY)
        return text

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            parts = urlsplit(url)
        except ValueError:
            raise forms.ValidationError(BAD_URL) from None
        if url and (parts.scheme not in ("http", "https") or not parts.netloc):
            raise forms.ValidationError(BAD_URL)
        return url

    def clean_headers(self) -> tuple[tuple[str, str], ...]:
        return header_lines(self.cleaned_data["headers"])

    def clean_client_ip(self) -> str:
        text: str = self.cleaned_data["client_ip"]
        try:
            return str(ip_address(text)) if text else ""
        except ValueError:
            raise forms.ValidationError("Write an IP address such as 203.0.113.7, or leave it empty.") from None

    def clean_moment(self) -> int | None:
        text: str = self.cleaned_data["moment"]
        if not text:
            return None
        moment = _seconds(text)
        if moment is None or not 0 <= moment <= LAST_SECOND:
            raise forms.ValidationError(BAD_MOMENT)
        return moment

    def clean_version(self) -> int:
        """-1, which is no version, for anything that is none."""
        return version_of(self.cleaned_data["version"])

    def described(self, *, key_header: str) -> DescribedCall:
        """The call; what was left empty has its usual value."""
        data, usual = self.cleaned_data, DescribedCall()
        return DescribedCall(
            method=data["method"],
            url=data["url"] or usual.url,
            headers=data["headers"],
            client_ip=data["client_ip"] or None,
            key=KeyUse(data["key"]),
            token_place=TokenPlace(data["token_place"]),
            key_header=key_header,
        )


def _seconds(text: str) -> int | None:
    """Epoch seconds of a typed moment; None when it is none. Without a zone it is UTC."""
    if (seconds := whole_number(text, digits=12)) is not None:
        return seconds
    try:
        moment = datetime.fromisoformat(text.removesuffix("UTC").strip())
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return int(aware.timestamp())
    except (OverflowError, ValueError):
        return None


class SampleForm(ConsoleForm):
    """A row of the table: its name, and what is expected."""

    missing = {"name": "Give the row a name."}

    name = TidyCharField(max_length=200, is_name=True)
    expects = forms.ChoiceField(
        label="Expected", choices=[("allow", "let through"), ("reject", "refused"), ("undecided", "cannot be told")]
    )
    reason = TidyCharField(
        max_length=100, required=False, label="Reason", help_text="The gateway's name for the failure; empty: any."
    )


class RowNameForm(ConsoleForm):
    """What a row is called that is made of what stands in the editor; it may go without a name."""

    row_name = TidyCharField(max_length=200, required=False, is_name=True, label="Name of the row")
