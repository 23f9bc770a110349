"""Guessing passwords is slowed down; nobody can be locked out by somebody else's guesses.

The wait belongs to account and network, and doubles with each wrong password. Guesses from many networks make an
account wait too, but not on a device that signed in to it before (it has a wait of its own), nor with a passkey.
"""

from dataclasses import dataclass, field

from console.adapters import clock
from console.store import sign_in_tries
from console.store.sign_in_tries import Limit

HERE = Limit(free=5, first_wait_s=30, longest_wait_s=3600)  # one account from one network, or from one known device
ANYWHERE = Limit(free=50, first_wait_s=60, longest_wait_s=900)  # one account from networks nobody signed in from
NETWORK = Limit(free=30, first_wait_s=30, longest_wait_s=900)  # one network, whatever account


@dataclass(frozen=True, slots=True)
class PasswordTry:
    """`wait_s` is 0 when the password may be looked at."""

    wait_s: int
    names: dict[str, Limit] = field(default_factory=dict)
    own: frozenset[str] = frozenset()


def attempt(email: str, *, network: str, device: str) -> PasswordTry:
    """Counts one attempt for the account. `device` is the id of a device that signed in to it before, else ""."""
    account = email.strip().lower()
    here = f"account {account} device {device}" if device else f"account {account} network {network}"
    names = {here: HERE}
    if not device:
        names |= {f"account {account}": ANYWHERE, f"network {network}": NETWORK}
    return PasswordTry(sign_in_tries.attempt(names, now=clock.now()), names, frozenset({here}))


def succeeded(made: PasswordTry) -> None:
    """The password was right: this account from here begins anew, and the attempt counts nowhere."""
    sign_in_tries.take_back(made.names, forget=made.own)
