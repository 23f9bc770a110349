"""Runs one policy that steers nothing; one that is not known here leaves the call undecided."""

from difflib import get_close_matches
from functools import lru_cache

from msgspec.structs import replace

from console.core.policy.engine.conditions import LastError, resolved
from console.core.policy.engine.model import Flow, PolicyStep, Verdict, Warned
from console.core.policy.engine.read_bodies import after_policy
from console.core.policy.policies import BY_NAME, NAMES, set_variable
from console.core.policy.policies.base import Policy
from console.core.policy.text.document import Element
from console.core.policy.text.values import UNDECIDING
from console.core.policy.token.token_policy import TOKEN_POLICIES, source_of

_HIDDEN_SCOPE = Warned("hidden-scope", "The policies of parent scopes are not in this text.")
# The value of a variable keeps its type, and what these write is never looked at.
_READS_OWN_VALUES = frozenset({set_variable.NAME}) | UNDECIDING
# What a variable-name of these tells is either read, or set by what they leave behind.
_READS_VARIABLES = frozenset({"return-response", *TOKEN_POLICIES})


def run_policy(element: Element, flow: Flow, *, section: str, path: str) -> tuple[PolicyStep, Flow]:
    """The step of a policy and the call as it goes on. Expressions whose value the flow knows are put in first."""
    written = element
    element = with_known_values(element, flow)
    policy = BY_NAME.get(element.name)
    if policy is None or policy.run is None:
        step = _base(section, path) if element.name == "base" else _unknown(element)
        return step, flow.after_unseen()
    done, after = policy.run(element, flow)
    after = after_policy(written, after)
    if element.name not in _READS_VARIABLES:
        after = _without_filled(element, after)
    more = _overwritten(element, flow) if flow.overwritten else ()
    if section not in policy.sections:
        more = (*more, _section_warning(policy, section))
    name = element.attribute("id") or ""
    if more or name:
        done = replace(done, warnings=(*done.warnings, *more), id=name)
    return done, after if after.replaced is flow.replaced else _with_path(flow, after, path)


def _without_filled(element: Element, flow: Flow) -> Flow:
    """The call when nobody knows what the policy has put into the variables that its attributes name."""
    for attribute, name in element.attributes:
        if attribute.endswith("variable-name"):
            flow = flow.without_variable(name)
    return flow


def with_known_values(element: Element, flow: Flow, error: LastError | None = None) -> Element:
    """The element, its expressions that rest on what is known replaced by their values."""
    if element.is_plain or element.name in _READS_OWN_VALUES:
        return element
    return element.rewritten(lambda text, *_: resolved(text, flow, error))


@lru_cache(maxsize=256)
def _base(section: str, path: str) -> PolicyStep:
    """The step of `base`, which every document has: nothing in it is of a call, so it is made once for each place."""
    warnings = (replace(_HIDDEN_SCOPE, path=path),) if section == "inbound" else ()
    return PolicyStep("base", path, Verdict.ALLOW, warnings=warnings)


def _unknown(element: Element) -> PolicyStep:
    # A policy that is not understood might refuse the caller: passing it over silently would be a guess.
    alike = [name for name in sorted(NAMES) if abs(len(name) - len(element.name)) <= 3]
    near = get_close_matches(element.name, alike, 1)
    hint = f" Did you mean {near[0]}?" if near and near[0] != element.name else ""
    unknown = Warned("unknown-policy", f"What {element.name} does is not known here.{hint}")
    return PolicyStep(element.name, "", Verdict.UNDECIDED, needs=(f"policy {element.name}",), warnings=(unknown,))


def _section_warning(policy: Policy, section: str) -> Warned:
    text = f"{policy.name} is documented for the inbound section only; what it does in {section} is not confirmed."
    return Warned("wrong-section", text)


def _overwritten(element: Element, flow: Flow) -> tuple[Warned, ...]:
    """Said where a token policy reads a header or parameter that an earlier policy has replaced or deleted."""
    if element.name not in TOKEN_POLICIES:
        return ()
    source = source_of(element)
    if source.part not in flow.overwritten:
        return ()
    by = flow.replaced.get(source.part, "An earlier policy")
    text = f"{by} replaces or deletes {source.shown} before {element.name} reads the token there."
    return (Warned("token-overwritten", text, by),)


def _with_path(before: Flow, after: Flow, path: str) -> Flow:
    """Policies say by name that they replaced something; which one of them it was, only its path tells."""
    new = {key: path for key, name in after.replaced.items() if before.replaced.get(key) != name}
    return replace(after, replaced={**after.replaced, **new}) if new else after
