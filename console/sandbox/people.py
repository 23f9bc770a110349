"""The people of a workspace, who sign in at the sandbox by a click: nobody has a password that could be stolen."""

from dataclasses import dataclass, replace

from console.sandbox.ids import guid
from console.sandbox.roles import Grants, roles_at

PASSWORD = "sandbox"  # the same for everybody, for the password grant alone; it opens nothing else


@dataclass(frozen=True, slots=True)
class MadeUpPerson:
    """`id` is the object id, `pid` a synthetic Norwegian identity number (its month is 80 too high), "" for none.

    `guest_of` is the address of the tenant a guest comes from, "" for a member.
    """

    id: str
    given_name: str
    family_name: str
    username: str
    pid: str = ""
    guest_of: str = ""
    grants: tuple[Grants, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def roles_for(self, api_id: str) -> tuple[str, ...]:
        return roles_at(api_id, self.grants)


def usual_people(tenant_id: str, roles: dict[str, tuple[str, ...]]) -> tuple[MadeUpPerson, ...]:
    """Somebody with every role, somebody with the first role of each API, and a guest without any.

    `roles` are the app roles by API id. The same tenant gives the same people.
    """
    every = tuple(Grants(api_id, names) for api_id, names in roles.items() if names)
    first = tuple(Grants(one.api_id, one.roles[:1]) for one in every)

    kari = _made(tenant_id, "Kari", "Nordmann")
    ola = _made(tenant_id, "Ola", "Hansen")
    return (
        replace(kari, pid="07899010056", grants=every),
        replace(ola, pid="21888410039", grants=first),
        replace(_made(tenant_id, "Sam", "Guest"), guest_of="partner.example"),
    )


def _made(tenant_id: str, given: str, family: str) -> MadeUpPerson:
    username = f"{given}.{family}@sandbox.example".lower()
    return MadeUpPerson(guid("person", tenant_id, username), given, family, username)
