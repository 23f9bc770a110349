"""Warnings about what a token policy accepts."""

from console.core.owner import Owner
from console.core.policy.lint.explanations.base import Explained

TOKEN_POLICIES: dict[str, Explained] = {
    "audience-not-checked": Explained(
        "Audience not checked",
        "A token that the same issuer made for another API opens this one, too.",
        "Add an audiences element with the API's own audience.",
        Owner.API_OWNER,
    ),
    "audiences-empty": Explained(
        "List of audiences is empty",
        "What the gateway does with an empty list is not documented: it may check nothing or refuse everybody.",
        "Put the API's own audience into the list.",
        Owner.API_OWNER,
    ),
    "audience-of-other-version": Explained(
        "Audience that v2 tokens never carry",
        "Microsoft Entra writes the API's client id as the audience of v2 tokens, whatever scope was requested.",
        "Add the API's client id as an audience, beside its App ID URI.",
        Owner.API_OWNER,
    ),
    "graph-audience": Explained(
        "Audience is Microsoft Graph",
        "The signature of a token for Microsoft Graph can only be verified by Graph itself.",
        "Register the API as an application of its own, and accept the tokens that are made for it.",
        Owner.API_OWNER,
    ),
    "request-wanted": Explained(
        "A requested scope where the token's own value belongs",
        "A client asks for /.default and gets a token for the API with the roles or scopes it was granted.",
        "Write the audience without /.default, and the roles or scopes by their own names.",
        Owner.API_OWNER,
    ),
    "any-client-accepted": Explained(
        "Any client of the issuer passes",
        "By default Microsoft Entra gives every application of the tenant a token for the API, permitted or not.",
        "Ask for a role or a scope in required-claims, or list the clients (azp, appid or client-application-ids).",
        Owner.API_OWNER,
    ),
    "any-tenant-accepted": Explained(
        "Any organisation passes",
        "With common or organizations everybody can make tokens in a tenant of their own.",
        "Name one tenant, list the clients, or list the tenants that are customers in a required claim tid.",
        Owner.API_OWNER,
    ),
    "issuer-not-checked": Explained(
        "Issuer not checked",
        "Whoever holds a key of the policy can make tokens in the name of any issuer.",
        "Add an issuers element, or take the keys from the issuer's metadata with openid-config.",
        Owner.API_OWNER,
    ),
    "issuer-form": Explained(
        "Issuer that Entra never writes",
        "The issuer is compared letter by letter, and slashes, host and tenant id must be as in the token.",
        "Copy the issuer from the metadata or from the iss claim of a token.",
        Owner.API_OWNER,
    ),
    "mixed-versions": Explained(
        "Metadata and issuers of different versions",
        "A token of either version may then pass, and which of them does rests on behaviour that is not documented.",
        "Decide for one version: the metadata address with /v2.0 and the v2 issuer, or both without.",
        Owner.API_OWNER,
    ),
    "version-mismatch": Explained(
        "Token versions do not fit",
        "Issuer, audience and client claim (appid or azp) differ between v1 and v2 tokens of Microsoft Entra.",
        "Use metadata, issuer and claim names of the version that the API's registration asks for "
        "(requestedAccessTokenVersion).",
        Owner.API_OWNER,
    ),
    "template-issuer": Explained(
        "Issuer with a placeholder for the tenant",
        "Whether the gateway puts the token's tenant into the template is not documented; a plain comparison fails.",
        "Use the metadata of one tenant, list the accepted issuers, or use validate-azure-ad-token.",
        Owner.API_OWNER,
    ),
    "tenant-conflict": Explained(
        "Wanted tenant issues none of the tokens",
        "The claim tid names the tenant that issued the token, and the policy takes its keys from another one.",
        "Use the metadata or the tenant-id of the tenant that the claim wants.",
        Owner.API_OWNER,
    ),
    "external-id-token": Explained(
        "External tenant is not supported",
        "validate-azure-ad-token is made for workforce tenants and refuses tokens of customer tenants and B2C.",
        "Use validate-jwt with the metadata address of the external tenant.",
        Owner.API_OWNER,
    ),
    "host-misspelt": Explained(
        "Host looks misspelt",
        "The keys come from this host, and a name that is nearly right may belong to somebody else.",
        "Correct the host; the vendor's own page prints login-microsoftonline.com where a dot belongs.",
        Owner.API_OWNER,
    ),
    "metadata-address": Explained(
        "Address is no metadata address",
        "The gateway reads issuer and keys from the OpenID configuration, and finds neither at this address.",
        "Use the address that ends with /.well-known/openid-configuration.",
        Owner.API_OWNER,
    ),
    "metadata-not-https": Explained(
        "Metadata over an open connection",
        "Who can change the answer on the way can put in a key of their own and sign tokens with it.",
        "Use the https address.",
        Owner.API_OWNER,
    ),
    "no-keys": Explained(
        "No keys to verify with",
        "Without metadata and without keys the gateway refuses every signed token.",
        "Add openid-config with the issuer's metadata address.",
        Owner.API_OWNER,
    ),
    "unsigned-accepted": Explained(
        "Unsigned tokens pass",
        "A token without a signature can be written by anybody, with any claims.",
        "Remove require-signed-tokens or set it to true.",
        Owner.API_OWNER,
    ),
    "no-expiry-required": Explained(
        "Tokens without an end pass",
        "A token without exp that is lost or stolen opens the API for ever.",
        "Remove require-expiration-time or set it to true.",
        Owner.API_OWNER,
    ),
    "large-skew": Explained(
        "Large clock skew",
        "Expired tokens stay usable for that long; clocks that are kept in time differ by seconds.",
        "Lower clock-skew to 300 seconds or less.",
        Owner.API_OWNER,
    ),
    "require-scheme-ignored": Explained(
        "require-scheme has no effect",
        "The gateway looks at the scheme only in the Authorization header; elsewhere the bare token is expected.",
        "Remove require-scheme, or take the token from the Authorization header.",
        Owner.API_OWNER,
    ),
    "token-in-url": Explained(
        "Token in the address",
        "Addresses are kept in logs, histories and referrers, and so would be the token.",
        "Take the token from the Authorization header.",
        Owner.API_OWNER,
    ),
    "token-value-with-scheme": Explained(
        "token-value with the scheme",
        "token-value must be the token alone; with Bearer before it no token is well-formed.",
        'Use header-name="Authorization", or cut the scheme off in the expression.',
        Owner.API_OWNER,
    ),
    "unusual-status": Explained(
        "Unusual status for a missing token",
        "Clients get a new token when they see 401; with another status they stop, or take it for a success.",
        "Leave out failed-validation-httpcode or set it to 401.",
        Owner.API_OWNER,
    ),
    "weak-key": Explained(
        "Weak key",
        "Short keys can be guessed with enough computing; the gateway refuses the shortest.",
        "Use RSA keys of 2048 bits or more, and symmetric keys of 256 bits or more.",
        Owner.API_OWNER,
    ),
    "key-not-base64": Explained(
        "Key cannot be read",
        "A symmetric key must be Base64, the numbers n and e Base64url; anything else verifies nothing.",
        "Encode the key and paste it again.",
        Owner.API_OWNER,
    ),
}
