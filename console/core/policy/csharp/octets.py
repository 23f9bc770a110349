"""Bytes: Base64, encodings, hashes, numbers in them."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Any

from console.core.policy.csharp.casts import converted
from console.core.policy.csharp.conversions import wanted_text
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.values import (
    Thing,
)  # fmt: skip

MAX_BYTES = 1_000_000


ENCODINGS = {"UTF8": "utf-8", "ASCII": "ascii", "Unicode": "utf-16-le", "Latin1": "latin-1"}


HASHES = {"SHA256": "sha256", "SHA1": "sha1", "SHA384": "sha384", "SHA512": "sha512", "MD5": "md5"}


def wanted_bytes(value: Any) -> bytes:
    if value is None:
        raise Thrown("ArgumentNullException")
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    raise NotKnown("an argument that is no bytes")


def from_base64(args: list[Any]) -> bytearray:
    text = re.sub(r"[ \t\r\n]", "", wanted_text(args[0]))
    try:
        return bytearray(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise Thrown("FormatException") from None


def encode(encoding: str, text: Any) -> bytearray:
    try:
        return bytearray(wanted_text(text).encode(ENCODINGS[encoding]))
    except UnicodeEncodeError:
        raise NotKnown("letters that the encoding does not have") from None


def decode(encoding: str, raw: Any) -> str:
    try:
        return wanted_bytes(raw).decode(ENCODINGS[encoding])
    except UnicodeDecodeError:
        raise NotKnown("bytes that are no text of the encoding") from None


def hex_text(args: list[Any]) -> str:
    return "-".join(f"{one:02X}" for one in wanted_bytes(args[0]))


def little_endian(size: int, kind: str) -> Callable[[list[Any]], Any]:
    def read(args: list[Any]) -> Any:
        raw, at = wanted_bytes(args[0]), args[1]
        if not isinstance(at, int) or at < 0 or at >= len(raw):
            raise Thrown("ArgumentOutOfRangeException")
        if at + size > len(raw):
            raise Thrown("ArgumentException")
        return converted(int.from_bytes(raw[at : at + size], "little", signed=True), kind)

    return read


def copy_into(args: list[Any]) -> None:
    if len(args) != 5 or not isinstance(args[2], bytearray):
        raise NotKnown("this form of Array.Copy")
    source, start, target, to, count = args
    raw = wanted_bytes(source)
    if min(start, to, count) < 0:
        raise Thrown("ArgumentOutOfRangeException")
    if start + count > len(raw) or to + count > len(target):
        raise Thrown("ArgumentException")
    target[to : to + count] = raw[start : start + count]


def hash_of(how: str, args: list[Any]) -> Thing:
    return hasher(how, None)


def hasher(how: str, key: bytes | None) -> Thing:
    def compute(raw: Any) -> bytearray:
        data = wanted_bytes(raw)
        if key is not None:
            return bytearray(hmac.new(key, data, how).digest())
        return bytearray(hashlib.new(how, data, usedforsecurity=False).digest())

    return Thing("Hash", {}, {"ComputeHash": compute})
