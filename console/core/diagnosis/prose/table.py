"""What people tell in their own words, as rules (`sentences/rules.py` says how a line is read). Data only.

TOLD: one clause tells a cause. FACTS: one clause tells something that decides nothing alone, in the aspects behind the
`@` ("*" for any). TOGETHER: the facts of one text that make a cause.
"""

TOLD = """
redirect-drops-authorization: redirect/redirected/redirects/redirecting/redirection authheader/header/headers/token/
  authorization/authentication/auth/bearer MISSING/NOT/lost/loses/dropped/drops/stripped/strips/removed/gone
  -preflight/cors/redirecturi
redirect-drops-authorization?: redirect/redirected/redirects/redirection 401/403/unauthorized -redirecturi
cors-preflight-rejected: preflight 401/403/405/WRONG/MISSING/TROUBLE/requires/require/required/asks/needs
cors-preflight-rejected: options_request/options_call/the_options/options_is 401/403/405/WRONG/blocked/rejected
authorization-header-stripped: proxy/proxies/nginx/apache/iis/cgi/balancer/ingress/cloudflare/htaccess/fastcgi/server
  authheader/header/headers/authorization strip/strips/stripped/stripping/drop/drops/dropping/remove/removes/eats/
  reset/resets/clears/forward/forwards/pass/passes/passing/allowing -redirect/redirected/redirecturi/scope
authorization-header-stripped: authheader/header/headers/authorization sent/send/sends missing/lost/gone/never/stripped
  -redirect/redirected/preflight/not_send/not_sent/never_sent
connection-blocked: port/443/outbound/egress/firewall closed/blocked/blocks/blocking/not_open/denies/deny -waf/NOT
group-overage: claim_names/claim_sources/hasgroups -NOT
token-expired: token/accesstoken/jwt from_last/from_yesterday/day_old/days_old/hours_old/week_old/weeks_old/month_old/
  months_old -refreshtoken
issuer-spelling-mismatch: issuer slash/trailing_slash/capital_letter/capital_letters/uppercase/lowercase/upper_case/
  lower_case -redirecturi
clock-skew: clock/clocks/server_time/system_time/local_time/server_s_time/ntp behind/ahead/off/wrong/drift/drifted/
  drifts/skew/skewed/out_of_sync/resynced/differs/different/difference/unsynced/NOT
clock-skew: time ahead/behind/out_of_sync/not_synced/not_synchronized/not_in_sync/different_with/different_from
opaque-token: accesstoken/token opaque/random_string/reference_token/short_string
opaque-token: accesstoken jwt NOT -signature/malformed/expired/header/validate/audience/decode
opaque-token: accesstoken/token no_dots/without_dots/no_dot/without_any_dot/without_any_dots/characters_long/
  something_short
opaque-token: accesstoken/token characters only/just/short -invalid/illegal/special
id-token-used: send/sends/sent/sending/pass/passes/passing/passed/use/uses/using/used/attach/attached idtoken
  -accesstoken/NOT/works
token-in-wrong-header: send/sends/sent/pass/passes/passed/put token/accesstoken/jwt query/url/body/cookie -NOT
subscription-key-missing: apikey body/query_string -url/WRONG
subscription-key-missing: apikey NOT/MISSING send/sent/sends/pass/passed/include/included/header/populate/set
  -valid/accepted
token-for-graph: audience/token/accesstoken graph/for_graph/graph_token is/for/says/has/contains/names/use/send -call/
  calling/works/can/consent/permission/NOT
audience-other-api: token/accesstoken/jwt another_api/other_api/different_api/another_resource/other_resource/
  different_resource/wrong_resource/wrong_api issued/for/meant/requested
audience-other-api: audience still/old names/name/old/has/host -still_valid
audience-other-api: audience nothing_to_do/graph/another/other/different/incorrect
issuer-wrong-tenant: token/accesstoken/issuer/tid other_tenant/another_tenant/different_tenant/wrong_tenant
client-secret-id-used: secret_id/clientsecret_id copied/used/use/using/pasted/put/configured/sent/send/took/is/was
  -NOT/value
client-secret-id-used: secret_id/clientsecret_id value_of copied/used/took/pasted/put -NOT
client-secret-encoding: secret/clientsecret special_characters/special_character/plus_sign/plus/slash/percent/encode/
  encoded/encoding contains/has/with/encode/encoded/not
  -contains_no/has_no
bearer-scheme-malformed: bearer forgot/forgotten/missing/twice/without/prefix/word/two_times/colon
  -error/challenge/accesstoken_missing
certificate-not-registered: certificate/publickey NOT/forgot/forgotten uploaded/upload/registered/register/added
  -clientcertificate
signing-key-retired: kid/key/signingkey old/removed/retired removed/retired/listed/gone/deleted token/kid/jwks
  -restart/vault
client-in-other-tenant: client/app/application/registration other_tenant/another_tenant/different_tenant -token/guest
scope-missing: scope token/accesstoken/jwt/claim NOT/MISSING -role
role-insufficient: role token/accesstoken/jwt/claim NOT/MISSING
"""

