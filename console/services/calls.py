"""Send a call to an API with a profile's token, explain the answer, and follow long work step by step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from console.adapters import clock
from console.core.actor import Actor
from console.core.answer.keeping import kept
from console.core.api import Api
from console.core.attempts import attempt
from console.core.attempts.attempt import TokenFacts
from console.core.audit.actions import Action
from console.core.call import ApiCall, CallProblem, build_request
from console.core.connection import ConnectionEvent
from console.core.credential import Secret
from console.core.diagnosis import explain
from console.core.diagnosis.base import Diagnosis
from console.core.errors import NotFound
from console.core.evidence import Evidence
from console.core.exchange import Exchange, Header, Request, Response, header
from console.core.oauth.dpop import with_proof_read
from console.core.profile import Profile
from console.core.redaction.redact import Redactor
from console.core.redaction.typed import typed_secrets
from console.core.runs.base import RunFacts
from console.services import (
    bound_calls,
    budget,
    destinations,
    opening,
    outgoing,
    pauses,
    policy_facts,
    profiles,
    runs,
    tokens,
    wiring,
)
from console.services.call_records import facts_of, record_of, with_demands
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.store import attempts, audit, connections
from console.store import runs as run_store
from console.store.attempts import AttemptRecord, ProfileAttempts
from console.store.runs import RunRecord

OnHeaders = Callable[[tuple[Header, ...]], tuple[Header, ...]]
SAME_MOMENT_S = 5  # from a token's answer to its entry in the history, on a busy machine


@dataclass(frozen=True, slots=True)
class SentCall:
    """What came of a call. `problem` and `unobtained` (no token to send) mean that nothing went to the API.

    `obtained` is the token that it asked for, None when it sends none. `exchange` is redacted: what may be shown and
    what is kept. `came` is the answer as it came, for whoever goes on with it: neither shown nor kept. `redacted` is
    that answer redacted, whole: of a long one `exchange` has the beginning.
    """

    opened: OpenProfile
    obtained: Obtained | None = None
    problem: CallProblem | None = None
    exchange: Exchange | None = None
    evidence: Evidence | None = None
    diagnosis: Diagnosis | None = None
    attempt_id: str | None = None
    run: RunRecord | None = None
    came: Response | None = field(default=None, repr=False)
    redacted: Response | None = field(default=None, repr=False)

    @property
    def profile(self) -> Profile:
        return self.opened.profile

    @property
    def unobtained(self) -> Obtained | None:
        return self.obtained if self.obtained is not None and self.obtained.access_token is None else None

    @property
    def is_token_new(self) -> bool:
        """Whether a token was obtained for this call."""
        return self.obtained is not None and not self.unobtained and not self.obtained.is_from_store


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """A stored attempt, explained with today's catalogue at the moment it happened.

    `can_manage`: the actor may delete it, hand it over and go on with its run.
    """

    record: AttemptRecord
    diagnosis: Diagnosis
    run: RunRecord | None
    can_manage: bool = True


def send(actor: Actor, profile_id: str, call: ApiCall) -> SentCall:
    """Sends one call; raises NotFound, NotAllowed, Busy, Misconfigured."""
    return send_for(opening.of_profile(actor, "use", profile_id), call)


def send_for(opened: OpenProfile, call: ApiCall, *, secrets: Sequence[Secret] = ()) -> SentCall:
    """As `send`, for a profile that is opened for use. `secrets` are more texts that are masked wherever they stand."""
    if opened.api is None:
        raise destinations.no_api(opened.profile)
    destinations.require_accepted(opened)
    with budget.calling(opened.actor):
        obtained = tokens.obtain_for(opened) if call.sends_token else None
        if obtained is not None and obtained.access_token is None:
            return SentCall(opened, obtained)
        return _send(opened, opened.api, call, obtained=obtained, secrets=secrets)


def send_as(opened: OpenProfile, call: ApiCall, *, obtained: Obtained | None, change: OnHeaders | None) -> SentCall:
    """As `send_for` for a matrix, with what stands for the profile's own token, and headers changed on their way."""
    if opened.api is None:
        raise destinations.no_api(opened.profile)
    destinations.require_accepted(opened)
    with budget.calling(opened.actor):
        return _send(opened, opened.api, call, obtained=obtained, change=change, is_of_matrix=True)


def last_attempts(opened: OpenProfile) -> ProfileAttempts:
    """What was tried last with a profile."""
    return attempts.of_profile(opened.actor, opened.profile)


@dataclass(frozen=True, slots=True)
class WentWell:
    """The last call and the last token request of a profile that were answered well, by id; None for none."""

    call_id: str | None
    token_id: str | None


def went_well(tried: ProfileAttempts) -> WentWell:
    return WentWell(*(one.id if one is not None else None for one in (tried.answered, tried.given)))


def made_by(obtained: Obtained | None, tried: ProfileAttempts) -> str | None:
    """The attempt that a token came of, where the last one that was answered well is it; None otherwise."""
    response, last = obtained.response if obtained else None, tried.given
    if response is None or last is None or not 0 <= last.created_at - response.obtained_at <= SAME_MOMENT_S:
        return None
    return last.id


