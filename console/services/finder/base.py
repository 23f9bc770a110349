"""What a kind of thing that is found has in common with the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from console.core.actor import Actor
from console.core.cases.state import CaseState
from console.core.looked_for import Fit, LookedFor

SHOWN = 6  # of a kind


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that fits. `opens` is the name of its page's address, `key` what stands in that address.

    `query` are names and values behind that address, `part` the id of the place on its page. `number` is the one by
    which people call it, as they write it, "" for none. `about` stands beside the name. `status` is that of an attempt,
    None for what is none, 0 for no answer; `at` (epoch seconds) is when it was, or last changed.
    """

    fit: Fit
    name: str
    opens: str
    key: tuple[str, ...] = ()
    number: str = ""
    about: str = ""
    environment: str = ""
    state: CaseState | None = None
    status: int | None = None
    at: int | None = None
    query: tuple[tuple[str, str], ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """One kind of thing. `look` gives what the actor may open, for what they look for, in any order: with at most one
    query. `reads_texts`: it also reads what is too long for a name, as whole error messages.
    """

    code: str
    title: str
    look: Callable[[Actor, LookedFor, str], Iterable[Hit]]
    reads_texts: bool = False
