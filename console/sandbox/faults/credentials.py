"""Faults at the token endpoint: the client's proof, what it asks for, and the provider itself."""

from dataclasses import replace
from typing import Any

from console.core.exchange import Failure, FailureKind, Request, Response
from console.sandbox.faults.base import Fault, Needs, ShowsAt, Thumbprints
from console.sandbox.idp.errors import error_response, unavailable
from console.sandbox.state import ClientRegistration, State

DAY_S = 86_400


def _each_client(state: State, **changes: Any) -> State:
    return replace(state, clients=tuple(replace(client, **changes) for client in state.clients))


def _wrong_secret(secret: str, _state: State, _client_id: str) -> str:
    return secret if secret.endswith("~mistyped") else f"{secret}~mistyped"


def _secret_id(secret: str, state: State, client_id: str) -> str:
    client = state.client(client_id)
    return client.secrets[0].id if client is not None and client.secrets else secret


def _expire_secrets(state: State, now: int) -> State:
    return replace(state, clients=tuple(_with_expired_secrets(client, now) for client in state.clients))


def _with_expired_secrets(client: ClientRegistration, now: int) -> ClientRegistration:
    return replace(client, secrets=tuple(replace(one, expires_at=now - DAY_S) for one in client.secrets))


def _forget_certificates(state: State, _now: int) -> State:
    return _each_client(state, certificates=())


def _expire_certificates(state: State, now: int) -> State:
    clients = tuple(
        replace(client, certificates=tuple(replace(one, not_after=now - DAY_S) for one in client.certificates))
        for client in state.clients
    )
    return replace(state, clients=clients)


def _digest_in_wrong_field(header: dict[str, Any], thumbprints: Thumbprints) -> dict[str, Any]:
    kept = {name: value for name, value in header.items() if name not in ("x5t", "x5t#S256")}
    return {**kept, "x5t": thumbprints.x5t_s256}


def _provider_down(request: Request, now: int, entropy: str) -> Response:
    return error_response(unavailable(), request, now=now, entropy=entropy)


def _provider_slow(_request: Request, _now: int, _entropy: str) -> Failure:
    return Failure(FailureKind.TIMEOUT, "The token endpoint did not answer in time.", rule="total")


FAULTS = (
    Fault(
        "secret-wrong",
        "Wrong client secret",
        "The secret is sent with a typing error at its end.",
        "client-secret-invalid",
        Needs.SECRET,
        ShowsAt.TOKEN,
        on_secret=_wrong_secret,
    ),
    Fault(
        "secret-id",
        "Secret id instead of its value",
        "The id of the secret is sent, which portals show beside the value.",
        "client-secret-id-used",
        Needs.SECRET,
        ShowsAt.TOKEN,
        on_secret=_secret_id,
    ),
    Fault(
        "secret-expired",
        "Expired client secret",
        "Every secret of the client ended yesterday.",
        "client-secret-expired",
        Needs.SECRET,
        ShowsAt.TOKEN,
        world=_expire_secrets,
    ),
    Fault(
        "certificate-not-registered",
        "Certificate not registered",
        "The provider does not know the certificate that the assertion names.",
        "certificate-not-registered",
        Needs.CERTIFICATE,
        ShowsAt.TOKEN,
        world=_forget_certificates,
    ),
    Fault(
        "certificate-expired",
        "Expired certificate",
        "Every certificate of the client ended yesterday.",
        "certificate-or-key-expired",
        Needs.CERTIFICATE,
        ShowsAt.TOKEN,
        world=_expire_certificates,
    ),
    Fault(
        "thumbprint-form",
        "Thumbprint in the wrong form",
        "The SHA-256 thumbprint stands in x5t, where the SHA-1 thumbprint belongs.",
        "certificate-thumbprint-invalid",
        Needs.CERTIFICATE,
        ShowsAt.TOKEN,
        on_assertion_header=_digest_in_wrong_field,
    ),
    Fault(
        "assertion-replayed",
        "Client assertion sent twice",
        "The assertion counts as used before, as when a client keeps one and the provider takes each once.",
        "assertion-replayed",
        Needs.CERTIFICATE,
        ShowsAt.TOKEN,
        takes_no_assertion_twice=True,
    ),
    Fault(
        "client-unknown",
        "Unknown client",
        "The tenant does not know the client id.",
        "client-in-other-tenant",
        Needs.ANY,
        ShowsAt.TOKEN,
        world=lambda state, _now: replace(state, clients=()),
    ),
    Fault(
        "resource-unknown",
        "Unknown API",
        "The tenant does not know the API that the scope names.",
        "resource-not-found",
        Needs.ANY,
        ShowsAt.TOKEN,
        world=lambda state, _now: replace(state, apis=()),
    ),
    Fault(
        "provider-down",
        "Identity provider down",
        "The token endpoint answers 503.",
        "identity-provider-unavailable",
        Needs.ANY,
        ShowsAt.TOKEN,
        token_answer=_provider_down,
    ),
    Fault(
        "provider-slow",
        "Identity provider too slow",
        "The token endpoint does not answer in time.",
        "identity-provider-unavailable",
        Needs.ANY,
        ShowsAt.TOKEN,
        token_answer=_provider_slow,
    ),
)
