"""A claim needs one clause that makes it: words on both sides of a colon, or together by chance, make none."""

import itertools

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.messages.families import FAMILIES
from console.core.diagnosis.messages.template import read_template


def _causes(text):
    return [one.cause for one in explain(read_evidence(text)).causes]


HEADINGS = ["failed to construct the quay client", "building the yard application", "opening an account of the yard"]
RESTS = ["no lamp found for the name boats", "a rope does not exist in the shed", "the flag was not found there"]


@pytest.mark.parametrize(("heading", "rest"), list(itertools.product(HEADINGS, RESTS)))
def test_what_is_not_found_is_not_the_client_that_was_being_made(heading, rest):
    assert _causes(f"{heading}: {rest}") == []


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("client boats: not found", "client-id-wrong"),
        ("failed to open the yard: the client boats was not found", "client-id-wrong"),
        ("opening the yard for anna: checking the flag of boats: the token is expired", "token-expired"),
        ("400 Bad Request: The SSL certificate error", "client-certificate-not-accepted"),
        ("could not open the yard (ExpiredSignature)", "token-expired"),
        ("Error while decoding JWT token (InvalidSignature)", "signature-invalid"),
        (
            '{"errors":["checking the signature of the token: quay/jose: compact JWS format must have three parts"]}',
            "token-malformed",
        ),
        (
            "Possible CSRF detected - state parameter was required but no state could be found",
            "authorization-response-invalid",
        ),
        ("The authorization failed for the caller anna at the relying party boats.", "user-not-assigned"),
        ("The issuer identifier is not a valid URL: no protocol", "metadata-url-invalid"),
        ("Unable to connect to the server: dial tcp: no such host", "connection-blocked"),
        ("Unable to connect to the server: the access token has expired", "token-expired"),
        ("Could not get the access token from the request header", "authorization-header-missing"),
        ("Quay: not authorized to perform sts:AssumeRoleWithWebIdentity", "federated-credential-mismatch"),
        ("Exception of type 'Quay.ClaimsChallengeRequiredException' was thrown.", "claims-challenge"),
        ("id token not issued by the correct provider, wanted quay", "issuer-wrong-tenant"),
        (
            "ERROR in getQuay() call for boats: Managed Identity authentication is not available",
            "managed-identity-not-assigned",
        ),
        ("<center>The SSL certificate error</center>", "client-certificate-not-accepted"),
        (
            "Failed to sign in: [error: unauthorized_client, description: Invalid client secret], null",
            "client-secret-invalid",
        ),
    ],
)
def test_the_clause_that_says_it_tells_it(text, cause):
    assert _causes(text)[:1] == [cause]


@pytest.mark.parametrize(
    "text",
    [
        "Error from the quay server: Error: the lamp is out",
        "AssertionError [ERR_ASSERTION]: the lamp has expired",
        "Unknown service error at the quay",
        'rope error: exec command "lamp" "--oidc-issuer-url=boats" "--oidc-client-id=boats" failed with exit code 2',
        'cannot ask for a lamp: Get "?audience=boats": unsupported protocol scheme ""',
        "[invalid_user_info_response] An error occurred while attempting to retrieve the UserInfo Resource: 401 null",
        "JWT token is invalid.",
        "QuayException: Failed to resolve access token.",
        "Could not get the access token of boats",
        "Unable to connect to the server: refreshing the lamp: it answered 400",
        "valid token, but no corresponding publisher (a publisher of that name was not found)",
        "The lamp: expected [401] but found [500]",
        '{"error":"invalid_token","error_description":"Invalid access token"}',
        "INFO Auth error returned: invalid_token (status=401)",
        "Access token missing or malformed.",
        "The token is invalid or expired.",
        "Verifying token: unable to read session cookie: named cookie not present",
        "The lamp said: Unexpected end of JSON input",
        "An unhandled exception of type 'Quay.UnauthorizedException' occurred in Quay.dll",
    ],
)
def test_words_that_stand_together_by_chance_claim_nothing(text):
    assert _causes(text) == []


def test_two_words_for_the_same_leave_nothing_open():
    assert _causes("The bearer token was null or empty at the quay")[:1] == ["authorization-header-missing"]


# Hosts that everybody has; what else an example names is another one in every text.
COMMON = ("login.microsoftonline.com", "sts.windows.net", "accounts.google.com", "api:")


def test_no_message_is_looked_for_with_the_address_of_its_example():
    left = []
    for family in FAMILIES:
        for message in family.messages:
            template = read_template(message.template)
            pieces = (template.main, *template.others, *template.lines) if template else ()
            literals = [literal for piece in pieces for literal in piece.literals if "://" in literal]
            left += [literal for literal in literals if not any(host in literal for host in COMMON)]
    assert left == []


@pytest.mark.parametrize("claim", ["Send", "Listen"])
@pytest.mark.parametrize("resource", ["sb://quay.servicebus.windows.net/boats", "amqps://other.example:5671/x/y"])
def test_the_resource_of_a_message_is_any(claim, resource):
    text = f"Unauthorized access. '{claim}' claim(s) are required to perform this operation. Resource: '{resource}'."
    assert _causes(text)[:1] == ["resource-role-missing"]
