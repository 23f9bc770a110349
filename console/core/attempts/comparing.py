"""Any two attempts of the history side by side: what was sent, the token, what came back, and what stood around it.

Semantic: JSON by place, headers by name, query by parameter, claims by name; what is another one each time is apart.
"""

from dataclasses import dataclass, replace

from console.core.attempts import each_time, wire_changes
from console.core.attempts.turning import TurnPart, turning
from console.core.attempts.wire_changes import WireChanges
from console.core.evidence import Evidence
from console.core.exchange import Exchange, Purpose
from console.core.tokens.diff import Sameness, TokenChange, TokenDiff

# What stands around a request, of the parts that are compared for "last good, first bad"; the rest is told here.
_AROUND = ("life", "signature", "policy", "demands", "api_version", "subscription_key", "credential_version",
           "settings", "key")  # fmt: skip
_IN_FIRST_LINE = 2  # differences of one kind that a headline names
_LONGEST = 60  # characters of what it says of a claim


@dataclass(frozen=True, slots=True)
class ComparedAttempt:
    """One of two. `exchange` is the request that counts, None when nothing went over the wire; `is_call`: to an API."""

    evidence: Evidence
    exchange: Exchange | None
    is_call: bool

    @property
    def status(self) -> int | None:
        response = self.exchange.response if self.exchange else None
        return response.status if response is not None and self.exchange and self.exchange.failure is None else None


@dataclass(frozen=True, slots=True)
class AttemptDifference:
    """`sent` and `answer` are None where they cannot be compared, `token` where no claims were kept on both sides.

    `claims` are the differences of the tokens that matter, `claims_folded` those that never do. `around` is what stood
    around the two: policy, demands, credential. `headline` is one sentence without a full stop.
    """

    headline: str
    sent: WireChanges | None
    token: TokenDiff | None
    claims: tuple[TokenChange, ...]
    claims_folded: tuple[TokenChange, ...]
    answer: WireChanges | None
    around: tuple[TurnPart, ...]

    @property
    def folded_count(self) -> int:
        wires = sum(len(one.folded) for one in (self.sent, self.answer) if one)
        return wires + len(self.claims_folded)


def counting_exchange(exchanges: tuple[Exchange, ...], *, is_call: bool) -> Exchange | None:
    """The one an attempt is about: of a call its last call, of a token request the last request for a token."""
    wanted = Purpose.CALL if is_call else Purpose.TOKEN
    return next((one for one in reversed(exchanges) if one.purpose is wanted), exchanges[-1] if exchanges else None)


def compare_attempts(first: ComparedAttempt, second: ComparedAttempt) -> AttemptDifference:
    """What became of the first in the second; never raises. Both are redacted."""
    around = turning(first.evidence, second.evidence)
    is_one_kind = first.is_call == second.is_call
    sent = answer = None
    if first.exchange is not None and second.exchange is not None and is_one_kind:
        sent = wire_changes.of_requests(first.exchange, second.exchange)
        answer = wire_changes.of_answers(first.exchange, second.exchange)
    diff = around.token
    changes = diff.changes if diff else ()
    parts = {one.code: one for one in around.parts}
    found = AttemptDifference(
        headline="",
        sent=sent,
        token=diff,
        claims=tuple(one for one in changes if one.name not in each_time.CLAIMS),
        claims_folded=tuple(one for one in changes if one.name in each_time.CLAIMS),
        answer=answer,
        around=tuple(parts[code] for code in _AROUND if code in parts),
    )
    return replace(found, headline=f"{_outcome(first.status, second.status)}: {_told(found)}")


def _outcome(first: int | None, second: int | None) -> str:
    if first == second:
        return f"Both answered {first}" if first else "Neither was answered"
    sides = [str(one) if one else "no answer" for one in (second, first)]
    return f"{sides[0][:1].upper()}{sides[0][1:]} instead of {sides[1]}"


def _told(found: AttemptDifference) -> str:
    """What differs, then what is the same: "roles is missing; request and body are the same"."""
    around = {one.code: one.told for one in found.around if one.sameness is Sameness.OTHER}
    key = [around.pop("key")] if "key" in around else []
    claims = _first([_claim(one) for one in found.claims])
    sent = _first([one.words for one in found.sent.matters]) if found.sent else []
    different = [*around.values(), *claims, *sent, *key]
    if not different:
        different = _only_answer(found)
    same = _same(found)
    return f"{', '.join(different)}; {same}" if same else ", ".join(different)


def _only_answer(found: AttemptDifference) -> list[str]:
    """Where nothing else differs: what the answers differ in, but for their status."""
    answers = [one.place for one in found.answer.matters if one.place != "status"] if found.answer else []
    return [f"the answer differs in {answers[0]}"] if answers else ["nothing else that matters is different"]


def _first(told: list[str]) -> list[str]:
    more = len(told) - _IN_FIRST_LINE
    return told if more <= 0 else [*told[: _IN_FIRST_LINE - 1], f"{told[_IN_FIRST_LINE - 1]} and {more} more"]


def _claim(change: TokenChange) -> str:
    words = change.words.removesuffix(".")
    return words if len(words) <= _LONGEST else f"{change.name} is another"


def _same(found: AttemptDifference) -> str:
    same = []
    if found.sent is not None:
        has_body = "the body" in found.sent.same
        if not found.sent.matters:
            same += ["request", "body"] if has_body else ["request"]
        elif has_body:
            same.append("body")
    if found.token is not None and not found.claims:
        same.append("token")
    if not same:
        return ""
    names = f"{', '.join(same[:-1])} and {same[-1]}" if len(same) > 1 else f"the {same[0]}"
    return f"{names} {'are' if len(same) > 1 else 'is'} the same"
