"""The quick ways of the redactor give what the plain ones give: each look that spares one errs to the other side."""

import base64
import contextlib
import json
import re
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.core.credential import Secret
from console.core.exchange import Exchange, Failure, FailureKind, Request, Response
from console.core.redaction import bodies, loose, needles, patterns, redact, stems, structure, wrapped
from console.core.redaction.gate import Gate
from console.core.redaction.markup import _SECRET_ELEMENTS, _WHOLE_ONLY
from console.core.redaction.names import _KEY_ENDINGS, PAIR_NAMES, PAIR_VALUES, SECRET_NAMES, TOKEN_NAMES
from console.core.redaction.needles import needles_of, skeleton
from console.core.redaction.redact import Redactor
from console.core.redaction.stems import MARKS, NAMES, STEMS, Seen, seen_in
from tests.core.redaction import plain_gate
from tests.core.redaction.canaries import BODIES, JWT
from tests.core.redaction.encoders import ENCODERS, LAST, SET_ASIDE

SECRETS = ("abc8Q~xYz1234567890_-.qwertyuiopASDFGHJK", "d41d8cd98f00b204e9800998ecf8427e", "Tr0ub4dor&3", JWT)
EVERY_WAY = {**ENCODERS, **LAST, **SET_ASIDE}
# Where patterns begin, end and are cut off: a quick look that is too narrow would be so here.
PIECES = st.sampled_from([
    *(" ", "\n", "\\n", '\\"', "\\u0041", "%41", "%7B", "&amp;", "&#65;", "0x41,", "x0", "0 x 41", "65, ", "1.2.3.4"),
    *("://", "@", "https://", "user:", "=", "&", ": ", ", ", "'a',", '"b" ', "</a>", "<a>", "<![CDATA[", "]]>", "--Xy"),
    *("eyA", "ew0", "eyJ", "ZXlK", "QmVhcmVyI", "Q~", "curl -u ", "Bearer ", "basic ", "cookie: ", "sig=", "?sig%3D"),
    *("eyAgICJhbGciOiAxfQ.eyJ.c2lnbmF0dXJl", "bearer\u00a0", "DPoP\x0b", "x" * 24 + ".", "Bearer a" * 9),
    *("\u00a0", "\u200b", "ü", "\u212a", "\0", "\x1c", "\x01z\x01", "zz", "aaaaaaaaaaaaaaaa", "ABCDEFGHIJKLMNOP234567"),
    *("234567abcdefghijklmnop", "x" * 20, "0123456789abcdef", "name", "value", "password", "key", "token", "code", "/"),
])  # fmt: skip
ENCODED = st.builds(
    lambda secret, cut, first, second: EVERY_WAY[second](EVERY_WAY[first](secret[cut:])),
    *(
        st.sampled_from(SECRETS),
        st.integers(0, 30),
        st.sampled_from(sorted(EVERY_WAY)),
        st.sampled_from(sorted(EVERY_WAY)),
    ),
)
TEXTS = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=12), ENCODED), max_size=14).map("".join)
MEMBERS = st.one_of(
    st.sampled_from(sorted({*NAMES, *PAIR_NAMES, *PAIR_VALUES, "dbPassword", "Client.Secret", "passwords", "a"})),
    st.text(max_size=6),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(sorted(NAMES)), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(MEMBERS, inner, max_size=4), inner.map(json.dumps)
    ),
    max_leaves=12,
)
JSONS = st.builds(
    lambda value, ascii, indent: json.dumps(value, ensure_ascii=ascii, indent=indent),
    VALUES,
    st.booleans(),
    st.sampled_from([None, 1]),
)
SOME = settings(max_examples=150, deadline=None)


# As it is meant; the quick one begins with a letter.
SPACED_JWT = re.compile(r"(?<![A-Za-z0-9_-])e(?:yA|w[0ok])[A-Za-z0-9_-]{8,}+(?:(?:\.|%2[Ee])[A-Za-z0-9_=-]*+){0,4}")
SWEPT = (TOKEN_NAMES | SECRET_NAMES) - {"sig", "token", "secret", "assertion", "pwd", "otp"}


