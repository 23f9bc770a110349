"""Decrypting: RFC 7520 and Wycheproof, the caps against costly tokens, one sentence for each thing that is wrong."""

import base64
import hashlib
import json
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from console.core.tokens import jwe_keys
from console.core.tokens.jwe import ALGORITHMS, MAX_INFLATED, MAX_ROUNDS, decrypt
from console.core.tokens.token import TokenKind
from tests.core.tokens.keys_for_tests import ec_key, rsa_key, signed
from tests.core.tokens.keys_for_tests import private_jwk as signing_jwk
from tests.core.tokens.wire import b64u

VECTORS = Path(__file__).parents[2] / "vectors"
WYCHEPROOF = json.loads((VECTORS / "wycheproof" / "json_web_encryption_test.json").read_text())
COOKBOOK = sorted((VECTORS / "jose_cookbook").glob("*.json"))
CASES = [(group["private"], case) for group in WYCHEPROOF["testGroups"] for case in group["tests"]]
KEY = b"k" * 16
KEY_TEXT = b64u(KEY)
OTHER = b64u(b"o" * 16)


def encrypted(content="hello", key=KEY, **header):
    """A token made by the library itself, for `alg` dir with A128GCM unless told."""
    fields = {"alg": "dir", "enc": "A128GCM", **header}
    made = key if not isinstance(key, bytes) else OctKey(key, key)
    names = [fields["alg"], fields["enc"], "DEF"]
    registry = jwe.JWERegistry(algorithms=names, strict_check_header=False)
    return jwe.encrypt_compact(fields, content, made, registry=registry)


def private_jwk(key):
    return {name: value for name, value in signing_jwk(key).items() if name != "key_ops"}


def changed(token, part):
    """The token with the first character of one part replaced by another legal one."""
    parts = token.split(".")
    parts[part] = ("B" if parts[part][0] == "A" else "A") + parts[part][1:]
    return ".".join(parts)


def with_header(header, token=""):
    """A token whose header was never worked on: it must be refused before anything else is."""
    text = header if isinstance(header, str) else json.dumps(header)
    return ".".join([b64u(text), b64u(b"e" * 24), b64u(b"i" * 12), b64u(b"content"), b64u(b"t" * 16)])


def pem(key, password=None):
    protection = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection).decode()


@pytest.mark.parametrize(("private", "case"), CASES, ids=lambda value: str(value.get("tcId", "key")))
def test_wycheproof_invalid_tokens_stay_closed_and_valid_ones_open_unless_the_algorithm_is_refused(private, case):
    found = decrypt(case["jwe"], json.dumps(private))
    if case["result"] == "valid" and private["alg"] != "RSA1_5":
        assert found.problem == ""
        assert case["pt"] in (found.text, found.text.encode().hex())
    else:
        assert not found.is_decrypted
        assert found.problem.endswith((".", "?"))
        assert (found.text, found.token, found.claims) == ("", None, None)


def test_the_wycheproof_file_is_whole():
    assert len(CASES) == WYCHEPROOF["numberOfTests"] == 139
    assert len(COOKBOOK) == 8


@pytest.mark.parametrize("path", COOKBOOK, ids=lambda path: path.name[:3])
def test_the_examples_of_rfc_7520_decrypt(path):
    example = json.loads(path.read_text())
    key = example["input"].get("pwd") or json.dumps(example["input"]["key"])
    found = decrypt(example["output"]["compact"], key)
    assert found.text == example["input"]["plaintext"]
    assert found.problem == ""


@pytest.mark.parametrize(
    "rounds", [2**31, 2**63, 10**30, MAX_ROUNDS + 1, 0, -1, True, 1.5, "4096", None], ids=lambda value: repr(value)[:12]
)
def test_a_costly_or_senseless_number_of_rounds_is_refused_before_any_is_worked(rounds, monkeypatch):
    worked = []
    monkeypatch.setattr(jwe_keys, "read", lambda *given: worked.append(given))
    token = with_header({"alg": "PBES2-HS512+A256KW", "enc": "A128GCM", "p2s": b64u(b"salt" * 4), "p2c": rounds})
    found = decrypt(token, "password")
    assert "p2c" in found.problem
    assert worked == []


@pytest.mark.parametrize("rounds", [MAX_ROUNDS - 1, MAX_ROUNDS])
def test_rounds_up_to_the_cap_are_not_refused(rounds):
    token = with_header({"alg": "PBES2-HS512+A256KW", "enc": "A128GCM", "p2s": b64u(b"salt" * 4), "p2c": rounds})
    assert decrypt(token, "").problem == "No key was given; PBES2-HS512+A256KW needs a password."