FACTS = """
idworks@works: idtoken works/work/worked/working/fine/perfectly/succeeds/200/ok/accepted
accessworks@works: accesstoken works/work/worked/working/fine/perfectly/succeeds/200/ok/accepted
idworks@*: does idtoken -NOT/jwt/contain/claim
idfails@happened,done: idtoken 401/403/fails/failed/rejected/refused/NOT
accessfails@happened,done,tried: accesstoken 401/403/fails/failed/rejected/refused/unauthorized/not_work
headersent@works,done,happened: authheader/header/headers/authorization send/sends/sent/sending/added/adding/set/
  attached/included/there/present/passing -NOT/MISSING
saysnone@happened: app/api/server/backend/service/it/application/gateway says/say/claims/reports/answers/complains/
  thinks/gets/sees/receives no_token/no_accesstoken/no_authheader/token_missing/accesstoken_missing
redirected@*: 301/302/307/308/redirect/redirects/redirected/redirection -redirecturi/login/NOT
directworks@works,happened,done: directly/final/straight 200/works/work/ok/succeeds/fine -NOT
headerlost@happened,suspected: authheader/header/headers/authorization missing/lost/stripped/removed/dropped/never/
  gone/NOT backend/server/api/service/controller/function/sees/see/arrives/arrive/reach/reaches/receive/receives
  -redirect/redirected/preflight/redirecturi
keysrotated@*: key/keys/signingkey/jwks/kid/idp rotate/rotated/rotation/rotates/rolled/rollover/newly/minted/new_keys/
  new_key -clientsecret/secret/apikey/NOT
restarthelps@*: restart/restarts/restarted/restarting/reboot/rebooted -NOT
jwkscached@happened,suspected,elsewhere: jwks/keys/signingkey/metadata cache/cached/caches/caching -NOT
secretrotated@*: clientsecret/secret rotated/replaced/renewed/regenerated/changed/new/created -NOT/token/key/keys
tokenfails@happened: token_request/tokenfetch/token_endpoint/secret 401/400/fails/failed/invalid/unauthorized/refused
audis@happened: audience is/has/contains/says/set -WRONG
expects@happened: gateway/policy/api/backend/it/server/function expects/wants/accepts/requires/expecting -scope/role/
  key/apikey/issuer
grantfails@happened: invalid_grant/invalid_grants/log_in_again/login_again/sign_in_again/reauthenticate/
  tokens_get_invalid
longafter@*: week/weeks/days/month/months/hours/long_time/few_days/every_day
clientoftest@happened,done,works,tried: client/clientid/app/application/registration test/staging/sandbox/dev
  registered/created/from/belongs/exists -works
asksprod@done,happened: production/prod token_endpoint/endpoint/ask/use/using/call/calling/against/request -works/200
tokenv1@happened,done,works: token/issuer v1/sts/version_1 -expects/gateway/policy/configured
gatewayv2@happened,done,works: policy/gateway/metadata/openid v2/version_2
tokengot@works: tokenfetch/token_request/get_token
tokengot@done,tried,happened: tokenfetch/token_generated/generated_token/token_request/get_token/got_token/
  get_the_accesstoken/got_accesstoken -NOT/WRONG/MISSING/unable/401/400
"""

TOGETHER = (
    ("jwks-cache-stale", ("keysrotated", "restarthelps")),
    ("jwks-cache-stale", ("keysrotated", "jwkscached")),
    ("jwks-cache-stale", ("jwkscached", "restarthelps")),
    ("access-token-where-id-token-expected", ("idworks", "accessfails")),
    ("id-token-used", ("accessworks", "idfails")),
    ("authorization-header-stripped", ("headersent", "headerlost")),
    ("authorization-header-stripped", ("headersent", "saysnone")),
    ("redirect-drops-authorization", ("redirected", "directworks")),
    ("client-secret-invalid", ("secretrotated", "tokenfails")),
    ("audience-other-api", ("audis", "expects")),
    ("client-in-other-environment", ("clientoftest", "asksprod")),
    ("issuer-version-mismatch", ("tokenv1", "gatewayv2")),
    ("refresh-token-expired", ("grantfails", "longafter")),
)
TOKEN_GOT = "tokengot"
