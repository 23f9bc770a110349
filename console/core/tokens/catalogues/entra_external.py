"""The claims of Azure AD B2C and Microsoft Entra External ID, where they differ from Entra's."""

from console.core.issuers import read_issuer
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Claims, Shape, text_of


def recognises(claims: Claims) -> bool:
    """An issuer at b2clogin.com or ciamlogin.com; or a user flow in `tfp`, for custom domains."""
    return "tfp" in claims or read_issuer(text_of(claims, "iss")).provider in ("b2c", "ciam")


CATALOGUE = Catalogue(
    "entra_external",
    "Azure AD B2C or Entra External ID",
    "Microsoft: tokens in Azure Active Directory B2C",
    (
        ClaimMeaning("iss", "Issuer: the B2C tenant (with a slash at the end), or the External ID tenant, whose host "
                     "is the tenant's id.", Shape.ISSUER),
        ClaimMeaning("aud", "Audience: the application id of the API.", Shape.AUDIENCE),
        ClaimMeaning("sub", "Subject: the user's object id, unless the user flow says otherwise."),
        ClaimMeaning("tfp", "User flow (policy) that issued the token."),
        ClaimMeaning("acr", "User flow (policy) that issued the token, in tokens of older flows."),
        ClaimMeaning("azp", "The client it was issued to.", Shape.APPLICATION),
        ClaimMeaning("scp", "Delegated scopes, separated by blanks: what the client may do for the user.",
                     Shape.SCOPES),
        ClaimMeaning("ver", "Version of the token; B2C writes 1.0 although its issuer ends with v2.0.", Shape.CHOICE,
                     (("1.0", "what B2C always writes; it says nothing about Entra's versions"),
                      ("2.0", "version 2: External ID"))),
        ClaimMeaning("tid", "Tenant that issued the token.", Shape.TENANT),
        ClaimMeaning("oid", "The user's object id in the tenant."),
        ClaimMeaning("idp", "Where the user signed in; absent for accounts of the tenant itself."),
        ClaimMeaning("emails", "The user's e-mail addresses. Never authorise by them.", Shape.LIST),
        ClaimMeaning("newUser", "true: the user signed up just now."),
        ClaimMeaning("name", "The user's display name."),
        ClaimMeaning("given_name", "The user's first name."),
        ClaimMeaning("family_name", "The user's last name."),
        ClaimMeaning("city", "The user's town."), ClaimMeaning("state", "The user's state or province."),
        ClaimMeaning("country", "The user's country."), ClaimMeaning("postalCode", "The user's postal code."),
        ClaimMeaning("streetAddress", "The user's street."), ClaimMeaning("jobTitle", "The user's job title."),
        ClaimMeaning("idp_access_token", "The token of the provider where the user signed in: a secret of its own."),
        ClaimMeaning("uti", "Token id at Entra: quote it to support."),
        ClaimMeaning("rh", "Internal to Microsoft: ignore it."),
        ClaimMeaning("aio", "Internal to Microsoft: ignore it."),
        ClaimMeaning("azpacr", "How the client proved itself.", Shape.CLIENT_AUTHENTICATION),
        ClaimMeaning("roles", "App roles granted.", Shape.LIST),
        ClaimMeaning("groups", "Groups of the user.", Shape.GROUPS),
        ClaimMeaning("auth_time", "When the user signed in.", Shape.TIME),
    ),
    recognises,
    (ClaimMeaning("extension_", "An attribute the tenant added, as the user flow returns it."),),
)  # fmt: skip
