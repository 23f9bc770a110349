"""What a client asks of a person's browser (RFC 6749 section 4.1.1), read and checked in Entra's order."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from console.core.exchange import Request
from console.sandbox import redirects
from console.sandbox.idp import errors, person_errors
from console.sandbox.idp.delegated import Wanted, read_resource, read_scope
from console.sandbox.idp.errors import EntraError
from console.sandbox.state import ClientRegistration, State

IMPLICIT = (frozenset({"token"}), frozenset({"id_token"}), frozenset({"id_token", "token"}))
MODES = ("query", "fragment", "form_post")
PROMPTS = ("", "none", "login", "consent", "select_account")
_CONTEXT = re.compile(r"[\w.:-]{1,50}", re.ASCII)
_CHALLENGE = re.compile(r"[\w-]{43}", re.ASCII)  # base64url of a SHA-256 without padding


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where the answer goes, and how. `state` is the client's own value, "" when it sent none."""

    redirect_uri: str
    mode: str = "query"
    state: str = ""


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """A request that a person may be asked about. `text` is the whole of it as it came, for the pages to carry."""

    client: ClientRegistration
    wanted: Wanted
    back: WayBack
    parameters: Mapping[str, str] = field(repr=False)
    text: str = field(repr=False)

    def __getitem__(self, name: str) -> str:
        return self.parameters.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class UnfitRequest:
    """Why nobody is asked. `back` is None where the client's address is not known to be its own: it is told to the
    person then and never to that address.
    """

    error: EntraError
    back: WayBack | None = None


def parameters_of(request: Request, query: str) -> str:
    """The parameters as one query text: of the address, and of a form that was posted."""
    posted = request.body.decode("utf-8", "replace") if request.method == "POST" else ""
    pairs = parse_qsl(query, keep_blank_values=True) + parse_qsl(posted, keep_blank_values=True)
    return urlencode(pairs, errors="replace")


def read(text: str, state: State, *, version: int, console: str) -> SignInRequest | UnfitRequest:
    """The request in a query text, or what is wrong with it first."""
    parameters = dict(parse_qsl(text, keep_blank_values=True))
    client = _client(parameters, state)
    if isinstance(client, EntraError):
        return UnfitRequest(client)
    address = _address(parameters, client, console)
    if isinstance(address, EntraError):
        return UnfitRequest(address)
    usual = "query" if parameters.get("response_type", "code") == "code" else "fragment"
    mode = parameters.get("response_mode") or usual
    back = WayBack(address, mode if mode in MODES else usual, parameters.get("state", ""))
    wanted = _problem(parameters, client) or _wanted(parameters, client, state, version)
    if isinstance(wanted, EntraError):
        return UnfitRequest(wanted, back)
    return SignInRequest(client, wanted, back, parameters, text)


def _client(parameters: Mapping[str, str], state: State) -> ClientRegistration | EntraError:
    client_id = parameters.get("client_id", "").strip()
    if not client_id:
        return errors.parameter_missing("client_id")
    return state.client(client_id) or errors.client_not_found(client_id, state.tenant_id)


def _address(parameters: Mapping[str, str], client: ClientRegistration, console: str) -> str | EntraError:
    if not client.redirect_uris:
        return errors.no_reply_address()
    asked = parameters.get("redirect_uri", "")
    if not asked:
        return errors.parameter_missing("redirect_uri")
    return redirects.find(client, asked, console=console) or person_errors.redirect_mismatch(asked, client.id)


def _problem(parameters: Mapping[str, str], client: ClientRegistration) -> EntraError | None:
    if (refused := _response_problem(parameters, client)) is not None:
        return refused
    if parameters.get("prompt", "").strip() not in PROMPTS:
        return person_errors.prompt_unknown(parameters["prompt"])
    if parameters.get("request") or parameters.get("request_uri"):
        return person_errors.request_object()
    if (claims := parameters.get("claims")) and _contexts(claims) is None:
        return person_errors.claims_unreadable()
    return _pkce_problem(parameters, client) if parameters["response_type"] == "code" else None


def _response_problem(parameters: Mapping[str, str], client: ClientRegistration) -> EntraError | None:
    """What is wrong with the kind of answer; tokens come in an address only where the registration allows it."""
    kind, mode = parameters.get("response_type", ""), parameters.get("response_mode", "")
    if not kind:
        return errors.parameter_missing("response_type")
    is_implicit = client.allows_implicit and frozenset(kind.split()) in IMPLICIT
    if kind != "code" and not is_implicit:
        return person_errors.response_type_not_enabled(kind, client.id)
    if (mode and mode not in MODES) or (is_implicit and mode == "query"):
        return person_errors.response_mode_unknown(mode)
    if is_implicit and "id_token" in kind and not parameters.get("nonce"):
        return errors.parameter_missing("nonce")
    return None


def _pkce_problem(parameters: Mapping[str, str], client: ClientRegistration) -> EntraError | None:
    challenge, method = parameters.get("code_challenge", ""), parameters.get("code_challenge_method", "")
    if not challenge:
        return person_errors.pkce_required() if client.is_public else None
    if method != "S256":
        return person_errors.challenge_method(method or "plain")
    return None if _CHALLENGE.fullmatch(challenge) else person_errors.challenge_size()


def _wanted(
    parameters: Mapping[str, str], client: ClientRegistration, state: State, version: int
) -> Wanted | EntraError:
    scope = parameters.get("scope", "")
    if version == 1:
        return read_resource(parameters.get("resource", ""), scope, state)
    if parameters.get("resource"):
        return person_errors.resource_on_v2()
    return read_scope(scope, state, client)


def contexts(claims: str) -> tuple[str, ...]:
    """The authentication contexts (`acrs`) that a claims parameter asks for; () for none and for what is unreadable."""
    return _contexts(claims) or ()


def _contexts(claims: str) -> tuple[str, ...] | None:
    try:
        asked = json.loads(claims)
    except (ValueError, RecursionError):
        return None
    if not isinstance(asked, dict):
        return None
    of_access = asked.get("access_token")
    acrs = of_access.get("acrs") if isinstance(of_access, dict) else None
    if not isinstance(acrs, dict):
        return ()
    several = acrs.get("values")
    values = [*(several if isinstance(several, list) else []), acrs.get("value")]
    return tuple(one for one in values if isinstance(one, str) and _CONTEXT.fullmatch(one))
