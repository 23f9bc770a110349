"""Claims as rows, one for each value, as programs list them: names as the token has them, several values in a list."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from console.core.json.strict import read_text
from console.core.whole_number import whole_number

# What .NET's handler of tokens makes of short names (DefaultInboundClaimTypeMap), told by the end of the long one.
_SCHEMAS = ("http://schemas.xmlsoap.org/ws/", "http://schemas.microsoft.com/")
_SHORT = {
    "nameidentifier": "sub", "emailaddress": "email", "surname": "family_name", "givenname": "given_name",
    "role": "roles", "scope": "scp", "tenantid": "tid", "objectidentifier": "oid", "name": "unique_name",
    "authnmethodsreferences": "amr", "authnclassreference": "acr",
}  # fmt: skip
_TIMES = frozenset({"exp", "nbf", "iat", "auth_time"})
_LISTS = frozenset({"roles", "groups", "wids", "amr"})  # also of a single value, which a row does not show
_OF_HEADERS = frozenset({"alg", "kid", "x5t", "typ", "x5t#S256"})
_BLANKS = r"[ \t]{0,60}"
_NAME = (
    r"(?:-[ \t]{1,4})?(?:[Cc]laim(?: [Tt]ype)?[ \t]{0,4}[:=][ \t]{0,4})?"
    r"[\"']?(?P<name>[A-Za-z_][\w./:#-]{1,120})[\"']?"
)
_BETWEEN = rf"{_BLANKS}(?:,[ \t]{{1,4}}(?:[Cc]laim )?[Vv]alue[ \t]{{0,4}}[:=]|:[ \t]|=>?|\t|  ){_BLANKS}"
_ROW = re.compile(rf"{_BLANKS}{_NAME}{_BETWEEN}(?P<value>\S.*)")
_MOST_ROWS = 2_000


@dataclass(slots=True)
class Rows:
    """`left_out` names claims whose value could not be read: a time that is no number."""

    header: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def add(self, name: str, written: str) -> None:
        name = short_name(name)
        value = _moment(written) if name in _TIMES else _value(written)
        if value is None:
            self.left_out.append(name)
            return
        where = self.header if name in _OF_HEADERS else self.claims
        if name not in where:
            where[name] = [value] if name in _LISTS and isinstance(value, str) else value
        elif isinstance(where[name], list):
            where[name].append(value)
        else:
            where[name] = [where[name], value]


def read_rows(text: str, is_label: Callable[[str], bool]) -> Rows | None:
    """None where a line is neither a row nor a label."""
    lines = text.splitlines()
    if len(lines) > _MOST_ROWS:
        return None
    rows = Rows()
    for line in filter(str.strip, lines):
        row = _ROW.fullmatch(line.rstrip())
        if row is not None and not is_label(line):
            rows.add(row["name"], row["value"].split("\t")[0].strip())
        elif not is_label(line):
            return None
    return rows


def read_pairs(pairs: Iterable[Any]) -> Rows:
    """Of App Service (`/.auth/me`, X-MS-CLIENT-PRINCIPAL): a list of objects with typ and val; none for any other."""
    rows = Rows()
    for pair in pairs:
        name, value = _either(pair, "typ", "type"), _either(pair, "val", "value")
        if not isinstance(name, str) or not isinstance(value, str):
            return Rows()
        rows.add(name, value)
    return rows


def short_name(name: str) -> str:
    """The name that the token had, where it is one that .NET put in its place."""
    return _SHORT.get(name.rpartition("/")[2], name) if name.startswith(_SCHEMAS) else name


def _either(pair: Any, *names: str) -> Any:
    return next((pair[name] for name in names if name in pair), None) if isinstance(pair, dict) else None


def _moment(written: str) -> int | None:
    """The seconds that stand first; a date may follow in brackets."""
    first = next(iter(written.split(maxsplit=1)), "")
    return whole_number(first.strip("'\","), digits=18)


def _value(written: str) -> Any:
    """Text; a list or an object where it is written as one."""
    bare = written.rstrip(",").strip("\"'") if written.startswith(("'", '"')) else written
    if bare.startswith(("[", "{")):
        reading = read_text(bare)
        if reading.is_json:
            return reading.value
        if bare.startswith("{") and bare.endswith("}"):  # PowerShell lists in braces
            return [one.strip() for one in bare[1:-1].split(",")]
    return bare
