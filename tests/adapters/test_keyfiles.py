"""Key files, good and bad."""

import base64
import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from console.adapters import keyfiles
from console.adapters.keyfiles import KeyFile, KeyFileProblem, leaf_der, make_certificate, read_key_file
from console.core.tokens import base64url

VECTORS = Path(__file__).parent.parent / "vectors"
NOW = 1_790_000_000
DAY_S = 86_400


def _certificate(key, name: str, *, issuer: str = "", issuer_key=None, days: int = 30) -> x509.Certificate:
    starts = datetime.datetime.fromtimestamp(NOW, datetime.UTC)

    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer or name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(starts + datetime.timedelta(days=days))
        .sign(issuer_key or key, hashes.SHA256())
    )


def _key_pem(key, password: bytes | None = None, form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    return key.private_bytes(Encoding.PEM, form, BestAvailableEncryption(password) if password else NoEncryption())


KEY = rsa.generate_private_key(65537, 2048)
OTHER_KEY = rsa.generate_private_key(65537, 2048)
ROOT = _certificate(OTHER_KEY, "Root")
LEAF = _certificate(KEY, "client", issuer="Root", issuer_key=OTHER_KEY)
KEY_PEM, LEAF_PEM, ROOT_PEM = _key_pem(KEY), LEAF.public_bytes(Encoding.PEM), ROOT.public_bytes(Encoding.PEM)
SMALL_KEY = rsa.generate_private_key(65537, 1024)
EC_KEY = ec.generate_private_key(ec.SECP256R1())


def _jwk(key, leaf, *, without: str = "", **changed: str) -> bytes:
    numbers = key.private_numbers()
    public = numbers.public_numbers
    members = {"n": public.n, "e": public.e, "d": numbers.d, "p": numbers.p, "q": numbers.q}
    jwk = {name: base64url.encode(value.to_bytes(1024, "big").lstrip(b"\0")) for name, value in members.items()}
    jwk |= {"kty": "RSA", "x5c": [base64.b64encode(leaf.public_bytes(Encoding.DER)).decode()], **changed}
    jwk.pop(without, None)
    return json.dumps(jwk).encode()


def _pfx(password: bytes | None, key=KEY, leaf=LEAF, others=(ROOT,)) -> bytes:
    encryption = BestAvailableEncryption(password) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"client", key, leaf, list(others), encryption)


def read(data: bytes, password: str | None = None, extra: bytes | None = None, now: int = NOW):
    return read_key_file(data, password, extra, now=now)


@pytest.mark.parametrize(
    ("data", "password", "extra"),
    [
        (_pfx(b"p\xc3\xa4ss w\xc3\xb6rd"), "päss wörd", None),
        (_pfx(None), None, None),
        (KEY_PEM + LEAF_PEM + ROOT_PEM, None, None),
        (LEAF_PEM + ROOT_PEM + KEY_PEM, "not needed", None),
        (KEY_PEM, None, LEAF_PEM + ROOT_PEM),
        (LEAF_PEM + ROOT_PEM, None, KEY_PEM),
        (_key_pem(KEY, b"pw") + LEAF_PEM + ROOT_PEM, "pw", None),
        (_key_pem(KEY, b"pw", PrivateFormat.TraditionalOpenSSL) + LEAF_PEM + ROOT_PEM, "pw", None),
        (_key_pem(KEY, None, PrivateFormat.TraditionalOpenSSL) + LEAF_PEM + ROOT_PEM, None, None),
        (b"\xef\xbb\xbf" + (KEY_PEM + LEAF_PEM + ROOT_PEM).replace(b"\n", b"\r\n"), None, None),
        (b"Bag Attributes\n  friendlyName: x\n" + KEY_PEM + b"subject=x\n" + LEAF_PEM + ROOT_PEM, None, None),
        (KEY_PEM, None, LEAF.public_bytes(Encoding.DER)),
    ],
    ids=["pfx", "pfx open", "pem", "pem odd order", "two files", "two files swapped", "encrypted", "old encrypted",
         "pkcs1", "windows text", "openssl text", "pem and cer"],
)  # fmt: skip
def test_a_good_file_gives_the_key_and_its_chain(data, password, extra):
    found = read(data, password, extra)
    assert isinstance(found, KeyFile), found
    assert found.notes == ()
    key = load_pem_private_key(found.certificate.private_key_pem.reveal().encode(), None)
    assert key.public_key() == KEY.public_key()
    assert found.certificate.private_key_pem.reveal().startswith("-----BEGIN PRIVATE KEY-----")
    assert found.certificate.facts.subject == "CN=client"
    assert leaf_der(found.certificate.chain_pem) == LEAF.public_bytes(Encoding.DER)
    assert repr(found.certificate.private_key_pem) == "Secret(***)"


