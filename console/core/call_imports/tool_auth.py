"""How a tool was told to authenticate a call, in the words of Postman, Insomnia and Bruno."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.core.call_imports.clients import client_of
from console.core.call_imports.model import ImportedClient, LeftOut
from console.core.exchange import Header

_WORDS = {
    "bearer": "Bearer token",
    "basic": "Basic",
    "oauth2": "OAuth 2.0",
    "apikey": "API key",
    "digest": "Digest",
    "awsv4": "AWS signature",
    "iam": "AWS signature",
    "hawk": "Hawk",
    "ntlm": "NTLM",
    "oauth1": "OAuth 1.0",
    "jwt": "JWT signed by the tool",
}
_NOTHING = ("", "noauth", "none", "inherit")
# The words of the three tools for the same member.
_CLIENT_ID = ("clientId", "client_id")
_ENDPOINT = ("accessTokenUrl", "access_token_url")
_GRANT = ("grant_type", "grantType")
_GRANTS = {
    "authorization_code_with_pkce": "authorization_code",
    "password_credentials": "password",
    "password": "password",
}
_SECRETS = ("clientSecret", "client_secret", "password", "accessToken", "refreshToken", "token", "code")


@dataclass(frozen=True, slots=True)
class ToolAuth:
    """`words` is "" for none. `header` is what the tool would send, () when it obtains a token or signs; `in_query`
    that it goes into the address instead. `client` is the OAuth client it is told, None without one."""

    words: str = ""
    header: tuple[Header, ...] = ()
    in_query: bool = False
    client: ImportedClient | None = None
    left_out: tuple[LeftOut, ...] = ()


def of(kind: str, told: Mapping[str, str], *, name: str = "") -> ToolAuth:
    """`kind` is the tool's word for the way, `told` what it was told, with variables filled in."""
    kind = kind.lower()
    if kind in _NOTHING:
        return ToolAuth()
    words = _WORDS.get(kind, kind)
    if kind == "bearer":
        prefix = told.get("prefix") or "Bearer"
        return ToolAuth(words, (("Authorization", f"{prefix} {told.get('token', '')}".strip()),))
    if kind == "basic":
        return ToolAuth(words, (("Authorization", f"Basic {told.get('username', '')}:{told.get('password', '')}"),))
    if kind == "apikey":
        in_query = (told.get("in") or told.get("addTo") or told.get("placement") or "").lower().startswith("query")
        return ToolAuth(words, ((told.get("key", "") or "apikey", told.get("value", "")),), in_query)
    if kind == "oauth2":
        return _oauth(told, name)
    return ToolAuth(words, left_out=(LeftOut(words, "auth", "The tool computes it for each call."),))


def _oauth(told: Mapping[str, str], name: str) -> ToolAuth:
    def first(names: tuple[str, ...]) -> str:
        return next((told[one] for one in names if told.get(one)), "")

    grant = first(_GRANT)
    secrets = {one: told[one] for one in _SECRETS if told.get(one)}
    client = client_of(
        name or told.get("tokenName", ""),
        client_id=first(_CLIENT_ID),
        token_endpoint=first(_ENDPOINT),
        scope=told.get("scope", ""),
        grant=_GRANTS.get(grant, grant),
        secrets=secrets,
    )
    is_told = bool(client.client_id or client.token_endpoint)
    return ToolAuth(
        "OAuth 2.0",
        client=client if is_told else None,
        left_out=() if is_told else tuple(client.left_out),
    )


def applied(auth: ToolAuth, url: str, headers: tuple[Header, ...]) -> tuple[str, tuple[Header, ...], list[LeftOut]]:
    """The address and the headers as the tool would send them, and what of the auth is left out."""
    if auth.in_query:
        name, value = auth.header[0]
        return f"{url}{'&' if '?' in url else '?'}{name}={value}", headers, list(auth.left_out)
    own = tuple(one for one in auth.header if all(one[0].lower() != name.lower() for name, _ in headers))
    return url, (*headers, *own), list(auth.left_out)