@pytest.mark.parametrize("rounds", [1, 999, 300_001])
def test_few_rounds_and_more_than_the_library_allows_are_worked(rounds):
    alg, salt = "PBES2-HS256+A128KW", b"s" * 16
    header = b64u(json.dumps({"alg": alg, "enc": "A128GCM", "p2s": b64u(salt), "p2c": rounds}))
    derived = hashlib.pbkdf2_hmac("sha256", b"pw", alg.encode() + b"\x00" + salt, rounds, 16)
    sealed = AESGCM(KEY).encrypt(b"i" * 12, b"hello", header.encode())
    token = ".".join(
        [header, b64u(aes_key_wrap(derived, KEY)), b64u(b"i" * 12), b64u(sealed[:-16]), b64u(sealed[-16:])]
    )
    assert decrypt(token, "pw\n").text == "hello"
    if rounds == 1:
        assert decrypt(token, "wrong").problem.startswith("This is not the password")


def test_a_small_token_that_unfolds_to_a_huge_one_is_not_unpacked():
    bomb = encrypted("a" * (40 * 1024 * 1024), zip="DEF")
    assert len(bomb) < 64 * 1024
    found = decrypt(bomb, KEY_TEXT)
    assert found.problem == "The content unfolds to more than 250 KB, so it was not unpacked."


@pytest.mark.parametrize(
    ("size", "opens"), [(MAX_INFLATED - 1, True), (MAX_INFLATED, False), (MAX_INFLATED + 1, False)]
)
def test_the_cap_on_unfolded_content_holds_to_the_byte(size, opens):
    assert decrypt(encrypted("a" * size, zip="DEF"), KEY_TEXT).is_decrypted is opens


def test_compressed_content_that_is_none_is_told():
    header = b64u(json.dumps({"alg": "dir", "enc": "A128GCM", "zip": "DEF"}))
    sealed = AESGCM(KEY).encrypt(b"i" * 12, b"\xff\xff not deflated", header.encode())
    token = ".".join([header, "", b64u(b"i" * 12), b64u(sealed[:-16]), b64u(sealed[-16:])])
    assert "not the compressed data" in decrypt(token, KEY_TEXT).problem


def test_the_caps_on_header_and_content_hold():
    assert "The header has" in decrypt(with_header({"alg": "dir", "enc": "A128GCM", "x": "y" * 900}), KEY_TEXT).problem
    parts = with_header({"alg": "dir", "enc": "A128GCM"}).split(".")
    parts[3] = "A" * (64 * 1024 + 1)
    assert "The content has 65537 characters" in decrypt(".".join(parts), KEY_TEXT).problem
    parts[1], parts[3] = "A" * 1025, "AAAA"
    assert "The encrypted key has 1025 characters" in decrypt(".".join(parts), KEY_TEXT).problem
    assert "no encrypted token" in decrypt("A" * 300_000, KEY_TEXT).problem


REFUSED = [
    ({"alg": "RSA1_5", "enc": "A128GCM"}, "RSA1_5 is not decrypted here: it is deprecated"),
    ({"alg": "RSA-OAEP-999", "enc": "A128GCM"}, "is not decrypted here; known are RSA-OAEP"),
    ({"alg": "none", "enc": "A128GCM"}, "is not decrypted here"),
    ({"alg": "dir", "enc": "A1GCM"}, "The content encryption “A1GCM”"),
    ({"alg": "dir", "enc": 7}, "must name its algorithms"),
    ({"alg": ["dir"], "enc": "A128GCM"}, "must name its algorithms"),
    ({"enc": "A128GCM"}, "must name its algorithms"),
    ({"alg": "A128KW", "enc": "A128GCM", "crit": ["exp"], "exp": 1}, "critical extensions"),
    ({"alg": "A128KW", "enc": "A128GCM", "crit": []}, "critical extensions"),
    ({"alg": "A128KW", "enc": "A128GCM", "zip": "GZ"}, "only DEF is"),
    ({"alg": "A128KW", "enc": "A128GCM", "kid": 7}, "kid must be a string"),
    ('{"alg":"dir","alg":"A128KW","enc":"A128GCM"}', "alg"),
    ({"alg": "dir", "enc": "A128GCM"}, "which dir must not have"),
    ({"alg": "A128KW", "enc": "A128CBC-HS256"}, "The initialization vector has 12 bytes; A128CBC-HS256 needs 16."),
]


@pytest.mark.parametrize(("header", "words"), REFUSED)
def test_what_the_header_asks_for_is_refused_in_words(header, words):
    found = decrypt(with_header(header), KEY_TEXT)
    assert words in found.problem


