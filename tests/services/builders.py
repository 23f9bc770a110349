"""People, profiles and APIs for tests that go through the services."""

from console.adapters import clock
from console.core.actor import Actor, Role
from console.core.call import ApiCall
from console.core.credential import Secret
from console.services import demo, matrix, matrix_choices, opening
from console.store import people
from tests.kept_rows import kept

PASSWORD = "correct horse battery staple"


def person(email: str = "ina@example.com", *roles: Role) -> Actor:
    return people.create_person(
        email,
        display_name="",
        roles=roles or (Role.INTEGRATOR,),
        password=Secret(PASSWORD),
        now=clock.now(),
    )


@kept
def with_samples(email: str = "ina@example.com") -> Actor:
    """An integrator with the sandbox's sample profiles, published APIs included."""
    person("ada@example.com", Role.ADMIN)
    actor = person(email)
    demo.prepare()
    return actor


def begun_matrix(actor: Actor, profile_id: str) -> str:
    """The id of a matrix that stands before its first variant."""
    opened = opening.of_profile(actor, "use", profile_id)
    return matrix.begin(opened, matrix_choices.offered(opened).choice, call=ApiCall("GET", "/orders")).id
