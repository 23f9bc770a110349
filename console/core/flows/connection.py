"""How a connection is made, and how it is used: the two pictures of API Management's credential manager.

Sources: "Credentials process flow" in Microsoft's documentation of API Management; the twelfth step of the first is who
may use the connection, which that page tells beside its eleven.
"""

from dataclasses import replace

from console.core.connection import Connection, ConnectionEvent
from console.core.flows.picture import FlowStep, Lit, Picture
from console.core.oauth.arrow import Arrow, Carried, FlowMoment, Party

_Row = tuple[ConnectionEvent | None, Arrow]


def _arrow(source: Party, target: Party, label: str, title: str, text: str, who: Carried = Carried.NOBODY) -> Arrow:
    return Arrow(FlowMoment.LINK, source, target, label, title, text, who)


_P, _C, _I, _A = Party.PERSON, Party.CLIENT, Party.PROVIDER, Party.API
_E = ConnectionEvent
MANAGEMENT: tuple[_Row, ...] = (
    (
        None,
        _arrow(
            _P,
            _C,
            "A client at a provider",
            "Somebody registers the client",
            "Provider, client and one grant: here that is the profile.",
        ),
    ),
    (None, _arrow(_C, _P, "Kept", "The profile is kept", "Its credential is sealed and shown to nobody.")),
    (
        None,
        _arrow(
            _P,
            _C,
            "A connection",
            "Somebody makes a connection",
            "A profile may have many, each with its own account and its own rights.",
        ),
    ),
    (None, _arrow(_C, _P, "Not connected", "It is there, and not connected", "Nobody has signed in for it yet.")),
    (
        _E.PREPARED,
        _arrow(
            _P,
            _C,
            "A sign-in, please",
            "A sign-in is asked for",
            "By whoever manages it, or by a link that is handed on.",
        ),
    ),
    (
        _E.PREPARED,
        _arrow(
            _C,
            _P,
            "Link with state and challenge",
            "The link is handed out",
            "State, nonce and verifier stay here, sealed, for ten minutes.",
        ),
    ),
    (
        _E.CAME_BACK,
        _arrow(
            _P,
            _I,
            "Signs in and consents",
            "The person signs in at the provider",
            "Nobody here sees that.",
            Carried.PERSON,
        ),
    ),
    (
        _E.CAME_BACK,
        _arrow(
            _I,
            _C,
            "Sent back with a code",
            "The browser comes back with a code",
            "To the one address that is registered, and on at once to a clean one.",
            Carried.PERSON_AS_CODE,
        ),
    ),
    (
        _E.EXCHANGED,
        _arrow(
            _C,
            _I,
            "Code and verifier",
            "The code becomes tokens",
            "Once, with the client's own proof.",
            Carried.PERSON_AS_CODE,
        ),
    ),
    (
        _E.KEPT,
        _arrow(
            _I,
            _C,
            "Tokens, sealed",
            "The tokens are kept, encrypted",
            "After the person said that it is the right account.",
            Carried.APPLICATION_FOR_PERSON,
        ),
    ),
    (
        _E.RETURNED,
        _arrow(
            _C,
            _P,
            "Done",
            "The person is told that it is done",
            "On a page of this console that leads nowhere else.",
            Carried.PERSON,
        ),
    ),
    (
        _E.SHARED,
        _arrow(_P, _C, "Who may use it", "Somebody else is let in", "People and groups, at view, use or manage."),
    ),
)
_OF_APPLICATION = (0, 1, 2, 3, 8, 9, 11)  # where nobody signs in
RUNTIME: tuple[_Row, ...] = (
    (
        _E.ASKED,
        _arrow(
            _P,
            _C,
            "A call",
            "Somebody sends a call through the connection",
            "They need its right to use, and no right on the profile.",
        ),
    ),
    (
        _E.ASKED,
        _arrow(
            _C,
            _C,
            "Still good?",
            "The stored token is looked at",
            "With more than three minutes left it is used as it is.",
        ),
    ),
    (
        _E.REFRESH_SENT,
        _arrow(
            _C,
            _I,
            "Refresh token",
            "The refresh token is sent",
            "By one of all who ask at the same moment.",
            Carried.APPLICATION_FOR_PERSON,
        ),
    ),
    (
        _E.REFRESHED,
        _arrow(
            _I,
            _C,
            "New tokens, sealed",
            "New tokens are kept, encrypted",
            "Both together: the old refresh token is forgotten with the old access token.",
            Carried.APPLICATION_FOR_PERSON,
        ),
    ),
    (
        _E.ATTACHED,
        _arrow(
            _C,
            _A,
            "The call with the token",
            "The token is attached to the call",
            "Only to the API that the profile names.",
            Carried.APPLICATION_FOR_PERSON,
        ),
    ),
    (_E.ANSWERED, _arrow(_A, _C, "The answer", "The API answers", "It is explained here when it is a refusal.")),
    (_E.ANSWERED, _arrow(_C, _P, "The answer", "Whoever called sees the answer", "They never saw the token.")),
)


def management(connection: Connection, *, has_person: bool, shared_at: int | None) -> Picture:
    """How far the connection came. What must have happened for it to be there is lit; `shared_at` is when somebody was
    let in last, None when nobody was.
    """
    shared = {} if shared_at is None else {ConnectionEvent.SHARED: shared_at}
    connection = replace(connection, events={**connection.events, **shared})
    rows = MANAGEMENT if has_person else tuple(MANAGEMENT[index] for index in _OF_APPLICATION)
    return _picture(rows, connection)


def runtime(connection: Connection) -> Picture:
    """What happened at the last use, and the last renewal before it."""
    return _picture(RUNTIME, connection)


def _picture(rows: tuple[_Row, ...], connection: Connection) -> Picture:
    steps = tuple(_step(index, row, connection) for index, row in enumerate(rows))
    there = {part for step in steps for part in (step.arrow.source, step.arrow.target)}
    return Picture(steps, tuple(part for part in Party if part in there))


def _step(index: int, row: _Row, connection: Connection) -> FlowStep:
    event, arrow = row
    at = connection.events.get(event) if event else None
    is_done = event is None or at is not None
    return FlowStep(index + 1, arrow, Lit.DONE if is_done else Lit.WAITING, at=at)
