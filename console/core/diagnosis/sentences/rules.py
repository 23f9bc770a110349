"""Which cause a sentence speaks of. The rules stand in order: the first that fits decides. Data only.

A line is a cause and the terms that must all hold: words (`a_b` stand side by side) with `/` between alternatives, in
capitals what is said of the thing (`Saying`), and behind `-` words of which none may stand there. A cause with `?` is
never more than possible, one with `~` counts only where nothing tells more. Things go by the names of `words.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from console.core.diagnosis.sentences.words import NOT, TROUBLE, Sentence
from console.core.diagnosis.terms import Confidence


class Saying(StrEnum):
    """What is said of a thing."""

    WRONG = "WRONG"
    MISSING = "MISSING"
    OVER = "OVER"
    EARLY = "EARLY"
    UNREAD = "UNREAD"
    UNFETCHED = "UNFETCHED"
    NOT = "NOT"
    TROUBLE = "TROUBLE"


_HOLDS: dict[str, Callable[[Sentence], bool]] = {
    Saying.WRONG: lambda words: words.is_wrong,
    Saying.MISSING: lambda words: words.is_missing,
    Saying.OVER: lambda words: words.is_over,
    Saying.EARLY: lambda words: words.is_early,
    Saying.UNREAD: lambda words: words.is_unread,
    Saying.UNFETCHED: lambda words: words.is_unfetched,
    Saying.NOT: lambda words: bool(words.all & NOT),
    Saying.TROUBLE: lambda words: bool(words.all & TROUBLE),
}

_TABLE = """
# The program itself.
validator-library-mismatch: assembly/method_not_found/missing_method/type_load/load_type/no_such_method/class_not_found/cannot_import_name/can_not_import/can_not_find_module/file_or_assembly WRONG/NOT/could
private-key-format-invalid: jwks_does_not_exist
resource-role-missing: perform_action/role_assignment/role_assignments/rbac/forbiddenbyrbac/access_policy/have_authorization/authorized_to_perform/secrets_get/iam/bucket_policy/get_permission/list_permission

# Metadata and keys cannot be had, whatever the network says of it.
metadata-unreachable: jwks/metadata UNFETCHED timeout/refused/connection/connect/reset/unreachable/dns/host/500/502/503/504/communication/reach/contact/refresh/expected_200
metadata-unreachable: jwks expected_200
metadata-unreachable: jwks http_error/status_code/http_status/status -404/kid
metadata-url-invalid: jwks/metadata 404/html -kid
metadata-url-invalid: jwks/metadata https/url/uri WRONG/must/MISSING -kid/timeout
metadata-url-invalid: jwks empty/no_keys/any_keys/any_key/contain_keys/zero/keys_member/usable/signing_keys/is_empty
metadata-url-invalid: jwks/metadata UNREAD -kid/jwt_header/find/found
metadata-unreachable: jwks/metadata UNFETCHED -kid/match/matching/matches/find/found/algorithm/issuer/audience/jwt/key
jwks-wrong-source?: kid/signingkey/publickey/key/jwk/jwks/keys WRONG/MISSING/could find/found/match/matching/matches/matched/locate/located/known/unknown/lookup/select/resolve/resolved/unresolvable/applicable/contain/exist/exists/present -metadata/api/apikey/privatekey/private/clientsecret/assertion/client/subscription/encryption/decryption/algorithm/clientcertificate/validated/signature_valid/issuer/audience/claim/key_content
jwks-wrong-source?: kid WRONG -client/assertion/certificate/string
jwks-wrong-source?: signingkey unresolvable/unresolved/MISSING/WRONG -certificate/expired/encryption/client
signature-invalid: key validated/verified/verifies signature/token NOT
metadata-url-invalid: jwks/metadata MISSING -kid/key/jwt/accesstoken
metadata-unreachable: signingkey/endpoints/key_content/verification_keys UNFETCHED -kid/match/matching/find/found/algorithm/issuer/audience/resource/privatekey
metadata-unreachable: jwks/metadata unavailable/unreachable/TROUBLE fetch/fetching/retrieve/retrieving/load/loading/download/obtain/reach/get/unavailable/unreachable -kid/found

