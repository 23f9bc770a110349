"""A person with one of each thing, and everybody else who may or may not reach it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler

from console.adapters import clock
from console.core.access import SharedWith
from console.core.actor import Actor, Role
from console.core.call import ApiCall
from console.core.collections.collection import CollectionStep
from console.core.compose.draft import RequestDraft
from console.core.credential import Secret
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.samples import Sample
from console.services import (
    apis,
    calls,
    cases,
    collection_runs,
    collections,
    connections,
    groups,
    opening,
    preflight,
    profiles,
    saved_requests,
    sharing,
)
from console.store import login_links, people, policies, runs
from console.store.runs import RunRecord
from tests.services.builders import begun_matrix, person, with_samples
from tests.store.builders import NOW, new_id
from tests.web.people import signed_in

SHARED = ("view", "use", "manage")
HANDLER = ClientHandler(enforce_csrf_checks=False)  # one for all that is asked: each would make the middleware anew


@dataclass(frozen=True)
class World:
    """`ids` by the name they have in addresses; `sessions` are the cookies of each role, none for "anonymous"."""

    ids: dict[str, str]
    sessions: dict[str, str]

    def ask(self, who: str, method: str, path: str, data: dict[str, str]) -> Any:
        """The answer; whatever it changed is taken back."""
        client = Client(raise_request_exception=False)
        client.handler = HANDLER
        if who in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        with transaction.atomic():
            answer = getattr(client, method)(path, data)
            transaction.set_rollback(True)
        return answer


def world() -> World:
    owner = with_samples()
    admin = people.find("ada@example.com")
    assert admin is not None
    ids = _things(owner)
    actors = {
        "owner": owner,
        "stranger": person("stranger@example.com"),
        "support": person("support@example.com", Role.SUPPORT),
        "admin": admin,
    }
    for right in SHARED:
        actors[right] = alone = person(f"{right}@example.com")
        actors[f"{right} by group"] = member = person(f"{right}-group@example.com")
        group = groups.make(admin, f"The {right} group")
        groups.add(admin, group.id, member.user_id or 0)
        for subject in (SharedWith(alone.user_id), SharedWith(group_id=group.id)):
            sharing.give(owner, "profile", ids["profile_id"], subject, right=right)
            sharing.give(owner, "api", ids["api_id"], subject, right=right)
            sharing.give(owner, "connection", ids["connection_id"], subject, right=right)
            sharing.give(owner, "case", ids["case_id"], subject, right=right)
    cookie = settings.SESSION_COOKIE_NAME
    return World(ids, {name: signed_in(actor).cookies[cookie].value for name, actor in actors.items()})


def _things(owner: Actor) -> dict[str, str]:
    profile = next(one for one in profiles.list_profiles(owner) if one.credential.certificate and "orders" in one.name)
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    api = apis.create(owner, apis.get_stored(owner, "view", profile.api_id or ""))
    request = GatewayRequest("GET", "https://api.example/orders")
    sample = Sample(new_id(), "Row", request, None, Verdict.ALLOW, "", NOW, is_verified=False)
    policies.add_sample(owner, api.id, sample, now=NOW)
    run = RunRecord(new_id(), "operation", sent.attempt_id, None, "Done", True, 1)
    runs.create(owner, run, now=NOW)
    case = cases.create(owner, sent.attempt_id or "", title="Case", note="")
    connection, link_id = connections.make(owner, profile.id, "Connection"), new_id()
    login_links.create(
        owner, connection.id, id=link_id, token=Secret(link_id), meant_for="", now=clock.now(), until=clock.now() + 60
    )
    opened = opening.of_profile(owner, "use", profile.id)
    saved = saved_requests.save(opened, "Orders by hand", RequestDraft())
    collection = collections.make(opened, "In a row", [CollectionStep(saved.id)], stops_early=False)
    return {
        "collection_id": collection.id,
        "collection_run_id": collection_runs.begin(opened, collection.id).id,
        "request_id": saved.id,
        "profile_id": profile.id,
        "connection_id": connection.id,
        "link_id": link_id,
        "attempt_id": sent.attempt_id or "",
        "api_id": api.id,
        "case_id": case.id,
        "row_id": sample.id,
        "run_id": preflight.begin(owner, profile.id).id,
        "matrix_id": begun_matrix(owner, profile.id),
    }
