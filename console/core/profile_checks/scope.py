"""The scope has the form this grant needs, and asks for the API that was chosen."""

from collections.abc import Iterator

from console.core.api import Expectation
from console.core.checks.wording import listed, shown
from console.core.compare import GUID, is_guid, spelled_differently
from console.core.finding import Finding, Status
from console.core.owner import Owner
from console.core.profile import Profile, ProfileDraft
from console.core.profile_checks.hidden import tidy
from console.core.providers import provider_of
from console.core.providers.base import ScopeForm
from console.core.providers.default_scope import DEFAULT


def check(profile: Profile | ProfileDraft, expectation: Expectation | None) -> Iterator[Finding]:
    provider, scope = provider_of(profile.provider), tidy(profile.scope)
    if problem := provider.scope_problem(profile.grant, scope):
        yield _misshapen(scope, problem, provider.scope_form)
        return
    resource, audiences = provider.api_of_scope(profile.grant, scope), expectation.audiences if expectation else ()
    if not resource:
        return
    if _asks_for_itself(tidy(profile.client_id), resource, audiences):
        yield _itself(tidy(profile.client_id), scope)
    elif audiences and not _names_one_of(resource, audiences):
        yield _other_api(scope, resource, audiences)


def asks_for(profile: Profile, audiences: tuple[str, ...]) -> bool | None:
    """Whether its scope asks for an API that accepts these audiences; None when their names alone cannot tell."""
    resource = provider_of(profile.provider).api_of_scope(profile.grant, tidy(profile.scope))
    if not resource:
        return None
    if audiences and _names_one_of(resource, audiences):
        return True
    return False if audiences and _is_decidable(resource, audiences) else None


def _names_one_of(resource: str, audiences: tuple[str, ...]) -> bool:
    return resource in audiences or spelled_differently(resource, audiences) is not None


def _asks_for_itself(client_id: str, resource: str, audiences: tuple[str, ...]) -> bool:
    """Only the URI form is refused; a client may ask for itself by its bare GUID (AADSTS90009)."""
    if is_guid(resource) or not is_guid(client_id):
        return False
    is_own_api = bool(audiences) and _names_one_of(client_id, audiences) and _names_one_of(resource, audiences)
    return is_own_api or _names_one_of(resource, (client_id,))


def _misshapen(scope: str, problem: str, form: ScopeForm) -> Finding:
    return Finding(
        Status.FAIL,
        "The identity provider would refuse this scope.",
        why=f"{problem} It is {shown(scope)}." if scope else problem,
        do=form.do,
        who=Owner.INTEGRATOR,
        expected=form.expected,
        actual=shown(scope),
        check="profile-scope",
        source=form.source,
    )


def _itself(client_id: str, scope: str) -> Finding:
    return Finding(
        Status.FAIL,
        "The client asks for a token for itself, by URI.",
        why=f"The scope {shown(scope)} names the client {client_id} itself, which only its bare GUID may do.",
        do=f"Request the scope {client_id}{DEFAULT}, or use a client registration that is not the API's own.",
        who=Owner.INTEGRATOR,
        expected=f"{client_id}{DEFAULT}",
        actual=shown(scope),
        check="profile-scope-itself",
        source="AADSTS90009",
    )


def _other_api(scope: str, resource: str, audiences: tuple[str, ...]) -> Finding:
    if not _is_decidable(resource, audiences):
        return Finding(
            Status.UNKNOWN,
            "Whether the scope asks for the chosen API cannot be told before a token is there.",
            why=f"The scope is {shown(scope)}; the API accepts {listed(audiences)}; an API has a URI and a GUID.",
            do="Get a token and look at its audience, or ask the API's owner for both names.",
            who=Owner.API_OWNER,
            expected=list(audiences),
            actual=shown(scope),
            check="profile-scope-api",
            source="RFC 7519 section 4.1.3",
        )
    return Finding(
        Status.FAIL,
        "The scope asks for another API than the chosen one.",
        why=f"The scope is {shown(scope)}; the API accepts tokens for {listed(audiences)}.",
        do=f"Request the scope {audiences[0].rstrip('/')}{DEFAULT}, or choose the API that this scope belongs to.",
        who=Owner.INTEGRATOR,
        expected=list(audiences),
        actual=shown(scope),
        check="profile-scope-api",
        source="RFC 7519 section 4.1.3",
    )


def _is_decidable(resource: str, audiences: tuple[str, ...]) -> bool:
    """A URI without GUID and a GUID may be two names of one API; two GUIDs or two such URIs are compared."""
    has_id = GUID.search(resource) is not None
    return all((GUID.search(audience) is not None) == has_id for audience in audiences)
