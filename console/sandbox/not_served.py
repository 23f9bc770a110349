"""Answers to what the sandbox cannot serve, in the shape of the party that the address belongs to.

A client of the identity provider reads RFC 6749 section 5.2 with the members of Entra ID, a client of the gateway the
two members of API Management: neither can read a web page.
"""

from dataclasses import dataclass, replace

from console.core.exchange import Request, Response
from console.core.policy.engine.answers import error_body
from console.sandbox.answers import text_response
from console.sandbox.idp.errors import EntraError, error_response


@dataclass(frozen=True, slots=True)
class NotServed:
    """`error` is a code of RFC 6749 section 5.2, `text` one or two sentences; `code` the number in Entra's, 0 without.

    `message` is what the gateway says in place of the text, "" for the text itself. `retry_after_s` is when it is worth
    trying again, 0 for no word of it.
    """

    status: int
    error: str
    text: str
    code: int = 0
    message: str = ""
    retry_after_s: int = 0


RESOURCE = "Resource not found"  # the gateway's own words for any address it does not know


def is_gateway(path: str) -> bool:
    """Whether a path below a workspace belongs to the gateway."""
    return path == "/gateway" or path.startswith("/gateway/")


def not_served(why: NotServed, path: str, request: Request, *, now: int, entropy: str) -> Response:
    """The answer for a path below a workspace."""
    again = (("Retry-After", str(why.retry_after_s)),) if why.retry_after_s else ()
    if is_gateway(path):
        headers = (("Content-Type", "application/json"), *again)
        return text_response(why.status, error_body(why.status, why.message or why.text), now=now, headers=headers)
    error = EntraError(why.code, why.error, why.text, answered=why.status)
    answered = error_response(error, request, now=now, entropy=entropy)
    return replace(answered, headers=(*answered.headers, *again))


def unknown_address() -> NotServed:
    text = "The sandbox plays no endpoint at this path. Its page in the console lists those that it plays."
    return NotServed(404, "invalid_request", text, message=RESOURCE)


def unknown_workspace(path: str) -> NotServed:
    tenant = path.strip("/").partition("/")[0][:100]
    text = f"Tenant '{tenant}' not found: the sandbox has no such workspace. Copy the address from the sandbox's page."
    return NotServed(404, "invalid_tenant", text, code=90002, message=RESOURCE)


def switched_off() -> NotServed:
    return NotServed(404, "invalid_request", "The sandbox of this console is switched off.", message=RESOURCE)


def too_large(limit_bytes: int) -> NotServed:
    return NotServed(413, "invalid_request", f"The body is larger than {limit_bytes} bytes, which are accepted here.")


def too_much(limit: int) -> NotServed:
    text = f"The request's parameters have more than {limit} characters together that the sandbox would have to keep."
    return NotServed(413, "invalid_request", text)


def unreadable() -> NotServed:
    return NotServed(400, "invalid_request", "The request could not be read to its end.")


def unknown_host() -> NotServed:
    return NotServed(400, "invalid_request", "This console does not answer under that host name.")


def busy(text: str, *, retry_after_s: int = 5) -> NotServed:
    return NotServed(503, "temporarily_unavailable", text, retry_after_s=retry_after_s)


def over_budget(wait_s: int) -> NotServed:
    text = f"This workspace has used its share of the console's processor for now. Try again in {wait_s} seconds."
    return NotServed(429, "temporarily_unavailable", text, retry_after_s=wait_s)


def timed_out(text: str) -> NotServed:
    return NotServed(504, "temporarily_unavailable", text)


def crashed(error_id: str) -> NotServed:
    text = f"The console made a mistake. Its administrator can find the id {error_id} in the log."
    return NotServed(500, "server_error", text)
