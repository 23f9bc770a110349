"""Who asks at the token endpoint, and whether the proof is good."""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_plus

from console.core.exchange import Request, header
from console.sandbox.faults.base import Fault
from console.sandbox.idp import assertion, errors, person_errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.ids import hash_of
from console.sandbox.state import ClientRegistration, State, UsedAssertion
from console.sandbox.urls import TenantUrls

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class Authenticated:
    """`proof` is "0" for a public client, "1" for a secret, "2" for a certificate; `used` the assertion to remember,
    None for a secret.
    """

    client: ClientRegistration
    proof: str
    used: UsedAssertion | None = None


@dataclass(frozen=True, slots=True)
class ProofRules:
    """What a proof is judged by. `bases` are others under which the provider's token endpoint is served."""

    state: State
    provider: TenantUrls
    bases: tuple[str, ...]
    now: int
    fault: Fault | None

    def audiences(self) -> tuple[str, ...]:
        """The spellings of this token endpoint that an assertion may be for."""
        places = [self.provider, *(TenantUrls(base, self.provider.tenant) for base in self.bases)]
        return tuple(url for one in places for url in (one.token_endpoint, one.token_endpoint_v1, one.issuer_v2))


def authenticate(form: dict[str, str], request: Request, rules: ProofRules) -> Authenticated | EntraError:
    """The client, or the first error. Credentials in a Basic header count where the form has none (RFC 6749 section
    2.3.1).
    """
    form = {**_basic(request), **form}
    client_id = form.get("client_id", "").strip()
    if not client_id:
        return errors.parameter_missing("client_id")
    client = rules.state.client(client_id)
    if client is None:
        return errors.client_not_found(client_id, rules.state.tenant_id)
    if client.is_public:
        return _without_proof(form, client)
    if form.get("client_assertion"):
        return _by_assertion(form, client, rules)
    if form.get("client_assertion_type"):
        return errors.incomplete_credential()
    if form.get("client_secret"):
        return _by_secret(form["client_secret"], client, rules)
    return unproven(form)


def unproven(form: Mapping[str, str]) -> EntraError:
    """What a client is told that must prove itself and did not: Entra has another code for each kind of grant."""
    is_own = form.get("grant_type") == "client_credentials"
    return errors.no_credential() if is_own else errors.incomplete_credential()


def _without_proof(form: dict[str, str], client: ClientRegistration) -> Authenticated | EntraError:
    """A public client cannot keep a secret: one that sends one is told so."""
    if form.get("client_secret") or form.get("client_assertion"):
        return person_errors.credential_of_public_client()
    return Authenticated(client, proof="0")


def _by_secret(secret: str, client: ClientRegistration, rules: ProofRules) -> Authenticated | EntraError:
    if rules.fault is not None and rules.fault.on_secret is not None:
        secret = rules.fault.on_secret(secret, rules.state, client.id)
    given = hash_of(secret)
    matching = [record for record in client.secrets if hmac.compare_digest(record.hash, given)]
    if not matching:
        return errors.wrong_secret(client.id)
    if all(record.expires_at <= rules.now for record in matching):
        return errors.expired_secret(client.id)
    return Authenticated(client, proof="1")


def _by_assertion(form: dict[str, str], client: ClientRegistration, rules: ProofRules) -> Authenticated | EntraError:
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        return errors.incomplete_credential()
    wanted = assertion.AssertionRules(client, rules.audiences(), rules.state.used_assertions, rules.now, rules.fault)
    checked = assertion.check(form["client_assertion"], wanted)
    return checked if isinstance(checked, EntraError) else Authenticated(client, proof="2", used=checked)


def _basic(request: Request) -> dict[str, str]:
    scheme, _, value = (header(request.headers, "authorization") or "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        user, _, password = base64.b64decode(value).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": unquote_plus(user), "client_secret": unquote_plus(password)}
