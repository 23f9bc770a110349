"""The errors of the sandbox's identity provider, in the words and the exact shape of Entra ID."""

from dataclasses import dataclass
from datetime import UTC, datetime

from console.core.exchange import Header, Request, Response, header
from console.sandbox.answers import json_response
from console.sandbox.ids import guid

_CERTIFICATE_HELP = (
    "Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials ."
)


@dataclass(frozen=True, slots=True)
class EntraError:
    """`status` follows the rule that fits Entra's bodies: invalid_client 401, throttling 429, its own faults 5xx,
    else 400; or it is `answered`. A `code` of 0 stands for what Entra has no number for.

    `claims` is the JSON text of a claims challenge, `suberror` one of the words that Entra adds; "" without.
    """

    code: int
    error: str
    text: str
    answered: int = 0
    suberror: str = ""
    claims: str = ""

    @property
    def status(self) -> int:
        usual = {"invalid_client": 401, "temporarily_unavailable": 503, "server_error": 500}
        return self.answered or usual.get(self.error, 400)


def error_response(
    error: EntraError, request: Request, *, now: int, entropy: str, headers: tuple[Header, ...] = ()
) -> Response:
    """The body with trace id, correlation id and time; the correlation id echoes `client-request-id`."""
    trace_id = guid(entropy, "trace")
    correlation_id = header(request.headers, "client-request-id") or guid(entropy, "correlation")
    timestamp = _time(now, "%Y-%m-%d %H:%M:%SZ")
    body = {
        "error": error.error,
        "error_description": _described(error, trace_id, correlation_id, timestamp),
        "error_codes": [error.code] if error.code else [],
        "timestamp": timestamp,
        "trace_id": trace_id,
        "correlation_id": correlation_id,
    }
    if error.suberror:
        body["suberror"] = error.suberror
    if error.claims:
        body["claims"] = error.claims
    if error.code:
        body["error_uri"] = f"https://login.microsoftonline.com/error?code={error.code}"
    return json_response(error.status, body, now=now, headers=(("x-ms-request-id", trace_id), *headers))


def description(error: EntraError, *, now: int, entropy: str) -> str:
    """The text as it stands in a redirect or on a page, where nothing else carries the ids."""
    timestamp = _time(now, "%Y-%m-%d %H:%M:%SZ")
    return _described(error, guid(entropy, "trace"), guid(entropy, "correlation"), timestamp)


def _described(error: EntraError, trace_id: str, correlation_id: str, timestamp: str) -> str:
    code = f"AADSTS{error.code}: " if error.code else ""
    return f"{code}{error.text} Trace ID: {trace_id} Correlation ID: {correlation_id} Timestamp: {timestamp}"


def _time(seconds: float, pattern: str) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime(pattern)
    except (OverflowError, ValueError, OSError):
        return f"{seconds:.0f}"


def instant(seconds: float) -> str:
    """Epoch seconds with the seven digits Entra writes after the seconds."""
    return _time(seconds, "%Y-%m-%dT%H:%M:%S.0000000Z")


def tenant_not_found(tenant: str) -> EntraError:
    return EntraError(
        90002,
        "invalid_tenant",
        (
            f"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing "
            "into the correct "
            "cloud. Check with your subscription administrator, this may happen if there are no active "
            "subscriptions for the tenant."
        ),
    )


def no_tenant() -> EntraError:
    return EntraError(
        50059,
        "invalid_request",
        ("No tenant-identifying information found in either the request or implied by any provided credentials."),
    )


def only_post(method: str) -> EntraError:
    return EntraError(
        900561, "invalid_request", f"The endpoint only accepts POST requests. Received a {method} request."
    )


def parameter_missing(name: str) -> EntraError:
    return EntraError(900144, "invalid_request", f"The request body must contain the following parameter: '{name}'.")


def unsupported_grant(grant_type: str) -> EntraError:
    return EntraError(70003, "unsupported_grant_type", f"The app requested an unsupported grant type '{grant_type}'.")


def client_not_found(client_id: str, tenant: str) -> EntraError:
    return EntraError(
        700016,
        "unauthorized_client",
        (
            f"Application with identifier '{client_id}' was not found in the directory '{tenant}'. This can "
            "happen if the "
            "application has not been installed by the administrator of the tenant or consented to by any user "
            "in the tenant. "
            "You may have sent your authentication request to the wrong tenant."
        ),
    )


