"""Static files travel compressed, whoever asks: they are the same for everybody. Of pages compression.py decides."""

import gzip
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import FileResponse, StreamingHttpResponse

TEXTS = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")
MAX_BYTES = 512 * 1024


class CompressedStatic:
    """Compresses each text file once per version and keeps the result in memory: there are about a dozen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._kept: dict[tuple[str, str], bytes] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL) or not _is_text(request, response):
            return response
        key = (request.path, response.headers.get("Last-Modified", ""))
        if key not in self._kept:
            self._kept[key] = gzip.compress(_content(response), mtime=0)
        small = HttpResponse(self._kept[key], headers={**response.headers, "Content-Encoding": "gzip"})
        small.headers["Content-Length"] = str(len(self._kept[key]))
        small.headers["Vary"] = "Accept-Encoding"
        if isinstance(response, FileResponse) and response.file_to_stream:
            response.file_to_stream.close()  # closing the response itself would end the request too early
        return small


def _is_text(request: HttpRequest, response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    is_small = int(response.headers.get("Content-Length", "0") or 0) <= MAX_BYTES
    is_asked = "gzip" in request.headers.get("Accept-Encoding", "") and request.method == "GET"
    is_plain = response.status_code == 200 and "Content-Encoding" not in response.headers
    return is_plain and is_asked and is_small and kind in TEXTS


def _content(response: HttpResponseBase) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return response.getvalue()
    return bytes(getattr(response, "content", b""))
