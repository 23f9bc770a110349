"""What of a sandbox's answer leaves over HTTP: nothing that a browser would act on in the console's own name.

Whoever may edit a policy writes such an answer, and it comes from the console's origin: unguarded it could run scripts
there, set cookies, ask for passwords or send people elsewhere. So only known headers leave, and JSON or plain text. In
process, where the console records them, answers stay as the policy wrote them.

Two kinds of answer are the sandbox's own and are known by their type, which no policy can give: its pages, and where
they send a person on to.
"""

import re
from functools import lru_cache

from console.core.exchange import Header, Response
from console.sandbox.answers import SentOn
from console.sandbox.pages import POLICY, PageResponse
from console.sandbox.sendable import is_name, is_printable

OURS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
OF_A_PAGE = {**OURS, "Content-Security-Policy": POLICY}
WITHHELD = "X-Console-Withheld"  # names what did not leave as the policy wrote it
PLAIN = "text/plain; charset=utf-8"
LONGEST_NAME = 200
WITHOUT_BODY = (204, 205, 304)

_NAMES = re.compile(
    r"allow|content-(type|language)|date|etag|last-modified|retry-after|sunset|deprecation"
    r"|dpop-nonce|(operation-)?location|azure-asyncoperation|www-authenticate|traceparent|tracestate"
    r"|(client-)?request-(id|context)|correlation-id|api-(supported|deprecated)-versions"
    r"|(ratelimit|error|ocp-apim-|x-)[\w.-]*",
    re.IGNORECASE | re.ASCII,
)
# Headers that browsers and proxies in front act on: nginx, Apache and others would send a file of theirs instead.
_ACTED_ON = re.compile(
    r"x-(accel|appengine|archive|chrom|console|content|dns|download|envoy|frame|lighttpd|litespeed|permitted|reproxy"
    r"|sendfile|sourcemap|ua|webkit|xss)",
    re.IGNORECASE,
)
# The whole value: of "application/json, text/html" a browser takes the last.
_INERT_TYPE = re.compile(
    r'(application/([\w.-]+\+)?json|text/plain)(\s*;\s*[\w.-]+=("[\w .:/=-]*"|[\w.:-]+))*', re.IGNORECASE | re.ASCII
)
_SCHEMES = frozenset({"bearer", "dpop", "pop", "azureapimanagementkey"})  # no browser asks for a password for these
_QUOTED = re.compile(r'(?<!\\)"(?:[^"\\]|\\.)*+"')
_PARAMETER = re.compile(r"[^\s=]+=")
_PATH = re.compile(r"[\w.~%!$&'()*+,;=:@/?#-]*", re.ASCII)
_DOTS = re.compile(r"(^|/)(\.|%2e){1,2}([/?#]|$)", re.IGNORECASE)
_URL_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def outgoing(answered: Response, *, base: str) -> Response:
    """The answer as it leaves, each header once; `base` is the workspace's address, without a slash at its end."""
    body = b"" if answered.status in WITHOUT_BODY else answered.body
    kept: dict[str, Header] = {"content-type": ("Content-Type", PLAIN)} if body else {}
    withheld: dict[str, None] = {}
    for name, value in answered.headers:
        if OURS.get(name) == value:
            continue
        if _is_own(name, answered) or _leaves(name, value, status=answered.status, base=base):
            kept[name.lower()] = (name, value)
        elif is_name(name):
            withheld[name] = None
            if name.lower() == "content-type":
                kept.setdefault("content-type", ("Content-Type", PLAIN))
    if answered.status == 405:
        kept.setdefault("allow", ("Allow", ""))  # RFC 9110 section 15.5.6 asks for one
    if withheld:
        kept["withheld"] = (WITHHELD, ", ".join(withheld))
    wall = OF_A_PAGE if isinstance(answered, PageResponse) else OURS
    return Response(answered.status, answered.reason, (*kept.values(), *wall.items()), body)


def _is_own(name: str, answered: Response) -> bool:
    """Whether the sandbox itself wrote this header: the type of its page, the address it sends a person on to."""
    own = {"content-type": PageResponse, "location": SentOn}.get(name.lower())
    return own is not None and isinstance(answered, own)


@lru_cache(maxsize=500)
def _may_leave(name: str) -> bool:
    return len(name) <= LONGEST_NAME and _NAMES.fullmatch(name) is not None and not _ACTED_ON.match(name)


def _leaves(name: str, value: str, *, status: int, base: str) -> bool:
    if not _may_leave(name) or not is_printable(value):
        return False
    match name.lower():
        case "content-type":
            return _INERT_TYPE.fullmatch(value) is not None
        case "www-authenticate":
            return _asks_for_no_password(value)
        case "location" | "operation-location" | "azure-asyncoperation":
            return _leads_nowhere_else(value, status, base)
    return True


def _asks_for_no_password(value: str) -> bool:
    """Whether every challenge has a scheme without a prompt; a doubtful value counts as one with."""
    bare = _QUOTED.sub("", value)
    challenges = [part.strip() for part in bare.split(",") if not _PARAMETER.match(part.strip())]
    return '"' not in bare and all(part.partition(" ")[0].lower() in _SCHEMES for part in challenges if part)


def _leads_nowhere_else(value: str, status: int, base: str) -> bool:
    """A browser follows the Location of a redirect: it must stay in the workspace. Elsewhere it is a mere address."""
    if 300 <= status < 400:
        inside, path = value.startswith(f"{base}/"), value.removeprefix(f"{base}/")
        return inside and _PATH.fullmatch(path) is not None and _DOTS.search(path) is None
    scheme = _URL_SCHEME.match(value)
    return scheme is None or scheme[1].lower() in ("http", "https")
