"""A required claim that the token lacks: who has to grant what, and how the client has to ask."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from console.core.checks.wording import listed, shown
from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.client.making import change, token_option
from console.core.policy.repair.client.target import ask_for, by_client, from_issuer, from_tenant
from console.core.policy.repair.failures import Failure, Option
from console.core.policy.repair.proposal import Change
from console.core.policy.repair.rules import (
    SINGLE,
    Demand,
    demands_of,
    fitting_separator,
    is_same_but_case,
    parts_of,
    twin_of,
)
from console.core.policy.repair.token_text import REMOVED

_BLANK_SEPARATED = ("scp", "scope")
_LISTS = ("roles", "groups", "wids")
_MOST_VALUES = 50  # nobody is granted more at once
_CREDENTIALS = {"0": "no credential", "1": "a client secret", "2": "a certificate"}


def required_claim(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    """Nothing where only the API's side can help: the claim has another name, or its values are not split."""
    demands = demands_of(failure)
    if not demands or failure.token is None or any(twin_of(one, failure.claims) for one in demands):
        return ()
    if any(_is_written_otherwise(one, failure.claims) for one in demands) or len(_missing(demands)) > _MOST_VALUES:
        return ()
    name = demands[0].name
    if name == "ver":
        return ()  # the API's own registration decides it
    special = _SPECIAL.get(name)
    return special(trial, failure, demands) if special else _granted(trial, failure, demands)


def _is_written_otherwise(one: Demand, claims: dict[str, Any]) -> bool:
    """Whether the claim has what is asked for, only not split or in another letter case, or nobody can have it: a
    list of values written as one.
    """
    value, held = claims.get(one.name), set(one.held or ())
    if not one.separator and isinstance(value, str) and set(value.split()) & set(one.values):
        return True
    if fitting_separator(one, claims) is not None:
        return True
    if any(is_same_but_case(text, wanted) for text in held for wanted in one.missing):
        return True
    lists = [parts for wanted in one.missing if len(parts := parts_of(wanted)) > 1]
    return any(one.name in SINGLE or held & set(parts) for parts in lists)


def _missing(demands: tuple[Demand, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for one in demands for value in one.missing))


def with_values(demands: tuple[Demand, ...], held: Any) -> Any:
    """The claim's value with everything that is missing added to it, in the form that the claim has."""
    first, missing = demands[0], _missing(demands) or ("any",)
    before = held if isinstance(held, list) else [] if held is None else [held]
    if first.separator or first.name in _BLANK_SEPARATED:
        return (first.separator or " ").join([*map(str, before), *missing])
    if first.name in _LISTS or isinstance(held, list):
        return [*before, *missing]
    return missing[0] if len(missing) == 1 else list(missing)


