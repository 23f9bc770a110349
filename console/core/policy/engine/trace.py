"""What an evaluation found: the verdict, the gateway's answer, and every step with its checks."""

from msgspec import Struct

from console.core.exchange import Header
from console.core.policy.engine.caller import CallerIdentity, identity_of
from console.core.policy.engine.model import PolicyStep, Verdict, Warned
from console.core.policy.engine.request import GatewayRequest
from console.core.tokens.token import Token


class Trace(Struct, frozen=True):
    """What was decided and why.

    On `reject` `status`, `reason_phrase`, `headers` and `body` are the gateway's answer and `reason` its name for the
    first failure ("" when a policy answers without giving one), `reason_aliases` the other names that were seen. An
    `allow` has an answer only when a policy answers instead of the API. `status` and `body` are None where there is no
    answer or nobody knows. `caller` is the token once a policy let it pass, else None. `request` is the call as the
    back end gets it. `needs` names what is missing; it decides only when the verdict is `undecided`. `notices`
    are the warnings that belong to no single step.
    """

    verdict: Verdict
    steps: tuple[PolicyStep, ...]
    request: GatewayRequest
    status: int | None = None
    reason_phrase: str = ""
    headers: tuple[Header, ...] = ()
    body: str | None = None
    reason: str = ""
    reason_aliases: tuple[str, ...] = ()
    caller: Token | None = None
    needs: tuple[str, ...] = ()
    notices: tuple[Warned, ...] = ()

    @property
    def identity(self) -> CallerIdentity | None:
        """Who calls, once a token policy let them pass, else None."""
        return identity_of(self.caller) if self.caller is not None else None

    @property
    def warnings(self) -> tuple[Warned, ...]:
        return tuple(dict.fromkeys((*(one for step in self.steps for one in step.warnings), *self.notices)))
