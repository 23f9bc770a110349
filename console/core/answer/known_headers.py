"""Headers of an answer that people ask about: what each is for. Data: one row a header."""

from dataclasses import dataclass

LOGIN = "Who may come in"
LIMITS = "Limits and waiting"
LONG_WORK = "Long work"
IDS = "Ids to quote"
GATEWAY = "Gateways and clouds"
BODY = "The body"
CACHING = "Caching"
CORS = "Calls from a browser (CORS)"
PROTECTION = "What browsers are told"
SERVER = "Server and connection"

_HTTP, _CORS = "RFC 9110", "Fetch standard, CORS protocol"
_CACHE, _LIMIT = "RFC 9111", "IETF draft RateLimit header fields for HTTP"
_AZURE, _APIM = "Azure REST API guidelines", "Azure API Management documentation"


@dataclass(frozen=True, slots=True)
class KnownHeader:
    """`name` in lower case; one that ends with * stands for all that begin so. `policies` are elements of the gateway
    that set it.
    """

    name: str
    group: str
    meaning: str
    source: str
    policies: tuple[str, ...] = ()


def _all(group: str, source: str, *rows: tuple[str, str] | tuple[str, str, str]) -> tuple[KnownHeader, ...]:
    """Rows of name and meaning; a third text names a policy element of the gateway that sets the header."""
    return tuple(KnownHeader(row[0], group, row[1], source, tuple(row[2:])) for row in rows)


