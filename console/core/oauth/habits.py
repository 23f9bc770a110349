"""What an authorization server wants of a client assertion (RFC 7523 section 3), where a profile says nothing else."""

from dataclasses import dataclass
from enum import StrEnum


class AssertionAudience(StrEnum):
    """What stands in `aud`. A server that reads one value only refuses BOTH."""

    ISSUER = "issuer"
    TOKEN_ENDPOINT = "token_endpoint"
    BOTH = "both"


class KeyName(StrEnum):
    """The header member by which the server finds the key (RFC 7515 section 4.1)."""

    KID = "kid"
    X5T = "x5t"
    X5T_S256 = "x5t#S256"
    X5C = "x5c"


@dataclass(frozen=True, slots=True)
class AssertionHabits:
    """`algorithms` and `key_names` are in the order of preference. `lifetime_s` is the longest life that is taken."""

    audience: AssertionAudience = AssertionAudience.ISSUER
    algorithms: tuple[str, ...] = ("PS256", "RS256", "ES256")
    key_names: tuple[KeyName, ...] = (KeyName.KID,)
    lifetime_s: int = 300

    @property
    def takes_ec(self) -> bool:
        """Whether keys on elliptic curves are of use."""
        return any(alg.startswith("ES") for alg in self.algorithms)


USUAL = AssertionHabits()
