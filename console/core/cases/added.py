"""What somebody adds to a case, read; and the evidence of a case completed by it. What was known before stays."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from console.core.api import Expectation
from console.core.diagnosis import read_evidence
from console.core.diagnosis.pasted import MAX_PASTED
from console.core.evidence import Evidence, EvidenceRequest, EvidenceResponse
from console.core.inspection import recognised
from console.core.json import strict
from console.core.json.text import plain
from console.core.paste.recognise import FoundExchange, PastedKind, RecognisedPaste
from console.core.paste.seen import SeenExchange
from console.core.paste.speech.attribute import attributed, policy_in
from console.core.paste.speech.unwrap import unwrapped
from console.core.paste.tokens_in import carried_token
from console.core.redaction.redact import redact_text
from console.core.redaction.start import masked_start
from console.core.tokens.token import TokenKind
from console.core.triage.moments import time_of_row

MAX_ADDED = 2_000_000  # characters of one piece that are read: a HAR file; of other forms the recogniser reads less
_FACTS = frozenset(Evidence.__struct_fields__)
_DEMANDS = frozenset(Expectation.__dataclass_fields__)
_LONGEST_TIME = 60
_ALONE = ("signature", "policy_xml", "policy", "http_status", "now")
_SIGNATURES = {"valid": "valid", "verifies": "valid", "invalid": "invalid", "does not verify": "invalid"}


def read_added(text: str) -> Evidence | None:
    """The evidence in what somebody pasted or uploaded: evidence or a part of it as JSON, else whatever paste is known.

    None for what must not be kept: a secret, a private key, nothing, or too much. Never raises. Tokens are decoded
    here, for masking leaves nothing of them; nothing is masked yet.
    """
    if not text.strip() or len(text) > MAX_ADDED:
        return None
    if (told := _SIGNATURES.get(text.strip().rstrip(".").lower())) is not None:
        return Evidence(signature=told)
    if len(text) < _LONGEST_TIME and (when := time_of_row(text)) is not None and when.has_zone:
        return Evidence(now=int(when.seconds))
    if (found := _of_json(text)) is not None:
        return found
    pasted = recognised(text)
    if pasted.is_sensitive or pasted.kind in (PastedKind.EMPTY, PastedKind.TOO_LARGE):
        return None
    return _of_paste(text, pasted)


def _of_json(text: str) -> Evidence | None:
    """Evidence as files have it, or demands; None for any other text."""
    if text.lstrip("\ufeff \t\r\n")[:1] != "{":
        return None
    read = strict.read_text(text.strip())
    value = plain(read.value) if read.is_json else None
    if not isinstance(value, dict) or not value:
        return None
    if value.keys() <= _FACTS:
        return read_evidence(value)
    return read_evidence({"expectations": value}) if value.keys() <= _DEMANDS else None


def _of_paste(text: str, pasted: RecognisedPaste) -> Evidence:
    found = _telling(pasted.exchanges)
    token = found.token if found is not None and found.token is not None else carried_token(SeenExchange(), text)
    token = token or next((one for one in pasted.tokens if one.kind is TokenKind.DECODED), None)  # also without braces
    evidence = found.evidence if found is not None else Evidence()
    if token is not None and token.claims is not None and evidence.token_claims is None:
        evidence = replace(evidence, token_header=plain(token.header), token_claims=plain(token.claims))
    policy = policy_in(attributed(unwrapped(text)))
    if policy and evidence.policy_xml is None:
        evidence = replace(evidence, policy_xml=policy)
    if evidence == Evidence():
        evidence = Evidence(pasted=masked_start(text, MAX_PASTED, redact_text))
    return evidence


def _telling(exchanges: tuple[FoundExchange, ...]) -> FoundExchange | None:
    """The last one, as the diagnosis of a paste takes it."""
    return exchanges[-1] if exchanges else None


def completed(evidence: Evidence, added: Iterable[Evidence]) -> Evidence:
    """The evidence with what was added in the places that it left open, in order."""
    for one in added:
        evidence = _completed(evidence, one)
    return evidence


def _completed(known: Evidence, more: Evidence) -> Evidence:
    alone = {name: getattr(more, name) for name in _ALONE if getattr(known, name) is None}
    has_token = known.token_header is not None or known.token_claims is not None
    token = known if has_token else more
    return replace(
        known,
        **alone,
        token_header=token.token_header,
        token_claims=token.token_claims,
        expectations=_demands(known.expectations, more.expectations),
        request=_request(known.request, more.request),
        response=_response(known.response, more.response),
        token_request=known.token_request or more.token_request,
        token_error=_error(known.token_error, more.token_error),
        profile=_facts(known.profile, more.profile),
        pasted="\n\n".join(filter(None, (known.pasted, more.pasted))) or None,
    )


def _demands(known: Expectation | None, more: Expectation | None) -> Expectation | None:
    if known is None or more is None:
        return known or more
    named = {name: getattr(known, name) or getattr(more, name) for name in _DEMANDS}
    return Expectation(**named)


def _request(known: EvidenceRequest | None, more: EvidenceRequest | None) -> EvidenceRequest | None:
    """The one that is known; with the headers of the same one where its own were not all on record."""
    if known is None or more is None:
        return known or more
    is_open = known.has_unknown_headers or not known.headers
    if not is_open or not more.headers or _address(known.url) != _address(more.url):
        return known
    return replace(
        known,
        headers=more.headers,
        has_unknown_headers=more.has_unknown_headers,
        body=known.body or more.body,
        method=known.method or more.method,
    )


def _response(known: EvidenceResponse | None, more: EvidenceResponse | None) -> EvidenceResponse | None:
    """The one that is known; with headers and body of one of the same status where it lacked them."""
    if known is None or more is None:
        return known or more
    if known.failure or known.status not in (None, more.status):
        return known
    return replace(
        known,
        status=more.status,
        headers=known.headers or more.headers,
        body=known.body if known.body not in (None, "") else more.body,
    )


def _error(known: dict[str, Any] | None, more: dict[str, Any] | None) -> dict[str, Any] | None:
    """Of the same error, what the answer says besides."""
    if known is None or more is None:
        return known if known is not None else more
    return {**more, **known} if known.get("error") in (None, more.get("error")) else known


def _facts(known: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    seen = [one for facts in (known, more) for one in _listed(facts.get("observations"))]
    return {**more, **known, **({"observations": seen} if seen else {})}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _address(url: str) -> str:
    return url.partition("?")[0].rstrip("/").casefold()
