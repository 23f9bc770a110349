"""Numbers of Entra: every one of the catalogue has a row, and one that means several things is decided by the rest."""

import pytest

from console.core.diagnosis import explain, explain_code, read_evidence
from tests.core.diagnosis.evidence import ASSERTED, CLIENT, ENDPOINT, NOW, TENANT, assertion, of_token_request

# Of reference/entra.md, section 1: the numbers of its tables.
LISTED = """
16000 20001 20012 20033 28002 28003 40008 40009 40010 40015 50000 50001 50002 50008 50010 50011 50012 50013 50014
50017 50020 50027 50032 50033 50034 50048 50049 50050 50053 50055 50056 50057 50058 50059 50064 50072 50074 50076
50078 50079 50085 50086 50087 50088 50089 50097 50100 50101 50102 50103 50105 50107 50124 50125 50126 50128 50131
50132 50133 50134 50135 50137 50140 50142 50144 50146 50147 50148 50149 50155 50158 50161 50162 50171 50173 50187
50194 50196 50199 51004 53000 53001 53002 53003 53004 53010 53011 54005 65001 65002 65004 65005 70000 70001 70002
70003 70004 70005 70007 70008 70011 70012 70016 70018 70019 70020 70021 70043 80001 80002 80003 80004 80005 80006
80007 80008 80009 80010 80011 80012 80013 80014 81004 81005 81006 81007 81008 81009 81010 81011 81012 90002 90004
90006 90008 90009 90012 90013 90014 90015 90019 90023 90024 90033 90036 90038 90043 90051 90055 90056 90072 90090
90091 90092 90094 90095 90099 90100 90112 90117 90119 90120 90121 90124 90130 240001 240002 500011 500014 500021
500022 500113 500131 500133 500207 500208 500212 500213 500571 501051 501461 501481 501491 501631 530003 530004
530032 530034 530035 650052 650054 650056 650057 700003 700005 700011 700016 700020 700021 700022 700023 700024
700025 700027 700030 700038 700054 700082 700084 700211 700212 700213 700222 700223 700226 700229 700238 900023
900144 900382 900384 900432 900439 900561 900971 901002 1000031 1002012 7000110 7000112 7000114 7000215 7000216
7000218 7000222 7000229 7002121 7002137 7002138 9001023 9002313 9002325 9002326 9002327 9002332 9002341
"""

WRONG_SECRET = "Invalid client secret provided."
NO_PROOF = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."
NAMED = f"Application with identifier '{CLIENT}' was not found in the directory 'Tailwind'."
TIMES = (
    "Client assertion is not within its valid time range. Current time: 2026-01-01T00:00:00.0000000Z, assertion valid "
    "from {start}, expiry time of assertion {end}."
)


def of(code, text="", **more):
    return of_token_request(code, text, **more)


