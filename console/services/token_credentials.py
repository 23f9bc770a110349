"""The credential of a token request: fit for where it goes, and what evidence may say of it."""

from typing import Any

from console.adapters import assertion_files
from console.core.client_auth import SETTING, client_auth_for
from console.core.client_auth.base import ClientAuth
from console.core.credential import (
    AssertionFile,
    Certificate,
    ClientSecret,
    Credential,
    FederatedAssertion,
    NoCredential,
    Secret,
    SigningKey,
)
from console.core.errors import Misconfigured, NotAllowed
from console.core.oauth import assertion_style
from console.core.oauth.assertion_style import AssertionStyle
from console.core.oauth.place import Place
from console.core.profile import Profile
from console.core.profile_checks.client_auth import how_to_enter
from console.core.providers import provider_of
from console.services import profiles
from console.services.assertion_folders import folders_for
from console.services.opening import OpenProfile


def client_auth_of(profile: Profile) -> ClientAuth | None:
    """How the profile's client proves itself: as was chosen, else as fits its credential; None when no way does."""
    codes, chosen = provider_of(profile.provider).client_auths, profile.settings.get(SETTING, "")
    return client_auth_for(profile.credential.kind, codes, chosen)


def style_of(profile: Profile, credential: Credential) -> AssertionStyle | None:
    """How the profile's assertions look; None with a credential that signs none."""
    if not isinstance(credential, Certificate | SigningKey):
        return None
    return assertion_style.style_of(credential.facts, profile.settings, provider_of(profile.provider).assertion)


def usable(opened: OpenProfile, *, is_needed: bool, signs_grant: bool = False) -> Credential:
    """The credential of the profile, NoCredential where none is needed; it is bound to where the profile leads now.

    `signs_grant`: the grant itself is signed with it, so that it is a key whatever else the provider takes. An
    assertion that stands in a file is read from there. Raises NotAllowed without one that the provider takes,
    Misconfigured for one that was entered for elsewhere.
    """
    if not is_needed:
        return NoCredential()
    profile, credential = opened.profile, opened.sealed.credential()
    auth = client_auth_of(profile)
    if isinstance(credential, NoCredential):
        if auth is None or signs_grant:
            raise _nothing_stored(profile)
        return credential
    if profile.credential.bound_to != profiles.destination_of(profile):
        raise Misconfigured(
            "The stored credential was entered for another destination, so it is not sent.",
            why="A credential goes only where it was entered for.",
            do="Enter the credential again on the profile's page.",
            who="You can do this.",
        )
    is_key = isinstance(credential, Certificate | SigningKey)
    if not (is_key if signs_grant else auth is not None):
        raise _not_taken(profile, signs=signs_grant)
    style = style_of(profile, credential)
    if style is not None and isinstance(credential, Certificate | SigningKey):
        signs = signs_grant or (auth is not None and auth.is_for_audience)
        _must_fit(credential, style, signs=signs)
    if isinstance(credential, AssertionFile):
        return _read(credential.path, profiles.place_of(opened.own, profile))
    return credential


def _nothing_stored(profile: Profile) -> NotAllowed:
    return NotAllowed(
        "This profile has no credential yet.",
        why="How its client proves itself needs one: a secret, a certificate, a key or an assertion.",
        do=how_to_enter(profile),
        who="You can do this.",
    )


def _not_taken(profile: Profile, *, signs: bool = False) -> NotAllowed:
    if signs:
        return NotAllowed(
            "The grant of this profile is signed, and it has no key to sign with.",
            why=f"What is stored is a {profile.credential.kind.words}.",
            do="Upload a certificate with its key, or make a key, on the profile's page.",
            who="You can do this.",
        )
    provider, kind = provider_of(profile.provider), profile.credential.kind.words
    chosen = profile.settings.get(SETTING, "")
    if chosen:
        return NotAllowed(
            f"The client authentication {chosen} cannot be done with a {kind}.",
            why="That way was chosen in the profile, and the stored credential is of another kind.",
            do="Choose another way in the profile, or enter the credential that this one needs.",
            who="You can do this.",
        )
    return NotAllowed(
        f"{provider.title} takes no {kind} as proof of a client.",
        why="How a client proves itself is the provider's choice.",
        do="Enter another kind of credential on the profile's page.",
        who="You can do this.",
    )


def _must_fit(credential: Certificate | SigningKey, style: AssertionStyle, *, signs: bool) -> None:
    if problem := assertion_style.misfit(credential.facts, style) if signs else "":
        raise NotAllowed(
            "The client assertion cannot be made, so nothing was sent.",
            why=problem,
            do="Choose another algorithm or name of the key in the profile, or replace the key.",
            who="You can do this.",
        )


def _read(path: str, place: Place) -> FederatedAssertion:
    read = assertion_files.read(path, folders_for(place))
    if isinstance(read, Secret):
        return FederatedAssertion(read)
    raise NotAllowed(read.what, why=read.why, do=read.do, who=read.who)


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
    if isinstance(credential, SigningKey):
        return {"key_id": credential.facts.kid, "key_thumbprint": credential.facts.thumbprint}
    return {}