HEADERS: tuple[KnownHeader, ...] = (
    *_all(
        LOGIN,
        f"{_HTTP} section 11",
        ("www-authenticate", "What the API wants to see before it answers; with Bearer, why it refused the token."),
        ("proxy-authenticate", "What a proxy on the way wants to see before it lets the call through."),
        ("authentication-info", "What the API says about the login that just succeeded."),
    ),
    *_all(
        LOGIN,
        "RFC 9449 section 8",
        ("dpop-nonce", "A value that the next proof of possession has to carry; it is valid once or for a short time."),
    ),
    *_all(
        LIMITS,
        f"{_HTTP} section 10.2.3",
        ("retry-after", "How long to wait before asking again: seconds, or a date.", "rate-limit"),
    ),
    *_all(
        LIMITS,
        _LIMIT,
        ("ratelimit", "What is left of a limit, and when it is full again."),
        ("ratelimit-policy", "Which limits there are, each with its window in seconds."),
        ("ratelimit-limit", "How many calls may be made in the window."),
        ("ratelimit-remaining", "How many calls are left in the window."),
        ("ratelimit-reset", "In how many seconds the window begins anew."),
    ),
    *_all(
        LIMITS,
        "Wide use; each API says what it counts",
        ("x-ratelimit-limit*", "How many calls may be made in the window."),
        ("x-ratelimit-remaining*", "How many calls are left in the window."),
        ("x-ratelimit-reset*", "When the window begins anew: seconds from now, or epoch seconds."),
        ("x-rate-limit-*", "A limit on the number of calls."),
    ),
    *_all(
        LIMITS,
        "Microsoft documentation of throttling",
        ("x-ms-ratelimit-*", "What is left of a limit of Azure Resource Manager or the service behind it."),
        ("x-ms-retry-after-ms", "How long to wait before asking again, in milliseconds."),
    ),
    *_all(
        LONG_WORK,
        _AZURE,
        ("operation-location", "Where to look how far the work is, after a 202."),
        ("azure-asyncoperation", "Where Azure Resource Manager tells how far the work is; it counts before Location."),
        ("operation-id", "The id of work that goes on after the answer."),
    ),
    *_all(
        LONG_WORK,
        f"{_HTTP} section 10.2.2",
        ("location", "Where to go: of 201 the new thing, of 202 the work, of 3xx the other address."),
    ),
    *_all(
        IDS,
        "W3C Trace Context",
        ("traceparent", "The trace that the call belongs to; its second part is the id to search logs by."),
        ("tracestate", "What each tracing system on the way noted of the trace."),
    ),
    *_all(
        IDS,
        "Wide use",
        ("x-request-id", "The API’s own id of this call. Quote it to its owner."),
        ("request-id", "The API’s own id of this call. Quote it to its owner."),
        ("x-correlation-id", "The id that joins this call with others of the same work. Quote it to the API’s owner."),
        ("correlation-id", "The id that joins this call with others of the same work. Quote it to the API’s owner."),
        ("client-request-id", "The id that the client sent along, given back."),
        ("request-context", "The application that Application Insights filed this call under."),
    ),
    *_all(
        IDS,
        "Microsoft documentation",
        ("x-ms-request-id", "Microsoft’s id of this call. Quote it in a support request."),
        ("x-ms-correlation-request-id", "The id that joins all requests of one operation at Azure Resource Manager."),
        ("x-ms-client-request-id", "The id that the client sent along, given back."),
        ("x-ms-routing-request-id", "Which region of Azure took the request, and its id there."),
        ("apim-request-id", "The gateway’s id of this call: its log is searched by it as CorrelationId."),
        ("x-azure-ref", "The id of Azure Front Door for this call. Quote it when the door refused it."),
        ("x-amzn-requestid", "The id of this call at AWS."),
        ("x-amz-cf-id", "The id of this call at Amazon CloudFront."),
        ("x-amzn-trace-id", "The trace of this call at AWS."),
        ("x-cloud-trace-context", "The trace of this call at Google Cloud."),
        ("cf-ray", "The id of this call at Cloudflare. Quote it when Cloudflare refused it."),
    ),
    *_all(
        GATEWAY,
        _APIM,
        ("ocp-apim-*", "Set by Azure API Management, so the gateway saw this call."),
        ("x-apim-*", "Set by Azure API Management or by a policy of it, so the gateway saw this call."),
    ),
    *_all(
        GATEWAY,
        "Documentation of each",
        ("x-ms-*", "Set by a Microsoft service."),
        ("x-azure-*", "Set by Azure Front Door or another service of Azure at the edge."),
        ("x-kong-*", "Set by Kong: how long it and the API behind it took, or its id."),
        ("x-amzn-errortype", "The kind of error that AWS answers with."),
        ("x-amz*", "Set by a service of AWS."),
        ("x-envoy-*", "Set by Envoy, which stands before the API (Istio and other meshes use it)."),
        ("x-goog-*", "Set by a service of Google."),
        ("cf-*", "Set by Cloudflare."),
        ("via", "The proxies and gateways that the answer came through."),
        ("x-served-by", "Which machine at the edge answered."),
        ("x-forwarded-*", "What a proxy noted of the request before it handed it on."),
        ("server-timing", "How long parts of the work took at the far side, in milliseconds."),
    ),
    *_all(
        BODY,
        _HTTP,
        ("content-type", "What form the body has, and which alphabet."),
        ("content-length", "How many bytes the body has on the way; packed, if it was packed."),
        ("content-encoding", "How the body was packed on the way; it is shown unpacked."),
        ("content-language", "The language of the body."),
        ("content-location", "The address of what the body shows."),
        ("content-range", "Which part of the whole this body is."),
        ("content-disposition", "Whether to show the body or keep it as a file, and under which name."),
        ("accept-ranges", "Whether a part of the body can be asked for."),
        ("transfer-encoding", "The body came in pieces, without its length being told before."),
        ("trailer", "Headers that follow after the body."),
        ("link", "Other addresses that belong to this answer: the next page of a list, say."),
        ("deprecation", "This operation is going away; Sunset says when."),
        ("sunset", "When this operation stops answering."),
        ("api-supported-versions", "The versions of the API that can be asked for."),
        ("api-deprecated-versions", "The versions of the API that are going away."),
        ("odata-version", "The version of OData that the body is written in."),
    ),
    *_all(
        CACHING,
        _CACHE,
        ("cache-control", "Who may keep the answer, and for how long."),
        ("age", "For how many seconds the answer has been in a cache: it did not come from the API just now."),
        ("expires", "Until when the answer may be kept; Cache-Control counts before it."),
        ("pragma", "The old way to forbid keeping the answer."),
        ("etag", "The version of what was answered; send it as If-None-Match, or as If-Match before a change."),
        ("last-modified", "When what was answered changed last."),
        ("vary", "Which request headers the answer depends on: caches keep one answer for each."),
        ("x-cache*", "Whether a cache on the way gave the answer (HIT) or the API did (MISS)."),
        ("cache-status", "Which caches were asked on the way, and what each did."),
    ),
    *_all(
        CORS,
        _CORS,
        ("access-control-allow-origin", "From which website a browser may read this answer; * is any.", "cors"),
        ("access-control-allow-credentials", "Whether a browser may send cookies and logins along.", "cors"),
        ("access-control-allow-headers", "Which request headers a browser’s script may set.", "cors"),
        ("access-control-allow-methods", "Which methods a browser’s script may use.", "cors"),
        ("access-control-expose-headers", "Which headers of this answer a browser’s script may read.", "cors"),
        ("access-control-max-age", "For how many seconds a browser need not ask again first.", "cors"),
        ("timing-allow-origin", "Which website’s scripts may read how long the call took."),
    ),
    *_all(
        PROTECTION,
        "Fetch and HTML standards, RFC 6797",
        ("strict-transport-security", "Browsers use https only for this host from now on."),
        ("content-security-policy*", "What a browser may load and run on this page."),
        ("x-content-type-options", "nosniff: browsers do not guess another form of the body."),
        ("x-frame-options", "Whether another website may show this page inside its own."),
        ("x-xss-protection", "A switch of old browsers, without effect today."),
        ("referrer-policy", "How much of the address browsers tell the next website."),
        ("permissions-policy", "Which abilities of a browser the page may use."),
        ("cross-origin-*", "Which other websites may embed this answer or share a process with it."),
        ("set-cookie", "A cookie for browsers. This console keeps none and sends none back."),
        ("clear-site-data", "Browsers forget what they kept of this website."),
    ),
    *_all(
        SERVER,
        _HTTP,
        ("date", "When the answer was made, by the far side’s clock."),
        ("server", "Which software answered, as it says itself."),
        ("allow", "Which methods this address knows."),
        ("x-powered-by", "What the API is made with, as it says itself."),
        ("x-aspnet-version", "The version of ASP.NET that the API is made with."),
        ("connection", "Whether the connection stays open."),
        ("keep-alive", "For how long the connection stays open."),
        ("upgrade", "Another protocol that the server would speak."),
        ("alt-svc", "Where else the same is answered, over HTTP/3 say."),
        ("x-response-time", "How long the far side says it took."),
        ("x-runtime", "How long the far side says it took, in seconds."),
    ),
)
_EXACT = {one.name: one for one in HEADERS if not one.name.endswith("*")}
_BEGINNINGS = sorted(
    ((one.name[:-1], one) for one in HEADERS if one.name.endswith("*")), key=lambda pair: -len(pair[0])
)
_LONGEST = 100  # characters of a name that are looked up


def known(name: str) -> KnownHeader | None:
    """What is known of a header, whatever its letter case; None for one that nobody explains here."""
    if len(name) > _LONGEST:
        return None
    low = name.lower()
    return _EXACT.get(low) or next((one for start, one in _BEGINNINGS if low.startswith(start)), None)
