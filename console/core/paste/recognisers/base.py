"""The values of recognition: what a paste is, the tokens and the failed exchanges in it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from console.core.evidence import Evidence
from console.core.json import strict as strict_json
from console.core.paste.http_text import read_http
from console.core.paste.seen import SeenExchange
from console.core.paste.speech.attribute import attributed, heard
from console.core.paste.speech.spoken import Utterance
from console.core.paste.speech.unwrap import unwrapped
from console.core.tokens.cleaning import Cleaned, clean
from console.core.tokens.token import Token

MAX_CHARACTERS = 400 * 1024
MAX_HEARD = 65_536


class PastedKind(StrEnum):
    JWS = "jws"
    UNSECURED = "unsecured"
    JWE = "jwe"
    OPAQUE = "opaque"
    DECODED = "decoded"
    SAML = "saml"
    PASETO = "paseto"
    TOKEN_RESPONSE = "token_response"
    TOKEN_ERROR = "token_error"
    CURL = "curl"
    HAR = "har"
    HTTP_MESSAGE = "http_message"
    GATEWAY_TRACE = "gateway_trace"
    WWW_AUTHENTICATE = "www_authenticate"
    COOKIE = "cookie"
    URL = "url"
    WEB_PAGE = "web_page"
    DOCUMENT = "document"
    POLICY = "policy"
    SECRET = "secret"
    PRIVATE_KEY = "private_key"
    MULTIPLE = "multiple"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FoundToken:
    """A token inside something else; `label` says where it stood (access_token, header Authorization), "" unnamed."""

    label: str
    token: Token


class Problem(StrEnum):
    """How an exchange failed."""

    TOKEN_REFUSED = "token_refused"  # a token endpoint answered with an error
    SIGN_IN_REFUSED = "sign_in_refused"  # an authorization endpoint sent an error back
    UNAUTHORIZED = "unauthorized"  # 401
    FORBIDDEN = "forbidden"  # 403
    THROTTLED = "throttled"  # 429
    CLIENT_ERROR = "client_error"  # other 4xx
    SERVER_ERROR = "server_error"  # 5xx
    NO_ANSWER = "no_answer"
    REPORTED = "reported"  # a log or a trace tells of it
    NOT_SENT = "not_sent"  # a command whose answer is not known: only what is wrong with it in itself can be said


@dataclass(frozen=True, slots=True, repr=False)
class FoundExchange:
    """An exchange that failed, or a command that may.

    `method` and `url` (without secrets) are "" when not known, `status` None.
    `evidence` is redacted. `token` is the one the request carried, None when none could be read. `count` says how often
    the same exchange stood in the paste.
    """

    problem: Problem
    evidence: Evidence
    method: str = ""
    url: str = ""
    status: int | None = None
    token: Token | None = None
    count: int = 1

    def __repr__(self) -> str:
        return f"FoundExchange({self.problem}, {self.status})"


@dataclass(frozen=True, slots=True)
class RecognisedPaste:
    """What the text is. `notes` are sentences for the reader. The text itself is not kept: `preview` is at most a hint.

    `items` are the tokens found, with where they stood; `exchanges` the failed ones. `value` is decoded JSON, tokens
    masked, or None. `is_sensitive`: the text must be neither stored nor echoed (a secret, a private key). `policy` is
    the gateway's policy in it, "" for none or several.
    """

    kind: PastedKind
    notes: tuple[str, ...] = ()
    items: tuple[FoundToken, ...] = ()
    preview: str = ""
    value: Any = None
    is_sensitive: bool = False
    exchanges: tuple[FoundExchange, ...] = ()
    policy: str = ""

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(item.token for item in self.items)


class Paste:
    """The text under recognition, without its outer white space; what several recognisers need is computed once."""

    def __init__(self, text: str) -> None:
        self.text = unwrapped(text).strip("\ufeff \t\r\n")

    @cached_property
    def spoken(self) -> tuple[Utterance, ...]:
        """Who says each stretch of it."""
        return attributed(self.text[:MAX_HEARD])

    @cached_property
    def heard(self) -> str:
        """What far sides, logs and libraries say in it, without what the person did, wrote or asked."""
        return heard(self.spoken)

    @cached_property
    def cleaned(self) -> Cleaned:
        return clean(self.text)

    @cached_property
    def word(self) -> str:
        """The text without its wrapping when it is one word, else ""."""
        return self.cleaned.stripped if self.cleaned.stripped == self.cleaned.text else ""

    @cached_property
    def exchanges(self) -> tuple[SeenExchange, ...]:
        """The requests and answers that the text shows."""
        return read_http(self.text)

    @cached_property
    def value(self) -> Any:
        """The JSON object or list the text is (last values of duplicates); None for everything else."""
        if self.text[:1] not in ("{", "["):
            return None
        value = strict_json.read_text(self.text).value
        return value if isinstance(value, dict | list) else None
