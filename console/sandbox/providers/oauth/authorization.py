"""An authorization request, checked (RFC 6749 section 4.1.1, RFC 7636, OpenID Connect Core section 3.1.2).

What is wrong with client or redirect address is told to the person and sent to nobody; the rest is sent back.
"""

import re
from dataclasses import dataclass

from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import first, repeated
from console.sandbox.providers.oauth.resources import known_audience
from console.sandbox.providers.oauth.rules import Form, Rules
from console.sandbox.redirects import find
from console.sandbox.registered import OAuthClient

MODES = ("query", "fragment", "form_post")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
SEVERAL = ("resource",)
LONGEST = 2000  # what is asked is kept until the code is redeemed


@dataclass(frozen=True, slots=True)
class AuthorizationAsk:
    """A request that may be shown to a person. `levels` are those of `acr` that would do, low to high; `max_age_s`
    None without one. `jkt` is the key that the code is bound to, "" for none.
    """

    client: OAuthClient
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    nonce: str
    challenge: str
    mode: str
    prompt: str
    levels: tuple[str, ...]
    resources: tuple[str, ...]
    max_age_s: int | None
    jkt: str


@dataclass(frozen=True, slots=True)
class ShownOnPage:
    """Wrong in a way that nobody may be redirected for: the person reads it."""

    text: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """An error that the client is told of, at its own address."""

    redirect_uri: str
    mode: str
    state: str
    error: str
    text: str


def read_ask(form: Form, visit: ProviderVisit, rules: Rules) -> AuthorizationAsk | SentBack | ShownOnPage:
    client = rules.client(visit.state, first(form, "client_id"))
    if client is None:
        return ShownOnPage("The request names no client that is registered here (client_id).")
    redirect_uri = find(client, first(form, "redirect_uri"), console=visit.console)
    if not redirect_uri:
        return ShownOnPage(
            "The redirect address of the request (redirect_uri) is none that is registered for the client, letter by "
            "letter."
        )
    mode = first(form, "response_mode")
    back = SentBack(redirect_uri, mode if mode in MODES else "query", first(form, "state"), "", "")
    problem = _problem(form, client, visit, rules)
    if problem is not None:
        return SentBack(back.redirect_uri, back.mode, back.state, *problem)
    max_age = first(form, "max_age")
    return AuthorizationAsk(
        client=client,
        redirect_uri=redirect_uri,
        scopes=_scopes(form),
        state=back.state,
        nonce=first(form, "nonce"),
        challenge=first(form, "code_challenge"),
        mode=back.mode,
        prompt=first(form, "prompt"),
        levels=_levels(first(form, "acr_values"), rules),
        resources=form.get("resource", ()),
        max_age_s=int(max_age) if max_age else None,
        jkt=first(form, "dpop_jkt"),
    )


def _scopes(form: Form) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first(form, "scope").split()))


Problem = tuple[str, str]


def _problem(form: Form, client: OAuthClient, visit: ProviderVisit, rules: Rules) -> Problem | None:
    if name := repeated(form, allowed=SEVERAL):
        return "invalid_request", f"The parameter {name[:100]} stands there twice."
    asked = {name: values for name, values in form.items() if name != "client_assertion"}
    if name := next((name for name, values in asked.items() if sum(map(len, values)) > LONGEST), ""):
        return "invalid_request", f"The parameter {name[:100]} is longer than {LONGEST} characters."
    return (
        _type_problem(form, client)
        or _challenge_problem(form, client, rules)
        or _scope_problem(form, client, rules)
        or _rest_problem(form, visit, rules)
    )


def _type_problem(form: Form, client: OAuthClient) -> Problem | None:
    if "request" in form:
        return "request_not_supported", "Request objects are not taken here."
    if first(form, "response_type") != "code":
        return "unsupported_response_type", "response_type must be code."
    if "authorization_code" not in client.grants:
        return "unauthorized_client", "The client is not registered for authorization codes."
    if first(form, "response_mode") not in ("", *MODES):
        return "invalid_request", f"response_mode must be one of {', '.join(MODES)}."
    return None


def _challenge_problem(form: Form, client: OAuthClient, rules: Rules) -> Problem | None:
    challenge, method = first(form, "code_challenge"), first(form, "code_challenge_method")
    if not challenge and not method:
        is_needed = rules.needs_pkce or client.is_public
        return ("invalid_request", "code_challenge is missing: PKCE is required.") if is_needed else None
    if method != "S256":
        return "invalid_request", "code_challenge_method must be S256."
    if not _CHALLENGE.fullmatch(challenge):
        return "invalid_request", "code_challenge must be 43 characters of base64url, without padding."
    return None


def _scope_problem(form: Form, client: OAuthClient, rules: Rules) -> Problem | None:
    scopes = _scopes(form)
    if rules.needs_openid and "openid" not in scopes:
        return "invalid_scope", "scope must hold openid."
    if foreign := [one for one in scopes if one not in client.scopes]:
        return "invalid_scope", f"The scope {' '.join(foreign)[:200]} is not allowed for this client."
    return None


def _rest_problem(form: Form, visit: ProviderVisit, rules: Rules) -> Problem | None:
    asked = first(form, "acr_values")
    if asked and not _levels(asked, rules):
        return "invalid_request", f"acr_values must be among {' '.join(code for code, _ in rules.levels)}."
    max_age = first(form, "max_age")
    if max_age and not (max_age.isascii() and max_age.isdigit() and len(max_age) < 10):
        return "invalid_request", "max_age must be whole seconds."
    if first(form, "prompt") not in ("", "none", "login", "consent", "select_account"):
        return "invalid_request", "prompt must be none, login, consent or select_account."
    if foreign := [one for one in form.get("resource", ()) if known_audience(one, visit) is None]:
        return "invalid_target", f"The resource {foreign[0][:200]} is not known here."
    return None


def _levels(asked: str, rules: Rules) -> tuple[str, ...]:
    """The levels that satisfy a demand: a higher one satisfies a lower. All without a demand, none for unknown ones."""
    order = [code for code, _ in rules.levels]
    wanted = [order.index(one) for one in asked.split() if one in order]
    if asked and not wanted:
        return ()
    return tuple(order[min(wanted, default=0) :])
