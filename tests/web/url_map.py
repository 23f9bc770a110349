"""Every address of the console, allauth's included, with its parameters filled in."""

import re
from dataclasses import dataclass

from django.urls import URLResolver, get_resolver

NOBODYS = "00000000-0000-4000-8000-000000000000"
REGEX_PATHS = {
    "account_reset_password_from_key": "/accounts/password/reset/key/1-set-password/",
}
USUAL = {
    "segment": "nobody", "rest": "tenant/oauth2/v2.0/token", "token": "some-token", "person_id": "999999", "pk": "1",
    "report": "preflight.json", "matrix_file": "matrix.json",
    "path": "orders", "reason": "unknown", "name": "table.json", "row_id": NOBODYS,
    "provider_id": "unknown", "kind": "csv", "entry_kind": "causes", "slug": "token-expired",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    parameters: frozenset[str]


def every_address(**values):
    """`values` gives ids by parameter name: profile_id, attempt_id, api_id, case_id, person_id, client_id."""
    return [_filled(route, name, {**USUAL, **values}) for route, name in _routes(get_resolver().url_patterns)]


def _routes(patterns, before="/"):
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, route)
        else:
            yield route, entry.name or route


def _filled(route, name, values):
    parameters = frozenset(re.findall(r"<(?:\w+:)?(\w+)>", route))
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: values.get(match[1], NOBODYS), route)
    return Address(name, REGEX_PATHS.get(name, path), parameters)
