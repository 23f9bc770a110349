"""One token request: the moves of a grant, made one after the other until a token, an error, or a person's turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.conf import settings as django_settings

from console.adapters import clock, random, senders
from console.adapters.senders import DryRecorder, Order, Recorder
from console.adapters.transport import Transport
from console.core.attempts.token_result import TokenResult
from console.core.audit.actions import Action
from console.core.client_auth.base import Client, ClientAuth, Proof
from console.core.credential import Certificate, ClientSecret, Credential, FederatedAssertion, Secret, SigningKey
from console.core.destination import origin
from console.core.exchange import Exchange, Failure, FailureKind, Purpose
from console.core.grants import grant_of
from console.core.grants.base import Ask, Done, Grant, Kept, Move, Need, Post, SendPerson, Sign, Wait
from console.core.grants.withheld import without_secrets
from console.core.oauth import assertion, client_assertion, dpop, mtls
from console.core.oauth.fresh import Fresh
from console.core.oauth.place import Place
from console.core.oauth.setting import Settings
from console.core.oauth.token_response import TokenResponse
from console.core.profile import Profile
from console.core.providers import provider_of
from console.core.providers.base import Provider
from console.core.redaction.outcome import Outcome, redact_outcome
from console.core.redaction.redact import Redactor
from console.services import id_tokens, legacy_grants, outgoing, pauses, profiles, proof_keys, token_credentials
from console.services.opening import OpenProfile

_NEEDS_CREDENTIAL = frozenset({Need.CLIENT_AUTH, Need.SIGNING_KEY})
MOST_POSTS = 5  # in one go; a grant that wants more goes round in a circle


@dataclass(frozen=True, slots=True)
class Resumed:
    """A grant goes on: with what its last move kept, and with what a person came back (None after a wait)."""

    keep: Kept
    came_back: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Using:
    """What one request has beyond its profile. `grant` is the code of another grant than the profile's ("" for that),
    `given` the secrets which a grant needs, `settings` go on top of the profile's (the claims that an API challenges
    for, say), `resumed` when a grant goes on.
    """

    grant: str = ""
    given: Mapping[Need, Secret] = field(default_factory=dict)
    settings: Settings = field(default_factory=dict)
    resumed: Resumed | None = None


USUAL = Using()


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks where, and how. `secrets` grows with what is sent, for redaction."""

    using: Using
    profile: Profile
    provider: Provider
    grant: Grant
    place: Place
    client: Client
    auth: ClientAuth | None
    recorder: Recorder
    sign: Sign | None = None
    proof_key: SigningKey | None = None
    secrets: list[Secret] = field(default_factory=list)

    def walk(self) -> Done | Wait | SendPerson:
        """Makes the moves that need no person; gives the first that does, or the end."""
        resumed = self.using.resumed
        kept = resumed.keep if resumed else {}
        self.secrets.extend((*kept.values(), *self.using.given.values()))
        move: Move
        move = self.grant.go_on(self._ask(), kept, resumed.came_back) if resumed else self.grant.begin(self._ask())
        for _ in range(MOST_POSTS):
            if not isinstance(move, Post):
                return move
            answer, kept = self.sent(move), {**kept, **move.keep}
            move = Done(answer) if isinstance(answer, Failure) else self.grant.go_on(self._ask(), kept, answer)
        return Done(Failure(FailureKind.BAD_HTTP, f"After {MOST_POSTS} requests there was still no result."))

    def _ask(self) -> Ask:
        profile, using = self.profile, self.using
        settings = {**self.provider.usual, **profile.settings, **using.settings}
        return Ask(
            self.place, profile.client_id, profile.scope, settings, _fresh(), using.given, redirect_uri(), self.sign
        )

    def sent(self, post: Post) -> Exchange | Failure:
        self.secrets.extend((*post.secrets, *post.keep.values()))
        post = self._with_additions(post)
        prove = self._prove if self.auth and post.auth_audience else None
        is_for_audience = self.auth is not None and self.auth.is_for_audience
        order = Order(
            self._where_certificates_are_shown(post),
            self.place,
            self.profile.client_id,
            self.provider.believes,
            prove,
            is_for_audience,
            self.profile.scope,
            dpop=self._possession if self.proof_key and post.endpoint == self.place.token_endpoint else None,
        )
        return senders.send(order, self.recorder)

    def _where_certificates_are_shown(self, post: Post) -> Post:
        if self.auth is None or not self.auth.shows_certificate:
            return post
        return replace(post, endpoint=mtls.alias(self.profile.settings, self.place, post.endpoint))

    def _possession(self, method: str, url: str, nonce: str) -> str:
        if self.proof_key is None:
            raise TypeError("there is no key to prove")
        made = proof_keys.fresh_proof(self.proof_key, method=method, url=url, nonce=nonce)
        self.secrets.append(Secret(made))
        return made

    def _with_additions(self, post: Post) -> Post:
        """With what the provider alone wants in a request for a token, where the grant did not say it itself."""
        if post.endpoint != self.place.token_endpoint:
            return post
        said = {name for name, _ in post.form}
        more = tuple(pair for pair in self.provider.adds(self.profile.settings) if pair[0] not in said)
        return replace(post, form=(*post.form, *more)) if more else post

    def _prove(self, audience: str) -> Proof:
        if self.auth is None:
            return Proof()
        proof = self.auth.prove(self.client, audience, _fresh())
        self.secrets.extend(proof.secrets)
        return proof