@pytest.mark.parametrize(
    "text", ["", "abc", "a.b.c", "....", "eyJhbGciOiJIUzI1NiJ9.e30.AA", '{"protected":"x"}', "A" * 300_000]
)
def test_what_is_no_encrypted_token_is_said_to_be_none(text):
    assert decrypt(text, KEY_TEXT).problem.startswith("This is no encrypted token")


def test_wrong_key_damaged_tag_and_damaged_key_are_told_apart_where_they_can_be():
    wrapped = encrypted(alg="A128KW")
    assert decrypt(wrapped, KEY_TEXT).text == "hello"
    assert decrypt(wrapped, OTHER).problem.startswith("This is not the key it was encrypted for")
    assert decrypt(changed(wrapped, 1), KEY_TEXT).problem.startswith("This is not the key it was encrypted for")
    right = "The key is right, but the authentication tag does not fit header and content: the token was changed."
    assert [decrypt(changed(wrapped, part), KEY_TEXT).problem for part in (2, 3, 4)] == [right] * 3
    either = "It cannot be decrypted: this is not the key it was encrypted for, or the token was changed."
    assert decrypt(encrypted(), OTHER).problem == either
    assert decrypt(changed(encrypted(), 4), KEY_TEXT).problem == either


def test_key_of_another_curve_type_size_or_purpose_is_told():
    for_p256 = encrypted(key=_joserfc(ec_key()), alg="ECDH-ES")
    p384 = ec.generate_private_key(ec.SECP384R1())
    cases = [
        (encrypted(), b64u(b"k" * 15), "The key has 15 bytes; dir with A128GCM needs 16."),
        (encrypted(alg="A128KW"), b64u(b"k" * 32), "The key has 32 bytes; A128KW needs 16."),
        (encrypted(), "%%%", "This is not a key in base64url"),
        (encrypted(), "", "No key was given; dir needs a shared key of 16 bytes"),
        (encrypted(), "[]", "The key set holds no keys."),
        (encrypted(), '{"issuer":"x"}', "This JSON is no key: it has no kty."),
        (encrypted(), json.dumps({"kty": "RSA"}), "The key is of type RSA; dir needs a shared key"),
        (encrypted(), json.dumps({"kty": "oct", "k": "="}), "k is not base64url"),
        (encrypted(), json.dumps({"kty": "oct", "k": KEY_TEXT, "use": "sig"}), "its use is “sig”"),
        (encrypted(), json.dumps({"kty": "oct", "k": KEY_TEXT, "key_ops": ["verify"]}), "may not decrypt"),
        (encrypted(), json.dumps({"kty": "oct", "k": KEY_TEXT, "alg": "A128KW"}), "The key is for A128KW; the token"),
        (encrypted(), "k" * (jwe_keys.MAX_CHARACTERS + 1), "the limit is 65536"),
        (for_p256, pem(p384), "The key is on the curve P-384; the token was made for a key on P-256."),
        (for_p256, json.dumps(private_jwk(p384)), "The key is on the curve P-384"),
        (for_p256, pem(rsa_key()), "This private key is of another type; ECDH-ES needs an EC"),
        (for_p256, pem(ec.generate_private_key(ec.SECP256K1())), "secp256k1"),
        (for_p256, pem(ec_key(), b"password"), "itself protected by a password"),
        (for_p256, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "cannot be read as a private key"),
        (for_p256, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "holds no private key"),
        (for_p256, KEY_TEXT, "neither a JWK nor a PEM text"),
        (for_p256, json.dumps({**private_jwk(ec_key()), "d": 7}), "is not a text"),
        (for_p256, json.dumps({**private_jwk(ec_key()), "x": "AAAA"}), "do not make a usable private key"),
    ]  # fmt: skip
    for token, key, words in cases:
        assert words in decrypt(token, key).problem


def _joserfc(key):
    return ECKey.import_key(key) if isinstance(key, ec.EllipticCurvePrivateKey) else RSAKey.import_key(key)


def test_costly_private_keys_are_refused_before_they_are_checked():
    token = encrypted(key=_joserfc(rsa_key()), alg="RSA-OAEP-256")
    whole = private_jwk(rsa_key())
    assert decrypt(token, json.dumps(whole)).text == "hello"
    assert decrypt(token, pem(rsa_key())).text == "hello"
    without_primes = {name: value for name, value in whole.items() if name not in ("p", "q", "dp", "dq", "qi")}
    assert "lacks its primes" in decrypt(token, json.dumps(without_primes)).problem
    assert "too large" in decrypt(token, json.dumps({**whole, "p": "A" * 2000})).problem
    public = {name: whole[name] for name in ("kty", "n", "e")}
    assert "This is a public key" in decrypt(token, json.dumps(public)).problem
    long = "-----BEGIN PRIVATE KEY-----\n" + "A" * 20_000 + "\n-----END PRIVATE KEY-----"
    assert "too large" in decrypt(token, long).problem


