"""The claims of ID-porten: a citizen signed in."""

from console.core.issuers import host_of
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Claims, Shape, text_of
from console.core.tokens.catalogues.levels import LEVELS


def recognises(claims: Claims) -> bool:
    host = host_of(text_of(claims, "iss"))
    return host == "idporten.no" or host.endswith(".idporten.no")


CATALOGUE = Catalogue(
    "idporten",
    "ID-porten",
    "Digdir: ID-porten, ID token and access token",
    (
        ClaimMeaning("iss", "Issuer: ID-porten, without a slash at the end. An API compares it character by character.",
                     Shape.ISSUER),
        ClaimMeaning("aud", "ID token: the client. Access token: the API the client named as resource, absent (or "
                     "unspecified) unless it named one.", Shape.AUDIENCE),
        ClaimMeaning("sub", "Subject: the citizen, a different value for each client."),
        ClaimMeaning("pid", "National identity number (or d-number) of the citizen; foreign users have none."),
        ClaimMeaning("acr", "How well the citizen was authenticated; a higher level satisfies a lower demand.",
                     Shape.CHOICE, LEVELS),
        ClaimMeaning("amr", "What the citizen signed in with; for information only.", Shape.METHODS),
        ClaimMeaning("auth_time", "When the citizen signed in.", Shape.TIME),
        ClaimMeaning("scope", "What the client may do, separated by blanks.", Shape.SCOPES),
        ClaimMeaning("client_id", "The client the token was issued to."),
        ClaimMeaning("client_amr", "How the client authenticated."),
        ClaimMeaning("client_orgno", "The client's organisation number, deprecated. Use consumer."),
        ClaimMeaning("consumer", "The organisation that owns the client.", Shape.ORGANISATION),
        ClaimMeaning("supplier", "The organisation that runs the client for the consumer.", Shape.ORGANISATION),
        ClaimMeaning("delegation_source", "Where the consumer delegated to the supplier."),
        ClaimMeaning("sid", "Session of the citizen; only for clients with session logout."),
        ClaimMeaning("nonce", "Ties the ID token to the sign-in that asked for it."),
        ClaimMeaning("locale", "Language the citizen chose."),
        ClaimMeaning("authorization_details", "The power of attorney the token rests on.", Shape.DETAILS),
        ClaimMeaning("cnf", "The DPoP key the sender must prove to hold.", Shape.CONFIRMATION),
    ),
    recognises,
)  # fmt: skip
