"""Product keys: none, none that is known, another product's; and a right one."""

from tests.core.diagnosis.evidence import KEY_CHALLENGE, REQUEST, of_call

BARE = {**REQUEST, "headers": {"Authorization": "Bearer <token>"}}
MISSING = {
    "statusCode": 401,
    "message": "Access denied due to missing subscription key. Make sure to include subscription key when making "
    "requests to an API.",
}
INVALID = {
    "statusCode": 401,
    "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active "
    "subscription.",
}
REFUSED = {"statusCode": 401, "message": "Unauthorized. Access token is missing or invalid."}
PAIRS = (
    (
        "subscription-key-missing",
        of_call(body=MISSING, headers=KEY_CHALLENGE, request=BARE),
        {"response.body": REFUSED, "response.headers": {}},
    ),
    (
        "subscription-key-invalid",
        of_call(body=INVALID, headers=KEY_CHALLENGE),
        {"response.body": REFUSED, "response.headers": {}},
    ),
    (
        "subscription-wrong-product",
        of_call(body=INVALID, headers=KEY_CHALLENGE,
                profile={"observations": ["the key's subscription is for another product"]}),
        {"profile.observations": ["the key was copied from a mail"]},
    ),
)  # fmt: skip
