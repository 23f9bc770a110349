"""Reads the private or shared key that somebody pasted to decrypt one token; nothing here outlives the call."""

from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa, x448, x25519
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey

from console.core.json import strict as strict_json
from console.core.json.text import shorten
from console.core.tokens import base64url

MAX_CHARACTERS = 64 * 1024
MAX_RSA_BITS = 4096  # beyond, checking the key alone holds the interpreter for seconds
MAX_TRIED = 2
_MAX_MEMBER = 700  # base64url characters of 4096 bits, and some
_KEPT = {"RSA": ("n", "e", "d", "p", "q", "dp", "dq", "qi"), "EC": ("crv", "x", "y", "d"), "OKP": ("crv", "x", "d")}
_PRIMES = ("p", "q", "dp", "dq", "qi")
_DECRYPTING = frozenset({"decrypt", "unwrapKey", "deriveKey", "deriveBits"})
_KINDS: dict[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
_BIT_LENGTHS = {
    "A128CBC-HS256": 256, "A192CBC-HS384": 384, "A256CBC-HS512": 512, "A128GCM": 128, "A192GCM": 192, "A256GCM": 256,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WantedKey:
    """What a token's header asks for. `kid` and `crv` (of the ephemeral key) are "" when it names none."""

    alg: str
    enc: str
    kid: str = ""
    crv: str = ""

    @property
    def is_password(self) -> bool:
        return self.alg.startswith("PBES2")

    @property
    def key_types(self) -> tuple[str, ...]:
        if self.alg.startswith("RSA"):
            return ("RSA",)
        return ("EC", "OKP") if self.alg.startswith("ECDH") else ("oct",)

    @property
    def size_bytes(self) -> int:
        """How long a shared key must be; 0 when any length will do."""
        if self.alg == "dir":
            return _BIT_LENGTHS.get(self.enc, 0) // 8
        return 0 if self.is_password or self.key_types != ("oct",) else int(self.alg[1:4]) // 8


@dataclass(frozen=True, slots=True, repr=False)
class Candidates:
    """The keys to try, at most MAX_TRIED; without any, `problem` is one sentence that says why."""

    keys: tuple[Key, ...] = ()
    problem: str = ""


class _Unfit(Exception):
    """Why a key is not tried: one sentence, never with a part of the key."""


def read(text: str, wanted: WantedKey) -> Candidates:
    """The keys in a JWK, a JWKS, a PEM private key, or raw octets as the token's alg asks for. Never raises."""
    if len(text) > MAX_CHARACTERS:
        return Candidates(problem=f"The key has {len(text)} characters; the limit is {MAX_CHARACTERS}.")
    if not text.strip():
        return Candidates(problem=f"No key was given; {wanted.alg} needs {_needed(wanted)}.")
    try:
        return _read(text, wanted)
    except _Unfit as reason:
        return Candidates(problem=str(reason))


def _read(text: str, wanted: WantedKey) -> Candidates:
    entries = _entries(text.strip())
    if wanted.is_password and not _holds_shared_key(entries):
        return Candidates((_octets(text.strip("\r\n").encode("utf-8", "surrogatepass")),))
    if entries is not None:
        return _choose(entries, wanted)
    if "-----BEGIN" in text:
        return Candidates((_from_pem(text.strip(), wanted),))
    if wanted.key_types != ("oct",):
        raise _Unfit(f"This is neither a JWK nor a PEM text; {wanted.alg} needs {_needed(wanted)}.")
    decoded = base64url.decode(text.strip())
    if decoded.raw is None or decoded.problems:
        raise _Unfit(f"This is not a key in base64url; {wanted.alg} needs {_needed(wanted)}.")
    return Candidates((_sized(decoded.raw, wanted),))


def _needed(wanted: WantedKey) -> str:
    if wanted.is_password:
        return "a password"
    if wanted.key_types == ("oct",):
        return f"a shared key of {wanted.size_bytes} bytes, as JWK or base64url"
    kind = "an RSA" if wanted.key_types == ("RSA",) else "an EC or X25519"
    return f"{kind} private key, as JWK or PEM"


def _entries(text: str) -> list[Any] | None:
    """The keys of a JSON text; None when it is no JSON."""
    if not text.startswith(("{", "[")):
        return None
    reading = strict_json.read_text(text)
    if not reading.is_json:
        return None
    value = reading.value
    if isinstance(value, dict):
        value = value.get("keys", [value])
    return value if isinstance(value, list) else []


def _holds_shared_key(entries: list[Any] | None) -> bool:
    return any(isinstance(entry, dict) and entry.get("kty") == "oct" for entry in entries or ())


def _choose(entries: list[Any], wanted: WantedKey) -> Candidates:
    """The keys that may fit: those that the token's kid names, else every one."""
    named = [entry for entry in entries if isinstance(entry, dict) and wanted.kid and entry.get("kid") == wanted.kid]
    keys: list[Key] = []
    reasons: list[str] = []
    for entry in named or entries:
        try:
            keys.append(_from_jwk(entry, wanted))
        except _Unfit as reason:
            reasons.append(str(reason))
        if len(keys) == MAX_TRIED:
            break
    if keys:
        return Candidates(tuple(keys))
    return Candidates(problem=reasons[0] if reasons else "The key set holds no keys.")


def _from_jwk(entry: Any, wanted: WantedKey) -> Key:
    if not isinstance(entry, dict) or not isinstance(entry.get("kty"), str):
        raise _Unfit("This JSON is no key: it has no kty.")
    kty = entry["kty"]
    if kty not in wanted.key_types:
        raise _Unfit(f"The key is of type {shorten(kty, 20)}; {wanted.alg} needs {_needed(wanted)}.")
    _must_be_meant_for(entry, wanted)
    if kty == "oct":
        decoded = base64url.decode(entry["k"] if isinstance(entry.get("k"), str) else "")
        if not decoded.raw or decoded.problems:
            raise _Unfit("The key's member k is not base64url.")
        return _octets(decoded.raw) if wanted.is_password else _sized(decoded.raw, wanted)
    return _private(entry, kty, wanted)


def _must_be_meant_for(entry: dict[str, Any], wanted: WantedKey) -> None:
    """`use`, `key_ops` and `alg` bind a key to one purpose (RFC 7517 sections 4.2 to 4.4)."""
    use, ops, alg = entry.get("use"), entry.get("key_ops"), entry.get("alg")
    if use not in (None, "enc"):
        raise _Unfit(f"The key is not for encryption: its use is “{shorten(str(use), 20)}”.")
    if isinstance(ops, list) and not any(isinstance(op, str) and op in _DECRYPTING for op in ops):
        raise _Unfit("The key may not decrypt: its key_ops name no such operation.")
    accepted = {wanted.alg, wanted.enc} if wanted.alg == "dir" else {wanted.alg}
    if isinstance(alg, str) and alg not in accepted:
        raise _Unfit(f"The key is for {shorten(alg, 40)}; the token was encrypted with {wanted.alg}.")


def _private(entry: dict[str, Any], kty: str, wanted: WantedKey) -> Key:
    if "d" not in entry:
        raise _Unfit("This is a public key; decrypting needs the private one.")
    members = {name: entry[name] for name in _KEPT[kty] if name in entry}
    if not all(isinstance(value, str) for value in members.values()):
        raise _Unfit("A member of the key is not a text.")
    if any(len(value) > _MAX_MEMBER for value in members.values()):
        raise _Unfit(f"The key is too large; RSA keys up to {MAX_RSA_BITS} bits are used here.")
    if kty == "RSA" and not all(name in members for name in _PRIMES):
        raise _Unfit("The RSA key lacks its primes (p, q, dp, dq, qi); finding them again costs too much time.")
    if wanted.crv and members.get("crv") != wanted.crv:
        raise _Unfit(_other_curve(members.get("crv", ""), wanted))
    try:
        return _KINDS[kty].import_key({"kty": kty, **members})
    except (JoseError, ValueError, TypeError, KeyError, UnsupportedAlgorithm):
        raise _Unfit("The numbers of the key do not make a usable private key.") from None


def _other_curve(crv: str, wanted: WantedKey) -> str:
    return f"The key is on the curve {shorten(crv, 20)}; the token was made for a key on {shorten(wanted.crv, 20)}."


def _from_pem(text: str, wanted: WantedKey) -> Key:
    if "ENCRYPTED" in text:
        raise _Unfit("The private key is itself protected by a password: give it without, or as JWK.")
    if "PRIVATE KEY-----" not in text:
        raise _Unfit("This PEM text holds no private key; decrypting needs it.")
    if "OPENSSH" in text:
        raise _Unfit("This is a private key in OpenSSH form: convert it to PEM (PKCS#8).")
    if len(text) > 3 * MAX_RSA_BITS:
        raise _Unfit(f"The key is too large; RSA keys up to {MAX_RSA_BITS} bits are used here.")
    try:
        made: object = load_pem_private_key(text.encode("utf-8", "replace"), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _Unfit("The PEM text cannot be read as a private key.") from None
    return _fitting(made, wanted)


def _fitting(made: object, wanted: WantedKey) -> Key:
    if isinstance(made, rsa.RSAPrivateKey) and "RSA" in wanted.key_types:
        if made.key_size > MAX_RSA_BITS:
            raise _Unfit(f"The key has {made.key_size} bits; RSA keys up to {MAX_RSA_BITS} bits are used here.")
        return RSAKey.import_key(made)
    key: ECKey | OKPKey | None = None
    if isinstance(made, ec.EllipticCurvePrivateKey) and "EC" in wanted.key_types:
        key = _known_curve(made)
    elif isinstance(made, x25519.X25519PrivateKey | x448.X448PrivateKey) and "OKP" in wanted.key_types:
        key = OKPKey.import_key(made)
    if key is None:
        raise _Unfit(f"This private key is of another type; {wanted.alg} needs {_needed(wanted)}.")
    if wanted.crv and key.curve_name != wanted.crv:
        raise _Unfit(_other_curve(key.curve_name, wanted))
    return key


def _known_curve(made: ec.EllipticCurvePrivateKey) -> ECKey:
    if made.curve.name not in {"secp256r1", "secp384r1", "secp521r1"}:
        raise _Unfit(f"Keys on the curve {made.curve.name} are not used in encrypted tokens.")
    return ECKey.import_key(made)


def _sized(raw: bytes, wanted: WantedKey) -> Key:
    if len(raw) != wanted.size_bytes:
        by = f"{wanted.alg} with {wanted.enc}" if wanted.alg == "dir" else wanted.alg
        raise _Unfit(f"The key has {len(raw)} bytes; {by} needs {wanted.size_bytes}.")
    return _octets(raw)


def _octets(raw: bytes) -> Key:
    """Made directly: `import_key` parses every octet string as PEM and DER first, and warns of short passwords."""
    return OctKey(raw, raw)
