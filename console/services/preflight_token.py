"""The stages of a preflight from the credential to the end of the work that the call began."""

from dataclasses import replace

from console.core.api import Api
from console.core.attempts.attempt import TokenFacts
from console.core.call import CallProblem, build_request
from console.core.credential import CredentialKind, Secret
from console.core.diagnosis import ABOUT_TOKEN, explain
from console.core.exchange import Request
from console.core.finding import Status
from console.core.grants.base import SendPerson, Wait
from console.core.preflight import call, checks, credential, operation, policy, token
from console.core.preflight.base import SeenFindings, StageFact, StageStatus
from console.core.preflight.call import SeenCall
from console.core.preflight.credential import SeenCredential
from console.core.preflight.explained import explained
from console.core.preflight.operation import SeenOperation
from console.core.preflight.policy import SeenPolicy
from console.core.preflight.result import MAX_WAIT_S
from console.core.preflight.seen_evidence import of_sentence, of_token
from console.core.preflight.token import SeenTokenRequest
from console.core.profile_checks.client_auth import lacks_credential
from console.core.redaction.redact import Redactor
from console.core.redaction.typed import typed_secrets
from console.services import bound_calls, calls, policy_facts, profiles, runs, tokens
from console.services.calls import SentCall
from console.services.obtained import Obtained
from console.services.preflight_stage import MadeStage, StageTask, named
from console.store import runs as run_store

_OPERATION, _ATTEMPT = "operation", "attempt"


def look_credential(task: StageTask) -> MadeStage:
    profile = task.opened.profile
    is_wanted = lacks_credential(profile, CredentialKind.NONE)
    findings = profiles.local_findings(task.opened)
    result = credential.STAGE.judge(SeenCredential(profile.credential, is_wanted, findings, task.now))
    told = f"{result.what} {result.why}"
    return MadeStage(explained(result, of_sentence(profile, told, now=task.now), takes_advice=False))


def look_token(task: StageTask) -> MadeStage | None:
    """A fresh one: a stored token would only tell that it was given once. None while another request asks for it."""
    obtained = tokens.obtain_for(task.opened, wants_fresh=True)
    if obtained.is_under_way and not obtained.subject:
        return None
    result = token.STAGE.judge(_asked(obtained))
    return MadeStage(explained(result, obtained.evidence), obtained.steps)


def look_checks(task: StageTask) -> MadeStage | None:
    api = task.opened.api
    if api is None:
        return MadeStage(checks.STAGE.judge(SeenFindings(())))
    obtained = tokens.obtain_for(task.opened)
    if obtained.is_under_way:
        return None
    findings = tuple(one for one in obtained.findings if one.status is not Status.NOT_APPLICABLE)
    facts = (StageFact("signature", obtained.signature.state.value),)
    result = checks.STAGE.judge(SeenFindings(findings, facts))
    evidence = of_token(task.opened.profile, api, _used(obtained), now=task.now)
    primary = explain(evidence, ABOUT_TOKEN).primary if result.status is StageStatus.FAIL else None
    told = replace(result, cause=primary.cause, owner=primary.owner, do=primary.do) if primary else result
    return MadeStage(explained(told, evidence))


def look_policy(task: StageTask) -> MadeStage | None:
    """The kept policy with this very token and call; the call is built as it would be sent, and is not sent."""
    opened, api = task.opened, task.opened.api
    if api is None or not api.policy.strip():
        return MadeStage(policy.STAGE.judge(SeenPolicy(None)))
    obtained = tokens.obtain_for(opened)
    if obtained.is_under_way:
        return None
    built = _built(task, api, obtained)
    if isinstance(built, CallProblem):
        return MadeStage(call.STAGE.judge(SeenCall(problem=(built.what, built.do))))
    request, hidden = built
    used = _used(obtained)
    clean = Redactor(hidden, opened.profile.public_texts)
    decided = policy_facts.of_call(opened, api, request, used=used, hidden=hidden, clean=clean, now=task.now)
    shown = clean.request(request)
    evidence = of_token(opened.profile, api, used, now=task.now, request=shown, policy=decided)
    is_refused = decided is not None and decided.verdict == "reject"
    diagnosis = explain(evidence) if is_refused else None
    result = policy.STAGE.judge(SeenPolicy(decided, has_policy=True, diagnosis=diagnosis))
    return MadeStage(explained(result, evidence))