def redirect_uri() -> str:
    """Where a person comes back to after signing in, for every profile: it is registered at the providers."""
    return f"{django_settings.CONSOLE_PUBLIC_URL}/back/"


def send(opened: OpenProfile, transport: Transport, using: Using = USUAL) -> TokenResult:
    """Sends what the profile's grant asks for, with a credential that fits its destination.

    Raises NotAllowed without a credential that the provider takes, Misconfigured for one that is bound elsewhere.
    """
    actor, profile = opened.actor, opened.profile
    asking, credential = _asking(opened, transport, using)
    endpoint = asking.place.token_endpoint
    pauses.check(actor, endpoint)
    outgoing.began(actor, Action.TOKEN_REQUEST_BEGAN, profile, detail=_told(asking.auth, endpoint))
    move = _with_identity(asking, asking.walk())
    exchanges = asking.recorder.exchanges
    if exchanges:
        pauses.note(actor, exchanges[-1])
    result = _result(asking, move, exchanges, facts=token_credentials.facts_of(credential))
    outgoing.ended(actor, Action.TOKEN_REQUESTED, profile, exchanges, problem=_problem(result))
    return result


def preview(opened: OpenProfile, transport: Transport, using: Using = USUAL) -> TokenResult:
    """What `send` would do first, and nothing leaves: of a request that would be sent the step has no answer.

    The proof in it is made anew when it is sent. Where MSAL would send, the form is shown that it stands for. Raises as
    `send` does.
    """
    asking, _ = _asking(opened, transport, using)
    plain = replace(asking.place, msal_authority="")
    dry = replace(asking, place=plain, recorder=DryRecorder(transport))
    return _result(dry, dry.walk(), dry.recorder.exchanges, facts={})


@dataclass(frozen=True, slots=True, repr=False)
class SentForm:
    """A form sent with the client's proof: the answer as it came, shown without `secrets`, and the steps redacted."""

    answer: Exchange | Failure
    steps: tuple[Exchange, ...]
    secrets: tuple[Secret, ...]


def post(opened: OpenProfile, transport: Transport, request: Post, *, began: Action) -> SentForm:
    """Sends a form to another endpoint of the profile's provider; raises as `send` does. Tell the end with `told`."""
    asking, _ = _asking(opened, transport, USUAL, needs=frozenset({Need.CLIENT_AUTH}))
    pauses.check(opened.actor, request.endpoint)
    outgoing.began(opened.actor, began, opened.profile, detail=_told(asking.auth, request.endpoint))
    answer = asking.sent(request)
    exchanges = asking.recorder.exchanges
    if exchanges:
        pauses.note(opened.actor, exchanges[-1])
    clean, secrets = Redactor(asking.secrets, opened.profile.public_texts), tuple(asking.secrets)
    return SentForm(answer, tuple(clean.exchange(_with_assertions(exchange)) for exchange in exchanges), secrets)


def told(opened: OpenProfile, action: Action, sent: SentForm, *, problem: str = "") -> None:
    """How it ended, in the audit trail."""
    outgoing.ended(opened.actor, action, opened.profile, sent.steps, problem=problem)


