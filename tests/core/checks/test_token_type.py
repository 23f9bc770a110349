"""The token_type check."""

import pytest

from console.core.checks.token_type import CHECK
from console.core.tokens.token import TokenKind
from tests.core.checks.contexts import API, CLIENT, WRONG_TYPES, context

GRAPH = "00000003-0000-0000-c000-000000000000"


@pytest.mark.parametrize("aud", [GRAPH, "https://graph.microsoft.com", "https://graph.microsoft.com/", GRAPH.upper()])
def test_a_graph_token_sent_to_an_api_is_said_plainly(aud):
    finding = CHECK.run(context({"aud": aud, "scp": "User.Read"}, audiences=(f"api://{API}",)))
    assert (finding.status, finding.what) == ("fail", "This is a token for Microsoft Graph.")
    assert finding.why == f"aud is {aud}; this API accepts api://{API}."
    assert (
        finding.do == f"Ask for a token for api://{API}, in the way that its provider documents, and get a new token."
    )


def test_a_graph_token_is_right_for_graph_and_only_remarkable_for_nobody_in_particular():
    assert CHECK.run(context({"aud": GRAPH}, audiences=(GRAPH,))).status == "pass"
    assert CHECK.run(context({"aud": GRAPH})).status == "notice"


@pytest.mark.parametrize(
    "claims",
    [{"nonce": "n"}, {"at_hash": "h"}, {"c_hash": "h"}, {"typ": "ID", "scope": "openid"}, {"token_use": "id"}],
)
def test_an_id_token_is_said_plainly(claims):
    finding = CHECK.run(context({"aud": CLIENT, **claims}, audiences=(API,)))
    assert (finding.status, finding.what) == ("fail", "This is an ID token.")
    assert finding.do == "Send the access token of the same answer."


def test_an_id_token_whose_audience_the_api_accepts_is_a_warning():
    assert CHECK.run(context({"aud": API, "nonce": "n"}, audiences=(API,))).status == "warning"


@pytest.mark.parametrize("claims", [{"nonce": "n", "scp": "read"}, {"nonce": "n", "roles": ["x"]}, {}])
def test_an_access_token_with_permissions_passes(claims):
    assert CHECK.run(context({"aud": API, **claims}, audiences=(API,))).status == "pass"


@pytest.mark.parametrize("kind", ["Refresh", "Offline"])
def test_a_refresh_token_is_said_plainly(kind):
    assert CHECK.run(context({"typ": kind})).what == "This is a refresh token."


@pytest.mark.parametrize(
    ("kind", "what"), [(TokenKind.OPAQUE, "The token is opaque."), (TokenKind.JWE, "The token is encrypted.")]
)
def test_a_token_that_cannot_be_read_is_a_notice(kind, what):
    finding = CHECK.run(context(None, kind=kind))
    assert (finding.status, finding.what) == ("notice", what)


@pytest.mark.parametrize("value", WRONG_TYPES)
def test_claims_of_wrong_types_are_no_trouble(value):
    assert CHECK.run(context({"aud": value, "typ": value, "token_use": value})).status == "pass"


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None)).status == "unknown"
