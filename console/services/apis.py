"""What a person can do with an Api: read, write, publish it. Addresses in the sandbox are filled in for the actor.

An administrator publishes one version of an Api. Where a published one leads (base URL, metadata URL, key header) its
owner changes by a proposal, which waits for an administrator: until then everybody keeps the published destination.
What only judges and explains (name, expectation, policy) the owner mends at once: it sends nothing anywhere.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings

from console.adapters import clock, random
from console.adapters.egress import check_secret
from console.core.actor import Actor, Right, Role
from console.core.api import Api
from console.core.audit.actions import Action
from console.core.destination import ProposalState, VersionProposal, described
from console.core.errors import Misconfigured, NotAllowed, NotFound
from console.core.held import Held
from console.core.policy.keep.policy_settings import PolicySettings
from console.core.policy.text.document import PolicyProblem, read_policy
from console.sandbox.policy_text import BASE
from console.services import budget, wiring
from console.services.integrators import must_integrate
from console.services.own_sandbox import OwnSandbox
from console.store import apis, audit, policies, rows
from console.store.json_text import size_of

TOLD_S = 7 * 86_400  # how long its owner is told of a decision beside their other work


def list_apis(actor: Actor, own: OwnSandbox | None = None) -> list[Api]:
    """By name; `own` where the use case has the actor's sandbox open already."""
    return [*map((own or OwnSandbox(actor)).fill_in, apis.list_visible(actor))]


def list_held(actor: Actor) -> list[Held[Api]]:
    """Each with what the actor may do with it, by name."""
    fill = OwnSandbox(actor).fill_in
    return [replace(held, value=fill(held.value)) for held in apis.list_held(actor)]


def list_names(actor: Actor) -> list[tuple[str, str]]:
    """Id and name of each Api, for a list to choose from."""
    return apis.list_names(actor)


def get(actor: Actor, right: Right, api_id: str) -> Api:
    """The Api as it is called: sandbox addresses filled in."""
    return OwnSandbox(actor).fill_in(get_stored(actor, right, api_id))


def get_stored(actor: Actor, right: Right, api_id: str) -> Api:
    """The Api as it was written, with `{sandbox}` where it stands."""
    return get_held(actor, right, api_id).value


def get_held(actor: Actor, right: Right, api_id: str) -> Held[Api]:
    """As it was written, with what else the actor may do with it."""
    return apis.get(actor, right, api_id)


def by_audience(actor: Actor) -> dict[str, str]:
    """The names of the Apis that the actor sees, by each audience that one of them accepts."""
    return {audience: api.name for api in list_apis(actor) for audience in api.expectation.audiences}


def owner_of(actor: Actor, api_id: str) -> str:
    """The address of its owner; raises NotFound when the actor does not see it."""
    return get_held(actor, "view", api_id).owner


def filled(actor: Actor, held: Held[Api]) -> Held[Api]:
    """As it is called: sandbox addresses filled in."""
    return replace(held, value=OwnSandbox(actor).fill_in(held.value))


def cleartext_problem(base_url: str) -> str:
    """Why an Api at this address would get neither token nor key; "" when it gets them."""
    if base_url.startswith((f"{BASE}/", f"{settings.CONSOLE_PUBLIC_URL}/sandbox/")):
        return ""
    refused = check_secret(wiring.egress_policy(), base_url)
    return refused.detail if refused is not None and refused.rule == "scheme" else ""


def get_to_edit(actor: Actor, api_id: str) -> Api:
    """The Api as its editor goes on with it: its owner with the destination that waits, an administrator without."""
    return _to_edit(actor, get_stored(actor, "manage", api_id))


def create(actor: Actor, draft: Api) -> Api:
    """`draft.id` and `draft.owner_id` are ignored: the new Api gets its own id and belongs to the actor."""
    must_integrate(actor)
    budget.keep(actor, size_of(draft))
    with audit.together():
        made = apis.create(actor, draft, id=random.new_id(), now=clock.now())
        _audit(actor, Action.API_MADE, made.id, described(None, made.destination))
    return made


def update(actor: Actor, api_id: str, draft: Api, *, expected_version: int) -> Api:
    """Saves an edit; profiles of others, and one's own, ask before they send anything to another destination.

    The destination of a published Api becomes a proposal unless an administrator writes it. Raises Stale.
    """
    before = _unchanged(actor, "manage", api_id, expected_version)
    budget.keep(actor, size_of(draft))
    now = clock.now()
    wanted = _proposed(before, draft, now=now) if _must_wait(actor, before) else _written(before, draft, now=now)
    with audit.together():
        after = _save(actor, before, replace(wanted, id=api_id), expected_version=expected_version, now=now)
        _audit(actor, Action.API_CHANGED, api_id, described(before.destination, after.destination))
        waiting = after.proposal
        if waiting is not None and waiting != before.proposal and waiting.is_waiting:
            _audit(actor, Action.API_VERSION_PROPOSED, api_id, described(after.destination, waiting.destination))
    return after


def policy_problem(api: Api) -> PolicyProblem | None:
    """Why the Api's policy cannot be read; None when it can, or there is none."""
    read = read_policy(api.policy) if api.policy.strip() else None
    return read if isinstance(read, PolicyProblem) else None


def publish(actor: Actor, api_id: str, *, is_published: bool, expected_version: int) -> None:
    """Opens this version of an Api to everybody, or closes it again; administrators only. Raises Stale."""
    action = Action.API_PUBLISHED if is_published else Action.API_UNPUBLISHED
    with audit.together():
        apis.publish(actor, api_id, is_published=is_published, expected_version=expected_version)
        _audit(actor, action, api_id, described(None, get_stored(actor, "view", api_id).destination))


