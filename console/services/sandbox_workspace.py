"""One workspace of the sandbox as it is kept: loaded for each request, saved when something happened."""

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from console.core.credential import Secret
from console.core.errors import Misconfigured
from console.sandbox.defaults import sample_catalogue
from console.sandbox.state import State, dump_state, load_state
from console.store import sandbox as store

NEW_STATE = "{}"


class Installation(msgspec.Struct, frozen=True):
    """What belongs to one installation and is kept sealed: the seed of the samples, and the signing key (PEM)."""

    seed: str
    private_pem: str

    def __repr__(self) -> str:
        return "Installation(…)"


def installation() -> Installation:
    """What was made once; raises Misconfigured before that."""
    kept = store.installation()
    return read_installation(kept.signing_keys if kept else None)


def read_installation(signing_keys: Secret | None) -> Installation:
    if signing_keys is None:
        raise Misconfigured(
            "The sandbox is switched on but has not been set up.",
            why="Its tenant and signing key are made once, by a command.",
            do="Run manage.py prepare_sandbox, or manage.py demo.",
            who="The console's administrator can do this.",
        )
    return _decoded(signing_keys.reveal())


@lru_cache(maxsize=2)
def _decoded(text: str) -> Installation:
    return msgspec.json.decode(text, type=Installation)


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """A workspace as it was loaded; `version` is what a change is saved against."""

    segment: str
    state: State
    version: int
    installation: Installation


def load(segment: str) -> Place:
    row = store.load(segment)
    installation = read_installation(row.signing_keys)
    state = _first_state(installation.seed) if row.state == NEW_STATE else _read_state(row.state)
    return Place(row.segment, state, row.version, installation)


def save(place: Place, after: State) -> bool:
    return store.save(place.segment, dump_state(after), expected_version=place.version)


@lru_cache(maxsize=2)
def _first_state(seed: str) -> State:
    return sample_catalogue(seed).state


# By its text: what another process saved has another text, so nothing old is ever given.
_read_state = lru_cache(maxsize=64)(load_state)
