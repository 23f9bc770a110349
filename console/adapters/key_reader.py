"""Opens a key file: run as a program of its own, because a hostile file can ask for minutes of work.

A PFX may demand 2^31 hash rounds before its password is checked (CVE-2026-63572), and the library holds the
interpreter's lock meanwhile. Reads one JSON object from standard input: `data` and `extra` (base64, extra may be null),
`password` (text or null). Writes one: `problem`, or `key_pem`, `key_type`, `key_bits`, `public_key`, `certificates`
(base64 of DER), `notes`, and of a JWK `kid` and `alg`.
It imports nothing of the console, so that it also runs with `python -I` by its path.
"""

import base64
import json
import os
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any

CPU_S = 2
MEMORY_BYTES = 1024**3
MAX_CERTIFICATES = 20
_BEGIN = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----")
_KEY_LABELS = ("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY")
_CURVES = ("secp256r1", "secp384r1", "secp521r1")  # those of RFC 7518 section 3.4
_ESCAPED = "escaped_newlines"
_OTHER_LABELS = {
    "OPENSSH PRIVATE KEY": "ssh_key",
    "CERTIFICATE REQUEST": "request",
    "NEW CERTIFICATE REQUEST": "request",
}


class UnusableKeyFile(Exception):
    """Carries a problem code, with `numbers` for its sentence; never a text of the file or the password."""

    def __init__(self, code: str, *numbers: int) -> None:
        super().__init__(code)
        self.numbers = numbers


def limit() -> None:
    """Two more seconds of processor time for this process, after all others; a gigabyte of memory; no core dump."""
    os.nice(10)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = round(used.ru_utime + used.ru_stime) + CPU_S
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes, extra: bytes, password: str | None) -> dict[str, Any]:
    """What the files hold. Raises Unusable."""
    notes: list[str] = []
    keys: list[Any] = []
    certificates: list[Any] = []
    named: dict[str, str] = {}
    for part in filter(None, (data, extra)):
        found_keys, found_certificates = _read_part(part, password, notes, named)
        keys += found_keys
        certificates += found_certificates
    if not keys:
        raise UnusableKeyFile("no_key")
    if len(keys) > 1 or len(certificates) > MAX_CERTIFICATES:
        raise UnusableKeyFile("too_many")
    return {
        **_describe(keys[0]),
        **named,
        "certificates": [_der(item) for item in certificates],
        "notes": sorted(set(notes)),
    }


def _read_part(
    part: bytes, password: str | None, notes: list[str], named: dict[str, str]
) -> tuple[list[Any], list[Any]]:
    if b"-----BEGIN" in part:
        return _read_pem(part, password, notes)
    if part[:1] == b"\x30":
        _must_be_whole(part)
        return _read_der(part, password)
    if part.lstrip()[:1] == b"{":
        return _read_jwk(part, named)
    if part[:4] in (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"):
        raise UnusableKeyFile("java_keystore")
    raise UnusableKeyFile("not_a_key_file")


def _must_be_whole(part: bytes) -> None:
    """ASN.1 tells the length of the whole file in its first bytes (X.690 section 8.1.3)."""
    if len(part) < 2 or part[1] <= 0x80 or part[1] > 0x84:
        return  # short, or of a form that tells no length
    header = 2 + (part[1] & 0x7F)
    announced = header + int.from_bytes(part[2:header], "big")
    if len(part) < announced:
        raise UnusableKeyFile("cut_short", len(part), announced)


def _read_jwk(part: bytes, named: dict[str, str]) -> tuple[list[Any], list[Any]]:
    """A private RSA or EC key as JWK (RFC 7517), alone or the only one of a key set, with the certificates of its x5c.

    Its `kid` and `alg` are put into `named`.
    """
    from cryptography import x509

    try:
        read = json.loads(part)
        found = read["keys"] if isinstance(read.get("keys"), list) else [read]
        jwk = found[0] if len(found) == 1 else None
        if not isinstance(jwk, dict) or "kty" not in jwk:
            raise UnusableKeyFile("not_a_key_file" if jwk is not None or not found else "too_many")
        if jwk["kty"] not in ("RSA", "EC"):
            raise UnusableKeyFile("other_key")
        if "d" not in jwk:
            raise UnusableKeyFile("jwk_public")
        chain = [x509.load_der_x509_certificate(base64.b64decode(text)) for text in jwk.get("x5c", [])]
        named |= {name: str(jwk[name])[:200] for name in ("kid", "alg") if isinstance(jwk.get(name), str)}
        return [_rsa_of(jwk) if jwk["kty"] == "RSA" else _ec_of(jwk)], chain
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UnusableKeyFile("damaged") from None


def _rsa_of(jwk: dict[str, Any]) -> Any:
    from cryptography.hazmat.primitives.asymmetric import rsa

    n, e, d = (_number(jwk[name]) for name in ("n", "e", "d"))
    p, q = (
        (_number(jwk["p"]), _number(jwk["q"])) if "p" in jwk and "q" in jwk else rsa.rsa_recover_prime_factors(n, e, d)
    )
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), rsa.RSAPublicNumbers(e, n)
    )
    return _consistent(numbers.private_key(unsafe_skip_rsa_key_validation=True))


