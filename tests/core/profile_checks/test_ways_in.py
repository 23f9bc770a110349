"""Which grant and which scope an API takes, from what it demands of a token, and who issues it."""

import pytest

from console.core.api import Api, Expectation
from console.core.profile_checks.ways_in import TokenOrigin, WayIn, source_of, ways_in

ID = "6b2f7f4e-0f0f-4c8e-9f0e-3d8f9a1b2c3d"
TENANT = "0d3f1c2b-5a6e-4f70-8192-a3b4c5d6e7f8"
ENTRA = f"https://login.microsoftonline.com/{TENANT}/v2.0"
APPLICATION, PERSON = "client_credentials", "authorization_code"


def ways(expectation, issuer=ENTRA):
    api = Api("", 0, "Orders", "https://api.example", expectation=expectation, metadata_url="")
    source = source_of(api, is_sandbox=False)
    return [(one.grant, one.scope, one.granted) for one in ways_in(expectation, source)]


CASES = {
    "a role": (Expectation((ID,), (ENTRA,), roles=("R",)), [(APPLICATION, f"api://{ID}/.default", ("R",))]),
    "a named API": (
        Expectation((ID, "api://orders"), (ENTRA,), roles=("R",)),
        [(APPLICATION, "api://orders/.default", ("R",))],
    ),
    "a scope": (Expectation(("api://orders",), (ENTRA,), scopes=("S", "T")), [(PERSON, "api://orders/S", ("S", "T"))]),
    "both": (
        Expectation(("api://orders",), (ENTRA,), roles=("R",), scopes=("S",)),
        [(APPLICATION, "api://orders/.default", ("R",)), (PERSON, "api://orders/S", ("S",))],
    ),
    "nothing said": (Expectation(), [(APPLICATION, "", ())]),
    "by its audience": (Expectation(("api://orders",)), [(APPLICATION, "api://orders/.default", ())]),
    "another server": (
        Expectation(("orders",), ("https://idp.example",), scopes=("orders:read",)),
        [(APPLICATION, "orders:read", ("orders:read",)), (PERSON, "orders:read", ("orders:read",))],
    ),
}


@pytest.mark.parametrize(("expectation", "expected"), CASES.values(), ids=CASES)
def test_grant_and_scope_follow_from_what_is_demanded(expectation, expected):
    assert ways(expectation) == expected


SOURCES = {
    "entra": (ENTRA, "", TokenOrigin("entra", ENTRA, {"tenant": TENANT}, True)),
    "keycloak": (
        "https://idp.example/realms/shop",
        "",
        TokenOrigin("keycloak", "https://idp.example/realms/shop", {}, False),
    ),
    "any": (
        "https://idp.example",
        "",
        TokenOrigin("generic", "https://idp.example", {"issuer": "https://idp.example"}, False),
    ),
    "by its configuration": (
        "",
        "https://idp.example/.well-known/openid-configuration",
        TokenOrigin("generic", "https://idp.example", {"issuer": "https://idp.example"}, False),
    ),
    "nothing": ("", "", TokenOrigin("", "", {}, False)),
}


@pytest.mark.parametrize(("issuer", "metadata_url", "expected"), SOURCES.values(), ids=SOURCES)
def test_the_provider_is_told_by_the_issuer(issuer, metadata_url, expected):
    wanted = Expectation(issuers=(issuer,) if issuer else ())
    api = Api("", 0, "Orders", "https://api.example", expectation=wanted, metadata_url=metadata_url)
    assert source_of(api, is_sandbox=False) == expected


def test_the_sandbox_is_its_own_provider():
    issuer = f"http://localhost:8000/sandbox/x/{TENANT}/v2.0"
    api = Api("", 0, "Orders", "http://localhost:8000", expectation=Expectation((ID,), (issuer,), roles=("R",)))
    source = source_of(api, is_sandbox=True)
    assert (source.provider, source.settings) == ("sandbox", {"tenant": TENANT})
    assert ways_in(api.expectation, source) == (
        WayIn(APPLICATION, "A program, without a person", f"api://{ID}/.default", ("R",), is_role=True),
    )
