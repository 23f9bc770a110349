"""What a paste is, what is in it, and how each part would be judged: one tree for the page and for the command."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from console.core.api import Expectation
from console.core.checks import run_all
from console.core.checks.base import Context
from console.core.defect import Defect
from console.core.evidence import Evidence
from console.core.finding import Finding, Status
from console.core.paste.recognise import FoundExchange, FoundToken, PastedKind, Problem, RecognisedPaste, recognise
from console.core.paste.recognisers.token_alone import INSIDE_NOTE, OPAQUE_NOTE, jwe_note
from console.core.providers import words_for
from console.core.redaction.redact import redact_text
from console.core.redaction.start import masked_start
from console.core.tokens.keys import KeySet
from console.core.tokens.signature import NOT_CHECKED, SignatureResult, SignatureState
from console.core.tokens.token import Token, TokenKind
from console.core.tokens.verified import verified

if TYPE_CHECKING:
    from console.core.diagnosis.base import Diagnosis, RankedCause

Verifier = Callable[[Token], SignatureResult]
_SINGLE = frozenset({
    PastedKind.JWS, PastedKind.UNSECURED, PastedKind.JWE, PastedKind.OPAQUE, PastedKind.DECODED, PastedKind.TOO_LARGE,
})  # fmt: skip
# The paste is itself the account of one failure: what there is to say belongs to it, not to an item in it.
_REPORTS = frozenset(
    {PastedKind.TOKEN_ERROR, PastedKind.WWW_AUTHENTICATE, PastedKind.GATEWAY_TRACE, PastedKind.WEB_PAGE}
)
_PROBLEMS = {
    Problem.TOKEN_REFUSED: "the token endpoint refused",
    Problem.SIGN_IN_REFUSED: "the sign-in was refused",
    Problem.UNAUTHORIZED: "not authorized",
    Problem.FORBIDDEN: "forbidden",
    Problem.THROTTLED: "too many requests",
    Problem.CLIENT_ERROR: "the request was refused",
    Problem.SERVER_ERROR: "the server failed",
    Problem.NO_ANSWER: "no answer came",
    Problem.REPORTED: "a log, trace or message tells of a failure",
    Problem.NOT_SENT: "the answer is not known",
}
_TOKEN_STAGES = frozenset({"credential", "token-request"})
MAX_LOG = 65_536  # characters of an unknown text that the catalogue of causes looks at


@dataclass(frozen=True, slots=True)
class Inspected:
    """One node of the tree: the paste itself, or a token or a failed exchange in it.

    `token` is set for a token, `exchange` and `diagnosis` for a failed exchange, neither for a container, which has
    `items`. `label` says where it stood, "" for the paste itself.
    """

    kind: PastedKind
    label: str = ""
    notes: tuple[str, ...] = ()
    token: Token | None = None
    signature: SignatureResult = NOT_CHECKED
    findings: tuple[Finding, ...] = ()
    exchange: FoundExchange | None = None
    diagnosis: "Diagnosis | None" = None
    items: tuple["Inspected", ...] = ()
    is_sensitive: bool = False
    preview: str = ""

    @property
    def header(self) -> dict[str, Any] | None:
        return self.token.header if self.token else None

    @property
    def claims(self) -> dict[str, Any] | None:
        return self.token.claims if self.token else None

    @property
    def defects(self) -> tuple[Defect, ...]:
        return self.token.defects if self.token else ()

    @property
    def is_faulty(self) -> bool:
        """Whether a check failed or a defect was found, here or further inside."""
        has_failed = any(finding.status in (Status.FAIL, Status.CRASHED) for finding in self.findings)
        return bool(self.defects) or has_failed or any(item.is_faulty for item in self.items)


def inspect_text(
    text: str, *, expectation: Expectation, keyset: KeySet | None, now: int, source: str = ""
) -> Inspected:
    """The tree of a text. `keyset` is None when no keys were given, `source` says where they came from.

    `now` is epoch seconds. Never raises, for any text.
    """

    def check(token: Token) -> SignatureResult:
        return verified(token, expectation, keyset, source=source)

    return inspect_pasted(recognised(text), expectation=expectation, check=check, now=now)


def recognised(text: str) -> RecognisedPaste:
    """What was pasted; a text of no known form, or around a token, is a log when the catalogue of causes knows its
    words.
    """
    pasted = recognise(text)
    if INSIDE_NOTE in pasted.notes and not pasted.exchanges:
        return _with_failure(pasted, text)
    if pasted.kind is not PastedKind.UNKNOWN or len(text.strip()) < 12:
        return pasted
    told = Evidence(pasted=masked_start(text, MAX_LOG, redact_text))
    primary = _explain(told).primary
    if primary is None:
        return pasted
    is_token_stage = primary.stage.value in _TOKEN_STAGES
    kind = PastedKind.TOKEN_ERROR if is_token_stage else PastedKind.GATEWAY_TRACE
    return RecognisedPaste(kind, exchanges=(FoundExchange(Problem.REPORTED, told),))


def _with_failure(pasted: RecognisedPaste, text: str) -> RecognisedPaste:
    """A token in a longer text, with the refusal of it that the words around it tell."""
    told = Evidence(pasted=masked_start(text, MAX_LOG, redact_text))
    primary = _explain(told).primary
    if primary is None or primary.basis != "words" or primary.confidence == "possible":
        return pasted
    found = FoundExchange(Problem.REPORTED, told, token=pasted.tokens[0])
    notes = tuple(note for note in pasted.notes if note != INSIDE_NOTE)
    return RecognisedPaste(PastedKind.GATEWAY_TRACE, notes, pasted.items, exchanges=(found,))


def inspect_pasted(pasted: RecognisedPaste, *, expectation: Expectation, check: Verifier, now: int) -> Inspected:
    """The tree of what was recognised; `check` verifies one token and is asked once for each."""
    judge = _Judge(expectation, check, now)
    tokens = tuple(judge.token(item) for item in pasted.items)
    if pasted.kind in _SINGLE and len(tokens) == 1:
        only = tokens[0]
        return Inspected(
            pasted.kind, "", pasted.notes, only.token, only.signature, only.findings, preview=pasted.preview
        )
    exchanges = tuple(filter(None, map(judge.exchange, pasted.exchanges)))
    if len(exchanges) == 1 and pasted.kind in _REPORTS:
        return replace(exchanges[0], kind=pasted.kind, label="", notes=pasted.notes, items=tokens)
    return Inspected(
        pasted.kind,
        notes=pasted.notes,
        items=(*tokens, *exchanges),
        is_sensitive=pasted.is_sensitive,
        preview=pasted.preview,
    )


def findings_of(token: Token, expectation: Expectation, signature: SignatureResult, now: int) -> tuple[Finding, ...]:
    """One finding per check, in the words of the token's provider."""
    return run_all(Context(token, expectation, signature, now, words_for(token)))


