"""What the gateway would do: a policy and a call judged for an actor. Nothing is stored; judging opens no socket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from console.adapters import clock
from console.core.actor import Actor
from console.core.credential import Secret
from console.core.errors import NotFound
from console.core.policy import repair
from console.core.policy.csharp.work import Purse
from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import MetadataView, Warned
from console.core.policy.engine.request import GatewayRequest, secret_part
from console.core.policy.engine.switches import DEFAULTS, Switches
from console.core.policy.engine.trace import Trace
from console.core.policy.engine.trial import Trial
from console.core.policy.keep.described_call import DescribedCall, as_sent, rule_of
from console.core.policy.keep.policy_settings import KeptValue, as_values
from console.core.policy.keep.policy_text import (
    PolicyText,
    RefusedText,
    StoredPolicy,
    all_warnings,
    as_stored,
    read_text,
)
from console.core.policy.keep.samples import Sample, token_in
from console.core.policy.repair.proposal import RepairProposal
from console.core.policy.text.document import PolicyDocument, PolicyProblem
from console.core.profile import Profile
from console.core.tokens.parse import parse
from console.services import budget, opening, policy_metadata, profiles, token_keys, tokens
from console.services.own_sandbox import OwnSandbox
from console.services.policy_metadata import KnownMetadata
from console.store import tokens as token_store


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """A policy and a call. `now` is epoch seconds, None for this moment; `given` is metadata typed by hand.

    `token` "" sends none; a `sample` is judged in place of token and call, as of its own moment. `hidden` is what must
    not be told back, wherever it turns up in the answer; `withheld` are parts of the token that no expression may read.
    `is_past_call`: the sample is a call of the history, not a row of a table.
    """

    policy: PolicyText
    token: str = ""
    call: DescribedCall = field(default_factory=DescribedCall)
    values: tuple[KeptValue, ...] = ()
    switches: Switches = field(default_factory=dict)
    given: Mapping[str, MetadataView] = field(default_factory=dict)
    now: int | None = None
    hidden: tuple[Secret, ...] = ()
    withheld: tuple[str, ...] = ()
    sample: Sample | None = None
    is_past_call: bool = False

    @property
    def all_switches(self) -> Switches:
        """Every switch with its choice."""
        return {**DEFAULTS, **self.switches}


@dataclass(frozen=True, slots=True, repr=False)
class PolicyAnswer:
    """What came of it. `trial` is what was judged and `trace` what the gateway decides, both None when it would not
    have stored the text: `problems` say why. `warnings` are of the text and of the call together.
    """

    question: Question
    now: int
    problems: tuple[PolicyProblem, ...] = ()
    warnings: tuple[Warned, ...] = ()
    trace: Trace | None = None
    trial: Trial | None = None
    metadata: tuple[KnownMetadata, ...] = ()


def opened(text: str) -> PolicyText:
    """A policy text for questions about it: read here, and not again."""
    return read_text(text)


def judge(actor: Actor, question: Question) -> PolicyAnswer:
    """The gateway's answer to the call, as far as what is known here decides it; raises Busy for long texts."""
    with budget.thinking(actor, _size(question)):
        return _judged(actor, (question,))[0]


def judge_samples(actor: Actor, question: Question, samples: Sequence[Sample]) -> list[PolicyAnswer]:
    """The gateway's answer to each of these calls; the policy is read and its metadata looked up once for all."""
    with budget.thinking(actor, _size(question) * len(samples)):
        return _judged(actor, [replace(question, sample=sample) for sample in samples])


def _size(question: Question) -> int:
    return len(question.policy.text) + len(question.token)


def _judged(actor: Actor, questions: Sequence[Question]) -> list[PolicyAnswer]:
    """Questions of one policy with the same values and metadata."""
    if not questions:
        return []
    read = as_stored(questions[0].policy, as_values(questions[0].values))
    if isinstance(read, RefusedText):
        return [PolicyAnswer(one, _moment(one), read.problems, read.warnings) for one in questions]
    metadata = known_metadata(actor, questions)
    purse = Purse()  # one for all rows of a table
    return [_answer(read, question, known, purse) for question, known in zip(questions, metadata, strict=True)]


