"""What was recorded of a flow: exchanges, and the moments in which a person had a turn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from console.core.exchange import Exchange, Purpose, Response
from console.core.json import strict as strict_json
from console.core.oauth.arrow import FlowMoment

_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_BY_PURPOSE = {Purpose.METADATA: FlowMoment.METADATA, Purpose.CALL: FlowMoment.CALL}
GOES_ON = frozenset({"authorization_pending", "slow_down", "use_dpop_nonce"})  # an error that only says: once more


@dataclass(frozen=True, slots=True)
class Recorded:
    """One thing that happened. `exchange` is redacted, None where a person had the turn.

    `at` is epoch seconds, None where nobody knows. `error` is what a person came back with in place of a code, "" else.
    `is_prepared`: it did not happen yet; `exchange` then shows the request that waits to be sent.
    """

    moment: FlowMoment
    exchange: Exchange | None = None
    at: float | None = None
    error: str = ""
    is_prepared: bool = False


def prepared(exchange: Exchange) -> Recorded | None:
    """A request that waits to be sent; None for one that belongs to no flow."""
    moment = moment_of(exchange)
    return None if moment is None else Recorded(moment, exchange, is_prepared=True)


def of_exchanges(exchanges: Iterable[Exchange]) -> tuple[Recorded, ...]:
    """The recorded moments, in order. Fetching keys is no part of a flow and is left out."""
    found = ((moment_of(one), one) for one in exchanges)
    return tuple(Recorded(moment, one, one.started_at) for moment, one in found if moment is not None)


def moment_of(exchange: Exchange) -> FlowMoment | None:
    """What a request was for, by its purpose and by the names in its form; None when it belongs to no flow."""
    if exchange.purpose is not Purpose.TOKEN:
        return _BY_PURPOSE.get(exchange.purpose)
    form = dict(parse_qsl(exchange.request.body.decode("utf-8", "replace"), keep_blank_values=True))
    if "grant_type" in form:
        return FlowMoment.POLL if form["grant_type"] == _DEVICE_GRANT else FlowMoment.TOKEN
    if "response_type" in form or "request" in form:
        return FlowMoment.PUSH
    return None if "token" in form else FlowMoment.DEVICE  # a question about a token, or its end: no way to get one


def grant_type_of(exchanges: Iterable[Exchange]) -> str:
    """The grant_type of the last request that named one; "" when none did."""
    forms = (dict(parse_qsl(one.request.body.decode("utf-8", "replace"))) for one in exchanges)
    return next((form["grant_type"] for form in reversed(list(forms)) if "grant_type" in form), "")


def of_last_grant(exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """Those of the last grant: before them may stand how the token was got that it passes on."""
    last = grant_type_of(exchanges)
    foreign = [index for index, one in enumerate(exchanges) if grant_type_of([one]) not in ("", last)]
    return tuple(exchanges[max(foreign, default=-1) + 1 :])


def error_of(response: Response) -> str:
    """The `error` of an answer (RFC 6749 section 5.2), "" when it has none."""
    error = _members(response).get("error")
    return error if isinstance(error, str) else ""


def goes_on(exchange: Exchange) -> bool:
    """Whether an answer is an error only in form: the client is to ask once more."""
    return exchange.response is not None and error_of(exchange.response) in GOES_ON


def _members(response: Response) -> Mapping[str, Any]:
    reading = strict_json.read(response.body)
    return reading.value if reading.is_json and isinstance(reading.value, dict) else {}
