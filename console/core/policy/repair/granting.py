"""A required claim that the token lacks: who has to grant what, and how the client has to ask."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from console.core.checks.wording import listed, shown
from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import client_change, token_option
from console.core.policy.repair.proposal import RepairChange
from console.core.policy.repair.rules import Demand
from console.core.policy.repair.target import ask_for, by_client, from_issuer, from_tenant
from console.core.policy.repair.token_text import REMOVED
from console.core.providers import owner_of

_BLANK_SEPARATED = ("scp", "scope")
_LISTS = ("roles", "groups", "wids")
_CREDENTIALS = {"0": "no credential", "1": "a client secret", "2": "a certificate"}


def missing_values(demands: tuple[Demand, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for one in demands for value in one.missing))


def with_values(demands: tuple[Demand, ...], held: Any) -> Any:
    """The claim's value with everything that is missing added to it, in the form that the claim has."""
    first, missing = demands[0], missing_values(demands) or ("any",)
    before = held if isinstance(held, list) else [] if held is None else [held]
    if first.separator or first.name in _BLANK_SEPARATED:
        return (first.separator or " ").join([*map(str, before), *missing])
    if first.name in _LISTS or isinstance(held, list):
        return [*before, *missing]
    return missing[0] if len(missing) == 1 else list(missing)


