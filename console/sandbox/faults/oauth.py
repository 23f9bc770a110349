"""Faults of ID-porten and of the generic provider: what came back from a person, and the client's registration."""

from collections.abc import Callable
from dataclasses import replace

from console.sandbox.faults.base import CODE, DEVICE, REFRESH, Fault, Needs, Part, ShowsAt
from console.sandbox.registered import OAuthClient
from console.sandbox.state import Code, DeviceCode, RefreshFamily, State

TITLES = {"idporten": "ID-porten", "generic": "the generic provider"}
World = Callable[[State, int], State]


def _clients(provider: str, change: Callable[[OAuthClient, int], OAuthClient]) -> World:
    def world(state: State, now: int) -> State:
        known = state.registered.idporten if provider == "idporten" else state.registered.generic
        changed = tuple(change(one, now) for one in known)
        if provider == "idporten":
            return replace(state, registered=replace(state.registered, idporten=changed))
        return replace(state, registered=replace(state.registered, generic=changed))

    return world


def _codes(provider: str, change: Callable[[Code], Code]) -> World:
    def world(state: State, _now: int) -> State:
        codes = (change(one) if one.authorization.provider == provider else one for one in state.codes)
        return replace(state, codes=tuple(codes))

    return world


def _families(provider: str, change: Callable[[RefreshFamily, int], RefreshFamily]) -> World:
    def world(state: State, now: int) -> State:
        known = state.refresh_families
        changed = (change(one, now) if one.authorization.provider == provider else one for one in known)
        return replace(state, refresh_families=tuple(changed))

    return world


def _devices(provider: str, change: Callable[[DeviceCode, int], DeviceCode]) -> World:
    def world(state: State, now: int) -> State:
        known = state.device_codes
        changed = (change(one, now) if one.authorization.provider == provider else one for one in known)
        return replace(state, device_codes=tuple(changed))

    return world


def _other_method(client: OAuthClient, _now: int) -> OAuthClient:
    return replace(client, method="private_key_jwt" if client.method != "private_key_jwt" else "client_secret_basic")


def _old_secrets(client: OAuthClient, now: int) -> OAuthClient:
    return replace(client, secrets=tuple(replace(one, until=now - 1) for one in client.secrets))


def _other_challenge(code: Code) -> Code:
    """As when another request's verifier is sent: the challenge is turned round."""
    changed = replace(code.authorization, challenge=code.authorization.challenge[::-1])
    return replace(code, authorization=changed)


def _spent(family: RefreshFamily, _now: int) -> RefreshFamily:
    return replace(family, current="", spent=(*family.spent, family.current))


def _ran_out(header: Part, claims: Part, now: int) -> tuple[Part, Part]:
    return header, {**claims, "iat": now - 3660, "exp": now - 60}


def _fault(
    provider: str, code: str, title: str, explanation: str, cause: str, world: World, *grant_types: str
) -> Fault:
    return Fault(
        f"{provider}-{code}",
        f"{title} ({TITLES[provider]})",
        explanation,
        cause,
        shows_at=ShowsAt.TOKEN,
        provider=provider,
        world=world,
        grant_types=grant_types,
    )


def _of(provider: str) -> tuple[Fault, ...]:
    """What both can do."""
    return (
        _fault(
            provider,
            "code-used",
            "Code used before",
            "Somebody redeemed the authorization code already.",
            "authorization-code-redeemed",
            _codes(provider, lambda code: replace(code, is_used=True)),
            CODE,
        ),
        _fault(
            provider,
            "verifier-of-another",
            "Verifier of another request",
            "The code verifier is not the one that the code was asked for with.",
            "pkce-mismatch",
            _codes(provider, _other_challenge),
            CODE,
        ),
        _fault(
            provider,
            "refresh-expired",
            "Expired refresh token",
            "The refresh token was not used for too long.",
            "refresh-token-expired",
            _families(provider, lambda family, now: replace(family, until=now)),
            REFRESH,
        ),
        _fault(
            provider,
            "other-method",
            "Registered for another way of proof",
            "The client is registered for another way to prove itself than the one that it uses.",
            "client-auth-method-mismatch",
            _clients(provider, _other_method),
        ),
        _fault(
            provider,
            "grant-not-allowed",
            "Grant not registered",
            "The client is not registered for the grant that it asks with.",
            "grant-type-not-allowed",
            _clients(provider, lambda client, _now: replace(client, grants=())),
        ),
    )


FAULTS = (
    *_of("idporten"),
    *_of("generic"),
    Fault(
        "generic-secret-expired",
        f"Expired client secret ({TITLES['generic']})",
        "The secret of the client ended a second ago.",
        "client-secret-expired",
        Needs.SECRET,
        ShowsAt.TOKEN,
        provider="generic",
        world=_clients("generic", _old_secrets),
    ),
    _fault(
        "generic",
        "refresh-reused",
        "Refresh token used twice",
        "The refresh token was redeemed by somebody else: all that came of it is revoked.",
        "refresh-token-reused",
        _families("generic", _spent),
        REFRESH,
    ),
    _fault(
        "generic",
        "scope-not-registered",
        "Scope not registered",
        "The client is registered for none of the scopes that it asks for.",
        "scope-not-granted",
        _clients("generic", lambda client, _now: replace(client, scopes=())),
    ),
    _fault(
        "generic",
        "device-expired",
        "Expired device code",
        "Nobody answered the device in time.",
        "device-code-expired",
        _devices("generic", lambda device, now: replace(device, until=now)),
        DEVICE,
    ),
    _fault(
        "generic",
        "device-denied",
        "Device refused",
        "The person did not let the device in.",
        "consent-declined",
        _devices("generic", lambda device, _now: replace(device, is_denied=True)),
        DEVICE,
    ),
    Fault(
        "generic-token-expired",
        "Expired token (the generic provider)",
        "The token ran out a minute ago.",
        "token-expired",
        provider="generic",
        on_claims=_ran_out,
    ),
)
