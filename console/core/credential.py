"""How a client proves itself to the authorization server (RFC 6749 section 2.3, RFC 7523 section 2.2)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn


class Secret:
    """A text that never shows itself: repr and str are masked, and it cannot be pickled or serialised.

    Only `reveal()` gives the text; call it at the point of use, never store the result.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __len__(self) -> int:
        return len(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        raise TypeError("a Secret is not hashable")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled")


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What may be shown of a certificate. Times are epoch seconds; `chain` holds the subjects, leaf first."""

    subject: str
    issuer: str
    serial: str
    not_before: int
    not_after: int
    sha1: str  # 40 upper-case hex characters, as the Entra portal shows the thumbprint
    x5t: str  # base64url of SHA-1 over the DER certificate, RFC 7515 section 4.1.7
    x5t_s256: str  # base64url of SHA-256, RFC 7515 section 4.1.8
    key_type: str  # "RSA" or "EC"
    key_bits: int
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SigningKeyFacts:
    """What may be shown of a signing key without certificate.

    `kid` is the name it is registered with, "" when it has none. `public` are the members of the public JWK
    (RFC 7518 section 6). `alg` is the one algorithm it is for, "" when it may sign with any of its kind.
    """

    kid: str
    key_type: str  # "RSA" or "EC"
    key_bits: int
    public: Mapping[str, str]
    thumbprint: str  # base64url of SHA-256 over the public JWK, RFC 7638
    alg: str = ""
    ends_at: int | None = None  # epoch seconds, as the person said who entered it; None when nobody did


@dataclass(frozen=True, slots=True)
class NoCredential:
    """Nothing is stored yet."""


@dataclass(frozen=True, slots=True)
class ClientSecret:
    value: Secret


@dataclass(frozen=True, slots=True)
class Certificate:
    """A private key (PKCS#8 PEM) with its certificate chain (PEM, leaf first)."""

    private_key_pem: Secret
    chain_pem: str
    facts: CertificateFacts


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key (PKCS#8 PEM) without certificate: its public half is registered as JWK."""

    private_key_pem: Secret
    facts: SigningKeyFacts


@dataclass(frozen=True, slots=True)
class FederatedAssertion:
    """A token from elsewhere that proves the client (RFC 7521 section 4.2): its issuer is trusted by the provider."""

    value: Secret


@dataclass(frozen=True, slots=True)
class AssertionFile:
    """A file that holds such a token, and is read at each use: whoever writes it renews it."""

    path: str


@dataclass(frozen=True, slots=True)
class AssertionFacts:
    """What may be shown of a federated assertion. Of a file only its `path`; a pasted one has none.

    Claims that it does not tell are "", `ends_at` (epoch seconds) is then None.
    """

    path: str = ""
    issuer: str = ""
    subject: str = ""
    audience: str = ""
    alg: str = ""
    ends_at: int | None = None


Credential = NoCredential | ClientSecret | Certificate | SigningKey | FederatedAssertion | AssertionFile


class CredentialKind(StrEnum):
    NONE = "none"
    SECRET = "secret"
    CERTIFICATE = "certificate"
    KEY = "key"
    ASSERTION = "assertion"

    @property
    def words(self) -> str:
        """What people call it, inside a sentence."""
        longer = {"none": "credential", "secret": "client secret", "key": "signing key"}
        return {**longer, "assertion": "federated assertion"}.get(self.value, self.value)


CredentialFacts = CertificateFacts | SigningKeyFacts | AssertionFacts


@dataclass(frozen=True, slots=True)
class CredentialSummary:
    """What may be shown of a stored credential.

    `version` grows with each replacement (it is part of the token store's key). `set_at` is epoch seconds, None
    when nothing is stored. `bound_to` is the destination it was entered for (see `Provider.destination`). Of the three
    kinds of facts there are those of its kind. `typed_end` is the end of a secret as somebody typed it, `dated_at` when
    its end became known; both are epoch seconds, None where nobody knows.
    """

    kind: CredentialKind = CredentialKind.NONE
    version: int = 0
    set_at: int | None = None
    bound_to: str = ""
    certificate: CertificateFacts | None = None
    key: SigningKeyFacts | None = None
    assertion: AssertionFacts | None = None
    typed_end: int | None = None
    dated_at: int | None = None

    @property
    def ends_at(self) -> int | None:
        """Epoch seconds; None when nobody knows."""
        if self.certificate is not None:
            return self.certificate.not_after
        if self.key is not None:
            return self.key.ends_at
        return self.assertion.ends_at if self.assertion is not None else self.typed_end

    @property
    def is_dated_by_hand(self) -> bool:
        """Whether its end is what somebody types: neither a secret nor a bare key tells one."""
        return self.kind in (CredentialKind.SECRET, CredentialKind.KEY)


@dataclass(frozen=True, slots=True)
class SubscriptionKeySummary:
    """What may be shown of a stored subscription key. Times are epoch seconds; `ends_at` as somebody typed it, None
    where nobody did, `dated_at` when that was.
    """

    set_at: int
    ends_at: int | None = None
    dated_at: int | None = None
