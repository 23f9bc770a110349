"""What is given for one token request and kept nowhere: a token to be passed on, or a password."""

from django import forms

from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.oauth.setting import SUBJECT_FROM
from console.core.profile import Profile
from console.web.forms.base import ConsoleForm, ForgetfulTextarea, SecretField


class TokenToPassOnForm(ConsoleForm):
    missing = {"given": "Paste the token that is to be passed on."}

    given = forms.CharField(
        label="Token to pass on",
        max_length=32_000,
        widget=ForgetfulTextarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Used for this one request and not kept. What comes of it is yours alone until it ends.",
    )


class PasswordForm(ConsoleForm):
    missing = {"given": "Type the password."}

    given = SecretField(
        label="Password", max_length=1024, help_text="Of the profile’s test account. Sent once and not kept."
    )


def form_for(profile: Profile) -> type[ConsoleForm] | None:
    """The form that a token request of this profile brings along; None where nothing is given with it."""
    needs = grant_of(profile.grant).needs
    if Need.PASSWORD in needs:
        return PasswordForm
    return TokenToPassOnForm if Need.SUBJECT_TOKEN in needs else None


def is_optional(profile: Profile) -> bool:
    """Whether the profile gets a token without anything given: from another profile that it names."""
    return bool(profile.settings.get(SUBJECT_FROM))
