"""Send a call to an API with a profile's token, explain the answer, and follow long work step by step."""

from dataclasses import dataclass, replace
from typing import Any

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.api import Api
from console.core.attempts import attempt
from console.core.attempts.attempt import TokenFacts
from console.core.audit.actions import Action
from console.core.call import ApiCall, CallProblem, build_request, is_within, own_headers
from console.core.credential import Secret
from console.core.diagnosis import CATALOGUE_VERSION, explain
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.ticket import ticket_text
from console.core.errors import NotAllowed, NotFound
from console.core.evidence import Evidence
from console.core.exchange import Exchange, Header, Purpose, Request, header
from console.core.profile import Profile
from console.core.redaction.redact import redact_exchange, redact_text
from console.core.redaction.typed import typed_secrets
from console.core.runs import operation
from console.services import budget, destinations, outgoing, pauses, policy_facts, profiles, sandbox, tokens, wiring
from console.services.tokens import Obtained
from console.store import attempts, audit, credentials, runs
from console.store.attempts import AttemptRecord
from console.store.json_text import size_of
from console.store.runs import RunRecord

LEASE_S = 60
MAX_LOOKS = 20  # that a run keeps: the newest


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
    """A stored attempt, explained with today's catalogue at the moment it happened."""

    record: AttemptRecord
    diagnosis: Diagnosis
    ticket: str
    run: RunRecord | None


def send(actor: Actor, profile_id: str, call: ApiCall) -> Sent:
    """Sends one call; raises NotFound, NotAllowed, Busy, Misconfigured."""
    profile = profiles.open_profile(actor, "use", profile_id)
    api = profiles.api_of(actor, profile)
    if api is None:
        raise NotAllowed(
            "This profile is for no API, so there is nothing to call.",
            why="Token and subscription key go only to the API that the profile names.",
            do="Edit the profile and choose its API.",
            who="You can do this.",
        )
    destinations.require_accepted(actor, profile)
    with budget.calling(actor):
        obtained = tokens.obtain(actor, profile.id) if call.sends_token else None
        if obtained is not None and obtained.access_token is None:
            return Sent(profile, unobtained=obtained)
        return _send(actor, profile, api, call, obtained=obtained)


def history(actor: Actor, *, limit: int = 50, skip: int = 0) -> list[AttemptRecord]:
    """The actor's own attempts, newest first, leaving out the `skip` newest."""
    return attempts.list_recent(actor, limit=limit, skip=skip)


def last_answer(actor: Actor, profile_id: str) -> Exchange | None:
    """What came back, redacted, when the actor last called an API with a profile; None when nothing ever did."""
    record = attempts.newest(actor, profile_id, "call")
    return record.exchanges[-1] if record is not None and record.exchanges else None


def open_attempt(actor: Actor, attempt_id: str) -> Attempt:
    record = attempts.get(actor, attempt_id)
    with budget.thinking(actor, record.size_bytes):
        diagnosis = explain(record.evidence)
    ticket = ticket_text(record.evidence, diagnosis)
    return Attempt(record, diagnosis, ticket, runs.of_attempt(actor, attempt_id))


def delete_attempt(actor: Actor, attempt_id: str) -> None:
    record = attempts.get(actor, attempt_id)
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
    """Advances the run of an attempt by one look at its monitor, under a lease; honours Retry-After."""
    record = attempts.get(actor, attempt_id)
    run = runs.of_attempt(actor, attempt_id)
    if run is None or record.profile_id is None:
        raise NotFound("There is nothing to follow.")
    now = clock.now()
    if run.is_done or run.next_url is None or run.not_before > now:
        return run
    profile = profiles.open_profile(actor, "use", record.profile_id)
    api = profiles.api_of(actor, profile)
    if api is None:
        raise NotFound("The API of this call is gone.")
    destinations.require_accepted(actor, profile)
    holder = random.new_id()
    if not runs.acquire_lease(run.id, holder=holder, now=now, until=now + LEASE_S):
        return run  # another tab looks at this moment; what it finds is there at the next look
    try:
        with budget.calling(actor):
            after = _advanced(actor, profile, api, run, run.next_url)
            budget.count_kept(actor, size_of(after.exchanges[-1:]))
            return runs.save(actor, after, holder=holder)
    finally:
        runs.release_lease(run.id, holder=holder)  # saving gave it back; a refusal on the way did not


def _send(actor: Actor, profile: Profile, api: Api, call: ApiCall, *, obtained: Obtained | None) -> Sent:
    token = obtained.access_token if obtained else None
    key = subscription_key_for(actor, profile, api) if call.sends_subscription_key else None
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
        run=_begin_run(actor, record.id, api, raw, now),
        is_token_new=obtained is not None and not obtained.is_from_store,
    )


def subscription_key_for(actor: Actor, profile: Profile, api: Api) -> Secret | None:
    """The stored key, if it was entered for this very Api and address."""
    kept = credentials.load_subscription_key(actor, profile.id)
    return kept.value if kept and kept.bound_to == profiles.key_binding(actor, api) else None


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


def _begin_run(actor: Actor, attempt_id: str, api: Api, raw: Exchange, now: int) -> RunRecord | None:
    started = operation.begin(raw, now=now)
    if started is None or started.poll_url is None:
        return None
    run = RunRecord(
        id=random.new_id(),
        attempt_id=attempt_id,
        state=started.state,
        is_done=False,
        next_url=started.poll_url,
        not_before=now + started.wait_s,
        leaves_api=not is_within(api, started.poll_url),
        exchanges=(),
    )
    runs.create(actor, run, now=now)
    return run


def _advanced(actor: Actor, profile: Profile, api: Api, run: RunRecord, url: str) -> RunRecord:
    """One look at the monitor. Token and key go along only within the Api's origin and path prefix."""
    token = key = None
    headers: tuple[Header, ...] = ()
    if is_within(api, url):
        obtained = tokens.obtain(actor, profile.id)
        if obtained.is_under_way:  # without it the monitor would refuse the look
            return run
        token, key = obtained.access_token, subscription_key_for(actor, profile, api)
        own = own_headers(api, token=token, token_type=obtained.token_type, subscription_key=key)
        if isinstance(own, CallProblem):
            raise NotAllowed(
                own.what, why="Without it the monitor would refuse.", do=own.do, who="The API’s owner can do this."
            )
        headers = own
    hidden = [secret for secret in (token, key) if secret]
    request = Request("GET", url, headers)
    outgoing.began(actor, Action.RUN_LOOK_BEGAN, profile, detail=outgoing.where(request))
    raw = wiring.transport_for(actor).send(request, purpose=Purpose.POLL, carries_secret=bool(hidden))
    outgoing.ended(actor, Action.RUN_LOOKED_AT, profile, [raw])
    now = clock.now()
    seen = operation.advance(raw, now=now)
    next_url = seen.poll_url
    return replace(
        run,
        state=seen.state or ("Finished" if raw.response and raw.response.status < 400 else "Stopped"),
        is_done=seen.is_done,
        next_url=next_url,
        not_before=now + seen.wait_s,
        leaves_api=next_url is not None and not is_within(api, next_url),
        exchanges=(*run.exchanges[1 - MAX_LOOKS :], redact_exchange(raw, hidden, public=profile.public_texts)),
    )
