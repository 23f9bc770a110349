"""All ways in which a client proves itself."""

from collections.abc import Iterable

from console.core.client_auth import (
    federated_assertion,
    none,
    private_key_jwt,
    secret_basic,
    secret_post,
    self_signed_tls,
    tls,
)
from console.core.client_auth.base import ClientAuth
from console.core.credential import CredentialKind

CLIENT_AUTHS: tuple[ClientAuth, ...] = (
    private_key_jwt.CLIENT_AUTH,
    secret_post.CLIENT_AUTH,
    secret_basic.CLIENT_AUTH,
    federated_assertion.CLIENT_AUTH,
    tls.CLIENT_AUTH,
    self_signed_tls.CLIENT_AUTH,
    none.CLIENT_AUTH,
)
SETTING = "client_auth"  # of a profile: the code of the way that it chose


def client_auths_of(codes: Iterable[str]) -> tuple[ClientAuth, ...]:
    """Those with these codes, in their order; codes that nobody knows are left out."""
    by_code = {auth.code: auth for auth in CLIENT_AUTHS}
    return tuple(by_code[code] for code in codes if code in by_code)


def client_auth_for(kind: CredentialKind, codes: Iterable[str], chosen: str = "") -> ClientAuth | None:
    """How a credential of that kind proves a client where `codes` are taken; None when no way does.

    Without a choice the first that fits it. To prove nothing is never what follows from an empty profile: it is chosen,
    or the one way that there is.
    """
    taken = client_auths_of(codes)
    if chosen:
        taken = tuple(auth for auth in taken if auth.code == chosen)
    elif kind is CredentialKind.NONE and len(taken) > 1:
        return None
    return next((auth for auth in taken if kind in auth.credentials), None)
