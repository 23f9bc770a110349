"""A person signs in at the provider, and the code that comes back is redeemed (RFC 6749 section 4.1, with PKCE).

What protects it: PKCE (RFC 7636), state, nonce, the issuer named in the answer (RFC 9207), and the request pushed
beforehand where that is chosen or demanded (RFC 9126).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from console.core.credential import Secret
from console.core.exchange import Exchange
from console.core.grants.base import Ask, CameBack, Done, Form, Grant, Kept, Move, Need, Post, SendPerson, done
from console.core.grants.signed_in import answered_error, not_ours, with_identity
from console.core.json import strict as strict_json
from console.core.oauth.arrow import METADATA, Arrow, Carried, FlowMoment, Party, asked, given
from console.core.oauth.id_token import FOREIGN, refused
from console.core.oauth.setting import Setting
from console.core.oauth.token_errors import read_token_error
from console.core.tokens import base64url

# Those that go into the request as they are; the last four only for one request, when a sign-in is to be repeated.
_PASSED_ON = ("acr_values", "prompt", "ui_locales", "login_hint", "max_age", "claims", "authorization_details")
_JUDGED_BY = ("acr_values", "max_age")
PUSHED = (("yes", "Always"),)


def begin(ask: Ask) -> Move:
    """The person's turn, or before it the request pushed to the provider."""
    place, fresh = ask.place, ask.fresh
    if not place.authorization_endpoint:
        return Done(refused("not_begun", "This provider names no address where a person could sign in."))
    keep = {"state": Secret(fresh.state), "nonce": Secret(fresh.nonce), "verifier": fresh.verifier, **_wanted(ask)}
    form = authorization_request(ask, keep)
    if place.pushed_authorization_request_endpoint and (place.requires_pushed_requests or ask.setting("par")):
        endpoint = place.pushed_authorization_request_endpoint
        return Post(endpoint, form, auth_audience=place.token_endpoint, keep=keep)
    return SendPerson(_with_query(place.authorization_endpoint, form), fresh.state, keep)


def authorization_request(ask: Ask, keep: Kept) -> Form:
    """The parameters of the authorization request, in the order in which they are explained."""
    wants_identity = "openid" in ask.scope.split()
    challenge = base64url.encode(hashlib.sha256(keep["verifier"].reveal().encode()).digest())
    return (
        ("response_type", "code"),
        ("client_id", ask.client_id),
        ("redirect_uri", ask.redirect_uri),
        *((("scope", ask.scope),) if ask.scope else ()),
        ("state", keep["state"].reveal()),
        *((("nonce", keep["nonce"].reveal()),) if wants_identity else ()),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
        *((name, ask.setting(name)) for name in _PASSED_ON if ask.setting(name)),
        *(("resource", one) for one in ask.setting("resource").split()),
    )


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Move:
    if isinstance(came_back, Mapping):
        return _redeemed(ask, kept, came_back)
    if not isinstance(came_back, Exchange):
        return done(came_back, now=ask.fresh.now)
    if came_back.request.url == ask.place.pushed_authorization_request_endpoint:
        return _pushed(ask, kept, came_back)
    nonce = kept["nonce"].reveal() if "nonce" in kept and "openid" in ask.scope.split() else ""
    code = kept["code"].reveal() if "code" in kept else ""
    return with_identity(_as_begun(ask, kept), done(came_back, now=ask.fresh.now), nonce=nonce, code=code)


def _wanted(ask: Ask) -> Kept:
    """How strong and how fresh the sign-in was to be, by which its ID token is judged in the end."""
    wanted = {name: ask.setting(name) for name in _JUDGED_BY if ask.setting(name)}
    return {"wanted": Secret(json.dumps(wanted))} if wanted else {}


def _as_begun(ask: Ask, kept: Kept) -> Ask:
    """What this one sign-in wanted beyond its profile counts to its end."""
    wanted = json.loads(kept["wanted"].reveal()) if "wanted" in kept else {}
    return replace(ask, settings={**ask.settings, **wanted})


def _pushed(ask: Ask, kept: Kept, answer: Exchange) -> Move:
    """The person is sent with the reference alone (RFC 9126 section 4)."""
    response = answer.response
    if response is None or answer.failure is not None:
        return done(answer, now=ask.fresh.now)
    read = strict_json.read(response.body)
    told = read.value if read.is_json and isinstance(read.value, dict) else {}
    reference = told.get("request_uri")
    if not 200 <= response.status < 300 or not isinstance(reference, str) or not reference:
        error = read_token_error(response.status, response.headers, response.body, now=ask.fresh.now)
        return Done(error if error.error else replace(error, kind="not_a_token_response"))
    form = (("client_id", ask.client_id), ("request_uri", reference))
    return SendPerson(_with_query(ask.place.authorization_endpoint, form), kept["state"].reveal(), kept)


