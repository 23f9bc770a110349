"""Whether a token has what an operation needs, told before it is sent; and the same as an expectation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from console.core.api import Expectation
from console.core.checks.claims import is_app_only
from console.core.compare import role_set, scope_set
from console.core.openapi.model import SecurityRequirement
from console.core.tokens.token import Token

# What these ask for is told in an ID token; no API finds them in an access token (OpenID Connect Core section 5.4)
_OF_SIGN_IN = {"openid", "profile", "email", "offline_access", "address", "phone"}


@dataclass(frozen=True, slots=True)
class NeedVerdict:
    """`status` is pass, fail or unknown. `needed` are names of which all are needed, in the way that is nearest.

    `has` are the scopes and roles of the token, `missing` those it lacks; all are empty without a token to read.
    """

    status: str
    needed: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_role: bool = False


def permissions(need: SecurityRequirement) -> tuple[str, ...]:
    """The names that a token carries for what is needed: scopes without their resource, and roles."""
    found = [*map(permission, need.scopes), *need.roles]
    return tuple(dict.fromkeys(one for one in found if one and one not in _OF_SIGN_IN))


def permission(scope: str) -> str:
    """`api://orders/Orders.Read` is asked for, `Orders.Read` is what the token carries; "" for `.default`."""
    name = scope.rstrip("/").rpartition("/")[2] if "://" in scope else scope
    return "" if name == ".default" else name


def judged(needs: tuple[SecurityRequirement, ...], token: Token | None) -> NeedVerdict | None:
    """None where the operation does not say that a scope or role is needed."""
    if not needs or any(not permissions(one) for one in needs):
        return None
    if token is None or token.claims is None:
        return NeedVerdict("unknown", permissions(needs[0]), is_role=_is_role(needs[0]))
    granted = _granted(token)
    best = nearest(needs, granted)
    missing = _missing(best, granted)
    status = "fail" if missing else "pass"
    return NeedVerdict(status, permissions(best), tuple(sorted(granted)), missing, is_role=_is_role(best))


def demanding(expectation: Expectation, needs: tuple[SecurityRequirement, ...], token: Token | None) -> Expectation:
    """The API's expectation with what one of its operations needs in the place of its own scopes and roles.

    Of names in an expectation any one is enough, of an operation's all are needed: where some are missing, those are
    what is expected. A token without a person carries as roles what others carry as scopes, so both are named.
    """
    if not needs or any(not permissions(one) for one in needs):
        return expectation
    granted = _granted(token) if token is not None and token.claims is not None else frozenset()
    best = nearest(needs, granted)
    wanted = set(_missing(best, granted) or permissions(best))
    scopes = tuple(dict.fromkeys(one for one in map(permission, best.scopes) if one in wanted))
    roles = tuple(one for one in best.roles if one in wanted)
    is_application = token is not None and token.claims is not None and is_app_only(token)
    return replace(expectation, scopes=scopes, roles=(*roles, *scopes) if is_application else roles)


def nearest(needs: Iterable[SecurityRequirement], granted: frozenset[str]) -> SecurityRequirement:
    """The way in of which least is missing; the first of equals."""
    return min(needs, key=lambda one: len(_missing(one, granted)))


def _missing(need: SecurityRequirement, granted: frozenset[str]) -> tuple[str, ...]:
    spelled = {permission(one): one for one in need.scopes}
    return tuple(one for one in permissions(need) if one not in granted and spelled.get(one) not in granted)


def _granted(token: Token) -> frozenset[str]:
    claims = token.claims or {}
    scopes = [scope_set(claims[name]) for name in ("scp", "scope") if name in claims]
    return frozenset().union(*(one for one in (*scopes, role_set(claims.get("roles"))) if one))


def _is_role(need: SecurityRequirement) -> bool:
    return bool(need.roles) and not need.scopes
