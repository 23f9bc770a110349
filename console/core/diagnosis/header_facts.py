"""What the Authorization header that was sent looks like; tokens stand in it as <token> or ***."""

import re

MASKED = re.compile(r"<token>|\*{3,}|<redacted>|\[redacted\]|…", re.I)
_JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*")
_OPAQUE = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*")
_MARKS = "\"'`\u2018\u2019\u201c\u201d\u201e\u00ab"  # straight ones, and those that a word processor makes of them
_BROKEN = re.compile(
    r"\[object|undefined|^null$|^none$|^nan$|^\{|^\$|\$\{|\{\{|^<(?!token>|redacted>)|^your|token_here|placeholder|^%|^@|access_token"
    r"|^token$|^bearer$|^string$",
    re.I,
)


def split_scheme(sent: str) -> tuple[str, str]:
    """(scheme, rest) of an Authorization header; the scheme is "" when the value is one word."""
    scheme, blank, rest = sent.strip().partition(" ")
    return (scheme, rest.strip()) if blank else ("", sent.strip())


def is_bearer_with_token(sent: str) -> bool:
    """True for Bearer, one blank, and something that can be a token."""
    scheme, rest = split_scheme(sent)
    return scheme.lower() == "bearer" and looks_like_token(rest)


def looks_like_token(text: str) -> bool:
    """True for a masked token, a JWT, or an opaque text long enough to be one, in one piece."""
    if MASKED.search(text):
        return " " not in text
    return bool(_JWT.fullmatch(text) or _OPAQUE.fullmatch(text)) and not is_no_token(text)


def is_no_token(text: str) -> bool:
    """True for a text that took the place of a token: [object Object], undefined, ${TOKEN}, <your token>, null."""
    return _BROKEN.search(text.strip()) is not None


def scheme_fault(sent: str) -> str | None:
    """What is wrong with scheme and blank, as a sentence; None when they are in order or the scheme is another one."""
    scheme, rest = split_scheme(sent)
    lowered = sent.strip().lower()
    if lowered == "bearer":
        return "After the word Bearer comes nothing."
    if scheme.lower() in {"bearer:", "bearer,", "bearer="}:
        return f"The scheme is written {scheme}; it must be Bearer, without a sign behind it."
    if scheme.lower() == "bearer":
        if rest.lower().startswith("bearer"):
            return "The word Bearer stands twice."
        return "The token is in quotation marks." if rest[:1] in _MARKS and len(rest) > 1 else None
    if not scheme and lowered.startswith("bearer"):
        return "Between the word Bearer and the token there is no blank."
    if not scheme and (_JWT.fullmatch(rest) or rest.lower() in {"<token>", "***"}):
        return "The header holds the token alone, without the word Bearer in front."
    return None


def is_one_off(name: str, wanted: str) -> bool:
    """Whether one letter more, less, other, or two changed places make the difference."""
    if name == wanted or abs(len(name) - len(wanted)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(name, wanted, strict=False)) if a != b), min(len(name), len(wanted))
    )
    rest, other = name[start:], wanted[start:]
    is_swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return is_swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
