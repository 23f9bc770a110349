"""Scopes of Entra ID and of servers shaped like it, which name one API (entra.md; AADSTS1002012, 70011)."""

import re

from console.core.compare import is_guid
from console.core.providers.base import ScopeForm

DEFAULT = "/.default"
SCOPE_FORM = ScopeForm(
    help="The API's Application ID URI followed by /.default.",
    do="Enter the API's Application ID URI followed by /.default, for example api://orders/.default.",
    expected="<Application ID URI>/.default",
    source="AADSTS1002012, AADSTS70011",
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://\S")


def api_of_scope(grant: str, scope: str) -> str:
    """The API in front of /.default, which an application names; the scopes of users may name several."""
    return scope.removesuffix(DEFAULT) if grant == "client_credentials" else ""


def scope_problem(grant: str, scope: str) -> str | None:
    """What keeps Entra from taking a scope in client credentials; the other grants take the scopes of users."""
    return _problem(scope) if grant == "client_credentials" else None


def _problem(scope: str) -> str | None:
    parts = scope.split()
    if not parts:
        return "The scope is empty; name the API, followed by /.default."
    if "," in scope or ";" in scope:
        return "Scopes are separated by blanks, not by commas or semicolons."
    if "%2f" in scope.lower() or "%3a" in scope.lower():
        return "The scope is percent-encoded already; enter it as plain text."
    if len(parts) > 1:
        return "Only one scope is possible in this grant: one API, followed by /.default."
    if not scope.strip().endswith(DEFAULT):
        return "The scope must end with /.default: an application gets the permissions it was granted, not chosen ones."
    return _resource_problem(parts[0].removesuffix(DEFAULT))


def _resource_problem(resource: str) -> str | None:
    if not resource:
        return "In front of /.default the API is missing."
    if resource.endswith(DEFAULT):
        return "/.default stands twice at the end of the scope."
    if not is_guid(resource) and not _SCHEME.match(resource):
        return "In front of /.default belongs the API's Application ID URI (api://…) or its bare id."
    return None
