"""The key to which an open profile's tokens are bound, and fresh proofs that it is here (RFC 9449)."""

from console.adapters import clock, keyfiles, random
from console.core.credential import Secret, SigningKey
from console.core.errors import Misconfigured
from console.core.oauth import dpop
from console.core.oauth.fresh import Fresh
from console.core.profile_checks.settings import DPOP
from console.core.providers import destination_of
from console.core.tokens.signing_keys import signing_key_of
from console.services.opening import OpenProfile
from console.store import proof_keys
from console.store.proof_keys import ProofKeyName


def of_profile(opened: OpenProfile) -> SigningKey | None:
    """Made when it is first needed; None where the profile's tokens are bound to no key."""
    alg = opened.profile.settings.get(DPOP.name, "")
    if not alg:
        return None
    kept = proof_keys.find_or_keep(_name(opened, alg), lambda: keyfiles.make_signing_key(alg).private_key_pem)
    return signing_key_of(kept, alg=alg)


def held_by(opened: OpenProfile) -> SigningKey | None:
    """The key as it is kept; none is made, and one that does not open is as good as none."""
    alg = opened.profile.settings.get(DPOP.name, "")
    try:
        kept = proof_keys.find(_name(opened, alg)) if alg else None
    except Misconfigured:
        return None
    return signing_key_of(kept, alg=alg) if kept is not None else None


def _name(opened: OpenProfile, alg: str) -> ProofKeyName:
    destination = destination_of(opened.profile.provider, opened.profile.settings)
    return ProofKeyName(opened.profile.id, opened.connection_id, destination, alg)


def fresh_proof(key: SigningKey, *, method: str, url: str, nonce: str = "", token: Secret | None = None) -> str:
    """A proof for one request, made now."""
    fresh = Fresh(clock.now(), random.new_id(), "", "", Secret(""))
    return dpop.proof(key, method=method, url=url, fresh=fresh, token=token, nonce=nonce)
