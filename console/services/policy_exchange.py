"""Between the policy of an Api and what it is made from or used for: its expectation, and files for a build."""

from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from console.core.actor import Actor
from console.core.api import Api, Expectation
from console.core.policy.engine.model import MetadataView
from console.core.policy.expectation.from_policy import PolicyExpectation, expectation_of
from console.core.policy.expectation.to_policy import UnwritablePolicy, WrittenPolicy, policy_of
from console.core.policy.keep.policy_settings import as_values
from console.core.policy.keep.samples import KnownOfCall, as_entry, token_places
from console.core.policy.text.document import PolicyProblem, read_policy
from console.core.policy.text.values import fill
from console.core.policy.token.token_policy import Kind
from console.sandbox.policy_text import BASE
from console.services import api_policies, apis, policies
from console.services.api_policies import ApiPolicy
from console.services.own_sandbox import OwnSandbox
from console.services.policies import Question

VALUE_FILES = {
    "named-value": "named_values",
    "expression": "expressions",
    "certificate": "certificates",
    "fragment": "fragments",
}


@dataclass(frozen=True, slots=True, repr=False)
class ReadExpectation:
    """`reading` is None when the policy cannot be read, and `problem` says why. `api` is as it is stored."""

    api: Api
    reading: PolicyExpectation | None
    problem: str = ""


def read_expectation(actor: Actor, api_id: str) -> ReadExpectation:
    """What the policy demands, in the words of an expectation; raises NotFound for who may not manage the Api."""
    api = apis.get_stored(actor, "manage", api_id)
    opened = api_policies.open_policy(actor, api_id)
    document = read_policy(opened.api.policy)
    if isinstance(document, PolicyProblem):
        return ReadExpectation(api, None, f"{document.what} {document.do}")
    plain = tuple(value for value in opened.settings.values if not value.is_secret)
    reading = expectation_of(fill(document, as_values(plain)))
    if not api.base_url.startswith(BASE):
        return ReadExpectation(api, reading)
    own = OwnSandbox(actor)
    urls = tuple(map(own.unfilled_text, reading.metadata_urls))
    expectation = own.unfilled_expectation(reading.expectation)
    return ReadExpectation(api, replace(reading, expectation=expectation, metadata_urls=urls))


def filled(draft: Api) -> Api:
    """A new Api with what its policy demands, where nothing was said about that; else, or unreadable, as it is."""
    document = read_policy(draft.policy) if draft.policy.strip() else None
    says_nothing = replace(draft.expectation, algorithms=(), leeway_s=0) == Expectation()
    if document is None or isinstance(document, PolicyProblem) or not says_nothing:
        return draft
    reading = expectation_of(document)
    expectation = replace(merged(draft.expectation, reading), leeway_s=draft.expectation.leeway_s)
    return replace(
        draft,
        expectation=expectation,
        metadata_url=draft.metadata_url or next(iter(reading.metadata_urls), ""),
    )


def beyond_expectation(api: Api) -> tuple[str, ...]:
    """What the policy demands and the expectation does not hold, one sentence each."""
    document = read_policy(api.policy) if api.policy.strip() else None
    return () if document is None or isinstance(document, PolicyProblem) else expectation_of(document).notes


def merged(before: Expectation, reading: PolicyExpectation) -> Expectation:
    """The expectation of the policy; what a policy cannot say (algorithms) stays as it was."""
    found = reading.expectation
    return replace(found, algorithms=found.algorithms or before.algorithms)


def written(opened: ApiPolicy, kind: Kind) -> WrittenPolicy | UnwritablePolicy:
    """A policy that demands what the Api's expectation says."""
    api = opened.api
    return policy_of(api.expectation, metadata_url=api.metadata_url, kind=kind, name=api.name)


def policy_file(actor: Actor, api_id: str) -> str:
    """The policy's text, sandbox addresses filled in."""
    return _managed(actor, api_id).api.policy


def table_file(actor: Actor, api_id: str) -> dict[str, Any]:
    """The table and chosen switches as `manage.py evaluate_policy` reads them: tokens unsigned, secrets masked."""
    opened = _managed(actor, api_id)
    document, settings = read_policy(opened.api.policy), opened.settings
    known = KnownOfCall(secrets=settings.secrets)
    if not isinstance(document, PolicyProblem):
        known = replace(known, places=token_places(document, as_values(settings.values)))
    return {
        "requests": [as_entry(sample, known) for sample in api_policies.list_samples(actor, api_id)],
        "switches": dict(settings.switches),
    }


def metadata_file(actor: Actor, api_id: str) -> dict[str, Any]:
    """Issuer and public keys of each address that the policy needs for the rows of the table and is known here."""
    opened = _managed(actor, api_id)
    question = Question(policies.opened(opened.api.policy), values=opened.settings.values)
    rows = [replace(question, sample=sample) for sample in api_policies.list_samples(actor, api_id)]
    known = chain.from_iterable(policies.known_metadata(actor, [question, *rows]))
    return {one.url: _published(one.view) for one in known if one.view is not None}


def values_file(actor: Actor, api_id: str) -> dict[str, dict[str, str]]:
    """The kept values that are not secret."""
    found: dict[str, dict[str, str]] = {}
    for value in _managed(actor, api_id).settings.values:
        if not value.is_secret:
            found.setdefault(VALUE_FILES[value.kind], {})[value.name] = value.text
    return found


def _managed(actor: Actor, api_id: str) -> ApiPolicy:
    apis.get_stored(actor, "manage", api_id)
    return api_policies.open_policy(actor, api_id)


def _published(view: MetadataView) -> dict[str, Any]:
    keys = [key for key in (view.keyset.keys if view.keyset else ()) if not key.is_symmetric]
    named = [{"kty": key.kty, "kid": key.kid, "alg": key.alg, "use": key.use, **key.material} for key in keys]
    return {"issuer": view.issuer, "jwks": {"keys": [{k: v for k, v in one.items() if v} for one in named]}}