class _Judge:
    """Judges tokens and exchanges of one paste; a token is verified once however often it was used."""

    def __init__(self, expectation: Expectation, check: Verifier, now: int) -> None:
        self.expectation = expectation
        self.check = check
        self.now = now
        self.signatures: dict[str, SignatureResult] = {}

    def token(self, item: FoundToken) -> Inspected:
        token = item.token
        signature = self._signature(token)
        findings = findings_of(token, self.expectation, signature, self.now)
        notes = (*((f"Found in: {item.label}.",) if item.label else ()), *token.notes, *_kind_notes(token))
        return Inspected(PastedKind(token.kind.value), item.label, notes, token, signature, findings)

    def exchange(self, found: FoundExchange) -> Inspected | None:
        """The exchange with its diagnosis; None for a command in which nothing is wrong as far as it shows."""
        found = replace(found, evidence=self._evidence(found))
        diagnosis = _explain(found.evidence)
        if found.problem is Problem.NOT_SENT and diagnosis.primary is None:
            return None
        kind = PastedKind.TOKEN_ERROR if found.problem is Problem.TOKEN_REFUSED else PastedKind.HTTP_MESSAGE
        title = exchange_title(found)
        return Inspected(
            kind, title, (title,), findings=(_finding(found, diagnosis),), exchange=found, diagnosis=diagnosis
        )

    def _evidence(self, found: FoundExchange) -> Evidence:
        """What was pasted, with what is known beside it: the demands of the API, the moment, the signature."""
        evidence, token = found.evidence, found.token
        signature = evidence.signature
        if token is not None:
            state = self._signature(token).state
            signature = None if state is SignatureState.NOT_CHECKED else state.value
        is_stated = self.expectation != Expectation()
        return msgspec.structs.replace(
            evidence,
            signature=signature,
            expectations=self.expectation if is_stated else evidence.expectations,
            read_at=self.now,
        )

    def _signature(self, token: Token) -> SignatureResult:
        if token.text not in self.signatures:
            self.signatures[token.text] = self.check(token)
        return self.signatures[token.text]


def _kind_notes(token: Token) -> tuple[str, ...]:
    """What cannot be read of a token, and what to do about it."""
    if token.kind is TokenKind.JWE:
        return (jwe_note(token),)
    return (OPAQUE_NOTE,) if token.kind is TokenKind.OPAQUE else ()


def _explain(evidence: Evidence) -> "Diagnosis":
    """The catalogue of causes is loaded when there is something to explain: a token alone needs none of it."""
    from console.core.diagnosis import explain

    return explain(evidence)


def exchange_title(found: FoundExchange) -> str:
    """One sentence: what was sent where, and how it ended."""
    where = " ".join(filter(None, (found.method, found.url)))
    ended = f"answered {found.status}" if found.status else ""
    times = f" ({found.count} times)" if found.count > 1 else ""
    told = _PROBLEMS[found.problem]
    if not where and not ended:
        return f"{told[0].upper()}{told[1:]}{times}."
    return f"{where or 'The call'}{f' {ended}' if ended else ''}: {told}{times}."


def _finding(found: FoundExchange, diagnosis: "Diagnosis") -> Finding:
    """The failure as a finding: its first cause, or what is missing to name one."""
    cause = diagnosis.primary
    if cause is not None:
        return _named(found, cause)
    why = f"To name the cause, {' and '.join(diagnosis.missing)} would be needed." if diagnosis.missing else ""
    return Finding(
        Status.FAIL,
        "The attempt failed, and nothing in the paste names the cause.",
        why,
        "Paste more of it: the request with its headers, the answer with its headers and body, the log line.",
        actual=found.status,
        check="exchange",
        source="diagnosis",
    )


def _named(found: FoundExchange, cause: "RankedCause") -> Finding:
    is_guess = found.problem is Problem.NOT_SENT and cause.confidence == "possible"
    return Finding(
        Status.WARNING if is_guess else Status.FAIL,
        cause.what,
        cause.why,
        cause.do,
        cause.owner,
        actual=found.status,
        check="exchange",
        source=f"diagnosis: {cause.cause} ({cause.confidence})",
    )
