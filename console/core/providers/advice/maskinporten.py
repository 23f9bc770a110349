"""Maskinporten: Samarbeidsportalen, where clients, scopes and keys are kept (docs.digdir.no)."""

from console.core.owner import Owner
from console.core.providers.advice.base import Advice, Record

_SCOPE = (
    "Add the scope to the client in Samarbeidsportalen, and have its owner give your organisation number access; it "
    "may take 15 minutes."
)

ADVICE = Advice(
    do={
        "access-agreement-inactive": "Have the owner of the scope give your organisation number access again.",
        "app-permission-not-granted": f"{_SCOPE} Permissions are scopes here.",
        "assertion-audience-wrong": "Set aud to the issuer of this environment, with the slash at its end.",
        "assertion-issuer-wrong": "Set iss of the grant to the client ID.",
        "assertion-lifetime-invalid": "Make a new grant for each request: exp at most 120 seconds after iat.",
        "assertion-replayed": "Make a new grant with a new jti for each request.",
        "audience-other-api": "Put resource with the API’s identifier into the grant: it becomes aud. Without it "
        "tokens have no aud, and the API checks scope and consumer.",
        "certificate-chain-malformed": "Send x5c as a list of base64 texts, the whole chain, and no kid beside it.",
        "certificate-not-registered": "Upload the public key in Samarbeidsportalen, and name it by its kid.",
        "certificate-or-key-expired": "Upload the public key in Samarbeidsportalen again: keys last a year.",
        "certificate-wrong-owner-or-environment": "Sign with a certificate of the client’s own organisation, a test "
        "one in test and a production one in production.",
        "claim-name-mismatch": "Have the check read scope for permissions and consumer for the organisation.",
        "client-id-wrong": "Compare iss of the grant with the client ID in Samarbeidsportalen, and test with "
        "production.",
        "client-in-other-environment": "Use the client ID and key that belong to this environment: test or production.",
        "clock-skew": "Set the clock of the machine: Maskinporten allows 10 seconds.",
        "delegation-missing": "Have the customer delegate the API to you in Altinn (tt02 for test).",
        "delegation-party-missing": "Add consumer_org with the number of the organisation you act for.",
        "grant-type-not-allowed": "Send the grant type urn:ietf:params:oauth:grant-type:jwt-bearer: there is no other.",
        "issuer-spelling-mismatch": "Configure the issuer with the slash at its end.",
        "issuer-wrong-tenant": "Request the token in the environment that the API accepts: test or production.",
        "jwks-wrong-source": "Read the keys of the same environment: the issuer, then jwk.",
        "metadata-url-invalid": "Write the metadata address as the issuer, then "
        ".well-known/oauth-authorization-server.",
        "scope-format-invalid": "Write scopes as prefix:name, with blanks between them, into the claim scope of the "
        "grant.",
        "scope-missing": "Put the scope into the claim scope of the grant, have it on the client in "
        "Samarbeidsportalen, and get a new token.",
        "scope-not-granted": _SCOPE,
        "token-expired": "Get a new token for each piece of work: tokens often last two minutes.",
        "wrong-authorization-server": "Ask the environment that the API trusts, test or production: tokens of people’s "
        "sign-ins are others.",
    },
    registration=Record(
        "the client in Samarbeidsportalen: integration type, scopes and the kid and end of its keys",
        "Samarbeidsportalen: Integrasjoner > the client, in the same environment (test or production).",
        Owner.INTEGRATOR,
    ),
    log=Record(
        "what Digdir’s support sees of this request",
        "Write to Digdir’s service desk with trace_id of the answer and the time; nobody else can read that log.",
        Owner.IDENTITY_PROVIDER,
    ),
    numbers="MP number (also at the end of error_uri)",
)
