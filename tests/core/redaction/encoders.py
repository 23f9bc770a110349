"""Ways in which a far side may give back what it was sent."""

import base64
import gzip
import html
import json
import textwrap
import zlib
from email.header import Header

DIGITS_AND_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def raw(text):
    return text.encode("utf-8")


ENCODERS = {
    "plain": lambda text: text,
    "decimal references": lambda text: "".join(f"&#{ord(one)};" for one in text),
    "hex references": lambda text: "".join(f"&#x{ord(one):x};" for one in text),
    "references of punctuation": lambda text: "".join(
        one if one in DIGITS_AND_LETTERS else f"&#{ord(one)};" for one in text
    ),
    "html escape": html.escape,
    "\\x": lambda text: "".join(f"\\x{byte:02X}" for byte in raw(text)),
    "\\u": lambda text: "".join(f"\\u{ord(one):04x}" for one in text),
    "\\U": lambda text: "".join(f"\\U{ord(one):08x}" for one in text),
    "\\u in braces": lambda text: "".join(f"\\u{{{ord(one):x}}}" for one in text),
    "\\x in braces": lambda text: "".join(f"\\x{{{byte:04X}}}" for byte in raw(text)),
    "css": lambda text: "".join(f"\\{ord(one):x} " for one in text),
    "json": json.dumps,
    "percent of all": lambda text: "".join(f"%{byte:02x}" for byte in raw(text)),
    "percent three times": lambda text: "".join(f"%2525{byte:02X}" for byte in raw(text)),
    "base64": lambda text: base64.b64encode(raw(text)).decode(),
    "base64url": lambda text: base64.urlsafe_b64encode(raw(text)).decode().rstrip("="),
    "base64 of a longer text": lambda text: base64.b64encode(b"k=" + raw(text) + b"&other").decode(),
    "base64 in lines": lambda text: "\r\n".join(textwrap.wrap(base64.b64encode(raw(text)).decode(), 76)),
    "base32": lambda text: base64.b32encode(raw(text)).decode(),
    "base32 in lower case": lambda text: base64.b32encode(raw(text)).decode().lower(),
    "hex": lambda text: raw(text).hex(),
    "hex with colons": lambda text: raw(text).hex(":").upper(),
    "hex numbers": lambda text: ", ".join(map(hex, raw(text))),
    "utf-16": lambda text: text.encode("utf-16-le").decode("latin-1"),
    "base64 of utf-16": lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    "list of characters": lambda text: json.dumps(list(text)),
    "indented list of characters": lambda text: json.dumps(list(text), indent=4),
    "list of codes": lambda text: json.dumps(list(raw(text))),
    "indented list of codes": lambda text: json.dumps(list(raw(text)), indent=4),
    "reversed": lambda text: text[::-1],
    "zero-width": "\u200b".join,
    "blanks": " ".join,
    "wrapped": lambda text: "\n".join(text[at : at + 8] for at in range(0, len(text), 8)),
    "base64 of gzip": lambda text: base64.b64encode(gzip.compress(raw(text))).decode(),
    "base64 of zlib": lambda text: base64.b64encode(zlib.compress(raw(text))).decode(),
}
# Of letters only the case is changed, which changes what an encoding stands for: these come last.
LAST = {"upper case": str.upper, "lower case": str.lower}

# Not used while writing: chosen before the gate was begun, and the gate was not changed for them.
SET_ASIDE = {
    "base85": lambda text: base64.b85encode(raw(text)).decode(),
    "quoted-printable of all": lambda text: "".join(f"={byte:02X}" for byte in raw(text)),
    "octal": lambda text: "".join(f"\\{byte:03o}" for byte in raw(text)),
    "encoded word": lambda text: Header(text, "utf-8").encode(),
    "dump": lambda text: "\n".join(
        f"{at:08x}: {raw(text)[at : at + 16].hex(' ', 2)}  {text[at : at + 16]}" for at in range(0, len(raw(text)), 16)
    ),
}
