"""Inviting people and giving them roles."""

from django import forms

from console.core.actor import Role
from console.web.forms.base import ConsoleForm

ROLES = [
    (Role.INTEGRATOR.value, "Integrator: makes profiles, obtains tokens, sends calls"),
    (Role.SUPPORT.value, "Support: opens cases"),
    (Role.ADMIN.value, "Administrator: publishes APIs, invites people, reads the audit trail"),
]


class RolesForm(ConsoleForm):
    missing = {"role": "Choose at least one role."}

    role = forms.MultipleChoiceField(choices=ROLES, label="Roles", widget=forms.CheckboxSelectMultiple)

    def roles(self) -> frozenset[Role]:
        return frozenset(Role(name) for name in self.cleaned_data["role"])


class AddressForm(ConsoleForm):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={"invalid": "This is not an e-mail address; one looks like ina@example.com."},
    )


class PersonForm(AddressForm, RolesForm):
    field_order = ("email", "role")
