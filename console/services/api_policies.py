"""The policy of an Api as it is kept: the text, values it leaves open, switches, and the table of sample tokens."""

from dataclasses import dataclass, replace

from msgspec import structs

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.api import Api
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import GatewayCheck, Outcome, Verdict
from console.core.policy.engine.switches import DEFAULTS
from console.core.policy.engine.trace import Trace
from console.core.policy.keep.past_call import as_sample
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings, as_values, merged
from console.core.policy.keep.samples import (
    KnownOfCall,
    Sample,
    changed_verdict,
    has_token,
    kept_call,
    kept_rule,
    token_places,
)
from console.core.policy.text.document import PolicyProblem
from console.core.redaction.known import MIN_CHARACTERS
from console.sandbox.policy_text import BASE
from console.services import apis, budget, policies
from console.services.opening import OpenProfile
from console.services.own_sandbox import OwnSandbox
from console.services.policies import PolicyAnswer, Question
from console.store import attempts, audit
from console.store import policies as store
from console.store.json_text import size_of

MAX_SAMPLES = 50


@dataclass(frozen=True, slots=True, repr=False)
class ApiPolicy:
    """The policy of an Api for somebody who may see it. `api` has sandbox addresses filled in.

    `settings` are used for the kept text; only who `can_manage` sees those that are not secret, or edits any.
    """

    api: Api
    settings: PolicySettings
    can_manage: bool

    @property
    def hidden(self) -> tuple[Secret, ...]:
        """What this person must not be told of the kept values."""
        return tuple(Secret(value.text) for value in self.settings.values if value.is_secret or not self.can_manage)

    def values_for(self, policy: str) -> tuple[KeptValue, ...]:
        """The kept values that may be used with this text and no others beside them.

        Another's values go into the kept text alone: a text of one's own could make the gateway's answer tell them, and
        a value of one's own send them to another host. Those too short to be masked in an answer stay out of it.
        """
        if self.can_manage:
            return self.settings.values
        is_kept_text = policy.replace("\r\n", "\n").strip() == self.api.policy.replace("\r\n", "\n").strip()
        return tuple(one for one in self.settings.values if is_kept_text and len(one.text) >= MIN_CHARACTERS)


@dataclass(frozen=True, slots=True, repr=False)
class JudgedSample:
    """A row of the table and today's verdict on it; `trace` is None when the policy cannot be stored."""

    sample: Sample
    trace: Trace | None

    @property
    def agrees(self) -> bool:
        if self.trace is not None and self.sample.expects is Verdict.UNDECIDED:
            return True  # what could not be told then is no promise
        if self.trace is None or self.trace.verdict is not self.sample.expects:
            return False
        return not self.sample.reason or self.sample.reason in (self.trace.reason, *self.trace.reason_aliases)


def open_policy(actor: Actor, api_id: str) -> ApiPolicy:
    """Raises NotFound for an Api the actor may not use."""
    held = apis.get_held(actor, "use", api_id)
    return ApiPolicy(OwnSandbox(actor).fill_in(held.value), store.settings(actor, api_id), held.may("manage"))


def of_opened(opened: OpenProfile, api: Api) -> ApiPolicy:
    """The same of the Api of an open profile, sandbox addresses filled in. Raises NotFound, Misconfigured."""
    return ApiPolicy(api, opened.policy_settings, "manage" in opened.api_rights)


def has_policy(actor: Actor, api_id: str | None) -> bool:
    """Whether the actor sees an Api of that id, and it has a policy."""
    if api_id is None:
        return False
    try:
        return bool(apis.get_stored(actor, "use", api_id).policy.strip())
    except NotFound:
        return False


def save(
    actor: Actor, api_id: str, *, text: str, typed: tuple[KeptValue, ...], switches: dict[str, str], version: int
) -> Api:
    """Keeps text, values and switches with the Api; raises Stale when somebody saved since `version`.

    `typed` are the values that came with the text. What was kept and the text no longer leaves open is forgotten; a
    text that cannot be read forgets nothing.
    In a text of the sandbox its address and clients become placeholders again.
    """
    before = apis.get_stored(actor, "manage", api_id)
    kept_text = OwnSandbox(actor).unfilled_text(text) if before.base_url.startswith(BASE) else text
    values = _left_open(text, merged(store.settings(actor, api_id).values, typed))
    chosen = {name: value for name, value in switches.items() if DEFAULTS.get(name) != value}
    budget.keep(actor, len(kept_text))
    after, kept = replace(before, policy=kept_text), PolicySettings(values, chosen)
    with audit.together():
        saved = store.save(actor, after, kept, expected_version=version, now=clock.now())
        told = f"{len(kept_text)} characters, {len(values)} kept values"
        _audit(actor, Action.POLICY_SAVED, api_id, detail=told)
    return saved


def _left_open(text: str, values: tuple[KeptValue, ...]) -> tuple[KeptValue, ...]:
    policy = policies.opened(text)
    if isinstance(policy.read, PolicyProblem):
        return values
    is_open = {(one.kind, one.name) for one in policy.open_values(as_values(values))}
    return tuple(one for one in values if one.key in is_open)