def look_call(task: StageTask) -> MadeStage:
    """Kept in the history like any other call."""
    if task.opened.api is None:
        return MadeStage(call.STAGE.judge(SeenCall(has_api=False)))
    sent = calls.send_for(task.opened, task.call)
    if sent.unobtained is not None:
        return MadeStage(explained(token.STAGE.judge(_asked(sent.unobtained)), sent.unobtained.evidence))
    result = explained(call.STAGE.judge(_sent(sent, task)), sent.evidence)
    began = {_OPERATION: sent.run.id, _ATTEMPT: sent.attempt_id or ""} if sent.run is not None else {}
    return MadeStage(result, (sent.exchange,) if sent.exchange else (), began)


def look_operation(task: StageTask) -> MadeStage | None:
    """One look at the monitor, if it is due; None while the work goes on."""
    run_id = task.kept.get(_OPERATION)
    if not run_id:
        return MadeStage(operation.STAGE.judge(SeenOperation()))
    run = runs.look(task.opened.actor, run_id)
    is_given_up = not run.is_done and task.now - run.created_at > MAX_WAIT_S
    if not run.is_done and not is_given_up:
        return None
    last = run.steps[-1] if run.steps else None
    seen = SeenOperation(
        run.state, run.version, task.kept.get(_ATTEMPT, ""), last.status if last else None, is_given_up
    )
    return MadeStage(operation.STAGE.judge(seen), last.exchanges if last else ())


def operation_of(run: run_store.RunRecord) -> str:
    """The id of the run that follows the long work; "" while there is none."""
    return run.kept.get(_OPERATION, "")


def _asked(obtained: Obtained) -> SeenTokenRequest:
    came, response = obtained.result, obtained.response
    if isinstance(came, Wait | SendPerson):
        return SeenTokenRequest(waits_for_person=True)
    subject = obtained.subject
    if came is None and subject is not None:  # the token to be passed on was not given
        return _asked(subject)
    return SeenTokenRequest(
        problem=obtained.error or obtained.failure,
        diagnosis=obtained.diagnosis,
        attempt_id=obtained.attempt_id or "",
        token_type=response.token_type if response else "",
        scope=(response.scope or "") if response else "",
        life_s=response.expires_in_s if response else None,
    )


def _sent(sent: SentCall, task: StageTask) -> SeenCall:
    exchange, problem = sent.exchange, sent.problem
    response = exchange.response if exchange else None
    return SeenCall(
        operation=named(task.call),
        status=response.status if response else None,
        failure=exchange.failure if exchange else None,
        problem=(problem.what, problem.do) if problem else None,
        diagnosis=sent.diagnosis,
        attempt_id=sent.attempt_id or "",
        elapsed_ms=exchange.elapsed_ms if exchange else None,
        is_known=task.is_picked,
    )


def _built(task: StageTask, api: Api, obtained: Obtained) -> tuple[Request, list[Secret]] | CallProblem:
    """The call as it would be sent, with what of it is secret."""
    opened = task.opened
    key = profiles.subscription_key_for(opened)
    binding = bound_calls.of_call(opened, obtained)
    request = build_request(
        api,
        task.call,
        token=obtained.access_token,
        token_type=obtained.token_type,
        subscription_key=key,
        has_proof_key=binding.proof_key is not None,
    )
    if isinstance(request, CallProblem):
        return request
    return request, [secret for secret in (obtained.access_token, key, *typed_secrets(task.call)) if secret]


def _used(obtained: Obtained) -> TokenFacts | None:
    return TokenFacts(obtained.token, obtained.signature) if obtained.token else None
