"""What the evidence says about where the keys came from and whether the token's key was among them."""

from console.core.diagnosis.reading import Reading
from console.core.diagnosis.reasons import tales
from console.core.issuers import host_of


def key_source(reading: Reading) -> str:
    """The address the keys are read from: named by the verifier, configured, or in the policy; "" when unknown."""
    if reading.signature.source:
        return reading.signature.source
    stated = reading.fact("jwks_uri", "metadata", "metadata_url")
    if isinstance(stated, str) and host_of(stated):
        return stated
    demands = reading.policy.demands if reading.policy else ()
    return next((url for demand in demands for url in demand.metadata), "")


def kid_is_unknown(reading: Reading) -> bool:
    """True when the verifier did not find the key: it said so, or our own check of its source did."""
    return reading.signature.is_kid_known is False or reading.phrase("signing-key-retired") is not None


def is_explained_otherwise(reading: Reading) -> bool:
    """True when a key of the application's own, or an old key set, explains the unknown key better."""
    if reading.phrase("app-specific-signing-key") or tales.restart_helps(reading):
        return True
    return reading.phrase("jwks-cache-stale") is not None and reading.signature.is_kid_known is not False
