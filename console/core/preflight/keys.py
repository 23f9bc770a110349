"""The issuer's signing keys can be fetched, and one of them can verify (RFC 7517)."""

from dataclasses import dataclass

from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus, not_needed, well
from console.core.tokens.keys import KeySet

MAX_NAMED = 6


@dataclass(frozen=True, slots=True)
class FetchedKeySet:
    """`keyset` is None when there is none; `problem` then says why."""

    purpose: str
    source: str
    keyset: KeySet | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SeenKeys:
    """`is_lost`: the metadata that would name them could not be used."""

    sets: tuple[FetchedKeySet, ...] = ()
    is_lost: bool = False


def judge(seen: SeenKeys) -> StageResult:
    if seen.is_lost:
        return StageResult(StageStatus.SKIPPED, "Left out: without the metadata nobody knows where the keys are.")
    if not seen.sets:
        return not_needed("No address of keys is known, because there is no metadata.")
    facts = tuple(_fact(one) for one in seen.sets)
    for one in seen.sets:
        why = one.problem if one.keyset is None else "" if _usable(one.keyset) else _no_use(one)
        if why:
            return StageResult(
                StageStatus.FAIL,
                f"The keys of the {one.purpose} cannot be used.",
                why,
                "Tell whoever runs the issuer: without these keys no API can verify its tokens.",
                Owner.IDENTITY_PROVIDER,
                facts=facts,
            )
    return well("The signing keys are there.", *facts)


def _usable(keyset: KeySet) -> int:
    return sum(1 for key in keyset.keys if not key.is_symmetric and keyset.key_object(key) is not None)


def _no_use(one: FetchedKeySet) -> str:
    return f"{one.source} holds no public key that can verify a signature."


def _fact(one: FetchedKeySet) -> StageFact:
    if one.keyset is None:
        return StageFact(f"{one.purpose}, keys", "none")
    named = [key.kid for key in one.keyset.keys if key.kid]
    kids = ", ".join(named[:MAX_NAMED]) + (f" and {len(named) - MAX_NAMED} more" if len(named) > MAX_NAMED else "")
    count = _usable(one.keyset)
    told = f"{count} usable{f' ({kids})' if kids else ''} from {one.source}"
    return StageFact(f"{one.purpose}, keys", told)


STAGE: PreflightStage[SeenKeys] = PreflightStage(
    code="keys",
    title="Signing keys",
    explains="Fetches the keys with which tokens are verified, and counts those that can verify.",
    judge=judge,
    is_needed_by_rest=False,  # a token is given without them, and what an API says of it tells more
)
