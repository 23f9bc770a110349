"""A person signs in on another device with a code that is shown to them (RFC 8628)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.core.credential import Secret
from console.core.exchange import Exchange, FailureKind
from console.core.grants.base import Ask, CameBack, Done, Grant, Kept, Move, Need, Post, Wait, done
from console.core.grants.signed_in import with_identity
from console.core.json import strict as strict_json
from console.core.oauth.arrow import METADATA, Arrow, Carried, FlowMoment, Party, asked, given
from console.core.oauth.id_token import refused
from console.core.oauth.token_errors import read_token_error
from console.core.oauth.token_lifetime import read_lifetime
from console.core.oauth.token_response import TokenError

INTERVAL_S = 5  # where the server names none (section 3.2), and what slow_down adds (section 3.5)
LONGEST_INTERVAL_S = 60
USUAL_LIFE_S = 600  # section 3.2 demands expires_in; a server that leaves it out is believed for that long
PENDING, SLOWER = "authorization_pending", "slow_down"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is shown to the person and how often may be asked; kept as one text beside the device code."""

    user_code: str
    uri: str
    uri_with_code: str
    until: int
    interval_s: int

    def kept(self) -> Secret:
        told = (self.user_code, self.uri, self.uri_with_code, self.until, self.interval_s)
        return Secret(json.dumps(told))


def begin(ask: Ask) -> Move:
    endpoint = ask.place.device_authorization_endpoint
    if not endpoint:
        return Done(refused("not_begun", "This provider names no address that gives codes for devices."))
    form = (
        *((("scope", ask.scope),) if ask.scope else ()),
        *(("resource", one) for one in ask.setting("resource").split()),
    )
    return Post(endpoint, form, auth_audience=ask.place.token_endpoint)


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Move:
    if "device_code" not in kept:
        return _shown(ask, came_back)
    waiting = _Waiting(*json.loads(kept["waiting"].reveal()))
    if isinstance(came_back, Exchange):
        return _looked(ask, waiting, kept, came_back)
    if ask.fresh.now >= waiting.until:
        return Done(refused("device_code_expired", "Nobody finished signing in while the code was good."))
    code = kept["device_code"]
    form = (("grant_type", GRANT.grant_type), ("device_code", code.reveal()))
    return Post(ask.place.token_endpoint, form, auth_audience=ask.place.token_endpoint, secrets=(code,))


def _shown(ask: Ask, came_back: CameBack) -> Move:
    """The codes that the server gave, or why it gave none."""
    now = ask.fresh.now
    if not isinstance(came_back, Exchange) or came_back.response is None or came_back.failure is not None:
        return done(came_back, now=now)
    response = came_back.response
    read = strict_json.read(response.body)
    told: Mapping[str, Any] = read.value if read.is_json and isinstance(read.value, dict) else {}
    names = ("device_code", "user_code")
    uri = told.get("verification_uri", told.get("verification_url"))
    is_whole = all(isinstance(told.get(name), str) and told[name] for name in names) and _is_address(uri)
    if not 200 <= response.status < 300 or not is_whole:
        error = read_token_error(response.status, response.headers, response.body, now=now)
        words = "The answer holds no device_code, user_code and verification_uri (RFC 8628 section 3.2)."
        return Done(error if error.error or error.kind != "not_a_token_response" else refused(error.kind, words))
    whole = told.get("verification_uri_complete")
    life_s = read_lifetime(told.get("expires_in")).seconds
    waiting = _Waiting(
        user_code=told["user_code"],
        uri=str(uri),
        uri_with_code=str(whole) if _is_address(whole) else "",
        until=now + (USUAL_LIFE_S if life_s is None else life_s),
        interval_s=read_lifetime(told.get("interval")).seconds or INTERVAL_S,
    )
    return _wait(waiting, Secret(told["device_code"]))


def _looked(ask: Ask, waiting: _Waiting, kept: Kept, answer: Exchange) -> Move:
    """What the token endpoint says meanwhile. A timeout makes the waits longer (section 3.5), as slow_down does."""
    ended = done(answer, now=ask.fresh.now)
    error = ended.result.error if isinstance(ended.result, TokenError) else ""
    is_timeout = answer.failure is not None and answer.failure.kind is FailureKind.TIMEOUT
    if error not in (PENDING, SLOWER) and not is_timeout:
        return with_identity(ask, ended)
    longer_s = waiting.interval_s * 2 if is_timeout else waiting.interval_s + INTERVAL_S * (error == SLOWER)
    slower = _Waiting(waiting.user_code, waiting.uri, waiting.uri_with_code, waiting.until, longer_s)
    return _wait(slower, kept["device_code"])


def _wait(waiting: _Waiting, device_code: Secret) -> Wait:
    keep = {"device_code": device_code, "waiting": waiting.kept()}
    interval_s = min(waiting.interval_s, LONGEST_INTERVAL_S)
    return Wait(waiting.user_code, waiting.uri, waiting.until, interval_s, keep, waiting.uri_with_code)


def _is_address(value: Any) -> bool:
    """What may become a link on a page: nothing but an address of the web."""
    return isinstance(value, str) and value.lower().startswith(("https://", "http://"))


ARROWS = (
    *METADATA,
    asked(
        "A code for a device, please", "{client} asks for two codes",
        "One for the person to type in, and a secret one to ask with.",
        carried=Carried.NOBODY, moment=FlowMoment.DEVICE,
    ),
    given(
        "User code and address", "The provider gives both codes",
        "With the address to open, how long they are good, and how often may be asked.",
        carried=Carried.NOBODY, moment=FlowMoment.DEVICE,
    ),
    Arrow(
        FlowMoment.SHOWN, Party.CLIENT, Party.PERSON, "Shows code and address", "The console shows code and address",
        "{person} may open the address on any device.",
    ),
    Arrow(
        FlowMoment.SIGN_IN, Party.PERSON, Party.PROVIDER, "Types the code, signs in",
        "{person} types the code and signs in",
        "Between browser and provider: the console sees nothing of it.",
        Carried.PERSON,
    ),
    asked(
        "Are they done?", "The console asks whether they are done",
        "With the secret code, no faster than the provider allows (RFC 8628 section 3.5).",
        carried=Carried.APPLICATION_FOR_PERSON, moment=FlowMoment.POLL,
    ),
    given(
        "A token for the person", "The provider answers",
        "authorization_pending means: not yet, ask again; slow_down: and less often.",
        carried=Carried.PERSON, moment=FlowMoment.POLL,
    ),
)  # fmt: skip

GRANT = Grant(
    code="device_code",
    title="Device code: a person signs in on another device",
    grant_type="urn:ietf:params:oauth:grant-type:device_code",
    source="RFC 8628",
    needs=frozenset({Need.CLIENT_AUTH, Need.USER}),
    begin=begin,
    go_on=go_on,
    arrows=ARROWS,
)
