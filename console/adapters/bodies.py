"""Reads the body of an answer under a size limit, raw and inflated, keeping what came when it breaks off."""

import zlib
from dataclasses import dataclass

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from console.core.exchange import Failure, FailureKind

_CHUNK = 65_536
_GZIP_ONLY = 31  # zlib window bits: a gzip header is demanded


@dataclass(frozen=True, slots=True)
class Body:
    """`problem` is what urllib3 raised while reading, for the caller to name; `failure` what was seen here."""

    content: bytes
    is_cut: bool = False
    failure: Failure | None = None
    problem: Exception | None = None


class Inflater:
    """Turns chunks into content of at most `limit` bytes; only gzip is inflated, other encodings stay as they are."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._is_gzip = encoding.strip().lower() in ("gzip", "x-gzip")
        self._zlib = zlib.decompressobj(_GZIP_ONLY)
        self._limit = limit
        self._has_input = False
        self.content = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Takes a chunk; the content stops growing one byte above the limit. zlib.error when it is not gzip."""
        if not self._is_gzip:
            self.content += chunk[: self._room()]
            return
        self._has_input = True
        rest = chunk
        while rest and self._room():
            if self._zlib.eof:  # a next gzip member, RFC 1952 section 2.2
                self._zlib = zlib.decompressobj(_GZIP_ONLY)
            self.content += self._zlib.decompress(rest, self._room())
            rest = self._zlib.unconsumed_tail or self._zlib.unused_data

    @property
    def is_too_large(self) -> bool:
        return len(self.content) > self._limit

    @property
    def is_unfinished(self) -> bool:
        return self._is_gzip and self._has_input and not self._zlib.eof

    def _room(self) -> int:
        return self._limit + 1 - len(self.content)


def read_body(response: BaseHTTPResponse, limit: int) -> Body:
    """The body, at most `limit` bytes of it. Never raises for what the far side does."""
    inflater = Inflater(response.headers.get("Content-Encoding", ""), limit)
    raw_size = 0
    try:
        while chunk := response.read1(_CHUNK, decode_content=False):
            raw_size += len(chunk)
            inflater.feed(chunk)
            if inflater.is_too_large or raw_size > limit:
                return Body(bytes(inflater.content[:limit]), is_cut=True, failure=too_large(limit))
    except zlib.error:
        return Body(bytes(inflater.content), is_cut=True, failure=_not_gzip())
    except (HTTPError, OSError) as problem:
        return Body(bytes(inflater.content), is_cut=True, problem=problem)
    if inflater.is_unfinished:
        return Body(bytes(inflater.content), is_cut=True, failure=ended_early())
    return Body(bytes(inflater.content))


def ended_early() -> Failure:
    return Failure(
        FailureKind.ENDED_EARLY, "The answer ended early: its announced end never came. What arrived is kept."
    )


def too_large(limit: int) -> Failure:
    return Failure(FailureKind.TOO_LARGE, f"The answer is larger than {limit:,} bytes and was cut off there.")


def _not_gzip() -> Failure:
    return Failure(FailureKind.BAD_HTTP, "The answer says it is gzip, but it cannot be unpacked.", "encoding")