# What carries the call.
cors-preflight-rejected: preflight/cors/access_control/same_origin_policy/cross_origin_request -succeed
connection-blocked: cors_request_did_not_succeed
scheme-mismatch: plain_http/http_request_to_an_https/https_client/wrong_version_number/speaking_plain/https_port
tls-untrusted-certificate: hostname/altnames/altname/subject_alternative/common_name/host_name WRONG certificate
client-certificate-not-accepted: certificate remote_error/alert/required/certificate_required bad/alert/required/WRONG -verify/chain
tls-untrusted-certificate: certificate WRONG/unable verify/authority/self/trusted/untrusted/trust/handshake/hostname/verification/issuer/unknown/chain/signed/names/root/ip/dns/path/store/validate/validation/revoked/revocation/valid_for/common/domain -clientcertificate/thumbprint/assertion/x5c/registered/client/signingkey/x5t/key/saml
tls-untrusted-certificate: certificate OVER -clientcertificate/assertion/registered/client/signingkey/thumbprint/key/federation/saml/secret/associated
client-certificate-not-accepted: certificate obtain/present/presented/from_current MISSING/unable -verify/chain/authority
client-certificate-not-accepted: thumbprint/x5t_s256/certificate_bound/cnf/holder_of_key WRONG -assertion/client
certificate-thumbprint-invalid: thumbprint/x5t WRONG/MISSING
client-certificate-not-accepted: clientcertificate WRONG/MISSING/unable
certificate-or-key-expired: certificate/signingkey/credential_key OVER -accesstoken/jwt
clock-skew: certificate EARLY
certificate-chain-malformed: x5c/certificate_chain WRONG
certificate-not-registered: certificate/publickey/signingkey/key/kid registered/known/load/associated/configured client/assertion WRONG
connection-blocked: connection_refused/connection_reset/connection_closed/connection_attempt/no_such_host/could_not_resolve/name_resolution/name_or_service/nodename_nor/resolve_host/network_unreachable/network_is_unreachable/no_route/unable_to_connect/could_not_connect/can_not_connect/not_connect/connect_timeout/connection_timed/connect_timed/timed_out_connecting/econnrefused/enotfound/econnreset/etimedout/ehostunreach/eai_again/server_misbehaving/dial_tcp/socket_hang/network_connectivity/unknown_host/actively_refused/from_proxy/to_proxy/proxy_authentication/proxy_error/host_not_found/connection_aborted/remote_end_closed/name_not_resolved/connection_failure/no_network/internet_connection/lookup_failed/dns_lookup/getaddrinfo/failed_to_connect/connect_failed/internet_disconnected/address_unreachable -jwks/metadata
call-timeout: timeout/timed_out/deadline_exceeded/time_out/took_too_long/read_timed/timedout -connect/connection/connecting/device/devicecode/polling/session/user
ip-not-allowed: ip/ip_address/client_address/caller_address/source_address/network_access/public_network/origin_address/remote_address/your_access/this_address WRONG -certificate/altnames/hostname
waf-blocked: web_application_firewall/waf/mod_security/modsecurity/incident_id/support_id/malicious/bot_detected/cloudflare/incapsula WRONG
waf-blocked: request_blocked/have_been_blocked/has_been_blocked/attention_required -ip/client/application
request-header-too-large: header/headers/header_fields/authheader/cookie/cookies/fields large/long/size/exceeds/exceeded/big/oversized/overflow/too_many_headers
rate-or-quota-exceeded: rate_limit/ratelimit/rate/quota/throttled/throttling/too_many_requests/too_many_calls/spike/concurrent_requests/number_of_requests/execution_time exceeded/exceeds/limit/over/too_many/throttled/throttling/reached/violation/quota
rate-or-quota-exceeded: limit exceeded/exceeds/reached/over -header/headers/redirects/size/length/lifetime/token/jwt
redirect-drops-authorization: redirects exceeded/too_many/maximum/followed/toomany
invisible-character-in-value: character/characters/whitespace/newline/new_line/line_break/control/reserved WRONG header/headers/authheader/field -base64/jwt
invisible-character-in-value: header_field_value/header_value/header_content/format_of_value WRONG -prefix/jwt/tokenuse

