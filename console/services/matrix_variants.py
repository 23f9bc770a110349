"""How one variant of a matrix is sent: with which token, with which headers, and what is known of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from console.adapters import clock
from console.core.api import Expectation
from console.core.call import ApiCall
from console.core.checks import run_all
from console.core.checks.base import Context
from console.core.credential import Secret
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.terms import Answerer
from console.core.errors import Busy, Refusal
from console.core.exchange import Header
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.held import Held
from console.core.json.text import shorten
from console.core.matrix.base import Actual, Demanded, MatrixRow, Must, TokenFrom, Variant, outcome_of
from console.core.matrix.demands import KnownOfVariant, demanded
from console.core.oauth.token_response import TokenResponse
from console.core.profile import Profile
from console.core.providers import provider_of, words_for
from console.core.tokens.token import TokenKind
from console.sandbox.keys import SandboxKeys
from console.sandbox.minted import minted
from console.sandbox.policy_text import BASE
from console.services import calls, held_proofs, obtained, opening, practice, profiles, tokens
from console.services.calls import SentCall
from console.services.destinations import change_of
from console.services.obtained import Obtained
from console.services.opening import OpenProfile, accepted_of
from console.store.tokens import find as find_token

MOST_TOLD = 500  # characters
_CONTROL, _NO_TOKEN, _EXPIRED, _EXPIRED_TYPE = "control", "no_token", "expired_token", "expired_type"
OTHER = "other"  # the id of the profile whose token is another's


@dataclass(frozen=True, slots=True)
class VariantTask:
    """A variant that is to be sent now, by a profile that is open for use. `kept` is what the run keeps."""

    opened: OpenProfile
    variant: Variant
    call: ApiCall
    said: Must
    kept: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class MadeRow:
    """`keep` is what the variants behind it need, texts by name."""

    row: MatrixRow
    keep: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class _Brought:
    """What goes along, and by whom. `why_not` says why nothing can be sent, "" where it can."""

    opened: OpenProfile
    obtained: Obtained | None = None
    why_not: str = ""
    attempt_id: str = ""
    is_under_way: bool = False


def make(task: VariantTask) -> MadeRow | None:
    """Sends one variant; None while the token for it is being obtained. A refusal of the console is what it tells."""
    try:
        brought = _BRINGS[task.variant.token](task)
        if brought.is_under_way:
            return None
        if brought.why_not:
            keep = {_NO_TOKEN: brought.why_not} if task.variant.is_control else {}
            return MadeRow(_not_tried(task, brought.why_not, brought.attempt_id), keep)
        sent = calls.send_as(
            brought.opened,
            replace(task.call, sends_token=task.variant.token is not TokenFrom.NONE),
            obtained=brought.obtained,
            change=_change(task),
        )
    except Busy:
        raise
    except Refusal as refused:
        return MadeRow(_not_tried(task, f"{refused.what} {refused.why}".strip()))
    if sent.problem is not None:
        return MadeRow(_not_tried(task, f"{sent.problem.what} {sent.problem.do}"))
    row = _row(task, sent)
    if not task.variant.is_control:
        return MadeRow(row)
    note = practice.hidden_by_stored(brought.opened, sent, then="try again")  # of the others it follows from this
    row = replace(row, told=shorten(f"{row.told} {note}".strip(), MOST_TOLD))
    return MadeRow(row, {_CONTROL: row.outcome.value})


def unavailable(opened: OpenProfile, variant: Variant) -> str:
    """Why this profile cannot try a variant, in a sentence; "" where it can."""
    if variant.is_about_key and not opened.profile.has_subscription_key:
        return "This profile has no subscription key."
    if variant.token is TokenFrom.OTHER and not others(opened):
        return "You may use no other profile of this API whose destination is accepted and that needs no person."
    if variant.token is TokenFrom.MINTED and not _is_played(opened):
        return "Only a provider that the sandbox plays mints such a token."
    if variant.token is TokenFrom.EXPIRED and not _is_played(opened) and not kept_of_expired(opened):
        return "This console holds no expired token of this profile, and only the sandbox mints one."
    return ""


def others(opened: OpenProfile) -> list[Profile]:
    """Profiles of the same Api that the actor may use, each of which leads where its own user accepted."""
    return [one.value for one in profiles.list_held(opened.actor) if _may_stand_in(opened, one)]


def kept_of_expired(opened: OpenProfile) -> dict[str, str]:
    """The stored token of this profile, where its time is over, as a run keeps it; {} where there is none."""
    kept = find_token(tokens.key_of(opened))
    if kept is None or kept.expires_at is None or kept.expires_at >= clock.now():
        return {}
    return {_EXPIRED: kept.access_token.reveal(), _EXPIRED_TYPE: kept.token_type}


def _may_stand_in(opened: OpenProfile, one: Held[Profile]) -> bool:
    other, api = one.value, opened.written
    if api is None or other.id == opened.profile.id or other.api_id != api.id or not one.may("use"):
        return False
    is_same_sandbox = one.owner == opened.held.owner or not api.base_url.startswith(BASE)
    needs_person = Need.USER in grant_of(other.grant).needs
    return accepted_of(other) == api.destination and is_same_sandbox and not needs_person


def _stands_in(opened: OpenProfile, other_id: str) -> OpenProfile | None:
    """The other profile, open, if its token may go where this profile's goes; raises NotFound."""
    other = opening.of_profile(opened.actor, "use", other_id)
    if other.api is None or opened.api is None or change_of(other) is not None:
        return None
    return other if other.api.base_url == opened.api.base_url else None


