"""An application asks for a token in its own name (RFC 6749 section 4.4)."""

import re

from console.core.compare import is_guid
from console.core.grants.base import Grant

_DEFAULT = "/.default"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://\S")

GRANT = Grant(
    code="client_credentials",
    title="Client credentials",
    grant_type="client_credentials",
    source="RFC 6749 section 4.4",
    scope_rule="One API: its Application ID URI followed by /.default, for example api://orders/.default.",
)


def scope_problem(scope: str) -> str | None:
    """What keeps Entra from taking a scope in this grant, as one sentence; None when nothing does (AADSTS1002012,
    70011)."""
    parts = scope.split()
    if not parts:
        return "The scope is empty; name the API, followed by /.default."
    if "," in scope or ";" in scope:
        return "Scopes are separated by blanks, not by commas or semicolons."
    if "%2f" in scope.lower() or "%3a" in scope.lower():
        return "The scope is percent-encoded already; enter it as plain text."
    if len(parts) > 1:
        return "Only one scope is possible in this grant: one API, followed by /.default."
    if not scope.strip().endswith(_DEFAULT):
        return "The scope must end with /.default: an application gets the permissions it was granted, not chosen ones."
    return _resource_problem(parts[0].removesuffix(_DEFAULT))


def _resource_problem(resource: str) -> str | None:
    if not resource:
        return "In front of /.default the API is missing."
    if resource.endswith(_DEFAULT):
        return "/.default stands twice at the end of the scope."
    if not is_guid(resource) and not _SCHEME.match(resource):
        return "In front of /.default belongs the API's Application ID URI (api://…) or its bare id."
    return None
