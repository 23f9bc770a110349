"""How sure each cause is in the end: certain only by the deciding party's own words, or where the rules say that this
fault alone explains the refusal. One step for all causes.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from console.core.checks.roots import follows
from console.core.diagnosis.base import Cause, Found, Match
from console.core.diagnosis.codes import is_umbrella
from console.core.diagnosis.mends import mended
from console.core.diagnosis.policy_decision import FAIL
from console.core.diagnosis.policy_findings import GATES
from console.core.diagnosis.ranking import TOKEN_JUDGED
from console.core.diagnosis.reading import Reading, read_again
from console.core.diagnosis.refine import cause_of_code
from console.core.diagnosis.terms import Basis, Confidence, Stage
from console.core.evidence import EvidenceStep
from console.core.finding import Status

_CHECKS = {name: check for check, names in GATES.items() for name in names}
_REFUSING = TOKEN_JUDGED | {Stage.SUBSCRIPTION, Stage.API}
_ASKING = frozenset({Stage.CREDENTIAL, Stage.TOKEN_REQUEST})
_ERRORS = re.compile(r"(?<![\w-])error=[\"']?([a-z_]{4,60})")  # of events in a log
# Causes that one refusal of a claim may be told as: the wider word does not contradict the more exact one.
_KINDS = {
    "audience_form": "audience",
    "token_type": "audience",
    "tenant": "issuer",
    "token_version": "issuer",
    "not_before": "time",
    "issued_at": "time",
    "expiry": "time",
    "algorithm": "signature",
    "key_use": "signature",
}


def settled(reading: Reading, found: Found) -> Found:
    """The same causes, each as sure as its basis allows."""
    return [(cause, _settled(reading, cause, match, found)) for cause, match in found]


def open_to(reading: Reading, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """The causes that the attempt can have. Of a call that was let through nothing refused its token or its key,
    whatever may be odd about them.
    """
    is_call = reading.answer.is_success and not reading.answer.failure and not reading.is_at_token_endpoint
    return tuple(one for one in causes if one.stage not in _REFUSING) if is_call else causes


def _settled(reading: Reading, cause: Cause, match: Match, found: Found) -> Match:
    if match.basis is Basis.BARE and any(_tells_more(cause, other, told) for other, told in found):
        return replace(match, confidence=Confidence.POSSIBLE)
    if _is_explained_away(reading, cause, match, found) or _is_said_to_work(reading, cause, match):
        return replace(match, confidence=Confidence.POSSIBLE)
    if match.confidence is not Confidence.CERTAIN:
        return match
    is_told = match.basis is Basis.WORDS and not _is_capped(reading, cause)
    is_proved = is_told or (match.basis is Basis.FACTS and _explains_alone(reading, cause))
    if is_proved and not _is_one_of_several(reading, cause) and not _is_contradicted(reading, cause, match, found):
        return match
    return replace(match, confidence=Confidence.LIKELY)


def _is_explained_away(reading: Reading, cause: Cause, match: Match, found: Found) -> bool:
    """Whether a rule finds in order what the words refuse, and other facts say how they come about: a clock, say."""
    if match.basis is not Basis.WORDS or not cause.check or not reading.passes(cause.check):
        return False
    shown = (Basis.OBSERVED, Basis.FACTS)
    others = (other for other, told in found if other is not cause and told.basis in shown)
    return any(other.stage is cause.stage and _kind(other) == _kind(cause) for other in others)


def _is_said_to_work(reading: Reading, cause: Cause, match: Match) -> bool:
    """Whether somebody who tells of a fault of how the client proves itself says too that he gets a token."""
    return match.basis is Basis.OBSERVED and cause.stage is Stage.CREDENTIAL and reading.prose.has_token


def _is_capped(reading: Reading, cause: Cause) -> bool:
    """Whether the catalogue knows the message that was printed, and that other faults print it too."""
    told = [one.message.decides for one in reading.messages if one.message.cause == cause.slug]
    return bool(told) and Confidence.CERTAIN not in told


def _is_one_of_several(reading: Reading, cause: Cause) -> bool:
    """Whether the same text tells of another failure as well: which of them is asked about stays open."""
    if not reading.is_text_only:
        return False
    if len(set(_ERRORS.findall(reading.said))) > 1:
        return True
    numbers = {cause_of_code(reading, code) for code in reading.codes if not is_umbrella(code)}
    rows = [one.message for one in reading.messages if one.message.cause and one.is_sentence]
    known = {slug for row in rows if cause.slug in (row.cause, *row.also) for slug in (row.cause, *row.also)}
    told = numbers | {row.cause for row in rows if cause.slug not in row.also}
    words = {said.cause for said in reading.sentences}
    return bool((told | words) - known - {cause.slug, None})


def _explains_alone(reading: Reading, cause: Cause) -> bool:
    """Whether the rules refuse for this fault and, with the fault mended, for nothing else."""
    evidence = mended(reading, cause)
    if evidence is None or not _is_refused_by_rule(reading, cause):
        return False
    again = read_again(reading, evidence)
    match = cause.match(again)
    is_gone = match is None or match.confidence is not Confidence.CERTAIN
    return is_gone and not any(not follows(check, root=cause.check) for check in _faults(reading, again))


def _is_refused_by_rule(reading: Reading, cause: Cause) -> bool:
    """Whether a rule that is known refuses the token's claims; a fault that no rule asks about explains no refusal."""
    if not cause.check or cause.stage not in {Stage.TOKEN_CONTENT, Stage.AUTHORIZATION}:
        return True
    is_failed = any(finding.status is Status.FAIL for finding in reading.findings.values())
    return is_failed or (reading.policy is not None and reading.policy.facts.verdict == "reject")


