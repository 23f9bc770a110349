"""For each warning of the text: a policy that deserves it, and the nearest ones that do not."""

TENANT = "3f8a0c6e-52b7-4d1b-9e44-a7c1de20b5f9"
OTHER = "c90d4b12-7e3a-4f6c-8b55-16e2fa9d3c70"
API = "6b1f9ad2-0c3e-4e7a-b8d5-f24a7c90e1ab"
CLIENT = "e2c47a90-1b5d-4c8f-a3f6-90bd7e12c4a8"
LOGIN = f"https://login.microsoftonline.com/{TENANT}"
V2 = f"{LOGIN}/v2.0/.well-known/openid-configuration"
V1 = f"{LOGIN}/.well-known/openid-configuration"
V2_ISSUER, V1_ISSUER = f"{LOGIN}/v2.0", f"https://sts.windows.net/{TENANT}/"
HEADER = 'header-name="Authorization" require-scheme="Bearer"'
AUDIENCES = f"<audiences><audience>{API}</audience></audiences>"
KEY_256 = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def claim(name, *values, extra='match="any"'):
    return f'<claim name="{name}" {extra}>{"".join(f"<value>{value}</value>" for value in values)}</claim>'


def claims(*blocks):
    return f"<required-claims>{''.join(blocks)}</required-claims>"


ROLE = claims(claim("roles", "Orders.Read"))


def jwt(inner=ROLE, *, attributes=HEADER, url=V2, audiences=AUDIENCES, issuers=()):
    config = f'<openid-config url="{url}" />' if url else ""
    listed = f"<issuers>{''.join(f'<issuer>{one}</issuer>' for one in issuers)}</issuers>" if issuers else ""
    return f"<validate-jwt {attributes}>{config}{audiences}{listed}{inner}</validate-jwt>"


CLIENTS = f"<client-application-ids><application-id>{CLIENT}</application-id></client-application-ids>"


def entra(inner=CLIENTS + AUDIENCES, *, attributes=f'tenant-id="{TENANT}"'):
    return f"<validate-azure-ad-token {attributes}>{inner}</validate-azure-ad-token>"


def whole(inbound="", *, backend="", outbound="", on_error=""):
    return (
        f"<policies><inbound>{inbound}</inbound><backend>{backend}</backend>"
        f"<outbound>{outbound}</outbound><on-error>{on_error}</on-error></policies>"
    )


def header(name, value, action="override"):
    return f'<set-header name="{name}" exists-action="{action}"><value>{value}</value></set-header>'


def audiences(*values):
    return f"<audiences>{''.join(f'<audience>{value}</audience>' for value in values)}</audiences>"


def variable(expression):
    return f'<set-variable name="v" value="{expression}" />'


def cors(headers):
    listed = "".join(f"<header>{one}</header>" for one in headers)
    return (
        f"<cors><allowed-origins><origin>*</origin></allowed-origins><allowed-headers>{listed}</allowed-headers></cors>"
    )


def when(inner, *, otherwise="", condition="@(context.Request.Method == 'GET')"):
    rest = f"<otherwise>{otherwise}</otherwise>" if otherwise else ""
    return f'<choose><when condition="{condition}">{inner}</when>{rest}</choose>'


def keys(key, attributes=""):
    return jwt(
        f"<issuer-signing-keys><key {attributes}>{key}</key></issuer-signing-keys>{AUDIENCES}", url="", audiences=""
    )


AS_JWT = "@(context.Request.Headers.GetValueOrDefault(&quot;Authorization&quot;,&quot;&quot;).AsJwt().Subject)"
OTHER_AS_JWT = "@(context.Request.Headers.GetValueOrDefault(&quot;X-Token&quot;,&quot;&quot;).AsJwt().Subject)"
WHOLE_HEADER = "@(context.Request.Headers.GetValueOrDefault(&quot;Authorization&quot;))"
CUT_HEADER = "@(context.Request.Headers.GetValueOrDefault(&quot;Authorization&quot;).Split(' ')[1])"
READS = "@(((Jwt)context.Variables[&quot;jwt&quot;]).Subject)"
OUTPUT = f'{HEADER} output-token-variable-name="jwt"'
ANSWER = '<return-response><set-status code="401" /></return-response>'
CACHE = '<cache-lookup vary-by-developer="false" allow-private-response-caching="true">{}</cache-lookup>'
ASKS = "@(context.Request.Headers.ContainsKey(&quot;Authorization&quot;))"
RSA_1024_BITS = "w" + "A" * 170