def _granted(trial: Trial, failure: FailedCheck, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    name = demands[0].name
    told = _TOLD.get(name, _from_provider)(failure, demands)
    return (_adding(trial, failure, demands, told),)


def _adding(trial: Trial, failure: FailedCheck, demands: tuple[Demand, ...], told: RepairChange, **more: Any) -> Option:
    name = demands[0].name
    value = with_values(demands, failure.claims.get(name))
    return token_option(
        trial, failure, told, {name: value, **more}, detail=f"{name}={'|'.join(missing_values(demands))}"
    )


def _wanted(demands: tuple[Demand, ...], kind: str) -> str:
    """The missing values: "the role Admin" for the kind role, and "a role of this API" where any will do."""
    values = " and ".join(map(shown, missing_values(demands)))
    return f"the {kind} {values}" if values else f"a {kind} of this API"


def _role(failure: FailedCheck, demands: tuple[Demand, ...]) -> RepairChange:
    holder = "user" if "scp" in failure.claims else f"client{_consented(failure)}"
    return client_change(
        failure,
        "grant-role",
        "Have the app role granted",
        f"Have {_wanted(demands, 'role')} assigned to this {holder}, and get a new token.",
        who=Owner.TENANT_ADMIN,
    )


def _consented(failure: FailedCheck) -> str:
    """What the provider of the token wants beside it: Entra an administrator's consent."""
    owner = owner_of(str(failure.claims.get("iss", "")))
    return ", with admin consent" if owner is None or owner.words.secret_has_id else ""


def _scope(failure: FailedCheck, demands: tuple[Demand, ...]) -> RepairChange:
    return client_change(
        failure,
        "ask-permission",
        "Ask for the missing scope",
        f"Request {_wanted(demands, 'scope')}, have it consented to, and get a new token.",
    )


def _group(failure: FailedCheck, demands: tuple[Demand, ...]) -> RepairChange:
    name, values = demands[0].name, " and ".join(map(shown, missing_values(demands)))
    kind = "directory role" if name == "wids" else "group"
    return client_change(
        failure,
        "grant-membership",
        "Have the membership granted",
        f"Have the caller added to {f'the {kind} {values}' if values else f'a {kind}'}, and get a new token.",
        who=Owner.TENANT_ADMIN,
    )


def _groups(trial: Trial, failure: FailedCheck, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    """Of too many groups the token has none, and one more would not help."""
    elsewhere, name = failure.claims.get("_claim_names"), demands[0].name
    is_left_out = isinstance(elsewhere, dict) and name in elsewhere
    if not is_left_out and failure.claims.get("hasgroups") not in (True, "true"):
        return _granted(trial, failure, demands)
    values = listed(missing_values(demands)) if missing_values(demands) else "the wanted one"
    told = client_change(
        failure,
        "fewer-groups",
        "Have the groups fit into the token",
        f"Have only the groups that are assigned to the application written into its tokens, with {values} among them, "
        "or have the caller taken out of groups: there are too many, so the token carries none.",
        who=Owner.TENANT_ADMIN,
    )
    return (_adding(trial, failure, demands, told, _claim_names=REMOVED, hasgroups=REMOVED),)


def _credential(failure: FailedCheck, demands: tuple[Demand, ...]) -> RepairChange:
    missing = missing_values(demands)
    means = listed(_CREDENTIALS.get(value, value) for value in missing) if missing else "any credential"
    return client_change(
        failure,
        "other-credential",
        "Authenticate the client in the accepted way",
        f"Get the token with {means} for the client.",
    )


def _sign_in(failure: FailedCheck, demands: tuple[Demand, ...]) -> RepairChange:
    return client_change(
        failure,
        "stronger-sign-in",
        "Sign in as strongly as the API asks",
        f"Sign in again so that the token has {_named(demands)}, and get a new token.",
        who=Owner.END_USER,
    )


def _from_provider(failure: FailedCheck, demands: tuple[Demand, ...]) -> RepairChange:
    return client_change(
        failure,
        "claim-from-provider",
        f"Have {demands[0].name} put into the token",
        f"Have the identity provider write the claim {_named(demands)} into the tokens of this client.",
        who=Owner.IDENTITY_PROVIDER,
    )


def _named(demands: tuple[Demand, ...]) -> str:
    """The claim, with the missing values where certain ones are wanted."""
    values = " and ".join(map(shown, missing_values(demands)))
    return f"{demands[0].name} with the value {values}" if values else demands[0].name


def _roles(trial: Trial, failure: FailedCheck, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    """A person's token without any role is often the wrong grant: app roles come with client credentials."""
    granted = _granted(trial, failure, demands)
    if "scp" not in failure.claims or "roles" in failure.claims:
        return granted
    told = client_change(
        failure,
        "app-token",
        "Get the token for the application itself",
        "Get the token with the client credentials grant: this one stands for a person.",
    )
    granting = client_change(
        failure,
        "grant-role",
        "Have the app role granted",
        f"Have {_wanted(demands, 'role')} granted to the client as an application permission{_consented(failure)}.",
        who=Owner.TENANT_ADMIN,
    )
    typed = {"idtyp": "app"} if "idtyp" in failure.claims else {}
    app = _adding(trial, failure, demands, told, scp=REMOVED, **typed)
    return (replace(app, also=(granting,)), *granted)


def _scopes(trial: Trial, failure: FailedCheck, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    """Scopes are a person's: a token that the client got for itself never has any."""
    if any(name in failure.claims for name in _BLANK_SEPARATED):
        return _granted(trial, failure, demands)
    told = client_change(
        failure,
        "user-token",
        "Get the token for a signed-in person",
        f"Have a person sign in (authorization code grant) and request {_wanted(demands, 'scope')}: this token stands "
        "for the application alone.",
    )
    typed = {"idtyp": "user"} if "idtyp" in failure.claims else {}
    return (_adding(trial, failure, demands, told, roles=REMOVED, **typed),)


def _idtyp(trial: Trial, failure: FailedCheck, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    wanted = missing_values(demands)[:1]
    if wanted == ("user",):
        told = client_change(
            failure,
            "user-token",
            "Get the token for a signed-in person",
            "Have a person sign in (authorization code grant), and have the API ask for the optional claim idtyp: this "
            "token stands for the application alone.",
        )
        return (token_option(trial, failure, told, {"idtyp": "user", "roles": REMOVED}, detail="idtyp"),)
    if wanted != ("app",):
        return _granted(trial, failure, demands)
    told = client_change(
        failure,
        "app-token",
        "Get the token for the application itself",
        "Get the token with the client credentials grant, and have the API ask for the optional claim idtyp.",
    )
    return (token_option(trial, failure, told, {"idtyp": "app", "scp": REMOVED}, detail="idtyp"),)


def _client(trial: Trial, failure: FailedCheck, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    return by_client(trial, failure, demands[0].name, demands[0].values)


Special = Callable[[Trial, FailedCheck, tuple[Demand, ...]], tuple[Option, ...]]


def granted(trial: Trial, failure: FailedCheck, demands: tuple[Demand, ...]) -> tuple[Option, ...]:
    """What gets the missing claim, or its missing values, into the token."""
    special = _SPECIAL.get(demands[0].name)
    return special(trial, failure, demands) if special else _granted(trial, failure, demands)


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
    "tid": lambda trial, failure, demands: from_tenant(trial, failure, (*missing_values(demands), "")[0]),
}


_TOLD: dict[str, Callable[[FailedCheck, tuple[Demand, ...]], RepairChange]] = {
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
