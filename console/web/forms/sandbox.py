"""Registering a client with the sandbox's tenant."""

from typing import Any

from django import forms

from console.sandbox.state import ApiRegistration
from console.web.forms.base import ConsoleForm, TidyCharField


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
