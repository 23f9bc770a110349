"""How a token may be used: by its token_type (RFC 6749 section 7.1), which says how it goes into a request."""

from console.core.finding import Finding, Status
from console.core.owner import Owner

BEARER = "bearer"
DPOP = "dpop"


def may_be_sent(token_type: str, *, has_proof_key: bool = False) -> bool:
    """Whether it is a bearer token (RFC 6750), or one whose proof can be made (RFC 9449).

    The name is in any case; absent ("") says nothing against it.
    """
    usable = (BEARER, "", DPOP) if has_proof_key else (BEARER, "")
    return token_type.strip().lower() in usable


def scheme_of(token_type: str) -> str:
    """The scheme of the Authorization header in which such a token goes out."""
    return "DPoP" if token_type.strip().lower() == DPOP else "Bearer"


def check(token_type: str, *, has_proof_key: bool = False) -> tuple[Finding, ...]:
    """Nothing for a token that can be sent; else why this one is sent to no API, and who must change what."""
    if may_be_sent(token_type, has_proof_key=has_proof_key):
        return ()
    shown = token_type.strip()[:40]
    return (
        Finding(
            Status.FAIL,
            f"The provider says that this is no bearer token (token_type {shown}), so it is not sent to the API.",
            _WHY.get(shown.lower(), "A client must not use a token of a type it does not know (RFC 6749 section 7.1)."),
            _DO.get(shown.lower(), "Ask the provider's administrator to issue bearer tokens to this client."),
            Owner.IDENTITY_PROVIDER,
            expected="Bearer",
            actual=shown,
            check="token-use",
            source="RFC 6749 section 7.1",
        ),
    )


_WHY = {
    "n_a": "N_A marks what a token exchange gave as no access token (RFC 8693 section 2.2.1): no API takes it.",
    "dpop": "A DPoP token is worth nothing without a proof by the key it is bound to (RFC 9449), and this profile has "
    "no such key.",
    "pop": "A proof-of-possession token is worth nothing without a proof by the client's key; this console sends none.",
    "mac": "A MAC token is used by signing each request with its key, which this console does not do.",
}
_DO = {
    "dpop": "Choose “Bind tokens to a key (DPoP)” in the profile, and get a new token.",
    "n_a": "Ask for an access token: requested_token_type urn:ietf:params:oauth:token-type:access_token.",
}
