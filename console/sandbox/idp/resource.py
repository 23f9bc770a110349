"""Which API a scope asks for: client credentials need exactly one `{resource}/.default`."""

from dataclasses import dataclass

from console.sandbox.idp import errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.state import ApiRegistration, State

DEFAULT = "/.default"


@dataclass(frozen=True, slots=True)
class Resource:
    """`identifier` is the API as the client spelled it, which a v1 token repeats in aud."""

    api: ApiRegistration
    identifier: str


def resolve(scope: str, state: State) -> Resource | EntraError:
    scopes = scope.split()
    if not scopes:
        return errors.parameter_missing("scope")
    if len(scopes) > 1:
        return errors.invalid_scope(" ".join(scopes))
    if not scopes[0].endswith(DEFAULT) or scopes[0] == DEFAULT:
        return errors.scope_without_default(scopes[0])
    identifier = scopes[0].removesuffix(DEFAULT)
    for api in state.apis:
        if identifier.lower() in (api.id, api.identifier_uri):
            return Resource(api, identifier)
    return errors.resource_not_found(identifier, state.tenant_id)
