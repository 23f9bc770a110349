"""What added evidence changed: in what is known, and in the diagnosis, in sentences."""

from dataclasses import dataclass

from console.core.diagnosis import cause_title
from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.evidence import Evidence

_PARTS = (
    ("token_claims", "the decoded token"),
    ("expectations", "what the API expects"),
    ("policy_xml", "the gateway’s policy"),
    ("request", "the request as it was sent"),
    ("response", "the answer"),
    ("token_request", "the token request"),
    ("token_error", "the answer of the token endpoint"),
    ("signature", "whether the signature verifies"),
    ("now", "the time of the attempt"),
    ("profile", "facts of the client or the API"),
    ("pasted", "a text"),
)


@dataclass(frozen=True, slots=True)
class LearnedNews:
    """`parts` names what is known since; `told` says what the diagnosis makes of it, one sentence."""

    parts: tuple[str, ...]
    told: str


def learned(before: Evidence, after: Evidence, *, was: Diagnosis, now: Diagnosis) -> LearnedNews:
    """The news between two states of one case's evidence."""
    parts = tuple(words for name, words in _PARTS if getattr(before, name) != getattr(after, name))
    return LearnedNews(parts, _told(was, now))


def _told(was: Diagnosis, now: Diagnosis) -> str:
    first, then = was.primary, now.primary
    if then is None:
        return _less(was, now) if first is None else "With it nothing is left that explains the failure."
    if first is None:
        return f"It names the cause: {_named(then)}, {then.confidence}."
    if first.cause != then.cause:
        return f"It changes the first cause: {_named(then)}, {then.confidence}; before it was {_named(first)}."
    if first.confidence is not then.confidence:
        return f"It makes {_named(then)} {then.confidence}; before it was {first.confidence}."
    if (first.why, first.do) != (then.why, then.do):
        return f"The cause stays {_named(then)}, and is told more exactly."
    return _less(was, now)


def _less(was: Diagnosis, now: Diagnosis) -> str:
    here = len(set(was.missing) - set(now.missing))
    if here and now.missing:
        return f"It does not decide the cause yet: {here} of {len(was.missing)} that were missing {_is(here)} here."
    return "It does not change the diagnosis."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _named(cause: RankedCause) -> str:
    title = cause_title(cause.cause) or cause.cause
    return f"“{title}”"
