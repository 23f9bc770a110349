"""Whose a token is: the Apis that demand its audience and the profiles of its client, as far as an actor sees them."""

from django.db.models import TextField, Value
from django.db.models.functions import Lower, StrIndex
from django.db.models.lookups import GreaterThan

from console.core.actor import Actor
from console.core.api import Api
from console.models import Api as ApiRow
from console.models import Profile as ProfileRow
from console.store import json_text
from console.store.apis import to_core
from console.store.composed import Composed, Pair
from console.store.visibility import visible_to

MOST_HOLDING = 40
MOST_OF_CLIENT = 6


def named(actor: Actor, audience: str, client_id: str) -> tuple[list[Api], list[tuple[str, str, str]]]:
    """What `holding` and `of_client` give, asked together; "" is looked for by neither."""
    if not audience or not client_id:
        return holding(actor, audience) if audience else [], of_client(actor, client_id) if client_id else []
    apis, profiles = _NAMED.all(actor, "view", _as_kept(audience), client_id)
    return [to_core(row) for row in apis], [_texts(row) for row in profiles]


def holding(actor: Actor, text: str) -> list[Api]:
    """The Apis whose demands hold a text anywhere, in any letter case, by name: what a closer look then chooses of. At
    most `MOST_HOLDING`.
    """
    return [to_core(row) for row in _HOLDING.all(actor, "view", _as_kept(text))]


def of_client(actor: Actor, client_id: str) -> list[tuple[str, str, str]]:
    """Id, name and the id of the Api ("" for none) of the profiles with this client id, by name: at most
    `MOST_OF_CLIENT`.
    """
    return [_texts(row) for row in _OF_CLIENT.all(actor, "view", client_id)]


def _as_kept(text: str) -> str:
    """As it stands in the column, which is ASCII."""
    return json_text.dump(text)[1:-1].lower()


def _texts(row: tuple[object, str, object]) -> tuple[str, str, str]:
    id_, name, api_id = row
    return str(id_), name, str(api_id or "")


# No LIKE: SQLite plans a statement anew for each other text that it is asked to compare by one.
_HOLDING = Composed(
    lambda actor, right, text: (
        visible_to(ApiRow, actor, right)
        .filter(GreaterThan(StrIndex(Lower("expectation"), Value(text, output_field=TextField())), 0))
        .order_by("name", "id")[:MOST_HOLDING]
    )
)
_OF_CLIENT = Composed(
    lambda actor, right, client_id: (
        visible_to(ProfileRow, actor, right)
        .filter(client_id=client_id)
        .order_by("name", "id")
        .values_list("id", "name", "api_id")[:MOST_OF_CLIENT]
    )
)
_NAMED = Pair(_HOLDING, _OF_CLIENT)
