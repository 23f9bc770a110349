"""Changes people make to their workspace's registrations: clients, secrets, certificates, keys."""

import base64
from dataclasses import replace

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from console.sandbox.idp.delegated import GRAPH, OPENID, with_consents
from console.sandbox.ids import guid, hash_of
from console.sandbox.state import CertificateRecord, ClientRegistration, Consent, SecretRecord, State

MIN_BITS = 2048


def put_client(state: State, client: ClientRegistration) -> State:
    """The state with this client added, or put in place of the one with its id."""
    others = tuple(one for one in state.clients if one.id != client.id)
    return replace(state, clients=(*others, client))


def put_admin_consent(state: State, client_id: str, api_ids: tuple[str, ...]) -> State:
    """The state in which an administrator let this client have all scopes of exactly these APIs, for everybody.

    Signing in goes with it; what people themselves consented to stays.
    """
    state = replace(
        state, consents=tuple(one for one in state.consents if (one.client_id, one.person_id) != (client_id, ""))
    )
    chosen = tuple(Consent(client_id, "", api.id, api.scopes) for api in state.apis if api.id in api_ids)
    return with_consents(state, (*chosen, Consent(client_id, "", GRAPH.id, OPENID))) if chosen else state


def admin_consents(state: State, client_id: str) -> tuple[str, ...]:
    """The ids of the APIs that an administrator consented to for this client."""
    of_admin = {one.api_id for one in state.consents if (one.client_id, one.person_id) == (client_id, "")}
    return tuple(api.id for api in state.apis if api.id in of_admin)


def forget_consents(state: State, client_id: str) -> State:
    """The state in which no person consented to anything for this client; the administrator's word stays."""
    kept = tuple(one for one in state.consents if one.client_id != client_id or not one.person_id)
    return replace(state, consents=kept)


def with_secret(client: ClientRegistration, value: str, *, expires_at: int) -> ClientRegistration:
    """The client with one more secret; its id is derived from the value's hash."""
    record = SecretRecord(guid("secret-id", client.id, hash_of(value)), hash_of(value), expires_at)
    return replace(client, secrets=(*client.secrets, record))


def with_certificate(client: ClientRegistration, pem: str) -> ClientRegistration:
    """The client with one more certificate; raises ValueError when the PEM text holds none."""
    record = certificate_record(pem)
    others = tuple(one for one in client.certificates if one.x5t_s256 != record.x5t_s256)
    return replace(client, certificates=(*others, record))


def certificate_record(pem: str) -> CertificateRecord:
    """The first certificate of a PEM text; raises ValueError, with a sentence for people, when it is not to be used.

    Like Entra ID, the sandbox takes RSA keys only, of 2048 bits at least.
    """
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
    except ValueError as error:
        raise ValueError("The text holds no readable certificate in PEM form.") from error
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < MIN_BITS:
        raise ValueError(f"The certificate's key must be an RSA key of at least {MIN_BITS} bits.")
    return CertificateRecord(
        pem=certificate.public_bytes(serialization.Encoding.PEM).decode(),
        # Not for security: RFC 7515 section 4.1.7 defines this thumbprint with SHA-1.
        x5t=_base64url(certificate.fingerprint(hashes.SHA1())),  # noqa: S303
        x5t_s256=_base64url(certificate.fingerprint(hashes.SHA256())),
        not_before=int(certificate.not_valid_before_utc.timestamp()),
        not_after=int(certificate.not_valid_after_utc.timestamp()),
    )


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