DECIDED = {
    "a secret that is no secret of the app": (
        of(7000215, WRONG_SECRET), "client-secret-invalid", "likely"),
    "its shape is known, and right": (
        of(7000215, WRONG_SECRET, profile={"secret_shape": "40 characters"}),
        "client-secret-invalid",
        "certain",
    ),
    "its shape is that of an id": (
        of(7000215, WRONG_SECRET, profile={"client_secret_shape": "x8-4-4-4-12"}),
        "client-secret-id-used",
        "certain",
    ),
    "a blank stands around it": (
        of(7000215, WRONG_SECRET, profile={"client_secret_shape": "a trailing line break"}),
        "invisible-character-in-value",
        "certain",
    ),
    "an id that this tenant does not know": (of(700016, NAMED), "client-in-other-tenant", "likely"),
    "an id that nobody replaced": (
        of(700016, NAMED, params={"client_id": "<your-client-id>"}),
        "client-id-wrong",
        "certain",
    ),
    "the same at common, where no tenant is asked": (
        of(700016, NAMED, endpoint=ENDPOINT.replace(TENANT, "common"), params={"grant_type": "authorization_code"}),
        "client-id-wrong",
        "likely",
    ),
    "no credential in the client's own name": (
        of(7000218, NO_PROOF,
           params={"client_secret": None}),
        "client-credential-missing",
        "certain",
    ),
    "no credential in the device flow": (
        of(7000218, NO_PROOF,
           params={"client_secret": None, "grant_type": "urn:ietf:params:oauth:grant-type:device_code"}),
        "client-type-mismatch",
        "certain",
    ),
    "no credential, and nobody knows the grant": (
        {"now": NOW, "token_error": {"error": "invalid_client", "error_description":
            f"AADSTS7000218: {NO_PROOF}"}},
        "client-credential-missing",
        "likely",
    ),
    "an assertion from yesterday": (
        of(700024, TIMES.format(start="2025-12-30T23:00:00Z", end="2025-12-30T23:10:00Z"), params=ASSERTED,
           assertion=assertion(iat=NOW - 90_000, nbf=NOW - 90_000, exp=NOW - 86_400)),
        "assertion-lifetime-invalid",
        "certain",
    ),
    "an assertion from the future": (
        of(700024, TIMES.format(start="2026-01-01T00:07:00Z", end="2026-01-01T00:17:00Z"), params=ASSERTED),
        "clock-skew",
        "certain",
    ),
    "an assertion of which nothing is known": (
        of(700024, "", params=ASSERTED), "assertion-lifetime-invalid", "likely"),
    "a certificate that is not registered": (
        of(700027, "[Reason - The key was not found.]", params=ASSERTED),
        "certificate-not-registered",
        "certain",
    ),
    "a signature that does not fit the certificate": (
        of(700027, "Client assertion contains an invalid signature.", params=ASSERTED),
        "certificate-not-registered",
        "likely",
    ),
    "an assertion with all that may be wrong listed": (
        of(50027, "JWT token is invalid or malformed: thumbprint, issuer or audience.", params=ASSERTED,
           assertion=assertion(aud="https://login.microsoftonline.com/9c2918a0-f4ca-4e45-9980-5aab71e754d3/v2.0")),
        "assertion-audience-wrong",
        "certain",
    ),
    "a tenant that is no id": (
        of(90002, "Tenant 'tailwnd.example' not found.", endpoint=ENDPOINT.replace(TENANT, "tailwnd.example")),
        "tenant-not-found",
        "certain",
    ),
    "a tenant's id that may be one of another cloud": (
        of(90002, f"Tenant '{TENANT}' not found."), "tenant-not-found", "likely"),
    "a parameter that was sent": (
        of(900144, "The request body must contain the following parameter: 'scope'."),
        "request-body-encoding",
        "certain",
    ),
    "a parameter that was not": (
        of(900144, "The request body must contain the following parameter: 'scope'.", params={"scope": None}),
        "request-parameter-missing",
        "certain",
    ),
    "some parameter, and the text names the redirect": (
        of(90023, "The value of redirect_uri is not valid."),
        "redirect-uri-mismatch",
        "likely",
    ),
    "some parameter, and the text names a public client": (
        of(90023, "Public clients can't send a client secret."),
        "client-type-mismatch",
        "likely",
    ),
    "some parameter, and nothing names one": (of(90023, "Invalid request."), "request-parameter-missing", "possible"),
    "a request that is malformed in some way": (of(9002313, "Invalid request."), "request-body-encoding", "possible"),
    "the same sent as JSON": (
        {**of(9002313, "Invalid request."), "token_request": {**of(9002313)["token_request"], "is_json": True}},
        "request-body-encoding",
        "certain",
    ),
    "a redirect that is not registered": (
        of(50011, "The redirect URI 'https://a.example/cb' specified in the request does not match."),
        "redirect-uri-mismatch",
        "certain",
    ),
    "a scope that the API does not have": (
        of(650053, "The application asked for scope 'Orders.Wirte' that doesn't exist on the resource."),
        "scope-not-granted",
        "likely",
    ),
    "a user's token that was refused for some reason": (
        of(50013, "Assertion failed signature validation.", params={"assertion": "***"}),
        "obo-assertion-wrong-audience",
        "likely",
    ),
    "an application that is switched off": (
        of(70001, "Application is disabled."),
        "application-disabled",
        "certain",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DECIDED)
def test_a_number_that_means_several_things_is_decided_by_text_and_facts_or_left_open(name):
    evidence, cause, confidence = DECIDED[name]
    primary = explain(read_evidence(evidence)).primary
    assert (primary.cause, primary.confidence) == (cause, confidence)


def test_every_number_of_the_reference_has_a_row():
    assert [code for code in map(int, LISTED.split()) if explain_code(code) is None] == []