def _own(task: VariantTask) -> _Brought:
    opened = task.opened
    if why := task.kept.get(_NO_TOKEN):
        return _Brought(opened, why_not=why)
    return _of_obtained(opened, tokens.obtain_for(opened))


def _of_obtained(opened: OpenProfile, found: Obtained) -> _Brought:
    if found.is_under_way and not found.subject:
        return _Brought(opened, is_under_way=True)
    if found.access_token is None:
        primary = found.diagnosis.primary if found.diagnosis else None
        told = f"There is no token to send. {primary.what}" if primary else "There is no token to send: none was given."
        return _Brought(opened, why_not=told, attempt_id=found.attempt_id or "")
    return _Brought(opened, found)


def _none(task: VariantTask) -> _Brought:
    return _Brought(task.opened)


def _altered(task: VariantTask) -> _Brought:
    own = _own(task)
    token, alter = own.obtained.token if own.obtained else None, task.variant.alter
    if own.obtained is None or token is None or alter is None:
        return own
    if token.kind is not TokenKind.JWS or len(token.parts) != 3:
        return _Brought(task.opened, why_not="The token is no signed JWT, so there is no signature to change.")
    return _with_text(task, alter(token.text), own.obtained.token_type)


def _expired(task: VariantTask) -> _Brought:
    held = task.kept.get(_EXPIRED)
    return _with_text(task, held, task.kept.get(_EXPIRED_TYPE, "")) if held else _minted(task)


def _other(task: VariantTask) -> _Brought:
    other = _stands_in(task.opened, task.kept.get(OTHER, ""))
    if other is None:
        return _Brought(task.opened, why_not="The other profile is not accepted to lead to the same address.")
    if task.opened.profile.has_subscription_key and not other.profile.has_subscription_key:
        return _Brought(
            task.opened, why_not="The other profile has no subscription key, which would be what is refused."
        )
    return _of_obtained(other, tokens.obtain_for(other))


def _minted(task: VariantTask) -> _Brought:
    if not _is_played(task.opened):
        return _Brought(task.opened, why_not="Only a provider that the sandbox plays mints such a token.")
    own = _own(task)
    token = own.obtained.token if own.obtained else None
    if own.obtained is None or token is None:
        return own
    keys = SandboxKeys(task.opened.own.workspace.installation.private_pem)
    made = minted(token.header or {}, token.claims or {}, task.variant.code, keys=keys, now=clock.now())
    if not made:
        return _Brought(task.opened, why_not="The token of this profile holds nothing that would be changed.")
    return _with_text(task, made, own.obtained.token_type)


