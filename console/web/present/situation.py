"""What is known around an attempt, for what can be done about it on the spot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from console.core.actor import RIGHTS, Right
from console.core.api import Api
from console.core.profile import Profile
from console.web.present.who import ANYBODY, Reader

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known around an attempt, and what whoever looks (`reader`) may do with the profile.

    `fault` is the title of the fault switched on in their own sandbox, "" for none. They may try the Api's policy
    (`has_policy`) and change it. `is_own`: the profile is theirs, and the sandbox that it asks. `worked_id` is the last
    attempt of its kind that was answered well; `given_id` the last request for a token that was.
    """

    profile: Profile
    api: Api | None
    rights: frozenset[Right] = frozenset(RIGHTS)
    fault: str = ""
    has_policy: bool = False
    can_change_policy: bool = False
    is_own: bool = False
    attempt_id: str | None = None
    reader: Reader = ANYBODY
    is_refused: bool = False  # a call that was answered 401 or 403
    connection_id: str | None = None
    worked_id: str | None = None
    given_id: str | None = None
    is_history: bool = False  # on the attempt's own page, which has the policy and the case itself


Step = Callable[[Situation], Row | None]


def row(label: str, url: str, id_: str, *, is_post: bool = False, fields: Any = ()) -> Row:
    """One thing to do, as action.html shows it."""
    return {"label": label, "url": url, "id": id_, "is_post": is_post, "fields": fields}
