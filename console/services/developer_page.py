"""What an integrator needs to call an Api, on one page: for everybody who sees the Api, without anybody's secrets."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.api import USUAL_KEY_HEADER, Api
from console.core.call import CallProblem, call_url
from console.core.exchange import Request
from console.core.held import Held
from console.core.openapi.filling import filled
from console.core.openapi.model import DocumentOperation
from console.core.profile import Profile
from console.core.profile_checks.ways_in import TokenOrigin, WayIn, source_of, ways_in
from console.core.redaction.redact import Redactor
from console.core.snippets import SNIPPETS
from console.core.snippets.base import TokenWay
from console.core.snippets.hidden import call_of
from console.core.snippets.made import MadeSnippet, make
from console.core.snippets.recipes import never
from console.sandbox.policy_text import BASE
from console.services import api_operations, apis, profiles
from console.services.integrators import integrates
from console.services.own_sandbox import OwnSandbox

LISTED = 40  # operations
LANGUAGES = ("curl-bash", "curl-powershell", "python", "javascript", "csharp", "java")
_LEFT_OPEN = "The profile of a call says it."


@dataclass(frozen=True, slots=True)
class DeveloperPage:
    """`held` has its sandbox addresses filled in. `needs_key` is None where nobody knows whether a subscription key is
    asked for. `callers` are the reader's profiles for it. `snippets` call `example`, None where no operation is known.
    """

    held: Held[Api]
    source: TokenOrigin
    ways: tuple[WayIn, ...]
    needs_key: bool | None
    operations: tuple[DocumentOperation, ...]
    callers: tuple[Held[Profile], ...]
    example: DocumentOperation | None
    snippets: tuple[MadeSnippet, ...]
    can_make: bool

    @property
    def api(self) -> Api:
        return self.held.value


def open_page(actor: Actor, api_id: str) -> DeveloperPage:
    """Raises NotFound for an Api that the actor does not see."""
    stored = apis.get_held(actor, "view", api_id)
    own = OwnSandbox(actor)
    held = apis.filled(actor, stored)
    api = held.value
    operations = tuple(api_operations.first(actor, api_id, limit=LISTED)) if api.operation_count else ()
    source = source_of(api, is_sandbox=stored.value.base_url.startswith(BASE))
    needs_key = _needs_key(actor, api, own)
    example = next((one for one in operations if one.method == "GET"), next(iter(operations), None))
    mine = [one for one in profiles.list_held(actor) if one.value.api_id == api_id and one.may("use")]
    return DeveloperPage(
        held,
        source,
        ways_in(api.expectation, source),
        needs_key,
        operations,
        tuple(mine),
        example,
        _snippets(api, example, has_key=needs_key is not False, path=_played_path(api, own)),
        integrates(actor),
    )


def prefilled(actor: Actor, api_id: str, grant: str = "") -> dict[str, str]:
    """What a new profile for an Api begins with, as far as the Api says; {} for one that the actor does not see."""
    if api_id not in dict(apis.list_names(actor)):
        return {}
    stored = apis.get_stored(actor, "view", api_id)
    api = OwnSandbox(actor).fill_in(stored)
    source = source_of(api, is_sandbox=stored.base_url.startswith(BASE))
    ways = ways_in(api.expectation, source)
    way = next((one for one in ways if one.grant == grant), ways[0])
    values = {"name": f"{api.name} client"[:200], "provider": source.provider, "scope": way.scope, **source.settings}
    return {"api_id": api_id, "grant": way.grant, **{name: value for name, value in values.items() if value}}


def _needs_key(actor: Actor, api: Api, own: OwnSandbox) -> bool | None:
    played = own.gateway_apis().get(api.base_url.rstrip("/"))
    if played is not None:
        return played.requires_key
    kept = api_operations.counted(actor, api.id) if api.operation_count else None
    asks = any(one.kind == "apiKey" for one in kept.facts.schemes) if kept else False
    return True if asks or api.subscription_key_header != USUAL_KEY_HEADER else None


def _played_path(api: Api, own: OwnSandbox) -> str:
    """The first thing to read from an Api that the sandbox plays, whose bare address answers nothing; "" for none."""
    played = own.gateway_apis().get(api.base_url.rstrip("/"))
    parts = (one.partition(" ") for one in (played.operations if played else ()))
    return next((path for method, _, path in parts if method == "GET" and "*" not in path), "")


def _snippets(api: Api, example: DocumentOperation | None, *, has_key: bool, path: str = "") -> tuple[MadeSnippet, ...]:
    """Of the example; without one, of what stands at `path`."""
    call = filled(example, key_header=api.subscription_key_header) if example else None
    url = call_url(api.base_url, call.path, call.query) if call else call_url(api.base_url, path, "")
    if isinstance(url, CallProblem):
        url = api.base_url
    typed = [line.partition(": ") for line in (call.headers if call else "").splitlines()]
    headers = [("Authorization", "Bearer <token>"), *([(api.subscription_key_header, "***")] if has_key else [])]
    headers += [(name, value) for name, _, value in typed]
    body = call.body.encode() if call else b""
    request = Redactor(()).request(Request(example.method if example else "GET", url, tuple(headers), body))
    wanted, recipes = call_of(request), never(_LEFT_OPEN)
    made = (make(one, wanted, recipes, TokenWay.PLACEHOLDER) for one in SNIPPETS if one.code in LANGUAGES)
    return tuple(one for one in made if one.text)
