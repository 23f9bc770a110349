"""What spares a pattern its look through a text changes nothing of what comes out."""

import importlib

from hypothesis import given
from hypothesis import strategies as st

from console.core.diagnosis.stated import verdicts

plain = importlib.import_module("console.core.diagnosis.messages.plain")  # the package has a function of that name
PIECES = st.sampled_from([
    *(" ", "\t", "\f", "\v", "\n", "\r", "\u00a0", "`", "\\n", "\\t", "&amp;", "jwt_authn_access_denied{a_b}", "}"),
    *("[ok] ", "[PASS] ", "- ", "oK ", "PA\u017fS: ", "o\u212a: ", "✓ ", "audience", "=ok", "issuer matches", ", "),
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=3)), max_size=10).map("".join)


@given(text=TEXTS)
def test_a_text_is_plain_as_every_pattern_makes_it(text):
    undressed = text
    for _ in range(plain.DRESSES):
        undressed = plain._DRESSED.sub(plain._undressed, undressed)
    detailed = plain._ENVOY_DETAILS.sub(lambda found: found[0].replace("_", " "), undressed)
    assert plain.plain(text) == plain._LINE_ENDS.sub("\n", plain._BLANKS.sub(" ", detailed.translate(plain._QUOTES)))


@given(text=TEXTS)
def test_a_tick_is_seen_in_whatever_case_it_is_written(text):
    assert verdicts.without_well(text) == verdicts.without_well(verdicts._TICKED.sub(verdicts._blank, text))
    assert verdicts._TICKED.search(text) is None or not text.isascii() or "ok" in text.lower() or "pass" in text.lower()