def open_attempt(actor: Actor, attempt_id: str) -> OpenAttempt:
    held = attempts.get(actor, attempt_id)
    record = held.value
    with budget.thinking(actor, record.size_bytes):
        diagnosis = explain(record.evidence)
    return OpenAttempt(record, diagnosis, run_store.of_attempt(actor, attempt_id), held.may("manage"))


def delete_attempt(actor: Actor, attempt_id: str) -> None:
    record = attempts.get(actor, attempt_id, "manage").value
    with audit.together():
        attempts.delete(actor, attempt_id)
        audit.append(
            actor,
            Action.ATTEMPT_DELETED,
            object_kind="attempt",
            object_id=attempt_id,
            result="done",
            now=clock.now(),
            detail=f"{record.kind}: {record.title}",
        )


def look_again(actor: Actor, attempt_id: str) -> RunRecord:
    """Advances the run that a call began by one look at its monitor; raises NotFound when it began none."""
    attempts.get(actor, attempt_id, "use")
    run = run_store.of_attempt(actor, attempt_id)
    if run is None:
        raise NotFound("There is nothing to follow.")
    return runs.look(actor, run.id)


def _send(
    opened: OpenProfile,
    api: Api,
    call: ApiCall,
    *,
    obtained: Obtained | None,
    change: OnHeaders | None = None,
    secrets: Sequence[Secret] = (),
    is_of_matrix: bool = False,
) -> SentCall:
    actor, profile = opened.actor, opened.profile
    token = obtained.access_token if obtained else None
    key = profiles.subscription_key_for(opened) if call.sends_subscription_key else None
    token_type = obtained.token_type if obtained else ""
    binding = bound_calls.of_call(opened, obtained)
    request = build_request(
        api,
        call,
        token=token,
        token_type=token_type,
        subscription_key=key,
        has_proof_key=binding.proof_key is not None,
    )
    if isinstance(request, CallProblem):
        return SentCall(opened, obtained, problem=request)
    changed = change(request.headers) if change else request.headers
    request = replace(request, headers=opened.own.client_fault(profile).on_call_headers(changed))
    pauses.check(actor, request.url)
    outgoing.began(actor, Action.CALL_BEGAN, profile, detail=outgoing.where(request))
    hidden = [secret for secret in (token, key, *typed_secrets(call), *secrets) if secret]
    sent = bound_calls.send(wiring.transport_for(opened.own), request, binding, hidden=hidden)
    with outgoing.LastEntry(actor, Action.CALL_SENT, profile, sent) as last:
        pauses.note(actor, sent[-1])
        done = _Done(opened, api, call, obtained, request, sent, hidden, clock.now())
        if opened.connection_id and token:
            _note(opened, has_answer=sent[-1].response is not None, now=done.now)
        return _kept(done, last, is_of_matrix=is_of_matrix)


@dataclass(frozen=True, slots=True, repr=False)
class _Done:
    """A call that was sent; `sent` are its exchanges as they were, `hidden` what is secret in them."""

    opened: OpenProfile
    api: Api
    call: ApiCall
    obtained: Obtained | None
    request: Request
    sent: tuple[Exchange, ...]
    hidden: list[Secret]
    now: int


def _kept(done: _Done, last: outgoing.LastEntry, *, is_of_matrix: bool) -> SentCall:
    """Redacted, explained, and kept with the entry that tells how it ended."""
    opened, api, call, obtained, now = done.opened, done.api, done.call, done.obtained, done.now
    actor, profile, raw = opened.actor, opened.profile, done.sent[-1]
    clean = Redactor(done.hidden, profile.public_texts)
    exchanges = tuple(clean.exchange(with_proof_read(one)) for one in done.sent)
    exchange = exchanges[-1]
    beside = kept(raw, exchange, clean)
    used = TokenFacts(obtained.token, obtained.signature) if obtained and obtained.token else None
    facts = facts_of(profile, api, has_key=header(done.request.headers, api.subscription_key_header) is not None)
    policy = policy_facts.of_call(opened, api, done.request, used=used, hidden=done.hidden, clean=clean, now=now)
    told = with_demands(opened, api, call, obtained)
    evidence = attempt.of_call(profile, told, exchange=exchange, used=used, policy=policy, facts=facts, now=now)
    diagnosis = explain(evidence)
    title = clean.text(f"{call.method} {call.path or '/'}")
    shown = (*exchanges[:-1], beside.exchange)
    record = record_of(profile, api, title, shown, evidence=evidence, diagnosis=diagnosis)
    record = replace(record, is_of_matrix=is_of_matrix)
    last.told_beside(partial(attempts.add, actor, record, body=beside.body))
    return SentCall(
        opened,
        obtained,
        exchange=beside.exchange,
        evidence=evidence,
        diagnosis=diagnosis,
        attempt_id=record.id,
        run=runs.begin(actor, record, RunFacts(now, api), raw, clean=clean, connection_id=opened.connection_id),
        came=raw.response,
        redacted=exchange.response,
    )


def _note(opened: OpenProfile, *, has_answer: bool, now: int) -> None:
    """Remembers of a connection that a call was sent with its token."""
    events = (ConnectionEvent.ATTACHED, ConnectionEvent.ANSWERED) if has_answer else (ConnectionEvent.ATTACHED,)
    connections.note(opened.actor, opened.connection_id or "", dict.fromkeys(events, now))
