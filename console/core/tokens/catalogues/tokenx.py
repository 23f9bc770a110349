"""The claims of TokenX (tokendings): the citizen's token, exchanged for one of the next application."""

from console.core.issuers import host_of
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Claims, Shape, text_of
from console.core.tokens.catalogues.levels import LEVELS


def recognises(claims: Claims) -> bool:
    """TokenX on NAIS; or a stand-in that copies it: client and audience as cluster:namespace:app, and an idp."""
    if host_of(text_of(claims, "iss")).startswith("tokenx."):
        return True
    return "idp" in claims and text_of(claims, "client_id").count(":") == 2 and text_of(claims, "aud").count(":") == 2


CATALOGUE = Catalogue(
    "tokenx",
    "TokenX",
    "NAIS: TokenX; navikt/tokendings",
    (
        ClaimMeaning("iss", "Issuer: TokenX of one cluster, without a slash at the end.", Shape.ISSUER),
        ClaimMeaning("aud", "Audience: the application that is called, as cluster:namespace:app.",
                     Shape.NAIS_APPLICATION),
        ClaimMeaning("client_id", "The application that calls, as cluster:namespace:app.", Shape.NAIS_APPLICATION),
        ClaimMeaning("idp", "Who authenticated the citizen: the issuer of the token that was exchanged first.",
                     Shape.ISSUER),
        ClaimMeaning("sub", "Subject: the citizen, passed through from the exchanged token; a different value for each "
                     "client of ID-porten."),
        ClaimMeaning("pid", "National identity number of the citizen."),
        ClaimMeaning("acr", "How well the citizen was authenticated; accept both spellings of a level.", Shape.CHOICE,
                     LEVELS),
        ClaimMeaning("amr", "What the citizen signed in with; for information only.", Shape.METHODS),
        ClaimMeaning("scope", "Copied from the exchanged token; TokenX does not judge it.", Shape.SCOPES),
        ClaimMeaning("client_amr", "How the first client authenticated at the identity provider; copied."),
        ClaimMeaning("consumer", "The organisation of the first client; copied.", Shape.ORGANISATION),
        ClaimMeaning("exp", "Expires: from this moment on the token must be refused; 15 minutes after iat by default.",
                     Shape.TIME),
        ClaimMeaning("jti", "The token's own id, new with each exchange."),
    ),
    recognises,
)  # fmt: skip
