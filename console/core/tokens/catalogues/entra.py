"""The claims of Microsoft Entra's access tokens, version 1.0 and 2.0, and when each is there."""

from console.core.compare import is_guid
from console.core.issuers import read_issuer
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Claims, Presence, Shape, text_of

_A, _N, _O, _S = Presence.ALWAYS, Presence.NEVER, Presence.ASKED, Presence.SOMETIMES
_PROFILE = "The client must also have been granted the scope profile."
_INTERNAL = "Internal to Microsoft: ignore it (meaning unconfirmed)."


def recognises(claims: Claims) -> bool:
    """An issuer of Entra in any cloud; or one of its shape on another host, as the sandbox has it."""
    form = read_issuer(text_of(claims, "iss"))
    if form.provider == "sandbox":
        return "ver" in claims and is_guid(form.tenant)
    return form.provider == "entra"


def _user(
    name: str, meaning: str, v1: Presence, v2: Presence, *, note: str = "", shape: Shape = Shape.TEXT
) -> ClaimMeaning:
    return ClaimMeaning(name, meaning, shape, v1=v1, v2=v2, app_only=False, note=note)


_TOKEN = (
    ClaimMeaning("iss", "Issuer: the tenant, in the form of the token's version. An API compares it character by "
                 "character.", Shape.ISSUER, v1=_A, v2=_A),
    ClaimMeaning("aud", "Audience: the API the token is for. Version 1 repeats what the client asked for, version 2 "
                 "always says the API's bare client id.", Shape.AUDIENCE, v1=_A, v2=_A),
    ClaimMeaning("sub", "Subject: whom the token stands for; for users a different value for each client and API, for "
                 "applications commonly equal to oid.", v1=_A, v2=_A),
    ClaimMeaning("exp", "Expires: from this moment on the token must be refused; 60 to 90 minutes after it was issued, "
                 "at random.", Shape.TIME, v1=_A, v2=_A),
    ClaimMeaning("nbf", "Not before: until this moment the token must be refused; Entra sets it equal to iat.",
                 Shape.TIME, v1=_A, v2=_A),
    ClaimMeaning("iat", "Issued at; Entra dates it about five minutes back.", Shape.TIME, v1=_A, v2=_A),
    ClaimMeaning("ver", "Version of the token; the API's registration chooses it, not the client.", Shape.CHOICE,
                 (("1.0", "version 1: issuer sts.windows.net, client in appid"),
                  ("2.0", "version 2: issuer login.microsoftonline.com, client in azp, audience a GUID")),
                 v1=_A, v2=_A),
    ClaimMeaning("tid", "Tenant that issued the token; it must fit the issuer.", Shape.TENANT, v1=_A, v2=_A),
    ClaimMeaning("appid", "The client it was issued to (version 1).", Shape.APPLICATION, v1=_A, v2=_N, instead="azp"),
    ClaimMeaning("azp", "The client it was issued to (version 2).", Shape.APPLICATION, v1=_N, v2=_A, instead="appid"),
    ClaimMeaning("azp_name", "The client's name, for display only."),
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
    ClaimMeaning("idp", "Who authenticated the subject; the issuer itself when absent.", Shape.ISSUER, v1=_S, v2=_S,
                 note="When it is absent, the issuer itself signed the user in."),
    ClaimMeaning("acr", "How well the user was authenticated.", Shape.CHOICE,
                 (("0", "below the requirements of ISO/IEC 29115"), ("1", "password or better")),
                 v1=_S, v2=_N, app_only=False),
    _user("amr", "How the user was authenticated.", _S, _O, shape=Shape.METHODS),
    _user("acrs", "Authentication contexts that were satisfied (step-up).", _O, _O, shape=Shape.LIST),
    ClaimMeaning("xms_cc", "What the client can handle.", Shape.CHOICE,
                 (("cp1", "claims challenges (continuous access evaluation), so the token may live up to 28 hours"),
                  ("CP1", "claims challenges (continuous access evaluation), so the token may live up to 28 hours")),
                 v1=_O, v2=_O),
    ClaimMeaning("cnf", "The key the sender must prove to hold (proof-of-possession token).", Shape.CONFIRMATION),
)  # fmt: skip
_GROUPS = (
    _user("groups", "Object ids of the user's groups, at most 200.", _S, _S, shape=Shape.GROUPS,
          note="The API's registration must set groupMembershipClaims; beyond 200 groups only a reference is given."),
    _user("hasgroups", "The user is in too many groups to list them here.", _S, _S, shape=Shape.OVERAGE_FLAG),
    _user("_claim_names", "Claims that were too many to list; _claim_sources says where they are.", _S, _S,
          shape=Shape.OVERAGE_NAMES),
    _user("_claim_sources", "Where the claims of _claim_names are; ask Microsoft Graph instead.", _S, _S,
          shape=Shape.OVERAGE_SOURCES),
    ClaimMeaning("wids", "Directory roles of the user.", Shape.DIRECTORY_ROLES, v1=_S, v2=_S,
                 note="The API's registration must set groupMembershipClaims to All or DirectoryRole."),
)  # fmt: skip
_USER = (
    _user("name", "The user's name, for display only.", _S, _S, note=_PROFILE),
    _user("preferred_username", "How the user signs in. It can change: never authorise by it.", _O, _S, note=_PROFILE),
    ClaimMeaning("unique_name", "The user's sign-in name, for display only.", v1=_S, v2=_N, app_only=False,
                 instead="preferred_username"),
    _user("upn", "User principal name. It can change: never authorise by it.", _S, _O, note=_PROFILE),
    _user("email", "The user's e-mail address. Never authorise by it.", _S, _S,
          note="It is there for guests, or when the API asks for it."),
    _user("given_name", "The user's first name.", _S, _O, note=_PROFILE),
    _user("family_name", "The user's last name.", _S, _O, note=_PROFILE),
    _user("nickname", "The user's nickname.", _S, _O),
    _user("auth_time", "When the user last signed in.", _O, _O, shape=Shape.TIME),
    _user("ipaddr", "The address the user signed in from.", _S, _O),
    _user("onprem_sid", "The user's security id in the on-premises directory.", _S, _O),
    _user("pwd_exp", "When the user's password expires.", _S, _O, shape=Shape.SECONDS),
    _user("pwd_url", "Where the user changes the password.", _S, _O),
    _user("in_corp", "Whether the user signed in from the company network.", _S, _O),
    _user("sid", "Session of the user.", _S, _S),
    ClaimMeaning("acct", "Whether the user is a member or a guest.", Shape.CHOICE,
                 (("0", "a member of the tenant"), ("1", "a guest")), v1=_O, v2=_O, app_only=False),
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
    ClaimMeaning("NAVident", "The employee's ident at NAV, for tokens of its tenant."),
)  # fmt: skip
_INTERNALS = (
    ClaimMeaning("uti", "Token id at Entra: quote it to support.", v1=_A, v2=_A),
    ClaimMeaning("rh", "Internal to Microsoft: ignore it.", v1=_S, v2=_S),
    ClaimMeaning("aio", "Internal to Microsoft: ignore it.", v1=_S, v2=_S),
    ClaimMeaning("nonce", "Belongs to ID tokens: an access token of Entra does not have it."),
    ClaimMeaning("xms_tcdt", "Probably when the tenant was made (meaning unconfirmed); ignore it.", Shape.TIME),
    *(ClaimMeaning(name, _INTERNAL) for name in (
        "xms_idrel", "xms_act_fct", "xms_sub_fct", "xms_ftd", "xms_st", "xms_tdbr", "puid", "platf", "signin_state",
        "app_displayname")),
    *(ClaimMeaning(name, "Other: not looked up by this console.") for name in ("xms_mirid", "deviceid")),
)  # fmt: skip
_PREFIXES = (
    ClaimMeaning("xms_", "Not documented by Microsoft: ignore it (meaning unconfirmed)."),
    ClaimMeaning("extn.", "An extension attribute of the directory that the API asked for as an optional claim."),
    ClaimMeaning("extension_", "An extension attribute of the directory that the API asked for as an optional claim."),
)

CATALOGUE = Catalogue(
    "entra",
    "Microsoft Entra ID",
    "Microsoft: access token claims reference, optional claims reference",
    (*_TOKEN, *_GROUPS, *_USER, *_INTERNALS),
    recognises,
    _PREFIXES,
)
