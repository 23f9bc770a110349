"""Who talked to whom, as a row of four with the ways between them: what strip.html needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from console.core.diagnosis.strip import Reached, Station, Stop, Strip, TokenLeg, planned_strip
from console.core.exchange import Exchange, FailureKind
from console.core.json.text import visible
from console.core.tokens.token import Token
from console.web.present.exchanges import FAILURES
from console.web.present.profiles import provider_title
from console.web.present.situation import Situation

HOST = 26
SIGNS = {Reached.PASSED: "✓", Reached.STOPPED: "✕", Reached.NOT_REACHED: "–", Reached.UNKNOWN: "?"}
CSS = {Reached.PASSED: "pass", Reached.STOPPED: "fail", Reached.NOT_REACHED: "lost", Reached.UNKNOWN: "unknown"}

UNKNOWN = {
    Station.CLIENT: "not known",
    Station.PROVIDER: "nobody knows whether it gave a token",
    Station.GATEWAY: "nobody knows whether there is one",
    Station.API: "nobody knows whether it was reached",
}
CLIENT = {
    Reached.PASSED: "sent the request",
    Reached.STOPPED: "the request was not sent",
    Reached.NOT_REACHED: "nothing was sent yet",
    Reached.UNKNOWN: "not known",
}


@dataclass(frozen=True, slots=True)
class StripNames:
    """How the four are called. `client` is who reads ("You") or the client's name; what stands below the names is a
    host, or `profile` for the client; each "" where nobody knows.
    """

    client: str = "Client"
    profile: str = ""
    provider: str = ""
    api: str = ""


def names_of(here: Situation) -> StripNames:
    """On the page of a profile."""
    profile = here.profile
    return StripNames("You", profile.name, provider_title(profile), here.api.name if here.api else "")


def planned_view(here: Situation, token: Token | None, *, has_token: bool) -> dict[str, Any] | None:
    """Before any call; None for a profile that is for no API."""
    if here.api is None:
        return None
    issuer = token.text_claim("iss") if token is not None else None
    return strip_view(
        planned_strip(has_token=has_token, issuer=issuer or "", base_url=here.api.base_url), names_of(here)
    )


def leg_of(steps: Sequence[Exchange]) -> TokenLeg | None:
    """The last request for a token; None when none was made."""
    last = steps[-1] if steps else None
    return TokenLeg(last.response.status if last.response else None, last.elapsed_ms) if last else None


def strip_view(strip: Strip | None, names: StripNames = StripNames()) -> dict[str, Any] | None:
    """`stops` with css, sign, name, below, way (css, text, elapsed) and a sentence that says all of it."""
    if strip is None:
        return None
    return {"stops": [_stop(stop, names) for stop in strip]}


def _stop(stop: Stop, names: StripNames) -> dict[str, Any]:
    name, below = _named(stop, names)
    return {
        "css": CSS[stop.reached],
        "sign": SIGNS[stop.reached],
        "name": name,
        "below": _short(below),
        "way": _way(stop),
        "told": _told(stop, name, below),
    }


def _named(stop: Stop, names: StripNames) -> tuple[str, str]:
    """Its name, and what stands below it."""
    if stop.station is Station.CLIENT:
        return names.client, names.profile
    if stop.station is Station.PROVIDER:
        return "Identity provider", stop.host or names.provider
    if stop.station is Station.GATEWAY:
        return "Server between" if stop.is_proxy else "Gateway", stop.host
    return "API", names.api or stop.host


def _way(stop: Stop) -> dict[str, Any] | None:
    way = stop.way
    if way is None:
        return None
    elapsed = "" if way.elapsed_ms is None else f"{way.elapsed_ms} ms"
    return {"css": CSS[way.reached], "text": _over(stop), "elapsed": elapsed, "is_broken": bool(way.failure)}


def _over(stop: Stop) -> str:
    """What came over the way: a status, why nothing came, or nothing."""
    way = stop.way
    if way is None:
        return ""
    if way.failure:
        return FAILURES[FailureKind(way.failure)] if way.failure in set(FailureKind) else "no answer"
    if way.status is not None:
        return str(way.status)
    return "token" if stop.station is Station.PROVIDER and way.reached is Reached.PASSED else ""


def _told(stop: Stop, name: str, below: str) -> str:
    """The same as a sentence, for who listens."""
    who = f"{name} ({below})" if below else name
    return f"{who}: {_what(stop)}."


def _what(stop: Stop) -> str:
    way, station = stop.way, stop.station
    if way is None:
        return CLIENT[stop.reached]
    after = "" if way.elapsed_ms is None else f" after {way.elapsed_ms} ms"
    if way.failure and stop.station is not Station.API:
        return f"no answer, {_over(stop)}{after}"
    if stop.reached is Reached.NOT_REACHED:
        return "no token was sent" if station is Station.PROVIDER else "not reached"
    if stop.reached is Reached.UNKNOWN:
        return f"{_answered(way.status, after)}; nobody knows who gave this answer" if way.status else UNKNOWN[station]
    if station is Station.PROVIDER and stop.reached is Reached.PASSED:
        return f"gave a token{after}"
    if way.status is not None:
        return _answered(way.status, after)
    return "passed the request on" if stop.reached is Reached.PASSED else f"refused{after}"


def _answered(status: int, after: str) -> str:
    return f"answered {status}{after}"


def _short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= HOST else f"{shown[: HOST - 1].rstrip()}…"
