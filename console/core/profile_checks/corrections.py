"""What a profile would be changed to, so that its next token fits its Api: offered and filled in; a person saves it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.core.api import Api
from console.core.credential import CredentialKind
from console.core.profile import Profile
from console.core.profile_checks.scope import asks_for
from console.core.profile_checks.settings import settings_of
from console.core.providers import provider_of
from console.core.providers.default_scope import DEFAULT

TARGETS = ("audience", "resource")  # settings that say which API a token is asked for
KEY_NAME = "assertion_key_name"
_OTHER = {"x5t": "x5t#S256", "x5t#S256": "x5t", "x5t x5c": "x5t#S256 x5c", "x5t#S256 x5c": "x5t x5c"}
_PEOPLE = frozenset({"authorization_code", "device_code", "on_behalf_of", "password", "refresh_token"})


@dataclass(frozen=True, slots=True)
class Correction:
    """`field` of the profile's form and its new `value`."""

    field: str
    value: str


def better_scope(profile: Profile, api: Api | None) -> str:
    """The scope that asks for the Api; "" when the profile asks for it already, or its name does not tell."""
    audiences = api.expectation.audiences if api else ()
    return f"{audiences[0].rstrip('/')}{DEFAULT}" if asks_for(profile, audiences) is False else ""


def lacking_scopes(profile: Profile, api: Api | None) -> tuple[str, ...]:
    """Those that the Api asks for and the profile does not, as they are written at its provider; none where an
    application has to be granted roles in their place.
    """
    wanted = api.expectation.scopes if api else ()
    names_api = bool(provider_of(profile.provider).api_of_scope("client_credentials", f"x{DEFAULT}"))
    if names_api and profile.grant not in _PEOPLE:
        return ()
    asked = {one.rpartition("/")[2] if names_api else one for one in profile.scope.split()}
    before = f"{api.expectation.audiences[0].rstrip('/')}/" if names_api and api and api.expectation.audiences else ""
    return tuple(f"{before}{one}" for one in wanted if one not in asked)


def _scope(profile: Profile, api: Api | None) -> Correction | None:
    better = better_scope(profile, api)
    return Correction("scope", better) if better else None


def _further_scope(profile: Profile, api: Api | None) -> Correction | None:
    lacking = lacking_scopes(profile, api)
    return Correction("scope", " ".join([*profile.scope.split(), *lacking])) if lacking else None


def _target(profile: Profile, api: Api | None) -> Correction | None:
    """The setting that says for which API a token is asked, where the provider has one and it names another."""
    audiences = api.expectation.audiences if api else ()
    has = [one.name for one in settings_of(profile.provider, profile.grant, profile.settings)]
    name = next((one for one in TARGETS if one in has), None)
    if name is None or not audiences or set(profile.settings.get(name, "").split()) & set(audiences):
        return None
    return Correction(name, audiences[0])


def _thumbprint(profile: Profile, api: Api | None) -> Correction | None:  # noqa: ARG001 (the same for every Api)
    """The other thumbprint of the certificate, where assertions name it by one."""
    if profile.credential.kind is not CredentialKind.CERTIFICATE:
        return None
    usual = next(iter(provider_of(profile.provider).assertion.key_names), None)
    sent = profile.settings.get(KEY_NAME) or (usual.value if usual else "")
    return Correction(KEY_NAME, _OTHER[sent]) if sent in _OTHER else None


CORRECTIONS: Mapping[str, Callable[[Profile, Api | None], Correction | None]] = {
    "scope": _scope,
    "further-scope": _further_scope,
    "target": _target,
    "thumbprint": _thumbprint,
}


def correction(name: str, profile: Profile, api: Api | None) -> Correction | None:
    """The change of this name; None for another name, or where nothing is to be changed."""
    find = CORRECTIONS.get(name)
    return find(profile, api) if find else None
