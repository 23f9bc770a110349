"""What a stored attempt proves about the steps of the checklist."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.core.api import Api, Expectation
from console.core.call import is_within
from console.core.checks import run_all
from console.core.checks.base import Context
from console.core.checks.roots import ranked
from console.core.diagnosis.base import RankedCause
from console.core.diagnosis.terms import Stage
from console.core.evidence import Evidence
from console.core.exchange import header
from console.core.finding import Finding, Status
from console.core.profile import Profile
from console.core.providers import words_for
from console.core.tokens.signature import NOT_CHECKED
from console.core.tokens.token import Token, TokenKind

CLIENT_CAUSES = frozenset({
    "client-id-wrong", "client-in-other-tenant", "client-in-other-environment", "application-disabled",
    "tenant-not-found", "tenantless-authority", "wrong-cloud",
})  # fmt: skip
PERMISSION_CAUSES = frozenset({
    "resource-not-found", "scope-not-granted", "delegation-missing", "access-agreement-inactive",
    "target-access-policy", "consent-missing", "consent-declined", "user-not-assigned", "app-permission-not-granted",
})  # fmt: skip
# Credential causes that a server may name before it has looked the client up.
_BEFORE_LOOKUP = frozenset({
    "client-credential-missing", "private-key-format-invalid", "client-auth-method-mismatch", "client-type-mismatch",
})  # fmt: skip
TOKEN_STAGES = frozenset({Stage.TOKEN_CONTENT, Stage.SIGNATURE, Stage.GATEWAY_POLICY, Stage.AUTHORIZATION})
OTHER_POLICIES = frozenset({"rate-or-quota-exceeded", "client-certificate-not-accepted"})


@dataclass(frozen=True, slots=True)
class StepEvidence:
    """What a step rests on: a phrase, and where it is from. `time` is epoch seconds; "" and None where there is none.

    `finding` is the code of a check, or of a cause.
    """

    text: str
    attempt_id: str = ""
    time: int | None = None
    finding: str = ""


@dataclass(frozen=True, slots=True)
class SeenAttempt:
    """A stored attempt, explained with today's catalogue. `at` is epoch seconds; `cause` the first one, if any.

    `status` is that of its last answer, None without one.
    """

    attempt_id: str
    at: int
    evidence: Evidence
    status: int | None = None
    cause: RankedCause | None = None

    def shown(self, text: str, finding: str = "") -> StepEvidence:
        return StepEvidence(text, self.attempt_id, self.at, finding)

    @property
    def has_token(self) -> bool:
        """Of a token attempt: whether a token came."""
        seen = self.evidence
        return seen.token_error is None and seen.response is None and seen.http_status is None

    @property
    def knows_client(self) -> bool:
        """Of a token attempt: whether the provider's answer shows that it knows the client."""
        if self.has_token:
            return True
        if self.cause is None:
            return False
        is_later = self.cause.stage is Stage.CREDENTIAL and self.cause.cause not in _BEFORE_LOOKUP
        return is_later or self.cause.cause in PERMISSION_CAUSES - {"resource-not-found"}

    @property
    def refused_credential(self) -> bool:
        return not self.has_token and self.cause is not None and self.cause.stage is Stage.CREDENTIAL

    @property
    def is_answered_well(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def was_let_in(self) -> bool:
        """Of a call: whether it carried a token and was answered well."""
        sent = self.evidence.request.headers if self.evidence.request else ()
        carried = self.evidence.token_claims is not None or header(sent, "authorization") is not None
        return self.is_answered_well and carried

    @property
    def is_about_token(self) -> bool:
        """Of a call: whether it failed because of the token, and not of the network, a key or the API itself."""
        cause = self.cause
        return cause is not None and cause.stage in TOKEN_STAGES and cause.cause not in OTHER_POLICIES

    @property
    def ended(self) -> str:
        """How a call ended, after "The call"."""
        if self.status is not None:
            return f"was answered {self.status}"
        failure = self.evidence.response.failure if self.evidence.response else ""
        return f"got no answer ({failure.replace('_', ' ')})" if failure else "got no answer"

    @property
    def permissions(self) -> tuple[str, ...]:
        """The roles and scopes that the token names."""
        claims = self.evidence.token_claims or {}
        roles, scopes = claims.get("roles"), claims.get("scp")
        named = roles if isinstance(roles, list) else []
        return (*(one for one in named if isinstance(one, str)), *(scopes.split() if isinstance(scopes, str) else ()))

    def is_of(self, profile: Profile, token_endpoint: str) -> bool:
        """Of a token attempt: whether client, scope and token endpoint are today's; what is not on record may be."""
        request = self.evidence.token_request
        if request is None:
            return True
        pairs = (
            (request.params.get("client_id"), profile.client_id),
            (request.params.get("scope"), profile.scope),
            (request.endpoint, token_endpoint),
        )
        return all(not then or not now or then == now for then, now in pairs)

    def is_to(self, api: Api) -> bool:
        """Of a call: whether it went to the Api's address of today."""
        return self.evidence.request is not None and is_within(api, self.evidence.request.url)

    def findings(self, expectation: Expectation) -> tuple[Finding, ...]:
        """What the checks say of the token at the attempt's time; none when its claims are not on record."""
        header, claims = self.evidence.token_header, self.evidence.token_claims
        if claims is None:
            return ()
        token = Token(TokenKind.JWS, "", header=header or {}, claims=claims)
        return run_all(Context(token, expectation, NOT_CHECKED, self.at, words_for(token)))


def first_failure(findings: Iterable[Finding]) -> Finding | None:
    """The root of those that failed."""
    return next((finding for finding in ranked(findings) if finding.status is Status.FAIL), None)
