"""What is different between the last good attempt and the first bad one: part by part, with both sides.

Only what was kept is compared; what was not is unknown, and says so.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from console.core.api import Expectation
from console.core.attempts import each_time
from console.core.compare import numeric_date
from console.core.evidence import Evidence, Headers
from console.core.json.text import json_text, shorten
from console.core.tokens.diff import Sameness, TokenChange, TokenDiff, compare
from console.core.tokens.token import Token, TokenKind

MOST_LINES = 60
_OWN_PARTS = frozenset(
    {"subscription_key_sent", "subscription_key_header", "credential_version", "api_version", "signing_key"}
)


@dataclass(frozen=True, slots=True)
class TurnPart:
    """One thing an answer depends on. `told` says the difference as part of a sentence, "" where there is none.

    `before` and `after` are texts, "" for an absent one. `lines` are those of a text that differ, each with its sign
    ("- ", "+ ", or "  " around them). `note` says why it is unknown.
    """

    code: str
    title: str
    sameness: Sameness
    told: str = ""
    before: str = ""
    after: str = ""
    lines: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Turning:
    """`parts` in the order in which they are looked at. `token` is None where one side kept no token.

    `matters` are the differences of the tokens without those that every token has anew.
    """

    parts: tuple[TurnPart, ...]
    token: TokenDiff | None
    matters: tuple[TokenChange, ...]

    @property
    def different(self) -> tuple[TurnPart, ...]:
        return tuple(one for one in self.parts if one.sameness is Sameness.OTHER)

    @property
    def unknown(self) -> tuple[TurnPart, ...]:
        return tuple(one for one in self.parts if one.sameness is Sameness.UNKNOWN)


def turning(good: Evidence, bad: Evidence) -> Turning:
    """Compares them; never raises. Both are of the same profile and API."""
    diff = _token_diff(good, bad)
    matters = tuple(one for one in diff.changes if one.name not in each_time.CLAIMS) if diff else ()
    is_call = bad.token_request is None
    rules = _OF_CALL if is_call else _OF_TOKEN_REQUEST
    parts = (*(rule(good, bad) for rule in rules), *_timeout(good, bad), _token(diff, matters), _key(diff))
    return Turning(_told_once(parts), diff, matters)


def _told_once(parts: tuple[TurnPart, ...]) -> tuple[TurnPart, ...]:
    """Without the version of the API's settings, where what was changed of them is told by itself."""
    is_told = any(one.sameness is Sameness.OTHER for one in parts if one.code in ("policy", "demands", "address"))
    return tuple(one for one in parts if not (is_told and one.code == "api_version"))


def _policy(good: Evidence, bad: Evidence) -> TurnPart:
    code, title = "policy", "Policy of the gateway"
    before, after = good.policy_xml, bad.policy_xml
    if before is None and after is None:
        return TurnPart(code, title, Sameness.UNKNOWN, note="No policy of this API was kept.")
    if (before or "").split() == (after or "").split():
        return TurnPart(code, title, Sameness.SAME)
    return TurnPart(
        code, title, Sameness.OTHER, told="the policy of the API is another one", lines=_lines(before, after)
    )


def _lines(before: str | None, after: str | None) -> tuple[str, ...]:
    """What differs, with a line around it; of very much the first."""
    old, new = ([line.rstrip() for line in (text or "").splitlines()] for text in (before, after))
    found = [line for line in difflib.unified_diff(old, new, n=1, lineterm="") if not line.startswith(("---", "+++"))]
    shown = [f"{line[:1]} {shorten(line[1:], 200)}" if line[:1] in "+- " else "…" for line in found[:MOST_LINES]]
    return (*shown, "… and more") if len(found) > MOST_LINES else tuple(shown)


def _demands(good: Evidence, bad: Evidence) -> TurnPart:
    before, after = good.expectations, bad.expectations
    if before is None or after is None:
        return TurnPart("demands", "What the API demands", Sameness.UNKNOWN, note="It was not kept of both.")
    return _fields("demands", "What the API demands", _demanded(before), _demanded(after), told="the API demands other")


def _demanded(expectation: Expectation) -> dict[str, Any]:
    return {one.name.replace("_", " "): getattr(expectation, one.name) for one in fields(expectation)}


def _api_version(good: Evidence, bad: Evidence) -> TurnPart:
    return _version("api_version", "Version of the API’s settings", good, bad, told="the settings of the API changed")


