"""What a strict reader rejects in a JOSE header (RFC 7515 section 4, RFC 7516 section 4, RFC 8725)."""

import re
import unicodedata
from typing import Any

from console.core.defect import Defect, PartName
from console.core.json.text import shorten
from console.core.json.values import NumberText
from console.core.tokens.times import json_type

# Signature bytes per algorithm (RFC 7518 sections 3.2 and 3.4, RFC 8037, RFC 8812); RSA: at least a 2048-bit modulus.
SIGNATURE_BYTES = {
    "HS256": 32, "HS384": 48, "HS512": 64, "ES256": 64, "ES384": 96, "ES512": 132, "ES256K": 64,
    "RS256": 256, "RS384": 256, "RS512": 256, "PS256": 256, "PS384": 256, "PS512": 256,
}  # fmt: skip
_EDWARDS_BYTES = {"EdDSA": (64, 114), "Ed25519": (64,), "Ed448": (114,)}
UNDERSTOOD_CRITICAL = {"b64"}
_MAX_PBES2_COUNT = 1_200_000
_MAX_KID = 512
# Two dashes alone are no SQL comment: one thumbprint in two hundred holds them (base64url).
_INJECTION = re.compile(
    r"\.\.[/\\]|://|\s--|--\s|\$\(|[\x00-\x1f`'\";|<>\\]|^/(?:etc|dev|proc|sys|var|tmp|usr|home|root)/"
)


def is_unsecured(alg: Any) -> bool:
    """Whether `alg` reads as none, however it is spelled: nOnE, "none ", full-width letters."""
    if not isinstance(alg, str) or alg in SIGNATURE_BYTES or len(alg) > 40:
        return False
    folded = unicodedata.normalize("NFKC", alg)
    return "".join(filter(str.isalnum, folded)).casefold() == "none"


def jws_defects(header: dict[str, Any]) -> list[Defect]:
    """Defects of a JWS header; `alg` none is one of them."""
    found = _algorithm(header)
    if header.keys() <= {"alg", "typ"}:
        return found
    return [*found, *_kid(header), *key_defects(header), *critical_defects(header), *_unencoded(header)]


def jwe_defects(header: dict[str, Any]) -> list[Defect]:
    """Defects of a JWE header: what makes decrypting costly or weak. Nothing is ever decrypted here."""
    found = _algorithm(header) + _kid(header) + key_defects(header) + critical_defects(header)
    if not isinstance(header.get("enc"), str):
        found.append(
            _defect("enc-missing", "The header of an encrypted token must name its content encryption in enc.")
        )
    count = header.get("p2c")
    if isinstance(count, NumberText) or (isinstance(count, int) and count > _MAX_PBES2_COUNT):
        found.append(
            _defect("jwe-work-factor", "p2c asks for so many key derivation rounds that it may stop a server.")
        )
    if "zip" in header:
        found.append(
            _defect("jwe-compressed", "The content is compressed (zip): a small token may unfold to a huge one.", False)
        )
    if header.get("alg") == "RSA1_5":
        found.append(
            _defect("jwe-rsa1-5", "RSA1_5 key encryption is deprecated: it allows padding oracle attacks.", False)
        )
    return found


def signature_defect(alg: Any, signature: bytes) -> Defect | None:
    """Whether the signature has the length its algorithm needs; None when it fits or the algorithm is unknown."""
    size = len(signature)
    if not isinstance(alg, str):
        return None
    if alg in _EDWARDS_BYTES:
        needs, fits = " or ".join(map(str, _EDWARDS_BYTES[alg])), size in _EDWARDS_BYTES[alg]
    elif alg in SIGNATURE_BYTES:
        length = SIGNATURE_BYTES[alg]
        is_rsa = alg[0] in "RP"
        needs, fits = f"at least {length}" if is_rsa else str(length), size >= length if is_rsa else size == length
    else:
        return None
    if fits:
        return None
    is_der = alg.startswith("ES") and signature[:1] == b"\x30"
    guess = "is it in DER form?" if is_der else "is it cut off?" if size < int(needs.split()[-1]) else "is it damaged?"
    message = f"The signature is {size} bytes, {alg} needs {needs}: {guess}"
    return Defect("signature-length", PartName.SIGNATURE, message)


def _defect(code: str, message: str, is_severe: bool = True) -> Defect:
    return Defect(code, PartName.HEADER, message, is_severe)


def _algorithm(header: dict[str, Any]) -> list[Defect]:
    if "alg" not in header:
        return [_defect("alg-missing", "The header has no alg: no verifier may accept this token.")]
    alg = header["alg"]
    if not isinstance(alg, str):
        return [_defect("alg-not-a-string", f"alg must be a string, but is {json_type(alg)}.")]
    if is_unsecured(alg):
        return [
            _defect(
                "unsecured-alg", f"The token is unsecured: alg is “{shorten(alg)}”, so anybody could have written it."
            )
        ]
    return []


def _kid(header: dict[str, Any]) -> list[Defect]:
    if "kid" not in header:
        return []
    kid = header["kid"]
    if not isinstance(kid, str):
        return [_defect("kid-not-a-string", f"kid must be a string, but is {json_type(kid)}.")]
    if len(kid) > _MAX_KID:
        return [_defect("kid-suspicious", f"kid is {len(kid)} characters long: no key id needs that.")]
    if _INJECTION.search(kid):
        message = "kid looks like a path, a query or an address rather than a key id: it may be an injection attempt."
        return [_defect("kid-suspicious", message)]
    return []


def key_defects(header: dict[str, Any]) -> list[Defect]:
    """What the header brings along to be verified with: addresses, keys, certificates."""
    found = []
    for name in ("jku", "x5u"):
        if name in header:
            message = f"{name}: the key location is chosen by the token itself; it is shown as text and never opened."
            found.append(_defect("key-address-in-header", message))
    if "jwk" in header:
        jwk = header["jwk"]
        symmetric = isinstance(jwk, dict) and jwk.get("kty") == "oct"
        kind = "secret key" if symmetric else "key"
        found.append(
            _defect("embedded-key", f"jwk: the token brings its own {kind}; a signature by this key proves nothing.")
        )
    if "x5c" in header:
        message = "x5c: the token brings its own certificates; by themselves they prove nothing."
        found.append(_defect("embedded-key", message, False))
    return found


def critical_defects(header: dict[str, Any]) -> list[Defect]:
    """Why a verifier must refuse the token because of `crit` (RFC 7515 section 4.1.11)."""
    if "crit" not in header:
        return []
    crit = header["crit"]
    if not isinstance(crit, list) or not all(isinstance(name, str) for name in crit):
        return [_defect("crit-not-a-list", f"crit must be a list of names, but is {json_type(crit)} of another kind.")]
    if not crit:
        return [_defect("crit-empty", "crit must not be an empty list: verifiers must reject this token.")]
    found = []
    if unknown := [name for name in crit if name not in UNDERSTOOD_CRITICAL]:
        names = shorten(", ".join(unknown))
        message = f"The critical extension {names} is not understood: verifiers must reject the token."
        found.append(_defect("crit-not-understood", message))
    if missing := [name for name in crit if name not in header]:
        message = f"crit names {shorten(', '.join(missing))}, which the header lacks: verifiers must reject this token."
        found.append(_defect("crit-member-missing", message))
    return found


def _unencoded(header: dict[str, Any]) -> list[Defect]:
    if header.get("b64") is False:
        message = "The payload is unencoded or detached (b64 is false, RFC 7797), so it is shown as it stands."
        return [_defect("unencoded-payload", message, False)]
    return []
