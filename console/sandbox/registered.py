"""What is registered with the played providers beside the Entra-shaped one: plain values, a part of the state."""

from dataclasses import dataclass

MASKINPORTEN = "maskinporten"  # the integration type whose scopes a client of Maskinporten may have


@dataclass(frozen=True, slots=True)
class RegisteredKey:
    """A public key that a client signs with. `jwk` is its JSON text (RFC 7517), `until` epoch seconds."""

    kid: str
    jwk: str
    until: int


@dataclass(frozen=True, slots=True)
class TrustedCertificate:
    """An enterprise certificate that Maskinporten takes as issued by a known authority: its SHA-256 thumbprint."""

    x5t_s256: str
    subject: str


@dataclass(frozen=True, slots=True)
class OrganisationScope:
    """A scope of Maskinporten. `open_to` are the organisations that its owner lets in; `integration` its type of
    client. `max_age_s` is how long its tokens live.
    """

    name: str
    open_to: tuple[str, ...] = ()
    integration: str = MASKINPORTEN
    max_age_s: int = 120


@dataclass(frozen=True, slots=True)
class OrganisationClient:
    """A client of Maskinporten. `organisation` has nine digits; without keys it signs with a certificate (x5c)."""

    id: str
    name: str
    organisation: str
    keys: tuple[RegisteredKey, ...] = ()
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delegation:
    """A customer lets a supplier use a scope in its name, as registered in Altinn."""

    customer: str
    supplier: str
    scope: str


@dataclass(frozen=True, slots=True)
class SystemUser:
    """A customer's system user of a vendor's system; `reference` is its external one, by default the customer."""

    id: str
    customer: str
    reference: str
    system_id: str


@dataclass(frozen=True, slots=True)
class AltinnConsent:
    """Consent that `given_by` (a URN of Altinn) gave to an organisation. Times are ISO 8601 texts."""

    id: str
    given_by: str
    given_to: str
    consented: str
    valid_to: str
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Maskinporten:
    """Everything that is registered with the played Maskinporten."""

    clients: tuple[OrganisationClient, ...] = ()
    scopes: tuple[OrganisationScope, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    system_users: tuple[SystemUser, ...] = ()
    consents: tuple[AltinnConsent, ...] = ()
    certificates: tuple[TrustedCertificate, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """An application at TokenX. `id` is `cluster:namespace:app`; `inbound` are those that may get tokens for it."""

    id: str
    keys: tuple[RegisteredKey, ...] = ()
    inbound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TokenX:
    """`maps_levels` is whether `acr` is told in the old words (Level3, Level4)."""

    applications: tuple[Application, ...] = ()
    maps_levels: bool = False

    def application(self, name: str) -> Application | None:
        return next((one for one in self.applications if one.id == name), None)


@dataclass(frozen=True, slots=True)
class RegisteredSecret:
    """`hash` is SHA-256 of the value in hex, `until` epoch seconds."""

    hash: str
    until: int


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """A client of ID-porten or of the generic provider.

    `method` is the one way in which it proves itself, by its name in RFC 8414 and RFC 8705. `certificates` are SHA-256
    thumbprints of those it shows in TLS. `redirect_uris` are whole addresses, `{console}` for the console's origin (see
    `redirects`); after a logout people are sent to the same. `binds` is what its tokens are bound to: "dpop", "mtls" or
    "". `organisation` has nine digits, for ID-porten.
    """

    id: str
    name: str
    method: str
    secrets: tuple[RegisteredSecret, ...] = ()
    keys: tuple[RegisteredKey, ...] = ()
    certificates: tuple[str, ...] = ()
    redirect_uris: tuple[str, ...] = ("{console}/back/",)
    scopes: tuple[str, ...] = ()
    grants: tuple[str, ...] = ()
    binds: str = ""
    organisation: str = ""

    @property
    def is_public(self) -> bool:
        return self.method == "none"


_NO_MASKINPORTEN, _NO_TOKENX = Maskinporten(), TokenX()


@dataclass(frozen=True, slots=True)
class Registrations:
    """All that is registered beside the Entra-shaped tenant."""

    maskinporten: Maskinporten = _NO_MASKINPORTEN
    tokenx: TokenX = _NO_TOKENX
    idporten: tuple[OAuthClient, ...] = ()
    generic: tuple[OAuthClient, ...] = ()


NOTHING = Registrations()
