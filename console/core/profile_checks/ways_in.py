"""The ways to a token that an API takes: which grant, which scope, and what has to be granted by whom."""

from dataclasses import dataclass

from console.core.api import Api, Expectation
from console.core.compare import is_guid
from console.core.issuers import METADATA_PATH, IssuerForm, read_issuer

_PROVIDERS = {
    "entra": "entra",
    "b2c": "entra_b2c",
    "ciam": "entra_external",
    "keycloak": "keycloak",
}
_LIKE_ENTRA = frozenset({"entra", "b2c", "ciam", "sandbox"})
_BY_THEIR_SHAPE = ("api://", "https://")


@dataclass(frozen=True, slots=True)
class WayIn:
    """`grant` is its code, `scope` what is asked for, "" where the API does not say. `granted` are the roles or scopes
    of which any one has to be granted, `is_role` which of the two.
    """

    grant: str
    title: str
    scope: str
    granted: tuple[str, ...] = ()
    is_role: bool = False


@dataclass(frozen=True, slots=True)
class TokenOrigin:
    """Who issues the tokens. `provider` is a code of the catalogue, "" where nothing tells; `settings` are those of a
    profile, as far as they are known.
    """

    provider: str
    issuer: str
    settings: dict[str, str]
    is_like_entra: bool


def source_of(api: Api, *, is_sandbox: bool) -> TokenOrigin:
    """By the first issuer that the API accepts, else by the address of its issuer's configuration; never raises."""
    wanted = api.expectation
    issuer = next(iter(wanted.issuers), "") or api.metadata_url.removesuffix(METADATA_PATH)
    form = read_issuer(issuer) if issuer else IssuerForm("other", "", "", "")
    tenant = wanted.tenant or form.tenant
    is_like_entra = form.provider in _LIKE_ENTRA or (not issuer and _names_a_resource(wanted))
    if is_sandbox:
        return TokenOrigin("sandbox", issuer, {"tenant": tenant} if tenant else {}, is_like_entra)
    provider = _PROVIDERS.get(form.provider, "generic") if issuer else ""
    if form.provider == "entra":
        settings = {"tenant": tenant} if tenant else {}
    else:
        settings = {"issuer": issuer} if provider == "generic" else {}
    return TokenOrigin(provider, issuer, settings, is_like_entra)


def ways_in(expectation: Expectation, source: TokenOrigin) -> tuple[WayIn, ...]:
    """The application's own way first. Where the API says nothing of roles and scopes it is the only one told."""
    roles, scopes = expectation.roles, expectation.scopes
    resource = _resource(expectation)
    found = []
    if roles or not scopes or not source.is_like_entra:
        own = f"{resource}/.default" if resource and source.is_like_entra else " ".join(scopes[:1])
        granted = roles if source.is_like_entra else (roles or scopes)
        title = "A program, without a person"
        found.append(WayIn("client_credentials", title, own, granted, is_role=bool(roles) or source.is_like_entra))
    if scopes:
        asked = f"{resource}/{scopes[0]}" if resource and source.is_like_entra else scopes[0]
        found.append(WayIn("authorization_code", "For a person who signs in", asked, scopes))
    return tuple(found)


def _names_a_resource(expectation: Expectation) -> bool:
    return any(one.startswith("api://") for one in expectation.audiences)


def _resource(expectation: Expectation) -> str:
    """The API as a scope names it: its Application ID URI, or `api://` before its id; "" where it says no audience."""
    named = next((one for one in expectation.audiences if one.startswith(_BY_THEIR_SHAPE)), "")
    first = next(iter(expectation.audiences), "")
    return (named or (f"api://{first}" if is_guid(first) else first)).rstrip("/")