# Keys and identities of the client's own machine.
private-key-format-invalid: privatekey/network_password/keyset_does_not/key_material/passphrase/pass_phrase/mac_verify/asn1/asn/der WRONG/unable -jwks/publickey_is
private-key-format-invalid: privatekey UNREAD
signing-algorithm-mismatch: hs256/rs256/es256/ps256/symmetric/asymmetric/hmac_secret/hmac key/secret/signature/publickey WRONG/must/used_as/not_be_used -jwks/kid
private-key-format-invalid: key/keys parse/parsing/parsed/deserialize/import/format/material/decode/formatted WRONG -jwks/kid/jwt/accesstoken/header/apikey/client/jwk/metadata/content
managed-identity-not-assigned: managedidentity assigned/assignment/found/endpoint/not_supported/no_identity/identity/create -gateway
managed-identity-not-assigned~: managedidentity unavailable/response
managed-identity-not-assigned: identity assigned NOT -user/role
interaction-required: login_required/interaction_required/mfa/multi_factor/multifactor/reauthentication/reauthenticate/sign_in_again/log_in_again/account_selection/az_login/to_set_up_account/no_account/no_accounts/account_object/silent/silently/re_authenticate/azaccount/end_user_authentication/currently_in_progress/interaction_in_progress -assertion
interaction-required: cache found/accounts/token MISSING/NOT
tenantless-authority: common/organizations/consumers/tenantless tenant/authority/endpoint/specific NOT
tenantless-authority: tenant_specific/specific_tenant/tenanted
wrong-cloud: national_cloud/government_cloud/sovereign/other_cloud/different_cloud/cloud_instance

# What is asked of the token endpoint.
client-type-mismatch: public_client/public_application/confidential_client/confidential_application/public_clients/confidential_clients/bearer_only NOT/WRONG -specify/specified/empty/credentials
client-type-mismatch: public_client/public_application/public_clients/bearer_only WRONG
grant-type-not-allowed: granttype/unsupported_grant/grant WRONG/authorizer -missing/refreshtoken/authcode
grant-type-not-allowed: service_account/direct_access/standard_flow/implicit_flow/client_credentials_flow/flow/exchange_code/token_exchange/password_grant/device_flow/responsetype/token_endpoint client/application WRONG -certificate/clientsecret
grant-type-not-allowed: unauthorized_client
request-parameter-missing: parameter/parameters/param MISSING -pkce/clientsecret/assertion/clientauth/redirecturi/header/jwt/accesstoken/claim/query/authheader/token
request-parameter-missing: scope needs_to_be/at_least_one
request-parameter-missing: authcode/granttype/subjecttoken/subject_token_type must/required/without -already/redeemed/response
scope-format-invalid: scope/scopes/resource_string empty/length/format/array/null/separator/formatted/exactly -token/accesstoken/claim/jwt
multiple-resources-requested: multiple_resources/more_than_one_resource/several_resources/two_resources
pkce-mismatch: pkce WRONG/MISSING/could/required/created/generated/failed
redirect-uri-mismatch: redirecturi WRONG/MISSING/unable
refresh-token-reused: refreshtoken reuse/reused/replay/replayed/rotated/already/once/twice
refresh-token-reused: token_reuse/token_reused/token_replay
refresh-token-expired: refreshtoken WRONG -scope/client_does_not_support/granttype
refresh-token-expired: refreshtoken OVER
refresh-token-expired: session found/active/expired/exist/ended NOT/OVER -state/login/cookie/token/authheader
refresh-token-expired: refreshed/stale_token NOT/OVER/stale
device-code-expired: devicecode WRONG/OVER -authorization_pending/cancelled
consent-declined: polling/caller cancelled/canceled
consent-declined: consent/user/resource_owner/end_user denied/declined/cancelled/canceled/rejected/refused/rejected_by_user/cancel -application/client/access_to/assigned/not_authorized/token/claim
consent-missing: consent MISSING/NOT/required/requested
user-not-assigned: user/users/member assigned/assignment/allowed_list/allowed_group NOT/WRONG -role/any
authorization-response-invalid: state/nonce/csrf/correlation_cookie/correlation WRONG/MISSING/OVER/unable/already -dpop/connection/invalid_state_of/illegal_state/kid
authorization-response-invalid: authcode/code response/returned/callback MISSING/NOT
authorization-code-redeemed: authcode WRONG/OVER/already/redeemed -pkce/redirecturi/issued_to/flow/granttype
authorization-code-redeemed: authcode/code/grant already/redeemed/reused/consumed/once/used_more -devicecode/exit/status/jti
authorization-code-redeemed: the_code/code_not/code_is/code_has/code_was/code_expired/invalid_code WRONG/OVER -status/exit/http/errorcode/error_code/response/key/reason_code