def _redeemed(ask: Ask, kept: Kept, told: Mapping[str, str]) -> Move:
    """The code goes to the token endpoint, once the answer is known to belong to this request."""
    refusal = not_ours(ask, kept["state"].reveal() if "state" in kept else "", told)
    if refusal:
        return Done(refused(FOREIGN, refusal))
    if "error" in told:
        return Done(answered_error(told))
    if not told.get("code"):
        return Done(refused(FOREIGN, "The answer of the authorization endpoint holds neither a code nor an error."))
    endpoint, code, verifier = ask.place.token_endpoint, Secret(told["code"]), kept["verifier"]
    resources = ask.setting("resource").split()
    form = (
        ("grant_type", GRANT.grant_type),
        ("code", code.reveal()),
        ("redirect_uri", ask.redirect_uri),
        ("code_verifier", verifier.reveal()),
        *((("resource", resources[0]),) if len(resources) == 1 else ()),
    )
    return Post(endpoint, form, auth_audience=endpoint, secrets=(code, verifier), keep={"code": code})


def _with_query(endpoint: str, form: Form) -> str:
    """The address with these parameters behind those that it has of its own (RFC 6749 section 3.1)."""
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(form)}"


SETTINGS = (
    Setting(
        "par",
        "Push the request first (PAR)",
        help="Otherwise only where the provider demands it (RFC 9126).",
        choices=PUSHED,
        is_required=False,
    ),
    Setting(
        "acr_values",
        "Level of sign-in (acr_values)",
        help="As the provider names it, for example idporten-loa-high; several with blanks between them.",
        is_required=False,
    ),
    Setting(
        "prompt",
        "Prompt",
        help="What the provider is to ask even of somebody who is signed in.",
        choices=(
            ("login", "Sign in again"),
            ("consent", "Ask for consent again"),
            ("select_account", "Choose an account"),
            ("none", "Ask nothing (fails where something must be asked)"),
        ),
        is_required=False,
    ),
    Setting(
        "resource",
        "Resource",
        help="The API that the token is for, where the provider asks for it beside the scope (RFC 8707).",
        is_required=False,
        max_length=500,
    ),
)

ARROWS = (
    *METADATA,
    Arrow(
        FlowMoment.PUSH, Party.CLIENT, Party.PROVIDER, "The request, beforehand", "The console pushes the request",
        "All parameters go straight to {provider}, with proof of the client: nobody can change them on the way "
        "(RFC 9126).",
        Carried.APPLICATION, is_optional=True,
    ),
    Arrow(
        FlowMoment.PUSH, Party.PROVIDER, Party.CLIENT, "A reference to it", "The provider keeps it",
        "The link will hold this reference alone; it is good once and for a short time.",
        Carried.APPLICATION, is_answer=True, is_optional=True,
    ),
    Arrow(
        FlowMoment.LINK, Party.CLIENT, Party.PERSON, "Link with state and challenge", "The console prepares the link",
        "It keeps state and the verifier, and sends only the verifier's SHA-256 (RFC 7636).",
    ),
    Arrow(
        FlowMoment.SIGN_IN, Party.PERSON, Party.PROVIDER, "Signs in and consents", "{person} signs in and consents",
        "Between browser and provider: the console sees nothing of it.",
        Carried.PERSON,
    ),
    Arrow(
        FlowMoment.SENT_BACK, Party.PROVIDER, Party.PERSON, "Sent back with a code",
        "The provider sends the browser back",
        "To the one registered address, with a code and the same state.",
        Carried.PERSON_AS_CODE,
    ),
    Arrow(
        FlowMoment.CAME_BACK, Party.PERSON, Party.CLIENT, "Brings code and state", "The browser brings code and state",
        "Read and redirected at once, so that the code stays in no history. State and issuer (iss) are compared.",
        Carried.PERSON_AS_CODE,
    ),
    asked(
        "Code and verifier", "Code and verifier are handed in",
        "The provider hashes the verifier and finds the challenge that came with the link.",
        carried=Carried.APPLICATION_FOR_PERSON,
    ),
    given(
        "A token for the person", "The provider answers",
        "A token for {person}, given to {client}; with openid in the scope an ID token too, whose nonce is compared.",
        carried=Carried.PERSON,
    ),
)  # fmt: skip

GRANT = Grant(
    code="authorization_code",
    title="Authorization code: a person signs in",
    grant_type="authorization_code",
    source="RFC 6749 section 4.1, RFC 7636, RFC 9207, RFC 9126, OpenID Connect Core section 3.1",
    needs=frozenset({Need.CLIENT_AUTH, Need.USER, Need.REDIRECT}),
    begin=begin,
    go_on=go_on,
    settings=SETTINGS,
    arrows=ARROWS,
)
