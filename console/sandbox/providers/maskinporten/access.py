"""What a client of Maskinporten may have: registered scopes, their owners' consent, a customer's delegation."""

from dataclasses import dataclass

from console.sandbox.providers.maskinporten import errors
from console.sandbox.providers.maskinporten.errors import MpRefusal
from console.sandbox.providers.maskinporten.grant import GrantContent
from console.sandbox.registered import MASKINPORTEN, Maskinporten, OrganisationClient, OrganisationScope


@dataclass(frozen=True, slots=True)
class GrantedAccess:
    """`consumer` is whom the token is for; `supplier` who asks in its name, "" when it asks for itself."""

    consumer: str
    supplier: str
    max_age_s: int


def check_access(asked: GrantContent, client: OrganisationClient, side: Maskinporten) -> GrantedAccess | MpRefusal:
    """Whom the token is for and how long it lives: the shortest of its scopes."""
    if asked.customer == client.organisation:
        return errors.own_organisation()
    known = {one.name: one for one in side.scopes}
    if foreign := [name for name in asked.scopes if name not in client.scopes or name not in known]:
        return errors.scopes_not_on_client(" ".join(foreign))
    scopes = [known[name] for name in asked.scopes]
    if other := [one.name for one in scopes if one.integration != MASKINPORTEN]:
        return errors.scopes_of_other_type(" ".join(other))
    if (refused := _check_owners(scopes, asked, client, side)) is not None:
        return refused
    supplier = client.organisation if asked.customer else ""
    return GrantedAccess(asked.customer or client.organisation, supplier, min(one.max_age_s for one in scopes))


def _check_owners(
    scopes: list[OrganisationScope], asked: GrantContent, client: OrganisationClient, side: Maskinporten
) -> MpRefusal | None:
    """The owner lets the consumer in, and the consumer, where it is another, lets the client act for it."""
    consumer = asked.customer or client.organisation
    for scope in scopes:
        if consumer not in scope.open_to:
            return errors.no_access(scope.name)
        if asked.customer and not any(
            (one.customer, one.supplier, one.scope) == (asked.customer, client.organisation, scope.name)
            for one in side.delegations
        ):
            return errors.not_delegated(asked.customer, scope.name, client.organisation)
    return None
