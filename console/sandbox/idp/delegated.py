"""What a client wants a person to let it do: scopes of one API, and those of OpenID Connect."""

from dataclasses import dataclass, replace

from console.sandbox.idp import errors, person_errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.resource import DEFAULT, find_api
from console.sandbox.state import ApiRegistration, ClientRegistration, Consent, State

OPENID = ("openid", "profile", "email", "offline_access")
GRAPH_URI = "https://graph.microsoft.com"
# Whoever asks for no API gets a token for Microsoft Graph, which nobody else can verify.
GRAPH = ApiRegistration(
    "00000003-0000-0000-c000-000000000000", "Microsoft Graph", 1, scopes=("User.Read", "profile", "openid", "email")
)
MOST_CONSENTS = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """The API that the access token is for, as the client spelled it, and the scopes asked of it.

    `identifier` is "" for Microsoft Graph when no API was named. `by_default`: the client asked for `/.default`, all
    that it may have. `openid` are the scopes of OpenID Connect.
    """

    api: ApiRegistration
    identifier: str
    scopes: tuple[str, ...]
    openid: tuple[str, ...] = ()
    by_default: bool = False

    @property
    def is_graph(self) -> bool:
        return self.api.id == GRAPH.id

    def told(self) -> str:
        """The scope of the token answer: what was granted, spelled as it was asked for."""
        if self.is_graph:
            named = [*self.scopes, *(one for one in self.openid if one != "offline_access")]
            return " ".join(dict.fromkeys(named))
        names = [f"{self.identifier}/{name}" for name in self.scopes]
        return " ".join([*names, *([self.identifier + DEFAULT] if self.by_default else [])])

    def in_token(self) -> str:
        """The scp claim."""
        openid = [one for one in self.openid if one != "offline_access"] if self.is_graph else []
        return " ".join(dict.fromkeys([*self.scopes, *openid]))


def read_scope(scope: str, state: State, client: ClientRegistration) -> Wanted | EntraError:
    """The scope parameter of the v2 endpoints taken apart, or why it cannot be granted."""
    named: dict[str, list[str]] = {}
    openid = []
    for item in dict.fromkeys(scope.split()):
        if item in OPENID:
            openid.append(item)
            continue
        identifier, slash, name = item.rpartition("/")
        named.setdefault(identifier if slash else GRAPH_URI, []).append(name)
    if len(named) > 1:
        return person_errors.several_resources(scope)
    if not named:
        return Wanted(GRAPH, "", (), tuple(openid)) if openid else errors.parameter_missing("scope")
    ((identifier, names),) = named.items()
    api = _api(identifier, state)
    if api is None:
        return errors.resource_not_found(identifier, state.tenant_id)
    return _of_api(api, identifier, names, tuple(openid), client)


def read_resource(resource: str, scope: str, state: State) -> Wanted | EntraError:
    """The v1 endpoints' resource: all that the client may have of it. Without one there is nothing to give."""
    if not resource:
        return person_errors.resource_missing()
    api = _api(resource, state)
    if api is None:
        return errors.resource_not_found(resource, state.tenant_id)
    openid = tuple(dict.fromkeys(["openid", *(one for one in scope.split() if one in OPENID), "offline_access"]))
    return Wanted(api, resource, _usual(api), openid, by_default=True)


def missing(wanted: Wanted, state: State, client_id: str, person_id: str) -> tuple[Consent, ...]:
    """What neither the person nor an administrator has consented to yet; () when all of it was."""
    asked = [(wanted.api.id, wanted.scopes), (GRAPH.id, wanted.openid)]
    gaps = []
    for api_id, scopes in asked:
        given = _given(state, client_id, person_id, api_id)
        if gap := tuple(scope for scope in scopes if scope not in given):
            gaps.append(Consent(client_id, person_id, api_id, gap))
    return tuple(gaps)


def with_consents(state: State, consents: tuple[Consent, ...]) -> State:
    """The state in which these were given too."""
    for one in consents:
        same = [old for old in state.consents if _key(old) == _key(one)]
        scopes = tuple(dict.fromkeys(scope for kept in (*same, one) for scope in kept.scopes))
        others = tuple(old for old in state.consents if _key(old) != _key(one))
        state = replace(state, consents=(*others, replace(one, scopes=scopes))[-MOST_CONSENTS:])
    return state


def _key(consent: Consent) -> tuple[str, str, str]:
    return consent.client_id, consent.person_id, consent.api_id


def _given(state: State, client_id: str, person_id: str, api_id: str) -> frozenset[str]:
    who = (person_id, "")
    mine = (one for one in state.consents if one.client_id == client_id and one.person_id in who)
    return frozenset(scope for one in mine if one.api_id == api_id for scope in one.scopes)


def _api(identifier: str, state: State) -> ApiRegistration | None:
    if identifier.lower().rstrip("/") in (GRAPH.id, GRAPH_URI):
        return GRAPH
    return find_api(identifier, state)


def _of_api(
    api: ApiRegistration, identifier: str, names: list[str], openid: tuple[str, ...], client: ClientRegistration
) -> Wanted | EntraError:
    if DEFAULT.strip("/") in names:
        if len(names) > 1:
            return errors.invalid_scope(" ".join(f"{identifier}/{name}" for name in names))
        return Wanted(api, identifier, _usual(api), openid, by_default=True)
    for name in names:
        if name not in api.scopes:
            return person_errors.unknown_permission(f"{identifier}/{name}", api.name, client.id)
    return Wanted(api, identifier, tuple(names), openid)


def _usual(api: ApiRegistration) -> tuple[str, ...]:
    return ("User.Read",) if api.id == GRAPH.id else api.scopes
