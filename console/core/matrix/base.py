"""One way of bringing token and key along, what a gateway must do with it, and what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.core.exchange import Header

Reshape = Callable[[tuple[Header, ...], str], tuple[Header, ...]]  # the headers, the name of the key's; the new ones


class TokenFrom(StrEnum):
    """Which token goes along. `ALTERED`: the profile's own, changed without a key; `MINTED`: the sandbox signs it."""

    OWN = "own"
    NONE = "none"
    ALTERED = "altered"
    EXPIRED = "expired"
    OTHER = "other"
    MINTED = "minted"


@dataclass(frozen=True, slots=True)
class Variant:
    """One entry. `title` is a part of a sentence; `source` is where the rule stands, "" where no document has it.

    `reshape` changes the headers on their way out, `alter` the compact token; None where nothing is changed.
    `is_about_key`: what is tried is the subscription key, which the profile must have.
    `is_usual_by_rule`: by its source a gateway takes it as it takes the usual call.
    """

    code: str
    title: str
    explains: str
    token: TokenFrom = TokenFrom.OWN
    reshape: Reshape | None = None
    alter: Callable[[str], str] | None = None
    is_about_key: bool = False
    is_usual_by_rule: bool = False
    source: str = ""

    @property
    def is_control(self) -> bool:
        """The call as it is usually sent: what the others are compared with."""
        return self.token is TokenFrom.OWN and self.reshape is None


class Must(StrEnum):
    """What a gateway must do with a variant; `UNKNOWN`: nothing that is known here says."""

    LET_IN = "let in"
    REFUSE = "refuse"
    UNKNOWN = "unknown"


class KnownBy(StrEnum):
    """Where it is known from that it must."""

    PERSON = "person"
    POLICY = "policy"
    DEMANDS = "demands"
    SANDBOX = "sandbox"
    STANDARD = "standard"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Demanded:
    """What must be done, where that is known from, and why in a sentence."""

    must: Must
    rule: KnownBy = KnownBy.NONE
    why: str = ""


class Actual(StrEnum):
    """What was done. `UNCLEAR`: an answer that says neither; `NOT_TRIED`: nothing was sent."""

    LET_IN = "let in"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    NO_ANSWER = "no answer"
    NOT_TRIED = "not tried"


class CellVerdict(StrEnum):
    """Both together. `UNKNOWN`: nobody knows what it must do; `UNDECIDED`: nobody can say what it did."""

    AS_EXPECTED = "as expected"
    WRONGLY_LET_IN = "wrongly let in"
    WRONGLY_REFUSED = "wrongly refused"
    UNKNOWN = "unknown"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What came of one variant. `status` is None without an answer; `told` is one sentence on what was done, "" for
    none; `cause` the slug of the first cause of a refusal, "" for none; `at` is epoch seconds.
    """

    code: str
    demanded: Demanded
    outcome: Actual
    status: int | None = None
    told: str = ""
    cause: str = ""
    attempt_id: str = ""
    elapsed_ms: int = 0
    at: int = 0

    @property
    def verdict(self) -> CellVerdict:
        if self.outcome not in (Actual.LET_IN, Actual.REFUSED):
            return CellVerdict.UNDECIDED
        if self.demanded.must is Must.UNKNOWN:
            return CellVerdict.UNKNOWN
        if (self.outcome is Actual.LET_IN) == (self.demanded.must is Must.LET_IN):
            return CellVerdict.AS_EXPECTED
        return CellVerdict.WRONGLY_LET_IN if self.outcome is Actual.LET_IN else CellVerdict.WRONGLY_REFUSED


@dataclass(frozen=True, slots=True)
class MatrixChoice:
    """What is kept with an Api: which variants, by code, and of some what the gateway must do. `method` and `path` are
    the operation, "" for the planned one; `other_profile_id` is whose token is another's, "" for nobody's.
    """

    variants: tuple[str, ...] = ()
    musts: Mapping[str, Must] | None = None
    method: str = ""
    path: str = ""
    other_profile_id: str = ""

    def must_of(self, code: str) -> Must:
        return (self.musts or {}).get(code, Must.UNKNOWN)


def outcome_of(status: int | None, *, control: Actual | None) -> Actual:
    """What an answer says (RFC 9110 section 15.5, RFC 6750 section 3.1). `control` is what came of the usual call, None
    for that itself: where it was let in, a 400 refuses what was changed.
    """
    if status is None:
        return Actual.NO_ANSWER
    if 200 <= status < 300:
        return Actual.LET_IN
    if status in (401, 403) or (status == 400 and control is Actual.LET_IN):
        return Actual.REFUSED
    return Actual.UNCLEAR