def _answer(read: StoredPolicy, question: Question, known: tuple[KnownMetadata, ...], purse: Purse) -> PolicyAnswer:
    trial = _trial(read.document, question, known, purse)
    trace = evaluate(trial)
    return PolicyAnswer(question, trial.now, (), all_warnings(read, trace), trace, trial, known)


def _trial(document: PolicyDocument, question: Question, known: tuple[KnownMetadata, ...], purse: Purse) -> Trial:
    sample = question.sample
    return Trial(
        document,
        sample.request if sample else _sent(question, document),
        _moment(question),
        metadata={one.url: one.view for one in known if one.view is not None},
        subscription=sample.rule if sample else rule_of(question.call),
        values=as_values(question.values),
        switches=question.all_switches,
        assumes_signature=sample is not None and sample.is_verified,
        purse=purse,
    )


def _sent(question: Question, document: PolicyDocument) -> GatewayRequest:
    request = as_sent(question.call, question.token, document)
    return replace(request, withheld=question.withheld)


def proposals(actor: Actor, answer: PolicyAnswer) -> tuple[RepairProposal, ...]:
    """The smallest changes that would let a refused call pass, the caller's side first; none for a row of a table.

    Raises Busy for a long policy.
    """
    if answer.trial is None or (answer.question.sample and not answer.question.is_past_call):
        return ()
    with budget.thinking(actor, _size(answer.question)):
        return repair.proposals(answer.trial)


def _moment(question: Question) -> int:
    if question.sample is not None:
        return question.sample.judged_at
    return question.now if question.now is not None else clock.now()


def known_metadata(actor: Actor, questions: Sequence[Question]) -> list[tuple[KnownMetadata, ...]]:
    """What is known of each address the policy names for each of these questions, without any network.

    They share the policy, its values and the metadata typed by hand.
    """
    wanted = [_addresses(question) for question in questions]
    known = policy_metadata.known(OwnSandbox(actor), chain.from_iterable(wanted), given=questions[0].given)
    return [tuple(known[url] for url in urls) for urls in wanted]


def fetch_metadata(actor: Actor, question: Question) -> dict[str, str]:
    """Fetches what the policy names, on command; the problems, by address."""
    return policy_metadata.fetch(actor, _addresses(question))


def holding_token(actor: Actor) -> list[Profile]:
    """The profiles that the actor may use, for which a token is stored that has not ended."""
    found = [held.value for held in profiles.list_held(actor) if held.may("use")]
    held = token_store.held(token_keys.of_profiles(OwnSandbox(actor), found), until=clock.now() + tokens.LEAST_LIFE_S)
    return [profile for profile in found if profile.id in held]


@dataclass(frozen=True, slots=True)
class UsedToken:
    """A stored token, to be used and never shown. `is_shown` to this person elsewhere, so that nothing is lost here."""

    secret: Secret
    is_shown: bool

    @property
    def withheld(self) -> tuple[str, ...]:
        """The part that makes it a token, for who may not see it: a condition would tell it letter by letter."""
        return () if self.is_shown else (secret_part(self.secret.reveal()),)


def token_of(actor: Actor, profile_id: str) -> UsedToken:
    """The stored token of a profile; NotFound when there is none."""
    opened = opening.of_profile(actor, "use", profile_id)
    found = tokens.valid(opened.own, opened.profile)
    if found is None:
        raise NotFound(
            "This profile has no token at the moment.",
            why="None was obtained yet, or the stored one has ended.",
            do="Open the profile and get a token, then come back.",
            who="You can do this.",
        )
    return UsedToken(found.access_token, opened.may_reveal)


def _addresses(question: Question) -> tuple[str, ...]:
    """The tenant of the question's token stands in where a policy trusts any tenant."""
    token = question.token if question.sample is None else token_in(question.sample.request)
    tenant = parse(token).text_claim("tid") or ""
    return question.policy.metadata_addresses(as_values(question.values), tenant=tenant)
