"""What carries a call, and where keys and metadata come from. Data only; `rules.py` reads it."""

TABLE = """
# What is known by one phrase.
private-key-format-invalid: jwks_does_not_exist/no_start_line/bad_decrypt/decoder_routines
federated-credential-mismatch: web_identity NOT/WRONG/denied
authorization-header-missing: anonymous can_not/not_have/not_authorized/not_allowed/not_permitted
resource-role-missing: namespace/cluster/cluster_scope/api_group/apigroup can_not list/get/create/watch/update/patch/
  delete/impersonate
role-insufficient?: rbac access_denied
resource-role-missing: perform_action/role_assignment/role_assignments/rbac/forbiddenbyrbac/access_policy/
  have_authorization/authorized_to_perform_action/secrets_get/iam/bucket_policy/get_permission/list_permission
resource-role-missing: authorized_to_perform permission/role NOT
access-agreement-inactive: purpose/agreement/e_service/eservice/accessagreement inactive/suspended/archived/rejected/
  waiting/pending/expired/active/found NOT/WRONG/OVER/pending/waiting/archived/suspended
group-overage: group/groups/hasgroups/role overage/too_many/hasgroups
authorization-sent-to-presigned-url: amz_algorithm/presigned WRONG/NOT/only
backend-credential-collision: authenticated_only_by/only_one_auth/multiple_authentication/
  more_than_one_authentication/more_than_one_authorization/directapiauthorizationrequired/
  direct_api_authorization_required
client-auth-strength-insufficient: unsupported_app_only/app_only_token/certificate_based_authentication/
  requires_certificate/insufficient_user_authentication WRONG/required/NOT/requires
tls-untrusted-certificate: self_signed/unable_to_get_local/unable_to_verify_leaf/pkix/depth_zero/untrustedroot/
  untrusted_root/partialchain/partial_chain/trust_relationship/unknown_ca/unknown_authority -assertion
app-permission-not-granted: neither/no scope role
private-key-format-invalid: key_data/keys_data UNREAD
jwks-key-use-invalid: key/jwk/jwks/jwt_keys/kid/algorithm rsa_oaep/rsa_oaep_256/rsa1/ecdh/ecdh_es/a128kw/a256kw
  WRONG -token/decrypt/decryption/decrypted/jwe/idtoken
jwks-key-use-invalid: use/key_ops/usage enc/encryption/intended kid/key/jwk WRONG
target-access-policy: client/application/app to_obtain/exchange_for/tokenfetch NOT

# Metadata and keys cannot be had, whatever the network says of it.
metadata-unreachable: jwks/metadata UNFETCHED timeout/refused/connection/connect/reset/unreachable/dns/host/500/502/
  503/504/communication/reach/contact/refresh/expected_200
metadata-unreachable: jwks expected_200
metadata-unreachable: obtain_configuration/retrieve_document/configuration_from UNFETCHED -404
metadata-unreachable: jwks http_error/status_code/http_status/status -404/kid
metadata-url-invalid: jwks/metadata 404/html -kid
metadata-url-invalid: jwks/metadata https/url/uri WRONG/must/MISSING -kid/timeout
metadata-url-invalid: jwks empty/no_keys/any_keys/any_key/contain_keys/zero/keys_member/usable/signing_keys/is_empty
metadata-url-invalid: jwks/metadata UNREAD -kid/jwt_header/find/found
metadata-unreachable: jwks/metadata UNFETCHED -kid/match/matching/matches/find/found/algorithm/issuer/audience/jwt/key
jwks-wrong-source?: kid/signingkey/publickey/key/jwk/jwks/keys WRONG/MISSING/could find/found/match/matching/matches/
  matched/locate/located/known/unknown/lookup/select/usable/suitable/
  resolve/resolved/unresolvable/applicable/contain/exist/exists/
  present -metadata/api/apikey/privatekey/private/clientsecret/assertion/client/subscription/encryption/decryption/
  algorithm/clientcertificate/validated/signature_valid/issuer/audience/claim/key_content/app/vault
jwks-wrong-source?: kid WRONG -client/assertion/certificate/string
jwks-wrong-source?: kid jwk/key/jwks NOT -client/assertion/certificate/string/must
jwks-wrong-source?: signingkey unresolvable/unresolved/MISSING/WRONG -certificate/expired/encryption/client
signature-invalid: key validated/verified/verifies signature/token NOT
metadata-url-invalid: jwks/metadata MISSING -kid/key/jwt/accesstoken
metadata-unreachable: signingkey/endpoints/key_content/verification_keys UNFETCHED -kid/match/matching/find/found/
  algorithm/issuer/audience/resource/privatekey
metadata-unreachable: jwks/metadata unavailable/unreachable/TROUBLE fetch/fetching/retrieve/retrieving/load/loading/
  download/obtain/reach/get/unavailable/unreachable -kid/found

# What carries the call.
cors-preflight-rejected: preflight/cors/access_control/same_origin_policy/cross_origin_request TROUBLE/MISSING/WRONG
  -succeed
connection-blocked: cors_request_did_not_succeed
scheme-mismatch: insecure_transport_error/insecure_transport_exception
scheme-mismatch?: tlswanted -certificate/clientcertificate
scheme-mismatch: plain_http/http_request_to_an_https/https_client/wrong_version_number/speaking_plain/https_port
  -determine
tls-untrusted-certificate: hostname/altnames/altname/subject_alternative/common_name/host_name WRONG certificate
client-certificate-not-accepted: certificate remote_error/alert/required/certificate_required bad/alert/required/WRONG
  -verify/chain/protocol_version/handshake_failure/internal_error/unrecognized_name/no_application_protocol
# What nginx says of a client's; "SSL certificate" is read as two words for the same.
client-certificate-not-accepted: the_certificate_certificate_error/required_certificate_certificate
tls-untrusted-certificate: trust_anchor/certification_path found/valid/unable NOT/WRONG/unable
tls-untrusted-certificate: certificate WRONG/unable verify/authority/self/trusted/untrusted/trust/handshake/hostname/
  verification/issuer/unknown/chain/signed/names/root/ip/dns/path/store/validate/validation/revoked/revocation/
  valid_for/common/domain -clientcertificate/thumbprint/assertion/x5c/registered/client/signingkey/x5t/key/saml
tls-untrusted-certificate: certificate OVER -clientcertificate/assertion/registered/client/signingkey/thumbprint/key/
  federation/saml/secret/associated
client-certificate-not-accepted: certificate obtain/present/presented/from_current MISSING/unable -verify/chain/
  authority
client-certificate-not-accepted: thumbprint/x5t_s256/certificate_bound/cnf/holder_of_key WRONG -assertion/client
certificate-thumbprint-invalid: thumbprint/x5t WRONG/MISSING -jwk/jwks/keys
client-certificate-not-accepted: clientcertificate WRONG/MISSING/unable -automatic
certificate-or-key-expired: certificate/signingkey/credential_key OVER -accesstoken/jwt
clock-skew: certificate EARLY
certificate-wrong-owner-or-environment: certificate test/production/prod/organisation/organization/orgno/
  organisationnumber/enterprise WRONG/NOT -tls/verify/host/verified/common_name/root
certificate-chain-malformed: x5c/certificate_chain WRONG
certificate-not-registered: certificate/publickey/signingkey/key/kid registered/known/load/associated/configured
  client/assertion WRONG
connection-blocked: connection_refused/connection_reset/connection_closed/connection_attempt/no_such_host/
  could_not_resolve/remote_name_could/name_resolution/name_or_service/nodename_nor/resolve_host/network_unreachable/
  network_is_unreachable/no_route/unable_to_connect/could_not_connect/can_not_connect/not_connect/connect_timeout/
  connection_timed/connect_timed/timed_out_connecting/econnrefused/enotfound/econnreset/etimedout/ehostunreach/
  eai_again/server_misbehaving/dial_tcp/socket_hang/network_connectivity/unknown_host/actively_refused/
  proxy_authentication/proxy_error/tunneling_socket_could_not/host_not_found/
  connection_aborted/remote_end_closed/name_not_resolved/
  connection_failure/no_network/internet_connection/lookup_failed/dns_lookup/getaddrinfo/failed_to_connect/
  connect_failed/internet_disconnected/address_unreachable -jwks/metadata
connection-blocked: from_proxy/to_proxy WRONG/NOT/TROUBLE/unable/407/received/forbidden -jwks/metadata
call-timeout: timeout/timed_out/deadline_exceeded/time_out/took_too_long/read_timed/timedout -connect/connection/
  connecting/device/devicecode/polling/session/user
ip-not-allowed: ip/ip_address/client_address/caller_address/source_address/network_access/public_network/
  origin_address/remote_address/your_access/this_address WRONG -certificate/altnames/hostname
waf-blocked: web_application_firewall/waf/mod_security/modsecurity/incident_id/support_id/malicious/bot_detected/
  cloudflare/incapsula WRONG
waf-blocked: url_was_rejected/request_was_rejected_by/support_id_is
waf-blocked: request_blocked/have_been_blocked/has_been_blocked/attention_required -ip/client/application/
  conditional_access
request-header-too-large: header/headers/header_fields/authheader/cookie/cookies/fields large/long/size/exceeds/
  exceeded/big/oversized/overflow/too_many_headers
rate-or-quota-exceeded: rate_limit/ratelimit/rate/quota/throttled/throttling/too_many_requests/too_many_calls/spike/
  concurrent_requests/number_of_requests/execution_time exceeded/exceeds/over/too_many/throttled/throttling/reached/
  violation/exhausted/out_of/used_up/replenished
rate-or-quota-exceeded: limit exceeded/exceeds/reached/over -header/headers/redirects/size/length/lifetime/token/jwt
redirect-drops-authorization: redirects exceeded/too_many/maximum/followed/toomany
invisible-character-in-value: character/characters/whitespace/newline/new_line/line_break/control/reserved WRONG
  header/headers/authheader/field -base64/jwt
invisible-character-in-value: header_field_value/header_value/header_content/format_of_value WRONG -prefix/jwt/
  tokenuse
"""
