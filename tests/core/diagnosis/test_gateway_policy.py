"""Causes of the stage gateway-policy: what gives each one away, what only looks like it, and what is said to people."""

from tests.core.diagnosis.evidence import (
    AUDIENCES,
    CLIENT,
    ENDPOINT,
    EXPECTED,
    KEY_CHALLENGE,
    NOW,
    OTHER_API,
    REFUSED,
    REQUEST,
    TENANT,
    claims,
    of_call,
    of_failure,
    policy,
)
from tests.core.diagnosis.stage import stage_test

MATCHES = [
    (
        "token-in-wrong-header",
        of_call(
            token=False, expectations=None, request={**REQUEST, "headers": {"X-Token": "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"}}
        ),
    ),
    (
        "token-in-wrong-header",
        of_call(
            token=False,
            expectations=None,
            request={**REQUEST, "url": "https://contoso.azure-api.net/x?access_token=***", "headers": {}},
        ),
    ),
    (
        "bearer-scheme-malformed",
        of_call(token=False, expectations=None, request={**REQUEST, "headers": {"Authorization": "<token>"}}),
    ),
    (
        "bearer-scheme-malformed",
        of_call(token=False, expectations=None, request={**REQUEST, "headers": {"Authorization": "Bearer: <token>"}}),
    ),
    (
        "bearer-scheme-malformed",
        of_call(token=False, expectations=None, request={**REQUEST, "headers": {"Authorization": "Bearer<token>"}}),
    ),
    (
        "bearer-scheme-malformed",
        of_call(token=False, expectations=None, request={**REQUEST, "headers": {"Authorization": 'Bearer "<token>"'}}),
    ),
    (
        "bearer-scheme-malformed",
        of_call(
            token=False,
            expectations=None,
            request={**REQUEST, "headers": {"Authorization": "Token abc"}},
            headers={"WWW-Authenticate": "Bearer"},
            body="",
        ),
    ),
    (
        "authorization-header-missing",
        of_call(token=False, expectations=None, request={**REQUEST, "headers": {"Accept": "*/*"}}),
    ),
    (
        "authorization-header-missing",
        of_call(
            body={"statusCode": 401, "message": "JWT not present."},
            token=False,
            expectations=None,
            request={**REQUEST, "headers": {}},
        ),
    ),
    (
        "authorization-header-missing",
        {
            "pasted": (
                'HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{ "statusCode": 401, '
                '"message": "Azure AD JWT not present" }'
            )
        },
    ),
    (
        "authorization-header-missing",
        {
            "pasted": (
                "curl -v https://contoso.azure-api.net/orders -H 'Accept: application/json'\n< "
                "HTTP/1.1 401 Unauthorized\n< WWW-Authenticate: Bearer\n<\n"
            )
        },
    ),
    (
        "policy-order-overwrites-token",
        of_call(
            policy_xml=policy(AUDIENCES, '<authentication-managed-identity resource="https://x" />'),
            expectations=None,
            token=claims(),
        ),
    ),
    (
        "claim-name-mismatch",
        of_call(
            policy_xml=policy(
                AUDIENCES + f'<required-claims><claim name="appid"><value>{CLIENT}</value></claim></required-claims>'
            ),
            expectations=None,
        ),
    ),
    (
        "claim-name-mismatch",
        of_call(
            policy_xml=policy(
                AUDIENCES
                + ('<required-claims><claim name="scope" match="any"><value>read</value></claim></required-claims>')
            ),
            expectations=None,
            token=claims(scp="read write", roles=None),
        ),
    ),
    (
        "claim-not-split",
        of_call(
            policy_xml=policy(
                AUDIENCES
                + ('<required-claims><claim name="scp" match="any"><value>read</value></claim></required-claims>')
            ),
            expectations=None,
            token=claims(scp="read write", roles=None),
        ),
    ),
    (
        "claim-not-split",
        of_call(
            policy_xml=policy(
                AUDIENCES
                + ('<required-claims><claim name="roles" match="any"><value>A,B</value></claim></required-claims>')
            ),
            expectations=None,
            token=claims(roles=["A"]),
        ),
    ),
    (
        "client-not-allowed",
        of_call(
            policy_xml=policy(
                AUDIENCES + f'<required-claims><claim name="azp"><value>{OTHER_API}</value></claim></required-claims>'
            ),
            expectations=None,
        ),
    ),
    ("client-not-allowed", of_call(expectations={**EXPECTED, "authorized_parties": [OTHER_API]})),
    (
        "client-not-allowed",
        of_call(
            policy_xml=f'<validate-azure-ad-token tenant-id="{TENANT}">'
            "<client-application-ids></client-application-ids></validate-azure-ad-token>",
            expectations=None,
        ),
    ),
    (
        "client-certificate-not-accepted",
        of_call(403, {"statusCode": 403, "message": "Invalid client certificate"}, expectations=None, token=False),
    ),
    (
        "client-certificate-not-accepted",
        of_call(
            400, "<html><center>No required SSL certificate was sent</center></html>", expectations=None, token=False
        ),
    ),
    (
        "rate-or-quota-exceeded",
        of_call(
            429,
            {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds."},
            headers={"Retry-After": "57"},
        ),
    ),
    (
        "rate-or-quota-exceeded",
        of_call(
            403,
            {"statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 00:30:02."},
            token=False,
            expectations=None,
        ),
    ),
    (
        "other-authentication-layer",
        of_call(401, "", headers={"WWW-Authenticate": "Negotiate"}, token=claims(), expectations=None),
    ),
    (
        "auth-scheme-not-supported",
        of_call(403, "", headers={"WWW-Authenticate": "AWS4-HMAC-SHA256"}, token=claims(), expectations=None),
    ),
    ("dpop-proof-refused", of_call(401, "", headers={"WWW-Authenticate": "DPoP"}, token=claims(), expectations=None)),
    ("dpop-proof-refused", of_call(401, "", headers={"WWW-Authenticate": 'DPoP error="use_dpop_nonce"'}, token=False)),
    ("dpop-proof-refused", {"pasted": '{"error":"invalid_dpop_proof","error_description":"htu does not match"}'}),
    ("dpop-proof-refused", {"pasted": "DPoP Proof htu mismatch"}),
    ("dpop-proof-refused", {"pasted": "UnauthorizedError: missing DPoP proof"}),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    (
        "authorization-header-missing",
        of_call(
            401,
            {"statusCode": 401, "message": "Access denied due to missing subscription key."},
            token=False,
            expectations=None,
            request={**REQUEST, "headers": {}},
            headers=KEY_CHALLENGE,
        ),
        "subscription-key-missing",
    ),
    (
        "authorization-header-missing",
        of_call(token=False, expectations=None, request={**REQUEST, "headers": {"Bearer": "<token>"}}),
        "token-in-wrong-header",
    ),
    (
        "authorization-header-missing",
        of_call(404, "", token=False, expectations=None, request={**REQUEST, "headers": {}}),
        "path-or-method-unknown",
    ),
    (
        "claim-name-mismatch",
        of_call(
            policy_xml=policy(
                AUDIENCES
                + "<required-claims><claim name='appid'><value>"
                + OTHER_API
                + "</value></claim></required-claims>"
            ),
            expectations=None,
        ),
        "client-not-allowed",
    ),
    (
        "client-not-allowed",
        of_call(
            policy_xml=policy(
                AUDIENCES
                + "<required-claims><claim name='appid'><value>"
                + CLIENT
                + "</value></claim></required-claims>"
            ),
            expectations=None,
        ),
        "claim-name-mismatch",
    ),
    (
        "claim-not-split",
        of_call(
            403,
            "",
            policy_xml=policy(
                AUDIENCES
                + (
                    "<required-claims><claim name='scp' match='any' separator=' "
                    "'><value>write</value></claim></required-claims>"
                )
            ),
            expectations=None,
            token=claims(scp="read list", roles=None),
        ),
        "scope-missing",
    ),
    (
        "claim-not-split",
        of_call(
            policy_xml=policy(
                AUDIENCES
                + ('<required-claims><claim name="roles"><value>A</value><value>B</value></claim></required-claims>')
            ),
            expectations=None,
            token=claims(roles=["A"]),
        ),
        "role-insufficient",
    ),
    (
        "policy-order-overwrites-token",
        of_call(
            policy_xml=policy(
                AUDIENCES, "<authentication-managed-identity resource='x' output-token-variable-name='v' />"
            ),
            expectations=None,
            token=claims(exp=NOW - 1),
        ),
        "token-expired",
    ),
    (
        "rate-or-quota-exceeded",
        {
            "now": NOW,
            "token_request": {"endpoint": ENDPOINT, "params": {}},
            "token_error": {"error": "x"},
            "http_status": 429,
        },
        "identity-provider-unavailable",
    ),
    (
        "token-in-wrong-header",
        of_call(
            token=claims(exp=NOW - 600),
            request={**REQUEST, "headers": {**REQUEST["headers"], "X-Token": "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"}},
        ),
        "token-expired",
    ),
    (
        "bearer-scheme-malformed",
        of_call(token=claims(exp=NOW - 600), request={**REQUEST, "headers": {"Authorization": "bearer <token>"}}),
        "token-expired",
    ),
    (
        "client-certificate-not-accepted",
        of_failure("tls", "certificate", "CERTIFICATE_VERIFY_FAILED: self-signed certificate"),
        "tls-untrusted-certificate",
    ),
    (
        "other-authentication-layer",
        of_call(401, "", headers={"WWW-Authenticate": "Negotiate, Bearer"}, token=claims(exp=NOW - 600)),
        "token-expired",
    ),
    (
        "auth-scheme-not-supported",
        of_call(401, REFUSED, headers={"WWW-Authenticate": "Bearer"}, token=claims(exp=NOW - 600)),
        "token-expired",
    ),
    (
        "dpop-proof-refused",
        {"pasted": "invalid_dpop_proof: iat of the proof is outside of the accepted window"},
        "clock-skew",
    ),
    ("dpop-proof-refused", {"pasted": "invalid_dpop_proof: the iat of the proof is too old"}, "clock-skew"),
    (
        "dpop-proof-refused",
        of_call(401, "", headers={"WWW-Authenticate": 'DPoP algs="ES256", Bearer'}, token=False, request=REQUEST),
        None,
    ),
]
MISSING = [
    ("token-in-wrong-header", "request", "the decoded token"),
    ("bearer-scheme-malformed", "request", "the decoded token"),
    ("authorization-header-missing", "request", "the decoded token"),
    ("policy-order-overwrites-token", "policy_xml", "what the API expects: audiences, issuers, roles or scopes"),
    ("claim-name-mismatch", "policy_xml", "what the API expects: audiences, issuers, roles or scopes"),
    ("claim-not-split", "policy_xml", "what the API expects: audiences, issuers, roles or scopes"),
    ("client-not-allowed", "policy_xml", "what the API expects: audiences, issuers, roles or scopes"),
    ("client-certificate-not-accepted", "response.body.message", "the decoded token"),
    ("rate-or-quota-exceeded", "response", "the answer of the API, with its headers"),
    ("other-authentication-layer", "response.headers", "what the API expects: audiences, issuers, roles or scopes"),
    ("auth-scheme-not-supported", "response.headers", "what the API expects: audiences, issuers, roles or scopes"),
    ("dpop-proof-refused", "response.headers", "what the API expects: audiences, issuers, roles or scopes"),
]
UNDECIDED = [
    ({"response": {"status": 401, "body": ""}}, "the request as it was sent, with its headers"),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "token-in-wrong-header",
        ("The gateway answered 401 because the token sits in another header or place than the one that is read."),
        "The token is in the header x-token; authorization is the one that is read.",
        ("Send the token as Authorization: Bearer, one blank, token, or in the header that the policy reads."),
        "integrator",
    ),
    (
        "bearer-scheme-malformed",
        ("The gateway answered 401 because the Authorization header is not the word Bearer, one blank, and the token."),
        "The header holds the token alone, without the word Bearer in front.",
        "Write Authorization: Bearer, one blank, and the token, each once.",
        "integrator",
    ),
    (
        "authorization-header-missing",
        "The gateway answered 401 because the client sent no token.",
        "The request has no Authorization header.",
        "Send the header Authorization: Bearer, one blank, and the access token.",
        "integrator",
    ),
    (
        "policy-order-overwrites-token",
        (
            "The gateway answered 401 because an earlier policy replaces or removes the "
            "caller's token before it is checked."
        ),
        ("authentication-managed-identity stands before validate-jwt and changes the Authorization header."),
        ("Move the policy that checks the token in front of the one that changes the Authorization header."),
        "api_owner",
    ),
    (
        "claim-name-mismatch",
        ("The gateway answered 401 because the check reads a claim that these tokens do not carry under that name."),
        ("The check reads appid; the token carries azp = bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc instead."),
        "Have the check read azp. Or have it take either name: this widens what the API accepts.",
        "api_owner",
    ),
    (
        "claim-not-split",
        (
            "The gateway answered 401 because a claim with several values is compared as one "
            "text, or with the wrong rule."
        ),
        ("scp in the token is read write; the policy compares with read without the separator that would split it."),
        ('Give the claim a separator (a blank for scp), one element per value, and match="any" where one is enough.'),
        "api_owner",
    ),
    (
        "client-not-allowed",
        ("The gateway answered 401 because the calling application is not on the list of allowed clients."),
        ("azp is bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc; this API allows 7b61ba0d-0a41-44a8-b286-e993b40fb3b1."),
        (
            "Use a client that the API already allows, or have bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc added to "
            "those: this widens what the API accepts."
        ),
        "api_owner",
    ),
    (
        "client-certificate-not-accepted",
        (
            "The gateway answered 403 because the TLS client certificate is missing, unknown "
            "or not trusted at the gateway."
        ),
        'The answer says: "Invalid client certificate"',
        ("Send the client certificate that the gateway knows, or have this one registered there."),
        "integrator",
    ),
    (
        "rate-or-quota-exceeded",
        "The gateway answered 429 because a rate limit or quota refused the call.",
        ("The answer is 429 (Rate limit is exceeded. Try again in 57 seconds.). Retry-After is 57."),
        ("Wait for the time that Retry-After names, then call less often; the owner of the API can raise the limit."),
        "integrator",
    ),
    (
        "other-authentication-layer",
        "Another authentication than bearer tokens guards this path.",
        "The answer asks for Negotiate, and not for a bearer token.",
        "Use the address at which bearer tokens are taken. Or have the other authentication switched off for "
        "this path: this widens what the API accepts.",
        "api_owner",
    ),
    (
        "auth-scheme-not-supported",
        "The service takes another scheme than bearer tokens, such as signed requests.",
        "The answer asks for AWS4-HMAC-SHA256, a scheme of signed requests.",
        "Sign the request as the service wants it, or call the address that takes bearer tokens.",
        "integrator",
    ),
    (
        "dpop-proof-refused",
        "The token is, or is to be, bound to a key; the proof that the caller has that key is missing or was refused.",
        "The answer asks for DPoP alone: it takes no token without a proof of its key.",
        "Send the token with the scheme DPoP, and with each request a new proof in the header DPoP: signed by the "
        "key that the token is bound to, with htm and htu of that request and ath of the token.",
        "integrator",
    ),
]

test_gateway_policy = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)
