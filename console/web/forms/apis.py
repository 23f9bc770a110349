"""The form of an Api and its expectation."""

from typing import Any
from urllib.parse import urlsplit

from django import forms

from console.core.api import Api, Expectation
from console.core.http.key_header import key_header_problem
from console.core.json.text import shorten
from console.services.apis import cleartext_problem
from console.web.forms.base import ConsoleForm, TidyCharField, VersionedForm, no_secret
from console.web.forms.lines import MOST_TOLD, numbered

SANDBOX = "{sandbox}"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


class LinesField(TidyCharField):
    """Several values, one per line; an empty field means that the API does not say."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=8000,
            widget=forms.Textarea(attrs={"rows": 2, "class": "mono", "spellcheck": "false"}),
            **kwargs,
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(line for _, line in numbered(super().clean(value)))

    def check_line(self, text: str) -> None:
        """What an API expects comes from policies too, and is kept as it stands there: a check tells what is hidden."""
        no_secret(text)


class DecisionForm(ConsoleForm):
    """What an administrator says of a version that waits. Of several lines: Enter shall approve nothing."""

    reason = TidyCharField(
        max_length=300, required=False, label="Why, for its owner", widget=forms.Textarea(attrs={"rows": 2})
    )


class OpeningForm(ConsoleForm):
    """What an administrator says before an API is open to everybody."""

    missing = {"knows": "Say that you know who runs it. If you do not, ask the owner of the API first."}

    knows = forms.BooleanField(label="I know who runs that address")


class ApiForm(VersionedForm):
    name = TidyCharField(max_length=200, is_name=True)
    base_url = TidyCharField(
        max_length=500, label="Base URL", help_text="Calls stay below it, for example https://api.example.com/orders."
    )
    subscription_key_header = TidyCharField(
        max_length=100, label="Subscription key header", initial="Ocp-Apim-Subscription-Key", is_name=True
    )
    metadata_url = TidyCharField(
        max_length=500,
        required=False,
        label="OpenID configuration",
        help_text="Where the issuer's signing keys are found: …/.well-known/openid-configuration.",
    )
    audiences = LinesField(label="Audiences (aud)", help_text="One per line; any one is enough.")
    issuers = LinesField(label="Issuers (iss)", help_text="One per line; any one is enough.")
    authorized_parties = LinesField(
        label="Clients (azp or appid)", help_text="Client IDs that may call; empty when any may."
    )
    roles = LinesField(label="Roles", help_text="Any one is enough.")
    scopes = LinesField(label="Scopes (scp)", help_text="Any one is enough; for tokens of signed-in users.")
    tenant = TidyCharField(max_length=253, required=False, label="Tenant (tid)")
    token_version = forms.ChoiceField(
        required=False, label="Token version", choices=[("", "Either"), ("1.0", "v1.0"), ("2.0", "v2.0")]
    )
    algorithms = LinesField(label="Algorithms", help_text="Empty when the API does not say.")
    leeway_s = forms.IntegerField(
        min_value=0,
        max_value=3600,
        initial=0,
        label="Clock leeway, seconds",
        help_text="Azure API Management allows 0 by default.",
    )
    policy = forms.CharField(
        required=False,
        max_length=262_144,
        label="Gateway policy (XML)",
        help_text="What it demands of a token is filled in from it, as far as the form leaves that empty.",
        widget=forms.Textarea(attrs={"rows": 8, "class": "mono", "spellcheck": "false"}),
    )

    # The policy says most of the rest, so it is asked for first.
    first = ("name", "base_url", "policy")

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.first]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.first]

    @property
    def opens_more(self) -> bool:
        """Whether the part below the fold is shown open: something in it is not as usual. Once something is to be
        mended, only where it stands there.
        """
        shown = [one for one in self.more_fields if not one.is_hidden]
        if self.is_bound and self.errors:
            return any(one.errors for one in shown)
        return any(_text(one.value()) not in ("", _text(one.field.initial)) for one in shown)

    def clean_base_url(self) -> str:
        return base_url_of(self.cleaned_data["base_url"])

    def clean_subscription_key_header(self) -> str:
        name: str = self.cleaned_data["subscription_key_header"]
        if problem := key_header_problem(name):
            raise forms.ValidationError(f"{problem} Name another, for example Ocp-Apim-Subscription-Key.")
        return name

    def clean_metadata_url(self) -> str:
        return _absolute_or_sandbox(self.cleaned_data["metadata_url"]) if self.cleaned_data["metadata_url"] else ""

    def clean_algorithms(self) -> tuple[str, ...]:
        names: tuple[str, ...] = self.cleaned_data["algorithms"]
        if unknown := [shorten(name, 40) for name in names if name not in ALGORITHMS]:
            verb = "is no algorithm" if len(unknown) == 1 else "are no algorithms"
            shown = ", ".join(unknown[:MOST_TOLD])
            raise forms.ValidationError(
                f"{shown} {verb} that tokens are signed with here. Write one of {', '.join(ALGORITHMS)} per line."
            )
        return names

    def to_api(self) -> Api:
        data = self.cleaned_data
        expectation = Expectation(
            **{
                name: data[name]
                for name in ("audiences", "issuers", "authorized_parties", "roles", "scopes", "algorithms", "leeway_s")
            },
            tenant=data["tenant"] or None,
            token_version=data["token_version"] or None,
        )
        return Api(
            id="",
            owner_id=0,
            name=data["name"],
            base_url=data["base_url"],
            expectation=expectation,
            policy=data["policy"],
            metadata_url=data["metadata_url"],
            subscription_key_header=data["subscription_key_header"],
        )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def initial_of(api: Api) -> dict[str, Any]:
    expectation = api.expectation
    lines = ("audiences", "issuers", "authorized_parties", "roles", "scopes", "algorithms")
    return {
        **{
            name: getattr(api, name)
            for name in ("name", "base_url", "policy", "metadata_url", "subscription_key_header", "version")
        },
        **{name: "\n".join(getattr(expectation, name)) for name in lines},
        "tenant": expectation.tenant or "",
        "token_version": expectation.token_version or "",
        "leeway_s": expectation.leeway_s,
    }


def base_url_of(typed: str) -> str:
    """Where calls may go; raises ValidationError for what is no such address."""
    url = _absolute_or_sandbox(typed).rstrip("/")
    if problem := cleartext_problem(url):
        raise forms.ValidationError(problem)
    return url


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:  # a bracket that is not closed
        return False


def _absolute_or_sandbox(text: str) -> str:
    if why := _why_no_address(text):
        raise forms.ValidationError(
            f"{why} Give the whole address, for example https://api.example.com/orders, or one that begins with "
            "{sandbox}/."
        )
    return text


def _why_no_address(text: str) -> str:
    """One sentence; "" for an address that may be kept. Nothing of it is told: a password may stand in it."""
    if not text.startswith((SANDBOX + "/", "https://", "http://")):
        return "It does not begin with https://, so nobody knows how to reach it."
    for sign, what in (("@", "a user name or password"), ("?", "a query"), ("#", "a fragment")):
        if sign in text:
            return f"It holds {what} ({sign}), which is no part of where an API stands."
    return "" if text.startswith(SANDBOX) or _has_host(text) else "It names no host."
