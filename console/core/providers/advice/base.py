"""What a provider keeps and who may look at it, so that evidence is asked for where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.core.owner import Owner


@dataclass(frozen=True, slots=True)
class Record:
    """Something that is kept of clients or requests. `what` is a part of a sentence, `how` sentences: the place in the
    portal. `command` shows it, and no secret: a suggestion with <places> to fill in; "" for none.
    """

    what: str
    how: str
    who: Owner = Owner.TENANT_ADMIN
    command: str = ""


REGISTRATION = Record(
    "the client’s registration at the provider: enabled, grants, scopes and redirect addresses, without its secret",
    "Whoever manages the client sees it in the provider’s console.",
)
LOG = Record(
    "what the provider’s own log says of this request", "Whoever runs the provider finds it by the time and client id."
)


@dataclass(frozen=True, slots=True)
class Advice:
    """`do` is what to do by the slug of a cause, `commands` a suggested one by the same: with <places> to fill in, to
    be checked before it is run, and never run here. `numbers` is what its errors are numbered by ("AADSTS number"), ""
    where OAuth's own words are all there is; `log` is None where nobody outside can read one;
    `describes` is False where an error never comes with a description.
    """

    do: Mapping[str, str] = field(default_factory=dict)
    commands: Mapping[str, str] = field(default_factory=dict)
    registration: Record = REGISTRATION
    log: Record | None = LOG
    numbers: str = ""
    describes: bool = True


NEUTRAL = Advice()