def everything_in(*_):
    return Seen(frozenset(STEMS), frozenset(MARKS))


@contextlib.contextmanager
def nothing_spared():
    """Every look that could spare a closer one says that it is needed."""
    with contextlib.ExitStack() as stack:
        for module, name, value in (
            (structure, "names_no_secret", lambda *_: False),
            (redact, "is_plain", lambda *_: False),
            (redact, "seen_in", everything_in),
            (bodies, "seen_in", everything_in),
            (patterns, "seen_in", everything_in),
            (patterns, "_has_scheme", lambda _: True),
            (patterns, "_SWEPT_NAMES", mock.Mock(found_in=lambda _: SWEPT)),
            (patterns, "_SPACED_JWT", SPACED_JWT),
            (loose, "_GIVEN", (re.compile(""),)),
            (wrapped, "_may_hold_base64", lambda _: True),
        ):
            stack.enter_context(mock.patch.object(module, name, value))
        yield


def assert_same(text, kind):
    headers = (("Content-Type", kind),) if kind else ()
    body = text.encode("utf-8", "surrogatepass")
    quick = Redactor(()).body(body, headers)
    with nothing_spared():
        assert quick == Redactor(()).body(body, headers)


KINDS = st.sampled_from(["", "application/json", "application/xml", "application/x-www-form-urlencoded"])


@SOME
@given(text=TEXTS, kind=KINDS)
@example(text='[{"name": "password", "value": "a"}]', kind="application/json")
@example(text="[a]=b&password=c", kind="")
def test_the_masks_of_a_text_are_those_of_the_plain_way(text, kind):
    assert_same(text, kind)


@SOME
@given(text=JSONS, kind=KINDS)
@example(text='{"a": "x", "a": "{\\"password\\": 1}", "a": "y"}', kind="")
@example(text="[" * 70 + '{"password": "a"}' + "]" * 70, kind="")
@example(text='{"a\\\\": "b", "note": "https://me:canary@a.example/"}', kind="")
def test_the_masks_of_json_are_those_of_the_plain_way(text, kind):
    assert_same(text, kind)


@pytest.mark.parametrize("name", BODIES)
def test_the_masks_of_each_canary_are_those_of_the_plain_way(name):
    header, text = BODIES[name]
    assert_same(text, header[1] if header else "")


@SOME
@given(name=st.sampled_from(sorted(NAMES)), value=st.text("abc123", min_size=4, max_size=9), between=PIECES)
def test_a_named_value_is_masked_as_in_the_plain_way(name, value, between):
    for text in (f"{name}={value}{between}", f'{{"{name}": "{value}"}}{between}', f"<{name}>{value}</{name}>{between}"):
        assert_same(text, "")


def test_every_name_of_a_secret_has_a_stem():
    names = NAMES | TOKEN_NAMES | SECRET_NAMES | _SECRET_ELEMENTS | _WHOLE_ONLY | set(_KEY_ENDINGS)
    assert [name for name in names if not any(stem in name for stem in STEMS)] == []


@SOME
@given(text=st.lists(st.one_of(st.sampled_from((*STEMS, *MARKS)), PIECES, st.text(max_size=4))).map("".join))
def test_what_is_seen_is_what_stands_in_the_text(text):
    lower = text.lower()
    stands = [frozenset(one for one in several if one in lower) for several in (STEMS, MARKS)]
    seen = seen_in(text)
    assert [seen.stems, seen.marks] == stands
    assert seen.may_wrap or not any(map(wrapped._decoded, parts_of(text)))
    assert seen.has_controls == any(ord(one) < 32 and one not in "\b\t\n\v\f\r\x1b" for one in text)
    with mock.patch.object(stems._walk(), "_set", mock.Mock(Match=lambda _: None)):  # it gave up
        assert seen_in(text) == Seen(*stands)


