"""The order of causes: the earliest stage first, then how sure; what the answer rules out comes last."""

from dataclasses import replace

from console.core.checks.roots import follows, place
from console.core.compare import WIDENS
from console.core.diagnosis.base import Cause, Match, RankedCause
from console.core.diagnosis.header_facts import scheme_fault
from console.core.diagnosis.headline import headline
from console.core.diagnosis.matching import weakened
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.suggested import suggested
from console.core.diagnosis.terms import Basis, Confidence, Stage
from console.core.providers.base import Provider
from console.core.redaction.redact import redact_text

_STAGES = tuple(Stage)
_CONFIDENCES = tuple(Confidence)
TOKEN_JUDGED = frozenset({Stage.TOKEN_CONTENT, Stage.SIGNATURE, Stage.GATEWAY_POLICY, Stage.AUTHORIZATION})


def rank(reading: Reading, found: list[tuple[Cause, Match]]) -> tuple[RankedCause, ...]:
    """All causes found, best first: of equals the root of failed checks, then the order of the catalogue."""
    judged = [(cause, _fitted(reading, cause, match)) for cause, match in found]
    judged.sort(key=lambda pair: _key(reading, *pair))
    if not judged:
        return ()
    (root, match), others = judged[0], judged[1:]
    is_sure = match.confidence is not Confidence.POSSIBLE
    provider, check = reading.provider, root.check if is_sure else ""
    first = _ranked(cause=root, match=match, what=headline(reading, root, match), provider=provider)
    first = replace(first, command=suggested(first.command, reading))
    return (first, *(_after(cause, found, root=check, provider=provider) for cause, found in others))


def _after(cause: Cause, match: Match, *, root: str, provider: Provider | None) -> RankedCause:
    """A cause behind the first, which alone explains the answer."""
    return _ranked(
        cause, match, what=match.what or cause.what, provider=provider, does_follow=follows(cause.check, root=root)
    )


def _key(reading: Reading, cause: Cause, match: Match) -> tuple[bool, int, int, bool, int]:
    is_named = match.basis is Basis.OBSERVED or reading.phrase(cause.slug) is not None
    return (
        match.confidence is Confidence.POSSIBLE,
        _STAGES.index(cause.stage),
        _CONFIDENCES.index(match.confidence),
        not is_named,
        place(cause.check) if cause.check else -1,
    )


def _fitted(reading: Reading, cause: Cause, match: Match) -> Match:
    """A fault of the token that this very answer cannot come from is only a possible one: it would come next."""
    return weakened(match) if cause.stage in _ruled_out(reading) and not _is_own_answer(cause) else match


def _ruled_out(reading: Reading) -> frozenset[Stage]:
    answer = reading.answer
    if answer.failure or reading.token_error is not None:
        return frozenset() if reading.token_error is not None and not answer.failure else TOKEN_JUDGED
    if answer.is_success:
        return TOKEN_JUDGED | {Stage.SUBSCRIPTION, Stage.API}
    if answer.challenge("AzureApiManagementKey") or _is_about_key(reading):
        return TOKEN_JUDGED
    if _is_scheme_broken(reading):
        return frozenset({Stage.TOKEN_CONTENT, Stage.SIGNATURE})
    if answer.status in {404, 405, 429} or _is_backend_fault(reading):
        return TOKEN_JUDGED
    return frozenset()


def _is_scheme_broken(reading: Reading) -> bool:
    """Whether no token was read, so that none was judged: its header is not a scheme, one blank, and a token."""
    sent, policy = reading.authorization, reading.policy
    if sent is None or reading.is_at_token_endpoint or scheme_fault(sent) is None or reading.token_was_read:
        return False
    return policy is None or not policy.passes("token-present", "scheme")


def _is_about_key(reading: Reading) -> bool:
    return bool(reading.phrase("subscription-key-missing") or reading.phrase("subscription-key-invalid"))


def _is_backend_fault(reading: Reading) -> bool:
    """A 5xx of the API itself; one that speaks of the token's own check is none."""
    status = reading.answer.status or 0
    about_token = any(said.cause not in {"api-error"} for said in reading.phrases)
    return status >= 500 and not about_token


def _is_own_answer(cause: Cause) -> bool:
    return cause.slug == "rate-or-quota-exceeded"


def unmatched(cause: Cause) -> RankedCause:
    """A cause by what its entry says alone."""
    return _ranked(cause, Match(Confidence.LIKELY, "", ()), what=cause.what)


def _ranked(
    cause: Cause, match: Match, *, what: str, provider: Provider | None = None, does_follow: bool = False
) -> RankedCause:
    """The advice is the evidence's own, else the provider's, else the cause's, which holds for any provider."""
    return RankedCause(
        cause=cause.slug,
        stage=cause.stage,
        confidence=match.confidence,
        owner=match.who or cause.who,
        what=what,
        why=redact_text(match.why),
        do=_advice(cause, match, provider),
        facts=tuple(map(redact_text, match.facts)),
        follows=does_follow,
        basis=match.basis,
        command=provider.advice.commands.get(cause.slug, "") if provider else "",
    )


def _advice(cause: Cause, match: Match, provider: Provider | None) -> str:
    do = match.do or (provider.advice.do.get(cause.slug, "") if provider else "") or cause.do
    can_widen = match.who in (None, cause.who)  # where somebody else must act, nobody can have the API accept more
    return f"{do} Or {cause.widens}: {WIDENS}." if cause.widens and can_widen and WIDENS not in do else do