def table(actor: Actor, opened: ApiPolicy) -> list[JudgedSample]:
    """Every row judged by the kept policy, each as of its own moment, with metadata that is known without network."""
    found = store.samples(actor, opened.api.id)
    answers = policies.judge_samples(actor, _of_kept(opened, opened.settings.values), found)
    return [JudgedSample(one, answer.trace) for one, answer in zip(found, answers, strict=True)]


def list_samples(actor: Actor, api_id: str) -> list[Sample]:
    """Oldest first."""
    return store.samples(actor, api_id)


def sample(actor: Actor, api_id: str, sample_id: str) -> Sample:
    """Raises NotFound."""
    return store.sample(actor, api_id, sample_id)


def past_call(actor: Actor, attempt_id: str) -> Sample:
    """A call of the actor's history, to be judged again; NotFound when there is none or its token is not on record."""
    record = attempts.get(actor, attempt_id).value
    found = as_sample(record.evidence, id=record.id, name=record.title)
    if found is None:
        raise NotFound(
            "This call cannot be judged again.",
            why="The claims of the token it carried are not on record.",
            do="Get a token and choose the profile that holds it.",
            who="You can do this.",
        )
    return found


def judge_past_call(actor: Actor, opened: ApiPolicy, attempt_id: str) -> PolicyAnswer:
    """What the Api's policy of today decides about a call that was sent, as of the moment it was sent."""
    sample = past_call(actor, attempt_id)
    question = _of_kept(opened, opened.values_for(opened.api.policy))
    return policies.judge(actor, replace(question, sample=sample, is_past_call=True))


def _of_kept(opened: ApiPolicy, values: tuple[KeptValue, ...]) -> Question:
    """A question about the kept text, with the kept switches."""
    policy, switches = policies.opened(opened.api.policy), opened.settings.switches
    return Question(policy, values=values, switches=switches, hidden=opened.hidden)


def add_sample(actor: Actor, api_id: str, answer: PolicyAnswer, *, name: str) -> None:
    """Keeps the call of an answer as a row that expects what was answered; raises NotAllowed with the reason why not.

    Tokens lose their signatures and other secrets are masked before anything is kept.
    """
    trial, trace = answer.trial, answer.trace
    if trial is None or trace is None:
        raise NotAllowed(
            "This call cannot be kept as a row of the table.",
            why="The policy cannot be read, so nothing was judged.",
            do="Use a policy that the gateway would store.",
            who="You can do this.",
        )
    if len(store.samples(actor, api_id)) >= MAX_SAMPLES:
        raise NotAllowed(
            f"The table holds {MAX_SAMPLES} rows already.",
            why="Each of them is judged whenever the page is opened.",
            do="Delete rows that say the same.",
            who="You can do this.",
        )
    question = answer.question
    places = token_places(trial.document, trial.values)
    request = kept_call(trial.request, KnownOfCall(question.token, places, question.hidden), name=name)
    expects = trace.verdict
    sample = Sample(
        id=random.new_id(),
        name=name,
        request=request,
        rule=kept_rule(trial.subscription),
        expects=expects,
        reason=trace.reason if expects is Verdict.REJECT else "",
        judged_at=answer.now,
        is_verified=has_token(request) and _is_verified(trace),
    )
    kept = structs.replace(trial, request=request, subscription=sample.rule, assumes_signature=sample.is_verified)
    before, after = _told(trace), _told(evaluate(kept))
    if before != after:
        raise changed_verdict(before, after)
    budget.keep(actor, size_of(sample))
    with audit.together():
        store.add_sample(actor, api_id, sample, now=clock.now())
        _audit(actor, Action.SAMPLE_ADDED, api_id, detail=name)


def _told(trace: Trace) -> str:
    """The verdict in the gateway's words."""
    return f"{trace.verdict.value} ({trace.reason})" if trace.reason else trace.verdict.value


def change_sample(actor: Actor, api_id: str, sample_id: str, *, name: str, expects: Verdict, reason: str) -> None:
    with audit.together():
        store.change_sample(actor, api_id, sample_id, name=name, expects=expects, reason=reason)
        _audit(actor, Action.SAMPLE_CHANGED, api_id, detail=name)


def delete_sample(actor: Actor, api_id: str, sample_id: str) -> None:
    with audit.together():
        store.delete_sample(actor, api_id, sample_id)
        _audit(actor, Action.SAMPLE_DELETED, api_id)


def _audit(actor: Actor, action: Action, api_id: str, *, detail: str = "") -> None:
    audit.append(actor, action, object_kind="api", object_id=api_id, result="done", now=clock.now(), detail=detail)


def _is_verified(trace: Trace) -> bool:
    """Whether every signature that was looked at verified, and one was."""
    checks = [check for step in trace.steps for check in step.checks if check.check == "signature"]
    return bool(checks) and all(map(_passed, checks))


def _passed(check: GatewayCheck) -> bool:
    return check.outcome is Outcome.PASS