# What an API misses in a token that came.
scope-missing: scope required/needed/insufficient/lacks/missing/have/has/none WRONG/MISSING/insufficient -requested/client/request/parameter/application/consent/unknown/malformed
scope-missing: scope token/accesstoken/jwt/claim NOT/MISSING -request/client/application
resource-not-found: audience WRONG exchange/token_exchange

# The client proves who it is.
client-secret-expired: clientsecret/secret OVER
client-secret-expired: clientsecret exp
application-disabled: client/application/app/account/service_principal/realm/organization/tenant/clientid disabled/suspended/deactivated/inactive/not_enabled/locked/is_not_active -flow/service/grant/api/project/subscription
client-id-wrong: clientid/client/application/app unknown/found/exist/exists/registered/recognized/no_such/known/no_client/not_found WRONG/NOT -clientsecret/scope/redirecturi/project/token/cache/signingkey/certificate/key/publickey
client-auth-method-mismatch: clientauth/clientsecret multiple/more_than_one/several/both
client-secret-invalid: clientsecret/clientauth valid NOT
client-credential-missing: clientsecret/clientauth/assertion MISSING -claim/sub/exp/jti/iss/aud/issuer/audience
client-auth-method-mismatch: authmethod/token_endpoint_auth WRONG
client-auth-method-mismatch~: authmethod
client-auth-method-mismatch: clientauth/clientsecret/credentials/client_assertion_type multiple/more_than_one/several/both/another_way/not_supported/unsupported/method
client-auth-method-mismatch: assertion tokenuse/assertion_type/type WRONG
assertion-replayed: jti/assertion/jwt_id replay/replayed/reused/reuse/already/once/unique/used_before/seen
assertion-audience-wrong: assertion audience WRONG/MISSING
assertion-issuer-wrong: assertion/clientid issuer/sub/subject WRONG -audience/authorization/action/user/group
assertion-issuer-wrong: sub/subject must/must_match/equal/same clientid/issuer -audience
assertion-lifetime-invalid: assertion OVER/EARLY
assertion-lifetime-invalid: assertion exp/lifetime/long/iat WRONG
assertion-lifetime-invalid: lifetime too_long/exceeds/maximum/longer/long
assertion-lifetime-invalid: exp too_far/far_in/too_long/maximum/exceeds -past
assertion-lifetime-invalid: issued too_far/too_long/too_old -exp
federated-credential-mismatch: federated/federation/workload_identity/trust_policy WRONG -configured
client-credential-missing: environment/workload_options/workload not_fully/configured NOT
certificate-not-registered: assertion signature/key/kid/verify/verification WRONG
signing-algorithm-mismatch: assertion algorithm WRONG
client-credential-missing: clientsecret/clientauth/credentials_for_the_client MISSING
client-secret-invalid: clientsecret WRONG
client-id-wrong: clientid WRONG/MISSING/failed -claim/audience/accesstoken/jwt/token/idtoken/expected/value/match/allowed/authorized/blocked/specified_for
client-secret-invalid: client_or_secret/bad_client/client_authorization_failed/clientid_or_secret
client-secret-invalid~: clientauth WRONG
target-access-policy: client/application/app audience/resource/target/api/access/url WRONG authorized/allowed/granted/permitted/access -ip/role/blocked/perform/action/claim/token/jwt
scope-not-granted: scope invalid_scope/requested/unknown/granted/request/registered/malformed/unsupported/client/application/allowed_to_use/allowed_to_request WRONG -insufficient/accesstoken/jwt/user/claim
scope-not-granted: invalid_scope
resource-not-found: resource/target/invalid_target/resource_indicator/service_principal/api_identifier WRONG unknown/found/exist/exists/registered/indicator/invalid_target/identifier -segment/path/owner/server/url/http
tenant-not-found: tenant/realm/authorization_server/organization/directory/tenantid exist/exists/found/unknown/invalid/valid/no_such WRONG/NOT -issuer/jwt/accesstoken
wrong-authorization-server: authority/authorization_server mismatch/other/another
metadata-url-invalid: url/uri UNREAD -header/authheader/redirecturi
metadata-url-invalid: authority WRONG/must -tenant/jwt/token
request-body-encoding: content_type/media_type/mediatype/form_urlencoded/urlencoded/contenttype WRONG/MISSING
identity-provider-unavailable: temporarily_unavailable/service_unavailable/bad_gateway/gateway_error/try_again_later/currently_unavailable -jwks/metadata

