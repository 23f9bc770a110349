"""What a person can do with an Api: read, write, publish it. Addresses in the sandbox are filled in for the actor."""

from dataclasses import replace

from console.adapters import clock, random
from console.core.actor import Actor, Right
from console.core.api import Api
from console.core.gateway.document import PolicyProblem, read_policy
from console.services import sandbox
from console.services.profiles import must_integrate
from console.store import apis, audit


def list_apis(actor: Actor) -> list[Api]:
    return [*map(sandbox.filler(actor), apis.list_visible(actor))]


def get(actor: Actor, right: Right, api_id: str) -> Api:
    """The Api as it is called: sandbox addresses filled in."""
    return sandbox.fill_in(actor, apis.get(actor, right, api_id))


def get_stored(actor: Actor, right: Right, api_id: str) -> Api:
    """The Api as it was written, with `{sandbox}` where it stands, for the form."""
    return apis.get(actor, right, api_id)


def create(actor: Actor, draft: Api) -> Api:
    """`draft.id` and `draft.owner_id` are ignored: the new Api gets its own id and belongs to the actor."""
    must_integrate(actor)
    return apis.create(actor, draft, id=random.new_id(), now=clock.now())


def update(actor: Actor, api_id: str, draft: Api, *, expected_version: int) -> Api:
    """Saves an edit; a subscription key entered for another address is no longer sent (its binding differs)."""
    return apis.update(actor, api_id, replace(draft, id=api_id), expected_version=expected_version, now=clock.now())


def policy_problem(api: Api) -> PolicyProblem | None:
    """Why the Api's policy cannot be read; None when it can, or there is none."""
    read = read_policy(api.policy) if api.policy.strip() else None
    return read if isinstance(read, PolicyProblem) else None


def publish(actor: Actor, api_id: str, *, is_published: bool) -> None:
    """Opens an Api to everybody, or closes it again; administrators only."""
    apis.publish(actor, api_id, is_published=is_published)
    audit.append(
        actor,
        "api published" if is_published else "api unpublished",
        object_kind="api",
        object_id=api_id,
        result="done",
        now=clock.now(),
    )


def delete(actor: Actor, api_id: str) -> None:
    apis.delete(actor, api_id)
