"""What a client asks of a token endpoint, and how it proves who it is. Data only; `rules.py` reads it."""

TABLE = """
# What a policy of the tenant forbids or asks for.
claims-challenge: claims_challenge/claims_challenge_required required/WRONG/MISSING
claims-challenge: continuous_access challenge/resulted/required/revoked
conditional-access-blocked: conditional_access blocked/block/blocks/blocking/stops/denied/forbids/prevented/not_met/
  not_compliant

# Keys and identities of the client's own machine.
client-credential-missing?: environment_credential/workload_identity_credential/chained_token_credential/
  default_azure_credential unavailable/failed/authentication
private-key-format-invalid: privatekey/network_password/keyset_does_not/key_material/passphrase/pass_phrase/
  mac_verify/asn1/asn/der WRONG/unable -jwks/publickey_is
private-key-format-invalid: privatekey UNREAD
signing-algorithm-mismatch: hs256/rs256/es256/ps256/symmetric/asymmetric/hmac_secret/hmac key/secret/signature/
  publickey WRONG/must/used_as/not_be_used -jwks/kid
private-key-format-invalid: key/keys parse/parsing/parsed/deserialize/import/format/material/decode/formatted WRONG
  -jwks/kid/jwt/accesstoken/header/apikey/client/jwk/metadata/content
managed-identity-not-assigned: managedidentity assigned/assignment/found/endpoint/not_supported/no_identity/identity/
  create/not_available TROUBLE/MISSING -gateway
managed-identity-not-assigned~: managedidentity unavailable/response
managed-identity-not-assigned: identity assigned NOT -user/role
managed-identity-not-assigned: identity_not_found
interaction-required: login_required/interaction_required/mfa/multi_factor/multifactor/reauthentication/
  reauthenticate/sign_in_again/log_in_again/account_selection/az_login/to_set_up_account/no_account/no_accounts/
  account_object/silent/silently/re_authenticate/azaccount/end_user_authentication/currently_in_progress/
  interaction_in_progress -assertion
interaction-required: cache found/accounts/token MISSING
interaction-required?: user_credentials/username_or_password/user_name_or_password WRONG -client/clientsecret
tenantless-authority: common/organizations/consumers/tenantless tenant/authority/endpoint/specific NOT
tenantless-authority: tenant_specific/specific_tenant/tenanted
wrong-cloud: national_cloud/government_cloud/sovereign/other_cloud/different_cloud/cloud_instance

# What is asked of the token endpoint.
target-access-policy?: requested_audience NOT/WRONG
client-type-mismatch: public_client/public_application/confidential_client/confidential_application/public_clients/
  confidential_clients/bearer_only NOT/WRONG -specify/specified/empty/credentials
client-type-mismatch: public_client/public_application/public_clients/bearer_only WRONG
client-type-mismatch: only_confidential/only_public client/clients/application/applications/clientauth
grant-type-not-allowed: granttype not_allowed/not_permitted/not_supported/not_enabled/not_registered
grant-type-not-allowed: granttype/unsupported_grant/grant WRONG/authorizer -missing/refreshtoken/authcode/
  invalid_grant
grant-type-not-allowed: service_account/direct_access/standard_flow/implicit_flow/client_credentials_flow/flow/
  exchange_code/token_exchange/password_grant/device_flow/responsetype/token_endpoint client/application WRONG
  -certificate/clientsecret
grant-type-not-allowed: unauthorized_client
delegation-missing: delegated/delegation/delegate NOT/MISSING/WRONG -scopes_delegated/delegated_authentication
request-parameter-missing: parameter/parameters/param MISSING -pkce/clientsecret/assertion/clientauth/redirecturi/
  header/jwt/accesstoken/claim/query/authheader/token/csrf
request-parameter-missing: scope needs_to_be/at_least_one
request-parameter-missing: authcode/granttype/subjecttoken/subject_token_type must/required/without -already/redeemed/
  response
scope-format-invalid: scope/scopes/resource_string empty/length/format/array/null/separator/formatted/exactly -token/
  accesstoken/claim/jwt
multiple-resources-requested: multiple_resources/more_than_one_resource/several_resources/two_resources
pkce-mismatch: pkce WRONG/MISSING/could/required/created/generated/failed
redirect-uri-mismatch: redirecturi WRONG/MISSING/unable
refresh-token-reused: refreshtoken reuse/reused/replay/replayed/already/once/twice
refresh-token-reused: token_reuse/token_reused/token_replay
refresh-token-expired: refreshtoken WRONG -scope/client_does_not_support/granttype
refresh-token-expired: refreshtoken OVER
device-code-expired: devicecode session/request/grant/flow NOT/WRONG/OVER -authorization_pending/cancelled
refresh-token-expired: session found/active/expired/exist/ended NOT/OVER -devicecode/state/login/cookie/token/
  authheader/audience/issuer/claim/claims/scope/role/nonce/idtoken/accesstoken
refresh-token-expired: refreshed/stale_token NOT/OVER/stale
device-code-expired: devicecode WRONG/OVER -authorization_pending/cancelled
refresh-token-expired: the_grant/provided_grant/grant_has OVER -authcode/assertion/devicecode/expires
consent-declined: polling/caller cancelled/canceled
consent-declined: consent/user/resource_owner/end_user denied/declined/cancelled/canceled/rejected/refused/
  rejected_by_user/cancel -application/client/access_to/assigned/not_authorized/token/claim
consent-missing: not_approved/unapproved/not_consented user/owner/administrator/admin client/consumer/application/app
  -token
consent-missing: consent MISSING/NOT/required/requested
user-not-assigned: authorization/authorized/permitted relying_party user/caller WRONG/NOT
user-not-assigned: user/users/member assigned/assignment/allowed_list/allowed_group NOT/WRONG -role/any
authorization-response-invalid: state/nonce/csrf/correlation_cookie/correlation WRONG/MISSING/OVER/unable/already
  -dpop/connection/invalid_state_of/illegal_state/kid
authorization-response-invalid: authcode/code response/returned/callback MISSING/NOT -status/http/reason/phrase/
  error_code/redeeming/redeem/exchanging/exchange
authorization-code-redeemed: authcode WRONG/OVER/already/redeemed -pkce/redirecturi/issued_to/flow/granttype
authorization-code-redeemed: authcode/code/grant already/redeemed/reused/consumed/once/used_more -devicecode/exit/
  status/jti
authorization-code-redeemed: the_code/code_not/code_is/code_has/code_was/code_expired/invalid_code/
  expired_code WRONG/OVER -status/exit/http/errorcode/error_code/response/key/reason_code

# What an API misses in a token that came.
scope-not-granted: scope requested WRONG -token/jwt/accesstoken/claim/insufficient
scope-not-granted: scope store/database found NOT -token/jwt/accesstoken/claim
scope-missing: scope required/needed/insufficient/lacks/missing/have/has/none WRONG/MISSING/insufficient -requested/
  client/request/parameter/application/consent/unknown/malformed
scope-missing: scope token/accesstoken/jwt/claim NOT/MISSING -request/client/application
resource-not-found: audience WRONG exchange/token_exchange

# The client proves who it is.
client-secret-expired: clientsecret/secret OVER
client-secret-expired: clientsecret exp
application-disabled: client/application/app/account/service_principal/realm/organization/tenant/clientid disabled/
  suspended/deactivated/inactive/not_enabled/locked/is_not_active -flow/service/grant/api/project/subscription
client-id-wrong: deleted_client/oauth_client_was_deleted
client-id-wrong?: client/clientid/application/app/service_principal was_deleted/been_deleted/is_deleted/was_removed/
  been_removed -cache/cookie/session/token
client-id-wrong: clientid/client/application/app unknown/found/exist/exists/registered/recognized/no_such/known/
  no_client/not_found/id_is_not_valid WRONG/NOT -clientsecret/scope/redirecturi/project/token/cache/signingkey/
  certificate/key/publickey/application_user/role
client-auth-method-mismatch: clientauth/clientsecret multiple/more_than_one/several/both
client-secret-invalid: clientsecret/clientauth valid NOT
client-credential-missing: clientsecret/clientauth/assertion MISSING -claim/sub/exp/jti/iss/aud/issuer/audience
client-auth-method-mismatch: authmethod/token_endpoint_auth WRONG
client-auth-method-mismatch: clientauth authmethod
client-auth-method-mismatch: authmethod is/registered/uses/configured/only
client-auth-method-mismatch: clientauth/clientsecret/credentials/client_assertion_type multiple/more_than_one/several/
  both/another_way/not_supported/unsupported/method
client-auth-method-mismatch: assertion tokenuse/assertion_type/type WRONG
assertion-replayed: jti/assertion/jwt_id replay/replayed/reused/reuse/already/once/unique/used_before/seen
assertion-audience-wrong: assertion audience WRONG/MISSING
assertion-issuer-wrong: assertion/clientid issuer/sub/subject WRONG -audience/authorization/action/user/group
assertion-issuer-wrong: sub/subject must/must_match/equal/same clientid/issuer -audience
assertion-lifetime-invalid: assertion OVER/EARLY
assertion-lifetime-invalid: assertion exp/lifetime/long/iat WRONG
assertion-lifetime-invalid: assertion lives/longer/too_long/exceeds
request-parameter-missing: assertion jti/nbf/iat/exp has_no/without/MISSING
assertion-lifetime-invalid: lifetime too_long/exceeds/maximum/longer/long
assertion-lifetime-invalid: exp too_far/far_in/too_long/maximum/exceeds -past
assertion-lifetime-invalid: issued too_far/too_long/too_old -exp
federated-credential-mismatch: federated/federation/workload_identity/trust_policy WRONG -configured
client-credential-missing: environment/workload_options/workload not_fully/configured NOT
certificate-not-registered: assertion signature/key/kid/verify/verification WRONG
signing-algorithm-mismatch: assertion algorithm WRONG
client-credential-missing: clientsecret/clientauth/credentials_for_the_client MISSING
client-secret-invalid: clientsecret WRONG
client-id-wrong: clientid WRONG/MISSING/failed -claim/audience/accesstoken/jwt/token/idtoken/expected/value/match/
  allowed/authorized/blocked/specified_for
client-secret-invalid: client_or_secret/bad_client/client_authorization_failed/clientid_or_secret
client-secret-invalid~: clientauth WRONG -scheme
target-access-policy: allowed_to_exchange client NOT
target-access-policy: client/application/app audience/resource/target/api/access/url WRONG authorized/allowed/granted/
  permitted/access -ip/role/blocked/perform/action/claim/token/jwt
scope-not-granted: scope invalid_scope/requested/unknown/granted/request/registered/malformed/unsupported/client/
  application/allowed_to_use/allowed_to_request WRONG -insufficient/accesstoken/jwt/user/claim
resource-not-found: resource/target/invalid_target/resource_indicator/service_principal/api_identifier/service WRONG
  unknown/found/exist/exists/registered/indicator/invalid_target/identifier -segment/path/owner/server/url/http
tenant-not-found: tenant/realm/authorization_server/organization/directory/tenantid exist/exists/found/unknown/
  invalid/valid/no_such WRONG/NOT -issuer/jwt/accesstoken/user/principal/account/member
wrong-authorization-server: authority/authorization_server mismatch/other/another
metadata-url-invalid: url/uri UNREAD -header/authheader/redirecturi
metadata-url-invalid: authority WRONG/must -tenant/jwt/token
request-body-encoding: content_type/media_type/mediatype/form_urlencoded/urlencoded/contenttype WRONG/MISSING
identity-provider-unavailable: temporarily_unavailable/service_unavailable/bad_gateway/gateway_error/try_again_later/
  currently_unavailable -jwks/metadata
"""