# The token and its claims.
token-malformed: bytes/string/str must/should/expected token/jwt WRONG -claim/audience/issuer
id-token-used: tokenuse WRONG -header_class/unsupported/key/bytes/assertion/subject_token_type
id-token-used: token/jwt/accesstoken expected_type/unexpected_type/wrong_type NOT/WRONG
id-token-used: idtoken instead/not_accesstoken/can_not/was_given/used_as/rejected/not_allowed/unexpected
id-token-used: accesstoken_expected/expected_accesstoken/not_an_accesstoken/at_jwt/not_accesstoken
access-token-where-id-token-expected: expected_idtoken/expects_an_idtoken/not_an_idtoken/expected_id/expecting_idtoken
signing-algorithm-mismatch: algorithm WRONG/MISSING -audience/issuer
signing-algorithm-mismatch: unsecured/unsigned jwt/jwts/token/jws WRONG
signing-algorithm-mismatch: key invalid_type/type/kind WRONG -jwks/kid/tokenuse
signing-algorithm-mismatch: none signature allowed/accepted
jwks-key-use-invalid: key/jwk/jwks/keys/signingkey use/use_not/usage/key_ops/kty/operations WRONG -tokenuse/must_use
jwks-key-use-invalid: kty/key_ops WRONG
token-malformed: kid string must
token-malformed: exp_value/nbf_value/iat_value/exp_claim_value/iat_or_exp/non_numeric
token-malformed: string/header/payload/codec json/codec/utf/base64/byte/invalid_character WRONG/could/UNREAD/NOT -authheader/response/privatekey/key/jwks/body/clientsecret
token-malformed: exp/iat/nbf/claim number/integer/numeric/string/date/nan/format/numericdate WRONG -expected_string/match/contain/missing/required
client-not-allowed: clientid/authorized_party/calling_application claim/token/jwt/match/allowed/expected/accepted/permitted WRONG -audience
issuer-spelling-mismatch: issuer returned/provided/provider/discovered/requested WRONG metadata/returned/document/discovery/configured/by_provider -accesstoken/jwt
metadata-url-invalid: resolve/load/find issuer configuration UNFETCHED/unable
issuer-wrong-tenant?: issuer match/matches/matching/matched/known/trusted/accepted/allowed/valid/registered/configured/from/authenticator/found/unable/same WRONG -certificate/endpoint/initialized/sub/subject
metadata-unreachable: issuer/authenticator initialized NOT
audience-other-api: audience contain/match/matches/found/allowed/accepted/registered/configured/include/valid/intended/bound/one WRONG -indicator/any_audience
claim-name-mismatch?: audience/issuer/sub/subject/claim/claims/clientid/email/upn/oid/tid/iat/exp/nbf MISSING -endpoint/parameter/client_registration/match/allowed/expected/valid/matching/scope/body/unable
audience-other-api: audience WRONG -indicator/client_registered
audience-other-api: audience not/unexpected/different/intended/meant
audience-other-api: intended_for/meant_for/issued_for/resource_server/not_for_this/this_api/this_resource/used_with NOT/WRONG token/jwt/accesstoken/this
issuer-wrong-tenant?: issuer/tenant/tid/authority WRONG -certificate/endpoint
scope-missing: insufficient_scope
role-insufficient: role/realm_access/resource_access WRONG/MISSING/insufficient/denied -scope/audience/table/be_found/not_found/validating
role-insufficient: user_represented/group/groups WRONG/NOT -found/state
scope-missing: scope MISSING/WRONG/insufficient/have/has/needs/need/lacks/none -client/requested_scope
client-not-allowed: client/caller/consumer/calling_application WRONG allowed/blocked/permitted/authorized/list -secret/scope/role/group/grant/flow/authorization
clock-skew: nbf WRONG/EARLY
token-expired?: token_is_not_active
clock-skew: jwt_not_active/jwt_is_not_active
clock-skew: signature_expired
token-expired: iat too_old/more_than/max/past/age/far -future/should_be/must_be
clock-skew: iat EARLY/WRONG/future -string
clock-skew: token/accesstoken/jwt/idtoken/credential/timestamp/date/clock/request_time/issued/token_used EARLY
token-expired: exp WRONG/OVER/EARLY/past/failed
claim-name-mismatch?: claim WRONG/NOT
opaque-token: encrypted/decrypt/decryption/decrypted/opaque/reference_token WRONG/NOT -key_id
path-or-method-unknown: method_not_allowed/no_route/no_such_operation/segment/no_matching_operation/route_not_found/operation_not_found/can_not_get/can_not_post NOT/WRONG
token-in-wrong-header: query_is_unsupported/query_not_supported/query_string_is_not
token-in-wrong-header: cookie/query/query_string/url_parameter token/accesstoken/jwt MISSING/NOT/unsupported/null/WRONG
bearer-scheme-malformed: multiple/duplicate/several/both/more_than_one token/accesstoken/jwt/bearer/credentials/tokens/authheader
bearer-scheme-malformed: authheader/scheme/authentication_scheme/bearer format/scheme/malformed/prefix/begin/start/starts/badly/two_parts/bad_http/invalid_authentication/credentials WRONG/must/malformed -signature/missing/present/any
token-expired: token/accesstoken/jwt/idtoken/session/credential/lifetime/ticket OVER -refreshtoken/cookie_session
token-malformed: jwt/token/accesstoken/idtoken/payload/signature/jwe/compact/parts/segments/base64/base64url/input UNREAD -authheader/privatekey/clientsecret/scheme/prefix/http_authentication/response/key/algorithm/jwks/request_body/kid/body
token-malformed: padding/base64/base64url/segments WRONG -privatekey/key/clientsecret
token-malformed: malformed/not_well_formed -jwks/authheader/url/request/privatekey/scope/http
token-malformed: header/payload WRONG jwt/protected/token/jws -authheader/kid
signature-invalid: signature WRONG -algorithm/thumbprint
token-malformed: signature required/missing -algorithm/thumbprint
signature-invalid~: jwt/token/accesstoken/signature verification/verified/verify/validated fails/failed/fail/not/could/unable -audience/issuer/claims/claim
token-expired?: token/accesstoken/jwt/reference_token active/revoked/inactive/invalidated/revocation/introspected NOT/revoked/inactive/invalidated -refreshtoken

