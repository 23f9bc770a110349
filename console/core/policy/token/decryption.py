"""Encrypted tokens: what the gateway can decrypt with the keys of a policy, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.core.defect import PartName
from console.core.policy.engine.model import GatewayCheck, Warned, rests_on
from console.core.policy.engine.switches import Switches, chosen
from console.core.policy.token.compact import TokenShape, malformed, read_object, shape_of
from console.core.policy.token.inline_keys import KeyList, private_blocks
from console.core.policy.token.step_of_checks import unknown
from console.core.tokens import jwe

CHECK = "well-formed"
KEY_ALGORITHMS = frozenset({"dir", "A128KW", "A192KW", "A256KW", "RSA-OAEP", "RSA-OAEP-256"})
CONTENT_ALGORITHMS = frozenset({"A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM"})
_CAPS = {0: jwe.MAX_HEADER, 1: jwe.MAX_ENCRYPTED_KEY, 3: jwe.MAX_CONTENT}  # of parts, as our own reader has them


@dataclass(frozen=True, slots=True)
class ClosedToken:
    """Why a token stays closed."""

    check: GatewayCheck
    warnings: tuple[Warned, ...] = ()


def open_token(text: str, keys: KeyList, certificates: Mapping[str, str], switches: Switches) -> str | ClosedToken:
    """The signed token inside a token of five parts, decrypted with the first key that fits.

    Never raises; nothing of a key is kept or shown.
    """
    header = read_object(text.partition(".")[0], PartName.HEADER)
    if isinstance(header, GatewayCheck):
        return ClosedToken(header)
    alg, enc = header.value.get("alg"), header.value.get("enc")
    if not isinstance(alg, str) or not isinstance(enc, str):
        what = "The header of the encrypted token does not name its algorithms."
        return ClosedToken(malformed("IDX12729", "Unable to decode the header as Base64Url encoded string.", what))
    if not keys.is_there:
        what = "The token is encrypted and the policy has no decryption keys."
        return ClosedToken(malformed("IDX10609", "Decryption failed. No Keys tried: token.", what))
    if alg not in KEY_ALGORITHMS or enc not in CONTENT_ALGORITHMS:
        return _unusual(alg, enc, switches)
    parts = text.split(".")
    if any(len(parts[place]) > cap for place, cap in _CAPS.items()):
        what = "The encrypted token is larger than what is decrypted here."
        return ClosedToken(unknown(CHECK, what, needs=("a smaller encrypted token",)))
    return _tried(text, alg, keys, certificates)


def _unusual(alg: str, enc: str, switches: Switches) -> ClosedToken:
    unsure = (rests_on("jwe-algorithms", "Nobody has confirmed which encryption algorithms the gateway takes."),)
    what = f"The token is encrypted with {alg[:40]} and {enc[:40]}, which the vendor's emulator does not take."
    if chosen(switches, "jwe-algorithms") == "unknown":
        return ClosedToken(unknown(CHECK, what, needs=("jwe-algorithms",)), unsure)
    text = f"Encryption failed. No support for: Algorithm: '{alg[:40]}', SecurityKey: token."
    return ClosedToken(malformed("IDX10615", text, what), unsure)


def _tried(text: str, alg: str, keys: KeyList, certificates: Mapping[str, str]) -> str | ClosedToken:
    needs, candidates = list(keys.needs), keys.secrets
    if alg.startswith("RSA"):
        given = {one: private_blocks(certificates.get(one.certificate_id, "")) for one in keys.certificates}
        needs += [f"{one.certificate_id}: the certificate with its private key" for one in given if not given[one]]
        candidates = tuple(block for blocks in given.values() for block in blocks)
    for key in candidates:
        content = jwe.decrypt(text, key)
        if content.is_decrypted:
            return _inner(content.text)
    if needs:
        what = "The token is encrypted; a key of the policy that may decrypt it was not given."
        return ClosedToken(unknown(CHECK, what, needs=tuple(needs)))
    code, failed = ("IDX10603", "Decryption failed.") if alg == "dir" else ("IDX10618", "Key unwrap failed.")
    what = "The token is encrypted, and no decryption key of the policy decrypts it."
    return ClosedToken(malformed(code, f"{failed} Keys tried: {len(candidates)}.", what))


def _inner(text: str) -> str | ClosedToken:
    shape = shape_of(text)
    if shape is TokenShape.SIGNED:
        return text
    what = "The token was decrypted; what is inside is no signed token."
    return ClosedToken(malformed("IDX12741", "JWT must have three segments (JWS) or five segments (JWE).", what))
