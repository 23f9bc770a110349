"""The client that got the token is not in the policy's list."""

from console.core.checks.wording import shown
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.lists import adding, parted
from console.core.policy.repair.making import api_change, is_writable
from console.core.policy.repair.target import by_client
from console.core.policy.text.document import Element


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    listed = failure.demands.clients if failure.demands else ()
    name = "appid" if failure.claims.get("ver") == "1.0" else "azp"
    return by_client(trial, failure, name, listed)


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    name = "appid" if failure.claims.get("ver") == "1.0" else "azp"
    actual = failure.claims.get(name)
    if not is_writable(actual):
        return ()
    listed = policy.child("client-application-ids")
    if listed is not None and (mended := parted(trial, failure, listed, (actual,))):
        return mended
    told = api_change(
        failure,
        "add-client",
        "Add the client to the list",
        f"Add the client {shown(actual)} to client-application-ids, if it may call this API.",
    )
    return (adding(trial, failure, told, policy, "client-application-ids", actual),)


REPAIR = Repair("client-application", client, api)
