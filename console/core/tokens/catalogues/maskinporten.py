"""The claims of Maskinporten's access tokens: one organisation calls another."""

from console.core.issuers import host_of
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Claims, Shape, text_of

CLIENT_METHODS = (
    ("private_key_jwt", "with a key registered on the client"),
    ("virksomhetssertifikat", "with an enterprise certificate"),
    ("QCForESeal", "with a qualified certificate for electronic seals"),
    ("CForESeal", "with a certificate for electronic seals"),
)


def recognises(claims: Claims) -> bool:
    host = host_of(text_of(claims, "iss"))
    return host == "maskinporten.no" or host.endswith(".maskinporten.no")


CATALOGUE = Catalogue(
    "maskinporten",
    "Maskinporten",
    "Digdir: Maskinporten, the access token",
    (
        ClaimMeaning("iss", "Issuer: Maskinporten, with a slash at the end. An API compares it character by character.",
                     Shape.ISSUER),
        ClaimMeaning("aud", "The API the client named as resource. Absent unless it named one; older tokens say "
                     "unspecified.", Shape.AUDIENCE),
        ClaimMeaning("scope", "What the client may do, separated by blanks: the API looks for its own scope in it.",
                     Shape.SCOPES),
        ClaimMeaning("consumer", "The organisation the token stands for: decide access by it. With a supplier beside "
                     "it, it is the customer, not the caller.", Shape.ORGANISATION),
        ClaimMeaning("supplier", "The organisation that calls on behalf of the consumer, by delegation in Altinn.",
                     Shape.ORGANISATION),
        ClaimMeaning("delegation_source", "Where the consumer delegated to the supplier."),
        ClaimMeaning("client_id", "The client's registration. Never decide access by it: use consumer."),
        ClaimMeaning("client_orgno", "The client's organisation number, deprecated. Use consumer."),
        ClaimMeaning("client_amr", "How the client authenticated.", Shape.CHOICE, CLIENT_METHODS),
        ClaimMeaning("token_type", "How the token is used; Bearer: whoever holds it may use it."),
        ClaimMeaning("exp", "Expires: from this moment on the token must be refused. Commonly two minutes after iat; "
                     "the API's owner sets it.", Shape.TIME),
        ClaimMeaning("jti", "The token's own id; tokens cannot be revoked or introspected at Maskinporten."),
        ClaimMeaning("pid", "National identity number of the person the token is limited to; nobody signed in."),
        ClaimMeaning("authorization_details", "The system user or consent the token rests on.", Shape.DETAILS),
        ClaimMeaning("systemuser_id", "The system user in Altinn.", Shape.LIST),
        ClaimMeaning("system_id", "The vendor's system: organisation number of the vendor and name."),
        ClaimMeaning("to", "To whom the consent was given."),
        ClaimMeaning("consented", "When the consent was given."),
        ClaimMeaning("validTo", "Until when the consent holds."),
        ClaimMeaning("consentRights", "What was consented to.", Shape.LIST),
    ),
    recognises,
)  # fmt: skip
