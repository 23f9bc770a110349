"""The table of telling phrases. IDX numbers are those of Microsoft's token library, MP numbers those of
Maskinporten."""

from console.core.diagnosis.phrases import Phrase, phrases
from console.core.diagnosis.terms import Confidence

SAID_FOR_CERTAIN = phrases(
    Confidence.LIKELY,
    "said",
    scheme_mismatch=r"plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server"
    r"|speaking plain HTTP to an SSL|server gave HTTP response to HTTPS client|SSL.{0,40}wrong version number",
    connection_blocked=r"failed to connect to|couldn.t connect to server|ENOTFOUND|EAI_AGAIN|getaddrinfo|name or "
    r"service not known|no such host|name "
    r"resolution"
    r"|ECONNREFUSED|connection refused|actively refused|network is unreachable|no route to host|EHOSTUNREACH"
    r"|NameResolutionError|could not resolve host|ConnectTimeout|connect timed out|connection timed "
    r"out|ETIMEDOUT"
    r"|UnknownHostException|tunneling socket could not|proxy authentication required",
    tls_untrusted_certificate=r"CERTIFICATE_VERIFY_FAILED|self.signed certificate|unable to get local issuer"
    r"|PKIX path building|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER_CERT|unknown "
    r"authority|AuthenticationException: The remote"
    r"|remote certificate (?:is|was) (?:invalid|rejected)|DEPTH_ZERO_SELF_SIGNED|SSL certificate problem"
    r"|not establish trust relationship|unable to find valid certification "
    r"path|CERT_UNTRUSTED|PartialChain|UntrustedRoot",
    call_timeout=r"read timed out|ReadTimeout|operation (?:has )?timed out|timeout of \d+ ?ms "
    r"exceeded|ESOCKETTIMEDOUT"
    r"|HttpClient\.Timeout|gateway time-?out|SocketTimeoutException: Read|upstream request timeout|context "
    r"deadline exceeded",
    cors_preflight_rejected=r"blocked by CORS policy|preflight request doesn.t pass|CORS preflight",
    waf_blocked=r"web application firewall|request (?:was |has been )?blocked|attention required! \| "
    r"cloudflare|incapsula"
    r"|requested URL was rejected|support id is|mod_?security|azure web application|access "
    r"denied.{0,200}reference #",
    ip_not_allowed=r"caller IP address|IP address.{0,60}(?:not "
    r"(?:allowed|permitted|authorized)|blocked)|ip forbidden"
    r"|not allowed.{0,40}(?:from )?(?:this|your|client) "
    r"IP|CallerIpNotAllowed|CallerIpBlocked|x-ms-forbidden-ip"
    r"|client IP.{0,60}(?:not|denied)|IP restriction|ip.?address.?range|origin "
    r"ip|invalid_ip|not.{0,20}allow.?list",
    metadata_unreachable=r"IDX2080[3-9]|unable to obtain configuration|IDX20108|IDX10500(?!.{0,90}(?:kid|match))"
    r"|failed to (?:fetch|load|retrieve|download).{0,40}(?:openid|jwks|discovery|metadata|key ?set)"
    r"|could(?:n.t| not) (?:retrieve|fetch|load).{0,40}(?:jwks?|JWK set|openid|discovery|metadata)"
    r"|jwks.{0,40}(?:timed? ?out|unreachable)|keys.unavailable|unable to load openid",
    metadata_url_invalid=r"(?:openid-configuration|jwks|discovery/|metadata)[^\n]{0,400}(?:\b404\b|not ?found)"
    r"|IDX20807[^\n]{0,400}\b404\b|\b404\b[^\n]{0,120}openid-configuration",
    wrong_cloud=r"another national cloud|different cloud|government cloud application",
    identity_provider_unavailable=r"temporarily_unavailable|service is temporarily "
    r"unavailable|\bserver_error\b",
    client_credential_missing=r"must contain the following parameter: '?client_(?:assertion|secret)"
    r"|client credentials? (?:is|are|was|were)? ?missing|no client (?:authentication|credentials)",
    client_secret_invalid=r"invalid client (?:secret|credentials)|unauthorized_client.{0,60}invalid client "
    r"(?:secret|or)"
    r"|client secret (?:is |does )?(?:not match|incorrect|wrong)|bad client credentials",
    client_secret_expired=r"client secret(?: keys?)?.{0,60}expired|secret has expired",
    client_auth_method_mismatch=r"token_endpoint_auth_method|authentication method (?:is )?not "
    r"(?:allowed|supported)"
    r"|client authentication method|does not (?:allow|support).{0,40}client_secret_(?:basic|post)"
    r"|unsupported.{0,20}authentication method|NotAuthenticatedWithPkJwt|registered.{0,40}private_key_jwt",
    grant_type_not_allowed=r"grant type.{0,90}not allowed for (?:this|the) client",
    certificate_not_registered=r"no (?:matching )?(?:key|jwk).{0,40}(?:registered|found) for (?:the "
    r")?client|unknown key id"
    r"|MP-124|kid.{0,60}not (?:registered|found|known).{0,30}client|no registered key|key .{0,40}not "
    r"registered"
    r"|public key .{0,60}not (?:found|registered)",
    certificate_or_key_expired=r"\b(?:certificate|key)\b[^.\n]{0,30}\bexpired|MP-121|expired "
    r"(?:certificate|key)|NotAfter",
    certificate_thumbprint_invalid=r"no certificate thumbprint|invalid (?:certificate "
    r")?thumbprint|thumbprint.{0,40}missing",
    certificate_chain_malformed=r"MP-123|\bx5c\b.{0,80}(?:invalid|array|malformed|wrong|decode|order)|invalid x5c"
    r"|certificate chain.{0,40}(?:invalid|malformed|order)",
    certificate_wrong_owner_or_environment=r"MP-12[02]|does not match certificate "
    r"orgno|orgno.{0,40}certificate"
    r"|(?:test|production) certificate.{0,60}(?:in|not|production|test)|organi[sz]ation "
    r"number.{0,60}certificate",
    private_key_format_invalid=r"DECODER routines::unsupported|could not deserialize key|bad decrypt|no "
    r"start line|PEM_read_bio"
    r"|unable to load (?:private )?key|invalid (?:private )?key format|secretOrPrivateKey must "
    r"be|InvalidKeyException"
    r"|asn1 encoding routines|unable to (?:parse|decode) .{0,20}key|MalformedFraming|invalid "
    r"PEM|error:0909006C|not PEM"
    r"|InvalidKeyError|key must be (?:PEM|PKCS)|failed to parse private key|IOException: .{0,30}DER|mac "
    r"verify failure",
    assertion_audience_wrong=r"unexpected client assertion "
    r"audience|MP-110|assertion.{0,80}\baud(?:ience)?\b.{0,60}"
    r"(?:invalid|wrong|not|mismatch|unexpected|match)|invalid (?:assertion )?audience|aud(?:ience)? "
    r"(?:claim )?.{0,40}"
    r"(?:token endpoint|realm issuer)",
    assertion_issuer_wrong=r"subject claim value .{0,80}does not correspond|(?:iss|sub|issuer|subject) "
    r".{0,60}(?:must|does not)"
    r" .{0,20}(?:match|equal|be).{0,30}client.?id|client_id .{0,40}(?:does not "
    r"match|mismatch).{0,30}(?:iss|sub|assertion)",
    assertion_replayed=r"MP-012|jti.{0,60}(?:already|reuse|replay|used)|assertion.{0,60}(?:already|reused|replay)"
    r"|(?:already|reused|replay).{0,40}\bjti\b|grant.{0,30}(?:already|used before)|JWT replay",
    assertion_lifetime_invalid=r"MP-130|assertion.{0,60}(?:expired|too (?:long|old)|lifetime|life "
    r"?time)|lives? longer than"
    r"|exp(?:iry|iration)?.{0,60}(?:too far|more than|exceeds|maximum|longer|in the future)|JWT (?:grant "
    r")?(?:has )?expired"
    r"|token lifetime .{0,40}(?:long|exceed)|(?:older|longer) than \d+ seconds",
    client_id_wrong=r"client(?:_id)? (?:not found|unknown|does not exist|is not registered|isn.t "
    r"registered)|unknown client|MP-100"
    r"|invalid_client_id|no such client|\bclient (?!(?:assertion|authentication|secret|certificate)\b)"
    r".{0,60}not (?:found|registered)",
    resource_not_found=r"\binvalid_target\b|\binvalid_resource\b|audience \S+ is "
    r"invalid|(?:resource|audience) .{0,80}"
    r"(?:not found|unknown|does not exist)|unknown (?:audience|resource)|service not found: ",
    scope_not_granted=r"MP-20[01]|MP-250|scope.{0,80}not "
    r"(?:registered|allowed|permitted|granted)|unauthorized scope"
    r"|has not been granted access to the scope|no access to scope|invalid scopes?: |scope .{0,60}not "
    r"(?:in|on) .{0,20}client"
    r"|client .{0,60}not (?:allowed|authorized|registered).{0,30}scope",
    delegation_missing=r"has not delegated|MP-251|delegation.{0,40}(?:missing|not found|required)|not "
    r"delegated",
    access_agreement_inactive=r"(?:purpose|agreement|e-?service).{0,60}(?:inactive|suspended|archived"
    r"|rejected|waiting|not active|pending)|agreement.{0,40}(?:not "
    r"active|inactive|expired)|purpose.{0,30}not (?:found|active)",
    target_access_policy=r"not authorized to get token with aud|not in .{0,30}access ?policy|access "
    r"?policy.{0,60}(?:denied|not)"
    r"|client .{0,80}not (?:allowed|authorized|permitted).{0,40}(?:audience|target|exchange)",
    consent_missing=r"\bconsent_required\b|has not consented|consent (?:is )?required",
    consent_declined=r"user (?:denied|declined|cancell?ed)|access_denied.{0,200}(?:denied|declined|cancel)"
    r"|\bauthorization_declined\b|resource owner (?:denied|declined)",
    conditional_access_blocked=r"conditional access",
    interaction_required=r"\binteraction_required\b|\blogin_required\b|MFA required|multi-?factor "
    r"authentication (?:is )?required",
    redirect_uri_mismatch=r"redirect_uri_mismatch|redirect.?uri.{0,80}(?:not "
    r"(?:match|registered|valid|allowed)|mismatch|invalid"
    r"|does not|did not|different)|invalid (?:parameter: )?redirect.?uri|reply "
    r"(?:url|address).{0,60}(?:not|match)",
    authorization_code_redeemed=r"code .{0,40}(?:already|previously) (?:been "
    r")?(?:redeemed|used|consumed)|code not valid"
    r"|code (?:has|was) (?:already )?(?:been )?(?:used|redeemed)|authorization code (?:is "
    r")?(?:reuse|already)",
    pkce_mismatch=r"PKCE (?:verification|validation|code)|code_verifier"
    r"|code.?challenge.{0,60}(?:mismatch|missing|required|fail)",
    refresh_token_expired=r"refresh.?token.{0,80}(?:expired|revoked|inactive|invalid|not "
    r"active|unknown|stale)|token is not active"
    r"|session not active|invalid refresh token|offline session not active",
    device_code_expired=r"\bexpired_token\b|device.?code.{0,40}expired|device code has expired",
    authorization_response_invalid=r"state mismatch|state (?:parameter )?(?:does not|did not|is "
    r"not).{0,20}match|invalid_state"
    r"|\bstate\b.{0,30}(?:missing|not found|invalid)|nonce.{0,40}(?:mismatch|not match|invalid)|unable to "
    r"unprotect"
    r"|correlation failed|mix-?up|checks?\.state argument is missing|nonce claim .{0,30}(?:mismatch|does "
    r"not)|IDX2132[0-9]",
    token_response_malformed=r"unexpected token '?<'? ?.{0,30}JSON|JSONDecodeError|no access_token|not "
    r"valid JSON"
    r"|unexpected (?:character|end of|token).{0,40}JSON|missing (?:required "
    r")?.{0,12}access_token|access_token.{0,20}missing"
    r"|response (?:body )?is not (?:a )?valid",
    request_body_encoding=r"unsupported media type|content-?type.{0,60}(?:x-www-form-urlencoded|must be)"
    r"|application/json.{0,40}not supported|form.?encoded",
    request_parameter_missing=r"missing (?:required )?(?:parameter|form parameter)|parameter .{0,40}(?:is "
    r")?missing"
    r"|(?:grant_type|client_id|scope|code|assertion) (?:parameter )?(?:is )?(?:missing|required)|missing "
    r"grant_type|assertion (?:has no|lacks) \w+",
    audience_other_api=r"IDX10214|TokenAudienceNotAllowed|audience .{0,200}is invalid|audience (?:validation "
    r"failed|is invalid|not "
    r"allowed)"
    r"|jwt audience invalid|invalid(?: token)? audience|audience doesn.t match|Unexpected .aud.|wrong "
    r"audience|aud.{0,20}not match",
    issuer_wrong_tenant=r"IDX4000[145]|\{tenantid\}",
    token_expired=r"IDX10223|token (?:is |has |was )?expired|TokenExpired|jwt "
    r"expired|ExpiredSignature|Signature has expired"
    r"|exp.{0,4} claim timestamp check failed|token lifetime has|access token has expired|JWT expired "
    r"at|ExpiredJwt",
    clock_skew=r"IDX10222|not (?:yet valid|valid before|active yet)|issued? "
    r"(?:at|time).{0,30}(?:future|after now)|jwt not active"
    r"|ImmatureSignature|iat.{0,40}future|nbf.{0,20}claim|clock (?:skew|is)|used too early|before (?:the "
    r")?\"?nbf"
    r"|Token used before issued",
    token_malformed=r"IDX1(?:2709|2741|2723|2729|4100|4101|4120|0508)|jwt malformed|malformed "
    r"(?:jwt|token|JWT)|not well.?formed"
    r"|Not enough segments|invalid compact|compact serialization|segments|must have (?:3|three) "
    r"(?:parts|segments)"
    r"|JWT strings must contain exactly|illegal base64|Invalid token specified|InvalidTokenError: Invalid",
    opaque_token=r"\bopaque\b|IDX1060[39]|IDX10618|encrypted token|\bJWE\b",
    jwks_key_use_invalid=r"key.{0,40}\buse\b.{0,40}(?:enc|sig|not|invalid)|use.{0,6}enc|not intended for "
    r"(?:signature|signing)"
    r"|key_ops|(?:wrong|unsupported|invalid) (?:key use|kty|key type)",
    signing_algorithm_mismatch=r"IDX106(?:34|52|96)|invalid algorithm|algorithm.{0,40}(?:not "
    r"(?:allowed|supported|match)|mismatch"
    r"|unexpected)|alg(?:orithm)?.{0,10}(?:HS|RS|ES|PS)\d+.{0,40}(?:not|expected|instead)|key is of "
    r"invalid type"
    r"|unexpected signing method|alg value is not allowed|InvalidAlgorithm|signed JWT rejected: another "
    r"algorithm",
    signature_invalid=r"IDX10511|TokenSignatureInvalid|TokenInvalidSignature|invalid signature|signature "
    r"verification failed"
    r"|SignatureDoesNotMatch|bad signature|signature is invalid|JWSSignatureException",
    authorization_header_missing=r"JWT not present|TokenNotPresent|missing authorization header|no "
    r"authorization header"
    r"|authorization header (?:is |was )?(?:missing|not (?:present|found|provided))|no "
    r"(?:auth|authentication|access|bearer)"
    r" ?(?:token|method|credentials).{0,20}(?:provided|found|present|supplied)|credentials were not provided"
    r"|Azure AD JWT not present|No token provided",
    bearer_scheme_malformed=r"Bearer Bearer|'Bearer' was missing|must start with .?Bearer|TokenSchemeInvalid"
    r"|Format is Authorization: Bearer|credentials_bad_scheme",
    policy_order_overwrites_token=r"authentication-managed-identity.{0,200}validate-jwt",
    claim_name_mismatch=r"TokenClaimNotFound|JWT (?:token )?is missing the following claims",
    client_certificate_not_accepted=r"client certificate|mTLS|No required SSL certificate|SSL certificate "
    r"error|certificate required"
    r"|invalid client cert|tlsv13 alert certificate required",
    rate_or_quota_exceeded=r"rate limit (?:is )?exceeded|Out of call volume quota|Out of bandwidth "
    r"quota|QuotaExceeded"
    r"|RateLimitExceeded|too many requests|quota (?:has been )?exceeded",
    subscription_key_missing=r"missing subscription key|SubscriptionKeyNotFound|API_KEY_MISSING|no api.?key",
    subscription_key_invalid=r"invalid subscription key|SubscriptionKeyInvalid|invalid "
    r"api.?key|API_KEY_INVALID",
    subscription_wrong_product=r"subscription.{0,60}(?:not active|suspended|inactive|expired|does not "
    r"(?:cover|include)|cancell?ed)"
    r"|product.{0,60}(?:does not|not) (?:contain|include|associated)|not subscribed to (?:this|the) "
    r"(?:product|API)",
    app_permission_not_granted=r"IDW10201|neither scope (?:or|nor) roles|no (?:app )?roles? "
    r".{0,30}(?:token|assigned)",
    role_insufficient=r"insufficient (?:privileges|role|permissions)|missing (?:the )?(?:required "
    r")?role|role.{0,30}required"
    r"|Authorization_RequestDenied|does not have (?:the )?(?:required )?(?:role|permission)",
    scope_missing=r"insufficient_scope|missing (?:the )?(?:required )?scope|IDW10203|required "
    r"scope|insufficient scope",
    client_auth_strength_insufficient=r"unsupported app.?only token|requires? "
    r"certificate|acr.{0,30}(?:required|insufficient)"
    r"|insufficient_user_authentication|certificate.based authentication required",
    principal_not_provisioned_in_api=r"(?:user|principal|account) .{0,80}(?:not "
    r"(?:found|exist|registered|provisioned|a member)"
    r"|is not a member|does not exist)|not a member of the organization|no (?:such )?user|unknown "
    r"user|TF400813|VS402392",
    backend_credential_collision=r"authenticated only by Shared Access|DirectApiAuthorizationRequired"
    r"|multiple authentication|more than one (?:authentication|authorization)|Only one auth mechanism",
    authorization_sent_to_presigned_url=r"only one auth mechanism "
    r"allowed|InvalidAuthenticationInfo|AuthenticationFailed.{0,200}sig"
    r"|X-Amz-Algorithm query parameter",
    group_overage=r"_claim_sources|hasgroups|group.{0,20}overage|too many groups",
)
SAID_LIKELY = phrases(
    Confidence.LIKELY,
    "said",
    signing_key_retired=r"IDX1050[13]|IDX10517|TokenSignatureKeyNotFound|signature key was not "
    r"found|unable to match keys?"
    r"|(?:unable|failed) to find.{0,40}(?:key|kid)|no matching (?:key|jwk|signing)|kid.{0,60}not "
    r"(?:found|match|in)"
    r"|signing key.{0,40}(?:not found|not match)|JWKS.{0,60}(?:no|not|does not) "
    r".{0,30}(?:kid|key|match)|unknown kid",
    issuer_spelling_mismatch=r"IDX10205|TokenIssuerNotAllowed|issuer .{0,200}(?:is invalid|not "
    r"(?:allowed|trusted|match))"
    r"|invalid (?:token )?issuer|jwt issuer invalid|iss claim .{0,30}not valid|unexpected .?iss",
    path_or_method_unknown=r"OperationNotFound|method not allowed|cannot (?:GET|POST|PUT|DELETE|PATCH) "
    r"/|no route matched",
    api_error=r"internal server error|unhandled "
    r"exception|NullReferenceException|BackendConnectionFailure|bad gateway",
)
FACTS = phrases(
    Confidence.LIKELY,
    "facts",
    redirect_drops_authorization=r"redirect.{0,80}(?:drop|lose|lost|without|strip|removes?|not? "
    r"(?:sent|forwarded))|follows? redirect"
    r"|allowautoredirect|(?:drop|lose|lost|without|strip).{0,60}redirect",
    authorization_header_stripped=r"(?:proxy|server|apache|nginx|mod_wsgi|load "
    r"balancer|fastcgi|cgi|iis|ingress|front.?end|cdn)"
    r".{0,80}(?:strip|remove|drop|does not pass|not "
    r"forward|eats)|(?:strip|remove|drop)\w{0,20}.{0,40}authorization"
    r"|header (?:does not|never) (?:arrive|reach)",
    ip_not_allowed=r"fails from every (?:workstation|machine)|(?:only|works) from (?:the "
    r")?(?:localhost|server|office|vpn|inside"
    r"|within|allowed)|(?:ip|address).{0,20}(?:allow|white|restrict).{0,6}list|ip restriction|another "
    r"(?:ip|network|address)"
    r"|(?:from|through|over|on) (?:the |a )?(?:vpn|company network|office network|home)|static "
    r"(?:ip|egress)|outbound (?:ip|address)",
    waf_blocked=r"\bwaf\b|front door|cloudflare|firewall (?:log|rule)",
    tls_untrusted_certificate=r"tls inspection|ssl inspection|private ca|self.?signed|incomplete "
    r"chain|intermediate certificate",
    connection_blocked=r"(?:firewall|nsg|outbound|egress).{0,60}(?:block|den|not "
    r"allow|closed)|port.{0,20}closed",
    client_secret_encoding=r"without special characters|special "
    r"character|percent.?encod|url.?encod|encoded twice",
    client_secret_invalid=r"secret (?:was )?(?:rotated|replaced)|old (?:secret|value)|not restarted|other "
    r"application.s secret",
    jwks_cache_stale=r"lists? (?:this|the) kid|kid.{0,60}(?:is |present |listed "
    r")?(?:in|among|newest)|without restart"
    r"|after (?:a )?restart.{0,40}works|restart(?:ing)? (?:helps|fixes)|keys? (?:were |was "
    r")?(?:rotated|rolled)|cached? (?:keys?|jwks)",
    app_specific_signing_key=r"saml_signing_certificate|custom signing "
    r"key|claims.?mapping|acceptmappedclaims|appid=|app.?specific"
    r"|single_sign_on: SAML",
    clock_skew=r"\bclock\b.{0,60}(?:behind|ahead|wrong|skew|drift|off\b|differ|minutes|fast|slow|sync)|\bntp\b|time "
    r"sync|(?:minutes|seconds) (?:behind|ahead|fast|slow)|chrony|wrong time ?zone|local time",
    subscription_wrong_product=r"(?:key|subscription).{0,60}(?:other|another|different|wrong) "
    r"product|product.{0,60}not (?:include|cover)"
    r"|subscription.{0,40}(?:suspended|submitted|expired|cancel)",
    principal_not_provisioned_in_api=r"application_users: \[\]|no (?:application )?user|not (?:been "
    r")?added|no service principal in"
    r"|users?: \[\]|not provisioned",
    client_auth_strength_insufficient=r"(?:with|using) (?:the same app and )?a "
    r"certificate.{0,40}(?:succeed|works)",
    policy_order_overwrites_token=r"managed.identity.{0,80}before|set-header.{0,60}before validate",
    client_in_other_environment=r"created_in: \S*(?:test|prod)|registered in (?:test|prod)|environment: "
    r"(?:test|prod)",
)
TABLE: tuple[Phrase, ...] = (*SAID_FOR_CERTAIN, *SAID_LIKELY, *FACTS)