def _credential(good: Evidence, bad: Evidence) -> TurnPart:
    return _version("credential_version", "Version of the credential", good, bad, told="the credential is another one")


def _version(name: str, title: str, good: Evidence, bad: Evidence, *, told: str) -> TurnPart:
    before, after = good.profile.get(name), bad.profile.get(name)
    if before is None or after is None:
        note = "It was not kept then. What was replaced since stands below, if anything was."
        return TurnPart(name, title, Sameness.UNKNOWN, note=note)
    if before == after:
        return TurnPart(name, title, Sameness.SAME, before=str(before), after=str(after))
    return TurnPart(name, title, Sameness.OTHER, told, str(before), str(after))


def _address(good: Evidence, bad: Evidence) -> TurnPart:
    code, title = "address", "Address that was called"
    if good.request is None or bad.request is None:
        return TurnPart(code, title, Sameness.UNKNOWN, note="It was not kept of both.")
    before, after = (f"{one.method} {_without_query(one.url)}" for one in (good.request, bad.request))
    if before != after:
        return TurnPart(code, title, Sameness.OTHER, "the address that is called is another one", before, after)
    queries = [urlsplit(one.url).query for one in (good.request, bad.request)]
    if queries[0] != queries[1]:
        told = "the query of the address is another one"
        return TurnPart(code, title, Sameness.OTHER, told, queries[0], queries[1])
    return TurnPart(code, title, Sameness.SAME, before=before, after=after)


def _without_query(url: str) -> str:
    return url.split("?", 1)[0]


def _subscription_key(good: Evidence, bad: Evidence) -> TurnPart:
    code, title = "subscription_key", "Subscription key"
    before, after = good.profile.get("subscription_key_sent"), bad.profile.get("subscription_key_sent")
    if before is None or after is None:
        return TurnPart(code, title, Sameness.UNKNOWN, note="Whether one was sent was not kept of both.")
    words = {True: "sent", False: "not sent"}
    sides = words[bool(before)], words[bool(after)]
    if before == after:
        return TurnPart(code, title, Sameness.SAME, before=sides[0], after=sides[1])
    told = f"the subscription key was {sides[0]} before and is {sides[1]} now"
    return TurnPart(code, title, Sameness.OTHER, told, sides[0], sides[1])


def _timeout(good: Evidence, bad: Evidence) -> tuple[TurnPart, ...]:
    """Of calls of which one had a timeout of its own; nothing of all others."""
    limits = [one.request.timeout_s if one.request else None for one in (good, bad)]
    before, after = (f"{one} s" if one else "the console’s own" for one in limits)
    if limits == [None, None]:
        return ()
    if before == after:
        return (TurnPart("timeout", "Timeout", Sameness.SAME, before=before, after=after),)
    return (TurnPart("timeout", "Timeout", Sameness.OTHER, "the timeout of the call is another one", before, after),)


def _headers(good: Evidence, bad: Evidence) -> TurnPart:
    code, title = "headers", "Other headers"
    if good.request is None or bad.request is None:
        return TurnPart(code, title, Sameness.UNKNOWN, note="They were not kept of both.")
    skipped = {
        str(one.profile.get("subscription_key_header", "")).lower() for one in (good, bad)
    } | each_time.HEADERS_SENT
    before, after = (_headers_of(one.request.headers, skipped) for one in (good, bad) if one.request)
    return _fields(code, title, before, after, told="other headers are sent:")


def _headers_of(headers: Headers, skipped: Iterable[str]) -> dict[str, Any]:
    pairs = headers.items() if isinstance(headers, dict) else headers
    return {name.lower(): value for name, value in pairs if name.lower() not in skipped}


def _settings(good: Evidence, bad: Evidence) -> TurnPart:
    before, after = ({name: one.profile[name] for name in one.profile if name not in _OWN_PARTS} for one in (good, bad))
    if not before or not after:
        return TurnPart("settings", "Settings of the profile", Sameness.UNKNOWN, note="They were not kept of both.")
    return _fields("settings", "Settings of the profile", before, after, told="the profile has other settings:")


