"""The one redactor: what may be stored, logged, shared or shown of an exchange. Structural first, then a sweep."""

import json
import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from console.core.credential import Secret
from console.core.decoded_assertion import DecodedAssertion
from console.core.exchange import Exchange, Failure, Header, Request, Response, header
from console.core.redaction import structure, wrapped
from console.core.redaction.bodies import looked_through, text_of, told
from console.core.redaction.gate import Gate, OpenGate
from console.core.redaction.harmless import is_harmless, readable
from console.core.redaction.known import mask_known, replacements
from console.core.redaction.patterns import sweep
from console.core.redaction.personal import PSEUDONYMS, pseudonym
from console.core.redaction.stems import Seen, is_plain, seen_in
from console.core.tokens.thumbprint import thumbprint_of

# Claims that name, describe or locate a person. The same value gets the same pseudonym under each name, so that
# "oid equals sub" stays visible.
PERSONAL_CLAIMS = frozenset({
    "oid", "sub", "upn", "email", "emails", "name", "ipaddr", "preferred_username", "unique_name", "given_name",
    "family_name", "middle_name", "nickname", "phone_number", "address", "birthdate", "gender", "picture", "profile",
    "website", "onprem_sid", "puid", "sid", "login_hint", "verified_primary_email", "verified_secondary_email", "pid",
    "altsecid", "deviceid", "home_oid", "fwd", "samaccountname", "onpremisessamaccountname", "ssn", "msisdn",
})  # fmt: skip
_EMAIL = re.compile(r"[^\s@/:]{1,100}@[^\s@/:]{1,100}\.[^\s@/:.]{1,30}")


@dataclass(frozen=True, slots=True)
class RedactedClaims:
    """`masked` says how many values were replaced under each name, in the order of their first appearance."""

    claims: dict[str, Any]
    masked: tuple[tuple[str, int], ...] = ()

    @property
    def summary(self) -> str:
        """One sentence that states what was masked; "" when nothing was."""
        total = sum(count for _, count in self.masked)
        names = ", ".join(name for name, _ in self.masked)
        return f"{total} personal value{'' if total == 1 else 's'} hidden ({names})." if total else ""


def redact_text(text: str, secrets: Iterable[Secret] = ()) -> str:
    """The text without the secrets of this call, in any usual encoding, and without anything that looks like one.

    A text that holds one in another spelling all the same is withheld whole.
    """
    return Redactor(secrets).text(text)


def redact_url(text: str, secrets: Iterable[Secret] = ()) -> str:
    """The URL with its secret parameters and its password masked."""
    return Redactor(secrets).url(text)


def redact_headers(headers: tuple[Header, ...], secrets: Iterable[Secret] = ()) -> tuple[Header, ...]:
    """The headers with credentials masked: `Bearer <token>`, `Basic ***`, cookies by name only."""
    return Redactor(secrets).headers(headers)


def redact_body(body: bytes, headers: tuple[Header, ...] = (), secrets: Iterable[Secret] = ()) -> bytes:
    """The body with secret members and fields masked; of what is not text, a sentence with its size and digest."""
    return Redactor(secrets).body(body, headers)


def redact_exchange(exchange: Exchange, secrets: Iterable[Secret] = (), *, public: Iterable[str] = ()) -> Exchange:
    """The exchange as it may be stored; see Redactor, which does several at once."""
    return Redactor(secrets, public).exchange(exchange)


