"""Whether facts of the profile tie two audiences to one API, or show that the API is configured with a foreign id."""

from typing import Any

from console.core.compare import spelled_differently
from console.core.diagnosis.base import Match
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import leaves
from console.core.diagnosis.terms import Confidence
from console.core.finding import Finding
from console.core.owner import Owner

_MAX_DEPTH = 40
_API_WORDS = ("app_id_uri", "application_id_uri", "identifier_uri", "identifieruris", "appiduri", "audience")


def is_same_api_by_facts(reading: Reading) -> bool:
    """True when one object of the facts names both audiences: the id of an API beside its Application ID URI."""
    actual = (reading.token.audiences if reading.token else None) or ()
    failed = reading.failed("audience")
    expected = tuple(failed.expected or ()) if failed else ()
    return any(_ties(one, actual, expected) for one in _objects(dict(reading.facts)))


def _ties(facts: dict[str, Any], actual: tuple[str, ...], expected: tuple[str, ...]) -> bool:
    uris = [value for name, value in _texts(facts) if any(word in name.lower() for word in _API_WORDS)]
    others = [value for name, value in _texts(facts) if "client" not in name.lower() or "api" in name.lower()]
    has_actual = any(_names(value, actual) for value in uris)
    has_expected = any(_names(value, expected) for value in uris)
    return (has_actual and any(_names(value, expected) for value in others)) or (
        has_expected and any(_names(value, actual) for value in others)
    )


def _names(value: str, audiences: tuple[str, ...]) -> bool:
    return value in audiences or spelled_differently(value, audiences) is not None


def _objects(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    if depth > _MAX_DEPTH or not isinstance(value, dict | list):
        return []
    inner = value.values() if isinstance(value, dict) else value
    found = [one for part in inner for one in _objects(part, depth + 1)]
    return [value, *found] if isinstance(value, dict) else found


def _texts(facts: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = [(name, one) for name, value in facts.items() for one in (value if isinstance(value, list) else [value])]
    return [(name, value) for name, value in pairs if isinstance(value, str)]


def meant_by_facts(reading: Reading, failed: Finding) -> Match | None:
    """A match when the facts show that the token is right and the API is configured with the id of something else."""
    actual = (reading.token.audiences if reading.token else None) or ()
    expected = tuple(failed.expected or ())
    names = {name.lower() for name, value in leaves(reading) if value in actual}
    foreign = {name.lower() for name, value in leaves(reading) if value in expected}
    is_for_api = any(_is_api(name) for name in names)
    is_foreign = any(word in name for name in foreign for word in ("spa", "client", "front", "swagger", "portal"))
    is_configured = reading.claims.get("azp", reading.claims.get("appid")) in expected
    if not (is_for_api and (is_foreign or is_configured)) and not is_configured:
        return None
    return Match(
        Confidence.CERTAIN,
        f"{failed.why} The accepted value is the id of the client, not of the API.",
        (failed.what,),
        _advice(reading, actual[0]) if actual else "",
        Owner.API_OWNER,
    )


def _advice(reading: Reading, actual: str) -> str:
    """To accept what the token names; never what every token of the provider may name."""
    if not reading.words.is_everyones(actual):
        return f"Set the accepted audience to {actual}."
    own = reading.provider.advice.do.get("audience-other-api", "") if reading.provider else ""
    return f"Have the API accept a name of its own, which is no client’s. {own}".strip()


def _is_api(name: str) -> bool:
    return any(word in name for word in ("api", "backend", "resource", "server"))


def is_compared_with_client(reading: Reading) -> bool:
    """Whether a token without aud is refused because aud is not its own client."""
    failed, token = reading.failed("audience"), reading.token
    is_absent = token is not None and "aud" not in reading.claims
    return failed is not None and is_absent and reading.claims.get("client_id") in (failed.expected or ())
