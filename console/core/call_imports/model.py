"""What an import holds: plain values, the same for every format."""

from dataclasses import dataclass

from console.core.exchange import Header
from console.core.openapi.model import DocumentProblem

MAX_BYTES = 6 * 1024 * 1024  # of all that is read at once
MAX_CALLS = 200
MAX_CLIENTS = 20
MAX_HEADERS = 60  # of one call
LONGEST_URL = 2_000  # as much as the form of a call takes
LONGEST_NAME = 120
LONGEST_BODY = 100_000  # characters
MAX_KEPT = 400_000  # characters of all calls of an import


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a call that is not imported. `name` is its own, `where` the place: "header", "body", "address".

    `why` is one sentence, "" for a secret, of which the name says enough.
    """

    name: str
    where: str
    why: str = ""
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class ImportedCall:
    """One call. `url` is as the tool would send it; a value that the document does not hold stands as {{its name}}.

    `kind` of the body is "", "json", "form", "text" or "multipart"; the text of the last two kinds of forms is
    percent-encoded. `auth` is in words: "Bearer token", "OAuth 2.0", "" for none. `folder` is where it stood.
    `timeout_s` is after how many seconds the tool ends it, None where it does not say.
    """

    name: str
    method: str
    url: str
    headers: tuple[Header, ...] = ()
    body: str = ""
    kind: str = ""
    auth: str = ""
    folder: str = ""
    left_out: tuple[LeftOut, ...] = ()
    timeout_s: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedClient:
    """An OAuth client that a document names; "" for what it does not say. It never has a secret.

    `grant` is the `grant_type` as it is sent (RFC 6749), or the tool's own word where it is another.
    """

    name: str
    client_id: str = ""
    token_endpoint: str = ""
    scope: str = ""
    grant: str = ""
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class CallImport:
    """`format` is in words, "" when nobody knows the text. `problem_count` counts beyond those that are told too."""

    format: str = ""
    title: str = ""
    calls: tuple[ImportedCall, ...] = ()
    clients: tuple[ImportedClient, ...] = ()
    problems: tuple[DocumentProblem, ...] = ()
    problem_count: int = 0

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        of_calls = (one for call in self.calls for one in call.left_out)
        return (*of_calls, *(one for client in self.clients for one in client.left_out))
