"""The claims of OAuth access tokens, and of the proofs and assertions that travel beside them."""

from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Shape

CATALOGUE = Catalogue(
    "rfc9068",
    "OAuth 2.0 access token",
    "RFC 9068 section 2.2, RFC 8693 section 4, RFC 7800, RFC 9396, RFC 9449 section 4.2",
    (
        ClaimMeaning("client_id", "The client the token was issued to (RFC 9068).", Shape.APPLICATION),
        ClaimMeaning("scope", "What the client may do, separated by blanks (RFC 9068).", Shape.SCOPES),
        ClaimMeaning("groups", "Groups of the subject (RFC 9068).", Shape.LIST),
        ClaimMeaning("roles", "Roles of the subject (RFC 9068).", Shape.LIST),
        ClaimMeaning("entitlements", "What the subject is entitled to (RFC 9068).", Shape.LIST),
        ClaimMeaning("act", "Who acts for the subject; nested: who acted before (RFC 8693).", Shape.ACTOR),
        ClaimMeaning("may_act", "Who may act for the subject (RFC 8693).", Shape.ACTOR),
        ClaimMeaning("cnf", "Confirmation: the key the sender must prove to hold (RFC 7800).", Shape.CONFIRMATION),
        ClaimMeaning("authorization_details", "What was authorised, in detail (RFC 9396).", Shape.DETAILS),
        ClaimMeaning("token_type", "How the token is used; Bearer: whoever holds it may use it."),
        ClaimMeaning("htm", "HTTP method this proof is for (DPoP)."),
        ClaimMeaning("htu", "Address this proof is for, without query (DPoP)."),
        ClaimMeaning("ath", "Hash of the access token this proof belongs to (DPoP)."),
    ),
)
