"""Pasted tokens of every broken kind: what is shown, what is flagged, and that nothing is ever called verified."""

import pytest

from console.core.json.text import json_text
from console.core.paste.recognise import RecognisedPaste, recognise
from console.core.tokens.claims import describe
from console.core.tokens.keys import read_jwks
from console.core.tokens.signature import SignatureState, verify
from tests.bad_input.registry import CASES, FOLDER, ids_of
from tests.vectors.bad_input.materialise import paste_text

KEYS = read_jwks((FOLDER / "jwks.json").read_text("utf-8"))
NOW = 1899995000
IDS = ids_of("paste", "claims", "wrong", "verify")

# Every case with the defect codes it must have, exactly; a case that is not here must have none.
DEFECTS = {
    "E-P02": ["unsecured-alg"],
    "E-P03": ["unsecured-alg"],
    "E-P04": ["unsecured-alg", "signature-meaningless"],
    "E-P05": ["alg-missing"],
    "E-P06": ["alg-not-a-string"],
    "E-P07": ["kid-not-a-string", "signature-length"],
    "E-P08": ["kid-suspicious"],
    "E-P09": ["key-address-in-header", "signature-length"],
    "E-P10": ["embedded-key"],
    "E-P11": ["crit-not-understood", "signature-length"],
    "E-P12": ["unencoded-payload"],
    "E-P13": ["duplicate-member", "unsecured-alg", "signature-meaningless"],
    "E-P14": ["not-a-claims-object"],
    "E-P15": ["not-json"],
    "E-P16": ["not-utf8"],
    "E-P17": ["padding", "padding", "padding"],
    "E-P22": ["signature-length"],
    "E-P23": ["signature-missing"],
    "E-P25": ["too-large"],
    "E-P26": ["too-deep"],
    "E-C03": ["exp-not-a-number"],
    "E-C04": ["exp-milliseconds"],
    "E-C05": ["number-precision", "exp-out-of-range"],
    "E-C06": ["nan", "exp-not-a-number"],
    "E-C07": ["aud-wrong-type"],
    "E-C09": ["duplicate-member"],
    "E-C12": ["hidden-characters"],
    "E-C13": ["lone-surrogate"],
    "E-C14": ["control-characters"],
}

# What a person must be able to read somewhere: in a note, a defect's message, or a row of the claims.
WORDS = {
    "E-P01": ["Not checked: no key was given."],
    "E-P02": ["The token is unsecured: alg is “none”"],
    "E-P03": ["alg is “None”"],
    "E-P04": ["The signature part (32 bytes) is meaningless"],
    "E-P05": ["no verifier may accept this token"],
    "E-P06": ["alg must be a string, but is a list."],
    "E-P07": ["kid must be a string, but is a number."],
    "E-P08": ["injection attempt"],
    "E-P09": ["the key location is chosen by the token itself"],
    "E-P10": ["a signature by this key proves nothing"],
    "E-P11": ["is not understood: verifiers must reject"],
    "E-P12": ["unencoded or detached"],
    "E-P13": ["duplicate member (alg)", "parsers disagree"],
    "E-P14": ["The payload is not a claims object but a list."],
    "E-P15": ["The payload is not JSON"],
    "E-P16": ["The payload is not UTF-8 text", "hex"],
    "E-P17": ["padding (=), which a JWS must not have"],
    "E-P18": ["White space was removed."],
    "E-P19": ["The scheme (Bearer) in front of the token was removed."],
    "E-P20": ["The header name (Authorization) in front of the token was removed."],
    "E-P21": ["Quotes around the token were removed."],
    "E-P22": ["The signature is 17 bytes, HS256 needs 32: is it cut off?"],
    "E-P23": ["The signature part is missing"],
    "E-P24": ["Nothing was pasted"],
    "E-P25": ["400095 characters; the limit is 262144"],
    "E-P26": ["too deep (limit 64 levels)"],
    "E-C01": ["2020-09-13 12:26:40 UTC, 9 years 184 days ago"],
    "E-C02": ["2096-10-02 07:06:40 UTC, in 66 years"],
    "E-C03": [
        "exp must be a number, but is a string (as a number it would mean 2030-03-17 17:46:40 UTC)",
        "1900000000",
    ],
    "E-C04": ["is in the year 62178: probably milliseconds"],
    "E-C05": ["out of the range of dates", "1000000000000000000000000000000"],
    "E-C06": ["not valid JSON: NaN", "NaN"],
    "E-C07": ["aud must be a string or a list of strings, but is a number.", "12345"],
    "E-C08": ['["api://a","api://b"]'],
    "E-C09": ["duplicate member (sub)", "alice", "bob"],
    "E-C10": ["<script>alert(1)</script>"],
    "E-C11": ["javascript:alert(document.domain)"],
    "E-C12": ["photo‹U+202E›gpj.exe"],
    "E-C13": ["‹U+D83D› broken"],
    "E-C14": ["a‹U+0000›b"],
    "E-W01": ["Encrypted (JWE, RSA-OAEP with A256GCM)", "cannot be read without the key", "34, 256, 12, 40, 16"],
    "E-W02": ["PASETO token (version v4, public)"],
    "E-W03": ["Opaque token: there is nothing to decode.", "introspection", "ya29…"],
    "E-W04": ["SAML message (XML)"],
    "E-W05": ["looks like a client secret", "neither stored nor shown again"],
    "E-V01": ["made by the key a (RS256)"],
    "E-V02": ["made by the key e (ES256)"],
    "E-V03": ["The signature is wrong"],
    "E-V04": ["No key with this kid (zzz) is in the key set."],
    "E-V05": ["The signature is right", "api://other"],
    "E-V06": ["The signature is right", "1 hour 23 minutes ago"],
}

