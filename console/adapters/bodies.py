"""Reads the body of an answer under a size limit, raw and inflated, keeping what came when it breaks off."""

import zlib
from dataclasses import dataclass

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from console.core.exchange import Failure, FailureKind

_CHUNK = 65_536
_GZIP_ONLY, _ZLIB, _RAW = 31, 15, -15  # zlib window bits: which header is demanded
_GZIP, _DEFLATE = ("gzip", "x-gzip"), ("deflate",)


@dataclass(frozen=True, slots=True)
class Body:
    """`problem` is what urllib3 raised while reading, for the caller to name; `failure` what was seen here."""

    content: bytes
    is_cut: bool = False
    failure: Failure | None = None
    problem: Exception | None = None


class Inflater:
    """Turns chunks into content of at most `limit` bytes; gzip and deflate are inflated, others stay as they are.

    RFC 9110 section 8.4.1.2: deflate is the zlib format, and some servers send it without zlib's two bytes.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self.encoding = encoding.strip().lower()
        self._is_packed = self.encoding in (*_GZIP, *_DEFLATE)
        self._zlib = zlib.decompressobj(_GZIP_ONLY if self.encoding in _GZIP else _ZLIB)
        self._limit = limit
        self._has_input = False
        self._pieces: list[bytes] = []
        self._size_bytes = 0

    def feed(self, chunk: bytes) -> None:
        """Takes a chunk; the content stops growing one byte above the limit. zlib.error when it is not gzip."""
        if not self._is_packed:
            self._take(chunk[: self._room()])
            return
        if not self._has_input and self.encoding in _DEFLATE and not _has_zlib_header(chunk):
            self._zlib = zlib.decompressobj(_RAW)
        self._has_input = True
        rest = chunk
        while rest and self._room():
            if self._zlib.eof and self.encoding in _DEFLATE:
                return  # what follows the end belongs to no format
            if self._zlib.eof:  # a next gzip member, RFC 1952 section 2.2
                self._zlib = zlib.decompressobj(_GZIP_ONLY)
            self._take(self._zlib.decompress(rest, self._room()))
            rest = self._zlib.unconsumed_tail or self._zlib.unused_data

    @property
    def content(self) -> bytes:
        """All of it, put together once it is asked for."""
        return b"".join(self._pieces)

    @property
    def is_too_large(self) -> bool:
        return self._size_bytes > self._limit

    @property
    def is_unfinished(self) -> bool:
        return self._is_packed and self._has_input and not self._zlib.eof

    def _take(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._size_bytes += len(piece)

    def _room(self) -> int:
        return self._limit + 1 - self._size_bytes


def read_body(response: BaseHTTPResponse, limit: int) -> Body:
    """The body, at most `limit` bytes of it. Never raises for what the far side does."""
    inflater = Inflater(response.headers.get("Content-Encoding", ""), limit)
    raw_size = 0
    try:
        while chunk := response.read1(_CHUNK, decode_content=False):
            raw_size += len(chunk)
            inflater.feed(chunk)
            if inflater.is_too_large or raw_size > limit:
                return Body(inflater.content[:limit], is_cut=True, failure=too_large(limit))
    except zlib.error:
        return Body(inflater.content, is_cut=True, failure=_not_packed(inflater.encoding))
    except (HTTPError, OSError) as problem:
        return Body(inflater.content, is_cut=True, problem=problem)
    if inflater.is_unfinished:
        return Body(inflater.content, is_cut=True, failure=ended_early())
    return Body(inflater.content)


def ended_early() -> Failure:
    return Failure(
        FailureKind.ENDED_EARLY, "The answer ended early: its announced end never came. What arrived is kept."
    )


def too_large(limit: int) -> Failure:
    return Failure(FailureKind.TOO_LARGE, f"The answer is larger than {limit:,} bytes and was cut off there.")


def _has_zlib_header(start: bytes) -> bool:
    """RFC 1950 section 2.2: method 8, and both bytes together a multiple of 31."""
    return len(start) > 1 and start[0] & 15 == 8 and (start[0] * 256 + start[1]) % 31 == 0


def _not_packed(encoding: str) -> Failure:
    return Failure(FailureKind.BAD_HTTP, f"The answer says it is {encoding}, but it cannot be unpacked.", "encoding")
