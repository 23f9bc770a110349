"""What the evidence says, read once: every cause looks at this and at nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from console.core.api import Expectation
from console.core.diagnosis.answer import ReadAnswer, combined, read_answer
from console.core.diagnosis.budget import WorkMeter, affordable
from console.core.diagnosis.flatten import flat
from console.core.diagnosis.hearing import SaidWords, hearing_of, without_noted_error
from console.core.diagnosis.intake import with_pasted
from console.core.diagnosis.log_moment import LogMoment, with_logged_moment
from console.core.diagnosis.messages import Told
from console.core.diagnosis.moments import moment_of, told_moment
from console.core.diagnosis.observed import goes_well
from console.core.diagnosis.phrases import Said
from console.core.diagnosis.policy_decision import PolicyDecision
from console.core.diagnosis.policy_refusal import with_refusal
from console.core.diagnosis.printed_error import with_error_inside
from console.core.diagnosis.prose import NOTHING_TOLD, Prose, lines_of
from console.core.diagnosis.provider_facts import error_in, provider_in
from console.core.diagnosis.quoted import reported
from console.core.diagnosis.ruling import facts_of, ruling_of
from console.core.diagnosis.said import MAX_PART, is_only_text, log_text, said_text
from console.core.diagnosis.stated import without_well
from console.core.diagnosis.terms import Answerer
from console.core.diagnosis.told import asserted, prose_of
from console.core.evidence import Evidence
from console.core.finding import Finding, Status
from console.core.issuers import host_of, read_issuer
from console.core.oauth.words import NEUTRAL, ProviderWords
from console.core.providers.base import Provider
from console.core.providers.known_error import KnownError
from console.core.tokens.signature import SignatureResult
from console.core.tokens.token import Token

_INSIDE = frozenset(
    {
        "audience-other-api",
        "token-expired",
        "clock-skew",
        "signing-algorithm-mismatch",
        "signature-invalid",
        "signing-key-retired",
        "issuer-spelling-mismatch",
        "issuer-wrong-tenant",
        "jwks-key-use-invalid",
    }
)
_ENTRA_LIKE = re.compile(r"(?:^|/)([^/]+)/oauth2/(?:v2\.0/)?token$")


@dataclass(frozen=True, slots=True)
class Reading:
    """`token` is None without a decoded token. `findings` are by check code: where a policy decides, what it refuses
    fails and nothing else; `suspected` are those that may fail. `facts` are the profile facts, `extra` those of
    expectations and token request that have no place of their own. `said` is everything a far side or a log wrote,
    `told` everything people observed, `done` the commands, code and settings of the person who pasted a text.
    `request_headers` is None when the request is not known, `now` when no moment is, `provider` when nothing tells
    whose token it is; `known` is the row of its error table, None without one.
    `prose` is what people tell in sentences of their own, among what was observed and in what was pasted. `logged` is
    the time of the line of a log that states the refusal, None where something else tells the moment or no line does.
    `unread` says what of the evidence was too much to read, "" when nothing was. `is_text_only`: all that was given
    are words of a far side or a log, without token, request, settings or policy of their own.
    """

    evidence: Evidence
    now: int | None
    token: Token | None
    expectation: Expectation
    policy: PolicyDecision | None
    findings: Mapping[str, Finding]
    signature: SignatureResult
    codes: tuple[int, ...]
    messages: tuple[Told, ...]
    phrases: tuple[Said, ...]
    sentences: tuple[Said, ...]
    answer: ReadAnswer
    facts: Mapping[str, Any]
    extra: Mapping[str, Any]
    said: str
    told: str
    request_headers: Mapping[str, str] | None
    provider: Provider | None = None
    known: KnownError | None = None
    unread: str = ""
    is_text_only: bool = False
    done: str = ""
    prose: Prose = NOTHING_TOLD
    logged: LogMoment | None = None
    suspected: Mapping[str, Finding] = field(default_factory=dict)

    @property
    def suspecting(self) -> "Reading | None":
        """The same reading with all that a policy may refuse taken as refused; None when nothing is open. What a cause
        finds only there is possible.
        """
        is_refused = self.answer.status in {400, 401, 403, None} and not self.is_at_token_endpoint
        if not is_refused or self.policy is None or not (self.suspected or self.policy.has_open):
            return None
        found = {**self.findings, **self.suspected}
        return replace(self, findings=found, policy=self.policy.counting_all(), suspected={})

    def failed(self, check: str) -> Finding | None:
        """The finding of a check that failed; None otherwise."""
        finding = self.findings.get(check)
        return finding if finding and finding.status is Status.FAIL else None

    def passes(self, check: str) -> bool:
        finding = self.findings.get(check)
        return finding is not None and finding.status is Status.PASS

    def phrase(self, cause: str) -> Said | None:
        return next((said for said in self.phrases if said.cause == cause), None) if self.phrases else None

    @property
    def token_was_read(self) -> bool:
        """True when the far side speaks of the inside of a token: then one arrived where it looks for it."""
        return any(said.cause in _INSIDE for said in self.phrases)

    @property
    def claims(self) -> Mapping[str, Any]:
        return (self.token.claims if self.token else None) or {}

    @property
    def words(self) -> ProviderWords:
        """Those of the provider; neutral ones where nothing tells whose token it is."""
        return self.provider.words if self.provider else NEUTRAL

    @property
    def token_error(self) -> Mapping[str, Any] | None:
        return self.evidence.token_error

    @property
    def error(self) -> str:
        """The OAuth error of the token endpoint; "" without one."""
        value = (self.evidence.token_error or {}).get("error")
        return value if isinstance(value, str) else ""

    @property
    def description(self) -> str:
        value = (self.token_error or {}).get("error_description")
        return value if isinstance(value, str) else ""

    @property
    def endpoint(self) -> str:
        """The token endpoint that was asked; "" when unknown."""
        if self.evidence.token_request:
            return self.evidence.token_request.endpoint
        request = self.evidence.request
        return request.url if request and self.token_error is not None else ""

    @property
    def endpoint_host(self) -> str:
        return host_of(self.endpoint)

    @property
    def endpoint_tenant(self) -> str:
        """The tenant in the path of a token endpoint of Entra, or of a server shaped like it; "" for others."""
        path = self.endpoint.split("?")[0].split("://")[-1].split("/")
        if found := _ENTRA_LIKE.search("/".join(path[1:])):
            return found[1]
        return path[1] if len(path) > 2 and read_issuer(f"https://{path[0]}/x/").provider == "entra" else ""

    @property
    def params(self) -> Mapping[str, str]:
        return self.evidence.token_request.params if self.evidence.token_request else {}

    @property
    def grant(self) -> str:
        named = self.params.get("grant_type") or self.facts.get("grant") or self.facts.get("flow") or ""
        return named if isinstance(named, str) else ""

    @property
    def client_id(self) -> str:
        named = self.params.get("client_id") or self.facts.get("client_id") or ""
        return named if isinstance(named, str) else ""

    @property
    def is_moment_told(self) -> bool:
        """False where `now` is only when a text was read that says nothing of when the attempt was made."""
        return self.evidence.read_at is None or told_moment(self.evidence) is not None

    @property
    def is_at_token_endpoint(self) -> bool:
        """True when what failed was the token request, not a call with a token."""
        return self.token_error is not None or (
            self.evidence.token_request is not None and self.evidence.request is None
        )

    @property
    def authorization(self) -> str | None:
        """The Authorization header as sent; None when it was not sent or the request is unknown."""
        return (self.request_headers or {}).get("authorization")

    def fact(self, *names: str) -> Any:
        """The first of these facts that is there, among the profile's and the extra ones; None when none is."""
        for name in names:
            for facts in (self.facts, *(part for part in self.extra.values() if isinstance(part, dict))):
                if name in facts:
                    return facts[name]
        return None


