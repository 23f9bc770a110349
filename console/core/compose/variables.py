"""Values that stand for {{names}} in a request: filled in before it is sent, never with a secret."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from console.core.call import CallProblem
from console.core.compose.bodies import JSON
from console.core.compose.draft import RequestDraft

NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
NAMED = re.compile(r"\{\{[ \t]{0,9}([A-Za-z0-9_.-]{1,100})[ \t]{0,9}\}\}")
_STRING = re.compile(r'"(?:[^"\\]|\\.?)*+"?', re.DOTALL)  # an open one goes to the end
UNRESERVED = "-_.!~*'()"  # as JavaScript's encodeURIComponent leaves them
MOST = 50  # of a profile, and of an environment
LONGEST = 1_000  # characters of a value
LONGEST_FILLED = 300_000  # characters of one part of a request


@dataclass(frozen=True, slots=True)
class VariableSets:
    """`own` are of one profile and go first; `shared` of all profiles of its owner for the same environment.

    `version` grows with each change of either.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    version: int = 0

    @property
    def values(self) -> dict[str, str]:
        """What each name stands for."""
        return {**self.shared, **self.own}


_TOO_LONG = CallProblem("body", "With the values of its variables the request is too long.", "Shorten them.")


def filled_in(draft: RequestDraft, values: Mapping[str, str]) -> RequestDraft | CallProblem:
    """The request with values in the place of names: encoded in path and query, escaped
    in strings of a JSON body, as they are elsewhere.

    A name without a value stays as it stands, but in path and query, where nobody means it so: that is a problem.
    """
    for part, text in (("path", draft.path), ("query", draft.query)):
        if missing := [name for name in NAMED.findall(text) if name not in values]:
            named = f"{{{{{missing[0]}}}}}"
            told = f"The {part} names {named}, which has no value."
            return CallProblem(part, told, "Give it one under Variables.", variable=missing[0])
    times = Counter(name for text in _texts(draft) for name in NAMED.findall(text) if name in values)
    if sum(count * len(values[name]) for name, count in times.items()) > LONGEST_FILLED:
        return _TOO_LONG
    made = _put_everywhere(draft, values)
    if sum(map(len, _texts(made))) > LONGEST_FILLED:
        return _TOO_LONG
    return made


def without_value(draft: RequestDraft, values: Mapping[str, str]) -> tuple[str, ...]:
    """The names in a request that have no value, each once."""
    named = (name for text in _texts(draft) for name in NAMED.findall(text))
    return tuple(dict.fromkeys(name for name in named if name not in values))


def has_names(draft: RequestDraft) -> bool:
    """Whether there is anything to fill in."""
    return any(NAMED.search(text) for text in _texts(draft))


def shown_in(text: str, values: Mapping[str, str]) -> str:
    """A path or query with what is known, for the address that is shown while it is typed."""
    return _encoded(text, values)


def _texts(draft: RequestDraft) -> Iterator[str]:
    yield from (draft.path, draft.query, draft.body)
    yield from (value for _, value in (*draft.headers, *draft.fields))


def put_in(text: str, values: Mapping[str, str]) -> str:
    """A text with the values that are known, as they are."""
    return NAMED.sub(lambda found: values.get(found[1], found[0]), text) if "{{" in text else text


def _put_everywhere(draft: RequestDraft, values: Mapping[str, str]) -> RequestDraft:
    headers, fields = (
        tuple((name, put_in(value, values)) for name, value in listed) for listed in (draft.headers, draft.fields)
    )
    body = _in_json(draft.body, values) if draft.body_kind == JSON else put_in(draft.body, values)
    path, query = (_encoded(text, values) for text in (draft.path, draft.query))
    return replace(draft, path=path, query=query, headers=headers, body=body, fields=fields)


def _in_json(text: str, values: Mapping[str, str]) -> str:
    """Within a string a value is escaped, so that it stays one; elsewhere it stands as it is."""
    inside = {name: json.dumps(value, ensure_ascii=False)[1:-1] for name, value in values.items()}
    pieces, at = [], 0
    for string in _STRING.finditer(text):
        pieces += [put_in(text[at : string.start()], values), put_in(string[0], inside)]
        at = string.end()
    return "".join([*pieces, put_in(text[at:], values)])


def _encoded(text: str, values: Mapping[str, str]) -> str:
    quoted = {name: quote(value, safe=UNRESERVED, errors="replace") for name, value in values.items()}
    return put_in(text, quoted)
