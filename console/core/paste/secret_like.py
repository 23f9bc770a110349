"""Whether what somebody typed into a search may be a token or a secret: it is then inspected, and not searched for."""

from console.core.paste.recognise import recognise
from console.core.paste.recognisers.base import PastedKind
from console.core.redaction.redact import redact_text

SHORT = 16  # characters: no token is as short
_SCHEMES = ("bearer", "basic", "dpop")
_KINDS = frozenset(
    {
        *(PastedKind.JWS, PastedKind.UNSECURED, PastedKind.JWE, PastedKind.SAML, PastedKind.PASETO),
        *(PastedKind.TOKEN_RESPONSE, PastedKind.COOKIE, PastedKind.SECRET, PastedKind.PRIVATE_KEY, PastedKind.MULTIPLE),
    }
)


def is_secret_like(text: str) -> bool:
    """For a long text and a short one. An id by which a far side knows an attempt is none, though a subscription key
    may look the same.
    """
    bare = text.strip()
    if not bare or _is_id(bare):
        return False
    words = bare.split()
    if len(words) > 1 and words[0].casefold().rstrip(":") in _SCHEMES:
        return True
    if redact_text(bare) != bare:
        return True
    return len(bare) >= SHORT and (recognise(bare).kind in _KINDS or (len(words) == 1 and _is_random(bare)))


def _is_id(word: str) -> bool:
    """A UUID, 32 hexadecimal digits, or a W3C `traceparent`."""
    digits = word.replace("-", "")
    return (
        len(digits) in (32, 52)
        and word.isascii()
        and all(character in "0123456789abcdefABCDEF" for character in digits)
    )


def _is_random(word: str) -> bool:
    """A long word of small and capital letters and digits, as nobody names a thing."""
    letters = word.isascii() and all(character.isalnum() or character in "-_~+/=." for character in word)
    has_all = any(map(str.isdigit, word)) and any(map(str.isupper, word)) and any(map(str.islower, word))
    turns = sum(kind != after for kind, after in zip(map(_kind, word), map(_kind, word[1:]), strict=False))
    return len(word) >= 20 and letters and has_all and turns * 3 >= len(word)


def _kind(character: str) -> int:
    return 0 if character.isdigit() else 1 if character.isupper() else 2
