"""A call as other tools write it: one of the past, or one that was typed. Nothing is sent, nothing is kept."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.call import ApiCall, CallProblem, build_request, is_within
from console.core.credential import Secret
from console.core.errors import NotFound
from console.core.exchange import Purpose
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.redaction.redact import Redactor
from console.core.redaction.typed import typed_secrets
from console.core.snippets.base import SnippetCall
from console.core.snippets.hidden import call_of
from console.core.snippets.recipes import OF_A_TOKEN_REQUEST, Recipes, never, recipes
from console.core.snippets.shown import Field, ShownValue, fields_of, with_values
from console.services import budget, destinations, opening, profiles, tokens
from console.services.opening import OpenProfile
from console.store import attempts, audit

PROFILE_GONE = "The profile of this call is gone, or not open to you."
# They stand in the request where the real ones would, and are masked with it: to copy a call no secret is needed.
_TOKEN = Secret("eyJub25lIjoxfQ.eyJub25lIjoxfQ.in-place-of-a-token-4d1f0c9b")
_KEY = Secret("in-place-of-a-key-8e2a6c5f3b")


@dataclass(frozen=True, slots=True)
class CopySource:
    """A redacted call that can be copied, and for each way how its token is obtained or why that is not offered.

    `shows` are the hidden values that the actor may see, of the profile `profile_id`, after proving who they are.
    """

    title: str
    call: SnippetCall
    recipes: Recipes
    shows: tuple[ShownValue, ...] = ()
    profile_id: str = ""


def of_attempt(actor: Actor, attempt_id: str) -> CopySource:
    """The last request of an attempt, redacted once more with today's rules; raises NotFound where nothing was sent."""
    record = attempts.get(actor, attempt_id).value
    if not record.exchanges:
        raise NotFound("Nothing went over the wire in this attempt, so there is nothing to copy.")
    with budget.thinking(actor, record.size_bytes):
        clean = Redactor(())
        exchanges = tuple(clean.exchange(one) for one in record.exchanges)
    wanted = Purpose.CALL if record.kind == "call" else Purpose.TOKEN
    last = next((one for one in reversed(exchanges) if one.purpose is wanted), exchanges[-1])
    call = call_of(last.request, exchanges=exchanges, is_token_request=record.kind != "call")
    if record.kind != "call":
        return CopySource(record.title, call, never(OF_A_TOKEN_REQUEST))
    if record.profile_id is None or not record.sees_profile:
        return CopySource(record.title, call, never(PROFILE_GONE))
    opened = opening.of_profile(actor, "view", record.profile_id)
    return CopySource(record.title, call, recipes_of(opened), _shows(opened, call, last.request.url), record.profile_id)


def _shows(opened: OpenProfile, call: SnippetCall, url: str) -> tuple[ShownValue, ...]:
    """The token of a person's sign-in is shown where that is, and not beside a call of anybody's; none beside an
    address to which the values of today do not go.
    """
    if not (opened.may_reveal and opened.held.may("use")) or opened.api is None:
        return ()
    if destinations.change_of(opened) is not None or not is_within(opened.api, url):
        return ()
    is_persons = Need.USER in grant_of(opened.profile.grant).needs
    has = {Field.TOKEN: not is_persons, Field.KEY: opened.profile.has_subscription_key}
    return tuple(one for one in fields_of(call, opened.api.subscription_key_header) if has[one.field])


def to_show(actor: Actor, source: CopySource) -> OpenProfile:
    """The profile whose values are put in, for who may see them; raises NotFound and NotAllowed as its token does."""
    if not source.profile_id:
        raise NotFound("Nothing that is hidden here can be shown.", why=PROFILE_GONE)
    return opening.to_reveal(actor, source.profile_id)


def with_shown(opened: OpenProfile, source: CopySource, asked: Collection[str]) -> CopySource:
    """The source with the values of these fields in its text, each of which the audit trail records.

    The profile is opened to reveal, and the actor has proved who they are. Raises NotFound for a value that is gone.
    """
    values = {one.variable: _value(opened, one.field).reveal() for one in source.shows if one.field in asked}
    return replace(source, call=with_values(source.call, values))


def _value(opened: OpenProfile, field: Field) -> Secret:
    found = tokens.reveal(opened).access_token if field is Field.TOKEN else _key(opened)
    if found is None:
        raise NotFound("There is no such value to show.", why="None is stored for this API and its address.")
    return found


def _key(opened: OpenProfile) -> Secret | None:
    if (key := profiles.subscription_key_for(opened)) is not None:
        audit.append(
            opened.actor,
            Action.SUBSCRIPTION_KEY_REVEALED,
            object_kind="profile",
            object_id=opened.profile.id,
            result="shown",
            now=clock.now(),
        )
    return key


def of_call(opened: OpenProfile, call: ApiCall) -> CopySource | CallProblem:
    """A call as it was typed, or why it could not be sent. The profile is opened for use; raises as sending does."""
    if opened.api is None:
        raise destinations.no_api(opened.profile)
    destinations.require_accepted(opened)
    has_key = opened.profile.has_subscription_key and call.sends_subscription_key
    obtained = tokens.stored(opened)
    token_type = obtained.token_type if obtained else "Bearer"
    request = build_request(
        opened.api,
        call,
        token=_TOKEN if call.sends_token else None,
        token_type=token_type,
        subscription_key=_KEY if has_key else None,
        has_proof_key=True,
    )
    if isinstance(request, CallProblem):
        return request
    known = (_TOKEN, _KEY, obtained.access_token if obtained else None, profiles.subscription_key_for(opened))
    hidden = [*(secret for secret in known if secret is not None), *typed_secrets(call)]
    redactor = Redactor(hidden, opened.profile.public_texts)
    title = redactor.url(f"{call.method} {call.path or '/'}")
    return CopySource(title, call_of(redactor.request(request)), recipes_of(opened))


def recipes_of(opened: OpenProfile) -> Recipes:
    """How a program that stands alone gets the profile's token."""
    return recipes(opened.profile, profiles.place_of(opened.own, opened.profile))
