"""A person's name and password, sent by the client itself (RFC 6749 section 4.3): off, as RFC 9700 wants it.

It is there for the gateways that still document it; each client's registration has a switch. Everybody's password is
the same word, which opens nothing else.
"""

import hmac

from console.sandbox.faults.base import ENTRA
from console.sandbox.idp import errors, person_errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.granted import for_person, with_refresh_token
from console.sandbox.idp.grants.base import Asked, GrantAnswer, SandboxGrant
from console.sandbox.people import PASSWORD, MadeUpPerson
from console.sandbox.state import Authorization


def answer(asked: Asked) -> GrantAnswer:
    if not asked.client.client.allows_password:
        return person_errors.password_off()
    person = _person(asked)
    if isinstance(person, EntraError):
        return person
    wanted = asked.wanted()
    if isinstance(wanted, EntraError):
        return wanted
    details = (("resource", asked.form.get("resource", "")),)
    authorization = Authorization(
        ENTRA, asked.client.client.id, asked.form.get("scope", ""), person.id, asked.now, details=details
    )
    if (refused := asked.authorized(authorization, "password")) is not None:
        return refused
    if (refused := asked.unconsented(authorization, wanted)) is not None:
        return refused
    granted = for_person(authorization, wanted, asked.client, asked.state, asked.issuing)
    return with_refresh_token(granted, authorization, wanted, asked.now)


def _person(asked: Asked) -> MadeUpPerson | EntraError:
    for name in ("username", "password"):
        if not asked.form.get(name):
            return errors.parameter_missing(name)
    name = asked.form["username"].strip().lower()
    person = next((one for one in asked.state.people if one.username == name), None)
    if person is None:
        return person_errors.user_unknown(name)
    given = asked.form["password"].encode("utf-8", "surrogatepass")
    return person if hmac.compare_digest(given, PASSWORD.encode()) else person_errors.wrong_password()


GRANT = SandboxGrant(("password",), answer, is_advertised=False)