def decide(actor: Actor, api_id: str, *, is_approved: bool, expected_version: int, reason: str = "") -> None:
    """Approves or declines the proposal that was seen in this version; administrators only. Raises Stale.

    `reason` is read by who may manage the Api.
    """
    before = _unchanged(actor, "view", api_id, expected_version)
    apis.must_administer(actor)
    proposal = before.proposal
    if proposal is None or not proposal.is_waiting:
        raise NotAllowed(
            "Nothing of this API waits for an administrator.",
            why="It was decided already, or its owner took it back.",
            do="Open the API to see what it says now.",
            who="You can do this.",
        )
    state = ProposalState.APPROVED if is_approved else ProposalState.DECLINED
    now = clock.now()
    decided = replace(before, proposal=replace(proposal, state=state, decided_at=now, reason=reason))
    after = decided.at(proposal.destination) if is_approved else decided
    action = Action.API_VERSION_APPROVED if is_approved else Action.API_VERSION_REFUSED
    with audit.together():
        apis.update(actor, api_id, after, expected_version=expected_version, now=now)
        _audit(actor, action, api_id, described(before.destination, proposal.destination))


def waiting(actor: Actor) -> list[Api]:
    """The Apis with a version that waits for an administrator, of those the actor sees; by name."""
    return [one for one in list_apis(actor) if one.proposal is not None and one.proposal.is_waiting]


def declined(actor: Actor, found: Iterable[Api]) -> tuple[Api, ...]:
    """Those of the actor's own whose new version an administrator declined within the last week, in their order.

    Without those that were dismissed since.
    """
    since = clock.now() - TOLD_S
    own = ((one, one.proposal) for one in found if one.owner_id == actor.user_id)
    decided = ((one, old) for one, old in own if old is not None and _is_told(old))
    return tuple(one for one, old in decided if (old.decided_at or 0) > since)


def dismiss(actor: Actor, api_id: str, *, decided_at: int) -> bool:
    """Has its owner no longer told on home of the version that was declined at that time; whether it is the one.

    Raises NotFound for everybody but the owner: nobody else is told of it.
    """
    held = get_held(actor, "manage", api_id)
    if not held.is_own:
        raise NotFound("Nothing of this API is told to you on home.")
    proposal = held.value.proposal
    if proposal is None or proposal.state is not ProposalState.DECLINED or proposal.decided_at != decided_at:
        return False
    if proposal.is_dismissed:
        return True
    with audit.together():
        is_done = apis.note(actor, held.value, replace(proposal, is_dismissed=True))
        if is_done:
            _audit(actor, Action.API_REFUSAL_DISMISSED, api_id, "not told on home any more")
    return is_done


def _is_told(proposal: VersionProposal) -> bool:
    return proposal.state is ProposalState.DECLINED and not proposal.is_dismissed


def waits_where_it_leads(actor: Actor, api: Api) -> bool:
    """Whether another destination of this Api would wait for an administrator when the actor saves it."""
    return _must_wait(actor, api)


def delete(actor: Actor, api_id: str) -> None:
    before = get_stored(actor, "manage", api_id)
    with audit.together():
        apis.delete(actor, api_id)
        _audit(actor, Action.API_DELETED, api_id, described(before.destination, None))


def _unchanged(actor: Actor, right: Right, api_id: str, expected_version: int) -> Api:
    """The version that was seen; raises Stale when it is another now, so that nothing is decided about it."""
    found = get_stored(actor, right, api_id)
    if found.version != expected_version:
        raise rows.stale("API")
    return found


def _must_wait(actor: Actor, api: Api) -> bool:
    return api.is_published and not actor.has(Role.ADMIN)


def _to_edit(actor: Actor, api: Api) -> Api:
    proposal = api.proposal
    is_going_on = proposal is not None and proposal.is_waiting and _must_wait(actor, api)
    return api.at(proposal.destination) if proposal is not None and is_going_on else api


def _proposed(before: Api, draft: Api, *, now: int) -> Api:
    """The draft with the published destination; what it says of another waits. The published one takes it back."""
    old = before.proposal
    if draft.destination == before.destination:
        proposal = None if old is not None and old.is_waiting else old
    elif old is not None and old.is_waiting and old.destination == draft.destination:
        proposal = old
    else:
        proposal = VersionProposal(draft.destination, made_at=now)
    return replace(draft.at(before.destination), proposal=proposal)


def _written(before: Api, draft: Api, *, now: int) -> Api:
    """The draft as it is; a proposal that waits is overtaken by another destination."""
    proposal = before.proposal
    if proposal is not None and proposal.is_waiting and draft.destination != before.destination:
        proposal = replace(proposal, state=ProposalState.REPLACED, decided_at=now)
    return replace(draft, proposal=proposal)


def _save(actor: Actor, before: Api, draft: Api, *, expected_version: int, now: int) -> Api:
    """With another policy text the kept values are sealed anew: they are bound to the text that says where they go."""
    kept = _kept(actor, before) if draft.policy != before.policy else None
    if kept is None or not kept.values:
        return apis.update(actor, before.id, draft, expected_version=expected_version, now=now)
    return policies.save(actor, draft, kept, expected_version=expected_version, now=now)


def _kept(actor: Actor, api: Api) -> PolicySettings | None:
    try:
        return policies.settings(actor, api.id)
    except Misconfigured:  # what does not open stays shut, and the Api can be mended all the same
        return None


def _audit(actor: Actor, action: Action, api_id: str, detail: str) -> None:
    audit.append(actor, action, object_kind="api", object_id=api_id, result="done", now=clock.now(), detail=detail)
