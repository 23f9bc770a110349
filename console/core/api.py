"""What is called, and what it demands of a token."""

from dataclasses import dataclass, field, replace

from console.core.destination import ApiDestination, VersionProposal

USUAL_KEY_HEADER = "Ocp-Apim-Subscription-Key"  # what API Management reads unless it is told otherwise


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the API demands. An empty tuple or None means: it does not say (the check is then `unknown`, not passed).

    `roles` and `scopes` are alternatives (any one is enough). `token_version` is "1.0" or "2.0". `leeway_s` is seconds.
    """

    audiences: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    authorized_parties: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    tenant: str | None = None
    token_version: str | None = None
    algorithms: tuple[str, ...] = ()
    leeway_s: int = 0


@dataclass(frozen=True, slots=True)
class Api:
    """An API behind its gateway. `base_url` ends without a slash; calls stay below it.

    `metadata_url` is the issuer's OpenID configuration, where the signing keys are found ("" when unknown).
    `policy` is the gateway's policy document as pasted ("" when unknown). `is_published` opens it to everybody here;
    what its owner changes of its destination then is a `proposal` until an administrator approves it.
    `operation_count` is how many operations its OpenAPI document named, 0 without one.
    """

    id: str
    owner_id: int
    name: str
    base_url: str
    expectation: Expectation = field(default_factory=Expectation)
    policy: str = ""
    metadata_url: str = ""
    subscription_key_header: str = USUAL_KEY_HEADER
    is_published: bool = False
    version: int = 1
    proposal: VersionProposal | None = None
    operation_count: int = 0

    @property
    def destination(self) -> ApiDestination:
        return ApiDestination(self.base_url, self.metadata_url, self.subscription_key_header)

    def at(self, place: ApiDestination) -> "Api":
        """The same Api with another destination."""
        return replace(
            self,
            base_url=place.base_url,
            metadata_url=place.metadata_url,
            subscription_key_header=place.subscription_key_header,
        )


@dataclass(frozen=True, slots=True)
class CalledApi:
    """An Api as far as a past call names it; `owner_id` is whose it is."""

    id: str
    name: str
    owner_id: int
