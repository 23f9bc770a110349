"""What every page needs of `static/` travels as one style sheet and one script, each named by what it holds.

Apart, the files are small enough to be read; a browser would ask for some twenty five of them with each page. What is
named by its content may be kept for ever, so an upgrade shows at once, in styles and scripts that belong together.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase

# In the order of the cascade, and of what a script finds that stands before it.
PARTS = {
    "css": (
        *("css/tokens.css", "css/base.css", "css/frame.css", "css/controls.css", "css/components.css"),
        *("css/answers.css", "css/diagnosis.css", "css/data.css", "css/flow.css", "css/palette.css", "css/pages.css"),
    ),
    "js": (
        *("js/clock.js", "js/countdown.js", "js/copy.js", "js/entered.js", "js/kept.js", "js/focus.js"),
        *("js/announce.js", "js/busy.js", "js/problem.js", "js/shortcuts.js", "js/palette.js"),
        *("js/palette_dialog.js", "js/session.js"),
    ),
}
KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
# A script that breaks off is told in the browser's console, and does not take those behind it along.
AROUND = {"css": (b"", b"\n"), "js": (b"try {\n", b"} catch (problem) { reportError(problem); }\n")}
FOREVER, ANEW = "max-age=31536000, public, immutable", "no-cache"
BELOW = "bundle/frame."


class Bundle(NamedTuple):
    """The parts of one kind, put together, and the address that names them."""

    address: str
    content: bytes


def bundle(kind: str) -> Bundle:
    """Of a kind of `PARTS`; read once per process, while developing each time."""
    return _read(kind) if settings.DEBUG else _kept(kind)


def _read(kind: str) -> Bundle:
    before, after = AROUND[kind]
    content = b"".join(before + _file(name).read_bytes() + after for name in PARTS[kind])
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Bundle(f"{settings.STATIC_URL}{BELOW}{digest}.{kind}", content)


_kept = cache(_read)


def _file(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"{name} is not among the static files")
    return Path(found)


class Bundles:
    """Answers what asks for a bundle. A page of another version gets what there is now, which nobody keeps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        kind = request.path.rpartition(".")[2]
        is_one = request.path.startswith(f"{settings.STATIC_URL}{BELOW}") and kind in PARTS
        if not is_one or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        address, content = bundle(kind)
        kept = FOREVER if request.path == address else ANEW
        headers = {"Cache-Control": kept, "Content-Length": f"{len(content)}"}
        return HttpResponse(content, content_type=KINDS[kind], headers=headers)
