"""How a profile's token is obtained by a program that stands alone, or why that is not offered."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from console.core.client_auth import SETTING
from console.core.credential import Secret
from console.core.grants import client_credentials, grant_of
from console.core.grants.base import Ask
from console.core.oauth.fresh import Fresh
from console.core.oauth.place import Place
from console.core.profile import Profile
from console.core.profile_checks.settings import DPOP
from console.core.providers import provider_of
from console.core.providers.base import Provider
from console.core.snippets.base import TokenRecipe, TokenWay

Recipes = Mapping[TokenWay, TokenRecipe | str]
OF_A_TOKEN_REQUEST = "This is the request for a token itself."
_BY_SECRET = ("client_secret_post", "client_secret_basic")
# Hosts that MSAL knows; of any other it must be told that Microsoft does not know it either.
_KNOWN = frozenset({"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"})
_NOTHING_FRESH = Fresh(0, "", "", "", Secret(""))


def never(reason: str) -> Recipes:
    """No way but the placeholder."""
    return {TokenWay.SECRET: reason, TokenWay.CERTIFICATE: reason}


def recipes(profile: Profile, place: Place) -> Recipes:
    """For each way but the placeholder the recipe, or one sentence on why it is not offered."""
    provider = provider_of(profile.provider)
    if profile.grant != client_credentials.GRANT.code:
        return never(f"The grant of this profile is {grant_of(profile.grant).title}: no program gets its token alone.")
    if profile.settings.get(DPOP.name):
        return never("Tokens of this profile are bound to a key of this console, and go out with its proof (DPoP).")
    if not place.token_endpoint:
        return never("The token endpoint is not known before the provider’s metadata is read.")
    return {
        TokenWay.SECRET: _by_secret(profile, place, provider),
        TokenWay.CERTIFICATE: _by_key(profile, place, provider),
    }


def _by_secret(profile: Profile, place: Place, provider: Provider) -> TokenRecipe | str:
    taken = [code for code in provider.client_auths if code in _BY_SECRET]
    if not taken:
        return f"{provider.title} takes no client secret."
    chosen = profile.settings.get(SETTING, "")
    method = chosen if chosen in taken else taken[0]
    return _recipe(TokenWay.SECRET, profile, place, provider, is_basic=method == "client_secret_basic")


def _by_key(profile: Profile, place: Place, provider: Provider) -> TokenRecipe | str:
    if "private_key_jwt" not in provider.client_auths:
        return f"{provider.title} takes no assertion that is signed with a certificate’s key."
    if not place.msal_authority:
        return "Only where MSAL serves the provider does a program sign its assertion in a few lines."
    return _recipe(TokenWay.CERTIFICATE, profile, place, provider)


def _recipe(
    way: TokenWay, profile: Profile, place: Place, provider: Provider, *, is_basic: bool = False
) -> TokenRecipe:
    settings = {**provider.usual, **profile.settings}
    post = client_credentials.begin(Ask(place, profile.client_id, profile.scope, settings, _NOTHING_FRESH, given={}))
    said = {name for name, _ in post.form}
    more = tuple(pair for pair in provider.adds(profile.settings) if pair[0] not in said)
    authority = "" if more or is_basic else place.msal_authority  # MSAL sends the scope and nothing beside it
    return TokenRecipe(
        way,
        profile.client_id,
        post.endpoint,
        (*post.form, *more),
        scope=profile.scope,
        authority=authority,
        is_known=urlsplit(authority).hostname in _KNOWN,
        is_basic=is_basic,
    )
