"""How large a token is, which claims make it so, and where its header would be refused."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from console.core.defect import PartName
from console.core.json.text import visible
from console.core.tokens.token import Token, TokenPart

HEADER_BYTES = len("Authorization: Bearer \r\n")
_BLANKS = (" ", "\t", "\r", "\n")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)  # lengths only: no number is made
_LARGE_SHARE = 10  # a claim below a tenth of the token is not worth advice
_NOTEWORTHY_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class HeaderLimit:
    """How large a request header may be somewhere, as delivered; most can be set. Bytes.

    `is_line`: the limit is for one header line; else for all header lines together, of which the token is only a part.
    `is_confirmed` is False for what was seen in the field or stands in no documentation that was read.
    """

    name: str
    limit_bytes: int
    is_line: bool
    source: str
    is_confirmed: bool = True


LIMITS: tuple[HeaderLimit, ...] = (
    HeaderLimit("Apache HTTP Server", 8_190, True, "LimitRequestFieldSize of the Apache HTTP Server"),
    HeaderLimit("gunicorn", 8_190, True, "limit_request_field_size of gunicorn"),
    HeaderLimit("nginx", 8_192, True, "large_client_header_buffers of nginx"),
    HeaderLimit("Azure Application Gateway, HTTP/2", 8_192, True, "Microsoft: Application Gateway limits"),
    HeaderLimit("Tomcat", 8_192, False, "maxHttpHeaderSize of Tomcat"),
    HeaderLimit("gateways in front of managed services", 8_192, False, "field report: azure-managed-grafana issue 62",
                is_confirmed=False),
    HeaderLimit("Node.js", 16_384, False, "--max-http-header-size of Node.js"),
    HeaderLimit("IIS and Azure App Service for Windows", 16_384, True, "MaxFieldLength of HTTP.sys",
                is_confirmed=False),
    HeaderLimit("HAProxy", 16_384, False, "tune.bufsize of HAProxy; 32 KB was seen in the field", is_confirmed=False),
    HeaderLimit("Azure Application Gateway, HTTP/1.1", 32_768, False, "Microsoft: Application Gateway limits"),
    HeaderLimit("ASP.NET Core (Kestrel)", 32_768, False, "KestrelServerLimits.MaxRequestHeadersTotalSize"),
    HeaderLimit("Azure Front Door", 65_536, True, "Microsoft: Azure Front Door limits"),
)  # fmt: skip


class SizeShare(msgspec.Struct, frozen=True, gc=False):
    """What one member takes: `json_bytes` of its part as it stands, `encoded_bytes` of the token's text.

    `name` is "" for braces, blanks and whatever else belongs to no member. `share` is thousandths of the whole token.
    """

    part: PartName
    name: str
    json_bytes: int
    encoded_bytes: int
    share: int


class LimitRow(msgspec.Struct, frozen=True, gc=False):
    """A limit and what remains of it: `left_bytes` is negative when the token alone does not fit."""

    limit: HeaderLimit
    left_bytes: int

    @property
    def fits(self) -> bool:
        return self.left_bytes >= 0


@dataclass(frozen=True, slots=True)
class Size:
    """`total_bytes` is the token, `line_bytes` the Authorization line with it. `shares` are the largest first.

    `part_bytes` are the encoded parts, dots not counted. `advice` are sentences, none for a token of ordinary size.
    """

    total_bytes: int
    line_bytes: int
    part_bytes: tuple[int, ...]
    shares: tuple[SizeShare, ...]
    limits: tuple[LimitRow, ...]
    advice: tuple[str, ...]


def measure(token: Token) -> Size:
    """The size of a token by its members, and against common limits. Never raises, for any token."""
    total = token.size_bytes
    line = total + HEADER_BYTES
    shares = [share for part, name in _readable(token) for share in _shares(part, name, total)]
    shares.sort(key=lambda share: -share.encoded_bytes)
    limits = tuple(LimitRow(limit, limit.limit_bytes - line) for limit in LIMITS)
    return Size(
        total, line, tuple(len(part.encoded) for part in token.parts), tuple(shares), limits,
        _advice(line, shares, limits),
    )  # fmt: skip


def is_ordinary(token: Token) -> bool:
    """Whether its size is nothing to speak of: it keeps every limit, and no advice is due."""
    return token.size_bytes + HEADER_BYTES < _NOTEWORTHY_BYTES


def _readable(token: Token) -> Iterator[tuple[TokenPart, PartName]]:
    for part, name in zip(token.parts[:2], (PartName.HEADER, PartName.PAYLOAD), strict=False):
        if part.is_json and part.text is not None and isinstance(part.value, dict):
            yield part, name


def _shares(part: TokenPart, name: PartName, total: int) -> Iterator[SizeShare]:
    """The members in order and what is left; their encoded bytes add up to the length of the part exactly."""
    text = part.text or ""
    length = len(text.encode("utf-8", "surrogatepass"))
    done = encoded = 0
    for member, size in _members(text):
        done += size
        begun, encoded = encoded, _encoded(done)
        yield SizeShare(name, visible(member), size, encoded - begun, _thousandths(encoded - begun, total))
    if length > done:
        rest = len(part.encoded) - encoded
        yield SizeShare(name, "", length - done, rest, _thousandths(rest, total))


def _thousandths(encoded_bytes: int, total: int) -> int:
    return round(1000 * encoded_bytes / total) if total else 0


def _encoded(json_bytes: int) -> int:
    """Characters of base64url for so many bytes."""
    return (json_bytes * 4 + 2) // 3


def _members(text: str) -> Iterator[tuple[str, int]]:
    """Name and bytes of each member of a JSON object, from its name to its comma, duplicates included."""
    read, is_ascii = _DECODER.raw_decode, text.isascii()
    skip = _skip if any(blank in text for blank in _BLANKS) else _stay
    at = skip(text, skip(text, 1 if text.startswith("\ufeff") else 0) + 1)
    while text.startswith('"', at):
        begin = at
        name, at = read(text, at)
        _, at = read(text, skip(text, skip(text, at) + 1))
        at = skip(text, at)
        if text.startswith(",", at):
            at = skip(text, at + 1)
        yield name, at - begin if is_ascii else len(text[begin:at].encode("utf-8", "surrogatepass"))


def _skip(text: str, at: int) -> int:
    """The place of the next character that is no blank."""
    while text.startswith(_BLANKS, at):
        at += 1
    return at


def _stay(_: str, at: int) -> int:
    """The same in a text without blanks, which most tokens are."""
    return at


_DROP = {
    "groups": "Have the API use app roles, or only the groups assigned to the application (groupMembershipClaims: "
    "ApplicationGroup).",
    "wids": "Have the API's registration leave directory roles out (groupMembershipClaims without All and "
    "DirectoryRole).",
    "roles": "Give the subject fewer roles, or shorter names for them.",
    "scp": "Request only the scopes that this call needs.",
    "scope": "Request only the scopes that this call needs.",
    "permissions": "Have the API read permissions from its own store, or request fewer.",
    "resource_access": "Switch off full scope of the Keycloak client, so that only roles of the called API are given.",
    "realm_access": "Switch off full scope of the Keycloak client, so that only the roles that are used are given.",
    "x5c": "Have the issuer name the certificate by x5t#S256 in place of carrying it.",
    "authorization_details": "Request details for this call only.",
    "act": "Exchange the token fewer times on its way: each exchange adds an actor.",
}


def _advice(line: int, shares: list[SizeShare], limits: tuple[LimitRow, ...]) -> tuple[str, ...]:
    broken = [row for row in limits if not row.fits]
    if line < _NOTEWORTHY_BYTES:
        return ()
    found = []
    if broken:
        names = ", ".join(f"{row.limit.name}{'' if row.limit.is_confirmed else ' (unconfirmed)'}" for row in broken)
        found.append(
            f"The Authorization line takes {line} bytes; as delivered, it is refused by: {names}. Such a refusal is "
            "400, 431 or 502, without a word on the token."
        )
    for share in shares[:5]:
        if share.name and share.encoded_bytes * _LARGE_SHARE >= line:
            drop = _DROP.get(share.name, "Have the issuer leave it out if the API does not read it.")
            found.append(f"{share.name} takes {share.encoded_bytes} of {line} bytes. {drop}")
    return tuple(found)