def parts_of(text):
    """The runs that may be base64, and what stands in them between slashes."""
    return [part for run in re.findall(r"[A-Za-z0-9+/_-]{16,}", text) for part in (run, *run.split("/"))]


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
RUNS = st.builds(
    lambda raw, before, after, encode, end: before + encode(raw).decode().rstrip("=") + after + end,
    st.one_of(st.text(min_size=9).map(lambda text: text.encode("utf-8", "ignore")), st.binary(min_size=9)),
    st.sampled_from(["", "/", "a/", "+", "key", '"', "\u212a", "\u0130", "ü", "=", "a" * 15 + "/"]),
    st.text(LETTERS, max_size=3),
    st.sampled_from([base64.b64encode, base64.urlsafe_b64encode]),
    st.sampled_from(["", "=", " ", "/", "{"]),
)


@settings(max_examples=1_000, deadline=None)
@given(runs=st.lists(st.one_of(RUNS, st.text(LETTERS, min_size=14, max_size=40)), min_size=1, max_size=3))
def test_each_run_of_base64_that_is_text_is_seen_to_begin_as_such(runs):
    text = "".join(runs)
    is_text = any(map(wrapped._decoded, parts_of(text)))
    assert seen_in(text).may_wrap or not is_text
    assert wrapped._text_begun().search(text.encode("ascii", "replace")) or not is_text


@pytest.mark.parametrize(
    "text", ["a subscriptionIdentifier of /orders/internationalisation", "x" * 200, "de30" * 9 + "g"]
)
def test_words_and_ids_do_not_begin_as_text(text):
    assert not seen_in(text).may_wrap


NEEDLES = [needles_of([Secret(secret)]) for secret in SECRETS]
GATES = [Gate([Secret(secret)]) for secret in SECRETS]


@SOME
@given(text=TEXTS)
def test_the_gate_lets_through_what_the_plain_one_lets_through(text):
    assert [gate.lets(text) for gate in GATES] == [plain_gate.lets(needles, text) for needles in NEEDLES]


@SOME
@given(
    secret=st.sampled_from(SECRETS), at=st.integers(0, 40), size=st.integers(6, 20), before=st.text("ab1 -", max_size=9)
)
def test_a_piece_is_found_wherever_it_begins(secret, at, size, before):
    bones = skeleton(before + secret[at : at + size] + "!")
    found = needles_of([Secret(secret)]).are_in(bones)
    with mock.patch.object(needles, "_SHORT", 0):
        assert needles_of([Secret(secret)]).are_in(bones) == found
    with mock.patch.object(needles.Needles, "_may_be_in", lambda *_: True):
        assert needles_of([Secret(secret)]).are_in(bones) == found


@SOME
@given(url=TEXTS, names=st.lists(TEXTS, max_size=3), values=st.lists(TEXTS, max_size=3), body=TEXTS)
def test_what_is_looked_at_together_is_let_through_as_one_by_one(url, names, values, body):
    headers = tuple(zip(names, values, strict=False))
    sent = Request("GET", url, headers, body.encode("utf-8", "surrogatepass"))
    came = Response(200, "OK", headers, body.encode("utf-16", "surrogatepass"))
    exchange = Exchange(sent, came, Failure(FailureKind.TLS, body), 0.0, 1)
    for secret in SECRETS:
        redactor = Redactor([Secret(secret)])
        assert redactor.exchange(exchange) == redactor._exchange(exchange)


@SOME
@given(texts=st.lists(TEXTS, max_size=5))
def test_what_all_of_is_let_through_is_let_through_by_itself(texts):
    for gate in GATES:
        if gate.lets_all(texts):
            assert all(map(gate.lets, texts))


def test_a_long_text_is_looked_at_by_itself():
    gate = Gate([Secret(SECRETS[0])])
    long = "a b " * 60_000
    assert gate.lets_all([long, "c"])
    assert not gate.lets_all([long + SECRETS[0], "c"])
    assert not gate.lets_all([long, SECRETS[0]])
