"""A call in the words of another tool: what it sends, where its token comes from, and how the tool writes that."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from console.core.exchange import Exchange
from console.core.snippets.text import SnippetText, Variable, variables_in

USUAL_S = 30


class TokenWay(StrEnum):
    """Where a snippet has its token from."""

    PLACEHOLDER = "placeholder"
    SECRET = "secret"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class SnippetCall:
    """What a snippet sends, redacted. `body` is None without one.

    `token` is the variable that holds the access token, None for a call that sends none. `left_out` are sentences about
    what of the call no snippet can hold. `exchanges` is what went over the wire, of a call of the past.
    `timeout_s` is what its person set for it, None where nobody did.
    """

    method: str
    url: SnippetText
    headers: tuple[tuple[str, SnippetText], ...] = ()
    body: SnippetText | None = None
    token: Variable | None = None
    left_out: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    timeout_s: int | None = None

    @property
    def ends_after_s(self) -> int:
        """After how many seconds it ends in a language whose calls would wait forever otherwise."""
        return self.timeout_s or USUAL_S

    @property
    def variables(self) -> tuple[Variable, ...]:
        return variables_in(self.url, *(value for _, value in self.headers), self.body or ())

    @property
    def one_of_each(self) -> tuple[tuple[str, SnippetText], ...]:
        """The headers for a tool that sends each name once: values of one name are joined (RFC 9110 section 5.3)."""
        found: dict[str, tuple[str, SnippetText]] = {}
        for name, value in self.headers:
            before = found.get(name.lower())
            found[name.lower()] = (before[0], (*before[1], ", ", *value)) if before else (name, value)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class TokenRecipe:
    """How the token is obtained by client credentials (RFC 6749 section 4.4).

    `form` is what goes to `endpoint` beside the proof of the client. `authority` is MSAL's, "" where MSAL does not
    send; `is_known` when MSAL knows its host without being told. With `is_basic` the secret goes in the Authorization
    header (section 2.3.1). `algorithm` is that of a client assertion (RFC 7523).
    """

    way: TokenWay
    client_id: str
    endpoint: str
    form: tuple[tuple[str, str], ...]
    scope: str = ""
    authority: str = ""
    is_known: bool = True
    is_basic: bool = False
    algorithm: str = "RS256"

    @property
    def variables(self) -> tuple[Variable, ...]:
        return (SECRET,) if self.way is TokenWay.SECRET else (KEY_FILE, CERTIFICATE_FILE)


SECRET = Variable("CLIENT_SECRET", "The client secret")
KEY_FILE = Variable("CLIENT_KEY_FILE", "The path of the private key (PEM), without a passphrase")
CERTIFICATE_FILE = Variable("CLIENT_CERTIFICATE_FILE", "The path of the certificate (PEM)")


def fits_all(call: SnippetCall, recipe: TokenRecipe | None) -> str:  # noqa: ARG001
    return ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One language or format. `write` gives its whole text, for a `recipe` with the request for the token before it.

    `problem` is one sentence on why it is not offered for a call or a recipe, "" when it is. `needs` says what must be
    installed to run it, `file_name` how it is saved. `is_record` for a format that holds what was sent and answered:
    it has no variables, what is hidden stays hidden.
    """

    code: str
    title: str
    needs: str
    file_name: str
    write: Callable[[SnippetCall, TokenRecipe | None], str]
    problem: Callable[[SnippetCall, TokenRecipe | None], str] = fits_all
    media_type: str = "text/plain"
    is_record: bool = False
