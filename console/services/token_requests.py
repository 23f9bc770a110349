"""One token request: what is sent, what it left behind as redacted steps, evidence and history."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from console.adapters import clock, msal_client, random
from console.adapters.transport import Transport
from console.core.actor import Actor
from console.core.api import Api
from console.core.attempts import attempt
from console.core.attempts.attempt import TokenAttempt, TokenFacts
from console.core.audit.actions import Action
from console.core.credential import Certificate, ClientSecret, Credential, NoCredential, Secret
from console.core.destination import origin
from console.core.diagnosis import CATALOGUE_VERSION, explain
from console.core.diagnosis.base import Diagnosis
from console.core.errors import Misconfigured, NotAllowed
from console.core.exchange import Exchange, Purpose
from console.core.oauth import assertion
from console.core.oauth.token_outcome import TokenOutcome
from console.core.oauth.token_response import TokenResponse
from console.core.profile import Profile
from console.core.providers.base import Endpoints
from console.core.redaction.outcome import redact_outcome
from console.core.redaction.redact import redact_exchange
from console.core.tokens.signature import SignatureResult
from console.core.tokens.token import Token
from console.services import outgoing, pauses, profiles, sandbox
from console.services.sandbox import ClientFault
from console.store import attempts, credentials
from console.store.attempts import AttemptRecord


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that went over the wire, redacted, with the client assertion it carried, decoded."""

    exchange: Exchange
    assertion_header: dict[str, Any] | None = None
    assertion_claims: dict[str, Any] | None = None


@dataclass(slots=True)
class Sent:
    """What one token request used and saw. `proofs` are the secrets and assertions sent, in order, for redaction."""

    profile: Profile
    endpoints: Endpoints
    facts: dict[str, Any]
    proofs: list[Secret] = field(default_factory=list)
    assertions: list[str] = field(default_factory=list)
    outcome: msal_client.TokenOutcome = field(default_factory=msal_client.TokenOutcome)


@dataclass(frozen=True, slots=True)
class Kept:
    steps: tuple[Step, ...]
    diagnosis: Diagnosis
    attempt_id: str


def send(actor: Actor, profile: Profile, transport: Transport) -> Sent:
    """Sends the request through MSAL with a credential that fits its destination; raises NotAllowed without one."""
    credential = _usable_credential(actor, profile)
    sent = Sent(profile, profiles.endpoints_of(actor, profile), facts_of(credential))
    pauses.check(actor, sent.endpoints.authority)
    fault = sandbox.client_fault(actor, profile.provider)
    kind = "client secret" if isinstance(credential, ClientSecret) else "client assertion"
    told = f"{kind} for {origin(sent.endpoints.token_endpoint)}"
    outgoing.began(actor, Action.TOKEN_REQUEST_BEGAN, profile, detail=told)
    outcome = msal_client.obtain_client_credentials(
        authority=sent.endpoints.authority,
        client_id=profile.client_id,
        scope=profile.scope,
        credential=_msal_credential(sent, credential, fault),
        transport=transport,
        now=clock.now(),
    )
    if outcome.exchanges:
        pauses.note(actor, outcome.exchanges[-1])
    sent.outcome = redact_outcome(outcome, sent.proofs)
    outgoing.ended(actor, Action.TOKEN_REQUESTED, profile, outcome.exchanges, problem=_problem(sent.outcome))
    return sent


def _problem(outcome: TokenOutcome) -> str:
    """What the audit trail says of an answer without a token; "" of a token."""
    if outcome.error is not None:
        return outcome.error.error or outcome.error.kind
    return str(outcome.failure.kind) if outcome.failure is not None else ""


def keep(
    actor: Actor, sent: Sent, api: Api | None, *, token: Token | None, signature: SignatureResult, now: int
) -> Kept:
    """Redacts, explains and stores what happened."""
    steps = _steps(sent)
    evidence = attempt.of_token_request(
        sent.profile,
        api,
        attempt=_token_attempt(sent, steps),
        used=TokenFacts(token, signature) if token else None,
        facts=sent.facts,
        now=now,
    )
    diagnosis = explain(evidence)
    primary = diagnosis.primary
    attempt_id = random.ordered_id(clock.now_us())
    record = AttemptRecord(
        id=attempt_id,
        kind="token",
        profile_id=sent.profile.id,
        api_id=api.id if api else None,
        title=f"Token for {sent.profile.name}",
        created_at=now,
        evidence=evidence,
        exchanges=tuple(step.exchange for step in steps),
        status=steps[-1].exchange.response.status if steps and steps[-1].exchange.response else None,
        primary_cause=primary.cause if primary else "",
        catalogue_version=CATALOGUE_VERSION,
    )
    attempts.add(actor, record)
    return Kept(steps, diagnosis, attempt_id)


