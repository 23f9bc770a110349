"""A text without the dress that the way to us gave it: escapes of JSON and HTML, typographic quotes, wrapped lines."""

import re

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\r": "\n", "`": "'"})
_DRESS = {
    '\\"': '"', "\\'": "'", "\\/": "/", "\\n": "\n", "\\r": "\n", "\\t": " ", "\\u0027": "'", "\\u0022": '"',
    "\\u003c": "<", "\\u003e": ">", "\\u0026": "&", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&apos;": "'",
    "&amp;": "&", "&lt;": "<", "&gt;": ">",
}  # fmt: skip
DRESSES = 3
_ENVOY_DETAILS = re.compile(r"(?<=jwt_authn_access_denied\{)[^{}\s]{1,200}(?=\})")  # blanks may not stand in them
_DRESSED = re.compile("|".join(map(re.escape, _DRESS)), re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\f\v]+")
_LINE_ENDS = re.compile(r" ?\n[\n ]*")
# What the patterns change something at: looking for it costs a tenth of them, and of most texts nothing is changed.
_DENIED, _SEVERAL_BLANKS, _SEVERAL_ENDS = "jwt_authn_access_denied{", ("  ", "\t", "\f", "\v"), ("\n\n", " \n", "\n ")


def plain(text: str) -> str:
    """The text with single blanks and single line ends; text in text in text is undressed three times."""
    for _ in range(DRESSES):
        if "\\" not in text and "&" not in text:
            break
        text = _DRESSED.sub(_undressed, text)
    if _DENIED in text:
        text = _ENVOY_DETAILS.sub(lambda found: found[0].replace("_", " "), text)
    text = text.translate(_QUOTES)
    if any(one in text for one in _SEVERAL_BLANKS):
        text = _BLANKS.sub(" ", text)
    return _LINE_ENDS.sub("\n", text) if any(one in text for one in _SEVERAL_ENDS) else text


def lowered(text: str) -> str:
    """Lower case with every character in its place (a few letters have longer small forms: they stay)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(low := c.lower()) != 1 else low for c in text)


def _undressed(found: re.Match[str]) -> str:
    return _DRESS[found[0].lower()]
