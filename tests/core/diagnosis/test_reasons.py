"""Facts set beside each other: each rule with what it tells, and with a near miss that it must not tell."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.reasons import REASONS
from tests.core.diagnosis.evidence import (
    API,
    CLIENT,
    ENDPOINT,
    NOW,
    OTHER_TENANT,
    TENANT,
    V2,
    claims,
    of_call,
    of_maskinporten,
    of_token_request,
)


def seen(*sentences, **facts):
    return {"observations": list(sentences), **facts}


def call(status=401, body="", **more):
    """A refused call of which no token is known."""
    return of_call(status, body, token=False, expectations=more.pop("expectations", None), **more)


def sent(**headers):
    return {"method": "GET", "url": "https://api.parcel.example/v2/items", "headers": {"Accept": "*/*", **headers}}


OTHER_HOME = of_token_request(
    700016,
    f"Application with identifier '{CLIENT}' was not found in the directory 'Woodgrove'.",
    error="unauthorized_client",
    status=400,
    profile={"registered_tenant": OTHER_TENANT},
)
TEST_ISSUER = "https://test.sso.parcel.example/realms/main"
# What the evidence is, the cause that ranks first, and how sure it is; None for none.
CASES = {
    "a switch for the sandbox, and the client secret is refused": (
        of_token_request(endpoint="https://id.parcel.example/oauth2/token", profile={"use_sandbox": True}),
        ("client-in-other-environment", "likely"),
    ),
    "the same switch off": (
        of_token_request(endpoint="https://id.parcel.example/oauth2/token", profile={"use_sandbox": False}),
        ("client-secret-invalid", "likely"),
    ),
    "a production client at the test server": (
        of_token_request(
            endpoint="https://id.uat.parcel.example/oauth2/token", profile={"client_registered_in": "production"}
        ),
        ("client-in-other-environment", "likely"),
    ),
    "a test client at the test server": (
        of_token_request(
            endpoint="https://id.uat.parcel.example/oauth2/token", profile={"client_registered_in": "uat"}
        ),
        ("client-secret-invalid", "likely"),
    ),
    "a token of the test issuer at the production API": (
        of_call(
            token=claims(iss=TEST_ISSUER, tid=None, ver=None),
            expectations={"audiences": [API], "issuers": ["https://sso.parcel.example/realms/main"]},
        ),
        ("client-in-other-environment", "likely"),
    ),
    "a token of another company's test issuer": (
        of_call(
            token=claims(iss=TEST_ISSUER, tid=None, ver=None),
            expectations={"audiences": [API], "issuers": ["https://sso.letter.example/realms/main"]},
        ),
        ("issuer-spelling-mismatch", "likely"),
    ),
    "the client's home is another tenant": (OTHER_HOME, ("client-in-other-tenant", "certain")),
    "nobody says where its home is": (
        {**OTHER_HOME, "profile": {}},
        ("client-in-other-tenant", "likely"),
    ),
    "the token was asked from a tenant that the API does not accept": (
        call(
            expectations={"issuers": [V2]},
            token_request={"endpoint": ENDPOINT.replace(TENANT, OTHER_TENANT), "params": {}},
        ),
        ("issuer-wrong-tenant", "likely"),
    ),
    "the token was asked from the tenant that it accepts": (
        call(expectations={"issuers": [V2]}, token_request={"endpoint": ENDPOINT, "params": {}}),
        None,
    ),
    "calls work for an hour": (
        call(profile=seen("the job runs fine for about an hour, then every call fails", "calls work for 60 minutes")),
        ("token-expired", "likely"),
    ),
    "an hour is how long the job takes": (call(profile=seen("the job takes an hour")), None),
    "keys are not found until somebody restarts": (
        call(
            body={"message": "No matching key found for kid 77ab"},
            profile=seen("after a redeploy the calls work again"),
        ),
        ("jwks-cache-stale", "likely"),
    ),
    "keys are not found whatever is restarted": (
        call(body={"message": "No matching key found for kid 77ab"}, profile=seen("a new deployment changed nothing")),
        ("signing-key-retired", "likely"),
    ),
    "only one pod finds tokens expired": (
        call(body={"message": "token is expired"}, profile=seen("only one of our pods says so")),
        ("clock-skew", "likely"),
    ),
    "one node still has the old secret": (
        of_token_request(
            endpoint="https://id.parcel.example/oauth2/token", profile=seen("only the second instance gets this")
        ),
        ("client-secret-invalid", "likely"),
    ),
    "another client gets its answer": (
        call(403, profile=seen("another client with the same scope gets 200")),
        ("client-not-allowed", "possible"),
    ),
    "another client does not either": (call(403, profile=seen("another client is refused too")), None),
    "a laptop gets its answer": (
        call(403, profile=seen("from my laptop the call works")),
        ("ip-not-allowed", "possible"),
    ),
    "a token that decodes elsewhere cannot be read here": (
        call(
            body={"error": {"code": "InvalidAuthenticationToken", "message": "CompactToken parsing failed with error "
                            "code: 80049217"}},
            request=sent(Authorization="Bearer ***"),
            profile=seen("jwt.ms shows all claims and decodes the token"),
        ),
        ("token-malformed", "likely"),
    ),
    "a header with an underscore that the program never sees": (
        call(request=sent(Authorization="Bearer <token>", x_partner_key="***"), body={"message": "no partner"},
             profile=seen("x_partner_key is empty when the handler runs")),
        ("authorization-header-stripped", "likely"),
    ),
    "a header with a hyphen that the program never sees": (
        call(request=sent(Authorization="Bearer <token>", **{"x-partner-key": "***"}), body={"message": "no partner"},
             profile=seen("x-partner-key is empty when the handler runs")),
        None,
    ),
    "a header with an underscore that the program sees": (
        call(request=sent(Authorization="Bearer <token>", x_partner_key="***"), body={"message": "no partner"},
             profile=seen("x_partner_key has the value that was sent")),
        None,
    ),
    "Authorization with a letter missing": (
        call(request=sent(Authorizaton="Bearer <token>")),
        ("token-in-wrong-header", "likely"),
    ),
    "a header that is written nothing like it": (
        call(400, request=sent(Accept_Language="nb")),
        None,
    ),
    "a secret that echo gave a line feed": (
        of_token_request(
            endpoint="https://id.parcel.example/oauth2/token",
            pasted="$ echo 's3cr3t' | base64 > client-secret.b64",
        ),
        ("client-secret-invalid", "likely"),
    ),
    "the app's log after echo gave a secret a line feed": (
        {"pasted": '{"status":401,"path":"/login/oauth2/code/corp"}\n$ echo "$CLIENT_SECRET" | base64\nczNjcjN0Cg=='},
        ("invisible-character-in-value", "likely"),
    ),
    "the same without a line feed": (
        {"pasted": '{"status":401,"path":"/login/oauth2/code/corp"}\n$ echo -n "$CLIENT_SECRET" | base64\nczNjcjN0'},
        None,
    ),
    "a server that sends on to https": (
        call(
            request={**sent(Authorization="Bearer <token>"), "url": "http://api.parcel.example/v2/items"},
            profile=seen("curl shows a 301 to https first"),
        ),
        ("redirect-drops-authorization", "likely"),
    ),
    "a server that sends nobody on": (
        call(request=sent(Authorization="Bearer <token>"), profile=seen("there is no redirect on the way")),
        None,
    ),
    "an answer that leads to a sign-in": (
        call(302, headers={"Location": "https://sso.parcel.example/realms/x/login?state=1"},
             request=sent(Authorization="Bearer <token>")),
        ("other-authentication-layer", "likely"),
    ),
    "an answer that leads to the next page": (
        call(302, headers={"Location": "https://api.parcel.example/v2/items?page=2"},
             request=sent(Authorization="Bearer <token>")),
        None,
    ),
    "only machines that are up for long have old keys": (
        call(body={"message": "No matching key found for kid 77ab"}, profile=seen("only pods started before Monday")),
        ("jwks-cache-stale", "likely"),
    ),
    "quotation marks of a word processor": (
        call(request=sent(Authorization="Bearer \u201ceyJhbGciOiJSUzI1NiJ9.e30.c2ln\u201d")),
        ("bearer-scheme-malformed", "certain"),
    ),
    "a scheme in small letters that the server does not know": (
        call(request=sent(Authorization="bearer <token>"), body={"error": "Header must start with Bearer"}),
        ("bearer-scheme-malformed", "likely"),
    ),
    "a scheme in small letters": (call(request=sent(Authorization="bearer <token>")), None),
    "an App Service that refuses without a word": (
        call(403, request={**sent(Authorization="Bearer <token>"), "url": "https://parcel-api.azurewebsites.net/v1/x"}),
        ("client-not-allowed", "possible"),
    ),
    "another server that refuses without a word": (call(403, request=sent(Authorization="Bearer <token>")), None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_facts_together_tell_a_cause(name):
    evidence, expected = CASES[name]
    primary = explain(read_evidence(evidence)).primary
    assert (primary and (primary.cause, primary.confidence)) == expected


def test_nothing_that_facts_suggest_is_certain_and_every_rule_says_why_it_holds():
    assert all(one.confidence != "certain" and one.because.endswith(".") for one in REASONS)


def test_what_people_observed_about_a_call_that_went_well_is_no_cause():
    evidence = call(200, {"items": []}, profile=seen("calls work for 60 minutes and then fail", f"now is {NOW}"))
    assert explain(read_evidence(evidence)).causes == ()


def test_an_environment_is_no_reason_where_the_server_names_another():
    evidence = of_maskinporten(
        "Invalid assertion. JWT has expired",
        profile={"created_in": "https://sjolvbetjening.samarbeid.digdir.no/production"},
    )
    assert explain(read_evidence(evidence)).primary.cause == "assertion-lifetime-invalid"
