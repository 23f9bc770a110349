"""How sure a cause is: by the deciding party's words, or where the rules refuse for nothing else."""

import pytest

from console.core.diagnosis import explain, read_evidence
from tests.core.diagnosis.evidence import (
    API,
    CLIENT,
    KEY_CHALLENGE,
    NOW,
    OTHER_API,
    OTHER_TENANT,
    V1,
    V2,
    claims,
    of_call,
    of_token_request,
    policy,
)

AUDIENCE = f"<audiences><audience>{OTHER_API}</audience></audiences>"
ADMIN = '<required-claims><claim name="roles"><value>Admin</value></claim></required-claims>'
OTHER_V2 = V2.replace("8b1807f9", "9c2918a0")
GRAPH = "00000003-0000-0000-c000-000000000000"
SOLE_FAULTS = {
    "audience-other-api": of_call(token=claims(aud=OTHER_API)),
    "audience-format-mismatch": of_call(token=claims(aud=f"api://{API}")),
    "token-for-graph": of_call(token=claims(aud=GRAPH)),
    "issuer-version-mismatch": of_call(token=claims(iss=V1, ver="1.0", azp=None, appid=CLIENT)),
    "issuer-wrong-tenant": of_call(token=claims(iss=OTHER_V2, tid=OTHER_TENANT)),
    "token-expired": of_call(token=claims(exp=NOW - 90)),
    "clock-skew": of_call(token=claims(nbf=NOW + 600)),
    "app-permission-not-granted": of_call(token=claims(roles=None, idtyp="app")),
    "role-insufficient": of_call(token=claims(roles=["Orders.List"])),
    "signature-invalid": of_call(signature="invalid"),
    "bearer-scheme-malformed": of_call(request={"method": "GET", "url": "https://x.example", "headers": {
        "Authorization": "Bearer Bearer <token>"}}),
    "client-not-allowed": of_call(expectations={"audiences": [API], "authorized_parties": ["someone-else"]}),
}  # fmt: skip


@pytest.mark.parametrize("slug", SOLE_FAULTS)
def test_a_fault_that_alone_explains_the_refusal_is_certain(slug):
    primary = explain(read_evidence(SOLE_FAULTS[slug])).primary
    assert (primary.cause, primary.confidence) == (slug, "certain")


def sureness(evidence):
    return {one.cause: one.confidence.value for one in explain(read_evidence(evidence)).causes}


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (
            of_call(token=claims(aud=OTHER_API, exp=NOW - 90)),
            {"audience-other-api": "likely", "token-expired": "likely"},
        ),
        (
            of_call(token=claims(aud=OTHER_API), signature="invalid"),
            {"audience-other-api": "likely", "signature-invalid": "likely"},
        ),
        (
            of_call(token=claims(roles=["Orders.List"]), signature="invalid"),
            {"signature-invalid": "likely", "role-insufficient": "likely"},
        ),
        (
            of_call(policy_xml=policy(AUDIENCE), expectations=None, token=claims(exp=NOW - 90)),
            {"audience-other-api": "likely", "token-expired": "likely"},
        ),
    ],
)  # fmt: skip
def test_two_faults_that_each_explain_it_leave_either_likely(evidence, expected):
    assert sureness(evidence) == expected


def test_what_goes_away_with_the_first_fault_does_not_make_it_less_sure():
    found = sureness(of_call(token=claims(aud=OTHER_API, roles=["Other"])))
    assert found == {"audience-other-api": "certain", "role-insufficient": "likely"}


def test_what_only_a_later_policy_asks_for_does_not_make_the_first_less_sure():
    two = policy(f"<audiences><audience>{API}</audience></audiences>{ADMIN}").replace(
        "</inbound>", f'<validate-jwt header-name="Authorization">{AUDIENCE}</validate-jwt></inbound>'
    )
    assert sureness(of_call(policy_xml=two, expectations=None))["role-insufficient"] == "certain"


