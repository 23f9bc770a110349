"""The claims and header parameters this console can explain: a table of data.

Sources: RFC 7519 section 4.1, RFC 7515 section 4.1, RFC 7516 section 4.1, RFC 8693 section 4, RFC 9068 section 2.2,
OpenID Connect Core sections 2 and 5.1, and for Entra what `ATC`, `OCR` and others of Microsoft's pages say.
"""

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a value is turned into words."""

    TEXT = "text"
    TIME = "time"
    AUDIENCE = "audience"
    APPLICATION = "application"
    TENANT = "tenant"
    ISSUER = "issuer"
    METHODS = "methods"
    CLIENT_AUTHENTICATION = "client_authentication"
    SCOPES = "scopes"
    LIST = "list"
    DIRECTORY_ROLES = "directory_roles"
    CHOICE = "choice"


class Presence(StrEnum):
    """When Entra puts a claim into an access token of one version."""

    ALWAYS = "always"
    NEVER = "never"
    ASKED = "asked"  # the API must configure it as an optional claim
    SOMETIMES = "sometimes"  # only when there is a value


@dataclass(frozen=True, slots=True)
class ClaimMeaning:
    """`choices` gives the meaning per value for Shape.CHOICE. `v1` and `v2` are None for claims Entra does not issue.

    `delegated` and `app_only` say whether tokens with and without a user can hold it. `instead` names the claim that
    takes its place in the other version, "" when there is none. `note` ends the answer to "why is it missing?".
    """

    name: str
    meaning: str
    shape: Shape = Shape.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    v1: Presence | None = None
    v2: Presence | None = None
    delegated: bool = True
    app_only: bool = True
    instead: str = ""
    note: str = ""

    def why_missing(self, version: str, app_only: bool) -> str | None:
        """Why an Entra access token of `version` ("1.0" or "2.0") lacks the claim; None when it should be there."""
        presence = self.v2 if version == "2.0" else self.v1
        if presence is None:
            return None
        if presence is Presence.NEVER:
            other = "1.0" if version == "2.0" else "2.0"
            elsewhere = f"; it is called {self.instead} here" if self.instead else ""
            return f"Version {version} tokens do not have it, only version {other} tokens do{elsewhere}."
        if app_only and not self.app_only:
            return "The token is app-only: it stands for no user, so this claim has no value."
        if not app_only and not self.delegated:
            return "Only app-only tokens have it; this one stands for a user."
        if presence is Presence.ASKED:
            return f"Optional: the API's registration must ask for it as an optional claim.{self._note()}"
        if presence is Presence.SOMETIMES:
            return f"It is there only when there is a value.{self._note()}"
        return None

    def _note(self) -> str:
        return f" {self.note}" if self.note else ""


_A, _N, _O, _S = Presence.ALWAYS, Presence.NEVER, Presence.ASKED, Presence.SOMETIMES
_PROFILE = "The client must also have been granted the scope profile."
_INTERNAL = "Internal to Microsoft: ignore it (meaning unconfirmed)."


def _user(
    name: str, meaning: str, v1: Presence, v2: Presence, *, note: str = "", shape: Shape = Shape.TEXT
) -> ClaimMeaning:
    return ClaimMeaning(name, meaning, shape, v1=v1, v2=v2, app_only=False, note=note)


_REGISTERED = (
    ClaimMeaning(
        "iss", "Issuer: who made the token. An API compares it character by character.", Shape.ISSUER, v1=_A, v2=_A
    ),
    ClaimMeaning("aud", "Audience: the API the token is for.", Shape.AUDIENCE, v1=_A, v2=_A),
    ClaimMeaning(
        "sub", "Subject: whom the token stands for; at Entra a different value for each client and API.", v1=_A, v2=_A
    ),
    ClaimMeaning("exp", "Expires: from this moment on the token must be refused.", Shape.TIME, v1=_A, v2=_A),
    ClaimMeaning("nbf", "Not before: until this moment the token must be refused.", Shape.TIME, v1=_A, v2=_A),
    ClaimMeaning("iat", "Issued at; Entra dates it about five minutes back.", Shape.TIME, v1=_A, v2=_A),
    ClaimMeaning("jti", "The token's own id, so that a verifier can refuse it the second time."),
)
_OAUTH = (
    ClaimMeaning("client_id", "The client the token was issued to (RFC 9068).", Shape.APPLICATION),
    ClaimMeaning("scope", "What the client may do, separated by blanks (RFC 9068).", Shape.SCOPES),
    ClaimMeaning("entitlements", "What the subject is entitled to (RFC 9068).", Shape.LIST),
    ClaimMeaning("act", "Who acts for the subject (RFC 8693 section 4.1)."),
    ClaimMeaning("may_act", "Who may act for the subject (RFC 8693 section 4.4)."),
    ClaimMeaning("cnf", "Confirmation: the key the sender must prove to hold (RFC 7800)."),
    ClaimMeaning("authorization_details", "What was authorised, in detail (RFC 9396)."),
    ClaimMeaning("consumer", "The organisation the token stands for (Maskinporten)."),
    ClaimMeaning("supplier", "The organisation that acts for the consumer (Maskinporten)."),
    ClaimMeaning("client_amr", "How the client authenticated (Maskinporten)."),
    ClaimMeaning("pid", "National identity number of the person (ID-porten)."),
    ClaimMeaning("idp", "Who authenticated the subject; the issuer itself when absent.", v1=_S, v2=_S,
                 note="When it is absent, the issuer itself signed the user in."),
)  # fmt: skip
_OPENID = (
    ClaimMeaning("nonce", "Ties an ID token to the sign-in that asked for it; access tokens do not have it."),
    ClaimMeaning("at_hash", "Hash of the access token that came along: this is an ID token."),
    ClaimMeaning("c_hash", "Hash of the code that came along: this is an ID token."),
    _user("auth_time", "When the user last signed in.", _O, _O, shape=Shape.TIME),
    _user("name", "The user's name, for display only.", _S, _S, note=_PROFILE),
    _user("given_name", "The user's first name.", _S, _O, note=_PROFILE),
    _user("family_name", "The user's last name.", _S, _O, note=_PROFILE),
    _user("nickname", "The user's nickname.", _S, _O),
    _user("preferred_username", "How the user signs in. It can change: never authorise by it.", _O, _S, note=_PROFILE),
    _user("email", "The user's e-mail address. Never authorise by it.", _S, _S,
          note="It is there for guests, or when the API asks for it."),
    ClaimMeaning("email_verified", "Whether the issuer checked the e-mail address."),
    ClaimMeaning("middle_name", "The user's middle name."), ClaimMeaning("profile", "Address of the user's page."),
    ClaimMeaning("picture", "Address of the user's picture."), ClaimMeaning("website", "The user's website."),
    ClaimMeaning("gender", "The user's gender."), ClaimMeaning("birthdate", "The user's date of birth."),
    ClaimMeaning("zoneinfo", "The user's time zone."), ClaimMeaning("locale", "The user's language and country."),
    ClaimMeaning("phone_number", "The user's telephone number."), ClaimMeaning("address", "The user's postal address."),
    ClaimMeaning("phone_number_verified", "Whether the issuer checked the telephone number."),
    ClaimMeaning("updated_at", "When the user's details last changed.", Shape.TIME),
)  # fmt: skip
_ENTRA = (
    ClaimMeaning("ver", "Version of the token; the API's registration chooses it, not the client.", Shape.CHOICE,
                 (("1.0", "version 1: issuer sts.windows.net, client in appid"),
                  ("2.0", "version 2: issuer login.microsoftonline.com, client in azp, audience a GUID")),
                 v1=_A, v2=_A),
    ClaimMeaning("tid", "Tenant that issued the token; it must fit the issuer.", Shape.TENANT, v1=_A, v2=_A),
    ClaimMeaning("appid", "The client it was issued to (version 1).", Shape.APPLICATION, v1=_A, v2=_N, instead="azp"),
    ClaimMeaning("azp", "The client it was issued to (version 2).", Shape.APPLICATION, v1=_N, v2=_A, instead="appid"),
    ClaimMeaning("appidacr", "How the client proved itself (version 1).", Shape.CLIENT_AUTHENTICATION, v1=_A, v2=_N,
                 instead="azpacr"),
    ClaimMeaning("azpacr", "How the client proved itself (version 2).", Shape.CLIENT_AUTHENTICATION, v1=_N, v2=_A,
                 instead="appidacr"),
    ClaimMeaning("roles", "App roles granted: to the application if app-only, else to the user.", Shape.LIST,
                 v1=_S, v2=_S, note="No role of this API was granted, or an administrator has not consented yet."),
    ClaimMeaning("scp", "Delegated scopes, separated by blanks: what the client may do for the user.", Shape.SCOPES,
                 v1=_A, v2=_A, app_only=False),
    ClaimMeaning("oid", "Object id: of the user, or of the enterprise application (not of the app registration).",
                 v1=_S, v2=_S, note=_PROFILE),
    ClaimMeaning("idtyp", "Whether the token stands for an application or a user.", Shape.CHOICE,
                 (("app", "app-only: no user"), ("user", "a user")), v1=_O, v2=_O),
    ClaimMeaning("acr", "How well the user was authenticated.", Shape.CHOICE,
                 (("0", "below the requirements of ISO/IEC 29115"), ("1", "password or better")),
                 v1=_S, v2=_N, app_only=False),
    _user("amr", "How the user was authenticated.", _S, _O, shape=Shape.METHODS),
    _user("acrs", "Authentication contexts that were satisfied (step-up).", _O, _O, shape=Shape.LIST),
    ClaimMeaning("xms_cc", "What the client can handle; cp1: claims challenges.", Shape.LIST, v1=_O, v2=_O),
    _user("groups", "Object ids of the user's groups, at most 200.", _S, _S, shape=Shape.LIST,
          note="The API's registration must set groupMembershipClaims; beyond 200 groups only a reference is given."),
    _user("hasgroups", "The user is in too many groups to list them here.", _S, _S),
    _user("_claim_names", "Claims that were too many to list; _claim_sources says where they are.", _S, _S),
    _user("_claim_sources", "Where the claims of _claim_names are; ask Microsoft Graph instead.", _S, _S),
    ClaimMeaning("wids", "Directory roles of the user.", Shape.DIRECTORY_ROLES, v1=_S, v2=_S,
                 note="The API's registration must set groupMembershipClaims to All or DirectoryRole."),
    ClaimMeaning("unique_name", "The user's sign-in name, for display only.", v1=_S, v2=_N, app_only=False,
                 instead="preferred_username"),
    _user("upn", "User principal name. It can change: never authorise by it.", _S, _O, note=_PROFILE),
    _user("ipaddr", "The address the user signed in from.", _S, _O),
    _user("onprem_sid", "The user's security id in the on-premises directory.", _S, _O),
    _user("pwd_exp", "Seconds until the user's password expires.", _S, _O),
    _user("pwd_url", "Where the user changes the password.", _S, _O),
    _user("in_corp", "Whether the user signed in from the company network.", _S, _O),
    _user("sid", "Session of the user.", _S, _S),
    ClaimMeaning("uti", "Token id at Entra: quote it to support.", v1=_A, v2=_A),
    ClaimMeaning("rh", "Internal to Microsoft: ignore it.", v1=_S, v2=_S),
    ClaimMeaning("aio", "Internal to Microsoft: ignore it.", v1=_S, v2=_S),
    _user("acct", "Whether the user is a member or a guest.", _O, _O),
    _user("ctry", "The user's country.", _O, _O), _user("fwd", "Original address of the user's request.", _O, _O),
    _user("login_hint", "A sign-in hint for later requests.", _O, _O),
    _user("tenant_ctry", "The tenant's country.", _O, _O),
    _user("tenant_region_scope", "The tenant's region.", _O, _O),
    _user("verified_primary_email", "The user's primary verified addresses.", _O, _O, shape=Shape.LIST),
    _user("verified_secondary_email", "The user's secondary verified addresses.", _O, _O, shape=Shape.LIST),
    _user("vnet", "Virtual network the user came from.", _O, _O),
    _user("ztdid", "Device id of zero-touch deployment.", _O, _O),
    _user("xms_edov", "Whether the owner of the e-mail domain was verified.", _O, _O),
    _user("xms_pdl", "Preferred data location.", _O, _O), _user("xms_pl", "The user's language.", _O, _O),
    _user("xms_tpl", "The tenant's language.", _O, _O),
    ClaimMeaning("tfp", "User flow (policy) of Azure AD B2C that issued the token."),
    ClaimMeaning("xms_tcdt", "Probably when the tenant was made (meaning unconfirmed); ignore it."),
    *(ClaimMeaning(name, _INTERNAL) for name in (
        "xms_idrel", "xms_act_fct", "xms_sub_fct", "xms_ftd", "xms_st", "xms_tdbr", "puid", "platf", "signin_state",
        "app_displayname")),
    *(ClaimMeaning(name, "Other: not looked up by this console.") for name in ("xms_mirid", "deviceid")),
)  # fmt: skip
_HEADER = (
    ClaimMeaning("alg", "Algorithm of the signature or of the key encryption.", v1=_A, v2=_A),
    ClaimMeaning("typ", "What kind of token this is; at+jwt is an access token (RFC 9068).", v1=_A, v2=_A),
    ClaimMeaning("kid", "Id of the key that signed: the verifier looks it up in the issuer's key set.", v1=_A, v2=_A),
    ClaimMeaning("x5t", "SHA-1 thumbprint of the signing certificate.", v1=_A, v2=_N, instead="kid"),
    ClaimMeaning("x5t#S256", "SHA-256 thumbprint of the signing certificate."),
    ClaimMeaning("nonce", "Microsoft Graph signs over a changed nonce: only Graph can verify this token."),
    ClaimMeaning("cty", "Content type; JWT means a token inside a token."),
    ClaimMeaning("crit", "Extensions that a verifier must understand or refuse the token."),
    ClaimMeaning("jku", "Address of a key set, chosen by the token: never opened."),
    ClaimMeaning("x5u", "Address of a certificate, chosen by the token: never opened."),
    ClaimMeaning("jwk", "A key the token brings along: proves nothing."),
    ClaimMeaning("x5c", "Certificates the token brings along: prove nothing by themselves."),
    ClaimMeaning("b64", "false: the payload is not base64url (RFC 7797)."),
    ClaimMeaning("enc", "Algorithm the content is encrypted with."),
    ClaimMeaning("zip", "Compression of the content before it was encrypted."),
    ClaimMeaning("p2c", "Rounds of key derivation from a password."),
    ClaimMeaning("p2s", "Salt of the key derivation."),
    ClaimMeaning("epk", "Sender's passing public key."),
    ClaimMeaning("apu", "Who sent it (key agreement)."),
    ClaimMeaning("apv", "For whom it is (key agreement)."),
)

PAYLOAD: dict[str, ClaimMeaning] = {claim.name: claim for claim in (*_REGISTERED, *_OAUTH, *_OPENID, *_ENTRA)}
HEADER: dict[str, ClaimMeaning] = {claim.name: claim for claim in _HEADER}
