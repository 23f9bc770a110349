"""Registering a client with the sandbox's tenant."""

from typing import Any

from django import forms
from django.http import QueryDict

from console.core.errors import NotFound
from console.sandbox import redirects, registration
from console.sandbox.state import ApiRegistration
from console.services.sandbox_tenant import SignInSettings
from console.services.sandbox_workspace import OpenWorkspace
from console.web.forms.base import ConsoleForm, TidyCharField
from console.web.forms.lines import refuse


class ClientForm(ConsoleForm):
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = TidyCharField(max_length=120, is_name=True)
    role = forms.MultipleChoiceField(
        required=False,
        label="Roles granted",
        widget=forms.CheckboxSelectMultiple,
        help_text="As an administrator would.",
    )

    def __init__(self, *args: Any, apis: tuple[ApiRegistration, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.apis = apis
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (f"{api.id} {role}", f"{api.name}: {role}") for api in apis for role in api.app_roles
        ]

    def roles(self) -> dict[str, tuple[str, ...]]:
        return roles_of(self.cleaned_data["role"], self.apis)


class ClientSignInForm(ConsoleForm):
    """How people sign in for one client; `client_id` makes its ids unique, `console` is the console's address."""

    redirect_uris = forms.CharField(
        label="Redirect addresses",
        required=False,
        max_length=redirects.MOST * (redirects.LONGEST + 2),
        widget=forms.Textarea(attrs={"rows": 3, "class": "mono", "spellcheck": "false", "autocomplete": "off"}),
        help_text="One a line, compared letter by letter. Of localhost any port is taken.",
    )
    is_public = forms.BooleanField(
        required=False, label="Public client", help_text="It has no secret and must use PKCE."
    )
    allows_password = forms.BooleanField(
        required=False,
        label="Password grant",
        help_text="Only for gateways that still document it: RFC 9700 says that it must not be used.",
    )
    allows_implicit = forms.BooleanField(
        required=False,
        label="Tokens in an address (implicit)",
        help_text="Only for gateways that still document it: what stands in an address is read by many.",
    )
    consent = forms.MultipleChoiceField(
        required=False, label="Consented for everybody", widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, client_id: str, console: str, apis: tuple[ApiRegistration, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": f"sign-in-{client_id}-%s"})
        self.console = console
        choices = [(api.id, f"{api.name}: {', '.join(api.scopes)}") for api in apis]
        self.fields["consent"].choices = choices  # type: ignore[attr-defined]

    def clean_redirect_uris(self) -> tuple[str, ...]:
        """The addresses as they are kept, each once; every line that is none is told with its number."""
        lines = [line.strip() for line in self.cleaned_data["redirect_uris"].splitlines()]
        uris = {number: redirects.unplaced(line, console=self.console) for number, line in enumerate(lines, 1) if line}
        wrong = [f"Line {number}: {told}" for number, uri in uris.items() if (told := redirects.problem(uri))]
        if len(uris) > redirects.MOST:
            wrong.append(f"At most {redirects.MOST} addresses can be registered: leave some out.")
        refuse(wrong)
        return tuple(dict.fromkeys(uris.values()))

    def to_settings(self) -> SignInSettings:
        data = self.cleaned_data
        return SignInSettings(
            data["redirect_uris"],
            data["is_public"],
            data["allows_password"],
            data["allows_implicit"],
            tuple(data["consent"]),
        )


def sign_in_form(space: OpenWorkspace, client_id: str, data: QueryDict | None = None) -> ClientSignInForm:
    """The form of one client: with what was sent, else with what is kept. Raises NotFound for an unknown client."""
    client, console = space.state.client(client_id), space.console
    if client is None:
        raise NotFound("There is no such client registration.")
    kept = {
        "redirect_uris": "\n".join(redirects.placed(uri, console=console) for uri in client.redirect_uris),
        "is_public": client.is_public,
        "allows_password": client.allows_password,
        "allows_implicit": client.allows_implicit,
        "consent": list(registration.admin_consents(space.state, client_id)),
    }
    return ClientSignInForm(data, initial=kept, client_id=client_id, console=console, apis=space.state.apis)


class GatewayPolicyForm(ConsoleForm):
    """The policy of one API behind the sandbox's gateway; `path` makes its ids unique."""

    missing = {"policy": "Write the policy first, or put back the original."}

    policy = forms.CharField(
        label="Policy (XML)",
        strip=False,
        max_length=100_000,
        widget=forms.Textarea(
            attrs={"rows": 14, "class": "mono policy-text", "spellcheck": "false", "autocomplete": "off"}
        ),
        help_text="{sandbox} stands for the address of your workspace, {sandbox-clients} for one value per registered "
        "client.",
    )

    def __init__(self, *args: Any, path: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": f"policy-{path}-%s"})


def roles_of(chosen: list[str], apis: tuple[ApiRegistration, ...]) -> dict[str, tuple[str, ...]]:
    """Roles by API id out of the form's `api role` values; what the API does not offer is dropped."""
    return {api.id: tuple(role for role in api.app_roles if f"{api.id} {role}" in chosen) for api in apis}