def test_a_kept_decision_is_mended_by_what_was_known_then():
    kept = {
        "verdict": "reject",
        "reason": "TokenAudienceNotAllowed",
        "steps": [{"policy": "validate-jwt", "path": "inbound/validate-jwt[1]", "verdict": "reject", "demand": {
            "kind": "validate-jwt", "header": "authorization", "audiences": [OTHER_API]},
            "checks": [{"check": "audience", "outcome": "fail", "what": "no"}]}],
    }  # fmt: skip
    assert sureness(of_call(policy=kept, expectations=None)) == {"audience-other-api": "certain"}
    step = kept["steps"][0]
    step["checks"].append({"check": "expiry", "outcome": "fail", "what": "old"})
    assert sureness(of_call(policy=kept, expectations=None))["audience-other-api"] == "likely"


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ("IDX10223: Lifetime validation failed. The token is expired. ValidTo: '06/01/2026'", "token-expired"),
        ("IDX10214: Audience validation failed. Audiences: 'a'. Did not match: validationParameters.ValidAudience: 'b'",
         "audience-other-api"),
    ],
)  # fmt: skip
def test_words_that_a_rule_finds_in_order_are_no_more_than_likely(told, cause):
    by_words = sureness(of_call(body={"detail": told}, token=False, expectations=None))
    with_facts = sureness(of_call(body={"detail": told}))
    assert by_words[cause] == "certain" or by_words[cause] == "likely"
    assert with_facts.get(cause) != "certain"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 431, 500, 502, 503, 504])
def test_a_status_alone_is_never_certain(status):
    for body in ("", {"error": "no"}, "<html><h1>no</h1></html>"):
        of_api = of_call(status, body, token=False, expectations=None)
        of_provider = {**of_token_request(error="", status=status), "token_error": {}}
        assert "certain" not in {**sureness(of_api), **sureness(of_provider)}.values()


ERRORS = (
    "invalid_client invalid_grant unauthorized_client invalid_scope invalid_request access_denied server_error "
    "temporarily_unavailable unsupported_grant_type"
)


@pytest.mark.parametrize("error", ERRORS.split())
def test_an_oauth_error_alone_is_never_certain(error):
    assert "certain" not in sureness(of_token_request(error=error, endpoint="https://id.parcel.example/token")).values()


def test_what_people_observed_is_never_certain():
    seen = ["the clock of the gateway is 4 minutes behind", "the load balancer strips the header", "WAF rule 949110"]
    assert "certain" not in sureness(of_call(profile={"observations": seen})).values()


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_success_has_no_cause_whatever_is_wrong_with_the_token(status):
    odd = claims(aud=OTHER_API, exp=NOW - 5, roles=["Other"])
    for evidence in (
        of_call(status, {"ok": True}, token=odd, signature="invalid"),
        of_call(status, {"ok": True}, token=odd, headers=KEY_CHALLENGE),
        of_call(status, "jwt expired, invalid audience", token=False),
    ):
        assert explain(read_evidence(evidence)).causes == ()


def test_an_answer_that_broke_off_is_no_success():
    evidence = of_call(200, "", token=False)
    evidence["response"] |= {"failure": "bad_http", "detail": "It cannot be unpacked."}
    assert explain(read_evidence(evidence)).primary.cause == "api-error"


def test_a_fresh_token_that_is_called_expired_met_a_wrong_clock():
    called_old = of_call(body={"message": "jwt expired"}, token=claims(iat=NOW - 20, nbf=NOW - 20, exp=NOW + 3000))
    assert sureness(called_old) == {"clock-skew": "likely", "token-expired": "possible"}
    old = of_call(body={"message": "jwt expired"}, token=claims(exp=NOW - 20))
    assert sureness(old)["token-expired"] == "certain"


def test_a_scheme_that_was_used_is_not_the_one_that_was_refused():
    challenge = {"WWW-Authenticate": 'DPoP algs="ES256", error="invalid_token"'}
    sent = {"method": "GET", "url": "https://api.parcel.example/x"}
    for scheme, expected in (("Bearer", ["dpop-proof-refused"]), ("DPoP", [])):
        request = sent | {"headers": {"Authorization": f"{scheme} <token>"}}
        evidence = of_call(401, "", headers=challenge, request=request, token=False, expectations=None)
        assert [one.cause for one in explain(read_evidence(evidence)).causes] == expected