def _with_text(task: VariantTask, text: str, token_type: str) -> _Brought:
    """A token that nobody gave just now, judged by keys that are stored already."""
    now = clock.now()
    response = TokenResponse(Secret(text), token_type, None, now)
    return _Brought(task.opened, obtained.judged(Obtained(task.opened, now, response), None))


_BRINGS: Mapping[TokenFrom, Callable[[VariantTask], _Brought]] = {
    TokenFrom.OWN: _own,
    TokenFrom.NONE: _none,
    TokenFrom.ALTERED: _altered,
    TokenFrom.EXPIRED: _expired,
    TokenFrom.OTHER: _other,
    TokenFrom.MINTED: _minted,
}


def _change(task: VariantTask) -> calls.OnHeaders | None:
    reshape, api = task.variant.reshape, task.opened.api
    if reshape is None or api is None:
        return None
    name = api.subscription_key_header

    def change(headers: tuple[Header, ...]) -> tuple[Header, ...]:
        return reshape(headers, name)

    return change


def _is_played(opened: OpenProfile) -> bool:
    return provider_of(opened.profile.provider).is_played(opened.profile.settings)


def _not_tried(task: VariantTask, why: str, attempt_id: str = "") -> MatrixRow:
    told = shorten(why, MOST_TOLD)
    return MatrixRow(
        task.variant.code, Demanded(task.said), Actual.NOT_TRIED, told=told, attempt_id=attempt_id, at=clock.now()
    )


def _row(task: VariantTask, sent: SentCall) -> MatrixRow:
    exchange = sent.exchange
    response = exchange.response if exchange else None
    control = task.kept.get(_CONTROL)
    outcome = outcome_of(response.status if response else None, control=Actual(control) if control else None)
    if response is not None and sent.diagnosis is not None and _is_of_another(response.status, sent.diagnosis):
        outcome = Actual.UNCLEAR
    primary = sent.diagnosis.primary if sent.diagnosis and outcome is not Actual.LET_IN else None
    wanted = demanded(task.variant, _known(task, sent))
    failure = exchange.failure.detail if exchange and exchange.failure else ""
    return MatrixRow(
        task.variant.code,
        replace(wanted, why=shorten(wanted.why, MOST_TOLD)),
        outcome,
        status=response.status if response else None,
        told=shorten(primary.what if primary else failure, MOST_TOLD),
        cause=primary.cause if primary else "",
        attempt_id=sent.attempt_id or "",
        elapsed_ms=exchange.elapsed_ms if exchange else 0,
        at=clock.now(),
    )


def _is_of_another(status: int, diagnosis: Diagnosis) -> bool:
    """Whether a server in between forbids the call (a firewall, say), so that the gateway was not asked. A 401 asks for
    credentials: whoever writes that guards the API.
    """
    return status == 403 and diagnosis.answered_by is Answerer.PROXY


def _known(task: VariantTask, sent: SentCall) -> KnownOfVariant:
    evidence, api, used = sent.evidence, sent.opened.api, sent.obtained
    wanted = (evidence.expectations if evidence else None) or (api.expectation if api else Expectation())
    gateway = task.opened.own.gateway_apis().get(api.base_url.rstrip("/")) if api else None
    known = KnownOfVariant(
        wanted,
        evidence.policy if evidence else None,
        asks_for_key=gateway.requires_key if gateway else None,
        said=task.said,
    )
    if used is None or used.token is None:
        return known
    holds = held_proofs.of_token(sent.opened, used.token)
    context = Context(used.token, wanted, used.signature, used.now, words_for(used.token), holds)
    is_valid = used.signature.state.value == "valid"
    return replace(known, findings=run_all(context), has_valid_signature=is_valid)