def _asking(
    opened: OpenProfile, transport: Transport, using: Using, *, needs: frozenset[Need] | None = None
) -> tuple[_Asking, Credential]:
    """Everything settled, and the credential as it is used: the sandbox may be told to break it.

    `needs` are those of the grant where nothing else is asked for.
    """
    profile = opened.profile
    provider, grant = provider_of(profile.provider), grant_of(using.grant or profile.grant)
    legacy_grants.require_allowed(grant.code)
    needed = grant.needs if needs is None else needs
    signs_grant = Need.SIGNING_KEY in needed
    with opened.is_mended_by_who_manages():
        kept = token_credentials.usable(opened, is_needed=bool(needed & _NEEDS_CREDENTIAL), signs_grant=signs_grant)
    fault = opened.own.client_fault(profile)
    used: Credential = kept
    if isinstance(kept, ClientSecret):
        used = ClientSecret(Secret(fault.on_secret(kept.value.reveal(), profile.client_id)))

    def alter(header: dict[str, Any]) -> dict[str, Any]:
        return fault.on_assertion_header(header, kept.facts) if isinstance(kept, Certificate) else header

    place = profiles.place_of(opened.own, profile)
    style = token_credentials.style_of(profile, used)
    client = Client(profile.client_id, used, style, place.issuer, alter)
    auth = token_credentials.client_auth_of(profile) if Need.CLIENT_AUTH in needed else None
    secrets = [kept.value] if isinstance(kept, ClientSecret | FederatedAssertion) else []
    sign = partial(_signed, client) if style is not None else None
    key = proof_keys.of_profile(opened)
    recorder = Recorder(transport)
    return _Asking(using, profile, provider, grant, place, client, auth, recorder, sign, key, secrets), used


def _signed(client: Client, claims: Mapping[str, Any]) -> str:
    """A JWT of these claims, with the header that the client's assertions have."""
    credential, style = client.credential, client.style
    if not isinstance(credential, Certificate | SigningKey) or style is None:
        raise TypeError("a certificate or a signing key is needed")
    header = client.alter_header(client_assertion.header(credential, style))
    return assertion.sign(credential, header, dict(claims), style.alg)


def _with_identity(asking: _Asking, move: Done | Wait | SendPerson) -> Done | Wait | SendPerson:
    """Where a person signed in, their ID token must be the provider's."""
    is_for_person = Need.USER in asking.grant.needs
    if not is_for_person or not isinstance(move, Done) or not isinstance(move.result, TokenResponse):
        return move
    asking.secrets.extend(move.result.secrets)
    is_direct = bool(asking.recorder.exchanges)
    checked = id_tokens.checked(
        move.result, asking.place, is_direct=is_direct, transport=asking.recorder, now=clock.now()
    )
    return Done(checked)


def _fresh() -> Fresh:
    state, nonce, verifier = (random.token() for _ in range(3))
    return Fresh(clock.now(), random.new_id(), state, nonce, Secret(verifier))


def _told(auth: ClientAuth | None, endpoint: str) -> str:
    return f"{auth.code if auth else 'no credential'} for {origin(endpoint)}"


def _result(
    asking: _Asking, move: Done | Wait | SendPerson, exchanges: Sequence[Exchange], *, facts: dict[str, Any]
) -> TokenResult:
    """What may be kept and shown: redacted by everything secret that was sent, received or is to be kept."""
    hidden = [*asking.secrets, *(() if isinstance(move, Done) else move.keep.values())]
    if not isinstance(move, Done) and asking.using.resumed is None:  # a further look shows what passed before
        move = without_secrets(move, asking.secrets, asking.profile.public_texts)
    outcome: Outcome | Wait | SendPerson
    outcome = redact_outcome(move.result, asking.secrets) if isinstance(move, Done) else move
    hidden += outcome.secrets if isinstance(outcome, TokenResponse) else ()
    clean = Redactor(hidden, asking.profile.public_texts)
    steps = tuple(clean.exchange(_with_assertions(exchange)) for exchange in exchanges)
    return TokenResult(outcome, asking.place.token_endpoint, steps, facts)


def _with_assertions(exchange: Exchange) -> Exchange:
    """With the assertions and the subject token that a token request carried, decoded."""
    carried = assertion.carried_by(exchange.request) if exchange.purpose is Purpose.TOKEN else {}
    subject = carried.get("assertion", carried.get("subject_token"))
    read = replace(exchange, assertion=carried.get("client_assertion"), subject=subject)
    return dpop.with_proof_read(read)


def _problem(result: TokenResult) -> str:
    """What the audit trail says of an answer without a token; "" of a token, or where a person goes on."""
    if result.error is not None:
        return result.error.error or result.error.kind
    return str(result.failure.kind) if result.failure is not None else ""
