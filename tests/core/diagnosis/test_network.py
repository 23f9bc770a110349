"""Causes of the stage network: what gives each one away, what only looks like it, and what is said to people."""

from tests.core.diagnosis.evidence import NOW, REFUSED, REQUEST, claims, of_call, of_failure
from tests.core.diagnosis.stage import stage_test

MATCHES = [
    ("scheme-mismatch", of_failure("tls", "not_tls", detail="What answers at this port is not TLS.")),
    ("scheme-mismatch", of_failure("reset", "tls_port", token=True)),
    (
        "scheme-mismatch",
        of_call(
            400,
            "<html><center>The plain HTTP request was sent to HTTPS port</center></html>",
            token=False,
            expectations=None,
        ),
    ),
    ("scheme-mismatch", {"pasted": "Get https://a.example: http: server gave HTTP response to HTTPS client"}),
    (
        "address-refused-by-console",
        of_failure("blocked_address", "address", detail="The address is inside a private network."),
    ),
    ("address-refused-by-console", of_failure("blocked_address", "host", token=True)),
    ("tls-untrusted-certificate", of_failure("tls", "unknown_ca", detail="The chain ends at CN=Contoso Root.")),
    ("tls-untrusted-certificate", of_failure("tls", "name")),
    ("tls-untrusted-certificate", of_failure("tls", "expired", token=True)),
    (
        "tls-untrusted-certificate",
        {
            "pasted": (
                "javax.net.ssl.SSLHandshakeException: PKIX path building failed: "
                "sun.security.provider.certpath.SunCertPathBuilderException: unable to find "
                "valid certification path to requested target"
            )
        },
    ),
    ("tls-untrusted-certificate", {"pasted": "x509: certificate signed by unknown authority"}),
    (
        "tls-untrusted-certificate",
        {
            "pasted": (
                "The SSL connection could not be established, see inner exception. ---> "
                "System.Security.Authentication.AuthenticationException: The remote certificate "
                "is invalid according to the validation procedure."
            )
        },
    ),
    ("connection-blocked", of_failure("dns", detail="api.contoso.example is not known to the name servers.")),
    ("connection-blocked", of_failure("refused")),
    ("connection-blocked", of_failure("timeout", "connect")),
    ("connection-blocked", of_failure("dns", token=True)),
    (
        "connection-blocked",
        {
            "pasted": (
                "requests.exceptions.ConnectionError: "
                "HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max retries "
                "exceeded with url: /x (Caused by NameResolutionError: Failed to resolve)"
            )
        },
    ),
    ("connection-blocked", {"pasted": "Error: connect ECONNREFUSED 10.1.2.3:443"}),
    (
        "connection-blocked",
        {
            "pasted": (
                "System.Net.Http.HttpRequestException: No connection could be made because the "
                "target machine actively refused it. (contoso.azure-api.net:443)"
            )
        },
    ),
    (
        "connection-blocked",
        {
            "request": REQUEST,
            "pasted": (
                "curl: (28) Failed to connect to contoso.azure-api.net port 443 after 21044 ms: "
                "Couldn't connect to server"
            ),
        },
    ),
    ("call-timeout", of_failure("timeout", "total", detail="30 seconds passed.")),
    ("call-timeout", of_failure("timeout", "asked", request={**REQUEST, "timeout_s": 5})),
    ("call-timeout", of_call(504, "upstream request timeout", token=False, expectations=None)),
    (
        "call-timeout",
        {
            "request": REQUEST,
            "pasted": (
                "requests.exceptions.ReadTimeout: "
                "HTTPSConnectionPool(host='contoso.azure-api.net', port=443): Read timed out. "
                "(read timeout=30)"
            ),
        },
    ),
    (
        "call-timeout",
        {"pasted": ("The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.")},
    ),
    (
        "redirect-drops-authorization",
        of_call(
            401,
            "",
            token=False,
            expectations=None,
            profile={"hops": [{"status": 301, "location": "https://www.contoso.example/api"}, {"status": 401}]},
        ),
    ),
    (
        "redirect-drops-authorization",
        of_call(
            401,
            {"error": "missing token"},
            token=False,
            expectations=None,
            profile={
                "observations": [
                    "the client follows redirects and sends no token to the second address",
                    "calling the final URL directly works",
                ]
            },
        ),
    ),
    (
        "authorization-header-stripped",
        of_call(401, {"detail": "Authentication credentials were not provided."}, token=False, expectations=None),
    ),
    (
        "authorization-header-stripped",
        of_call(
            401,
            {"message": "No Authorization header found"},
            token=False,
            expectations=None,
            profile={"observations": ["works against the container directly, fails through nginx"]},
        ),
    ),
    (
        "cors-preflight-rejected",
        {
            "request": {
                "method": "OPTIONS",
                "url": "https://contoso.azure-api.net/x",
                "headers": {"Origin": "https://app.example", "Access-Control-Request-Method": "GET"},
            },
            "response": {"status": 401, "headers": {}, "body": REFUSED},
        },
    ),
    (
        "cors-preflight-rejected",
        {
            "pasted": (
                "Access to fetch at 'https://contoso.azure-api.net/x' from origin "
                "'https://app.example' has been blocked by CORS policy: Response to preflight "
                "request doesn't pass access control check"
            )
        },
    ),
    (
        "cors-preflight-rejected",
        {
            "request": {
                "method": "OPTIONS",
                "url": "https://contoso.azure-api.net/x",
                "headers": {"Origin": "https://app.example", "Access-Control-Request-Method": "GET"},
            },
            "response": {"status": 200, "headers": {}, "body": ""},
        },
    ),
    (
        "ip-not-allowed",
        of_call(
            403,
            {"statusCode": 403, "message": "Caller IP address 198.51.100.7 is not allowed. Access denied."},
            token=False,
            expectations=None,
        ),
    ),
    (
        "ip-not-allowed",
        of_call(
            403,
            "<html>Ip Forbidden</html>",
            headers={"x-ms-forbidden-ip": "198.51.100.7"},
            token=False,
            expectations=None,
        ),
    ),
    (
        "ip-not-allowed",
        of_call(
            403,
            {
                "error": {
                    "code": "AuthorizationFailure",
                    "message": (
                        "This request is not authorized because the client IP address is not on the allow list"
                    ),
                }
            },
            token=False,
            expectations=None,
        ),
    ),
    (
        "ip-not-allowed",
        of_call(
            403,
            "",
            token=False,
            expectations=None,
            profile={"observations": ["the same call works from the company network and fails from home"]},
        ),
    ),
    (
        "waf-blocked",
        of_call(
            403,
            (
                "<html><head><title>403 Forbidden</title></head><body>Microsoft-Azure-Application-Ga"
                "teway/v2</body></html>"
            ),
            token=False,
            expectations=None,
            profile={"observations": ["the WAF log shows rule 942100"]},
        ),
    ),
    (
        "waf-blocked",
        of_call(403, "<!DOCTYPE html><title>Attention Required! | Cloudflare</title>", token=False, expectations=None),
    ),
    (
        "waf-blocked",
        of_call(
            403,
            (
                "<html>The requested URL was rejected. Please consult with your administrator. "
                "Your support ID is: 123</html>"
            ),
            token=False,
            expectations=None,
        ),
    ),
    ("cached-refusal", of_call(401, "", headers={"Age": "512"}, token=claims(), expectations=None)),
    ("request-header-too-large", of_call(431, "", token=False, expectations=None)),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    ("scheme-mismatch", of_failure("tls", "other"), "tls-untrusted-certificate"),
    ("scheme-mismatch", of_failure("reset"), "connection-blocked"),
    ("tls-untrusted-certificate", of_failure("tls", "client_certificate"), "client-certificate-not-accepted"),
    ("connection-blocked", of_failure("timeout", "total"), "call-timeout"),
    ("connection-blocked", of_failure("tls", "unknown_ca"), "tls-untrusted-certificate"),
    ("connection-blocked", of_failure("blocked_address", "port"), "address-refused-by-console"),
    (
        "connection-blocked",
        of_call(500, "", expectations=None, pasted="IDX20803: Unable to obtain configuration. No such host is known."),
        "metadata-unreachable",
    ),
    ("call-timeout", of_failure("timeout", "connect"), "connection-blocked"),
    (
        "redirect-drops-authorization",
        of_call(
            401,
            "",
            token=False,
            expectations=None,
            request={**REQUEST, "headers": {}},
            profile={"hops": [{"status": 301}, {"status": 401}]},
        ),
        "authorization-header-missing",
    ),
    (
        "authorization-header-stripped",
        of_call(
            401,
            {"detail": "Authentication credentials were not provided."},
            token=False,
            expectations=None,
            request={**REQUEST, "headers": {}},
        ),
        "authorization-header-missing",
    ),
    (
        "authorization-header-stripped",
        of_call(
            401,
            {"detail": "No token provided"},
            token=False,
            expectations=None,
            profile={"hops": [{"status": 302, "location": "https://b"}]},
        ),
        "redirect-drops-authorization",
    ),
    (
        "cors-preflight-rejected",
        of_call(
            401,
            token=False,
            expectations=None,
            request={"method": "GET", "url": "https://a.example", "headers": {"Origin": "https://b"}},
        ),
        "authorization-header-missing",
    ),
    (
        "ip-not-allowed",
        of_call(
            403,
            {"statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 1.00:00:00."},
            token=False,
            expectations=None,
        ),
        "rate-or-quota-exceeded",
    ),
    ("waf-blocked", of_call(403, {"error": "forbidden"}, token=claims(roles=["Other"])), "role-insufficient"),
    (
        "tls-untrusted-certificate",
        of_call(401, {"message": "No required SSL certificate was sent"}, token=False, expectations=None),
        "client-certificate-not-accepted",
    ),
    (
        "address-refused-by-console",
        of_call(403, {"message": "Your IP address is blocked."}, token=False, expectations=None),
        "ip-not-allowed",
    ),
    (
        "cached-refusal",
        of_call(401, REFUSED, headers={"Age": "0", "X-Cache": "MISS"}, token=claims(exp=NOW - 600)),
        "token-expired",
    ),
    ("request-header-too-large", of_call(401, REFUSED, token=claims(exp=NOW - 600)), "token-expired"),
]
MISSING = [
    ("address-refused-by-console", "response.failure", "the decoded token"),
    ("scheme-mismatch", "response.failure", "the decoded token"),
    ("tls-untrusted-certificate", "response.failure", "the decoded token"),
    ("connection-blocked", "response.failure", "the decoded token"),
    ("call-timeout", "response.failure", "the decoded token"),
    ("redirect-drops-authorization", "profile.hops", "the decoded token"),
    ("authorization-header-stripped", "response.body.detail", "the decoded token"),
    ("cors-preflight-rejected", "request", "the decoded token"),
    ("ip-not-allowed", "response.body.message", "the decoded token"),
    ("waf-blocked", "profile.observations", "the decoded token"),
    ("cached-refusal", "response.headers", "what the API expects: audiences, issuers, roles or scopes"),
    ("request-header-too-large", "response", "the answer of the API, with its headers"),
]
UNDECIDED = [
    ({"request": REQUEST}, "the answer of the API, with its headers"),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "scheme-mismatch",
        "Scheme and port of the address of contoso.azure-api.net do not fit together.",
        "What answers at this port is not TLS.",
        "Correct the scheme or the port of the address: https usually has port 443 or 8443, http port 80 or 8080.",
        "integrator",
    ),
    (
        "address-refused-by-console",
        "This console did not send the request, because its own rules refuse the address.",
        "This console did not send the request. The address is inside a private network.",
        ("Use an address that the rules allow, or have it added to the list of allowed internal addresses."),
        "console_admin",
    ),
    (
        "tls-untrusted-certificate",
        "The certificate of contoso.azure-api.net is not trusted.",
        "The chain ends at CN=Contoso Root.",
        ("Have the server's certificate chain corrected, or add its root to the trusted certificates of this machine."),
        "network",
    ),
    (
        "connection-blocked",
        "contoso.azure-api.net cannot be reached.",
        ("The name of the host could not be resolved. api.contoso.example is not known to the name servers."),
        ("Check the host name, then have the name, the port and this machine opened in firewall and proxy."),
        "network",
    ),
    (
        "call-timeout",
        "contoso.azure-api.net was reached but did not answer in time.",
        "The connection stood, but no complete answer came. 30 seconds passed. The limit was the console's own.",
        (
            "Try again. No timeout in the form goes beyond the console's limit: if it stays so, ask the owner of the "
            "API how long this operation takes and where it waits, and whether it can answer 202 at once and work on. "
            "If it has to take that long, let the administrator raise CONSOLE_CALL_S, which may be up to 120 seconds."
        ),
        "api_owner",
    ),
    (
        "redirect-drops-authorization",
        "The client followed a redirect and left the token behind.",
        ("The first answer was 301, to https://www.contoso.example/api; the second request had no token."),
        ("Call the final URL at once, or add the Authorization header again after the redirect."),
        "integrator",
    ),
    (
        "authorization-header-stripped",
        ("The API answered 401 because something in front of the API removed the Authorization header."),
        ("The request carried a token, yet the far side says: Authentication credentials were not provided."),
        "Have the web server or proxy in front of the API pass the Authorization header on.",
        "api_owner",
    ),
    (
        "cors-preflight-rejected",
        "The gateway answered 401 because the browser's preflight request was refused.",
        "The request is OPTIONS, which carries no token and no key, and was answered 401.",
        ("Let OPTIONS pass without key and token, and answer it with the Access-Control-Allow headers."),
        "api_owner",
    ),
    (
        "ip-not-allowed",
        ("The gateway answered 403 because the address the call comes from is not on an allow list."),
        ('The answer says: "Caller IP address 198.51.100.7 is not allowed. Access denied."'),
        "Call from an address that is allowed. Or have the address that this call comes from added to the "
        "allow list: this widens what the API accepts.",
        "api_owner",
    ),
    (
        "waf-blocked",
        ("A server in between answered 403 because a security service in front of the API blocked the request."),
        'It was observed: "the WAF log shows rule 942100"',
        ("Give the owner of that service the time and the reference in the answer, and have the rule checked."),
        "api_owner",
    ),
    (
        "cached-refusal",
        "A cache in front of the API repeats an earlier refusal.",
        "The answer carries Age: 512: a cache gave it, not the API.",
        "Send the call once more past the cache (Cache-Control: no-cache), and have refusals marked "
        "Cache-Control: no-store.",
        "api_owner",
    ),
    (
        "request-header-too-large",
        "The header of the request is larger than a server on the way accepts.",
        "431 says that the fields of the request's header are too large.",
        "Make the token smaller (group claims as application groups only, fewer claims and cookies), or have "
        "the limit of the server raised.",
        "api_owner",
    ),
]

test_network = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)