SIGNATURES = {
    "E-V01": ("valid", "ok"), "E-V02": ("valid", "ok"), "E-V03": ("invalid", "wrong-signature"),
    "E-V04": ("unverifiable", "unknown-kid"), "E-V05": ("valid", "ok"), "E-V06": ("valid", "ok"),
}  # fmt: skip
KINDS = {"not_compact_jose": {"E-P18": "jws", "E-P19": "jws", "E-P20": "jws", "E-P21": "jws", "E-P23": "jws",
                              "E-W03": "opaque", "E-W04": "saml", "E-W05": "secret"}}  # fmt: skip
PART_ERRORS = {
    "not_an_object": "not-a-claims-object",
    "not_json": "not-json",
    "not_utf8": "not-utf8",
    "too_deep": "too-deep",
}


def pasted(case_id: str) -> tuple[str, RecognisedPaste]:
    text = paste_text(CASES[case_id]["input"])
    return text, recognise(text)


def all_words(found: RecognisedPaste) -> str:
    """Everything that a page would show of it."""
    pieces = [*found.notes, found.preview]
    for token in found.tokens:
        keys = KEYS if token.kind == "jws" and (token.header or {}).get("kid") in ("a", "e", "zzz") else None
        pieces += [defect.message for defect in token.defects] + [verify(token, keys).detail]
        for row in describe(token, NOW):
            pieces += [row.name, row.value_text, row.human, row.meaning]
    return "\n".join(pieces)


@pytest.mark.parametrize("case_id", IDS)
def test_a_paste_has_exactly_the_expected_defects(case_id):
    _, found = pasted(case_id)
    assert [defect.code for token in found.tokens for defect in token.defects] == DEFECTS.get(case_id, [])


@pytest.mark.parametrize("case_id", IDS)
def test_a_paste_is_explained_in_words_that_can_be_shown(case_id):
    _, found = pasted(case_id)
    words = all_words(found)
    words.encode("utf-8")
    assert not set(words) & {"\u202e", "\x00", "\ud83d"}
    assert [expected for expected in WORDS[case_id] if expected not in words] == []


@pytest.mark.parametrize("case_id", IDS)
def test_a_paste_agrees_with_the_facts_of_its_case(case_id):
    text, found = pasted(case_id)
    facts = CASES[case_id]["facts"]
    assert len(text) == facts["length"]
    assert found.kind == expected_kind(case_id, facts)
    if facts["kind"] != "jws":
        return
    token = found.tokens[0]
    codes = [defect.code for defect in token.defects]
    assert len(token.signature or b"") == facts["signature"]["bytes"]
    assert (token.kind == "unsecured") is bool(facts.get("unsecured"))
    alg = (token.header or {}).get("alg")
    assert facts["alg"] == (alg if isinstance(alg, str) or alg is None else "not_a_string")
    if error := facts["payload"].get("error"):
        assert PART_ERRORS[error] in codes
        assert token.claims is None
    for name, verdict in facts.get("time_claims", {}).items():
        assert (verdict != "ok") is any(code.startswith(f"{name}-") for code in codes)


def expected_kind(case_id: str, facts: dict) -> str:
    if facts["kind"] == "jws":
        return "unsecured" if facts.get("unsecured") else "jws"
    return KINDS.get(facts["kind"], {}).get(case_id, facts["kind"])


@pytest.mark.parametrize("case_id", IDS)
def test_a_paste_is_verified_only_against_a_key_that_signed_it(case_id):
    _, found = pasted(case_id)
    for token in found.tokens:
        assert verify(token, None).state is not SignatureState.VALID
        result = verify(token, KEYS)
        assert (result.state == "valid") is (SIGNATURES.get(case_id, ("",))[0] == "valid")
        if case_id in SIGNATURES:
            assert (result.state, result.reason) == SIGNATURES[case_id]


@pytest.mark.parametrize("case_id", IDS)
def test_whatever_part_can_be_read_is_shown(case_id):
    _, found = pasted(case_id)
    for token in found.tokens:
        assert token.kind in ("opaque", "too_large") or token.header is not None
        for part in token.parts:
            assert not part.is_json or json_text(part.value).isascii()


@pytest.mark.parametrize("case_id", ["E-W03", "E-W05"])
def test_a_secret_or_an_opaque_token_is_not_echoed(case_id):
    text, found = pasted(case_id)
    assert text not in all_words(found)
    assert text not in repr(found)
    assert found.is_sensitive is (case_id == "E-W05")
