"""What a call carries, and who may make it: rules of sentences. Data only; `rules.py` says how a line is read."""

TABLE = """
# What the request carries.
auth-scheme-not-supported: authentication/authorization/auth/scheme scheme/type/mechanism/method unsupported/
  not_supported/unknown -algorithm/client
auth-scheme-not-supported: authheader credential_parameter/signedheaders/signature_parameter/requires_credential
subscription-key-invalid: apikey_not_found/apikey_not_valid
subscription-key-missing: apikey MISSING/resolve -invalid/expired
subscription-key-missing: unregistered_callers/consumer_identity/without_established
subscription-wrong-product: apikey/product/apiproduct/plan/project product/apiproduct/given_resource/subscribed/match/
  associated/this_api/not_enabled/active/suspended/project_not_found WRONG/NOT -resourcegroup/namespace
subscription-wrong-product: subscription active/suspended/cover/include/expired/cancelled NOT/WRONG/OVER
subscription-key-invalid: apikey WRONG/OVER
api-not-enabled: api/service/namespace/resource_provider/subscription enabled/registered/activated/activate/been_used/
  is_disabled NOT/disabled/enable/activate project/subscription/account/organization/namespace
api-not-enabled: access_not_configured
principal-not-provisioned-in-api: user/identity authorized_to_access_this NOT
principal-not-provisioned-in-api: user/principal/account/member found/exist/exists/provisioned/member/registered/
  assigned_any/disabled/unknown/known WRONG/NOT -token/jwt/cache/role_definition/session/service_account/scope
role-insufficient: enough/privilege/admin/privileged/insufficient role/rights/access NOT/WRONG/insufficient
role-insufficient~: access denied/forbidden
role-insufficient~: bearer/scheme forbidden -header/format
authorization-header-missing: authheader/authorization/accesstoken/token/jwt/credentials/authentication/bearer/tokens/
  pop MISSING/unresolved/resolve/unable -scope/role/claim/refreshtoken/cache/algorithm/kid/code/response/thumbprint/
  audience/issuer/clientid/signature/dpop_proof/account/sub/jti/endpoint/tenant/client/application/key/exist/exists/
  generate/generated/generating/create/created/creating/mint/issue/exchange/refresh/introspect/revoke/
  obtain/acquire/request_token/managedidentity/sign
authorization-header-missing: authmethod MISSING -client
authorization-header-missing: jwt/token/accesstoken/authheader empty/null/blank/must_be_provided/undefined
authorization-header-missing~: anonymous -clientauth/certificate/peer
authorization-header-missing: not_authenticated bearer/authheader/token/jwt
authorization-header-missing~: not_authenticated -certificate/peer/scheme
authorization-header-missing: no_authentication/missing_authentication/authentication_required/full_authentication
bearer-scheme-malformed~: authentication_credentials/authheader WRONG
path-or-method-unknown: route/path/operation/method/entity_set found/match/matched/exist/allowed/defined/supported NOT
  -kid/token/jwt/discovery/introspection/signing/certification/certificate/trust_anchor/file
claims-challenge: insufficient_claims/claims_challenge/step_up/stepup/insufficient_user_authentication/
  acr WRONG/MISSING/required/insufficient_claims
token-response-malformed: response/token_endpoint/token_response parse/parsed/parsing/json/malformed/null/decode/
  missing/insufficient/expecting/empty WRONG/MISSING/NOT/null
token-response-malformed: json_decode/jsondecode/expecting_value/unexpected_token_in_json/not_valid_json
request-parameter-missing~: parameter/field/form/argument/property/oauth_2_0_parameter MISSING/oauth_2_0_parameter
  -header/jwt/accesstoken/claim
identity-provider-unavailable~: server_error
token-expired~: lifetime_validation
api-error: internal_server_error/empty_reply/nullreference
api-error: null_reference/nullpointer/null_pointer/sql/psql/npgsql/mysql/jdbc/mongo/redis/hibernate exception/error
api-error: attribute_error/class_cast/index_out_of
"""
