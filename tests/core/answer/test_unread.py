"""An answer whose body nobody could read is told from one that is read, and from a file to save."""

import gzip
import zlib

import pytest

from console.core.answer.unread import is_unread
from console.core.exchange import Exchange, Request, Response
from console.core.redaction.redact import Redactor
from tests.core.answer.test_body import png

TEXT = b'{"error":"the database is away"}' * 20
BR = bytes(range(128, 256)) * 3
UNREAD = {
    "zlib": (zlib.compress(TEXT), {"Content-Type": "application/json"}),
    "zlib, no type": (zlib.compress(TEXT), {}),
    "deflate": (zlib.compress(TEXT)[2:-4], {"Content-Type": "application/octet-stream"}),
    "br": (BR, {"Content-Type": "application/json", "Content-Encoding": "br"}),
    "two layers": (gzip.compress(TEXT), {"Content-Type": "text/html", "Content-Encoding": "gzip, gzip"}),
    "uploaded gzip": (gzip.compress(TEXT), {"Content-Type": "application/gzip"}),
    "octets": (bytes(range(256)), {"Content-Type": "application/octet-stream"}),
}
READ = {
    "nothing": (b"", {}),
    "json": (TEXT, {"Content-Type": "application/json"}),
    "text without type": ("Zürich".encode(), {}),
    "unpacked": (TEXT, {"Content-Type": "application/json", "Content-Encoding": "gzip"}),
    "picture": (png(3, 2) + bytes(range(256)), {"Content-Type": "image/png"}),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)), {"Content-Type": "application/pdf; charset=binary"}),
    "saved": (bytes(range(256)), {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment"}),
    "sheet": (b"PK\x03\x04" + bytes(range(256)), {"Content-Type": "application/vnd.openxmlformats-officedocument.x"}),
}


def as_came(body, headers):
    return Response(200, "OK", tuple(headers.items()), body)


def as_kept(body, headers):
    exchange = Exchange(Request("GET", "https://a.example/"), as_came(body, headers), None, 0.0, 1)
    return Redactor(()).exchange(exchange).response


@pytest.mark.parametrize("made", [as_came, as_kept])
@pytest.mark.parametrize(("body", "headers"), UNREAD.values(), ids=UNREAD)
def test_what_could_not_be_unpacked_stays_unread_also_when_it_is_kept(body, headers, made):
    assert is_unread(made(body, headers))


@pytest.mark.parametrize("made", [as_came, as_kept])
@pytest.mark.parametrize(("body", "headers"), READ.values(), ids=READ)
def test_texts_and_files_are_not_called_unread(body, headers, made):
    assert not is_unread(made(body, headers))


def test_no_answer_is_not_unread():
    assert not is_unread(None)