class Redactor:
    """The masks, then the gate, for the secrets of one call; made once for all that is kept of it, which takes long.

    `public` are texts that are no secret though a secret may hold them, such as the client id.
    """

    def __init__(self, secrets: Iterable[Secret], public: Iterable[str] = ()) -> None:
        known = tuple(secrets)
        self._pairs = replacements(known)
        self._gate: Gate = Gate(known, public)

    def exchange(self, exchange: Exchange) -> Exchange:
        """As it may be stored: URL, headers, bodies and the failure's detail masked.

        The gate looks at all that is left of it together: mostly nothing has to be withheld.
        """
        freely = copy(self)
        freely._gate = gate = OpenGate()
        masked = freely._exchange(exchange)
        return masked if self._gate.lets_all(gate.texts) else self._exchange(exchange)

    def _exchange(self, exchange: Exchange) -> Exchange:
        response, failure = exchange.response, exchange.failure
        return replace(
            exchange,
            request=self.request(exchange.request),
            response=None if response is None else self.response(response),
            failure=None if failure is None else Failure(failure.kind, self.text(failure.detail), failure.rule),
            assertion=None if exchange.assertion is None else self.assertion(exchange.assertion),
            subject=None if exchange.subject is None else self.assertion(exchange.subject),
            proof=None if exchange.proof is None else self.assertion(exchange.proof),
        )

    def text(self, text: str) -> str:
        return self._gate.text(self._swept(text))

    def url(self, text: str) -> str:
        return self._gate.text(self._swept(structure.url(text)))

    def headers(self, headers: tuple[Header, ...]) -> tuple[Header, ...]:
        return tuple((self.text(name), value) for name, value in structure.headers(headers, self.text))

    def body(self, body: bytes, headers: tuple[Header, ...]) -> bytes:
        found = looked_through(body, headers)
        if found is None:
            return told(body).encode()
        text, encoding, seen = found
        bare = text if is_plain(text, seen) else structure.body(text, header(headers, "Content-Type") or "")
        masked = self._gate.body(self._swept(bare, seen if bare is text else None), len(body))
        return body if masked is text else masked.encode(encoding, "replace")

    def keeps_bytes(self, body: bytes, headers: tuple[Header, ...]) -> bool:
        """Whether a body that is no text may be kept as it is, because nothing to hide can be found in it."""
        return text_of(body, headers) is None and is_harmless(body, headers, self._is_clean)

    def _is_clean(self, raw: bytes) -> bool:
        text = readable(raw)
        return not self._gate.holds(raw.decode("latin-1")) and self._swept(text) == text and self._gate.lets(text)

    def request(self, request: Request) -> Request:
        """Of a certificate that was shown its thumbprint stays: that names it, and says nothing of whose it is."""
        headers, shown = self.headers(request.headers), request.client_certificate
        body = self.body(request.body, request.headers)
        certificate = thumbprint_of(shown) or shown
        return Request(request.method, self.url(request.url), headers, body, certificate, request.timeout_s)

    def response(self, response: Response) -> Response:
        return Response(
            response.status,
            self.text(response.reason),
            self.headers(response.headers),
            self.body(response.body, response.headers),
            response.is_cut,
            response.whole_bytes,
        )

    def assertion(self, decoded: DecodedAssertion) -> DecodedAssertion:
        """A decoded assertion; empty where what is left of it is no object any more."""
        header, claims = (self._members(members) for members in (decoded.header, decoded.claims))
        return DecodedAssertion(header=header, claims=claims)

    def _members(self, members: dict[str, Any]) -> dict[str, Any]:
        masked = self.body(json.dumps(members).encode("ascii"), ())
        try:
            read = json.loads(masked)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def _swept(self, text: str, seen: Seen | None = None) -> str:
        """`seen` is what stands in the text, where it was looked through."""
        unknown = mask_known(text, self._pairs)
        seen = seen_in(unknown) if seen is None or unknown is not text else seen
        swept = sweep(unknown, seen)
        return wrapped.masked(swept, is_unwrapped=not seen.may_wrap and swept == unknown)


def redact_claims(claims: dict[str, Any], *, key: bytes) -> RedactedClaims:
    """The claims with personal values replaced by pseudonyms: a hash under `key`, equal for equal values.

    Strings that are e-mail addresses are replaced under any name. Objects and lists are gone through.
    """
    counts: dict[str, int] = {}
    masked = {name: _pseudonymised(name, value, key, counts) for name, value in claims.items()}
    return RedactedClaims(masked, tuple(counts.items()))


def _pseudonymised(name: str, value: Any, key: bytes, counts: dict[str, int]) -> Any:
    if isinstance(value, dict):
        is_personal = name.lower() in PERSONAL_CLAIMS
        return {
            inner: _pseudonymised(name if is_personal else inner, item, key, counts) for inner, item in value.items()
        }
    if isinstance(value, list):
        return [_pseudonymised(name, item, key, counts) for item in value]
    is_personal = name.lower() in PERSONAL_CLAIMS and value is not None and not isinstance(value, bool)
    if not is_personal and not (isinstance(value, str) and _EMAIL.fullmatch(value)):
        return value
    counts[name] = counts.get(name, 0) + 1
    is_one = (
        isinstance(value, str) and PSEUDONYMS.fullmatch(value) is not None
    )  # masked twice, it stays the same person
    return value if is_one else pseudonym(str(value), key)
