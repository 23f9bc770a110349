"""Reads a JSON Web Key Set (RFC 7517), tolerantly: every key is listed with what is wrong with it."""

import base64
import math
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm

from console.core.defect import Defect, PartName
from console.core.json import strict as strict_json
from console.core.json.text import shorten
from console.core.tokens import base64url
from console.core.tokens.algorithms import jws_algorithms
from console.core.tokens.times import json_type

MAX_KEYS = 100
MAX_CHARACTERS = 1024 * 1024
MAX_CERTIFICATE = 32 * 1024
MIN_RSA_BITS = 2048
MAX_RSA_BITS = 8192
_CURVE_BITS = {"P-256": 256, "P-384": 384, "P-521": 521, "secp256k1": 256, "Ed25519": 256, "Ed448": 448}
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth"})
_PUBLIC = {"RSA": ("n", "e"), "EC": ("crv", "x", "y"), "OKP": ("crv", "x"), "oct": ("k",)}
_READERS = {"RSA": "RS256", "EC": "ES256", "OKP": "EdDSA", "oct": "HS256"}  # an algorithm that reads such keys
_NIST_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
_MARKER_PRIMES = (
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
    113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a set. Absent members are "" (`key_ops`: None). `bits` is 0 when unknown.

    `problem` is "" when the key may verify signatures, else a reason code of `SignatureResult`: weak-key, key-use or
    unsupported-key; `detail` is then one sentence. `position` counts from 0. `material` holds what is needed to verify:
    never a private member, but for `oct` the secret itself, so it is left out of the repr.
    """

    position: int
    kid: str
    kty: str
    crv: str
    alg: str
    use: str
    key_ops: tuple[str, ...] | None
    bits: int
    is_private: bool
    problem: str = ""
    detail: str = ""
    material: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_symmetric(self) -> bool:
        return self.kty == "oct"


@dataclass(frozen=True, slots=True)
class KeySet:
    """The keys in order; `defects` tell what a careful reader must know. Each key object is made once, on first use.

    `is_secret` says that somebody gave it as a shared secret. Any other set counts as published, and a symmetric key in
    it verifies nothing: whoever reads the set could have signed (RFC 8725 section 3.5).
    """

    keys: tuple[Key, ...] = ()
    defects: tuple[Defect, ...] = ()
    is_secret: bool = False
    _made: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)

    def find(self, kid: str) -> tuple[Key, ...]:
        return tuple(key for key in self.keys if key.kid == kid)

    def key_object(self, key: Key) -> Any:
        """What PyJWT verifies with; None when the numbers are no usable key (a point that is not on its curve)."""
        if key.position not in self._made:
            self._made[key.position] = _make(key)
        return self._made[key.position]


def _make(key: Key) -> Any:
    from jwt.exceptions import PyJWTError  # here, for what it loads: see `jws_algorithms`

    try:
        return jws_algorithms()[_READERS[key.kty]].from_jwk({"kty": key.kty, **key.material})
    except (PyJWTError, ValueError, TypeError, KeyError, UnsupportedAlgorithm):
        return None


def read_jwks(source: str | dict[str, Any] | list[Any]) -> KeySet:
    """The keys of a JWKS text or decoded value; a single JWK and a bare list of keys are read too. Never raises."""
    if isinstance(source, str):
        if len(source) > MAX_CHARACTERS:
            message = f"The key set has {len(source)} characters; the limit is {MAX_CHARACTERS}."
            return KeySet(defects=(_defect("too-large", message),))
        reading = strict_json.read_text(source.strip(), PartName.TOKEN)
        if not reading.is_json:
            return KeySet(defects=(_not_json(source, reading.defects),))
        kept = tuple(
            Defect(d.code, d.part, d.message.replace("The token", "The key set"), d.is_severe) for d in reading.defects
        )
        value: Any = reading.value
    else:
        kept, value = (), source
    if isinstance(value, dict) and "keys" not in value and "kty" in value:
        value = [value]
    entries = value.get("keys") if isinstance(value, dict) else value
    if not isinstance(entries, list):
        return KeySet(defects=(*kept, _defect("not-a-key-set", "This is no key set: it has no list named keys.")))
    return _read_entries(entries, kept)


def _not_json(text: str, defects: tuple[Defect, ...]) -> Defect:
    if text.lstrip()[:1] == "<":
        return _defect("not-json", "The key set is a web page, not JSON: is the address right?")
    return _defect(defects[-1].code, defects[-1].message.replace("The token", "The key set"))


def _defect(code: str, message: str, is_severe: bool = True) -> Defect:
    return Defect(code, PartName.TOKEN, message, is_severe)


def _read_entries(entries: list[Any], kept: tuple[Defect, ...]) -> KeySet:
    found = list(kept)
    if not entries:
        found.append(_defect("no-keys", "The key set holds no keys."))
    if len(entries) > MAX_KEYS:
        found.append(
            _defect("too-many-keys", f"The key set holds {len(entries)} keys; only the first {MAX_KEYS} were read.")
        )
    keys: list[Key] = []
    for position, entry in enumerate(entries[:MAX_KEYS]):
        if isinstance(entry, dict):
            keys.append(_read_key(position, entry))
        else:
            found.append(_defect("not-a-key", f"Key {position + 1} is {json_type(entry)}, not a key."))
    return KeySet(tuple(keys), (*found, *_set_defects(keys)))


def _set_defects(keys: list[Key]) -> list[Defect]:
    found: list[Defect] = []
    seen: set[str] = set()
    for key in keys:
        name = _name(key)
        if key.kid and key.kid in seen:
            found.append(
                _defect("duplicate-kid", f"{name} has the same kid as another key: a verifier may pick either.")
            )
        seen.add(key.kid)
        if key.is_private:
            found.append(
                _defect("private-key", f"{name} is a private key, which must never be in a published key set.")
            )
        if key.is_symmetric:
            found.append(
                _defect("symmetric-key", f"{name} is a shared secret: whoever reads the set can sign with it.")
            )
        if key.problem:
            found.append(_defect(key.problem, key.detail, is_severe=key.problem == "weak-key"))
    return found


def _name(key: Key) -> str:
    return f"Key {shorten(key.kid, 60)}" if key.kid else f"Key number {key.position + 1}"


def _text(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _read_key(position: int, entry: dict[str, Any]) -> Key:
    kty = _text(entry, "kty")
    ops = entry.get("key_ops")
    if kty in ("RSA", "EC") and not any(name in entry for name in _PUBLIC[kty]):
        entry = {**entry, **_in_certificate(entry.get("x5c"), kty)}
    material = {name: entry[name] for name in _PUBLIC.get(kty, ()) if isinstance(entry.get(name), str)}
    key = Key(
        position, _text(entry, "kid"), kty, _text(entry, "crv"), _text(entry, "alg"), _text(entry, "use"),
        tuple(filter(lambda op: isinstance(op, str), ops)) if isinstance(ops, list) else None,
        _bits(kty, material), kty != "oct" and not _PRIVATE.isdisjoint(entry), material=material,
    )  # fmt: skip
    problem, detail = _problem(key)
    if not problem:
        return key
    return Key(
        key.position, key.kid, key.kty, key.crv, key.alg, key.use, key.key_ops, key.bits, key.is_private, problem,
        f"{_name(key)} {detail}", material,
    )  # fmt: skip


def _in_certificate(chain: Any, kty: str) -> dict[str, Any]:
    """The public members in the first certificate of x5c, for a key that has them nowhere else; empty without any."""
    leaf = chain[0] if isinstance(chain, list) and chain else None
    if not isinstance(leaf, str) or len(leaf) > MAX_CERTIFICATE:
        return {}
    from cryptography import x509  # here, for what it loads: few keys come as a certificate
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from jwt.algorithms import ECAlgorithm, RSAAlgorithm

    try:
        public = x509.load_der_x509_certificate(base64.b64decode(leaf, validate=True)).public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return {}
    jwk: dict[str, Any] = {}
    if kty == "RSA" and isinstance(public, RSAPublicKey):
        jwk = RSAAlgorithm.to_jwk(public, as_dict=True)
    elif kty == "EC" and isinstance(public, EllipticCurvePublicKey) and public.curve.name in _NIST_CURVES:
        jwk = ECAlgorithm.to_jwk(public, as_dict=True)
    return {name: jwk[name] for name in _PUBLIC[kty] if name in jwk}


def _bits(kty: str, material: dict[str, str]) -> int:
    if kty in ("EC", "OKP"):
        return _CURVE_BITS.get(material.get("crv", ""), 0)
    raw = base64url.decode(material.get("n" if kty == "RSA" else "k", "")).raw or b""
    return len(raw) * 8 if kty == "oct" else int.from_bytes(raw).bit_length()


def _problem(key: Key) -> tuple[str, str]:
    if key.kty not in _PUBLIC:
        return "unsupported-key", f"has the key type “{shorten(key.kty)}”, which is not known here."
    if any(name not in key.material for name in _PUBLIC[key.kty]):
        return "unsupported-key", "lacks members that its key type needs."
    if key.kty in ("EC", "OKP") and not key.bits:
        return "unsupported-key", f"is on the curve “{shorten(key.crv)}”, which is not known here."
    if key.use and key.use != "sig":
        return "key-use", f"is not for signatures: its use is “{shorten(key.use)}”."
    if key.key_ops is not None and "verify" not in _operations(key):
        return "key-use", "may not verify signatures: its key_ops do not hold verify."
    return _weakness(key)


def _operations(key: Key) -> set[str]:
    """A private key's key_ops name sign; its public half verifies."""
    operations = set(key.key_ops or ())
    return operations | {"verify"} if key.is_private and "sign" in operations else operations


def _weakness(key: Key) -> tuple[str, str]:
    if key.kty == "oct":
        return ("weak-key", "is an empty secret.") if not key.bits else ("", "")
    if key.kty != "RSA":
        return "", ""
    if key.bits < MIN_RSA_BITS:
        return "weak-key", f"has {key.bits} bits; RSA keys need at least {MIN_RSA_BITS}."
    if key.bits > MAX_RSA_BITS:
        return (
            "unsupported-key",
            f"has {key.bits} bits; more than {MAX_RSA_BITS} are not used here, they cost too much time.",
        )
    exponent = int.from_bytes(base64url.decode(key.material["e"]).raw or b"")
    if exponent < 3 or not exponent & 1:
        return (
            "weak-key",
            f"has the public exponent {exponent if exponent < 3 else 'of an even number'}, which protects nothing.",
        )
    if exponent.bit_length() > 64:
        return "unsupported-key", "has a public exponent beyond 64 bits."
    if _is_roca(int.from_bytes(base64url.decode(key.material["n"]).raw or b"")):
        return "weak-key", "comes from a faulty generator (ROCA, CVE-2017-15361): its private key can be computed."
    return "", ""


def _is_roca(modulus: int) -> bool:
    """Moduli of the faulty library are powers of 65537 modulo every small prime; others hardly ever."""
    return all(_is_power(modulus % prime, prime) for prime in _MARKER_PRIMES) and math.gcd(modulus, 6) == 1


def _is_power(residue: int, prime: int) -> bool:
    power = 1
    for _ in range(prime):
        if power == residue:
            return True
        power = power * 65537 % prime
    return False
