"""Send a call to an API with a profile's token, explain the answer, and follow long work step by step."""

from dataclasses import dataclass, replace
from typing import Any

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.api import Api
from console.core.attempts import attempt
from console.core.attempts.attempt import TokenFacts
from console.core.audit.actions import Action
from console.core.call import ApiCall, CallProblem, build_request
from console.core.diagnosis import CATALOGUE_VERSION, explain
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.ticket import ticket_text
from console.core.errors import NotFound
from console.core.evidence import Evidence
from console.core.exchange import Exchange, Purpose, header
from console.core.profile import Profile
from console.core.redaction.redact import redact_exchange, redact_text
from console.core.redaction.typed import typed_secrets
from console.core.runs.base import Facts
from console.services import (
    budget,
    destinations,
    outgoing,
    pauses,
    policy_facts,
    profiles,
    runs,
    sandbox,
    tokens,
    wiring,
)
from console.services.tokens import Obtained
from console.store import attempts, audit
from console.store import runs as run_store
from console.store.attempts import AttemptRecord
from console.store.runs import RunRecord


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a call. `problem` and `unobtained` (no token to send) mean that nothing went to the API.

    `exchange` is redacted: what may be shown and what is kept. `is_token_new`: a token was obtained for this call.
    """

    profile: Profile
    problem: CallProblem | None = None
    unobtained: Obtained | None = None
    exchange: Exchange | None = None
    evidence: Evidence | None = None
    diagnosis: Diagnosis | None = None
    attempt_id: str | None = None
    run: RunRecord | None = None
    is_token_new: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """A stored attempt, explained with today's catalogue at the moment it happened.

    `can_manage`: the actor may delete it, hand it over and go on with its run.
    """

    record: AttemptRecord
    diagnosis: Diagnosis
    ticket: str
    run: RunRecord | None
    can_manage: bool = True


def send(actor: Actor, profile_id: str, call: ApiCall) -> Sent:
    """Sends one call; raises NotFound, NotAllowed, Busy, Misconfigured."""
    held = profiles.open_held(actor, "use", profile_id)
    profile = held.value
    api = profiles.api_of(actor, profile)
    if api is None:
        raise destinations.no_api(profile)
    destinations.require_accepted(actor, held)
    with budget.calling(actor):
        obtained = tokens.obtain(actor, profile.id) if call.sends_token else None
        if obtained is not None and obtained.access_token is None:
            return Sent(profile, unobtained=obtained)
        return _send(actor, profile, api, call, obtained=obtained)


def history(actor: Actor, *, limit: int = 50, skip: int = 0) -> list[AttemptRecord]:
    """What the actor tried, newest first, leaving out the `skip` newest."""
    return attempts.list_recent(actor, limit=limit, skip=skip)


def last_answer(actor: Actor, profile_id: str) -> Exchange | None:
    """What came back, redacted, when an API was last called with a profile; None when nothing ever did."""
    record = attempts.newest(actor, profile_id, "call")
    return record.exchanges[-1] if record is not None and record.exchanges else None


def open_attempt(actor: Actor, attempt_id: str) -> Attempt:
    held = attempts.get(actor, attempt_id)
    record = held.value
    with budget.thinking(actor, record.size_bytes):
        diagnosis = explain(record.evidence)
    ticket = ticket_text(record.evidence, diagnosis)
    return Attempt(record, diagnosis, ticket, run_store.of_attempt(actor, attempt_id), held.may("manage"))


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


def _send(actor: Actor, profile: Profile, api: Api, call: ApiCall, *, obtained: Obtained | None) -> Sent:
    token = obtained.access_token if obtained else None
    key = profiles.subscription_key_for(actor, profile, api) if call.sends_subscription_key else None
    token_type = obtained.token_type if obtained else ""
    request = build_request(api, call, token=token, token_type=token_type, subscription_key=key)
    if isinstance(request, CallProblem):
        return Sent(profile, problem=request)
    request = replace(request, headers=sandbox.client_fault(actor, profile.provider).on_call_headers(request.headers))
    pauses.check(actor, request.url)
    outgoing.began(actor, Action.CALL_BEGAN, profile, detail=outgoing.where(request))
    hidden = [secret for secret in (token, key, *typed_secrets(call)) if secret]
    raw = wiring.transport_for(actor).send(request, purpose=Purpose.CALL, carries_secret=bool(hidden))
    outgoing.ended(actor, Action.CALL_SENT, profile, [raw])
    pauses.note(actor, raw)
    now = clock.now()
    exchange = redact_exchange(raw, hidden, public=profile.public_texts)
    used = TokenFacts(obtained.token, obtained.signature) if obtained and obtained.token else None
    facts = _facts(profile, api, has_key=header(request.headers, api.subscription_key_header) is not None)
    policy = policy_facts.of_call(actor, api, request, used=used, hidden=hidden, now=now)
    evidence = attempt.of_call(profile, api, exchange=exchange, used=used, policy=policy, facts=facts, now=now)
    diagnosis = explain(evidence)
    title = redact_text(f"{call.method} {call.path or '/'}", hidden)
    record = _record(profile, api, title, exchange, evidence=evidence, diagnosis=diagnosis)
    attempts.add(actor, record)
    return Sent(
        profile,
        exchange=exchange,
        evidence=evidence,
        diagnosis=diagnosis,
        attempt_id=record.id,
        run=runs.begin(actor, record, Facts(now, api), raw),
        is_token_new=obtained is not None and not obtained.is_from_store,
    )


def _facts(profile: Profile, api: Api, *, has_key: bool) -> dict[str, Any]:
    return {
        "subscription_key_header": api.subscription_key_header,
        "subscription_key_sent": has_key,
        "environment": profile.environment,
    }


def _record(
    profile: Profile, api: Api, title: str, exchange: Exchange, *, evidence: Evidence, diagnosis: Diagnosis
) -> AttemptRecord:
    primary = diagnosis.primary
    return AttemptRecord(
        id=random.ordered_id(clock.now_us()),
        kind="call",
        profile_id=profile.id,
        api_id=api.id,
        title=title,
        created_at=evidence.now or 0,
        evidence=evidence,
        exchanges=(exchange,),
        status=exchange.response.status if exchange.response else None,
        primary_cause=primary.cause if primary else "",
        catalogue_version=CATALOGUE_VERSION,
    )