def test_of_a_key_set_the_key_that_kid_names_is_tried_and_never_more_than_two():
    keys = [{"kty": "oct", "k": b64u(bytes([number]) * 16), "kid": f"k{number}"} for number in range(9)]
    seventh = OctKey(bytes([7]) * 16, bytes([7]) * 16)
    assert decrypt(encrypted(key=seventh, kid="k7"), json.dumps({"keys": keys})).text == "hello"
    assert decrypt(encrypted(key=seventh), json.dumps({"keys": keys})).problem
    second = OctKey(bytes([1]) * 16, bytes([1]) * 16)
    assert decrypt(encrypted(key=second), json.dumps({"keys": keys})).text == "hello"


def test_keys_on_x25519_decrypt():
    key = x25519.X25519PrivateKey.generate()
    token = encrypted(key=OKPKey.import_key(key), alg="ECDH-ES+A256KW")
    assert decrypt(token, pem(key)).text == "hello"


def test_a_token_inside_is_parsed_and_claims_alone_are_said_to_be_unsigned():
    inner = signed(ec_key(), "ES256", {"sub": "ina"})
    found = decrypt(encrypted(inner), KEY_TEXT)
    assert found.token is not None and found.token.kind is TokenKind.JWS
    assert found.token.claims == {"sub": "ina"}
    alone = decrypt(encrypted('{"sub":"ina"}'), KEY_TEXT)
    assert alone.token is None and alone.claims == {"sub": "ina"}
    assert alone.notes == ("The claims stand in the encryption alone: no signature says who wrote them.",)
    assert decrypt(encrypted("just words"), KEY_TEXT).claims is None


def test_content_that_is_no_text_is_shown_as_hex_and_empty_content_is_no_problem():
    found = decrypt(encrypted(b"\xff\x00"), KEY_TEXT)
    assert (found.text, found.problem) == ("ff00", "")
    empty = decrypt(encrypted(b""), KEY_TEXT)
    assert empty.is_decrypted and empty.text == ""


def test_nothing_of_key_or_content_stands_in_the_repr_or_in_a_problem():
    assert "hello" not in repr(decrypt(encrypted(), KEY_TEXT))
    assert KEY_TEXT not in repr(decrypt(encrypted(), KEY_TEXT))
    secret = "pa55phrase-that-is-no-key!"
    assert secret not in decrypt(encrypted(), secret).problem


def test_ephemeral_keys_that_are_none_are_refused_in_words():
    good = encrypted(key=_joserfc(ec_key()), alg="ECDH-ES")
    header, *rest = good.split(".")
    fields = json.loads(base64.urlsafe_b64decode(header + "=="))
    for epk in (None, [], {}, {"kty": "EC"}, {"kty": "oct", "k": "AAAA"}, {**fields["epk"], "crv": "P-999"}, "x"):
        text = ".".join([b64u(json.dumps({**fields, "epk": epk})), *rest])
        assert decrypt(text, pem(ec_key())).problem


CHEAP = [name for name in ALGORITHMS if not name.startswith("PBES2")]
ANYTHING = st.one_of(st.none(), st.text(max_size=9), st.integers(), st.lists(st.text(max_size=3), max_size=2))
MEMBERS = ("epk", "apu", "apv", "iv", "tag", "kid", "zip", "cty", "jku", "jwk", "x5c", "p2c", "p2s")
ODD_SET = '{"keys":[1,{"kty":"EC","crv":"P-256","d":"A","x":"A","y":"A"}]}'


@given(
    st.fixed_dictionaries(
        {"alg": st.sampled_from(CHEAP), "enc": st.just("A128GCM")}, optional=dict.fromkeys(MEMBERS, ANYTHING)
    ),
    st.sampled_from([KEY_TEXT, b64u(b"k" * 32), "{}", ODD_SET, "\ud800"]),
)
def test_no_header_and_no_key_makes_it_raise_or_open(header, key):
    parts = with_header(header).split(".")
    if header["alg"] in ("dir", "ECDH-ES"):
        parts[1] = ""
    assert decrypt(".".join(parts), key).problem


def test_the_library_caps_by_itself_too():
    assert jwe.JWERegistry.max_ciphertext_length <= 64 * 1024
    assert len(zlib.compress(b"a" * MAX_INFLATED)) < 1000
