"""What a catalogue of claims is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Claims = Mapping[str, Any]


class Shape(StrEnum):
    """How a value is turned into words."""

    TEXT = "text"
    TIME = "time"
    SECONDS = "seconds"
    AUDIENCE = "audience"
    APPLICATION = "application"
    TENANT = "tenant"
    ISSUER = "issuer"
    METHODS = "methods"
    CLIENT_AUTHENTICATION = "client_authentication"
    SCOPES = "scopes"
    LIST = "list"
    DIRECTORY_ROLES = "directory_roles"
    CHOICE = "choice"
    ORGANISATION = "organisation"
    NAIS_APPLICATION = "nais_application"
    CONFIRMATION = "confirmation"
    OVERAGE_NAMES = "overage_names"
    OVERAGE_SOURCES = "overage_sources"
    OVERAGE_FLAG = "overage_flag"
    GROUPS = "groups"
    REALM_ROLES = "realm_roles"
    CLIENT_ROLES = "client_roles"
    AUTH0_SUBJECT = "auth0_subject"
    ACTOR = "actor"
    DETAILS = "details"


class Presence(StrEnum):
    """When Entra puts a claim into an access token of one version."""

    ALWAYS = "always"
    NEVER = "never"
    ASKED = "asked"  # the API must configure it as an optional claim
    SOMETIMES = "sometimes"  # only when there is a value


@dataclass(frozen=True, slots=True)
class ClaimMeaning:
    """`choices` gives the meaning per value for Shape.CHOICE. `v1` and `v2` are None for claims Entra does not issue.

    `delegated` and `app_only` say whether tokens with and without a user can hold it. `instead` names the claim that
    takes its place in the other version, "" when there is none. `note` ends the answer to "why is it missing?".
    """

    name: str
    meaning: str
    shape: Shape = Shape.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    v1: Presence | None = None
    v2: Presence | None = None
    delegated: bool = True
    app_only: bool = True
    instead: str = ""
    note: str = ""

    def why_missing(self, version: str, app_only: bool) -> str | None:
        """Why an Entra access token of `version` ("1.0" or "2.0") lacks the claim; None when it should be there."""
        presence = self.v2 if version == "2.0" else self.v1
        if presence is None:
            return None
        if presence is Presence.NEVER:
            other = "1.0" if version == "2.0" else "2.0"
            elsewhere = f"; it is called {self.instead} here" if self.instead else ""
            return f"Version {version} tokens do not have it, only version {other} tokens do{elsewhere}."
        if app_only and not self.app_only:
            return "The token is app-only: it stands for no user, so this claim has no value."
        if not app_only and not self.delegated:
            return "Only app-only tokens have it; this one stands for a user."
        if presence is Presence.ASKED:
            return f"Optional: the API's registration must ask for it as an optional claim.{self._note()}"
        if presence is Presence.SOMETIMES:
            return f"It is there only when there is a value.{self._note()}"
        return None

    def _note(self) -> str:
        return f" {self.note}" if self.note else ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The claims of one provider or standard, in the order a person looks for them.

    `recognises` tells by a token's claims whether this provider made it; None for a standard, which holds for all.
    `prefixes` explain every claim whose name begins so. `source` says where the meanings come from.
    """

    code: str
    title: str
    source: str
    claims: tuple[ClaimMeaning, ...]
    recognises: Callable[[Claims], bool] | None = None
    prefixes: tuple[ClaimMeaning, ...] = ()


def text_of(claims: Claims, name: str) -> str:
    """A claim that must be a string; "" when absent or of another type."""
    value = claims.get(name)
    return value if isinstance(value, str) else ""
