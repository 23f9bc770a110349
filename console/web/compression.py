"""Pages and fragments travel compressed where that tells nobody anything (BREACH; the reasons: docs/security.md).

The size of a compressed page depends on what repeats in it. Whoever may choose a text in a page, have the browser ask
for it often and watch the sizes on the wire can read a secret of the same page. Hence a page is compressed only when it
is on the list below and the browser says that the console itself or the person's own hand asked, never another site;
and a random length is added to each.
"""

import gzip
import io
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from console.adapters import random

# Names of addresses. Not here: signing in and its second steps, links that sign in, revealed tokens, client secrets
# and keys that are shown once, what the sandbox answers, and everything that is not named.
COMPRESSED = frozenset(
    {
        "start", "inspect", "token-part", "compare", "policy", "api-policy",
        "profiles", "profile", "profile-new", "profile-edit", "profile-checklist", "profile-token", "profile-call",
        "apis", "api", "api-new", "api-edit", "api-checklist", "api-developers",
        "profile-preflight", "preflight", "profile-matrix", "matrix", "api-operations",
        "calls", "call", "call-body", "call-result", "call-since", "cases", "case", "audit",
        "reference-kind", "reference-entry",
    }
)  # fmt: skip
OWN = ("same-origin", "none")
LEAST_BYTES = 1_400  # what fits into one packet gains nothing
LEVEL = 1  # a page of 54 kB becomes 8.5 kB in 0.06 ms; level 6 makes 7.2 kB in 0.3 ms
MAX_PADDING = 100  # bytes


class CompressedPages:
    """Compresses with gzip what may be; anything else passes as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _is_listed(request):
            return response
        patch_vary_headers(response, ("Accept-Encoding", "Sec-Fetch-Site"))
        if _is_asked(request) and _is_page(response):
            response.content = _packed(response.content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _is_listed(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name in COMPRESSED


def _is_asked(request: HttpRequest) -> bool:
    """Without Sec-Fetch-Site nobody knows who asked; over plain HTTP to another machine browsers send none."""
    return request.headers.get("Sec-Fetch-Site") in OWN and "gzip" in request.headers.get("Accept-Encoding", "")


def _is_page(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return kind == "text/html" and "Content-Encoding" not in response.headers and len(response.content) >= LEAST_BYTES


def _packed(content: bytes) -> bytes:
    """gzip with a file name of random length (RFC 1952 section 2.3.1), which a browser skips.

    A name ends with a zero byte, and an empty one is left out with it: 0 or 2 to MAX_PADDING bytes.
    """
    buffer = io.BytesIO()
    name = "x" * random.below(MAX_PADDING)
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=buffer, mtime=0) as packer:
        packer.write(content)
    return buffer.getvalue()
