"""One workspace of the sandbox as it is kept: loaded for each request, saved when something happened."""

from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec
from django.conf import settings

from console.adapters import random
from console.core.actor import Actor
from console.core.credential import Secret
from console.core.errors import Misconfigured
from console.sandbox.defaults import sample_catalogue
from console.sandbox.partners import with_further_providers
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
class OpenWorkspace:
    """One person's sandbox as it was loaded; what changes is saved against that.

    What it holds is read when it is asked for: where the key ring opens nothing it still has an address.
    """

    kept: store.Workspace

    @property
    def segment(self) -> str:
        return self.kept.segment

    @property
    def base(self) -> str:
        """Its base URL, without a slash at its end."""
        return base_of(self.kept.segment)

    @property
    def console(self) -> str:
        """The console's own address, without a slash at its end."""
        return self.base.rpartition("/sandbox/")[0]

    @property
    def is_set_up(self) -> bool:
        return self.kept.sealed_keys is not None

    @property
    def installation(self) -> Installation:
        """Raises Misconfigured before it was made, and where the key ring does not open it."""
        return read_installation(self.kept.signing_keys)

    @property
    def state(self) -> State:
        """Raises Misconfigured as `installation` does."""
        seed = self.installation.seed
        return _first_state(seed) if self.kept.state == NEW_STATE else _read_state(self.kept.state, seed)


def base_of(segment: str) -> str:
    return f"{settings.CONSOLE_PUBLIC_URL}/sandbox/{segment}"


def of_actor(actor: Actor) -> OpenWorkspace:
    """The actor's own, made on first use."""
    return OpenWorkspace(store.workspace_of(actor, new_segment=random.label()))


def load(segment: str) -> OpenWorkspace:
    """By its segment in any letter case; raises NotFound."""
    return OpenWorkspace(store.load(segment))


def save(before: OpenWorkspace, after: State) -> OpenWorkspace | None:
    """The workspace with that state; None when somebody saved since it was loaded."""
    kept, text = before.kept, dump_state(after)
    if not store.save(kept.segment, text, expected_version=kept.version):
        return None
    return OpenWorkspace(replace(kept, state=text, version=kept.version + 1))


@lru_cache(maxsize=2)
def _first_state(seed: str) -> State:
    return sample_catalogue(seed).state


@lru_cache(maxsize=64)
def _read_state(text: str, seed: str) -> State:
    """By its text: what another process saved has another text, so nothing old is ever given.

    What earlier versions kept knows no client of the further providers: those are the samples.
    """
    return with_further_providers(load_state(text), seed)
