"""Inviting people and giving them roles."""

from django import forms

from console.core.actor import Role
from console.web.forms.base import ConsoleForm, TidyCharField

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
    )


class PersonForm(AddressForm, RolesForm):
    field_order = ("email", "role")


class GroupForm(ConsoleForm):
    missing = {"name": "Give the group a name."}

    name = TidyCharField(label="Name of the group", max_length=200, is_name=True)


class MemberForm(ConsoleForm):
    missing = {"person": "Write the e-mail address of the person."}

    person = TidyCharField(
        label="Person",
        max_length=254,
        is_name=True,
        help_text="Their whole e-mail address, or their whole name.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "list": "known-people"}),
    )
