"""The one kernel for audiences, issuers, values and times: checks and gateway policies must never disagree.

Comparisons of tokens are exact (RFC 7519 sections 4.1.1 to 4.1.5). What is tolerant here only explains a
difference;
it never turns a mismatch into a match.
"""

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote

from console.core.json.text import UNSEEN
from console.core.json.values import NumberText

GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
GRAPH_ID = "00000003-0000-0000-c000-000000000000"
GRAPH_HOSTS = frozenset(
    {"graph.microsoft.com", "graph.microsoft.us", "dod-graph.microsoft.us", "microsoftgraph.chinacloudapi.cn"}
)

WIDENS = "this widens what the API accepts"  # said of every such advice, and such advice comes last

_INVISIBLE = re.compile(f"[\t\n ]|{UNSEEN.pattern}")  # blanks too: no value of a claim or setting has one
_QUOTES = "\"'`“”‘’"
SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.\-]*://|spn:)")
_HOST_AND_GUID = re.compile(rf"[^/]+/({GUID.pattern})")


def is_guid(text: str) -> bool:
    """True for a GUID in its hyphenated form, in either letter case, with nothing around it."""
    return GUID.fullmatch(text) is not None


def is_graph(audience: str) -> bool:
    """True when an audience is Microsoft Graph, in any cloud and spelling."""
    lower = audience.lower()
    if "graph" not in lower and GRAPH_ID not in lower:
        return False  # asked of every token: the expression below costs more than the rest of a check
    bare = SCHEME.sub("", lower.strip()).rstrip("/")
    return bare == GRAPH_ID or bare in GRAPH_HOSTS


def hidden_characters(text: str) -> bool:
    """True when a value starts, ends or is broken by blanks, line ends, invisible characters, or wears
    quotation marks."""
    return without_hidden(text) != text


def without_hidden(text: str) -> str:
    return _INVISIBLE.sub("", text).strip(_QUOTES)


Difference = Literal["invisible", "slash", "case", "bare_id", "form"]


@dataclass(frozen=True, slots=True)
class Spelling:
    """Two spellings of one API. `explanation` and `advice` are one sentence each."""

    difference: Difference
    actual: str
    expected: str

    @property
    def explanation(self) -> str:
        return {
            "invisible": "Both name the same API, but one of them hides a blank, a line break or a quotation mark.",
            "slash": "Both name the same API, but one of them ends with a slash.",
            "case": "Both name the same API, but in different letter case.",
            "bare_id": "Both name the same API, once by its bare id and once by its URI.",
            "form": "Both name the same API in different forms.",
        }[self.difference]

    @property
    def advice(self) -> str:
        return (
            f"Have the API accept {self.actual!r}, exactly in this spelling, in place of {self.expected!r}; beside it "
            f"only where other tokens still name that: {WIDENS}."
        )


def spelled_differently(actual: str | tuple[str, ...], expected: str | tuple[str, ...]) -> Spelling | None:
    """How an actual audience names the expected API in another spelling; None when equal, or when it is
    another API."""
    actuals = (actual,) if isinstance(actual, str) else actual
    wanted = (expected,) if isinstance(expected, str) else expected
    if set(actuals) & set(wanted):
        return None
    for one in actuals:
        for other in wanted:
            if _audience_key(one) and _audience_key(one) == _audience_key(other):
                return Spelling(_difference(one, other), one, other)
    return None


def _audience_key(audience: str) -> str:
    """What an audience names, without scheme, letter case, trailing slash, and the tenant's domain before an
    id."""
    bare = SCHEME.sub("", without_hidden(unquote(audience)).lower()).rstrip("/")
    below_domain = _HOST_AND_GUID.fullmatch(bare)
    return below_domain[1] if below_domain else bare


def _difference(actual: str, expected: str) -> Difference:
    if without_hidden(actual) == without_hidden(expected):
        return "invisible"
    if actual.rstrip("/") == expected.rstrip("/"):
        return "slash"
    if actual.lower() == expected.lower():
        return "case"
    return "bare_id" if is_guid(without_hidden(actual)) or is_guid(without_hidden(expected)) else "form"


def scope_set(value: Any) -> frozenset[str] | None:
    """Scopes as a set: a blank-separated string (RFC 6749 section 3.3) or a list of strings; None for another
    type."""
    if isinstance(value, str):
        return frozenset(value.split())
    return role_set(value) if isinstance(value, list) else None


def role_set(value: Any) -> frozenset[str] | None:
    """Roles or groups as a set: a list of strings, or one string that is one role; None for another type."""
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return frozenset(value)
    return None


def same_id(one: str, other: str) -> bool:
    """Equality of client or tenant ids: GUIDs without regard to letter case, anything else exactly."""
    return one == other or (one.lower() == other.lower() and is_guid(one) and is_guid(other))


def numeric_date(value: Any) -> float | None:
    """A NumericDate as seconds, fractions included; None when the JSON value is no finite number."""
    text = value.text if isinstance(value, NumberText) else value
    if isinstance(text, bool) or not isinstance(text, int | float | str) or (text is value and isinstance(text, str)):
        return None
    try:
        seconds = float(text)
    except (ValueError, OverflowError):
        return None
    return seconds if abs(seconds) < 1e15 else None


def is_expired(exp: float, now: float, leeway_s: int) -> bool:
    """Expired when `exp` lies before now less the leeway; a token of which `exp` equals now is still valid,
    as at the gateway."""
    return exp < now - leeway_s


def is_not_yet_valid(start: float, now: float, leeway_s: int) -> bool:
    """Not yet valid when `nbf` (or `iat`) lies after now plus the leeway."""
    return start > now + leeway_s
