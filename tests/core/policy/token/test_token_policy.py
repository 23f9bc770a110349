"""The one reading of a token policy's element, which engine, review, repair, expectation and editor share."""

import pytest

from console.core.policy.text.document import read_policy
from console.core.policy.token.token_policy import TokenSource, inbound_token_policies, read_token_policy

JWT, ENTRA = "validate-jwt", "validate-azure-ad-token"
JWT_MISSING, ENTRA_MISSING = "JWT not present.", "Azure AD JWT not present"
TENANT = "3f8a0c6e-52b7-4d1b-9e44-a7c1de20b5f9"


def _read(text, path=""):
    return read_token_policy(read_policy(text).inbound[0], path=path)


SOURCES = [
    (JWT, 'header-name="X-Token"', TokenSource("header", "X-Token", missing_message=JWT_MISSING), "header:x-token"),
    (JWT, 'query-parameter-name="Jwt"', TokenSource("query", "Jwt", missing_message=JWT_MISSING), "query:jwt"),
    (JWT, 'token-value="@(x)"', TokenSource("value", value="@(x)", missing_message=JWT_MISSING), ""),
    (JWT, "", TokenSource("header", missing_message=JWT_MISSING), ""),
    (
        JWT,
        'header-name="Authorization" require-scheme="Bearer"',
        TokenSource("header", "Authorization", scheme="Bearer", missing_message=JWT_MISSING),
        "header:authorization",
    ),
    (ENTRA, "", TokenSource("header", "Authorization", missing_message=ENTRA_MISSING), "header:authorization"),
    (
        ENTRA,
        'header-name="X" query-parameter-name="q"',
        TokenSource("query", "q", missing_message=ENTRA_MISSING),
        "query:q",
    ),
    (
        ENTRA,
        'query-parameter-name="q" token-value="v"',
        TokenSource("value", value="v", missing_message=ENTRA_MISSING),
        "",
    ),
]


@pytest.mark.parametrize(("kind", "attributes", "source", "part"), SOURCES)
def test_a_policy_takes_its_token_from_one_place(kind, attributes, source, part):
    policy = _read(f"<{kind} {attributes}/>")
    assert (policy.source, policy.source.part) == (source, part)


@pytest.mark.parametrize(
    ("source", "header", "parameter", "is_authorization"),
    [
        (TokenSource("header", " AUTHORIZATION "), "authorization", None, True),
        (TokenSource("header", "X"), "x", None, False),
        (TokenSource("query", "Authorization"), None, "Authorization", False),
        (TokenSource("value", value="t"), None, None, False),
        (TokenSource("header"), None, None, False),
    ],
)
def test_only_the_header_authorization_has_a_scheme(source, header, parameter, is_authorization):
    names = {"header": "header-name", "query": "query-parameter-name", "value": "token-value"}
    policy = _read(f'<validate-jwt {names[source.kind]}="{source.name or source.value}"/>')
    assert (policy.header, policy.query_parameter) == (header, parameter)
    assert source.is_authorization is is_authorization


def test_lists_are_read_as_they_are_written():
    policy = _read(
        '<validate-jwt header-name="A" output-token-variable-name="jwt" clock-skew="60" require-signed-tokens="False">'
        '<openid-config url=" https://a "/><openid-config url="https://a"/><audiences/>'
        "<issuers><issuer>i</issuer><issuer/></issuers>"
        '<required-claims><claim name="roles" separator=","><value>a</value><value>{{b}}</value></claim>'
        '<claim name="azp" match="any"/></required-claims></validate-jwt>',
        path="inbound/choose[1]/when[1]/validate-jwt[1]",
    )
    assert (policy.kind, policy.section, policy.is_certain, policy.is_azure_ad) == (JWT, "inbound", False, False)
    assert (policy.metadata, policy.metadata_addresses) == ((" https://a ", "https://a"), ("https://a",))
    assert (policy.issuers, policy.audiences, policy.output_variable) == (("i", ""), (), "jwt")
    assert (policy.skew.value, policy.requires_signature.value, policy.requires_expiry.value) == (60, False, True)
    roles, azp = policy.claims
    assert (roles.values, roles.literals, roles.wants_all, roles.separator) == (("a", "{{b}}"), ("a",), True, ",")
    assert (azp.values, azp.wants_all, azp.separator) == ((), False, None)
    assert policy.claims_named("azp", "appid") == (azp,)


def test_a_list_that_is_not_there_is_told_from_an_empty_one():
    assert _read('<validate-jwt header-name="A"/>').audiences is None


@pytest.mark.parametrize(
    ("text", "versions", "is_entra", "tenants"),
    [
        (f'<validate-azure-ad-token tenant-id="{TENANT.upper()}"/>', {"1.0", "2.0"}, True, {TENANT}),
        (f'<validate-azure-ad-token tenant-id="https://l.example/{TENANT}/v2.0"/>', {"1.0", "2.0"}, True, {TENANT}),
        ('<validate-azure-ad-token tenant-id="{{tenant}}"/>', {"1.0", "2.0"}, True, None),
        ("<validate-jwt/>", None, False, None),
        (
            f"<validate-jwt><issuers><issuer>https://sts.windows.net/{TENANT}/</issuer></issuers></validate-jwt>",
            {"1.0"},
            True,
            {TENANT},
        ),
        ("<validate-jwt><issuers><issuer>https://idp.example</issuer></issuers></validate-jwt>", None, False, None),
    ],
)
def test_whose_tokens_are_accepted(text, versions, is_entra, tenants):
    policy = _read(text)
    assert (policy.versions, policy.is_entra, policy.tenants) == (versions, is_entra, tenants)


def test_nested_token_policies_are_found_in_their_order():
    document = read_policy(
        '<policies><inbound><choose><when condition="@(x)"><validate-jwt header-name="A"/></when></choose>'
        '<validate-azure-ad-token tenant-id="t"/></inbound><outbound><validate-jwt header-name="B"/></outbound>'
        "</policies>"
    )
    assert [policy.kind for policy in inbound_token_policies(document)] == [JWT, ENTRA]


def test_nothing_of_a_policy_stands_in_its_repr():
    text = '<validate-jwt token-value="secret-token"><issuer-signing-keys><key>c2VjcmV0</key></issuer-signing-keys>'
    shown = repr(_read(f"{text}</validate-jwt>"))
    assert "secret" not in shown and "c2Vj" not in shown
