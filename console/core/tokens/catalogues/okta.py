"""The claims of Okta's access tokens."""

from console.core.issuers import host_of
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Claims, Shape, text_of

_HOSTS = (".okta.com", ".oktapreview.com", ".okta-emea.com", ".okta-gov.com")


def recognises(claims: Claims) -> bool:
    """An Okta host; behind a custom domain `cid` beside a list of scopes, which only Okta writes."""
    if host_of(text_of(claims, "iss")).endswith(_HOSTS):
        return True
    return "cid" in claims and isinstance(claims.get("scp"), list)


CATALOGUE = Catalogue(
    "okta",
    "Okta",
    "Okta: OpenID Connect and OAuth 2.0, access token payload; list of reserved claims",
    (
        ClaimMeaning("iss", "Issuer: an authorization server of the Okta organisation. One without /oauth2/… is the "
                     "organisation's own: its access tokens are for Okta alone.", Shape.ISSUER),
        ClaimMeaning("aud", "Audience: as the authorization server is configured, api://default to begin with.",
                     Shape.AUDIENCE),
        ClaimMeaning("sub", "Subject: the user's sign-in name, or the client's id when no user is there."),
        ClaimMeaning("cid", "The client it was issued to."),
        ClaimMeaning("uid", "The user's id at Okta; absent when no user is there."),
        ClaimMeaning("scp", "What the client may do: a list, not a text.", Shape.SCOPES),
        ClaimMeaning("ver", "Version of the token's form: the number 1.", Shape.CHOICE, (("1", "the only version"),)),
        ClaimMeaning("jti", "The token's own id; AT. begins those of access tokens, ID. those of ID tokens."),
        ClaimMeaning("auth_time", "When the user signed in.", Shape.TIME),
        ClaimMeaning("groups", "Groups of the user; there only by a claim of the authorization server.", Shape.LIST),
        ClaimMeaning("idp", "Id of the identity provider where the user signed in."),
        ClaimMeaning("rsi", "Internal to Okta: ignore it (meaning unconfirmed)."),
        ClaimMeaning("rpt", "Internal to Okta: ignore it (meaning unconfirmed)."),
        ClaimMeaning("as_uri", "Internal to Okta: ignore it (meaning unconfirmed)."),
    ),
    recognises,
)  # fmt: skip
