"""Uploads stay in memory: what is too large is refused, instead of being written to a temporary file."""

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler


class OnlyInMemory(MemoryFileUploadHandler):
    """Refuses a request larger than FILE_UPLOAD_MAX_MEMORY_SIZE before any of it is read."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],  # noqa: N803 (Django's signature)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The upload is larger than FILE_UPLOAD_MAX_MEMORY_SIZE.")
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)
