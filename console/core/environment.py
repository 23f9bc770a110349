"""What kind of environment a profile is of, by what people call it."""

from enum import StrEnum


class EnvironmentKind(StrEnum):
    """PRODUCTION is where a call changes what counts. OTHER is a name that says nothing of that."""

    PRODUCTION = "production"
    TEST = "test"
    SANDBOX = "sandbox"
    OTHER = "other"


_NOT_YET = ("non", "pre")  # "Non-production", "pre-prod"
_BEGINNINGS = (
    (EnvironmentKind.TEST, _NOT_YET),
    (EnvironmentKind.PRODUCTION, ("prod", "prd", "live")),
    (EnvironmentKind.SANDBOX, ("sandbox", "sbx")),
    (EnvironmentKind.TEST, ("test", "tst", "dev", "stag", "stg", "acc", "uat", "qa", "integration", "demo", "systest")),
)


def environment_kind(name: str) -> EnvironmentKind:
    """By the beginnings of its words: "EU production" is production, "Non-production" and "pre-prod" are for tests."""
    words = "".join(one if one.isalnum() else " " for one in name.casefold()).split()
    found = (kind for kind, beginnings in _BEGINNINGS if any(word.startswith(beginnings) for word in words))
    return next(found, EnvironmentKind.OTHER)
