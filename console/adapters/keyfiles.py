"""Turns an uploaded PFX, PEM or JWK file into a certificate or signing key, or says why that cannot be done."""

import base64
import json
import pathlib
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from console.core.credential import Certificate, CertificateFacts, Secret, SigningKey
from console.core.oauth.assertion import algorithms_of
from console.core.tokens.certificates import facts_of, leaf_der, order_chain, to_pem
from console.core.tokens.signing_keys import signing_key_of

__all__ = [
    "KeyFile",
    "KeyFileProblem",
    "facts_of",
    "leaf_der",
    "make_certificate",
    "make_signing_key",
    "read_key_file",
    "read_signing_key",
]

MAX_BYTES = 64 * 1024
MIN_RSA_BITS = 2048
MAX_RSA_BITS = 8192
WALL_S = 15  # the child's own limit of processor time ends it first, unless the machine is very busy
_READER = pathlib.Path(__file__).with_name("key_reader.py")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file that was read. `notes` are sentences for people: what was repaired, what providers will object to."""

    certificate: Certificate
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFileProblem:
    """Why the file is not taken: a stable code, what is the case, and what to do. Never a part of the file."""

    code: str
    what: str
    do: str


def read_key_file(
    data: bytes, password: str | None, extra: bytes | None = None, *, now: int, takes_ec: bool = False
) -> KeyFile | KeyFileProblem:
    """A private key with its certificate from a PFX or JWK, or from one or two PEM files (key and certificate).

    Parsed in a child process with limits on time and memory; the password goes there through a pipe. `now` is epoch
    seconds. `takes_ec`: the provider takes EC keys too.
    """
    read = _read(data, extra, password)
    if isinstance(read, KeyFileProblem):
        return read
    if problem := _key_problem(read, takes_ec=takes_ec):
        return problem
    if not read["certificates"]:
        return _problem("no_certificate")
    try:
        return _judge(read, now)
    except (ValueError, UnsupportedAlgorithm):  # a certificate whose fields cannot be read
        return _problem("damaged")


def read_signing_key(data: bytes, password: str | None, *, kid: str = "") -> SigningKey | KeyFileProblem:
    """A private key, RSA or EC, from a JWK, PEM or PFX; a certificate beside it is left out.

    `kid` names it, else the JWK's own, else its thumbprint. A JWK's `alg` binds the key to that algorithm.
    """
    read = _read(data, None, password)
    if isinstance(read, KeyFileProblem):
        return read
    if problem := _key_problem(read, takes_ec=True):
        return problem
    made = signing_key_of(Secret(read["key_pem"]), kid=kid or read.get("kid", ""), alg=read.get("alg", ""))
    return made if algorithms_of(made.facts) else _problem("odd_alg")


def make_signing_key(alg: str, *, kid: str = "") -> SigningKey:
    """A new key for one algorithm: RSA 2048, or EC on the curve that it needs."""
    curves: dict[str, ec.EllipticCurve] = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    if alg in curves:
        key = ec.generate_private_key(curves[alg])
    else:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return signing_key_of(Secret(_pem_of(key)), kid=kid, alg=alg)


def _read(data: bytes, extra: bytes | None, password: str | None) -> dict[str, Any] | KeyFileProblem:
    if len(data) + len(extra or b"") > MAX_BYTES:
        return _problem("too_large")
    if not data.strip():
        return _problem("empty")
    read = _read_in_child(data, extra, password)
    return _problem(read["problem"], *read.get("numbers", ())) if "problem" in read else read


def _key_problem(read: dict[str, Any], *, takes_ec: bool) -> KeyFileProblem | None:
    if read["key_type"] == "EC" and takes_ec:
        return None
    if read["key_type"] != "RSA":
        return _problem("other_key" if takes_ec else "not_rsa")
    if read["key_bits"] < MIN_RSA_BITS:
        return _problem("weak_key")
    return _problem("long_key") if read["key_bits"] > MAX_RSA_BITS else None


def _pem_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    form = serialization
    return key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()).decode("ascii")


def make_certificate(common_name: str, *, days: int, now: int) -> Certificate:
    """A new RSA 2048 key with a self-signed certificate (SHA-256).

    It is valid from an hour before `now` (epoch seconds), for clocks that lag.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _common_name(common_name))])
    starts = datetime.fromtimestamp(now, UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts - timedelta(hours=1))
        .not_valid_after(starts + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    chain_pem = to_pem([certificate])
    return Certificate(Secret(_pem_of(key)), chain_pem, facts_of(chain_pem))


def _common_name(text: str) -> str:
    """At most 64 characters (RFC 5280 upper bound), printable, never empty."""
    kept = "".join(char for char in text if char.isprintable()).strip()[:64]
    return kept or "token console client"


def _read_in_child(data: bytes, extra: bytes | None, password: str | None) -> dict[str, Any]:
    asked = {
        "data": base64.b64encode(data).decode("ascii"),
        "extra": base64.b64encode(extra).decode("ascii") if extra else None,
        "password": password,
    }
    command = [sys.executable, "-I", str(_READER)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program, no argument comes from a person
            command, input=json.dumps(asked).encode("ascii"), capture_output=True, timeout=WALL_S, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return {"problem": "too_slow"}
    if done.returncode < 0:
        return {"problem": "too_slow"}
    if done.returncode > 0:
        return {"problem": "damaged"}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _judge(read: dict[str, Any], now: int) -> KeyFile | KeyFileProblem:
    listed = [x509.load_der_x509_certificate(base64.b64decode(text)) for text in read["certificates"]]
    chain = order_chain(listed, base64.b64decode(read["public_key"]))
    if not chain:
        return _problem("key_mismatch")
    chain_pem = to_pem(chain)
    facts = facts_of(chain_pem)
    notes = [_NOTES[note] for note in read["notes"]]
    if chain != listed[: len(chain)]:
        notes.append("The certificates were put in order: the one of this key first, then its issuers.")
    notes += _date_notes(facts, now)
    return KeyFile(Certificate(Secret(read["key_pem"]), chain_pem, facts), tuple(notes))


def _date_notes(facts: CertificateFacts, now: int) -> list[str]:
    if now >= facts.not_after:
        return [f"The certificate expired on {_day(facts.not_after)}; providers will refuse it. Renew it."]
    if now < facts.not_before:
        return [f"The certificate is valid only from {_day(facts.not_before)}; providers will refuse it until then."]
    return []


def _day(epoch_s: int) -> str:
    return datetime.fromtimestamp(epoch_s, UTC).strftime("%Y-%m-%d")


_NOTES = {
    "escaped_newlines": (
        "The line breaks of the PEM text had been replaced (by \\n or blanks), as happens in environment variables; "
        "they were put back."
    ),
}

_PROBLEMS = {
    "too_large": ("The file is larger than 64 KB.", "Upload only the key and its certificate chain."),
    "empty": ("The file is empty.", "Export it again and upload it."),
    "too_slow": (
        "Opening the file took too long: it asks for very many password rounds, or its RSA key is very long.",
        "Export it again with the usual settings of openssl or Windows; a very long key as PEM.",
    ),
    "damaged": ("The file is damaged, or is not a key file this console reads.", "Export it again as PFX or PEM."),
    "wrong_password": ("Wrong password or damaged file.", "Enter the password that was set when it was exported."),
    "password_needed": ("The private key is encrypted and no password was given.", "Enter its password."),
    "not_a_key_file": (
        "This is not a PFX file, and not a PEM or JWK file either.",
        "Upload a .pfx, .p12, .pem or .jwk file.",
    ),
    "cut_short": (
        "The file is cut short: {} of {} bytes are there.",
        "Copy or download it again, as a file and not as text, and compare the sizes.",
    ),
    "jwk_public": (
        "This is a public key (JWK): its private member d is not there.",
        "Upload the private key, as JWK with x5c, or as PFX or PEM with its certificate.",
    ),
    "long_key": (
        "The RSA key is longer than 8192 bits, which providers do not take.",
        "Make a key of 2048 to 4096 bits, and register its certificate.",
    ),
    "java_keystore": (
        "This is a Java keystore.",
        "Export it with keytool -importkeystore -deststoretype PKCS12 and upload the result.",
    ),
    "ssh_key": (
        "This is an SSH key, which has no certificate.",
        "Upload the key and certificate that belong to the app registration, as PFX or PEM.",
    ),
    "request": (
        "This holds a certificate request, not a certificate.",
        "Upload the certificate that the authority issued for it, with the private key.",
    ),
    "no_key": (
        "The certificate is there, but the private key is missing.",
        "Upload the private key as well, or a PFX that was exported with it.",
    ),
    "no_certificate": (
        "The private key is there, but the certificate is missing.",
        "Upload the certificate as a second PEM file, a PFX that holds both, or a JWK with x5c.",
    ),
    "too_many": (
        "The files hold more than one private key, or more than 20 certificates.",
        "Leave one private key with its own certificate chain.",
    ),
    "key_mismatch": (
        "The private key and the certificate do not belong together: their public keys differ.",
        "Upload the certificate that was issued for this key.",
    ),
    "other_key": (
        "The key is neither an RSA key nor an EC key on the curve P-256, P-384 or P-521.",
        "Make a key of one of these kinds, and register its public half.",
    ),
    "odd_alg": (
        "The key file says that the key is for an algorithm which it cannot sign with.",
        "Correct its member alg, or leave it out.",
    ),
    "not_rsa": (
        "The key is not an RSA key; Entra ID accepts RSA only for client certificates.",
        "Make an RSA key of 2048 bits or more, and register its certificate.",
    ),
    "weak_key": (
        "The RSA key is shorter than 2048 bits, which providers refuse.",
        "Make a key of 2048 bits or more, and register its certificate.",
    ),
}


def _problem(code: str, *numbers: int) -> KeyFileProblem:
    what, do = _PROBLEMS[code]
    return KeyFileProblem(code, what.format(*(f"{number:,}" for number in numbers)), do)