def _granted(trial: Trial, failure: Failure, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    name = demands[0].name
    told = _TOLD.get(name, _from_provider)(failure, demands)
    return (_adding(trial, failure, demands, told),)


def _adding(trial: Trial, failure: Failure, demands: tuple[Demand, ...], told: Change, **more: Any) -> Option:
    name = demands[0].name
    value = with_values(demands, failure.claims.get(name))
    return token_option(trial, failure, told, {name: value, **more}, detail=f"{name}={'|'.join(_missing(demands))}")


def _wanted(demands: tuple[Demand, ...], kind: str) -> str:
    """The missing values: "the role Admin" for the kind role, and "a role of this API" where any will do."""
    values = " and ".join(map(shown, _missing(demands)))
    return f"the {kind} {values}" if values else f"a {kind} of this API"


def _role(failure: Failure, demands: tuple[Demand, ...]) -> Change:
    holder = "user" if "scp" in failure.claims else "client, with admin consent"
    return change(
        failure,
        "grant-role",
        "Have the app role granted",
        f"Have {_wanted(demands, 'role')} assigned to this {holder}, and get a new token.",
        who=Owner.TENANT_ADMIN,
    )


def _scope(failure: Failure, demands: tuple[Demand, ...]) -> Change:
    return change(
        failure,
        "ask-permission",
        "Ask for the missing scope",
        f"Request {_wanted(demands, 'scope')}, have it consented to, and get a new token.",
    )


def _group(failure: Failure, demands: tuple[Demand, ...]) -> Change:
    name, values = demands[0].name, " and ".join(map(shown, _missing(demands)))
    kind = "directory role" if name == "wids" else "group"
    return change(
        failure,
        "grant-membership",
        "Have the membership granted",
        f"Have the caller added to {f'the {kind} {values}' if values else f'a {kind}'}, and get a new token.",
        who=Owner.TENANT_ADMIN,
    )


def _groups(trial: Trial, failure: Failure, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    """Of too many groups the token has none, and one more would not help."""
    elsewhere, name = failure.claims.get("_claim_names"), demands[0].name
    is_left_out = isinstance(elsewhere, dict) and name in elsewhere
    if not is_left_out and failure.claims.get("hasgroups") not in (True, "true"):
        return _granted(trial, failure, demands)
    values = listed(_missing(demands)) if _missing(demands) else "the wanted one"
    told = change(
        failure,
        "fewer-groups",
        "Have the groups fit into the token",
        f"Have only the groups that are assigned to the application written into its tokens, with {values} among them, "
        "or have the caller taken out of groups: there are too many, so the token carries none.",
        who=Owner.TENANT_ADMIN,
    )
    return (_adding(trial, failure, demands, told, _claim_names=REMOVED, hasgroups=REMOVED),)


def _credential(failure: Failure, demands: tuple[Demand, ...]) -> Change:
    missing = _missing(demands)
    means = listed(_CREDENTIALS.get(value, value) for value in missing) if missing else "any credential"
    return change(
        failure,
        "other-credential",
        "Authenticate the client in the accepted way",
        f"Get the token with {means} for the client.",
    )


def _sign_in(failure: Failure, demands: tuple[Demand, ...]) -> Change:
    return change(
        failure,
        "stronger-sign-in",
        "Sign in as strongly as the API asks",
        f"Sign in again so that the token has {_named(demands)}, and get a new token.",
        who=Owner.END_USER,
    )


def _from_provider(failure: Failure, demands: tuple[Demand, ...]) -> Change:
    return change(
        failure,
        "claim-from-provider",
        f"Have {demands[0].name} put into the token",
        f"Have the identity provider write the claim {_named(demands)} into the tokens of this client.",
        who=Owner.IDENTITY_PROVIDER,
    )


def _named(demands: tuple[Demand, ...]) -> str:
    """The claim, with the missing values where certain ones are wanted."""
    values = " and ".join(map(shown, _missing(demands)))
    return f"{demands[0].name} with the value {values}" if values else demands[0].name


def _roles(trial: Trial, failure: Failure, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    """A person's token without any role is often the wrong grant: app roles come with client credentials."""
    granted = _granted(trial, failure, demands)
    if "scp" not in failure.claims or "roles" in failure.claims:
        return granted
    told = change(
        failure,
        "app-token",
        "Get the token for the application itself",
        "Get the token with the client credentials grant: this one stands for a person.",
    )
    granting = change(
        failure,
        "grant-role",
        "Have the app role granted",
        f"Have {_wanted(demands, 'role')} granted to the client as an application permission, with admin consent.",
        who=Owner.TENANT_ADMIN,
    )
    typed = {"idtyp": "app"} if "idtyp" in failure.claims else {}
    app = _adding(trial, failure, demands, told, scp=REMOVED, **typed)
    return (replace(app, also=(granting,)), *granted)


def _scopes(trial: Trial, failure: Failure, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    """Scopes are a person's: a token that the client got for itself never has any."""
    if any(name in failure.claims for name in _BLANK_SEPARATED):
        return _granted(trial, failure, demands)
    told = change(
        failure,
        "user-token",
        "Get the token for a signed-in person",
        f"Have a person sign in (authorization code grant) and request {_wanted(demands, 'scope')}: this token stands "
        "for the application alone.",
    )
    typed = {"idtyp": "user"} if "idtyp" in failure.claims else {}
    return (_adding(trial, failure, demands, told, roles=REMOVED, **typed),)


def _idtyp(trial: Trial, failure: Failure, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    wanted = _missing(demands)[:1]
    if wanted == ("user",):
        told = change(
            failure,
            "user-token",
            "Get the token for a signed-in person",
            "Have a person sign in (authorization code grant), and have the API ask for the optional claim idtyp: this "
            "token stands for the application alone.",
        )
        return (token_option(trial, failure, told, {"idtyp": "user", "roles": REMOVED}, detail="idtyp"),)
    if wanted != ("app",):
        return _granted(trial, failure, demands)
    told = change(
        failure,
        "app-token",
        "Get the token for the application itself",
        "Get the token with the client credentials grant, and have the API ask for the optional claim idtyp.",
    )
    return (token_option(trial, failure, told, {"idtyp": "app", "scp": REMOVED}, detail="idtyp"),)


def _client(trial: Trial, failure: Failure, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    return by_client(trial, failure, demands[0].name, demands[0].values)


Special = Callable[[Trial, Failure, tuple[Demand, ...]], tuple[Option, ...]]
_SPECIAL: dict[str, Special] = {
    "roles": _roles,
    "scp": _scopes,
    "scope": _scopes,
    "groups": _groups,
    "idtyp": _idtyp,
    "azp": _client,
    "appid": _client,
    "client_id": _client,
    "aud": lambda trial, failure, demands: ask_for(trial, failure, demands[0].values),
    "iss": lambda trial, failure, demands: from_issuer(trial, failure, demands[0].values),
    "tid": lambda trial, failure, demands: from_tenant(trial, failure, (*_missing(demands), "")[0]),
}
_TOLD: dict[str, Callable[[Failure, tuple[Demand, ...]], Change]] = {
    "roles": _role,
    "scp": _scope,
    "scope": _scope,
    "groups": _group,
    "wids": _group,
    "azpacr": _credential,
    "appidacr": _credential,
    "amr": _sign_in,
    "acr": _sign_in,
    "acrs": _sign_in,
}
