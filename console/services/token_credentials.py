"""The credential of a token request: fit for where it goes, and what evidence may say of it."""

from typing import Any

from console.core.client_auth import client_auth_for
from console.core.credential import Certificate, ClientSecret, Credential, NoCredential
from console.core.errors import Misconfigured, NotAllowed
from console.core.providers import provider_of
from console.services import profiles
from console.services.opening import OpenProfile


def usable(opened: OpenProfile, *, is_needed: bool) -> Credential:
    """The credential of the profile, NoCredential where none is needed; it is bound to where the profile leads now.

    Raises NotAllowed without one that the provider takes, Misconfigured for one that was entered for elsewhere.
    """
    if not is_needed:
        return NoCredential()
    profile, credential = opened.profile, opened.sealed.credential()
    if isinstance(credential, NoCredential):
        raise NotAllowed(
            "This profile has no credential yet.",
            why="The client credentials grant needs a client secret or a certificate.",
            do="Enter the client secret, upload a certificate or make one on the profile's page.",
            who="You can do this.",
        )
    if profile.credential.bound_to != profiles.destination_of(profile):
        raise Misconfigured(
            "The stored credential was entered for another destination, so it is not sent.",
            why="A credential goes only where it was entered for.",
            do="Enter the credential again on the profile's page.",
            who="You can do this.",
        )
    provider = provider_of(profile.provider)
    if client_auth_for(profile.credential.kind, provider.client_auths) is None:
        raise NotAllowed(
            f"{provider.title} takes no {profile.credential.kind.value} as proof of a client.",
            why="How a client proves itself is the provider's choice.",
            do="Enter another kind of credential on the profile's page.",
            who="You can do this.",
        )
    return credential


def facts_of(credential: Credential) -> dict[str, Any]:
    """What evidence may say of a credential: shapes and dates, no characters of a secret."""
    if isinstance(credential, ClientSecret):
        shape = profiles.shape_of(credential)
        return {"client_secret_shape": shape.describe()} if shape else {}
    if isinstance(credential, Certificate):
        facts = credential.facts
        return {
            "certificate_sha1": facts.sha1,
            "certificate_x5t_s256": facts.x5t_s256,
            "certificate_not_before": facts.not_before,
            "certificate_not_after": facts.not_after,
        }
    return {}
