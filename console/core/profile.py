"""One registered OAuth client at one provider. RFC 6749 section 2 calls it a client; its users say profile."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.core.credential import CredentialSummary, SubscriptionKeySummary
from console.core.destination import AcceptedDestination


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile without its secrets (those stay in the vault until a token is requested).

    `provider` is a code of PROVIDERS, `grant` a code of GRANTS. `settings` are the values of what these two and the
    client authentication let vary (tenant, cloud, algorithm ...), by the names of their settings. `api_id` is None when
    the profile is for no registered API. `version` grows with each edit: a form that was opened on an older version is
    told so. `owner_id` is the user it belongs to. `accepted` is where its Api led when its user chose or confirmed it,
    None when nothing was: token and key go nowhere else. `subscription_key` is what may be shown of it, None without.
    """

    id: str
    owner_id: int
    name: str
    environment: str
    provider: str
    settings: Mapping[str, str]
    client_id: str
    grant: str
    scope: str
    api_id: str | None
    has_subscription_key: bool
    credential: CredentialSummary
    version: int
    accepted: AcceptedDestination | None = None
    subscription_key: SubscriptionKeySummary | None = None

    @property
    def public_texts(self) -> tuple[str, ...]:
        """What is no secret though a secret may hold it: `client id:secret` of Basic credentials does."""
        return self.client_id, *self.settings.values(), self.scope


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """What a person typed into the profile form, before it has an id. Fields as in `Profile`."""

    name: str
    environment: str
    provider: str
    settings: Mapping[str, str]
    client_id: str
    grant: str
    scope: str
    api_id: str | None
