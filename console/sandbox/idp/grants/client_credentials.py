"""An application's own token (RFC 6749 section 4.4): for one API, with the roles granted to the client."""

from console.sandbox.idp import issue
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.granted import Granted
from console.sandbox.idp.grants.base import Asked, GrantAnswer, SandboxGrant
from console.sandbox.idp.resource import resolve, resolve_v1


def answer(asked: Asked) -> GrantAnswer:
    form = asked.form
    resource = resolve_v1(form.get("resource", ""), asked.state) if asked.version == 1 else None
    resource = resource or resolve(form.get("scope", ""), asked.state)
    if isinstance(resource, EntraError):
        return resource
    client = asked.client
    facts = issue.GrantFacts(
        asked.provider,
        resource.api,
        client.client,
        resource.identifier,
        client.proof,
        asked.now,
        asked.state.entropy,
    )
    return Granted(issue.prepare(facts, asked.keys), asked.state)


GRANT = SandboxGrant(("client_credentials",), answer, allows_public=False)