def _ec_of(jwk: dict[str, Any]) -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec

    curve = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}[jwk["crv"]]
    key = ec.derive_private_key(_number(jwk["d"]), curve)
    public = key.public_key().public_numbers()
    if (public.x, public.y) != (_number(jwk["x"]), _number(jwk["y"])):
        raise UnusableKeyFile("damaged")
    return key


def _number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")


def _consistent(key: Any) -> Any:
    """The key when its numbers belong together. OpenSSL would also test the primes: seconds for a long key."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    if not isinstance(key, rsa.RSAPrivateKey):
        return key
    numbers = key.private_numbers()
    p, q, d, e = numbers.p, numbers.q, numbers.d, numbers.public_numbers.e
    fits = min(p, q) > 2 and p * q == numbers.public_numbers.n and (d * e - 1) % (p - 1) == 0 == (d * e - 1) % (q - 1)
    if not fits:
        raise UnusableKeyFile("damaged")
    return key


def _read_der(part: bytes, password: str | None) -> tuple[list[Any], list[Any]]:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        return [], [x509.load_der_x509_certificate(part)]
    except ValueError:
        pass
    try:
        key, leaf, others = pkcs12.load_key_and_certificates(part, (password or "").encode("utf-8") or None)
    except ValueError as problem:
        if "password" not in str(problem).lower():
            raise UnusableKeyFile("not_a_key_file") from None
        raise UnusableKeyFile("wrong_password" if password else "password_needed") from None
    return [key] if key else [], [*([leaf] if leaf else []), *others]


def _read_pem(part: bytes, password: str | None, notes: list[str]) -> tuple[list[Any], list[Any]]:
    from cryptography import x509

    text = part.decode("utf-8-sig", "replace")
    keys, certificates = [], []
    for label, body in _blocks(text):
        if label in _OTHER_LABELS:
            raise UnusableKeyFile(_OTHER_LABELS[label])
        block = _repaired(label, body, notes)
        if label in _KEY_LABELS:
            keys.append(_load_key(block, password, is_encrypted="ENCRYPTED" in label or "ENCRYPTED" in body))
        elif label.endswith("CERTIFICATE"):
            try:
                certificates.append(x509.load_pem_x509_certificate(block))
            except ValueError:
                raise UnusableKeyFile("damaged") from None
    if not keys and not certificates:
        raise UnusableKeyFile("damaged")
    return keys, certificates


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """(label, body) of each block that ends; a label whose end was looked for in vain is not looked for again."""
    endless: set[str] = set()
    position = 0
    while (begin := _BEGIN.search(text, position)) is not None:
        label, position = begin[1], begin.end()
        end = -1 if label in endless else text.find(f"-----END {label}-----", position)
        if end < 0:
            endless.add(label)
            continue
        yield label, text[position:end]
        position = end + len(f"-----END {label}-----")


def _repaired(label: str, body: str, notes: list[str]) -> bytes:
    """The block with real line breaks: variables and secret stores often turn them into backslash-n, or blanks."""
    if "\\n" in body or "\n" not in body.strip():
        notes.append(_ESCAPED)
        body = body.replace("\\r", "").replace("\\n", "\n")
        if ":" not in body:  # an old encrypted key has header lines, which need their own line breaks
            joined = "".join(body.split())
            body = "\n".join(joined[at : at + 64] for at in range(0, len(joined), 64))
    name = "CERTIFICATE" if label.endswith("CERTIFICATE") else label
    return f"-----BEGIN {name}-----\n{body.strip()}\n-----END {name}-----\n".encode()


def _load_key(block: bytes, password: str | None, *, is_encrypted: bool) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if is_encrypted and not password:
        raise UnusableKeyFile("password_needed")
    try:
        secret = (password or "").encode("utf-8") if is_encrypted else None
        return _consistent(load_pem_private_key(block, secret, unsafe_skip_rsa_key_validation=True))
    except UnsupportedAlgorithm:
        raise UnusableKeyFile("other_key") from None
    except (ValueError, TypeError):
        raise UnusableKeyFile("wrong_password" if is_encrypted else "damaged") from None


def _describe(key: Any) -> dict[str, Any]:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    kind = "RSA" if isinstance(key, rsa.RSAPrivateKey) else "other"
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _CURVES:
        kind = "EC"
    pem = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    public = key.public_key().public_bytes(form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo)
    return {
        "key_pem": pem.decode("ascii"),
        "key_type": kind,
        "key_bits": getattr(key, "key_size", 0),
        "public_key": base64.b64encode(public).decode("ascii"),
    }


def _der(certificate: Any) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode("ascii")


def main() -> None:
    asked = json.load(sys.stdin)
    extra = base64.b64decode(asked["extra"]) if asked["extra"] else b""
    limit()
    try:
        answer = read(base64.b64decode(asked["data"]), extra, asked["password"])
    except UnusableKeyFile as problem:
        answer = {"problem": str(problem), "numbers": problem.numbers}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
