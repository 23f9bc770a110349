"""The token is for an API that is not in the policy's list."""

from console.core.checks.wording import shown
from console.core.compare import is_graph
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.lists import adding
from console.core.policy.repair.making import api_change, is_writable
from console.core.policy.repair.target import ask_for
from console.core.policy.text.document import Element


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    return ask_for(trial, failure, failure.demands.backends if failure.demands else ())


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    found = (failure.token and failure.token.audiences) or ()
    actual = next((one.removeprefix("api://") for one in found if not is_graph(one)), None)
    if not is_writable(actual):
        return ()
    told = api_change(
        failure,
        "add-backend",
        "Accept tokens of this API",
        f"Add {shown(actual)} to backend-application-ids.",
        weakness=f"Tokens that were made for {shown(actual)} would then open this API too.",
    )
    return (adding(trial, failure, told, policy, "backend-application-ids", actual),)


REPAIR = Repair("backend-application", client, api)