def _faults(reading: Reading, again: Reading) -> Iterable[str]:
    """What is left to be refused when the fault is mended, by check: not what only a policy behind the one that
    refused asks for, for this answer comes from the first.
    """
    until = _place_of_refusal(reading)
    steps = again.policy.steps if again.policy else ()
    asked = frozenset(_refused_in(steps[: until + 1]))
    only_later = frozenset(_refused_in(steps[until + 1 :])) - asked
    for check, finding in again.findings.items():
        if finding.status is Status.FAIL and only_later.isdisjoint(GATES.get(check, ())):
            yield check
    yield from (_CHECKS.get(name, name) for name in asked)


def _place_of_refusal(reading: Reading) -> int:
    """Which step of the policy refused; where none is known to, all of them count."""
    steps = reading.policy.steps if reading.policy else ()
    return next((place for place, step in enumerate(steps) if step.verdict == "reject"), len(steps))


def _refused_in(steps: Iterable[EvidenceStep]) -> Iterable[str]:
    """The checks that fail there, by the engine's names; the policy's own where it refuses without a check."""
    for step in steps:
        failed = [one.check for one in step.checks if one.outcome == FAIL]
        yield from failed or ((step.policy,) if step.verdict == "reject" else ())


def _is_contradicted(reading: Reading, cause: Cause, match: Match, found: Found) -> bool:
    """Whether a rule finds in order what the words refuse; or the deciding party's words certainly name another fault
    of the same step, or what people saw speaks for another cause of the same refusal.
    """
    if cause.check and match.basis is Basis.WORDS and reading.passes(cause.check):
        return True
    return any(_speaks_against(cause, other, told) for other, told in found if other is not cause)


def _speaks_against(cause: Cause, other: Cause, told: Match) -> bool:
    if told.basis is Basis.OBSERVED and told.confidence is Confidence.LIKELY:  # a clock, where a token is called old
        return other.stage is cause.stage and _kind(other) == _kind(cause)
    return _is_word(told) and _is_rival(cause, other)


def _tells_more(cause: Cause, other: Cause, match: Match) -> bool:
    """Whether another cause of the same party rests on more than a status or an error that many faults give."""
    is_same_party = {cause.stage, other.stage} <= _ASKING or cause.stage is other.stage
    return is_same_party and match.basis is not Basis.BARE and match.confidence is not Confidence.POSSIBLE


def _is_word(match: Match) -> bool:
    return match.basis is Basis.WORDS and match.confidence is Confidence.CERTAIN


def _is_rival(cause: Cause, other: Cause) -> bool:
    if cause.stage in _ASKING:
        return other.stage in _ASKING
    if not {cause.stage, other.stage} <= TOKEN_JUDGED:
        return False
    one, two = _kind(cause), _kind(other)
    return one != two and not follows(other.check, root=cause.check)


def _kind(cause: Cause) -> str:
    return _KINDS.get(cause.check, cause.check or cause.slug)
