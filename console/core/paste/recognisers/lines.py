"""A single header line: a challenge of a server, or cookies."""

import re

from console.core.challenge import parse_challenges
from console.core.exchange import Header, Response
from console.core.json.text import shorten
from console.core.paste import evidence
from console.core.paste.recognisers.base import FoundExchange, Paste, PastedKind, Problem, RecognisedPaste
from console.core.paste.recognisers.collecting import Collector, cookies_of
from console.core.paste.seen import SeenExchange

CHALLENGE_NOTE = "This is a challenge: what a server answers beside status {status} when it refuses a call."
COOKIE_NOTE = "Cookies, by name only, because their values open a session: {names}."
_CHALLENGE = re.compile(r"(?:[<>] )?(?:www|proxy)-authenticate[ \t]*:[ \t]*", re.IGNORECASE)
_SCHEMES = frozenset({"bearer", "dpop", "basic", "digest", "jwt", "azureapimanagementkey", "negotiate", "ntlm", "mac"})
_TELLING = frozenset({
    "realm", "error", "error_description", "authorization_uri", "scope", "resource_metadata", "resource_id", "name",
    "claims", "acr_values", "max_age", "algs", "nonce",
})  # fmt: skip
_COOKIE = re.compile(r"(?:[<>] )?(set-)?cookie[ \t]*:[ \t]*", re.IGNORECASE)
_BARE_COOKIES = re.compile(r"[\w!#$%&'*.^|~+-]+=[^;\s]*+(?:; [\w!#$%&'*.^|~+-]+=[^;\s]*+)+;?")
_STATUS = {"insufficient_scope": 403, "invalid_request": 400}
_MAX_NAMES = 12


def www_authenticate(paste: Paste) -> RecognisedPaste | None:
    """One or more WWW-Authenticate lines, or the value of one."""
    lines = [line.strip() for line in paste.text.split("\n") if line.strip()]
    found = [_CHALLENGE.match(line) for line in lines]
    if all(found):
        value = ", ".join(line[match.end() :] for line, match in zip(lines, found, strict=True) if match)
    elif len(lines) == 1 and _is_challenge(paste.text):
        value = paste.text
    else:
        return None
    exchange = challenged((("WWW-Authenticate", value),))
    note = CHALLENGE_NOTE.format(status=exchange.status)
    return RecognisedPaste(PastedKind.WWW_AUTHENTICATE, (note,), exchanges=(exchange,))


def challenged(headers: tuple[Header, ...]) -> FoundExchange:
    """The refusal that a challenge among headers stands for; the status is the one its error belongs to."""
    value = ", ".join(value for name, value in headers if name.lower() == "www-authenticate")
    error = next((one.params["error"] for one in parse_challenges(value) if "error" in one.params), "")
    status = _STATUS.get(error, 401)
    told = evidence.of_seen(SeenExchange(None, Response(status, "", headers)))
    problem = Problem.FORBIDDEN if status == 403 else Problem.CLIENT_ERROR if status == 400 else Problem.UNAUTHORIZED
    return FoundExchange(problem, told, status=status)


def _is_challenge(text: str) -> bool:
    challenges = parse_challenges(text)
    if not challenges or challenges[0].scheme.lower() not in _SCHEMES:
        return False
    return bool(_TELLING & challenges[0].params.keys())


def cookie(paste: Paste) -> RecognisedPaste | None:
    """Cookie and Set-Cookie lines, or what stands behind the name of one."""
    lines = [line.strip() for line in paste.text.split("\n") if line.strip()]
    headers: list[Header] = []
    for line in lines:
        match = _COOKIE.match(line)
        if match is None:
            break
        headers.append(("Set-Cookie" if match[1] else "Cookie", line[match.end() :]))
    if len(headers) < len(lines):
        if len(lines) != 1 or not _BARE_COOKIES.fullmatch(paste.text):
            return None
        headers = [("Cookie", paste.text)]
    collector = Collector()
    collector.headers(tuple(headers))
    return collector.found(PastedKind.COOKIE, _names_note(headers))


def _names_note(headers: list[Header]) -> str:
    names: list[str] = []
    for kind, value in headers:
        pairs = cookies_of(value)
        names += [name for name, _ in (pairs[:1] if kind == "Set-Cookie" else pairs)]
    names = list(dict.fromkeys(names))
    shown = ", ".join(shorten(name, 40) for name in names[:_MAX_NAMES])
    more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
    return COOKIE_NOTE.format(names=f"{shown}{more}" or "none")
