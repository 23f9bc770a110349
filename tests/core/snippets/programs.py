"""What the tests of C#, Java and Go share: calls that each of them takes, and texts that are hard to write."""

from dataclasses import replace

from console.core.snippets.hidden import TOKEN_VARIABLE
from console.core.snippets.quoting import uri
from tests.core.snippets.calls import HIDDEN, SECRET, as_sent, calls, order

ENTRA = replace(SECRET, authority="https://login.microsoftonline.com/t", is_known=True)
PLAYED = replace(SECRET, authority="https://localhost/sandbox/x/t")
ENVIRONMENT = {**HIDDEN, "CLIENT_SECRET": "s", "CLIENT_KEY_FILE": "k.pem", "CLIENT_CERTIFICATE_FILE": "c.pem"}
HARD = (
    '*/ // " \' ` ${HOME} $(id) {{x}} \\u0022 \\" @" """ <<END\nEND\n\'@\n"@\r\n\t\0\u0085\u2028\u202e\ufeff'
    "\U000e0041\ud800 é 漢 😀 {0} %s %PATH% #> --> \\"
)
LONG = (HARD.replace("\ud800", "") + "x" * 200 + "\n") * 400  # more than 100 kB on 800 lines
ONE_LINE = 'é漢😀\\"' * 12_000


UNSEEN = frozenset("\r\u0085\u2028\u2029\u202e\ufeff\U000e0041")  # what ends a line of C#, and what nobody sees


def strictly(call):
    """(method, URL, headers, body) as a library sends them that takes only addresses of RFC 3986."""
    return as_sent(replace(call, url=uri.strict(call.url)))


def ascii_calls():
    """Any call whose headers are ASCII."""
    return calls().map(_ascii)


def _ascii(call):
    def plain(value):
        return tuple(one if one == TOKEN_VARIABLE else one.encode("ascii", "ignore").decode() for one in value)

    return replace(call, headers=tuple((name, tuple(filter(None, plain(value)))) for name, value in call.headers))


def with_body(text):
    """A call with this text as its body and in a header, and a hidden value between."""
    shown = "".join(one for one in text if 32 <= ord(one) < 127)[:500].strip()
    return replace(order(), body=(text, TOKEN_VARIABLE, text), headers=(("X-Note", (shown, TOKEN_VARIABLE)),))


def body_of(text):
    return f"{text}{HIDDEN['ACCESS_TOKEN']}{text}"
