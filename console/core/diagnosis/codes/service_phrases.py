"""Telling phrases of platforms that guard resources, projects and sites, beside those of token libraries."""

from console.core.diagnosis.phrases import phrases
from console.core.diagnosis.terms import Confidence

CERTAIN = phrases(
    Confidence.CERTAIN,
    "said",
    # A page that asks a browser to prove itself: no token endpoint and no API writes one.
    waf_blocked=r"_cf_chl_opt|cf-mitigated: challenge|/cdn-cgi/challenge-platform|<title>just a moment"
    r"|_Incapsula_Resource"
    r"|checking your browser before|x-datadome|captcha-delivery\.com|px-captcha|awswaf\.com|x-amzn-waf-action"
    r"|sucuri website firewall|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|enable javascript and cookies to continue",
    api_not_enabled=r"accessNotConfigured|SERVICE_DISABLED|has not been used in project"
    r"|MissingSubscriptionRegistration",
    clock_skew=r"issued_?at\b.{0,60}\bin the future|\biat\b.{0,60}\b(?:in the future|later than now)",
    app_permission_not_granted=r"(?:either|neither|no|without|nor) (?:the )?['\"]?(?:scp"
    r"|scopes?)['\"]?(?: claims?)? (?:or|nor|and) "
    r"(?:the )?['\"]?roles?\b",
)
LIKELY = phrases(
    Confidence.LIKELY,
    "said",
    tenant_not_found=r"unable to get authority configuration for",  # MSAL, where the address answers invalid_tenant
    target_access_policy=r"need to create a \W{0,3}client-grant",
    # Azure DevOps names a caller who sent nothing by an empty name or this id.
    authorization_header_missing=r"TF400813[^\n]{0,40}(?:''|aaaaaaaa-aaaa-aaaa)",
    # Azure Storage, where a role is missing, speaks of the permission; without it the network rules refuse.
    ip_not_allowed=r"error-?code: AuthorizationFailure\b",
    # The caller is known by then: what it lacks is a role on the resource, whatever it may do elsewhere.
    resource_role_missing=r"AuthorizationPermissionMismatch|ForbiddenByRbac|using this permission"
    r"|not have (?:authorization|permissions?) to perform (?:this )?action|IAM_PERMISSION_DENIED"
    r"|permission '?[\w.]+'? denied (?:on|for) resource|not have [\w.]+\.\w+\.\w+ access"
    r"|is not authorized to perform:? \w[\w-]*:\w+",
    api_not_enabled=r"access not configured|api (?:is |has )?not (?:been )?(?:enabled|activated|switched on)"
    r"|(?:activate|enable|switch on|turn on) (?:the |this )?(?:[\w-]+ ){0,4}API\b.{0,30}(?:project|account"
    r"|tenant|organi[sz]ation)",
)
