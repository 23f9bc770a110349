"""The claims of Auth0's access tokens, in its own profile and that of RFC 9068."""

from console.core.issuers import host_of
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Claims, Shape, text_of


def recognises(claims: Claims) -> bool:
    """A tenant at auth0.com; behind a custom domain a subject or grant as only Auth0 writes it."""
    return (
        host_of(text_of(claims, "iss")).endswith(".auth0.com")
        or "gty" in claims
        or text_of(claims, "sub").endswith("@clients")
    )


CATALOGUE = Catalogue(
    "auth0",
    "Auth0",
    "Auth0: access token profiles; work with tokens and organizations",
    (
        ClaimMeaning("iss", "Issuer: the Auth0 tenant or its custom domain, with a slash at the end.", Shape.ISSUER),
        ClaimMeaning("sub", "Subject: connection and id of the user, or the client id with @clients.",
                     Shape.AUTH0_SUBJECT),
        ClaimMeaning("aud", "Audience: the API's identifier; beside it the userinfo endpoint when the client asked for "
                     "openid.", Shape.AUDIENCE),
        ClaimMeaning("azp", "The client it was issued to (Auth0 profile)."),
        ClaimMeaning("client_id", "The client it was issued to (RFC 9068 profile)."),
        ClaimMeaning("scope", "What the client may do, separated by blanks.", Shape.SCOPES),
        ClaimMeaning("permissions", "What the subject may do at this API; there when the API asks for it (RBAC).",
                     Shape.LIST),
        ClaimMeaning("gty", "Grant by which the token was obtained.", Shape.CHOICE,
                     (("client-credentials", "client credentials: no user"), ("password", "user name and password"),
                      ("refresh_token", "a refresh token"))),
        ClaimMeaning("org_id", "The organisation the user signed in to."),
        ClaimMeaning("org_name", "Name of that organisation; never authorise by it alone."),
        ClaimMeaning("sid", "Session of the user."),
        ClaimMeaning("jti", "The token's own id (RFC 9068 profile)."),
    ),
    recognises,
    (
        ClaimMeaning("https://", "A custom claim under an address of its owner, as Auth0 asks for."),
        ClaimMeaning("http://", "A custom claim under an address of its owner, as Auth0 asks for."),
    ),
)  # fmt: skip
