"""Sealing what somebody typed while it travels back through their own browser."""

import zlib

import msgspec

from console.adapters import clock
from console.core.errors import Misconfigured
from console.store import vault

LIFE_S = 12 * 3600


class TypedForm(msgspec.Struct, frozen=True):
    """`form` is as a browser sends it (urlencoded), `person` who typed it (None: not known), `held_at` in epoch s."""

    form: str
    person: int | None
    held_at: int


def seal_form(form: str, *, path: str, person: int | None) -> str:
    """For that address alone, and for that person where it is known who typed it."""
    held = msgspec.json.encode(TypedForm(form, person, clock.now()))
    return vault.seal(zlib.compress(held), row=_row(path))


def open_form(sealed: str, *, path: str, person: int | None) -> str | None:
    """The form; None when it is somebody else's, of another address, changed, or older than twelve hours."""
    try:
        held = msgspec.json.decode(zlib.decompress(vault.open_sealed(sealed, row=_row(path))), type=TypedForm)
    except (Misconfigured, zlib.error, msgspec.DecodeError):
        return None
    is_theirs = held.person is None or held.person == person
    return held.form if is_theirs and clock.now() - held.held_at <= LIFE_S else None


def _row(path: str) -> str:
    return f"held form|{path}"
