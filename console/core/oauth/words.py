"""What one authorization server calls the things that all of them have, so that advice speaks its language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.core.json.text import shorten
from console.core.owner import Owner

MOST_SCOPES = 5  # named in one sentence


def sentence(words: str) -> str:
    """The words with a capital in front."""
    return words[:1].upper() + words[1:]


def ask_for_audience(audience: str) -> str:
    return f"Ask for a token for {audience}, in the way that its provider documents, and get a new token."


def request_scope(scope: str) -> str:
    return f"Request the scope {scope} of this API and get a new token."


def allow_permission(permission: str) -> str:
    return f"Have {permission} granted to this client at the provider, and get a new token."


def nobodys(audience: str) -> bool:  # noqa: ARG001
    return False


@dataclass(frozen=True, slots=True)
class ProviderWords:
    """The neutral words are those of RFC 6749. All are parts of sentences but those that are called.

    `registration` is where a client stands registered, `client_id` what is copied from there, `space` what separates
    clients of one customer from another's there ("tenant", "realm"), `administrator` who looks after them.
    `ask_for(audience)`, `request(scope)` and `grant(permission)` are sentences; `asked_by` does what the first says.
    `own` are texts that no advice about another provider may hold. With `secret_has_id` a secret has an ID beside its
    value, a GUID that is often copied in its place. `is_everyones(audience)`: every token may have it, so that an API
    which accepts it accepts them all.
    """

    registration: str = "the client’s registration at the provider"
    client_id: str = "client ID"
    space: str = "issuer"
    administrator: str = Owner.TENANT_ADMIN.words
    secret: str = "client secret"
    ask_for: Callable[[str], str] = ask_for_audience
    asked_by: Owner = Owner.INTEGRATOR
    request: Callable[[str], str] = request_scope
    grant: Callable[[str], str] = allow_permission
    own: tuple[str, ...] = ()
    secret_has_id: bool = False
    is_everyones: Callable[[str], bool] = nobodys


NEUTRAL = ProviderWords()


def scopes_listed(scopes: Sequence[str]) -> str:
    """Scopes inside a sentence, each cut; of very many the first, and how many are left."""
    shown = [shorten(one, 100) for one in scopes[:MOST_SCOPES]]
    if len(scopes) > MOST_SCOPES:
        return f"{', '.join(shown)} and {len(scopes) - MOST_SCOPES} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
