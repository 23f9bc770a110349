"""The texts that a text may hold in another spelling: unescaped, decoded, unpacked. Each step takes linear time."""

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from console.core.character_references import unescaped
from console.core.redaction.decoding import BASE32, BASE64, BETWEEN, HEX, Encoding
from console.core.redaction.scanning import LEAST_32, Scan, close_up

MAX_UNPACKED = 1_000_000  # bytes of one compressed part that are looked at
_MAX_PARTS = 8  # compressed parts of one run that are tried
_ESCAPE = re.compile(
    r"\\[uUxX]\{([0-9a-fA-F]{1,8})\}"
    r"|[\\%][uU]\{?(?:000[01](?=[0-9a-fA-F]{4}))?+([0-9a-fA-F]{4})\}?|\\[xX]([0-9a-fA-F]{2})"
    r"|\\([0-9a-fA-F]{1,6}+)[ \t\n]?|\\([nrtv\"'/\\])"
)
_PERCENTS = re.compile(r"(?:%[0-9A-Fa-f]{2})++")
_PAIR = rb"(?:0[xX][0-9A-Fa-f]{1,2}|[0-9A-Fa-f]{2})"
_HEX_RUN = re.compile(rb"%b(?:[^0-9A-Za-z]{0,16}+%b){7,}+" % (_PAIR, _PAIR))
_CODES_RUN = re.compile(rb"(?<![0-9.])[0-9]{1,3}+(?:[^0-9A-Za-z]{1,16}+[0-9]{1,3}+){7,}+")
_WRITTEN = r"""["'](?:[^"'\\]|\\(?:u[0-9a-fA-F]{4}|.))["']"""
_LETTERS_RUN = re.compile(rf"(?:{_WRITTEN}[\s,]{{1,16}}+){{7,}}+(?:{_WRITTEN})?+")
_HEX_PAIR = re.compile(_PAIR)
_CODE = re.compile(rb"[0-9]{1,3}+")
_LETTER = re.compile(r"""["'](\\(?:u[0-9a-fA-F]{4}|.)|.)["']""", re.S)
PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_PACKED_STARTS = (b"\x1f\x8b\x08", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")
_PRINTABLE = bytes([0, 9, 10, 13, *range(32, 127)])
_MOST_ODD = 0.3  # of the bytes of a text that has taken over some of its neighbours'
_BETWEEN_HEX = b"_,."  # all that is left of it in a zone


class Decodings:
    """What the texts of one look may be decoded to. A run that was decoded is not decoded again, wherever it stands.

    What comes out of many runs is put together: it is looked through as one text.
    """

    def __init__(self) -> None:
        self._seen: dict[Encoding, set[bytes]] = {BASE64: set(), BASE32: set(), HEX: set()}

    def texts(self, scan: Scan) -> Iterator[Scan]:
        """Other texts that this one may stand for, one step away; those that are decoded come of `decoded`."""
        plain = unescape(scan.text)
        if plain != scan.text:
            closed = unescape(scan.close)
            is_same = closed == close_up(plain)
            yield Scan(plain, is_closed=is_same)
            if not is_same:
                yield Scan(closed)
        elif scan.close != scan.text and (closed := unescape(scan.close)) != scan.close:
            yield Scan(closed)
        if scan.may_spell[0]:
            runs = dict.fromkeys(run for one in (scan.text, scan.close) for run in _LETTERS_RUN.findall(one))
            if spelled := ["".join(map(_letter, _LETTER.findall(run))) for run in runs]:
                yield Scan(BETWEEN.decode().join(spelled))

    def decoded(self, scan: Scan) -> Iterator[tuple[list[bytes], list[str]]]:
        """(What is decoded from runs, what of it held something packed, unpacked), once for each way."""
        yield from self._shifted(BASE64, scan.base64)
        written, closed = (list(map(_standing_alone, runs)) for runs in (scan.base32, scan.base32_closed))
        yield from self._shifted(BASE32, [run for several in (*written, *closed) for run in several])
        hexes = dict.fromkeys(run for zones in scan.hexes for run in _HEX_RUN.findall(zones))
        yield from self._shifted(HEX, [_pairs(run) for run in hexes])
        codes = dict.fromkeys(run for zones in scan.codes for run in _CODES_RUN.findall(zones))
        raws = [bytes(code for code in map(int, _CODE.findall(run)) if code < 256) for run in codes]
        yield raws, [text for raw in raws for text in _unpacked(raw)]

    def _shifted(self, encoding: Encoding, runs: Iterable[bytes]) -> Iterator[tuple[list[bytes], list[str]]]:
        """From each position of a group."""
        seen = self._seen[encoding]
        fresh = {run for run in runs if run not in seen}
        if not fresh:
            return
        seen.update(fresh)
        groups = encoding.grouped(fresh)
        for start in range(encoding.group):
            raws = encoding.decoded(groups, start)
            unpacked: list[str] = []
            for run, raw in zip(chain.from_iterable(groups), raws, strict=True) if _may_be_packed(raws) else ():
                if b"x" in raw or b"\x1f" in raw:  # what packed data begins with
                    unpacked.extend(_unpacked(raw[: len(raw) - encoding.padding(len(run) - start)]))
            yield raws, unpacked


def _may_be_packed(raws: list[bytes]) -> bool:
    joined = b"".join(raws)
    return any(start in joined for start in _PACKED_STARTS)


def texts_in(raws: list[bytes], least: int) -> str:
    """Those of the decoded bytes that are text of `least` characters, put together: in the others a secret may stand, a
    further encoding not. Bytes of value 0 count for nothing: of UTF-16 what is left is ASCII.
    """
    may_be = [raw for raw in raws if len(raw) >= least and len(raw.translate(None, _PRINTABLE)) <= len(raw) * _MOST_ODD]
    bare = [raw.replace(b"\0", b"") for raw in may_be] if any(b"\0" in raw for raw in may_be) else may_be
    texts = [raw for raw in bare if raw and len(raw.translate(None, _PRINTABLE)) <= len(raw) * _MOST_ODD]
    return BETWEEN.join(texts).decode("latin-1")


def _standing_alone(run: bytes) -> Iterable[bytes]:
    """A run of base32; and without the digits before it, which may belong to a run in the other case."""
    bare = run.lstrip(b"234567")
    return (run, bare) if len(run) > len(bare) >= LEAST_32 else (run,)


def _pairs(run: bytes) -> bytes:
    if b"x" not in run and b"X" not in run:
        return run.translate(None, _BETWEEN_HEX).lower()
    return b"".join(pair[-2:].replace(b"x", b"0").replace(b"X", b"0") for pair in _HEX_PAIR.findall(run)).lower()


def _unpacked(raw: bytes) -> Iterator[str]:
    """What decoded bytes hold packed."""
    for found in islice(PACKED.finditer(raw), _MAX_PARTS):
        if unpacked := inflated(raw[found.start() :]):
            yield unpacked.decode("latin-1")


def _letter(written: str) -> str:
    return unescape(written) if written[0] == "\\" else written


def unescape(text: str) -> str:
    """One layer less of percent-encoding, character references, and escapes as in JSON, Python, CSS and JavaScript."""
    if "%" in text:
        text = _PERCENTS.sub(_bytes_of_percents, text)
    if "&" in text:
        text = unescaped(text)
    return _ESCAPE.sub(_character, text) if "\\" in text or "%u" in text else text


def _bytes_of_percents(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")


def _character(match: re.Match[str]) -> str:
    if match[5]:
        return "" if match[5] in "nrtv" else match[5]
    code = int(match[1] or match[2] or match[3] or match[4], 16)
    return chr(code) if code < 0x110000 else ""


def inflated(raw: bytes) -> bytes:
    """What gzip or zlib data holds, as far as it goes; b"" for anything else."""
    if PACKED.match(raw) is None:
        return b""
    try:
        return zlib.decompressobj(47).decompress(raw, MAX_UNPACKED)
    except zlib.error:
        return b""
