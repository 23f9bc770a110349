"""Whether a path can climb out of the place it stands below, in whatever spelling some server would read that way.

Servers decode once, twice or more, drop path parameters (`..;x`, Tomcat and Jetty), take a backslash for a slash, read
overlong UTF-8 (RFC 3629 section 3 forbids it) or `%u002e` (IIS), and fold full-width letters. A path is refused when
any of these readings climbs (RFC 3986 section 5.2.4).
"""

import re
from unicodedata import normalize
from urllib.parse import unquote_to_bytes

MAX_ROUNDS = 8  # of percent-decoding; what still changes then is no address that anybody wrote

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_UNICODE_ESCAPE = re.compile(r"%u([0-9a-fA-F]{4})")
# Two, three and four bytes that spell one ASCII character: ".", "/", "\" and all others.
_OVERLONG = re.compile(rb"[\xc0\xc1][\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]|\xf0[\x80-\x8f][\x80-\xbf]{2}")


def decoded(path: str) -> str | None:
    """The path with percent-encoding taken away until nothing changes; None for overlong UTF-8 and after MAX_ROUNDS."""
    text = path
    for _ in range(MAX_ROUNDS):
        raw = unquote_to_bytes(
            _UNICODE_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).encode("utf-8", "replace")
        )
        if _OVERLONG.search(raw):
            return None
        after = raw.decode("utf-8", "replace")
        if after == text:
            return normalize("NFKC", text)
        text = after
    return None


def climbs(path: str) -> bool:
    """Whether some server would read `..` in it, or nobody can say what it would read."""
    plain = decoded(path)
    return plain is None or any(_is_up(segment) for segment in plain.replace("\\", "/").split("/"))


def has_unsafe_characters(text: str) -> bool:
    """Blanks, control characters and backslashes: some readers drop them, others do not."""
    return _UNSAFE.search(text) is not None


def _is_up(segment: str) -> bool:
    """`..`, also before a path parameter, with blanks or control characters about it, or cut by NUL."""
    bare = segment.partition(";")[0].partition("\x00")[0]
    return "".join(char for char in bare if ord(char) > 32 and ord(char) != 127) == ".."
