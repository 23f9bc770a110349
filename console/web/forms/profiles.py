"""Forms of a profile and its credential."""

from typing import Any

from django import forms

from console.core.actor import Actor
from console.core.api import USUAL_KEY_HEADER, Api
from console.core.credential import AssertionStyle
from console.core.grants import client_credentials
from console.core.json.text import visible
from console.core.profile import Profile, ProfileDraft
from console.core.providers import PROVIDERS
from console.services import apis
from console.web.forms.apis import ApiForm
from console.web.forms.base import ConsoleForm, ForgetfulTextarea, SecretField, TidyCharField, VersionedForm


def provider_choices(*, has_sandbox: bool) -> list[tuple[str, str]]:
    """One list of providers and their clouds; the value is `provider` or `provider:cloud`."""
    choices = []
    for provider in PROVIDERS:
        if provider.clouds:
            choices += [(f"{provider.code}:{code}", title) for code, (title, _) in provider.clouds.items()]
        elif has_sandbox:
            choices.append((provider.code, provider.title))
    return choices


class ProfileForm(VersionedForm):
    name = TidyCharField(
        max_length=200, is_name=True, help_text="How you will find it again, for example “Orders client”."
    )
    environment = TidyCharField(
        is_name=True,
        max_length=40,
        required=False,
        help_text="A label such as test or production; it has no effect on requests.",
    )
    provider = forms.ChoiceField(label="Provider", help_text="Who issues the token.")
    tenant = TidyCharField(
        max_length=253,
        label="Tenant",
        help_text="Directory (tenant) ID: a GUID, or a verified domain of the tenant.",
    )
    client_id = TidyCharField(
        max_length=200, label="Client ID", help_text="Application (client) ID of your app registration."
    )
    scope = TidyCharField(
        max_length=500, label="Scope", help_text="The API's Application ID URI followed by /.default."
    )
    api_id = forms.ChoiceField(
        label="API", required=False, help_text="What the token is for; its rules judge the token."
    )
    assertion_style = forms.ChoiceField(
        label="Signing of the client assertion",
        choices=[
            (AssertionStyle.PS256_X5T_S256.value, "PS256 with x5t#S256 (recommended)"),
            (AssertionStyle.RS256_X5T.value, "RS256 with x5t (SHA-1 thumbprint)"),
        ],
        help_text="Only used with a certificate.",
    )
    sends_chain = forms.BooleanField(
        label="Send the certificate chain (x5c)",
        required=False,
        help_text="Only used with a certificate; needed for subject name and issuer authentication.",
    )

    def __init__(self, *args: Any, actor: Actor, has_sandbox: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = provider_choices(has_sandbox=has_sandbox)  # type: ignore[attr-defined]
        self.fields["api_id"].choices = [  # type: ignore[attr-defined]
            ("", "No API yet"),
            *((id_, visible(name)) for id_, name in apis.list_names(actor)),
        ]

    def clean_scope(self) -> str:
        scope: str = self.cleaned_data["scope"]
        if problem := client_credentials.scope_problem(scope):
            raise forms.ValidationError(problem)
        return scope

    def to_draft(self) -> ProfileDraft:
        """What was typed, as the core knows it; call after `is_valid`."""
        data = self.cleaned_data
        provider, _, cloud = data["provider"].partition(":")
        return ProfileDraft(
            name=data["name"],
            environment=data["environment"],
            provider=provider,
            cloud=cloud,
            tenant=data["tenant"],
            client_id=data["client_id"],
            grant=client_credentials.GRANT.code,
            scope=data["scope"],
            api_id=data["api_id"] or None,
            assertion_style=AssertionStyle(data["assertion_style"]),
            sends_chain=data["sends_chain"],
        )


def initial_of(profile: Profile) -> dict[str, Any]:
    """The form's values for a stored profile; no secret is among them."""
    names = ("name", "environment", "tenant", "client_id", "scope", "sends_chain", "version")
    return {
        **{name: getattr(profile, name) for name in names},
        "provider": f"{profile.provider}:{profile.cloud}" if profile.cloud else profile.provider,
        "api_id": profile.api_id or "",
        "assertion_style": profile.assertion_style.value,
    }


class HandoverForm(ConsoleForm):
    missing = {"handover": "Paste the text you were sent."}

    handover = forms.CharField(
        label="Paste what you were sent",
        max_length=64_000,
        widget=ForgetfulTextarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="A mail, a token URL, a table: what belongs in the form is picked out. Nothing is sent.",
    )


class FoundApiForm(ConsoleForm):
    """An API that a hand-over names and that is not here yet: made together with the profile, if that is wanted."""

    makes_api = forms.BooleanField(required=False, label="Make this API together with the profile")
    api_name = TidyCharField(max_length=200, required=False, is_name=True, label="Name of the API")
    api_base_url = TidyCharField(
        max_length=500, required=False, label="Base URL of the API", help_text="Calls stay below it."
    )

    api: Api | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("makes_api"):
            self.api = self._checked(data)
        return data

    def _checked(self, data: dict[str, Any]) -> Api | None:
        """The Api, judged by the form that makes one alone."""
        typed = {"name": data.get("api_name", ""), "base_url": data.get("api_base_url", "")}
        usual = {"subscription_key_header": USUAL_KEY_HEADER, "leeway_s": "0"}
        whole = ApiForm({**usual, **typed})
        for name, errors in whole.errors.items():
            self.add_error(f"api_{name}" if f"api_{name}" in self.fields else None, list(errors))
        return None if whole.errors else whole.to_api()


class SecretForm(ConsoleForm):
    missing = {"secret": "Enter the secret’s value."}

    secret = SecretField(
        label="Client secret",
        max_length=4096,
        help_text="The secret's value, not its ID. It is stored encrypted and never shown again.",
    )


class CertificateFileForm(ConsoleForm):
    key_file = forms.FileField(
        label="Key file", help_text="PFX/PKCS#12, or PEM or JWK with the private key (at most 64 KB)."
    )
    certificate_file = forms.FileField(
        label="Certificate file", required=False, help_text="Only when the certificate is in a PEM file of its own."
    )
    passphrase = SecretField(
        label="Passphrase", required=False, max_length=1024, help_text="Leave empty when the file has none."
    )


class MakeCertificateForm(ConsoleForm):
    days = forms.TypedChoiceField(
        label="Valid for",
        coerce=int,
        choices=[(90, "90 days"), (180, "180 days"), (365, "1 year"), (730, "2 years")],
        initial=365,
    )


class SubscriptionKeyForm(ConsoleForm):
    subscription_key = SecretField(
        label="Subscription key",
        max_length=512,
        help_text="Sent only to the profile's API. Stored encrypted and never shown again.",
    )
