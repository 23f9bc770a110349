"""Bodies that are no text are named, and texts stay texts."""

import gzip
import zlib

import pytest

from console.core.exchange import Response
from console.core.http.content import binary_kind, is_binary

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b'{"a": 1}',
        "Zürich, 東京, Москва".encode(),
        "Zürich".encode("latin-1"),
        "Москва и далее".encode("utf-16"),
        b"\x1b[31mred\x1b[0m",
        ("é" * 3000).encode()[:4097],
        b"a" * 5000 + b"\x00",
    ],
)
def test_a_text_is_no_binary(text):
    assert not is_binary(text)


@pytest.mark.parametrize(
    ("body", "headers", "told"),
    [
        (bytes(range(256)), {"Content-Type": "application/octet-stream"}, "256 bytes, application/octet-stream"),
        (JPEG, {"Content-Type": "image/jpeg"}, "260 bytes, image/jpeg, begins as JPEG image does"),
        (
            gzip.compress(b"{}", mtime=0),
            {"Content-Type": "application/gzip"},
            "22 bytes, application/gzip, begins as gzip does",
        ),
        (b"%PDF-1.7\n", {}, "9 bytes, no Content-Type, begins as PDF does"),
        (
            bytes(range(128, 256)),
            {"Content-Type": "text/html; charset=x", "Content-Encoding": "br"},
            "128 bytes, text/html, Content-Encoding br, which is not unpacked here",
        ),
    ],
)
def test_what_is_no_text_is_told_by_size_type_and_first_bytes(body, headers, told):
    response = Response(200, "", tuple(headers.items()), body)
    assert binary_kind(response) == f"binary, {told}"


def test_a_declared_text_may_be_in_any_alphabet():
    body = "Москва и далее".encode("cp1251")
    assert is_binary(body)
    assert binary_kind(Response(200, "", (("Content-Type", "text/plain; charset=windows-1251"),), body)) == ""


def test_packed_bytes_are_binary():
    assert is_binary(zlib.compress(b"hello world, this is a text that was packed" * 20))
