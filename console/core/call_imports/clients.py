"""OAuth clients that documents name: in a request for a token, or in the settings by which a tool obtains one."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from console.core.call_imports.model import ImportedCall, ImportedClient, LeftOut
from console.core.call_imports.variables import is_only_variables

_SECRETS = ("client_secret", "client_assertion", "refresh_token", "password", "code", "assertion")
MAX_FORM = 20_000


def client_of_request(call: ImportedCall) -> ImportedClient | None:
    """The client of a call that asks for a token (RFC 6749 section 4); None for any other call."""
    if call.method.upper() != "POST" or "grant_type" not in call.body[:MAX_FORM]:
        return None
    if call.kind not in ("form", "multipart") and call.body.lstrip()[:1] in ("{", "["):
        return None
    form = dict(parse_qsl(call.body[:MAX_FORM], keep_blank_values=True))
    if not form.get("grant_type"):
        return None
    return client_of(
        call.name,
        client_id=form.get("client_id", ""),
        token_endpoint=call.url,
        scope=form.get("scope", ""),
        grant=form["grant_type"],
        secrets={name: form.get(name, "") for name in _SECRETS}
        | {name: value for name, value in call.headers if name.lower() == "authorization"},
    )


def client_of(
    name: str, *, client_id: str, token_endpoint: str, scope: str, grant: str, secrets: Mapping[str, str]
) -> ImportedClient:
    """`secrets` are what is left out of it, by name; empty ones were never there."""
    left_out = (
        LeftOut(one, "client", is_secret=not is_only_variables(value)) for one, value in secrets.items() if value
    )
    return ImportedClient(name, client_id.strip(), token_endpoint.strip(), scope.strip(), grant, tuple(left_out))