def no_credential() -> EntraError:
    return EntraError(
        7000216,
        "invalid_client",
        ("'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type."),
    )


def incomplete_credential() -> EntraError:
    return EntraError(
        7000218,
        "invalid_client",
        ("The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    )


def wrong_secret(client_id: str) -> EntraError:
    return EntraError(
        7000215,
        "invalid_client",
        (
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
            "value, not the "
            f"client secret ID, for a secret added to app '{client_id}'."
        ),
    )


def expired_secret(client_id: str) -> EntraError:
    return EntraError(
        7000222,
        "invalid_client",
        (
            f"The provided client secret keys for app '{client_id}' are expired. Visit the Azure portal to "
            "create new keys for "
            "your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: "
            "https://aka.ms/certCreds."
        ),
    )


def invalid_scope(scope: str) -> EntraError:
    return EntraError(
        70011,
        "invalid_scope",
        (
            "The provided request must include a 'scope' input parameter. The provided value for the input "
            "parameter 'scope' "
            f"is not valid. The scope {scope} is not valid."
        ),
    )


def scope_without_default(scope: str) -> EntraError:
    return EntraError(
        1002012,
        "invalid_scope",
        (
            f"The provided value for scope {scope} is not valid. Client credential flows must have a scope "
            "value with /.default "
            "suffixed to the resource identifier (application ID URI)."
        ),
    )


def resource_not_found(resource: str, tenant: str) -> EntraError:
    return EntraError(
        500011,
        "invalid_resource",
        (
            f"The resource principal named {resource} was not found in the tenant named {tenant}. This can "
            "happen if the "
            "application has not been installed by the administrator of the tenant or consented to by any user "
            "in the tenant. "
            "You might have sent your authentication request to the wrong tenant."
        ),
    )


def malformed_assertion(detail: str) -> EntraError:
    return EntraError(50027, "invalid_client", f"Invalid JWT token. {detail}")


def replayed_assertion(jti: str) -> EntraError:
    """Entra documents no number for a jti that it has seen; RFC 7523 section 3 lets a server refuse it."""
    text = (
        f"The client assertion was already used: jti '{jti}' has been redeemed before. Send a new assertion with each"
    )
    return EntraError(0, "invalid_client", f"{text} request.")


def assertion_key_refused(reason: str, thumbprint: str, client_id: str, *, found: str = "") -> EntraError:
    """700027 with one of its sub-reasons; `thumbprint` is in hex, `found` names the validity of the key that was
    found.
    """
    key = f", Found key '{found}'" if found else ""
    return EntraError(
        700027,
        "invalid_client",
        (
            f"Client assertion contains an invalid signature. [Reason - {reason}, Thumbprint of key used by client: "
            f"'{thumbprint}'{key}, Please visit the Azure Portal, Graph Explorer or directly use MS Graph to "
            "see configured keys "
            f"for app Id '{client_id}'.]"
        ),
    )


def assertion_time(now: int, nbf: float, exp: float) -> EntraError:
    return EntraError(
        700024,
        "invalid_client",
        (
            f"Client assertion is not within its valid time range. Current time: {instant(now)}, assertion valid from "
            f"{instant(nbf)}, expiry time of assertion {instant(exp)}. {_CERTIFICATE_HELP}"
        ),
    )


def assertion_client() -> EntraError:
    return EntraError(
        700021,
        "invalid_client",
        (f"Client assertion application identifier doesn't match 'client_id' parameter. {_CERTIFICATE_HELP}"),
    )


def assertion_audience() -> EntraError:
    return EntraError(
        700023, "invalid_client", (f"Client assertion audience claim does not match Realm issuer. {_CERTIFICATE_HELP}")
    )


def unavailable() -> EntraError:
    return EntraError(90033, "temporarily_unavailable", "A transient error has occurred. Please try again.")


def no_reply_address() -> EntraError:
    return EntraError(500113, "invalid_request", "No reply address is registered for the application.")


def not_allowed(method: str, allowed: str) -> EntraError:
    text = f"The endpoint does not accept {method} requests. It accepts {allowed}."
    return EntraError(0, "invalid_request", text, answered=405)
