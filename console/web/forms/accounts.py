"""allauth's forms in the console's words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from console.web.forms.base import ConsoleForm

PASSWORD_HELP = "At least 12 characters; not one of the common passwords, and not like your address."
NO_PASSKEY = (
    "The browser sent no passkey or security key. Press the button, which needs JavaScript, and answer its question."
)


class _OurWords(forms.Form):
    """Labels that say what a field is for, and errors that say what to do."""

    missing: dict[str, str] = {"credential": NO_PASSKEY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)  # the label says it
            ConsoleForm.give_words(name, field)
            field.error_messages["required"] = self.missing.get(name, field.error_messages["required"])


class SignInForm(_OurWords, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    pass


class ForgottenPasswordForm(_OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ConfirmForm(_OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class _NewPassword(_OurWords):
    missing = {"password1": "Choose a new password.", "password2": "Type the new password a second time."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["password2"].label = "New password, again"


class NewPasswordForm(_NewPassword, account.SetPasswordForm):  # type: ignore[misc]
    """A new password, twice. Whoever sees it has just proven who they are, or has no password yet."""


class ResetPasswordForm(_NewPassword, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class SecondStepForm(_OurWords, second_step.AuthenticateForm):  # type: ignore[misc]
    pass


class ConfirmByCodeForm(_OurWords, second_step.ReauthenticateForm):  # type: ignore[misc]
    pass


class AuthenticatorForm(_OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass


class SecurityKeyForm(_OurWords, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ConfirmByKeyForm(_OurWords, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyNameForm(_OurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyForm(_OurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True, "name": "Passkey", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name, to tell it from others"
        self.fields["passwordless"].label = "Sign in with this alone (a passkey)"
        self.fields["passwordless"].help_text = "Without it, the key is a second step after your password."
