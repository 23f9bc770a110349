"""Inflating an answer under a limit."""

import gzip
import zlib

import pytest

from console.adapters.bodies import Inflater


def inflate(encoding: str, chunks: list[bytes], limit: int = 100) -> Inflater:
    inflater = Inflater(encoding, limit)
    for chunk in chunks:
        inflater.feed(chunk)
    return inflater


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_gzip_is_inflated_however_it_is_cut_into_chunks(size):
    packed = gzip.compress(b"hello") + gzip.compress(b" world")
    inflater = inflate("GZip", [packed[start : start + size] for start in range(0, len(packed), size)])
    assert (bytes(inflater.content), inflater.is_unfinished) == (b"hello world", False)


def test_gzip_that_breaks_off_is_unfinished_and_keeps_its_start():
    inflater = inflate("gzip", [gzip.compress(b"a" * 50, compresslevel=0)[:-12]])
    assert inflater.is_unfinished
    assert inflater.content.startswith(b"aaa")


def test_the_content_stops_one_byte_above_the_limit():
    inflater = inflate("gzip", [gzip.compress(b"\0" * 10_000_000)])
    assert (len(inflater.content), inflater.is_too_large) == (101, True)
    assert inflate("", [b"x" * 100]).is_too_large is False
    assert inflate("", [b"x" * 101]).is_too_large is True


def raw_deflate(content):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize("pack", [zlib.compress, raw_deflate], ids=["with zlib's header", "without"])
@pytest.mark.parametrize("size", [2, 7, 1000])
def test_deflate_is_inflated_with_and_without_zlibs_header(pack, size):
    packed = pack(b"hello world")
    inflater = inflate("Deflate", [packed[start : start + size] for start in range(0, len(packed), size)])
    assert (bytes(inflater.content), inflater.is_unfinished) == (b"hello world", False)
    assert inflate("deflate", [packed[:-4]]).is_unfinished


def test_a_deflate_bomb_stops_at_the_limit_as_well():
    inflater = inflate("deflate", [zlib.compress(b"\0" * 10_000_000)])
    assert (len(inflater.content), inflater.is_too_large) == (101, True)


@pytest.mark.parametrize("encoding", ["", "identity", "br", "gzip, gzip"])
def test_other_encodings_stay_as_they_came(encoding):
    packed = zlib.compress(b"hello")
    assert bytes(inflate(encoding, [packed]).content) == packed


def test_no_body_at_all_is_finished():
    assert inflate("gzip", []).is_unfinished is False


def test_what_is_not_gzip_raises_the_error_of_zlib():
    with pytest.raises(zlib.error):
        inflate("gzip", [b"not gzip at all"])
