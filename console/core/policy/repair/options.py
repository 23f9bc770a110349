"""What each side can do about a failing check."""

from console.core.policy.engine.trial import Trial
from console.core.policy.repair.any_token import any_token
from console.core.policy.repair.checks import BY_CHECK
from console.core.policy.repair.failures import FailedCheck, Option


def client_options(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """Changes on the caller's side that answer this failure, the likeliest first: the token that is there, sent
    otherwise; without any, one that meets all that the policy asks for.
    """
    repair = BY_CHECK.get(failure.name)
    if repair is None:
        return ()
    found = repair.client(trial, failure)
    return found or (any_token(trial, failure, client_options) if repair.is_about_presence else ())


def api_options(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """Changes on the API's side, edits of the policy and settings of the API's registration; none for a policy that is
    not in the text.
    """
    repair, policy = BY_CHECK.get(failure.name), failure.policy
    if repair is None or policy is None or policy.span == (0, 0):
        return ()
    return repair.api(trial, failure, policy)
