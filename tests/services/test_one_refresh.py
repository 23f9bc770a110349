"""Of fifty people in two processes who use one expired connection, exactly one renews it."""

import json
import os
import subprocess
import sys
import time

import pytest
from django.db import connection as database

from console.core.access import SharedWith
from console.core.actor import Role
from console.services import groups, sharing, wiring
from console.store import connections
from tests.patience import LONG_S
from tests.services.builders import person
from tests.services.signing_in import running, signed_in_connection

PEOPLE, PROCESSES = 50, 2


@pytest.fixture
def server(settings, monkeypatch):
    with running(settings, monkeypatch) as server:
        yield server
    wiring.egress_policy.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_fifty_people_in_two_processes_send_one_refresh(server, settings):
    owner, admin = person(), person("ada@example.com", Role.ADMIN)
    server.life_s = 1
    connection = signed_in_connection(owner, server)
    group = groups.make(admin, "Everybody")
    users = [person(f"user-{number}@example.com") for number in range(PEOPLE)]
    for user in users:
        groups.add(admin, group.id, user.user_id)
    sharing.give(owner, "connection", connection.id, SharedWith(group_id=group.id), right="use")
    server.life_s, server.takes_s = 3600, 0.5
    time.sleep(1.1)  # the token is over
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "console.settings",
        "CONSOLE_EGRESS_ALLOW": settings.CONSOLE_EGRESS_ALLOW,
        "CONSOLE_CA_BUNDLE": settings.CONSOLE_CA_BUNDLE,
        "CONSOLE_LOG_LEVEL": "ERROR",
    }
    shares = [users[turn::PROCESSES] for turn in range(PROCESSES)]
    started = [
        subprocess.Popen(
            [
                sys.executable, "-m", "tests.services.refreshing_process", str(database.settings_dict["NAME"]),
                ",".join(str(one.user_id) for one in share), connection.profile_id, connection.id,
            ],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for share in shares
    ]  # fmt: skip
    told = [process.communicate(timeout=LONG_S) for process in started]
    assert [process.returncode for process in started] == [0, 0], told
    got = [token for out, _ in told for token in json.loads(out)]
    assert len(got) == PEOPLE
    assert len(set(got)) == 1, "everybody got the one new token"
    sent = [one["form"] for one in server.seen if one["form"].get("grant_type") == "refresh_token"]
    assert len(sent) == 1
    kept = connections.open_tokens(connections.kept(owner, connection.id))
    assert kept.refresh_token.reveal() == server.refresh_token, "the rotated one is kept"