def read(evidence: Evidence) -> Reading:
    """The reading of a piece of evidence; never raises for what the world sent."""
    meter = WorkMeter()
    is_text_only = is_only_text(evidence)
    evidence, done = with_pasted(affordable(evidence, meter))
    evidence = with_error_inside(evidence)
    lines = lines_of(log_text(evidence))
    evidence = without_noted_error(evidence, lines) if is_text_only else evidence
    facts, extra = facts_of(evidence)
    answer = read_answer(evidence)
    evidence, logged = with_logged_moment(evidence)
    now = moment_of(evidence)
    told, prose = flat({**facts, **extra})[:MAX_PART], prose_of(facts, lines)
    is_well = answer.is_success or goes_well(evidence, answer, facts)
    is_refused = evidence.token_error is not None
    words = SaidWords(
        answered=without_well(said_text(evidence, answer)),
        lines=lines,
        facts=asserted(facts, extra),
        numbers=(evidence.token_error or {}).get("error_codes"),
        is_answer=is_refused or answer.status is not None,
        is_refused=is_refused,
        is_well=is_well,
        done=done,
    )
    said, found = words.said, hearing_of(words)
    provider = provider_in(evidence, found.codes)
    if not answer.is_success:
        evidence = with_refusal(evidence, said)
    ruling = ruling_of(evidence, now, provider, is_by_api=answer.answered_by is Answerer.BACKEND)
    return Reading(
        evidence=evidence,
        now=now,
        token=ruling.token,
        expectation=ruling.expectation,
        policy=ruling.policy,
        findings=ruling.checked.findings,
        suspected=ruling.checked.suspected,
        signature=ruling.signature,
        codes=found.codes,
        provider=provider,
        known=error_in(evidence, provider),
        messages=found.messages if found.messages or is_well else reported(facts),
        phrases=found.phrases,
        sentences=found.sentences,
        answer=answer,
        facts=facts,
        extra=extra,
        said=said,
        told=told,
        done=done,
        prose=NOTHING_TOLD if is_well else prose,
        logged=logged,
        request_headers=_request_headers(evidence),
        unread=meter.unread,
        is_text_only=is_text_only,
    )


def read_again(reading: Reading, evidence: Evidence) -> Reading:
    """The same attempt with other token, policy, demands or request; who answered and what was said stay."""
    is_by_api = reading.answer.answered_by is Answerer.BACKEND
    ruling = ruling_of(evidence, reading.now, reading.provider, is_by_api=is_by_api)
    facts, extra = facts_of(evidence)
    return replace(
        reading,
        evidence=evidence,
        token=ruling.token,
        expectation=ruling.expectation,
        policy=ruling.policy,
        findings=ruling.checked.findings,
        suspected=ruling.checked.suspected,
        signature=ruling.signature,
        facts=facts,
        extra=extra,
        request_headers=_request_headers(evidence),
    )


def _request_headers(evidence: Evidence) -> dict[str, str] | None:
    """None also where headers are not known that may hold the token: what nobody saw is not absent."""
    sent = evidence.request
    headers = combined(sent.headers) if sent is not None else {}
    is_open = sent is None or (sent.has_unknown_headers and "authorization" not in headers)
    return None if is_open else headers
