"""What can be tried with a profile, and what is kept of that with its Api."""

from dataclasses import dataclass, replace

from console.core.audit.actions import Action
from console.core.call import ApiCall
from console.core.matrix.base import MatrixChoice
from console.core.matrix.variants import VARIANTS
from console.core.redaction.typed import typed_secrets
from console.services import destinations, preflight
from console.services import matrix_variants as variants
from console.services.opening import OpenProfile
from console.services.preflight_stage import named
from console.store import api_matrices, audit


@dataclass(frozen=True, slots=True)
class OfferedMatrix:
    """What can be tried with a profile. `choice` is what is kept with its Api, else all that the profile can try.

    `why_not` says of each variant, by code, why it cannot be tried; those that can are not in it. `others` are the
    profiles whose token may stand for another's. `may_keep`: what is chosen is kept with the Api.
    """

    choice: MatrixChoice
    why_not: dict[str, str]
    others: tuple[tuple[str, str], ...]
    may_keep: bool
    is_kept: bool


def offered(opened: OpenProfile) -> OfferedMatrix:
    """What the form begins with. Raises NotAllowed for a profile without an Api."""
    if opened.api is None:
        raise destinations.no_api(opened.profile)
    why_not = {one.code: why for one in VARIANTS if (why := variants.unavailable(opened, one))}
    kept = api_matrices.choice_of(opened.actor, opened.api.id)
    others = tuple((one.id, one.name) for one in variants.others(opened))
    choice = kept or MatrixChoice(tuple(one.code for one in VARIANTS))
    if choice.other_profile_id not in {id_ for id_, _ in others}:
        choice = replace(choice, other_profile_id=others[0][0] if others else "")
    return OfferedMatrix(choice, why_not, others, "manage" in opened.api_rights, kept is not None)


def call_to_send(opened: OpenProfile, choice: MatrixChoice) -> ApiCall:
    """The operation that is kept with the Api, else the one that a preflight would send: GET or HEAD."""
    return ApiCall(choice.method, choice.path) if choice.method else preflight.planned_call(opened).call


def keep_with_api(opened: OpenProfile, choice: MatrixChoice, call: ApiCall, *, now: int) -> None:
    """Keeps a choice with the Api, if the actor may manage that; with the operation, unless a part of it may be secret.

    What this profile cannot try stays as it was kept. Belongs into the transaction of what begins with it.
    """
    known = offered(opened)
    if opened.api is None or not known.may_keep:
        return
    is_plain = not call.query and named(call) == f"{call.method} {call.path or '/'}" and not typed_secrets(call)
    stays = {code for code in known.why_not if code in known.choice.variants}
    kept = replace(
        choice,
        variants=tuple(one.code for one in VARIANTS if one.code in choice.variants or one.code in stays),
        method=call.method if is_plain else "",
        path=call.path if is_plain else "",
    )
    if known.is_kept and kept == known.choice:
        return
    api_matrices.keep(opened.actor, opened.api.id, kept, now=now)
    audit.append(
        opened.actor,
        Action.MATRIX_KEPT,
        object_kind="api",
        object_id=opened.api.id,
        result="done",
        now=now,
        detail=f"{len(kept.variants)} variants",
    )
