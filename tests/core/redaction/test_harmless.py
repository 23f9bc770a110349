"""Bytes that are no text are kept only where nothing to hide can be found in them."""

import base64
import gzip
import json
import zlib

import pytest

from console.core.credential import Secret
from console.core.redaction.redact import Redactor
from tests.core.answer.test_body import png

BINARY = bytes(range(256)) * 4
CANARY = "canary-of-a-call-0a1b2c3d4e5f"
HEAD = {"alg": "RS256", "typ": "JWT"}
FOREIGN = ".".join(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in (
    json.dumps(HEAD).encode(), b'{"sub":"somebody","iss":"https://login.example"}', bytes(range(64))))  # fmt: skip
HARMLESS = {
    "bytes": BINARY,
    "a picture": png(2, 2) + BINARY,
    "a document with packed words": b"%PDF-1.7\n\0\xff" + zlib.compress(b"Hello, world. " * 50) + BINARY,
    "zeros": bytes(10_000),
}
NOT = {
    "the secret as it is": BINARY + CANARY.encode() + BINARY,
    "in UTF-16": BINARY + CANARY.encode("utf-16-le") + BINARY,
    "in base64": BINARY + base64.b64encode(CANARY.encode()) + BINARY,
    "with something between its letters": BINARY + b"\x01".join(bytes([one]) for one in CANARY.encode()) + BINARY,
    "packed": b"%PDF-1.7\n\0\xff" + zlib.compress(b"x" * 500 + CANARY.encode()) + BINARY,
    "packed behind other streams": b"%PDF-1.7\n\0\xff"
    + zlib.compress(b"a" * 99) * 20
    + zlib.compress(CANARY.encode() * 3),
    "in a picture's comment": png(2, 2) + b"tEXtComment\0" + CANARY.encode() + BINARY,
    "somebody else's token": BINARY + FOREIGN.encode() + BINARY,
    "a private key": BINARY
    + b"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----"
    + BINARY,
    "an archive": b"PK\x03\x04" + BINARY,
    "gzip in gzip": gzip.compress(gzip.compress(b"words")),
    "more packed than is looked at": b"%PDF-1.7\n\0\xff" + zlib.compress(bytes(1_100_000)) * 9,
    "text": b'{"a": 1}',
}


@pytest.fixture(scope="module")
def redactor():
    return Redactor([Secret(CANARY)])


@pytest.mark.parametrize("name", HARMLESS)
def test_what_holds_nothing_to_hide_is_kept(redactor, name):
    assert redactor.keeps_bytes(HARMLESS[name], ())


@pytest.mark.parametrize("name", NOT)
def test_what_may_hold_something_is_not(redactor, name):
    assert not redactor.keeps_bytes(NOT[name], ())


def test_what_nobody_unpacked_is_not_kept(redactor):
    assert not redactor.keeps_bytes(BINARY, (("Content-Encoding", "br"),))
