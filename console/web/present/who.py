"""Who must act on a cause, to who reads it: "You", or whom to ask, by name where the console knows one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.core.evidence import Evidence
from console.core.owner import Owner
from console.core.providers import PROVIDERS

_ASK = {
    Owner.IDENTITY_PROVIDER: "Ask whoever runs the identity provider.",
    Owner.NETWORK: "Ask whoever runs the network between here and there.",
    Owner.END_USER: "Ask the person who signs in.",
    Owner.CONSOLE_ADMIN: "Ask the administrator of this console.",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads an explanation. `is_integrator`, `owns_api`: the client, the API is theirs to change; `integrator` and
    `api_owner` are whose they are, `api` is the API's name; each "" where the console does not know. `named` are the
    names of APIs by a value that a token may hold, such as an audience; `administrator` is who looks after clients at
    the provider, in that provider's words. `administers`: they look after this console.
    """

    is_integrator: bool = False
    integrator: str = ""
    owns_api: bool = False
    api_owner: str = ""
    api: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    administrator: str = Owner.TENANT_ADMIN.words
    administers: bool = False


ANYBODY = Reader()


def who_acts(owner: Owner, reader: Reader) -> str:
    """One short sentence."""
    if owner is Owner.INTEGRATOR:
        return _integrator(reader)
    if owner is Owner.API_OWNER:
        return _api_owner(reader)
    if owner is Owner.TENANT_ADMIN:
        return f"Ask {reader.administrator}."
    if owner is Owner.CONSOLE_ADMIN and reader.administers:
        return "You, as an administrator of this console."
    return _ASK[owner]


def administrator_at(evidence: Evidence) -> str:
    """Who looks after clients at the provider of an attempt, in its words; neutral ones where nobody knows which it is.

    What a case says of it may have been written by anybody.
    """
    code = evidence.profile.get("provider")
    return next((one.words.administrator for one in PROVIDERS if one.code == code), Owner.TENANT_ADMIN.words)


def _integrator(reader: Reader) -> str:
    if reader.is_integrator:
        return "You."
    return f"Ask {reader.integrator}, whose client it is." if reader.integrator else "Whoever owns the client."


def _api_owner(reader: Reader) -> str:
    api = reader.api or "the API"
    if reader.owns_api:
        return f"You, as owner of {api}."
    return f"Ask {reader.api_owner}, who owns {api}." if reader.api_owner else f"Ask the owner of {api}."
