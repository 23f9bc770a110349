"""Forms of a profile's secret, certificate and subscription key."""

from django import forms

from console.web.forms.base import ConsoleForm, SecretField
from console.web.forms.endings import REMINDED, ends_on


class SecretForm(ConsoleForm):
    missing = {"secret": "Enter the secret’s value."}

    secret = SecretField(
        label="Client secret",
        max_length=4096,
        help_text="The secret's value, not its ID. It is stored encrypted and never shown again.",
    )
    secret_ends_on = ends_on(help=f"The provider shows it where the secret was made. {REMINDED}")


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
    subscription_key_ends_on = ends_on()