@pytest.mark.parametrize(
    ("data", "password", "extra", "code"),
    [
        (b"", None, None, "empty"),
        (b"x" * 65_537, None, None, "too_large"),
        (KEY_PEM + LEAF_PEM, None, b" " * 65_000, "too_large"),
        (b"hello", None, None, "not_a_key_file"),
        (b"\xff\xd8\xff\xe0 JFIF", "pw", None, "not_a_key_file"),
        (b"0\x82\x01\x02 not really", "pw", None, "cut_short"),
        (b"0\x0c not really!!", "pw", None, "not_a_key_file"),
        (b"\xfe\xed\xfe\xed\0\0\0\2", "pw", None, "java_keystore"),
        (_pfx(b"right"), "wrong", None, "wrong_password"),
        (_pfx(b"right"), None, None, "password_needed"),
        (_pfx(b"right")[:-20], "right", None, "cut_short"),
        (_jwk(KEY, LEAF, without="d"), None, None, "jwk_public"),
        (_jwk(KEY, LEAF, without="x5c"), None, None, "no_certificate"),
        (_jwk(KEY, LEAF, without="kty"), None, None, "not_a_key_file"),
        (_jwk(KEY, LEAF, n="AQAB"), None, None, "damaged"),
        (_jwk(KEY, LEAF, kty="EC"), None, None, "damaged"),
        (b'{"keys": []}', None, None, "not_a_key_file"),
        (b'{"d": ', None, None, "damaged"),
        (_key_pem(KEY, b"right") + LEAF_PEM, "wrong", None, "wrong_password"),
        (_key_pem(KEY, b"right") + LEAF_PEM, None, None, "password_needed"),
        (_key_pem(KEY, b"right") + LEAF_PEM, "", None, "password_needed"),
        (KEY_PEM, None, None, "no_certificate"),
        (LEAF_PEM, None, None, "no_key"),
        (LEAF.public_bytes(Encoding.DER), None, None, "no_key"),
        (_pfx(b"pw", None), "pw", None, "no_key"),
        (KEY_PEM + ROOT_PEM, None, None, "key_mismatch"),
        (KEY_PEM + _key_pem(OTHER_KEY) + LEAF_PEM, None, None, "too_many"),
        (KEY_PEM + ROOT_PEM * 21, None, None, "too_many"),
        (_key_pem(EC_KEY) + _certificate(EC_KEY, "ec").public_bytes(Encoding.PEM), None, None, "not_rsa"),
        (_key_pem(SMALL_KEY) + _certificate(SMALL_KEY, "small").public_bytes(Encoding.PEM), None, None, "weak_key"),
        (KEY_PEM[:200] + b"\n-----END PRIVATE KEY-----\n" + LEAF_PEM, None, None, "damaged"),
        (KEY_PEM + LEAF_PEM[:200] + b"\n-----END CERTIFICATE-----\n", None, None, "damaged"),
        (b"-----BEGIN PRIVATE KEY-----", None, None, "damaged"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", None, None, "ssh_key"),
        (b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----", None, KEY_PEM, "request"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_words(data, password, extra, code):
    problem = read(data, password, extra)
    assert isinstance(problem, KeyFileProblem)
    assert problem.code == code
    assert problem.what.endswith(".") and problem.do.endswith(".")


def test_a_file_that_is_cut_short_is_told_by_its_sizes():
    whole = _pfx(b"right")
    problem = read(whole[:1000], "right")
    assert problem.what == f"The file is cut short: 1,000 of {len(whole):,} bytes are there."


@pytest.mark.parametrize("without", ["", "p"])
@pytest.mark.parametrize("is_set", [False, True])
def test_a_private_key_as_jwk_with_its_certificate_is_taken(without, is_set):
    jwk = _jwk(KEY, LEAF, without=without)
    found = read(b'{"keys": [' + jwk + b"]}" if is_set else jwk)
    assert isinstance(found, KeyFile), found
    assert found.certificate.facts.chain[0] == "CN=client"
    assert found.certificate.private_key_pem.reveal() == _key_pem(KEY).decode()


def test_a_jwk_without_a_certificate_is_taken_with_the_certificate_beside_it():
    found = read(_jwk(KEY, LEAF, without="x5c"), None, LEAF_PEM)
    assert isinstance(found, KeyFile), found


def test_a_long_key_is_read_without_the_costly_test_of_its_primes():
    """OpenSSL's test takes about 3 seconds for 8192 bits: beyond what the reader may use."""
    found = read((VECTORS / "keys" / "rsa8192.pem").read_bytes())
    assert isinstance(found, KeyFile), found
    assert found.certificate.facts.key_bits == 8192


def test_a_file_that_asks_for_two_billion_hash_rounds_is_stopped():
    """The count stands in the file, so any file can be made to ask for it; no password is needed (CVE-2026-63572)."""
    data, rounds = _pfx(b"pw"), b"\x02\x02\x08\x00"  # DER: INTEGER 2048, the last member of the file
    assert data.endswith(rounds)
    hostile = _lengthened(data, len(data) - len(rounds), rounds, b"\x02\x04\x7f\xff\xff\xff")
    problem = read(hostile, "pw")
    assert isinstance(problem, KeyFileProblem)
    assert problem.code == "too_slow"


def _lengthened(data: bytes, start: int, old: bytes, new: bytes) -> bytes:
    """Replaces some DER and corrects the lengths (two bytes long, or one) of the sequences around it."""
    grown = bytearray(data[:start] + new + data[start + len(old) :])
    extra, at = len(new) - len(old), 0
    while at < start:
        size_of_length = grown[at + 1] & 0x7F if grown[at + 1] & 0x80 else 0
        first = at + 2 + size_of_length
        length = int.from_bytes(grown[at + 2 : first], "big") if size_of_length else grown[at + 1]
        if not first <= start < first + length:
            at = first + length
            continue
        if size_of_length:
            grown[at + 2 : first] = (length + extra).to_bytes(size_of_length, "big")
        else:
            grown[at + 1] = length + extra
        at = first
    return bytes(grown)


@pytest.mark.parametrize(
    "text",
    [
        (KEY_PEM + LEAF_PEM).replace(b"\n", b"\\n"),
        (KEY_PEM + LEAF_PEM).replace(b"\n", b"\\r\\n"),
        (KEY_PEM + LEAF_PEM).replace(b"\n", b" "),
        b'"' + (KEY_PEM + LEAF_PEM).replace(b"\n", b"\\n") + b'"',
    ],
    ids=["escaped", "escaped for windows", "blanks", "quoted"],
)
def test_line_breaks_that_were_replaced_are_put_back_with_a_note(text):
    found = read(text)
    assert isinstance(found, KeyFile), found
    assert len(found.notes) == 1
    assert "line breaks of the PEM text had been replaced" in found.notes[0]


def test_a_chain_in_the_wrong_order_is_put_in_order_with_a_note():
    found = read(KEY_PEM + ROOT_PEM + LEAF_PEM)
    assert isinstance(found, KeyFile)
    assert found.certificate.facts.chain == ("CN=client", "CN=Root")
    assert found.notes == ("The certificates were put in order: the one of this key first, then its issuers.",)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (NOW - 1, "is valid only from 2026-09-21"),
        (NOW, ""),
        (NOW + 30 * DAY_S - 1, ""),
        (NOW + 30 * DAY_S, "expired on 2026-10-21; providers will refuse it"),
        (NOW + 30 * DAY_S + 1, "expired on 2026-10-21; providers will refuse it"),
    ],
)
def test_a_certificate_outside_its_dates_is_accepted_with_a_warning(now, words):
    found = read(KEY_PEM + LEAF_PEM, now=now)
    assert isinstance(found, KeyFile)
    assert bool(found.notes) is bool(words)
    assert words in "".join(found.notes)


def test_the_password_goes_to_the_child_by_pipe_and_into_no_message(monkeypatch):
    started: list[tuple[list[str], dict[str, str]]] = []
    run = subprocess.run

    def watched(command, **options):
        started.append((command, options["env"]))
        return run(command, **options)

    monkeypatch.setattr(keyfiles.subprocess, "run", watched)
    problem = read(_pfx(b"right"), "hunter2-password")
    assert isinstance(problem, KeyFileProblem)
    assert "hunter2" not in repr(problem)
    ((command, environment),) = started
    assert (command[0], command[1]) == (sys.executable, "-I")
    assert "hunter2" not in " ".join(command)
    assert environment == {}


def test_a_made_certificate_is_rsa_2048_for_the_days_asked_and_allows_for_a_slow_clock():
    made = make_certificate("Orders (test)\n", days=90, now=NOW)
    facts = made.facts
    assert (facts.subject, facts.issuer) == ("CN=Orders (test)", "CN=Orders (test)")
    assert (facts.key_type, facts.key_bits) == ("RSA", 2048)
    assert (facts.not_before, facts.not_after) == (NOW - 3600, NOW + 90 * DAY_S)
    certificate = x509.load_pem_x509_certificate(made.chain_pem.encode())
    assert isinstance(certificate.signature_hash_algorithm, hashes.SHA256)
    key = load_pem_private_key(made.private_key_pem.reveal().encode(), None)
    assert key.public_key() == certificate.public_key()


@pytest.mark.parametrize(("name", "subject"), [("", "token console client"), ("x" * 100, "x" * 64)])
def test_any_name_makes_a_certificate(name, subject):
    assert make_certificate(name, days=1, now=NOW).facts.subject == f"CN={subject}"


def test_two_made_certificates_share_nothing():
    one, two = (make_certificate("a", days=1, now=NOW) for _ in range(2))
    assert one.facts.serial != two.facts.serial
    assert one.private_key_pem != two.private_key_pem
