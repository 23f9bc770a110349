"""The table of telling phrases. IDX numbers are those of Microsoft's token library, MP numbers those of
Maskinporten."""

from console.core.diagnosis.codes.service_phrases import CERTAIN, LIKELY
from console.core.diagnosis.phrases import Phrase, phrases
from console.core.diagnosis.terms import Confidence

# What is said in words that mean more than their sentence: a kid that is unknown, an issuer that is refused.
SAID = phrases(
    Confidence.LIKELY,
    "said",
    metadata_url_invalid=r"(?:openid-configuration|jwks|discovery/|IDX2080[47])[^\n]{0,400}\b404\b",
    validator_library_mismatch=r"(?:MissingMethod|TypeLoad|FileNotFound|FileLoad|NoSuchMethod|ClassNotFound|NoClassDefFound"
    r"|ImportError|ModuleNotFound)(?:Exception|Error)?\b[^\n]{0,160}(?:IdentityModel|jwt|jose|oauth|msal|nimbus|openid)",
    authorization_sent_to_presigned_url=r"only one auth mechanism allowed|InvalidAuthenticationInfo"
    r"|AuthenticationFailed.{0,200}sig|X-Amz-Algorithm query parameter",
    # What the configuration of a proxy says: nginx, Apache, HAProxy.
    authorization_header_stripped=r"(?:proxy_set_header|fastcgi_param|uwsgi_param)\s{1,20}(?:HTTP_)?Authorization\s{1,20}"
    r"(?:\"\"|'')\s{0,5};"
    r"|RequestHeader\s{1,20}unset\s{1,20}Authorization\b|http-request\s{1,20}del-header\s{1,20}Authorization\b",
    principal_not_provisioned_in_api=r"TF400813",  # the same for a caller who sent nothing
    signing_key_retired=r"IDX1050[13]|IDX10517|TokenSignatureKeyNotFound|signature key was not "
    r"found|unable to match keys?"
    r"|(?:unable|failed) to find.{0,40}(?:key|kid)|no matching (?:key|jwk|signing)|kid.{0,60}not "
    r"(?:found|match|in\b)"
    r"|signing key.{0,40}(?:not found|not match)|JWKS.{0,60}(?:no|not|does not) "
    r".{0,30}(?:kid|key|match)|unknown kid",
    issuer_spelling_mismatch=r"IDX10205|TokenIssuerNotAllowed|issuer .{0,200}(?:is invalid|not "
    r"(?:allowed|trusted|match))"
    r"|invalid (?:token )?issuer|jwt issuer invalid|iss claim .{0,30}not valid|unexpected .?iss",
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
TABLE: tuple[Phrase, ...] = (*CERTAIN, *SAID, *LIKELY, *FACTS)
