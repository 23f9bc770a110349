"""A described call as the gateway receives it, and where the metadata of its policy is published."""

import pytest

from console.core.policy.keep.described_call import VALID_KEY, DescribedCall, KeyUse, TokenPlace, as_sent, rule_of
from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.policy.token.addresses import metadata_addresses

BARE = PolicyDocument()
IN_HEADER = read_policy('<validate-jwt header-name="X-Token" />')
IN_QUERY = read_policy('<validate-jwt query-parameter-name="t k" />')
IN_USUAL = read_policy('<choose><when condition="@(true)"><validate-jwt header-name="Authorization" /></when></choose>')
ENTRA = "https://login.microsoftonline.com"
SUFFIX = "/.well-known/openid-configuration"


@pytest.mark.parametrize(
    ("token", "document", "place", "headers", "url"),
    [
        ("", BARE, TokenPlace.POLICY, (), "https://a.example/x"),
        ("  t  ", BARE, TokenPlace.POLICY, (("Authorization", "Bearer t"),), "https://a.example/x"),
        ("Bearer t", BARE, TokenPlace.POLICY, (("Authorization", "Bearer t"),), "https://a.example/x"),
        ("bearer t", BARE, TokenPlace.BEARER, (("Authorization", "bearer t"),), "https://a.example/x"),
        ("Bearer Bearer t", BARE, TokenPlace.BEARER, (("Authorization", "Bearer Bearer t"),), "https://a.example/x"),
        ("Authorization: Bearer t", IN_HEADER, TokenPlace.POLICY, (("Authorization", "Bearer t"),), "https://a.example/x"),
        ("t", BARE, TokenPlace.BARE, (("Authorization", "t"),), "https://a.example/x"),
        ("t", BARE, TokenPlace.NOWHERE, (), "https://a.example/x"),
        ("t", IN_HEADER, TokenPlace.POLICY, (("X-Token", "t"),), "https://a.example/x"),
        ("t", IN_HEADER, TokenPlace.BEARER, (("Authorization", "Bearer t"),), "https://a.example/x"),
        ("a.b+", IN_QUERY, TokenPlace.POLICY, (), "https://a.example/x?t%20k=a.b%2B"),
        ("t", IN_USUAL, TokenPlace.POLICY, (("Authorization", "Bearer t"),), "https://a.example/x"),
    ],
)  # fmt: skip
def test_the_token_stands_where_it_is_meant_to(token, document, place, headers, url):
    sent = as_sent(DescribedCall(url="https://a.example/x", token_place=place), token, document)
    assert (sent.headers, sent.url) == (headers, url)


def test_a_second_query_parameter_is_joined():
    sent = as_sent(DescribedCall(url="https://a.example/x?a=1"), "t", IN_QUERY)
    assert sent.url == "https://a.example/x?a=1&t%20k=t"


@pytest.mark.parametrize(
    ("key", "sent", "asks"),
    [
        (KeyUse.NONE, (), False),
        (KeyUse.MISSING, (), True),
        (KeyUse.VALID, (VALID_KEY,), True),
        (KeyUse.WRONG, (f"not-{VALID_KEY}",), True),
    ],
)
def test_a_subscription_key_is_asked_for_and_sent_as_described(key, sent, asks):
    call = DescribedCall(url="https://a.example/x", key=key, key_header="X-Key")
    rule = rule_of(call)
    assert as_sent(call, "", BARE).header_values("X-Key") == sent
    assert (rule is not None) is asks
    if rule is not None:
        assert (rule.header_name, rule.realm) == ("X-Key", "https://a.example")


def entra(tenant, host=ENTRA):
    return [f"{host}/{tenant}/v2.0{SUFFIX}", f"{host}/{tenant}{SUFFIX}"]


def jwt(*urls):
    return f"<validate-jwt>{''.join(f'<openid-config url={chr(34)}{url}{chr(34)} />' for url in urls)}</validate-jwt>"


def azure(tenant, attributes=""):
    return f'<validate-azure-ad-token tenant-id="{tenant}" {attributes} />'


@pytest.mark.parametrize(
    ("policy", "tenant", "addresses"),
    [
        (jwt("https://a", "https://b", "https://a"), "", ["https://a", "https://b"]),
        (jwt("{{a}}", "@(x)", ""), "", []),
        (jwt(), "", []),
        (azure("t"), "other", entra("t")),
        (azure("common"), "own", entra("own")),
        (azure("common"), "", entra("common")),
        (azure("{{t}}"), "own", []),
        (azure("https://[x"), "own", []),
        (azure("https://\u2100/common"), "own", []),
        (azure("t", 'authentication-endpoint="https://login.cn/"'), "", entra("t", "https://login.cn")),
        (f"<choose><otherwise>{jwt('https://a')}</otherwise></choose>", "", ["https://a"]),
    ],
)
def test_a_policy_names_its_metadata(policy, tenant, addresses):
    document = read_policy(f"<policies><inbound>{policy}</inbound></policies>")
    assert list(metadata_addresses(document, tenant=tenant)) == addresses