# code -> (the policy that deserves it, the path it is said at, near misses)
ROWS = {
    "hidden-scope": (whole("<base />" + jwt()), "inbound/base[1]", [whole(jwt(), outbound="<base />")]),
    "hidden-fragment": (
        whole('<include-fragment fragment-id="rules" />' + jwt()),
        "inbound/include-fragment[1]",
        [whole(jwt())],
    ),
    "unknown-attribute": (
        whole(jwt() + '<rewrite-uri template="/x" copy-unmatched="true" />'),
        "inbound/rewrite-uri[1]",
        [whole(jwt() + '<rewrite-uri template="/x" copy-unmatched-params="true" id="a" />')],
    ),
    "template-field": (
        whole(jwt(url=V2.replace(TENANT, "{tenant-id}"))),
        "inbound/validate-jwt[1]",
        [whole(jwt(url=V2.replace(TENANT, "{{tenant-id}}"))), whole(jwt())],
    ),
    "secret-in-policy": (
        keys(KEY_256),
        "inbound/validate-jwt[1]",
        [
            keys("{{orders-key}}"),
            keys("@(context.Variables.GetValueOrDefault(&quot;k&quot;))"),
            keys("", 'certificate-id="c"'),
        ],
    ),
    "unsigned-accepted": (
        jwt(attributes=f'{HEADER} require-signed-tokens="false"'),
        "inbound/validate-jwt[1]",
        [
            jwt(attributes=f'{HEADER} require-signed-tokens="true"'),
            jwt(attributes=f'{HEADER} require-signed-tokens="{{{{s}}}}"'),
        ],
    ),
    "no-keys": (jwt(url=""), "inbound/validate-jwt[1]", [keys(KEY_256), jwt(url="{{metadata}}")]),
    "issuer-not-checked": (
        keys(KEY_256),
        "inbound/validate-jwt[1]",
        [jwt(), jwt(url="", issuers=[V2_ISSUER]), jwt(claims(claim("iss", V2_ISSUER)), url="")],
    ),
    "template-issuer": (
        jwt(url="https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration"),
        "inbound/validate-jwt[1]",
        [
            jwt(),
            jwt(
                url="https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
                issuers=[V2_ISSUER],
            ),
        ],
    ),
    "external-id-token": (
        entra(attributes='tenant-id="contoso.onmicrosoft.com" authentication-endpoint="https://contoso.ciamlogin.com"'),
        "inbound/validate-azure-ad-token[1]",
        [entra(attributes=f'tenant-id="{TENANT}" authentication-endpoint="https://login.microsoftonline.us"')],
    ),
    "any-tenant-accepted": (
        entra(AUDIENCES, attributes='tenant-id="https://login.microsoftonline.com/organizations"'),
        "inbound/validate-azure-ad-token[1]",
        [
            entra(attributes='tenant-id="organizations"'),
            entra(AUDIENCES),
            entra(AUDIENCES, attributes='tenant-id="{{t}}"'),
        ],
    ),
    "tenant-conflict": (
        jwt(claims(claim("tid", OTHER))),
        "inbound/validate-jwt[1]",
        [jwt(claims(claim("tid", TENANT.upper()))), jwt(claims(claim("tid", OTHER, "{{tenant}}")))],
    ),
    "issuer-form": (
        jwt(issuers=[f"https://sts.windows.net/{TENANT}"]),
        "inbound/validate-jwt[1]",
        [
            jwt(issuers=[V1_ISSUER, V2_ISSUER]),
            jwt(issuers=["https://id.example/"]),
            jwt(issuers=["https://sts.windows.net/{{t}}"]),
        ],
    ),
    "mixed-versions": (
        jwt(issuers=[V1_ISSUER]),
        "inbound/validate-jwt[1]",
        [jwt(issuers=[V2_ISSUER]), jwt(issuers=[V1_ISSUER, V2_ISSUER]), jwt(issuers=["{{issuer}}"])],
    ),
    "host-misspelt": (
        entra(attributes=f'tenant-id="{TENANT}" authentication-endpoint="https://login-microsoftonline.com"'),
        "inbound/validate-azure-ad-token[1]",
        [
            entra(attributes=f'tenant-id="{TENANT}" authentication-endpoint="login.microsoftonline.us"'),
            jwt(url="https://login.example/.well-known/openid-configuration"),
        ],
    ),
    "metadata-address": (
        jwt(url=f"{LOGIN}/discovery/v2.0/keys"),
        "inbound/validate-jwt[1]",
        [jwt(), jwt(url=f"{V2}?appid={CLIENT}"), jwt(url="https://id.example/oidc")],
    ),
    "metadata-not-https": (
        jwt(url="http://id.example/.well-known/openid-configuration"),
        "inbound/validate-jwt[1]",
        [jwt(url="http://127.0.0.1:8000/t/v2.0/.well-known/openid-configuration"), jwt()],
    ),
    "unconfirmed-behaviour": (
        entra(""),
        "inbound/validate-azure-ad-token[1]/client-application-ids",
        [entra(), entra(CLIENTS), entra(AUDIENCES), jwt(audiences="")],
    ),
    "audience-not-checked": (
        jwt(audiences=""),
        "inbound/validate-jwt[1]",
        [
            jwt(),
            jwt(claims(claim("aud", API), claim("roles", "r")), audiences=""),
            entra("<backend-application-ids><application-id>a</application-id></backend-application-ids>"),
        ],
    ),
    "audiences-empty": (
        jwt(audiences="<audiences><audience /></audiences>"),
        "inbound/validate-jwt[1]",
        [jwt(), jwt(audiences="")],
    ),
    "audience-of-other-version": (
        jwt(audiences=audiences(f"api://{API}")),
        "inbound/validate-jwt[1]",
        [
            jwt(audiences=audiences(f"api://{API}", API)),
            jwt(audiences=audiences(f"api://{API}"), issuers=[V1_ISSUER]),
            jwt(audiences=audiences(f"api://{API}"), url=V1),
            jwt(audiences=audiences("{{audience}}")),
        ],
    ),
    "graph-audience": (jwt(audiences=audiences("https://graph.microsoft.com")), "inbound/validate-jwt[1]", [jwt()]),
    "request-wanted": (
        jwt(audiences=audiences("api://orders/.default")),
        "inbound/validate-jwt[1]",
        [jwt(), jwt(audiences=audiences("api://orders"))],
    ),
    "any-client-accepted": (
        jwt(""),
        "inbound/validate-jwt[1]",
        [
            jwt(),
            jwt(claims(claim("azp", CLIENT))),
            entra(),
            keys(KEY_256),
            whole(jwt("", attributes=OUTPUT) + variable(READS)),
        ],
    ),
    "version-mismatch": (
        jwt(claims(claim("appid", CLIENT))),
        "inbound/validate-jwt[1]",
        [
            jwt(claims(claim("azp", CLIENT))),
            jwt(claims(claim("appid", CLIENT)), url=V1),
            jwt(claims(claim("appid", CLIENT)), issuers=[V1_ISSUER]),
            jwt(claims(claim("appid", CLIENT)), url="https://id.example/.well-known/openid-configuration"),
            entra(claims(claim("appid", CLIENT)) + AUDIENCES),
        ],
    ),
    "match-all-single-valued": (
        jwt(claims(claim("azp", "one", "two", extra=""))),
        "inbound/validate-jwt[1]",
        [jwt(claims(claim("azp", "one", "two"))), jwt(claims(claim("azp", "one", extra="")))],
    ),
    "match-default-all": (
        jwt(claims(claim("roles", "one", "two", extra=""))),
        "inbound/validate-jwt[1]",
        [jwt(claims(claim("roles", "one", "two", extra='match="all"'))), jwt(claims(claim("roles", "one", extra="")))],
    ),
    "scope-separator": (
        jwt(claims(claim("scp", "Orders.Read"))),
        "inbound/validate-jwt[1]",
        [
            jwt(claims(claim("scp", "Orders.Read", extra='match="any" separator=" "'))),
            jwt(claims(claim("scp", extra=""))),
            jwt(claims(claim("scp", "r")), url="https://x.okta.com/oauth2/d/.well-known/openid-configuration"),
        ],
    ),
    "value-holds-separator": (
        jwt(claims(claim("scp", "read write", extra='separator=" "'))),
        "inbound/validate-jwt[1]",
        [jwt(claims(claim("scp", "read", "write", extra='match="all" separator=" "')))],
    ),
    "several-in-one-value": (
        jwt(claims(claim("azp", f"{CLIENT},{OTHER}"))),
        "inbound/validate-jwt[1]",
        [
            jwt(claims(claim("azp", CLIENT, OTHER))),
            jwt(claims(claim("azp", "{{a}},{{b}}"))),
            jwt(claims(claim("sub", "CN=a,O=b"))),
        ],
    ),
    "roles-and-scopes": (
        jwt(claims(claim("roles", "r"), claim("scp", "s", extra='separator=" "'))),
        "inbound/validate-jwt[1]",
        [when(jwt(), otherwise=jwt(claims(claim("scp", "s", extra='separator=" "'))))],
    ),
    "claims-exclude-each-other": (
        jwt(claims(claim("azp", "a"), claim("azp", "b"))),
        "inbound/validate-jwt[1]",
        [
            jwt(claims(claim("azp", "a", "b"), claim("azp", "b"))),
            jwt(claims(claim("roles", "a"), claim("roles", "b"))),
            jwt(claims(claim("azp", "a"), claim("azp", "{{b}}"))),
        ],
    ),
    "claim-name": (
        jwt(claims(claim("role", "r"))),
        "inbound/validate-jwt[1]",
        [jwt(), jwt(claims(claim("role", "r")), url="https://id.example/.well-known/openid-configuration")],
    ),
    "token-overwritten": (
        whole(header("authorization", "Basic {{secret}}") + jwt()),
        "inbound/validate-jwt[1]",
        [
            whole(jwt() + header("Authorization", "x")),
            whole(header("Authorization", "x", "skip") + jwt()),
            whole(header("X-Other", "x") + jwt()),
            whole(
                header("Authorization", "@(&quot;Bearer &quot; + context.Request.Headers[&quot;X-T&quot;][0])") + jwt()
            ),
            whole('<authentication-managed-identity resource="r" output-token-variable-name="m" />' + jwt()),
            whole(when(header("Authorization", "x")) + jwt()),
        ],
    ),
    "never-reached": (
        whole(ANSWER + jwt()),
        "inbound/validate-jwt[1]",
        [whole(jwt() + ANSWER), whole(when(ANSWER) + jwt())],
    ),
    "conditional-validation": (
        whole(when(jwt())),
        "inbound/choose[1]",
        [
            whole(when(jwt(), otherwise=entra())),
            whole(when(jwt(), otherwise=ANSWER)),
            whole(when(jwt()) + jwt()),
            whole(when(jwt(), condition="@(context.Request.Method != &quot;OPTIONS&quot;)")),
        ],
    ),
    "policies-exclude-each-other": (
        whole(jwt() + jwt(audiences=audiences(OTHER))),
        "inbound/validate-jwt[2]",
        [
            whole(jwt() + jwt(audiences=audiences(OTHER, API))),
            whole(when(jwt(), otherwise=jwt(audiences=audiences(OTHER)))),
            whole(jwt() + jwt(audiences=audiences("{{other}}"))),
            whole(jwt() + jwt(attributes='header-name="X-Token"', audiences=audiences(OTHER))),
        ],
    ),
    "cors-after-token-policy": (whole(jwt() + cors(["*"])), "inbound/cors[1]", [whole(cors(["*"]) + jwt())]),
    "cors-without-token-header": (
        whole(cors(["Content-Type"]) + jwt()),
        "inbound/cors[1]",
        [
            whole(cors(["content-type", "authorization"]) + jwt()),
            whole(cors(["*"]) + jwt()),
            whole(cors(["{{h}}"]) + jwt()),
        ],
    ),
    "cached-before-validation": (
        whole(CACHE.format("<vary-by-header>Authorization</vary-by-header>") + jwt()),
        "inbound/cache-lookup[1]",
        [whole(jwt() + CACHE.format("")), whole('<cache-lookup vary-by-developer="false" />' + jwt())],
    ),
    "answer-shared-by-cache": (
        whole(jwt() + CACHE.format("<vary-by-header>Accept</vary-by-header>")),
        "inbound/cache-lookup[1]",
        [whole(jwt() + CACHE.format("<vary-by-header>Authorization</vary-by-header>")), whole(CACHE.format(""))],
    ),
    "refusal-hidden": (
        whole(jwt(), on_error='<set-status code="200" reason="OK" />'),
        "on-error/set-status[1]",
        [
            whole(jwt(), on_error='<set-status code="403" />'),
            whole(jwt(), on_error='<set-status code="@(context.Response.StatusCode)" />'),
            whole(jwt(), on_error=when('<set-status code="200" />')),
        ],
    ),
    "unverified-token": (
        whole(variable(AS_JWT) + jwt()),
        "inbound/set-variable[1]",
        [
            whole(jwt() + variable(AS_JWT)),
            whole(when(jwt(), otherwise=ANSWER) + variable(AS_JWT)),
            whole(jwt(), outbound=variable(AS_JWT)),
            whole(jwt(), on_error=variable(AS_JWT)),
            whole(when(jwt(), condition=AS_JWT, otherwise=jwt())),
        ],
    ),
    "token-value-with-scheme": (
        jwt(attributes=f'token-value="{WHOLE_HEADER}"'),
        "inbound/validate-jwt[1]",
        [
            jwt(attributes=f'token-value="{CUT_HEADER}"'),
            jwt(attributes='token-value="@(context.Request.Body.As<string>())"'),
        ],
    ),
    "variable-before-policy": (
        whole(variable(READS) + jwt(attributes=OUTPUT)),
        "inbound/set-variable[1]",
        [
            whole(jwt(attributes=OUTPUT) + variable(READS)),
            whole('<set-variable name="jwt" value="x" />' + variable(READS) + jwt(attributes=OUTPUT)),
            whole("<base />" + variable(READS) + jwt(attributes=OUTPUT)),
        ],
    ),
    "output-variable-unused": (
        whole(jwt(attributes=OUTPUT)),
        "inbound/validate-jwt[1]",
        [
            whole(jwt(attributes=OUTPUT), outbound=variable(READS)),
            jwt(attributes=OUTPUT),
            whole(jwt(attributes=OUTPUT) + '<include-fragment fragment-id="f" />'),
        ],
    ),
    "token-in-log": (
        whole(jwt() + f'<trace source="s"><message>{WHOLE_HEADER}</message></trace>'),
        "inbound/trace[1]",
        [
            whole(jwt() + f'<trace source="s"><message>{AS_JWT}</message></trace>'),
            whole(jwt() + f'<trace source="s"><message>{ASKS}</message></trace>'),
            whole(jwt() + '<trace source="s"><message>Authorization is here</message></trace>'),
        ],
    ),
    "require-scheme-ignored": (
        jwt(attributes='header-name="X-Token" require-scheme="Bearer"'),
        "inbound/validate-jwt[1]",
        [
            jwt(attributes='header-name="AUTHORIZATION" require-scheme="Bearer"'),
            jwt(attributes='header-name="X-Token"'),
            jwt(attributes='header-name="{{h}}" require-scheme="Bearer"'),
        ],
    ),
    "token-in-url": (jwt(attributes='query-parameter-name="t"'), "inbound/validate-jwt[1]", [jwt()]),
    "no-expiry-required": (
        jwt(attributes=f'{HEADER} require-expiration-time="false"'),
        "inbound/validate-jwt[1]",
        [jwt(attributes=f'{HEADER} require-expiration-time="true"')],
    ),
    "large-skew": (
        jwt(attributes=f'{HEADER} clock-skew="301"'),
        "inbound/validate-jwt[1]",
        [jwt(attributes=f'{HEADER} clock-skew="300"'), jwt(attributes=f'{HEADER} clock-skew="{{{{skew}}}}"')],
    ),
    "unusual-status": (
        jwt(attributes=f'{HEADER} failed-validation-httpcode="200"'),
        "inbound/validate-jwt[1]",
        [
            jwt(attributes=f'{HEADER} failed-validation-httpcode="401"'),
            whole(jwt() + jwt(attributes=f'{HEADER} failed-validation-httpcode="403"')),
            jwt(attributes=f'{HEADER} failed-validation-httpcode="@(401)"'),
        ],
    ),
    "weak-key": (
        keys("", f'n="{RSA_1024_BITS}" e="AQAB"'),
        "inbound/validate-jwt[1]",
        [keys(KEY_256), keys("{{key}}"), keys("", f'n="{"w" + "A" * 341}" e="AQAB"')],
    ),
    "key-not-base64": (keys("not base64!"), "inbound/validate-jwt[1]", [keys(KEY_256), keys("{{key}}")]),
    "wrong-section": (whole(outbound=jwt()), "outbound/validate-jwt[1]", [whole(jwt(), outbound=header("X", "y"))]),
    "element-order": (
        jwt(f'<openid-config url="{V2}" />{ROLE}', url=""),
        "inbound/validate-jwt[1]",
        [jwt(), entra(AUDIENCES + CLIENTS)],
    ),
    "duplicate-entry": (
        jwt(audiences=audiences(API, API)),
        "inbound/validate-jwt[1]",
        [jwt(audiences=audiences(API, f"api://{API}")), jwt(audiences=audiences("{{a}}", "{{a}}"))],
    ),
    "empty-entry": (jwt(claims(claim("roles", "r", ""))), "inbound/validate-jwt[1]", [jwt()]),
    "hidden-characters": (
        jwt(audiences=audiences(f"{API}\u200b")),
        "inbound/validate-jwt[1]",
        [jwt(audiences=audiences("Sales Orders")), jwt(audiences=audiences("\n  a\n  "))],
    ),
}
