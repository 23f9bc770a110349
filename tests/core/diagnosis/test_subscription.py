"""Causes of the stage subscription: what gives each one away, what only looks like it, and what is said to people."""

from tests.core.diagnosis.evidence import KEY_CHALLENGE, NOW, REQUEST, claims, of_call
from tests.core.diagnosis.stage import stage_test

MATCHES = [
    (
        "subscription-wrong-product",
        of_call(
            401,
            {
                "statusCode": 401,
                "message": (
                    "Access denied due to invalid subscription key. Make sure to provide a valid key "
                    "for an active subscription."
                ),
            },
            token=False,
            expectations=None,
            profile={"observations": ["the key belongs to another product", "the key works for the invoices API"]},
        ),
    ),
    (
        "subscription-wrong-product",
        of_call(
            401,
            {"statusCode": 401, "message": "Access denied due to invalid subscription key."},
            token=False,
            expectations=None,
            profile={"subscription": {"state": "suspended"}},
        ),
    ),
    (
        "subscription-key-missing",
        of_call(
            401,
            {
                "statusCode": 401,
                "message": (
                    "Access denied due to missing subscription key. Make sure to include "
                    "subscription key when making requests to an API."
                ),
            },
            headers=KEY_CHALLENGE,
            request={**REQUEST, "headers": {"Authorization": "Bearer <token>"}},
        ),
    ),
    (
        "subscription-key-missing",
        of_call(
            401,
            "",
            headers=KEY_CHALLENGE,
            token=False,
            expectations=None,
            request={**REQUEST, "headers": {"Subscription-Key": "***"}},
        ),
    ),
    (
        "subscription-key-missing",
        of_call(
            401,
            {"statusCode": 401, "message": "Access denied due to missing subscription key."},
            headers=KEY_CHALLENGE,
            token=claims(exp=NOW - 5),
        ),
    ),
    (
        "subscription-key-invalid",
        of_call(
            401,
            {
                "statusCode": 401,
                "message": (
                    "Access denied due to invalid subscription key. Make sure to provide a valid key "
                    "for an active subscription."
                ),
            },
            headers=KEY_CHALLENGE,
        ),
    ),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    (
        "subscription-key-invalid",
        of_call(
            401,
            {"statusCode": 401, "message": "Access denied due to missing subscription key."},
            headers=KEY_CHALLENGE,
            token=False,
            expectations=None,
        ),
        "subscription-key-missing",
    ),
    (
        "subscription-key-missing",
        of_call(
            401,
            {"statusCode": 401, "message": "Access denied due to invalid subscription key."},
            headers=KEY_CHALLENGE,
            token=False,
            expectations=None,
        ),
        "subscription-key-invalid",
    ),
    (
        "subscription-key-missing",
        of_call(401, {"error": "invalid token"}, headers={"WWW-Authenticate": "Bearer"}, token=claims(exp=NOW - 9)),
        "token-expired",
    ),
    (
        "subscription-wrong-product",
        of_call(
            401,
            {"statusCode": 401, "message": "Access denied due to invalid subscription key."},
            token=False,
            expectations=None,
        ),
        "subscription-key-invalid",
    ),
]
MISSING = [
    ("subscription-wrong-product", "response", "the answer of the API, with its headers"),
    ("subscription-key-missing", "response", "the answer of the API, with its headers"),
    ("subscription-key-invalid", "response", "the answer of the API, with its headers"),
]
UNDECIDED = [
    (of_call(body="", token=False, expectations=None), "the decoded token"),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "subscription-wrong-product",
        (
            "The gateway answered 401 because the subscription key is valid, but does not "
            "cover this API or is not active."
        ),
        "The key was refused, and it is known: the key belongs to another product",
        "Subscribe to a product that contains this API, or have the subscription activated.",
        "api_owner",
    ),
    (
        "subscription-key-missing",
        ("The gateway answered 401 because the call carries no subscription key, and the API asks for one."),
        "The gateway asks for a key in the header Ocp-Apim-Subscription-Key, and saw none.",
        "Send the subscription key in the header Ocp-Apim-Subscription-Key.",
        "integrator",
    ),
    (
        "subscription-key-invalid",
        ("The gateway answered 401 because the subscription key that was sent is not valid for this API."),
        (
            'The answer says: "Access denied due to invalid subscription key. Make '
            'sure to provide a valid key for an active subscription." The gateway does not '
            "tell a wrong key from a key of another product."
        ),
        "Copy the key again from an active subscription that covers this API.",
        "integrator",
    ),
]

test_subscription = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)
