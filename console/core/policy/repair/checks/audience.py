"""The token is for another API, or names this one in another form."""

from functools import partial

from console.core.checks.wording import shown
from console.core.compare import is_graph, spelled_differently
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.lists import adding, audience_weakness, audiences_of, may_be_same, parted
from console.core.policy.repair.making import api_change, edit_option, is_writable
from console.core.policy.repair.order import moved_behind
from console.core.policy.repair.rules import DEFAULT_SCOPE
from console.core.policy.repair.target import ask_for_api
from console.core.policy.repair.version import other_version
from console.core.policy.text.document import Element


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """Asking for a token of this API. The form of aud in a version 2.0 token is not the client's to choose."""
    return ask_for_api(trial, failure)


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    moved, version = moved_behind(trial, failure, policy), other_version(trial, failure)
    return (*moved, *_listed(trial, failure, policy), *version)


def _listed(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    listed = policy.child("audiences")
    if listed is None:
        return ()
    removal = api_change(
        failure,
        "drop-audiences",
        "Do not check the audience",
        "Take the list of audiences out of the policy.",
        weakness="Every token of this issuer, made for any API, would then open this one.",
        is_removal=True,
    )
    dropped = edit_option(trial, failure, removal, lambda source: edits.without(source, listed))
    mended = (*_scope_off(trial, failure, listed), *parted(trial, failure, listed, audiences_of(failure)))
    return (*(mended or _accepted(trial, failure, policy)), dropped)


def _accepted(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    actual = next((one for one in audiences_of(failure) if not is_graph(one)), None)
    if not is_writable(actual):
        return ()
    wanted = tuple(one.removesuffix(DEFAULT_SCOPE) for one in (failure.demands and failure.demands.audiences) or ())
    told = api_change(
        failure,
        "add-audience",
        "Accept this audience",
        f"Add {shown(actual)} to the audiences of the policy{_condition(actual, wanted)}.",
        weakness=audience_weakness(actual, wanted),
    )
    return (adding(trial, failure, told, policy, "audiences", actual),)


def _scope_off(trial: Trial, failure: FailedCheck, listed: Element) -> tuple[Option, ...]:
    """A scope to ask for where its audience belongs: no token has "/.default" in its aud."""
    for item in edits.written_out(trial.document.source, listed.children):
        bare = item.text.removesuffix(DEFAULT_SCOPE)
        if bare != item.text and bare in audiences_of(failure):
            told = api_change(
                failure,
                "correct-audience",
                "Write the audience without /.default",
                f"Write {shown(bare)} in place of {shown(item.text)}: that is the scope to ask for, and a token names "
                "the API alone.",
            )
            return (edit_option(trial, failure, told, partial(edits.with_text, target=item, text=bare)),)
    return ()


def _condition(actual: str, listed: tuple[str, ...]) -> str:
    if spelled_differently(actual, listed) is not None or not any(may_be_same(actual, one) for one in listed):
        return ""
    return ", if it is another name of this API"


REPAIR = Repair("audience", client, api)
