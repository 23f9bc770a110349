"""The policies of the sandbox's own gateway, edited by the person whose workspace it is."""

from dataclasses import replace

from console.core.actor import Actor
from console.core.errors import NotFound
from console.core.policy.keep.policy_text import RefusedText, as_stored, read_text
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.values import NO_VALUES
from console.sandbox.state import GatewayApi, State
from console.services import sandbox
from console.services.own_sandbox import OwnSandbox


def change(actor: Actor, path: str, text: str) -> tuple[PolicyProblem, ...]:
    """Keeps a policy for one API of the gateway, which obeys it from the next call on.

    Nothing is kept when a gateway would not store it: the problems then say why. Raises NotFound for an unknown API.
    """
    own = OwnSandbox(actor)
    _found(own.workspace.state, path)
    read = as_stored(read_text(own.filled_text(text)), NO_VALUES)
    if isinstance(read, RefusedText):
        return read.problems
    sandbox.change(actor, lambda state: _with_policy(state, path, text), told=f"policy of {path} written")
    return ()


def put_back(actor: Actor, path: str) -> None:
    """The policy that the workspace began with; raises NotFound for an unknown API."""
    original = _found(sandbox.samples().state, path).policy
    sandbox.change(actor, lambda state: _with_policy(state, path, original), told=f"policy of {path} put back")


def is_original(api: GatewayApi) -> bool:
    """Whether the policy is the one that the workspace began with."""
    return any(one.policy == api.policy for one in sandbox.samples().state.gateway_apis if one.path == api.path)


def _with_policy(state: State, path: str, text: str) -> State:
    _found(state, path)
    apis = tuple(replace(api, policy=text) if api.path == path else api for api in state.gateway_apis)
    return replace(state, gateway_apis=apis)


def _found(state: State, path: str) -> GatewayApi:
    api = next((one for one in state.gateway_apis if one.path == path), None)
    if api is None:
        raise NotFound("There is no such API behind the sandbox's gateway.")
    return api
