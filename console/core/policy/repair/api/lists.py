"""Lists of the policy that lack the caller's value: audiences, clients, APIs, issuers, addresses."""

from functools import partial

from console.core.checks.wording import shown
from console.core.compare import is_graph, is_guid, spelled_differently
from console.core.policy.engine.trial import Trial
from console.core.policy.policies import ip_filter
from console.core.policy.repair import edits
from console.core.policy.repair.api.claim_forms import with_parts
from console.core.policy.repair.api.making import change, edit_option, is_writable, with_item
from console.core.policy.repair.failures import Failure, Option
from console.core.policy.repair.proposal import Change
from console.core.policy.repair.rules import DEFAULT_SCOPE, parts_of
from console.core.policy.text.document import Element
from console.core.policy.token.attributes import texts

_ITEMS = {
    "audiences": "audience",
    "client-application-ids": "application-id",
    "backend-application-ids": "application-id",
}


def audience(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    listed = policy.child("audiences")
    if listed is None:
        return ()
    removal = change(
        failure,
        "drop-audiences",
        "Do not check the audience",
        "Take the list of audiences out of the policy.",
        weakness="Every token of this issuer, made for any API, would then open this one.",
        is_removal=True,
    )
    dropped = edit_option(trial, failure, removal, lambda source: edits.without(source, listed))
    mended = (*_scope_off(trial, failure, listed), *_parted(trial, failure, listed, _audiences_of(failure)))
    return (*(mended or _accepted(trial, failure, policy, listed)), dropped)


def _audiences_of(failure: Failure) -> tuple[str, ...]:
    return (failure.token and failure.token.audiences) or ()


def _accepted(trial: Trial, failure: Failure, policy: Element, listed: Element) -> tuple[Option, ...]:
    actual = next((one for one in _audiences_of(failure) if not is_graph(one)), None)
    if not is_writable(actual):
        return ()
    wanted = tuple(one.removesuffix(DEFAULT_SCOPE) for one in texts(listed, "audience"))
    told = change(
        failure,
        "add-audience",
        "Accept this audience",
        f"Add {shown(actual)} to the audiences of the policy{_condition(actual, wanted)}.",
        weakness=audience_weakness(actual, wanted),
    )
    return (_adding(trial, failure, told, policy, "audiences", actual),)


def _scope_off(trial: Trial, failure: Failure, listed: Element) -> tuple[Option, ...]:
    """A scope to ask for where its audience belongs: no token has "/.default" in its aud."""
    for item in edits.written_out(trial.document.source, listed.children):
        bare = item.text.removesuffix(DEFAULT_SCOPE)
        if bare != item.text and bare in _audiences_of(failure):
            told = change(
                failure,
                "correct-audience",
                "Write the audience without /.default",
                f"Write {shown(bare)} in place of {shown(item.text)}: that is the scope to ask for, and a token names "
                "the API alone.",
            )
            return (edit_option(trial, failure, told, partial(edits.with_text, target=item, text=bare)),)
    return ()


def _parted(trial: Trial, failure: Failure, listed: Element, actual: tuple[str, ...]) -> tuple[Option, ...]:
    """Several values of a list written into one element, one of them the caller's."""
    for item in edits.written_out(trial.document.source, listed.children):
        parts = parts_of(item.text)
        if len(parts) > 1 and not set(parts).isdisjoint(actual):
            told = change(
                failure,
                "split-value",
                "Write one value per element",
                f"Write {' and '.join(map(shown, parts))} as elements of their own: the text of one is never split.",
            )
            return (edit_option(trial, failure, told, partial(with_parts, joined=item, name=item.name, parts=parts)),)
    return ()


def _adding(trial: Trial, failure: Failure, told: Change, policy: Element, block: str, text: str) -> Option:
    """A value added to one of the lists of a token policy."""
    add = partial(with_item, policy=policy, block=block, name=_ITEMS[block], text=text)
    return edit_option(trial, failure, told, add, detail=text)


def audience_weakness(actual: str, listed: tuple[str, ...]) -> str:
    """ "" when both name the same API, or may well do: its client id and its App ID URI."""
    if spelled_differently(actual, listed) is not None or any(_may_be_same(actual, one) for one in listed):
        return ""
    return f"Tokens that were made for {shown(actual)} would then open this API too."


def _condition(actual: str, listed: tuple[str, ...]) -> str:
    if spelled_differently(actual, listed) is not None or not any(_may_be_same(actual, one) for one in listed):
        return ""
    return ", if it is another name of this API"


def _may_be_same(one: str, other: str) -> bool:
    bare = [is_guid(text.removeprefix("api://")) for text in (one, other)]
    uris = ["://" in text and not is_guid(text.removeprefix("api://")) for text in (one, other)]
    return any(bare) and any(uris)


def client(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    name = "appid" if failure.claims.get("ver") == "1.0" else "azp"
    actual = failure.claims.get(name)
    if not is_writable(actual):
        return ()
    listed = policy.child("client-application-ids")
    if listed is not None and (mended := _parted(trial, failure, listed, (actual,))):
        return mended
    told = change(
        failure,
        "add-client",
        "Add the client to the list",
        f"Add the client {shown(actual)} to client-application-ids, if it may call this API.",
    )
    return (_adding(trial, failure, told, policy, "client-application-ids", actual),)


def backend(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    found = (failure.token and failure.token.audiences) or ()
    actual = next((one.removeprefix("api://") for one in found if not is_graph(one)), None)
    if not is_writable(actual):
        return ()
    told = change(
        failure,
        "add-backend",
        "Accept tokens of this API",
        f"Add {shown(actual)} to backend-application-ids.",
        weakness=f"Tokens that were made for {shown(actual)} would then open this API too.",
    )
    return (_adding(trial, failure, told, policy, "backend-application-ids", actual),)


def address(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    caller = trial.request.client_ip
    if caller is None:
        return ()
    if policy.attribute("action") == "forbid":
        return _no_longer_forbidden(trial, failure, policy, caller)
    told = change(
        failure,
        "add-address",
        "Allow the caller's address",
        f"Add the address {shown(caller)} to the ip-filter, if the call rightly comes from there.",
    )
    return (
        edit_option(
            trial,
            failure,
            told,
            lambda source: edits.with_child(source, policy, edits.element("address", caller)),
            detail=caller,
        ),
    )


def _no_longer_forbidden(trial: Trial, failure: Failure, policy: Element, caller: str) -> tuple[Option, ...]:
    """Without every entry that covers the caller; the rest of the list stays, and with none left the policy goes."""
    covering = ip_filter.entries_for(policy, caller)
    targets = covering if len(covering) < len(policy.children) else (policy,)
    entries = ip_filter.in_list(covering)
    told = change(
        failure,
        "unblock-address",
        "No longer forbid the address",
        f"Take {entries} out of the forbidden addresses of the ip-filter.",
        weakness=f"Every caller from {entries} would then be let through.",
        is_removal=True,
    )
    return (edit_option(trial, failure, told, partial(_without_all, targets=targets), detail=caller),)


def _without_all(source: str, targets: tuple[Element, ...]) -> str:
    """The last first, so that the places of the others stay true."""
    for target in reversed(targets):
        source = edits.without(source, target)
    return source
