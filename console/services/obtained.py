"""What came of asking for a token, whichever way it came: read, and judged against the profile's Api."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.adapters import clock
from console.adapters.transport import Transport
from console.core.api import Api
from console.core.checks import run_all
from console.core.checks.base import Context
from console.core.credential import Secret
from console.core.diagnosis.base import Diagnosis
from console.core.evidence import Evidence
from console.core.exchange import Exchange, Failure
from console.core.finding import Finding
from console.core.grants.base import SendPerson, Wait
from console.core.oauth import token_use
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.profile import Profile
from console.core.profile_checks.settings import DPOP
from console.core.providers import provider_of, words_for
from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED, SignatureResult
from console.core.tokens.token import Token
from console.services import held_proofs, keys, own_sandbox
from console.services.opening import OpenProfile


@dataclass(frozen=True, slots=True)
class Obtained:
    """What came of asking for a token. `result` is None while another request for it is under way, and a move (Wait,
    SendPerson) where a person is to do something first: `go_on` takes it from there.

    `token` is the token read, None without one. `now` is epoch seconds. `findings` judge the token against the
    profile's Api. `steps`, `diagnosis`, `evidence` and `attempt_id` are those of a request that was made now. `subject`
    is how the token was got that was passed on for this one, None where none was, or one that was pasted.
    """

    opened: OpenProfile
    now: int
    result: TokenResponse | TokenError | Failure | Wait | SendPerson | None = None
    token: Token | None = None
    steps: tuple[Exchange, ...] = ()
    is_from_store: bool = False
    signature: SignatureResult = NOT_CHECKED
    findings: tuple[Finding, ...] = ()
    diagnosis: Diagnosis | None = None
    evidence: Evidence | None = None
    attempt_id: str | None = None
    subject: "Obtained | None" = None

    @property
    def profile(self) -> Profile:
        return self.opened.profile

    @property
    def api(self) -> Api | None:
        return self.opened.api

    @property
    def response(self) -> TokenResponse | None:
        return self.result if isinstance(self.result, TokenResponse) else None

    @property
    def error(self) -> TokenError | None:
        return self.result if isinstance(self.result, TokenError) else None

    @property
    def failure(self) -> Failure | None:
        return self.result if isinstance(self.result, Failure) else None

    @property
    def is_under_way(self) -> bool:
        return self.result is None

    @property
    def access_token(self) -> Secret | None:
        return self.response.access_token if self.response else None

    @property
    def token_type(self) -> str:
        """As the provider gave it."""
        return self.response.token_type if self.response else ""


def judge(
    token: Token,
    opened: OpenProfile,
    *,
    transport: Transport | None,
    now: int,
    holds: Mapping[str, str] | None = None,
) -> tuple[SignatureResult, tuple[Finding, ...]]:
    """Signature and every check against the Api's expectation; `holds` as in Context.

    Where the Api does not say where its issuer's keys are, the profile's provider does. Without a transport only stored
    keys are used.
    """
    api = opened.api
    if api is None:
        return NOT_CHECKED, ()
    profile = opened.profile
    place = provider_of(profile.provider).locate(profile.settings, own_sandbox.place_of(opened.own, profile))
    url = api.metadata_url or place.metadata_url
    signature = keys.check_signature(token, api.expectation, url, transport=transport, now=now)
    return signature, run_all(Context(token, api.expectation, signature, now, words_for(token), holds))


def from_store(opened: OpenProfile, kept: TokenResponse, transport: Transport | None) -> Obtained:
    now = clock.now()
    return replace(judged(Obtained(opened, now, kept), transport), is_from_store=True)


def judged(obtained: Obtained, transport: Transport | None) -> Obtained:
    """With its token read and judged, when it has one."""
    response = obtained.response
    if response is None:
        return obtained
    token = obtained.token or parse(response.access_token.reveal())
    holds = held_proofs.of_token(obtained.opened, token)
    signature, findings = judge(token, obtained.opened, transport=transport, now=obtained.now, holds=holds)
    is_provable = bool(obtained.profile.settings.get(DPOP.name))
    found = (*token_use.check(response.token_type, has_proof_key=is_provable), *findings)
    return replace(obtained, token=token, signature=signature, findings=found)
