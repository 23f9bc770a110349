"""The entries of the audit trail that may explain why calls are answered otherwise from some moment on."""

from dataclasses import dataclass
from enum import StrEnum

from console.core.audit.actions import Action


class Changed(StrEnum):
    """What was changed, in the order in which it is looked at when a call is refused that was answered before."""

    POLICY = "policy"
    API = "api"
    SANDBOX = "sandbox"
    CREDENTIAL = "credential"
    SUBSCRIPTION_KEY = "subscription key"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """`told` says it of an object's name, as the end of "Since 08:51: ", `short` beside a picture.

    A credential that is entered is a new one, be it the first of its profile or in place of another.
    """

    changed: Changed
    told: str
    short: str


CHANGES = {
    Action.POLICY_SAVED: ChangeWords(Changed.POLICY, "the policy of {} was changed", "policy changed"),
    Action.API_CHANGED: ChangeWords(Changed.API, "the API {} was changed", "API changed"),
    Action.API_VERSION_APPROVED: ChangeWords(Changed.API, "a new version of {} was approved", "new version"),
    Action.API_PUBLISHED: ChangeWords(Changed.API, "the API {} was published", "API published"),
    Action.API_UNPUBLISHED: ChangeWords(Changed.API, "the API {} is no longer published", "API unpublished"),
    Action.SANDBOX_CHANGED: ChangeWords(Changed.SANDBOX, "the sandbox of {} was changed", "sandbox changed"),
    Action.SECRET_REPLACED: ChangeWords(Changed.CREDENTIAL, "{} was given a new secret", "new secret"),
    Action.CERTIFICATE_REPLACED: ChangeWords(Changed.CREDENTIAL, "{} was given a new certificate", "new certificate"),
    Action.SIGNING_KEY_REPLACED: ChangeWords(Changed.CREDENTIAL, "{} was given a new signing key", "new signing key"),
    Action.ASSERTION_REPLACED: ChangeWords(
        Changed.CREDENTIAL, "{} was given a new federated assertion", "new assertion"
    ),
    Action.CREDENTIAL_DISCARDED: ChangeWords(
        Changed.CREDENTIAL, "the credential of {} was discarded", "credential discarded"
    ),
    Action.SUBSCRIPTION_KEY_REPLACED: ChangeWords(
        Changed.SUBSCRIPTION_KEY, "{} was given a new subscription key", "new subscription key"
    ),
    Action.SUBSCRIPTION_KEY_REMOVED: ChangeWords(
        Changed.SUBSCRIPTION_KEY, "the subscription key of {} was removed", "subscription key removed"
    ),
    Action.PROFILE_CHANGED: ChangeWords(Changed.PROFILE, "the settings of {} were changed", "settings changed"),
    Action.DESTINATION_CONFIRMED: ChangeWords(
        Changed.PROFILE, "another destination of {} was confirmed", "destination confirmed"
    ),
}
