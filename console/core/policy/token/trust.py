"""The keys a policy trusts, and which of them the gateway's library uses for a token."""

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.core.policy.token.inline_keys import InlineKey
from console.core.tokens.algorithms import jws_algorithms
from console.core.tokens.keys import Key, KeySet

if TYPE_CHECKING:
    from jwt.algorithms import Algorithm

MIN_RSA_BITS, USUAL_RSA_BITS = 1024, 2048
MIN_HMAC_BITS = 128
DOCUMENTED = frozenset({"PS256", "RS256", "RS512", "ES256", "HS256"})
_CURVES = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}
_FAMILIES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "HS": "oct"}
_ALGORITHMS = frozenset(f"{family}{bits}" for family in _FAMILIES for bits in (256, 384, 512))


def is_supported(alg: str) -> bool:
    """Whether the gateway's library knows a signature algorithm; the documentation lists fewer."""
    return alg in _ALGORITHMS


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """One key that may verify. `names` are what else a certificate's key is called, in lower case. `is_inline`: it
    stands in the policy itself.
    """

    keyset: KeySet
    key: Key
    names: tuple[str, ...] = ()
    is_inline: bool = False

    def is_named(self, kid: str, x5t: str) -> bool:
        """Whether a token's header means this key; a certificate's names are compared without letter case."""
        if kid and (kid == self.key.kid or kid.lower() in self.names):
            return True
        return bool(x5t) and (x5t == self.key.kid or x5t.lower() in self.names)

    def fits(self, alg: str) -> bool:
        """One key, one family: a public key never verifies an HMAC."""
        return self.key.kty == _FAMILIES[alg[:2]] and _CURVES.get(alg, self.key.crv) == self.key.crv

    @property
    def is_too_weak(self) -> bool:
        """Too short even for the library, which refuses to verify with it."""
        smallest = {"RSA": MIN_RSA_BITS, "oct": MIN_HMAC_BITS}.get(self.key.kty, 0)
        return self.key.bits < smallest

    def is_weak(self, alg: str) -> bool:
        """Shorter than is usual today: RSA below 2048 bits, a shared key shorter than its hash."""
        usual = {"RSA": USUAL_RSA_BITS, "oct": int(alg[2:])}.get(self.key.kty, 0)
        return self.key.bits < usual

    def verifies(self, alg: str, signed: bytes, signature: bytes) -> bool:
        made = self.keyset.key_object(self.key)
        if made is None:
            return False
        algorithm = jws_algorithms()[alg]
        if alg.startswith("HS"):
            return hmac.compare_digest(algorithm.sign(signed, made), signature)
        return _is_right(algorithm, made, signed, signature)


def _is_right(algorithm: "Algorithm", key: Any, signed: bytes, signature: bytes) -> bool:
    try:
        return bool(algorithm.verify(signed, key, signature))
    except ValueError:  # a signature that no key of this kind makes
        return False


@dataclass(frozen=True, slots=True, repr=False)
class Trust:
    """The keys of the metadata and of the policy itself.

    `missing` names sources that were not given and may hold the right key. A source that is known to be out of reach is
    in none of them: the gateway has no key of it.
    """

    published: tuple[KeySet, ...] = ()
    inline: tuple[InlineKey, ...] = ()
    missing: tuple[str, ...] = ()

    def candidates(self) -> tuple[Candidate, ...]:
        """Every key the library would make of them: of metadata RSA and EC keys whose use is sig or not given.

        What else a key says of itself (alg, key_ops) the library does not look at.
        """
        metadata = [
            Candidate(keyset, key)
            for keyset in self.published
            for key in keyset.keys
            if key.kty in ("RSA", "EC") and _is_usable(key)
        ]
        own = [
            Candidate(inline.keyset, key, inline.names, is_inline=True)
            for inline in self.inline
            for key in inline.keyset.keys
            if _is_usable(key)
        ]
        return (*metadata, *own)


NO_TRUST = Trust()


def _is_usable(key: Key) -> bool:
    return key.use in ("", "sig") and key.problem != "unsupported-key"
