"""Errors of Maskinporten (reference grants.md section 1.4): a code in error_uri or in the text, or none."""

from console.core.owner import Owner
from console.core.providers.known_error import KnownError, known

C, A, P = Owner.INTEGRATOR, Owner.API_OWNER, Owner.IDENTITY_PROVIDER

ROWS: tuple[KnownError, ...] = (
    *known(
        ("MP-011", r"MP-011\b", "The grant holds a value that cannot be read.", "request-parameter-missing",
         "Look for line breaks and typing errors in the claims of the grant.", C),
        ("MP-012", r"MP-012\b", "This grant was used before.", "assertion-replayed",
         "Make a new grant with a new jti for each request.", C),
        ("MP-100", r"MP-100\b", "The client is not known, or its authentication failed.", "client-id-wrong",
         "Compare iss of the grant with the client ID in Samarbeidsportalen, and test with production.", C),
        ("MP-110", r"MP-110\b", "The grant is made for another audience.", "assertion-audience-wrong",
         "Set aud to the issuer of this environment, with the slash at its end.", C),
        ("MP-120", r"MP-120\b", "The certificate is not usable in this environment.",
         "certificate-wrong-owner-or-environment",
         "Use a test certificate in test and a production certificate in production.", C),
        ("MP-121", r"MP-121\b", "The key of the client has expired.", "certificate-or-key-expired",
         "Keys last one year: upload the public key again in Samarbeidsportalen.", C),
        ("MP-122", r"MP-122\b", "The certificate belongs to another organisation than the client.",
         "certificate-wrong-owner-or-environment", "Sign with a certificate of the client's own organisation.", C),
        ("MP-123", r"MP-123\b", "The certificate chain x5c is malformed.", "certificate-chain-malformed",
         "Send x5c as a list of base64 texts, the whole chain.", C),
        ("MP-124", r"MP-124\b", "The signature is not of the key that is registered.", "certificate-not-registered",
         "Compare kid with the keys of the client in Samarbeidsportalen, and sign with that very key.", C),
        ("MP-130", r"MP-130\b", "The grant has expired.", "assertion-lifetime-invalid",
         "Make a new grant for each request; exp is at most 120 seconds after iat.", C),
        ("MP-200", r"MP-200\b", "The scope is not registered on the client.", "scope-not-granted",
         "Add the scope to the client in Samarbeidsportalen; it may take 15 minutes.", C),
        ("MP-201", r"MP-201\b", "The scope is not possible for this type of integration.", "scope-not-granted",
         "Make a new client of the integration type that the scope is for.", C),
        ("MP-250", r"MP-250\b", "The organisation has no access to the scope.", "scope-not-granted",
         "Ask the owner of the API to give your organisation number access to the scope.", A),
        ("MP-251", r"MP-251\b", "The customer has not delegated the scope to the supplier.", "delegation-missing",
         "Have the customer delegate the API to you in Altinn (tt02 for test).", A),
        ("MP-301", r"MP-301\b", "The type of authorization_details is not known.", "request-parameter-missing",
         "Use urn:altinn:systemuser or urn:altinn:consent.", C),
        ("MP-302", r"MP-302\b", "authorization_details holds a field that is not known.", "request-parameter-missing",
         "Leave out what the documentation of that type does not name.", C),
        ("MP-303", r"MP-303\b|invalid_altinn_customer_configuration",
         "authorization_details does not fit what is registered in Altinn.", "delegation-missing",
         "Compare organisation number and externalRef with the system user in Altinn.", C),
    ),
    *known(
        ("consumer_org", r"consumer_org", "consumer_org names the client's own organisation, or nobody who delegated.",
         "delegation-party-missing", "Leave out consumer_org where you act for yourself; else name the customer.", C),
        ("issue time", r"(?:issue time|issued at|iat).{0,60}(?:after|future|now)",
         "The grant was made in the future, by the server's clock.", "clock-skew",
         "Set the clock of the machine: Maskinporten allows 10 seconds.", C),
        ("Invalid assertion", r"invalid assertion", "The grant holds a claim that is not documented, or is malformed.",
         "request-parameter-missing", "Send no claims but the documented ones.", C),
        is_confirmed=False,
    ),
)  # fmt: skip
