"""Which API a scope asks for: client credentials need exactly one `{resource}/.default`."""

from dataclasses import dataclass

from console.sandbox.idp import errors, person_errors
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
    return _resource(identifier, state)


def resolve_v1(resource: str, state: State) -> Resource | EntraError:
    """The API that the v1 endpoint's parameter names by its id or its URI."""
    return _resource(resource, state) if resource else person_errors.resource_missing()


def find_api(identifier: str, state: State) -> ApiRegistration | None:
    """The API of this id or Application ID URI, in any letter case."""
    wanted = identifier.lower()
    return next((api for api in state.apis if wanted in (api.id, api.identifier_uri)), None)


def _resource(identifier: str, state: State) -> Resource | EntraError:
    api = find_api(identifier, state)
    return errors.resource_not_found(identifier, state.tenant_id) if api is None else Resource(api, identifier)
