"""Connections as pages show them: a line on the profile's page, and a page of their own, status first."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from console.core.connection import REFRESH_BEFORE_S, Connection, ConnectionStatus
from console.core.flows import connection as pictures
from console.core.held import Held
from console.services import connection_tokens
from console.services.connections import ProfilesConnections
from console.services.opening import OpenProfile
from console.store.login_links import LoginLinkRecord
from console.web.present import words
from console.web.present.authorizations import asked_view, identity_view
from console.web.present.flows import FlowNames, flow_view
from console.web.present.profiles import provider_title

TONES = {ConnectionStatus.CONNECTED: "pass", ConnectionStatus.ERROR: "fail", ConnectionStatus.NOT_CONNECTED: "notice"}


def connection_rows(found: ProfilesConnections, *, chosen: str | None, now: int) -> dict[str, Any]:
    """What profiles/connections.html needs."""
    return {
        "rows": [_row(held, chosen, now) for held in found.seen],
        "others": [
            {"id": one.value.id, "name": one.value.name, "owner": one.owner, **_status(one.value, now)}
            for one in found.others
        ],
        "choices": [(held.value.id, held.value.name) for held in found.seen if held.may("use")],
    }


def lent_rows(found: Sequence[tuple[str, Held[Connection]]], now: int) -> list[dict[str, Any]]:
    """What profiles/lent.html needs."""
    return [{**_row(held, None, now), "profile": profile} for profile, held in found]


def connection_line(opened: OpenProfile, now: int) -> dict[str, Any] | None:
    """The connection through which a page is open; None for the profile's own use."""
    return _row(opened.connection, opened.connection_id, now) if opened.connection else None


def _row(held: Held[Connection], chosen: str | None, now: int) -> dict[str, Any]:
    one = held.value
    return {
        "id": one.id,
        "name": one.name,
        "url": reverse("connection", args=[one.id]),
        "who": one.identity.name or one.identity.subject if one.identity else "",
        "owner": "" if held.is_own else held.owner,
        "is_chosen": one.id == chosen,
        "may_use": held.may("use"),
        **_status(one, now),
    }


def _status(one: Connection, now: int) -> dict[str, str]:
    text = one.status.value
    if one.is_connected and one.token_ends_at is not None:
        left_s = one.token_ends_at - now
        text += f", token for {words.span(left_s)}" if left_s > 0 else ", token to be renewed on use"
    return {"status": text, "tone": TONES[one.status]}


def connection_view(opened: OpenProfile, connection: Connection, now: int) -> dict[str, Any]:
    """What connections/detail.html needs."""
    needs_person = connection_tokens.needs_person(opened)
    return {
        "id": connection.id,
        "name": connection.name,
        "status": connection.status.value,
        "tone": TONES[connection.status],
        "verdict": _verdict(connection, needs_person=needs_person, now=now),
        "needs_person": needs_person,
        "is_connected": connection.is_connected,
        "is_usable": connection.is_connected or not needs_person,
        "can_renew": not needs_person or (connection.is_connected and connection.has_refresh_token),
        "was_connected": connection.connected_at is not None,
        "identity": identity_view(connection.identity),
        "asked": asked_view(opened),
        "facts": _facts(connection, now),
        "named": connection.named,
        "management": _management(opened, connection, needs_person=needs_person),
        "runtime": _runtime(opened, connection),
    }


def _verdict(one: Connection, *, needs_person: bool, now: int) -> dict[str, str]:
    if one.problem is not None:
        what = f"In error since {words.exact(one.problem.at)}: {one.problem.code}"
        do = "Authorize it again." if needs_person else "Correct the profile, then get a token."
        return {"status": "fail", "title": what, "text": f"{one.problem.reason} {do}"}
    if one.status is ConnectionStatus.NOT_CONNECTED:
        text = "Sign in yourself, or hand a link to the person whose account it is for."
        own = "It is connected by the first token that it gets."
        return {"status": "notice", "title": "Not connected", "text": text if needs_person else own}
    who = f" as {one.identity.name or one.identity.subject}" if one.identity else ""
    if one.doubt_since is not None:
        doubt = (
            f"A refresh was sent at {words.exact(one.doubt_since)} and its answer did not arrive. The provider may have"
            " replaced the refresh token; the next refresh will tell."
        )
        return {"status": "warning", "title": f"Connected{who}, in doubt", "text": doubt}
    return {"status": "pass", "title": f"Connected{who}", "text": _life(one, now)}


def _life(one: Connection, now: int) -> str:
    if one.token_ends_at is None:
        return "Nobody said how long its token lives."
    left_s = one.token_ends_at - now
    if not one.has_refresh_token and one.identity is not None:
        told = f"ends in {words.span(left_s)}" if left_s > 0 else "has ended"
        return f"Its token {told}, and there is no refresh token: then somebody signs in again."
    if left_s > REFRESH_BEFORE_S:
        return (
            f"Its token is good for {words.span(left_s)} and is renewed by whoever uses it in its last three minutes."
        )
    return "Its token is renewed at the next use."


def _facts(one: Connection, now: int) -> list[dict[str, Any]]:
    moments = (
        ("Connected", one.connected_at),
        ("Renewed last", one.refreshed_at),
        ("Token ends", one.token_ends_at),
    )
    rows = [{"label": label, "value": f"{words.exact(at)} ({words.relative(at, now)})"} for label, at in moments if at]
    if one.connected_at is not None:
        rows.append({"label": "Granted", "value": one.scope or "as asked for"})
        rows.append({"label": "Refresh token", "value": "kept, sealed" if one.has_refresh_token else "none was given"})
    return rows


def link_rows(found: Sequence[LoginLinkRecord], now: int) -> list[dict[str, Any]]:
    return [
        {
            "id": link.id,
            "meant_for": link.meant_for,
            "made": f"{words.relative(link.made_at, max(now, link.made_at))}, by {link.maker}",
            "can_revoke": link.may_go_on(now),
            **_link_state(link, now),
        }
        for link in found
    ]


def _link_state(link: LoginLinkRecord, now: int) -> dict[str, str]:
    if link.done_at is not None:
        return {"state": f"done, {words.relative(link.done_at, now)}", "tone": "pass"}
    if link.revoked_at is not None:
        return {"state": "taken back", "tone": ""}
    if link.expires_at <= now:
        return {"state": "ran out", "tone": ""}
    if link.used_at is not None:
        said = {"declined": "opened; the account was not the right one", "failed": "opened; the sign-in failed"}
        return {"state": said.get(link.outcome, "opened"), "tone": "warning" if link.outcome else "notice"}
    return {"state": f"waits, for {words.span(link.expires_at - now)}", "tone": "notice"}


def _management(opened: OpenProfile, connection: Connection, *, needs_person: bool) -> dict[str, Any]:
    shared_at = max((one.given_at for one in opened.access.shares), default=None)
    picture = pictures.management(connection, has_person=needs_person, shared_at=shared_at)
    return flow_view(picture, _names(opened, connection), key="management", title="How it came to be")


def _runtime(opened: OpenProfile, connection: Connection) -> dict[str, Any]:
    return flow_view(pictures.runtime(connection), _names(opened, connection), key="runtime", title="How it is used")


def _names(opened: OpenProfile, connection: Connection) -> FlowNames:
    return FlowNames(
        client=opened.profile.name,
        provider=provider_title(opened.profile),
        person=connection.identity.name if connection.identity and connection.identity.name else "The person",
        api=opened.api.name if opened.api else "The API",
        api_url=opened.api.base_url if opened.api else "",
    )
