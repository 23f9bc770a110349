"""The claims of Keycloak's tokens."""

from console.core.issuers import read_issuer
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Claims, Shape, text_of


def recognises(claims: Claims) -> bool:
    return read_issuer(text_of(claims, "iss")).provider == "keycloak" or "realm_access" in claims


CATALOGUE = Catalogue(
    "keycloak",
    "Keycloak",
    "Keycloak: server administration guide, protocol mappers; AccessToken and IDToken of its source",
    (
        ClaimMeaning("iss", "Issuer: one realm of a Keycloak server; it changes with the host name the client used, "
                     "unless the server's host name is fixed.", Shape.ISSUER),
        ClaimMeaning("aud", "Audience: clients whose roles the token carries, account among them, unless a mapper adds "
                     "others.", Shape.AUDIENCE),
        ClaimMeaning("typ", "Kind of token, in the payload.", Shape.CHOICE,
                     (("Bearer", "an access token"), ("DPoP", "an access token bound to a DPoP key"),
                      ("ID", "an ID token, not for an API"), ("Refresh", "a refresh token, not for an API"),
                      ("Offline", "an offline refresh token, not for an API"), ("Logout", "a logout message"))),
        ClaimMeaning("azp", "The client it was issued to."),
        ClaimMeaning("scope", "Client scopes that were granted, separated by blanks.", Shape.SCOPES),
        ClaimMeaning("realm_access", "Roles of the realm.", Shape.REALM_ROLES),
        ClaimMeaning("resource_access", "Roles per client.", Shape.CLIENT_ROLES),
        ClaimMeaning("allowed-origins", "Web origins of the client that browsers may call from (CORS).", Shape.LIST),
        ClaimMeaning("trusted-certs", "Certificates the client is trusted with.", Shape.LIST),
        ClaimMeaning("acr", "How the user was authenticated.", Shape.CHOICE,
                     (("0", "by a cookie of an earlier sign-in"), ("1", "by a sign-in of this session"))),
        ClaimMeaning("session_state", "Session of the user (older versions; today sid)."),
        ClaimMeaning("sid", "Session of the user."),
        ClaimMeaning("sub", "Subject: the user's id, or that of the client's service account; newer versions leave it "
                     "out of lightweight tokens."),
        ClaimMeaning("preferred_username", "The user's name in the realm; service-account-… stands for a client."),
        ClaimMeaning("clientId", "The client, in tokens of a service account (older versions)."),
        ClaimMeaning("client_id", "The client, in tokens of a service account."),
        ClaimMeaning("clientHost", "Host the client called from."),
        ClaimMeaning("clientAddress", "Address the client called from."),
        ClaimMeaning("authorization", "Permissions of a requesting party token (authorization services)."),
        ClaimMeaning("groups", "Groups of the user; there only by a mapper.", Shape.LIST),
        ClaimMeaning("roles", "Roles; there only by a mapper, else see realm_access.", Shape.LIST),
        ClaimMeaning("organization", "Organisations the user belongs to."),
        ClaimMeaning("nbf", "Not before; older versions write 0, which means no limit.", Shape.TIME),
        ClaimMeaning("cnf", "Certificate or key the sender must prove to hold.", Shape.CONFIRMATION),
    ),
    recognises,
)  # fmt: skip