def facts_of(credential: Credential) -> dict[str, Any]:
    """What evidence may say about a credential: shapes and dates, no characters of a secret."""
    if isinstance(credential, ClientSecret):
        shape = profiles.shape_of(credential)
        return {"client_secret_shape": shape.describe()} if shape else {}
    if isinstance(credential, Certificate):
        facts = credential.facts
        return {
            "certificate_sha1": facts.sha1,
            "certificate_x5t_s256": facts.x5t_s256,
            "certificate_not_before": facts.not_before,
            "certificate_not_after": facts.not_after,
        }
    return {}


def _usable_credential(actor: Actor, profile: Profile) -> ClientSecret | Certificate:
    credential = credentials.load(actor, profile.id)
    if isinstance(credential, NoCredential):
        raise NotAllowed(
            "This profile has no credential yet.",
            why="The client credentials grant needs a client secret or a certificate.",
            do="Enter the client secret, upload a certificate or make one on the profile's page.",
            who="You can do this.",
        )
    if profile.credential.bound_to != profiles.destination_of(profile):
        raise Misconfigured(
            "The stored credential was entered for another destination, so it is not sent.",
            why="A credential goes only where it was entered for.",
            do="Enter the credential again on the profile's page.",
            who="You can do this.",
        )
    return credential


def _msal_credential(
    sent: Sent, credential: ClientSecret | Certificate, fault: ClientFault
) -> msal_client.MsalCredential:
    profile = sent.profile
    if isinstance(credential, ClientSecret):
        text = fault.on_secret(credential.value.reveal(), profile.client_id)
        sent.proofs += [credential.value, Secret(text)]
        sent.facts = facts_of(ClientSecret(Secret(text)))
        return msal_client.MsalCredential(secret=Secret(text))

    def sign(audience: str) -> str:
        text = assertion.build(
            credential,
            client_id=profile.client_id,
            audience=audience,
            style=profile.assertion_style,
            sends_chain=profile.sends_chain,
            now=clock.now(),
            jti=random.new_id(),
            header_override=lambda header: fault.on_assertion_header(header, credential.facts),
        )
        sent.assertions.append(text)
        sent.proofs.append(Secret(text))
        return text

    return msal_client.MsalCredential(assertion=sign)


def _steps(sent: Sent) -> tuple[Step, ...]:
    response = sent.outcome.response
    hidden = [*sent.proofs, *_token_secrets(response)]
    steps = []
    remaining = list(sent.assertions)
    for exchange in sent.outcome.exchanges:
        header = claims = None
        if exchange.purpose is Purpose.TOKEN and remaining:
            header, claims = assertion.decode(remaining.pop(0))
        steps.append(Step(redact_exchange(exchange, hidden, public=sent.profile.public_texts), header, claims))
    return tuple(steps)


def _token_secrets(response: TokenResponse | None) -> Iterable[Secret]:
    return (response.access_token,) if response else ()


def _token_attempt(sent: Sent, steps: tuple[Step, ...]) -> TokenAttempt:
    """The token request among the steps, as evidence has it; its form is already masked."""
    posted = next((step for step in reversed(steps) if step.exchange.purpose is Purpose.TOKEN), None)
    form = posted.exchange.request.body.decode("utf-8", "replace") if posted else ""
    decoded = None
    if posted and posted.assertion_header is not None and posted.assertion_claims is not None:
        decoded = (posted.assertion_header, posted.assertion_claims)
    return TokenAttempt(
        endpoint=sent.endpoints.token_endpoint,
        params=dict(parse_qsl(form, keep_blank_values=True)),
        assertion=decoded,
        error=sent.outcome.error,
        failure=sent.outcome.failure,
    )