def _asked(good: Evidence, bad: Evidence) -> TurnPart:
    code, title = "asked", "What the token was asked with"
    if good.token_request is None or bad.token_request is None:
        return TurnPart(code, title, Sameness.UNKNOWN, note="It was not kept of both.")
    before, after = (
        {
            "endpoint": one.endpoint,
            **{name: value for name, value in one.params.items() if name not in each_time.FORM_FIELDS},
        }
        for one in (good.token_request, bad.token_request)
    )
    return _fields(code, title, before, after, told="the token is asked for with other values:")


def _fields(code: str, title: str, before: Mapping[str, Any], after: Mapping[str, Any], *, told: str) -> TurnPart:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not names:
        return TurnPart(code, title, Sameness.SAME)
    return TurnPart(
        code, title, Sameness.OTHER, f"{told} {', '.join(names)}", _shown(before, names), _shown(after, names)
    )


def _shown(values: Mapping[str, Any], names: Iterable[str]) -> str:
    return "\n".join(f"{name}: {_text(values[name])}" for name in names if values.get(name) not in (None, "", (), []))


def _text(value: Any) -> str:
    if isinstance(value, tuple | list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return shorten(value if isinstance(value, str) else json_text(value), 300)


def _life(good: Evidence, bad: Evidence) -> TurnPart:
    """Times never matter, unless the token had run out by the second call and not by the first."""
    code, title = "life", "Life of the token"
    before, after = _left_s(good), _left_s(bad)
    if before is None or after is None:
        return TurnPart(code, title, Sameness.UNKNOWN, note="The end of its life was not kept of both.")
    words = ["was over" if left < 0 else "not over" for left in (before, after)]
    if (before < 0) == (after < 0):
        return TurnPart(code, title, Sameness.SAME, before=words[0], after=words[1])
    told = "the token had expired" if after < 0 else "the token is a fresh one"
    return TurnPart(code, title, Sameness.OTHER, told, words[0], words[1])


def _left_s(evidence: Evidence) -> float | None:
    ends = numeric_date((evidence.token_claims or {}).get("exp"))
    return None if ends is None or evidence.now is None else ends - evidence.now


def _signature(good: Evidence, bad: Evidence) -> TurnPart:
    code, title = "signature", "Signature of the token"
    before, after = good.signature, bad.signature
    if before is None or after is None:
        return TurnPart(code, title, Sameness.UNKNOWN, note="It was not checked both times.")
    if before == after:
        return TurnPart(code, title, Sameness.SAME, "", before, after)
    return TurnPart(code, title, Sameness.OTHER, f"the signature of the token is {after}", before, after)


def _token_diff(good: Evidence, bad: Evidence) -> TokenDiff | None:
    if good.token_claims is None or bad.token_claims is None:
        return None
    return compare(*(Token(TokenKind.JWS, "", header=one.token_header, claims=one.token_claims) for one in (good, bad)))


def _token(diff: TokenDiff | None, matters: tuple[TokenChange, ...]) -> TurnPart:
    code, title = "token", "Claims of the token"
    if diff is None:
        return TurnPart(code, title, Sameness.UNKNOWN, note="The claims of a token were not kept of both.")
    claims = [one for one in matters if one.name not in ("kid", "x5t")]
    if not claims:
        return TurnPart(code, title, Sameness.SAME, note="But for its times and numbers, which every token has anew.")
    told = f"the token has another {', '.join(one.name for one in claims[:4])}"
    before = "\n".join(f"{one.name}: {one.before}" for one in claims if one.before)
    after = "\n".join(f"{one.name}: {one.after}" for one in claims if one.after)
    return TurnPart(code, title, Sameness.OTHER, told, before, after)


def _key(diff: TokenDiff | None) -> TurnPart:
    code, title = "key", "Key that signed the token"
    found = next((one for one in diff.relations if one.what == "key"), None) if diff else None
    if found is None or found.sameness is Sameness.UNKNOWN:
        return TurnPart(code, title, Sameness.UNKNOWN, note="The id of the key was not kept of both.")
    told = "the token is signed with another key" if found.sameness is Sameness.OTHER else ""
    return TurnPart(code, title, found.sameness, told, found.before, found.after)


_Rule = Callable[[Evidence, Evidence], TurnPart]
_OF_CALL: tuple[_Rule, ...] = (
    *(_policy, _demands, _api_version, _address, _subscription_key, _credential, _settings, _headers),
    *(_life, _signature),
)
_OF_TOKEN_REQUEST: tuple[_Rule, ...] = (_asked, _credential, _settings)
