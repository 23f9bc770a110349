"""The seven claims every JSON Web Token may have."""

from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Shape

CATALOGUE = Catalogue(
    "rfc7519",
    "JSON Web Token",
    "RFC 7519 section 4.1",
    (
        ClaimMeaning("iss", "Issuer: who made the token. An API compares it character by character.", Shape.ISSUER),
        ClaimMeaning("sub", "Subject: whom the token stands for; unique at its issuer only."),
        ClaimMeaning("aud", "Audience: for whom the token is; everybody else must refuse it.", Shape.AUDIENCE),
        ClaimMeaning("exp", "Expires: from this moment on the token must be refused.", Shape.TIME),
        ClaimMeaning("nbf", "Not before: until this moment the token must be refused.", Shape.TIME),
        ClaimMeaning("iat", "Issued at: when the token was made.", Shape.TIME),
        ClaimMeaning("jti", "The token's own id, so that a verifier can refuse it the second time."),
    ),
)
