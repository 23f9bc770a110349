"""Claims that say one thing under several names, and those that people take for them: appid and azp, scp and scope.

Sources: Microsoft identity platform, access token claims reference; WS-Federation claim types, which ASP.NET maps to.
"""

from dataclasses import dataclass

_SCHEMA = "http://schemas.microsoft.com/identity/claims/"


@dataclass(frozen=True, slots=True)
class ClaimFamily:
    """`names` mean the same, so one may be checked in place of another. `also` are other claims that often hold the
    same text: worth naming as a reason, and never put in place of one of `names`. `by_version` are the names in v1.0
    and v2.0 tokens; None where the version changes nothing.
    """

    names: tuple[str, ...]
    also: tuple[str, ...] = ()
    by_version: tuple[str, str] | None = None


FAMILIES = (
    ClaimFamily(("appid", "azp", "client_id"), by_version=("appid", "azp")),
    ClaimFamily(("appidacr", "azpacr"), by_version=("appidacr", "azpacr")),
    ClaimFamily(("scp", "scope", f"{_SCHEMA}scope")),
    ClaimFamily(("roles", "role", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"), also=("groups",)),
    ClaimFamily(("tid", f"{_SCHEMA}tenantid", "tenantId")),
    ClaimFamily(("oid", f"{_SCHEMA}objectidentifier"), also=("sub",)),
    ClaimFamily(("upn",), also=("preferred_username", "unique_name", "email")),
)


def same_claim(name: str) -> tuple[str, ...]:
    """The other names of a claim, as they are spelt; () when it has none."""
    return tuple(other for family in FAMILIES if name in family.names for other in family.names if other != name)


def look_alikes(name: str) -> tuple[str, ...]:
    """The same and what is taken for it, in whatever letter case `name` is written; the most alike first.

    Of a claim without family its name in small letters, as nearly all names are written; () when it is.
    """
    low = name.lower()
    families = ((*family.names, *family.also) for family in FAMILIES)
    found = next((family for family in families if low in map(str.lower, family)), (low,))
    return tuple(one for one in found if one != name)


def in_other_version(name: str) -> str | None:
    """The claim that says this in tokens of the other version; None where both have one name for it."""
    pairs = [family.by_version for family in FAMILIES if family.by_version and name in family.by_version]
    return next((other for pair in pairs for other in pair if other != name), None)
