"""A body read for people: alphabets, parts, bytes, words found in it, pictures and the names of files."""

import struct
import zlib

import pytest

from console.core.answer import hexdump, searching
from console.core.answer.alphabet import text_of
from console.core.answer.file_kind import extension_of
from console.core.answer.parts import Parts
from console.core.answer.pictures import RasterPicture, picture_of

HELLO = "h\u00e9llo"


def png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head)


def whole_png(width, height):
    """One that a browser draws: grey, row by row."""
    rows = (b"\0" + b"\x80" * 3 * width) * height
    return png(width, height) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@pytest.mark.parametrize(
    ("body", "content_type", "text", "alphabet", "has_strange"),
    [
        (HELLO.encode(), "", HELLO, "utf-8", False),
        (b"\xef\xbb\xbf" + HELLO.encode(), "", HELLO, "utf-8", False),
        (HELLO.encode("utf-16"), "text/plain; charset=utf-8", HELLO, "utf-16", False),
        (HELLO.encode("latin-1"), 'text/plain; charset="ISO-8859-1"', HELLO, "latin-1", False),
        (HELLO.encode("latin-1"), "text/plain; charset=made-up", "h\ufffdllo", "utf-8", True),
        ("a\u20ac".encode()[:-1], "", "a", "utf-8", False),
        (b"", "", "", "utf-8", False),
    ],
)
def test_a_text_is_read_in_its_alphabet(body, content_type, text, alphabet, has_strange):
    read = text_of(body, content_type)
    assert (read.text, read.alphabet, read.has_strange) == (text, alphabet, has_strange)


@pytest.mark.parametrize("text", ["", "a", "ab\ncd\n" * 30, "x" * 250, "\n" * 99, "é" * 41 + "\n" + "y" * 60])
def test_the_parts_of_a_text_are_the_text(text):
    parts = Parts(text, size=40)
    all_ = [parts.part(number) for number in range(1, parts.count + 1)]
    assert "".join(one.text for one in all_) == text
    assert all(len(one.text) <= 40 for one in all_)
    before = 0
    for one in all_:
        assert one.first_line == text.count("\n", 0, before) + 1
        assert all(parts.number_at(at) == one.number for at in range(before, before + len(one.text)))
        before += len(one.text)


def test_a_part_that_is_not_there_is_the_nearest():
    parts = Parts("x" * 100, size=40)
    assert [parts.part(number).number for number in (-3, 0, 1, 3, 99)] == [1, 1, 1, 3, 3]


def test_bytes_are_shown_sixteen_a_line_with_what_is_text():
    first = hexdump.hex_part(b"GET /orders HTTP/1.1\r\n", 1)
    assert [one.place for one in first.lines] == ["00000000", "00000010"]
    halves = [(one.left, one.right, one.left_shown, one.right_shown) for one in first.lines]
    assert halves == [
        ("47 45 54 20 2f 6f 72 64", "65 72 73 20 48 54 54 50", "GET /ord", "ers HTTP"),
        ("2f 31 2e 31 0d 0a      ", " " * 23, "/1.1..", ""),
    ]
    last = hexdump.hex_part(bytes(hexdump.PART * 2 + 1), 99)
    assert (last.number, last.count, len(last.lines)) == (3, 3, 1)
    assert (last.lines[0].place, last.lines[0].left.strip(), last.lines[0].left_shown) == ("00002000", "00", ".")
    assert hexdump.hex_part(b"", 1).lines == ()


def test_words_are_found_whatever_their_case_and_nothing_is_a_pattern():
    found = searching.find("one Two\nthree tWO (two) .*\n", "two")
    assert [(hit.line, hit.before, hit.found, hit.after) for hit in found.hits] == [
        (1, "one ", "Two", ""),
        (2, "three ", "tWO", " (two) .*"),
        (2, "three tWO (", "two", ") .*"),
    ]
    assert searching.find("a.*b", ".*").count == 1
    assert searching.find("abc", "").count == 0


def test_letters_that_grow_when_they_are_made_small_move_nothing():
    text = "\u0130\u0130\u0130 Order"
    (hit,) = searching.find(text, "order").hits
    assert (hit.position, hit.found) == (4, "Order")


def test_what_is_found_is_bounded_and_linear():
    found = searching.find("a" * 1_000_000, "a" * 199 + "b")
    assert found.count == 0
    many = searching.find("a" * 50_000, "a")
    assert (many.count, len(many.hits)) == (searching.MAX_COUNTED, searching.MAX_HITS)


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x03"
PICTURES = {
    "png": (png(3, 5), RasterPicture("image/png", 3, 5)),
    "gif": (b"GIF89a" + struct.pack("<HH", 7, 9), RasterPicture("image/gif", 7, 9)),
    "jpeg": (JPEG, RasterPicture("image/jpeg", 32, 16)),
    "webp, lossy": (
        b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0abc\x9d\x01\x2a" + struct.pack("<HH", 11, 13),
        RasterPicture("image/webp", 11, 13),
    ),
    "webp, lossless": (
        b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 10 | 12 << 14) + b"12345",
        RasterPicture("image/webp", 11, 13),
    ),
    "webp, extended": (
        b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0" + b"\x0a\0\0\x0c\0\0",
        RasterPicture("image/webp", 11, 13),
    ),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', None),
    "html": (b"<html><script>alert(1)</script>", None),
    "pdf": (b"%PDF-1.7", None),
    "a png that ends at once": (b"\x89PNG\r\n\x1a\n", None),
    "a jpeg without a size": (b"\xff\xd8\xff" + b"\xe0\x00\x02" * 500, None),
    "a jpeg of fill bytes": (b"\xff\xd8" + b"\xff" * 100_000, None),
    "nothing": (b"", None),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_known_by_its_bytes(name):
    body, picture = PICTURES[name]
    assert picture_of(body) == picture


@pytest.mark.parametrize(
    ("sides", "is_bearable"), [((5000, 5000), True), ((5000, 5001), False), ((1, 10_001), False), ((0, 1), False)]
)
def test_a_picture_that_a_browser_cannot_bear_is_not_shown(sides, is_bearable):
    assert picture_of(png(*sides)).is_bearable is is_bearable


@pytest.mark.parametrize(
    ("body", "content_type", "is_text", "extension"),
    [
        (b"{}", "application/json; charset=utf-8", True, "json"),
        (b"{}", "application/problem+json", True, "json"),
        (b"a,b", "text/csv", True, "csv"),
        (b"<html>", "text/html", True, "txt"),
        (b"<svg/>", "image/svg+xml", True, "txt"),
        (b"alert(1)", "text/javascript", True, "txt"),
        (png(1, 1), "text/html", False, "png"),
        (b"%PDF-1.7\0", "application/pdf", False, "pdf"),
        (b"MZ\0\0", "application/x-msdownload", False, "bin"),
    ],
)
def test_a_file_is_called_by_what_it_is_and_never_so_that_it_runs(body, content_type, is_text, extension):
    assert extension_of(body, content_type, is_text=is_text) == extension
