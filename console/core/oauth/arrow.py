"""One arrow of a flow's picture: who turns to whom, for what, and who travels with it. A grant lists its own."""

from dataclasses import dataclass
from enum import StrEnum


class Party(StrEnum):
    """Who takes part. CLIENT is this console, which plays the client that the profile stands for.

    A chain has participants of its own (`core/flows/chain.py`).
    """

    PERSON = "person"
    CLIENT = "client"
    PROVIDER = "provider"
    API = "api"


class Carried(StrEnum):
    """Whom the arrow takes along: nobody yet, the application in its own name, a person, or both."""

    NOBODY = "nobody"
    APPLICATION = "application"
    PERSON = "person"
    PERSON_AS_CODE = "person_as_code"
    APPLICATION_FOR_PERSON = "application_for_person"


class FlowMoment(StrEnum):
    """What of a flow is recorded, or follows from what is: it lights the arrows that name it."""

    METADATA = "metadata"  # the discovery document is read
    PUSH = "push"  # a pushed authorization request (RFC 9126)
    LINK = "link"  # the link is handed to the person
    SIGN_IN = "sign_in"  # between person and provider: nobody here sees it
    SENT_BACK = "sent_back"  # the provider's redirect, which only the browser sees
    CAME_BACK = "came_back"  # the browser arrives here with code or error
    DEVICE = "device"  # codes are asked for (RFC 8628 section 3.1)
    SHOWN = "shown"  # the person is told code and address
    POLL = "poll"  # whether the person is done (RFC 8628 section 3.4)
    TOKEN = "token"  # the token endpoint gives a token, or none
    CALL = "call"  # the API is called


@dataclass(frozen=True, slots=True)
class Arrow:
    """`label` is a few words on the arrow, `title` a sentence and `text` what is behind it, both for the list.

    `source` and `target` are a Party, or a participant of a chain.
    `{person}`, `{client}`, `{provider}` and `{api}` stand for their names in all three. `is_answer`: it carries what
    came back for the arrow of the same moment before it. `is_optional`: it is left out where it did not happen.
    """

    moment: FlowMoment
    source: str
    target: str
    label: str
    title: str
    text: str = ""
    carried: Carried = Carried.NOBODY
    is_answer: bool = False
    is_optional: bool = False


METADATA = (
    Arrow(
        FlowMoment.METADATA, Party.CLIENT, Party.PROVIDER, "Where are your endpoints?",
        "The console reads the discovery document",
        "It names issuer, endpoints and keys (RFC 8414). Nothing secret is sent.",
        is_optional=True,
    ),
    Arrow(
        FlowMoment.METADATA, Party.PROVIDER, Party.CLIENT, "Issuer and endpoints", "The provider names them",
        "They are compared with what the profile says before a credential goes anywhere.",
        is_answer=True, is_optional=True,
    ),
)  # fmt: skip


def asked(label: str, title: str, text: str, *, carried: Carried, moment: FlowMoment = FlowMoment.TOKEN) -> Arrow:
    """A request of the client to the provider."""
    return Arrow(moment, Party.CLIENT, Party.PROVIDER, label, title, text, carried)


def given(label: str, title: str, text: str, *, carried: Carried, moment: FlowMoment = FlowMoment.TOKEN) -> Arrow:
    """What the provider answers to the arrow before."""
    return Arrow(moment, Party.PROVIDER, Party.CLIENT, label, title, text, carried, is_answer=True)
