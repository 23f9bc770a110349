"""A token and its claims: rules of sentences. Data only; `rules.py` says how a line is read."""

TABLE = """
# The token and its claims.
token-malformed: bytes/string/str must/should/expected token/jwt WRONG -claim/audience/issuer
id-token-used?: tokenuse not_allowed/not_supported/unsupported -expected/assertion/subject_token_type
id-token-used: tokenuse WRONG -header_class/unsupported/key/bytes/assertion/subject_token_type/any_tokenuse
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
token-malformed: string/header/payload/codec json/codec/utf/base64/byte/invalid_character WRONG/could/UNREAD/NOT
  -authheader/response/privatekey/key/jwks/body/clientsecret
token-malformed: exp/iat/nbf/claim number/integer/numeric/string/date/nan/format/numericdate WRONG -expected_string/
  match/contain/missing/required
client-not-allowed: clientid/authorized_party/calling_application claim/token/jwt/match/allowed/expected/accepted/
  permitted WRONG -audience
metadata-url-invalid: issuer/authority valid_url/valid_uri/absolute_url/absolute_uri/no_protocol WRONG/NOT/must
issuer-spelling-mismatch: issuer returned/provided/provider/discovered/requested WRONG metadata/returned/document/
  discovery/configured/by_provider -accesstoken/jwt
metadata-url-invalid~: resolve/load/find issuer configuration UNFETCHED/unable
issuer-wrong-tenant?: token/jwt/idtoken/accesstoken issued_by provider/issuer/authority/server NOT/WRONG
issuer-wrong-tenant?: issuer match/matches/matching/matched/known/trusted/accepted/allowed/valid/registered/
  configured/from/authenticator/found/unable/same WRONG -certificate/endpoint/initialized/sub/subject
metadata-unreachable: issuer/authenticator initialized NOT
audience-other-api: audience contain/match/matches/found/allowed/accepted/registered/configured/include/valid/
  intended/bound/one WRONG -indicator/any_audience
claim-name-mismatch?: audience/issuer/sub/subject/claim/claims/clientid/email/upn/oid/tid/iat/exp/nbf MISSING
  -endpoint/parameter/client_registration/match/allowed/expected/valid/matching/scope/body/unable/variable
audience-other-api: audience WRONG -indicator/client_registered
audience-other-api: audience not/unexpected/different/intended/meant
audience-other-api: intended_for/meant_for/issued_for/resource_server/not_for_this/this_api/this_resource/used_with
  NOT/WRONG token/jwt/accesstoken
issuer-wrong-tenant?: issuer/tenant/tid/authority WRONG -certificate/endpoint
scope-missing: insufficient_scope
role-insufficient~: role_denied/role_was_denied -required/insufficient/missing/needed/claim/token/the
role-insufficient: role/realm_access/resource_access WRONG/MISSING/insufficient/denied -scope/audience/table/be_found/
  not_found/validating/roletype
role-insufficient: user_represented/group/groups WRONG/NOT -found/state
scope-missing: scope MISSING/WRONG/insufficient/have/has/needs/need/lacks/none -client/requested_scope
client-not-allowed: client/caller/consumer/calling_application WRONG allowed/blocked/permitted/authorized/list
  -secret/scope/role/group/grant/flow/authorization
clock-skew: nbf WRONG/EARLY
assertion-lifetime-invalid: short_lived_token/reasonable_timeframe must/WRONG
token-expired?: token_is_not_active
clock-skew: jwt_not_active/jwt_is_not_active
token-expired: expired_signature
clock-skew: signature_expired
token-expired: iat too_old/more_than/max/past/age/far -future/should_be/must_be
clock-skew: iat EARLY/WRONG/future -string
clock-skew: token/accesstoken/jwt/idtoken/credential/timestamp/date/clock/request_time/issued/token_used EARLY
token-expired: exp WRONG/OVER/EARLY/past/failed
claim-name-mismatch?: claim WRONG/NOT
opaque-token: encrypted/decrypt/decryption/decrypted/opaque/reference_token WRONG/NOT -key_id
path-or-method-unknown: method_not_allowed/no_route/no_such_operation/segment/no_matching_operation/route_not_found/
  operation_not_found/can_not_get/can_not_post NOT/WRONG -exception
path-or-method-unknown~: api_not_found/endpoint_not_found/url_not_found/page_not_found -exception/metadata/jwks/token
token-in-wrong-header: query_is_unsupported/query_not_supported/query_string_is_not
token-in-wrong-header: cookie/query/query_string/url_parameter token/accesstoken/jwt MISSING/NOT/unsupported/null/
  WRONG
bearer-scheme-malformed: multiple/duplicate/several/both/more_than_one token/accesstoken/jwt/bearer/credentials/
  tokens/authheader
bearer-scheme-malformed: authheader/scheme/authentication_scheme/bearer format/scheme/malformed/prefix/begin/start/
  starts/badly/two_parts/bad_http/invalid_authentication/credentials WRONG/must/malformed -signature/missing/present/
  any/clientauth/forbidden
token-expired: token/accesstoken/jwt/idtoken/session/credential/lifetime/ticket OVER -refreshtoken/cookie_session
token-malformed: jwt/token/accesstoken end_of_json/end_of_input/end_of_data/enough_input/enough_data
token-malformed: jwt/token/accesstoken/idtoken/payload/signature/jwe/compact/parts/for_part/part_delimiters/
  part_delimiter/segments/base64/base64url
  UNREAD -authheader/privatekey/clientsecret/scheme/prefix/http_authentication/response/key/algorithm/jwks/
  request_body/kid/body
token-malformed: padding/base64/base64url/segments WRONG -privatekey/key/clientsecret
token-malformed: malformed/not_well_formed -jwks/authheader/url/request/privatekey/scope/http
authorization-header-missing: authheader/accesstoken/token/jwt exist/exists NOT header/request/call -scope/claim/cache
token-malformed: header/payload WRONG jwt/protected/token/jws -authheader/kid
signature-invalid: signature WRONG -algorithm/thumbprint
signature-invalid: rsa/ecdsa/cryptographic_primitive verification_error/error_in_cryptographic
token-malformed: signature required/missing -algorithm/thumbprint
signature-invalid~: jwt/token/accesstoken/signature verification/verified/verify/validated fails/failed/fail/not/
  could/unable -audience/issuer/claims/claim
token-expired?: token/accesstoken/reference_token exist/exists NOT -refreshtoken/header/request/claim/scope
token-expired?: token/accesstoken/jwt/reference_token active/revoked/inactive/invalidated/revocation/introspected NOT/
  revoked/inactive/invalidated -refreshtoken
"""