# What the request carries.
auth-scheme-not-supported: authentication/authorization/auth/scheme scheme/type/mechanism/method unsupported/not_supported/unknown -algorithm/client
auth-scheme-not-supported: authheader credential_parameter/signedheaders/signature_parameter/requires_credential
subscription-key-invalid: apikey_not_found/apikey_not_valid
subscription-key-missing: apikey MISSING/resolve -invalid/expired
subscription-key-missing: unregistered_callers/consumer_identity/without_established
subscription-wrong-product: apikey/product/apiproduct/plan/project product/apiproduct/given_resource/subscribed/match/associated/this_api/not_enabled/active/suspended/project_not_found WRONG/NOT -resourcegroup/namespace
subscription-wrong-product: subscription active/suspended/cover/include/expired/cancelled NOT/WRONG/OVER
subscription-key-invalid: apikey WRONG/OVER
api-not-enabled: api/service/namespace/resource_provider/subscription enabled/registered/activated/been_used/is_disabled NOT/disabled project/subscription/account/organization/namespace
principal-not-provisioned-in-api: user/principal/account/member found/exist/exists/provisioned/member/registered/assigned_any/disabled/unknown/known WRONG/NOT -token/jwt/cache/role_definition/session/service_account/scope
role-insufficient: enough/privilege/admin/privileged/insufficient role/rights/access NOT/WRONG/insufficient
role-insufficient~: access denied/forbidden
authorization-header-missing: authheader/authorization/accesstoken/token/jwt/credentials/authentication/bearer/tokens/pop MISSING/unresolved/resolve/unable -scope/role/claim/refreshtoken/cache/algorithm/kid/code/response/thumbprint/audience/issuer/clientid/signature/dpop_proof/account/sub/jti/endpoint/tenant/client/application/key
authorization-header-missing: jwt/token/accesstoken/authheader empty/null/blank/must_be_provided/undefined
authorization-header-missing: not_authenticated/anonymous/no_authentication/missing_authentication/authentication_required/full_authentication
bearer-scheme-malformed~: authentication_credentials/authheader WRONG
path-or-method-unknown: route/path/operation/method/entity_set found/match/matched/exist/allowed/defined/supported NOT -kid/token/jwt/discovery/introspection/signing
claims-challenge: insufficient_claims/claims_challenge/step_up/stepup/insufficient_user_authentication/continuous_access/acr WRONG/MISSING/required/insufficient_claims
token-response-malformed: response/token_endpoint/token_response parse/parsed/parsing/json/malformed/null/decode/missing/insufficient/expecting/empty WRONG/MISSING/NOT/null
token-response-malformed: json_decode/jsondecode/expecting_value/unexpected_token_in_json/not_valid_json
request-parameter-missing~: parameter/field/form/argument/property/oauth_2_0_parameter MISSING/oauth_2_0_parameter -header/jwt/accesstoken/claim
identity-provider-unavailable~: server_error
token-malformed~: invalid_token/invalid_jwt/invalid_accesstoken/accesstoken_is_invalid/token_is_invalid
token-expired~: lifetime_validation
api-error: unhandled_exception/internal_server_error/empty_reply/nullreference
"""


@dataclass(frozen=True, slots=True)
class SentenceRule:
    """`terms`: of each one alternative must hold; `never`: none may. `is_vague`: other sentences tell more."""

    cause: str
    confidence: Confidence
    terms: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    is_vague: bool = False

    def fits(self, words: Sentence) -> bool:
        return all(any(_holds(one, words) for one in term) for term in self.terms) and not any(
            _holds(one, words) for one in self.never
        )


def _holds(term: str, words: Sentence) -> bool:
    saying = _HOLDS.get(term)
    return saying(words) if saying else words.has(term)


def first_rule(words: Sentence) -> SentenceRule | None:
    """The first rule that fits a sentence; None when it speaks of nothing known."""
    return next((rule for rule in rules() if rule.fits(words)), None)


@lru_cache(maxsize=1)
def rules() -> tuple[SentenceRule, ...]:
    return tuple(_rule(line) for line in _TABLE.splitlines() if line and not line.startswith("#"))


def _rule(line: str) -> SentenceRule:
    cause, _, rest = line.partition(": ")
    terms = rest.split()
    return SentenceRule(
        cause.rstrip("?~"),
        Confidence.POSSIBLE if cause.endswith("?") else Confidence.LIKELY,
        tuple(tuple(term.split("/")) for term in terms if not term.startswith("-")),
        tuple(one for term in terms if term.startswith("-") for one in term[1:].split("/")),
        cause.endswith("~"),
    )
