"""allauth's forms in the console's words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.webauthn import forms as webauthn
from django import forms

PASSWORD_HELP = "At least 12 characters; not one of the common passwords, and not like your address."


class SignInForm(account.LoginForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)  # the label says it


class NewPasswordForm(account.SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """A new password, twice. Whoever sees it has just proven who they are, or has no password yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self.fields)


class ResetPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self.fields)


class PasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True, "name": "Passkey", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name, to tell it from others"
        self.fields["passwordless"].label = "Sign in with this alone (a passkey)"
        self.fields["passwordless"].help_text = "Without it, the key is a second step after your password."


def _in_our_words(fields: dict[str, forms.Field]) -> None:
    fields["password1"].label = "New password"
    fields["password1"].help_text = PASSWORD_HELP
    fields["password2"].label = "New password, again"
    for field in fields.values():
        field.widget.attrs.pop("placeholder", None)
