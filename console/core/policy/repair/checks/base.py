"""What both sides can do about a failing check: one entry for each name of a check."""

from collections.abc import Callable
from dataclasses import dataclass

from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.text.document import Element

Client = Callable[[Trial, FailedCheck], tuple[Option, ...]]
Api = Callable[[Trial, FailedCheck, Element], tuple[Option, ...]]


def no_client(_: Trial, __: FailedCheck) -> tuple[Option, ...]:
    return ()


def no_api(_: Trial, __: FailedCheck, ___: Element) -> tuple[Option, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Repair:
    """`client` gives changes on the caller's side and `api` changes on the API's, the likeliest first.

    `is_about_presence`: there may be no token at all, and one that meets the policy would help.
    """

    check: str
    client: Client = no_client
    api: Api = no_api
    is_about_presence: bool = False
