"""Uploads stay in memory: what is too large is refused, instead of being written to a temporary file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from console.adapters.slots import Slots
from console.core.errors import Busy
from console.core.whole_number import whole_number
from console.services.budget import share_of

View = Callable[..., HttpResponse]
WAIT_S = 5
FORM_BYTES = 512 * 1024  # of a request beside its file: the other fields and the boundaries
LARGE_BYTES = 2 * 1024 * 1024
LARGE_AT_ONCE = Slots(4, each=2)  # in this process: each is in memory several times over while it is read


class TooLarge(RequestDataTooBig):
    """`limit_bytes` is what a file may have on this page."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__("The upload is larger than this page takes.")
        self.limit_bytes = limit_bytes


class OnlyInMemory(MemoryFileUploadHandler):
    """Refuses a request larger than `max_bytes` (default: FILE_UPLOAD_MAX_MEMORY_SIZE) before any of it is read."""

    def __init__(self, request: HttpRequest | None = None, *, max_bytes: int | None = None) -> None:
        super().__init__(request)
        self.max_bytes = settings.FILE_UPLOAD_MAX_MEMORY_SIZE if max_bytes is None else max_bytes

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002 (Django's signature)
        META: dict[str, Any],  # noqa: N803, ARG002 (Django's signature)
        content_length: int,
        boundary: str,  # noqa: ARG002 (Django's signature)
        encoding: str | None = None,  # noqa: ARG002 (Django's signature)
    ) -> None:
        if content_length > self.max_bytes:
            raise TooLarge(self.max_bytes)
        self.activated = True  # the parent would leave what is larger than the setting to a temporary file

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) > self.max_bytes:  # the length was understated
            raise TooLarge(self.max_bytes)
        return super().receive_data_chunk(raw_data, start)


def takes_files(max_bytes: int) -> Callable[[View], View]:
    """A view whose uploads may have so many bytes, in memory as everywhere.

    The check against forged forms reads the form, so it is made here, after the limit is set. Only a few large uploads
    are read at once; more raise Busy, before any of them is read.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if getattr(request, "was_held", False):  # typed before, read already, and without files
                return protected(request, *args, **kwargs)
            request.upload_handlers = [OnlyInMemory(request, max_bytes=max_bytes + FORM_BYTES)]
            if _length(request) <= LARGE_BYTES:
                return protected(request, *args, **kwargs)
            with _place_for_large(request):
                return protected(request, *args, **kwargs)

        return limited

    return decorate


@contextmanager
def _place_for_large(request: HttpRequest) -> Iterator[None]:
    actor = getattr(request, "actor", None)
    with LARGE_AT_ONCE.hold(share_of(actor) if actor is not None else "") as is_held:
        if not is_held:
            raise Busy(
                "The console is reading other large files at this moment.",
                why="It holds them in memory, so only a few are read at once, and two of one person.",
                do=f"Send the file again in {WAIT_S} seconds, or paste only the part you want to look at.",
                who="You can do this.",
                wait_s=WAIT_S,
            )
        yield


def _length(request: HttpRequest) -> int:
    """What the request says its body has; 0 when it says nothing that is a number."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return whole_number(told, digits=12) or 0
