"""Evidence of an attempt holds facts, and no secret that the exchange or the API's policy held."""

from console.core.api import Api
from console.core.attempts import attempt
from console.core.attempts.attempt import TokenFacts
from console.core.credential import CredentialSummary
from console.core.exchange import Exchange, Failure, FailureKind, Request, Response
from console.core.profile import Profile
from console.core.tokens.parse import parse
from console.core.tokens.signature import SignatureResult, SignatureState

NOW = 1_800_000_000
TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhcGk6Ly9hIn0."
POLICY = (
    '<validate-jwt><issuer-signing-keys><key id="k">c2VjcmV0</key><Key>bW9yZQ==</Key></issuer-signing-keys>'
    "<audiences><audience>api://a</audience></audiences></validate-jwt>"
)
PROFILE = Profile(
    id="p", owner_id=1, name="P", environment="", provider="entra", settings={"cloud": "global", "tenant": "t"},
    client_id="c", grant="client_credentials", scope="api://a/.default", api_id="a",
    has_subscription_key=False,
    credential=CredentialSummary(), version=1,
)  # fmt: skip


def evidence(response=None, failure=None, used=None, policy=""):
    exchange = Exchange(Request("GET", "https://a/x"), response, failure, NOW, 5)
    api = Api(id="a", owner_id=1, name="A", base_url="https://a", policy=policy)
    return attempt.of_call(PROFILE, api, exchange=exchange, used=used, facts={}, now=NOW)


def test_inline_keys_of_a_policy_are_masked_and_the_rest_stays():
    kept = evidence(Response(200), policy=POLICY).policy_xml
    assert "c2VjcmV0" not in kept and "bW9yZQ==" not in kept
    assert '<key id="k">***</key>' in kept
    assert "<audience>api://a</audience>" in kept


def test_a_json_body_is_kept_as_json_and_a_large_one_as_cut_text():
    assert evidence(Response(200, body=b'{"a": 1}')).response.body == {"a": 1}
    long = evidence(Response(200, body=b'"' + b"x" * 50_000 + b'"')).response.body
    assert len(long) == attempt.MAX_BODY


def test_a_body_that_is_nested_too_deep_is_kept_as_text_which_any_reader_comes_through():
    deep = b'{"a":' * 900 + b"1" + b"}" * 900
    assert evidence(Response(200, body=deep)).response.body == deep.decode()
    assert evidence(Response(200, body=b"[" * 60 + b"]" * 60)).response.body != "[" * 60 + "]" * 60


def test_a_failure_is_kept_with_its_kind_and_rule():
    kept = evidence(failure=Failure(FailureKind.TLS, "No.", rule="expired")).response
    assert (kept.status, kept.failure, kept.rule, kept.detail) == (None, "tls", "expired", "No.")


def test_what_the_verifier_found_out_is_kept_as_facts():
    found = SignatureResult(
        SignatureState.UNVERIFIABLE, "unknown-kid", "No key.", source="https://k", is_kid_known=False
    )
    kept = evidence(Response(401), used=TokenFacts(parse(TOKEN), found))
    assert kept.signature == "unverifiable"
    assert kept.profile["signing_key"] == {"kid_known": False, "source": "https://k", "reason": "unknown-kid"}
    assert kept.token_claims == {"aud": "api://a"}


def test_a_repeated_header_of_the_answer_is_kept_as_often_as_it_came():
    challenges = (("WWW-Authenticate", "AzureApiManagementKey name=k"), ("WWW-Authenticate", "Bearer"))
    assert evidence(Response(401, headers=challenges)).response.headers == challenges
