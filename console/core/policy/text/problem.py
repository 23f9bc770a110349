"""Why a text is no policy, or why the gateway would not have stored it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """`code` is empty, too-large, too-deep, unsafe or not-xml when the text cannot be read, else a code of the schema.

    `what` and `do` are one sentence each and never hold a text of the policy that may be secret. `line` counts from
    1; None if unknown.
    """

    code: str
    what: str
    do: str
    line: int | None = None
