"""Whose a pasted token is, as far as the actor sees: the Apis that its audience names, the profiles of its client."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.api import Api
from console.core.compare import SCHEME, is_guid, spelled_differently
from console.core.paste.recognise import RecognisedPaste
from console.core.tokens.says import client_of
from console.store import homes

MOST = 6  # Apis that are offered
_LONGEST = 500  # characters of an audience or client id that is looked for


@dataclass(frozen=True, slots=True)
class TokenHome:
    """`apis` are as they were written, those that accept the audience letter for letter first. `profiles` are id and
    name, looked for where no Api is known, or the first one does not say where its keys are.

    `is_shared`: the paste holds several tokens with different audiences, and this is the home of the first.
    """

    apis: tuple[Api, ...] = ()
    profiles: tuple[tuple[str, str], ...] = ()
    is_shared: bool = False


def find(actor: Actor, pasted: RecognisedPaste) -> TokenHome | None:
    """None when no token can be read, or nothing that the actor sees is named in it."""
    tokens = [item.token for item in pasted.items if item.token.claims is not None]
    if not tokens or pasted.is_sensitive:
        return None
    first = tokens[0]
    wanted = tuple(filter(_may_be_kept, first.audiences or ()))
    client = client_of(first)
    found, of_client = homes.named(actor, _bare(wanted[0]) if wanted else "", client if _may_be_kept(client) else "")
    named = _best(wanted, found)
    has_keys = bool(named) and bool(named[0].metadata_url)
    clients = () if has_keys else _for_these_first(of_client, {api.id for api in named})
    if not named and not clients:
        return None
    return TokenHome(named, clients, is_shared=any(one.audiences != first.audiences for one in tokens))


def _best(wanted: tuple[str, ...], found: list[Api]) -> tuple[Api, ...]:
    """Those that accept one of these audiences letter for letter, then those that accept another spelling."""
    exact = [one for one in found if set(wanted) & set(one.expectation.audiences)]
    near = [one for one in found if one not in exact and spelled_differently(wanted, one.expectation.audiences)]
    return tuple((*exact, *near)[:MOST])


def _bare(audience: str) -> str:
    """What all spellings of an audience hold: the id at its end, else all of it but the scheme."""
    text = SCHEME.sub("", audience.lower()).rstrip("/")
    last = text.rpartition("/")[2]
    return last if is_guid(last) else text


def _for_these_first(of_client: list[tuple[str, str, str]], apis: set[str]) -> tuple[tuple[str, str], ...]:
    """Profiles, those for one of these Apis first."""
    return tuple((id_, name) for id_, name, _ in sorted(of_client, key=lambda one: one[2] not in apis))


def _may_be_kept(text: str) -> bool:
    """Whether a row may hold it: a database takes neither NUL nor half a surrogate pair, and no name is that long."""
    return 0 < len(text) <= _LONGEST and text.isprintable()
