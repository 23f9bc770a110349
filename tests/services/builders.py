"""People, profiles and APIs for tests that go through the services."""

from console.adapters import clock
from console.core.actor import Actor, Role
from console.core.credential import Secret
from console.services import demo
from console.store import people

PASSWORD = "correct horse battery staple"


def person(email: str = "ina@example.com", *roles: Role) -> Actor:
    return people.create_person(
        email,
        display_name="",
        roles=roles or (Role.INTEGRATOR,),
        password=Secret(PASSWORD),
        now=clock.now(),
    )


def with_samples(email: str = "ina@example.com") -> Actor:
    """An integrator with the sandbox's sample profiles, published APIs included."""
    person("ada@example.com", Role.ADMIN)
    actor = person(email)
    demo.prepare()
    return actor
