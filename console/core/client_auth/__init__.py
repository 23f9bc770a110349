"""All ways in which a client proves itself."""

from collections.abc import Iterable

from console.core.client_auth import private_key_jwt, secret_post
from console.core.client_auth.base import ClientAuth
from console.core.credential import CredentialKind

CLIENT_AUTHS: tuple[ClientAuth, ...] = (private_key_jwt.CLIENT_AUTH, secret_post.CLIENT_AUTH)


def client_auth_for(kind: CredentialKind, codes: Iterable[str]) -> ClientAuth | None:
    """How a credential of that kind proves a client where `codes` are taken, in their order; None when no way does."""
    by_code = {auth.code: auth for auth in CLIENT_AUTHS}
    return next((by_code[code] for code in codes if code in by_code and by_code[code].credential is kind), None)
