"""An application's own token (RFC 6749 section 4.4): for one API, with the roles granted to the client."""

from console.sandbox.idp import issue
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.grants.base import Asked, SandboxGrant
from console.sandbox.idp.resource import resolve
from console.sandbox.state import State


def answer(asked: Asked) -> tuple[issue.Issue, State] | EntraError:
    resource = resolve(asked.form.get("scope", ""), asked.state)
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
    return issue.prepare(facts, asked.keys), asked.state


GRANT = SandboxGrant("client_credentials", answer)
