"""Names and values that differ from the right ones by a character, or hold one that nobody sees."""

import re

from console.core.diagnosis.reading import Reading
from console.core.diagnosis.reasons import tales
from console.core.diagnosis.reasons.base import Reason
from console.core.owner import Owner

_DROPPING = re.compile(
    r"\b(?:nginx|openresty|ingress|wsgi|cgi|fpm|apache|httpd|haproxy|load balancer|reverse proxy|gunicorn)\b", re.I
)
_UNSEEN = re.compile(
    r"\b(?:does not|doesn't|never|no longer|cannot|can't|not)\b.{0,30}\b(?:sees?|arrives?|reach(?:es)?|gets?"
    r"|receives?|finds?|read)\b"
    r"|\b(?:sees?|gets?|receives?|finds?|has) no\b|\b(?:missing|absent|empty|null|undefined|stripped|dropped"
    r"|disappears?|vanish\w*|lost|gone)\b"
)
_MAX_NAME = 40
# `echo` ends its text with a line feed unless -n forbids it, and so does a here-string.
_ECHO = re.compile(
    r"\becho\s+(?!-[a-z]*n)[^\n|]{1,200}\|\s*(?:base64|openssl\s+(?:enc\s+-)?base64|kubectl|az\s|vault\s"
    r"|gcloud\s|gh\s)|\bbase64\s*<<<"
    r"|\becho\s+(?!-[a-z]*n)[^\n|>]{1,200}>\s*\S*(?:secret|password|token)\S*",
    re.I,
)
_SECRET = re.compile(r"secret|password|credential|api.?key|token", re.I)


def _underscore(reading: Reading) -> str:
    """Servers leave out headers whose names hold an underscore (nginx: underscores_in_headers off), without a word."""
    names = [name for name in reading.request_headers or {} if "_" in name and len(name) <= _MAX_NAME]
    if reading.answer.status not in {400, 401, 403, None} or reading.is_at_token_endpoint:
        return ""
    told = "\n".join(tales.sentences(reading))
    for name in names:
        is_unseen = any(name in one and _UNSEEN.search(one) for one in tales.sentences(reading))
        is_asked = name.replace("_", "") in reading.said.lower().replace("_", "").replace("-", "")
        if is_unseen or (_DROPPING.search(f"{reading.told}\n{told}") and (is_asked or _is_credential(name))):
            return f"The header {name} was sent; its name holds an underscore."
    return ""


def _is_credential(name: str) -> bool:
    return any(word in name for word in ("key", "token", "auth", "secret"))


def _line_feed(reading: Reading) -> str:
    """A secret that went through a shell with the line feed that the shell adds."""
    text = "\n".join((reading.done, *tales.sentences(reading)))[:20_000]
    found = _ECHO.search(text)
    is_refused = reading.token_error is not None or reading.answer.status in {400, 401, 403} or "401" in reading.said
    if found is None or not is_refused or not _SECRET.search(f"{text}\n{reading.said}"):
        return ""
    return "The value was written by echo without -n, so it ends with a line feed."


REASONS = (
    Reason(
        "authorization-header-stripped",
        "Web servers leave out headers with an underscore in their name unless they are told to keep them.",
        _underscore,
        owner=Owner.API_OWNER,
        do="Name the header with a hyphen, or have the server keep such headers (nginx: underscores_in_headers on).",
    ),
    Reason(
        "invisible-character-in-value",
        "A line feed at the end of a secret makes another secret of it.",
        _line_feed,
        owner=Owner.INTEGRATOR,
        do="Write the value without the line feed (echo -n, or printf '%s'), or let the tool read it itself.",
    ),
)
