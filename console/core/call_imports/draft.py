"""An import while it is read: bounded, whatever stands in the text."""

import re
from dataclasses import dataclass, field, replace

from console.core.call_imports.model import (
    LONGEST_BODY,
    LONGEST_NAME,
    LONGEST_URL,
    MAX_CALLS,
    MAX_CLIENTS,
    MAX_HEADERS,
    MAX_KEPT,
    ImportedCall,
    ImportedClient,
    LeftOut,
)
from console.core.call_imports.variables import Variables
from console.core.json.text import shorten
from console.core.openapi.problems import Problems

MAX_PARTS = 3_000  # folders and calls that are looked at
LONGEST_HEADER = 8_000
MOST_LEFT_OUT = 60  # of one call that are told by name
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*)://")


@dataclass(slots=True)
class ImportDraft:
    """What readers add to. `title` is the document's own, `variables` are what environments beside it tell."""

    calls: list[ImportedCall] = field(default_factory=list)
    clients: list[ImportedClient] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    title: str = ""
    kept: int = 0
    is_full: bool = False
    seen: set[int] = field(default_factory=set)
    variables: Variables = field(default_factory=Variables)

    def goes_on(self, part: object) -> bool:
        """Whether a folder or a call of a document is still to be read: each once, and only so many.

        A document that refers to its own parts (an alias of YAML) would have more of them than anybody can read.
        """
        if self.is_full or len(self.seen) >= MAX_PARTS or id(part) in self.seen:
            return False
        self.seen.add(id(part))
        return True

    def add(self, call: ImportedCall, *where: str) -> None:
        """Takes a call, cut to what is kept of one; `where` is its place in the document, for what is told."""
        if self.is_full:
            return
        if not call.url.strip():
            self.problems.at(f"{_called(call)} has no address and is left out.", *where)
            return
        if (found := _SCHEME.match(call.url)) and found[1].lower() not in ("http", "https"):
            self.problems.at(
                f"{_called(call)} goes to {found[1][:20]}://, which is no HTTP call, and is left out.", *where
            )
            return
        if len(call.url) > LONGEST_URL:
            self.problems.at(f"The address of {_called(call)} is longer than {LONGEST_URL} characters.", *where)
            return
        bounded = _bounded(call)
        self.kept += len(bounded.url) + len(bounded.body) + sum(len(name) + len(text) for name, text in bounded.headers)
        if len(self.calls) >= MAX_CALLS or self.kept > MAX_KEPT:
            self._tell_full(*where)
            return
        self.calls.append(bounded)

    def add_client(self, client: ImportedClient) -> None:
        """Each once: collections repeat the same client at every call."""
        if client not in self.clients and len(self.clients) < MAX_CLIENTS:
            self.clients.append(client)

    def _tell_full(self, *where: str) -> None:
        if not self.is_full:
            self.is_full = True
            self.problems.at(
                f"Only the first {len(self.calls)} calls are taken at once: import the rest from a part of it.", *where
            )


def _called(call: ImportedCall) -> str:
    return f"“{shorten(call.name, 60)}”" if call.name.strip() else "A call"


def _bounded(call: ImportedCall) -> ImportedCall:
    left_out = list(call.left_out[:MOST_LEFT_OUT])
    if more := len(call.left_out) - len(left_out):
        left_out.append(LeftOut(f"{more} more", "body", "There are too many of them."))
    headers = tuple((name.strip(), value.strip()) for name, value in call.headers if name.strip())
    if long := [name for name, value in headers if len(name) + len(value) > LONGEST_HEADER]:
        left_out += [
            LeftOut(name[:60], "header", f"It is longer than {LONGEST_HEADER:,} characters.") for name in long[:5]
        ]
        headers = tuple(one for one in headers if len(one[0]) + len(one[1]) <= LONGEST_HEADER)
    if len(headers) > MAX_HEADERS:
        left_out.append(LeftOut(f"{len(headers) - MAX_HEADERS} headers", "header", "There are too many of them."))
    body = call.body
    if len(body) > LONGEST_BODY:
        body = ""
        left_out.append(LeftOut("The body", "body", f"It is longer than {LONGEST_BODY:,} characters."))
    return replace(
        call,
        name=" ".join(call.name.split())[:LONGEST_NAME],
        folder=" ".join(call.folder.split())[:LONGEST_NAME],
        method=call.method.strip().upper()[:20] or "GET",
        url=call.url.strip(),
        headers=headers[:MAX_HEADERS],
        body=body,
        left_out=tuple(left_out),
    )
