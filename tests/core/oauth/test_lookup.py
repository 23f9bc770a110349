"""Where the metadata of an issuer may stand, and what is said of what stood there."""

import pytest

from console.core.finding import Status
from console.core.oauth.lookup import host_elsewhere, is_issuer, lint, places_of, settings_of
from console.core.oauth.metadata import Metadata

ISSUER = "https://idp.example/t1"
BODY = {
    "issuer": ISSUER,
    "token_endpoint": "https://idp.example/t1/token",
    "jwks_uri": "https://idp.example/t1/keys",
    "authorization_endpoint": "https://idp.example/t1/authorize",
    "code_challenge_methods_supported": ["S256"],
    "grant_types_supported": ["client_credentials"],
    "id_token_signing_alg_values_supported": ["RS256"],
}


def document(**changed):
    body = {name: value for name, value in {**BODY, **changed}.items() if value is not None}
    named = {name: body.get(name, "") for name in ("issuer", "token_endpoint", "jwks_uri", "authorization_endpoint")}
    return Metadata(**named, body=body)


def test_both_forms_of_address_are_tried_openid_connect_first():
    assert places_of(ISSUER).urls == (
        "https://idp.example/t1/.well-known/openid-configuration",
        "https://idp.example/.well-known/oauth-authorization-server/t1",
        "https://idp.example/t1/.well-known/oauth-authorization-server",
        "https://idp.example/.well-known/openid-configuration/t1",
    )
    assert places_of("https://idp.example").urls == (
        "https://idp.example/.well-known/openid-configuration",
        "https://idp.example/.well-known/oauth-authorization-server",
    )


@pytest.mark.parametrize(
    ("pasted", "issuer"),
    [
        (f"{ISSUER}/.well-known/openid-configuration", ISSUER),
        ("https://idp.example/.well-known/oauth-authorization-server/t1", ISSUER),
        ("https://idp.example/.well-known/openid-configuration", "https://idp.example"),
        ("https://idp.example:8443/a/b/.well-known/oauth-authorization-server", "https://idp.example:8443/a/b"),
    ],
)
def test_the_whole_address_of_a_document_is_understood_and_asked_alone(pasted, issuer):
    asked = places_of(f" {pasted} ")
    assert (asked.issuer, asked.urls, asked.is_document) == (issuer, (pasted,), True)


@pytest.mark.parametrize(
    "typed",
    ["", "idp.example", "ftp://idp.example", "https://", "https://me@idp.example", f"{ISSUER}?x=1", f"{ISSUER}#x",
     "https://[bad", "https://idp.example:port"],
)  # fmt: skip
def test_what_is_no_issuer_is_told_in_a_sentence_and_nothing_is_asked(typed):
    asked = places_of(typed)
    assert asked.urls == () and asked.problem.endswith(".")


@pytest.mark.parametrize(
    ("typed", "named", "is_same"),
    [
        (ISSUER, ISSUER, True),
        (ISSUER, f"{ISSUER}/", False),
        (ISSUER, "https://idp.example/T1", False),
        (f"{ISSUER}/.well-known/openid-configuration", f"{ISSUER}/", True),
        (f"{ISSUER}/.well-known/openid-configuration", "https://other.example/t1", False),
    ],
)
def test_the_issuer_must_be_identical(typed, named, is_same):
    assert is_issuer(places_of(typed), named) is is_same


def test_a_document_fills_in_every_address_that_it_names_and_its_promises():
    found = settings_of(
        document(
            authorization_response_iss_parameter_supported=True,
            require_pushed_authorization_requests="true",
            revocation_endpoint=7,
        ),
        "https://idp.example/doc",
    )
    assert found["token_endpoint"] == BODY["token_endpoint"]
    assert (found["issuer"], found["metadata_url"], found["names_itself"]) == (ISSUER, "https://idp.example/doc", "yes")
    assert "revocation_endpoint" not in found and "requires_pushed_requests" not in found


def told(**changed):
    asked = places_of(ISSUER)
    return {finding.check: finding.status for finding in lint(asked, document(**changed))}


def test_a_good_document_is_only_confirmed():
    assert told() == {"metadata-issuer": Status.PASS}


@pytest.mark.parametrize(
    ("changed", "check", "status"),
    [
        ({"issuer": "https://evil.example"}, "metadata-issuer", Status.FAIL),
        ({"issuer": f"{ISSUER}/"}, "metadata-issuer", Status.FAIL),
        ({"token_endpoint": None}, "metadata-addresses", Status.WARNING),
        ({"jwks_uri": None}, "metadata-addresses", Status.WARNING),
        ({"jwks_uri": "http://idp.example/keys"}, "metadata-addresses", Status.WARNING),
        ({"token_endpoint": "https://tokens.example/t"}, "metadata-host", Status.WARNING),
        ({"id_token_signing_alg_values_supported": ["none", 7]}, "metadata-algorithms", Status.NOTICE),
        ({"grant_types_supported": None}, "metadata-grants", Status.NOTICE),
        ({"code_challenge_methods_supported": ["plain"]}, "metadata-pkce", Status.NOTICE),
        ({"code_challenge_methods_supported": "S256"}, "metadata-pkce", Status.NOTICE),
    ],
)
def test_each_weakness_is_told(changed, check, status):
    assert told(**changed)[check] is status


def test_another_host_for_tokens_is_named_with_its_port():
    assert host_elsewhere(ISSUER, "https://idp.example:8443/t") == "idp.example:8443"
    assert host_elsewhere(ISSUER, "https://IDP.example/t") == ""
    assert host_elsewhere(ISSUER, "") == host_elsewhere("", "https://x.example") == ""
