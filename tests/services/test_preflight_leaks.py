"""Nothing secret is in what a preflight keeps, shows, writes or logs, whatever the far sides echo."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from console.core.call import ApiCall
from console.core.reports.preflight import line_of, to_json, to_junit
from console.services import preflight, profiles, wiring
from console.store import audit
from tests.far_sides import EchoApi, Provider, allow, spellings, stand_in
from tests.services.builders import person, with_samples
from tests.services.outside import KEY, SECRET, outside_api, outside_profile
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

TOKEN = "canary-granted-token-0a1b2c3d4e5f"
CANARIES = [form for text in (SECRET, KEY, TOKEN) for form in spellings(text)]


@pytest.fixture(params=["granting.example", "refusing.example"])
def profile(request, settings):
    """A profile at a provider and for an API that both give back all that they were sent."""
    with Provider() as provider, EchoApi() as api:
        allow(settings, provider, api)
        stand_in(settings, provider)
        actor = person()
        made = outside_api(actor, api.url)
        yield actor, outside_profile(actor, request.param, api_id=made.id)
    wiring.egress_policy.cache_clear()


def kept_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT told, exchanges FROM console_runstep")
        return "".join(f"{told}{exchanges}" for told, exchanges in cursor)


TYPED = "canary-typed-in-the-path-5d6e7f80"


def test_a_secret_that_was_typed_into_the_call_is_in_nothing_that_is_kept_in_clear():
    actor = with_samples()
    sample = next(one for one in profiles.list_profiles(actor) if one.name.endswith("a secret"))
    call = ApiCall("GET", "/orders", query=f"api_key={TYPED}&sig={TYPED}")
    found = preflight.run_to_end(actor, sample.id, call=call)
    texts = [kept_rows(), json.dumps(to_json(found)), *(one.detail for one in audit.recent(limit=20))]
    assert [text for text in texts if TYPED in text] == []
    assert found.is_done


def test_no_output_holds_a_secret(profile, capsys, caplog):
    actor, made = profile
    found = preflight.run_to_end(actor, made.id)
    client = signed_in(actor)
    where = reverse("preflight", args=[made.id, found.run_id])
    with pytest.raises(SystemExit):
        call_command("preflight", made.id, "--user", actor.email)
    outputs = {
        "rows": kept_rows(),
        "json": json.dumps(to_json(found)),
        "junit": to_junit(found),
        "lines": "\n".join(map(line_of, found.stages)),
        "page": client.get(where).content.decode(),
        "profile": client.get(reverse("profile", args=[made.id])).content.decode(),
        "file": client.get(f"{where}preflight.json").content.decode(),
        "command": "".join(capsys.readouterr()),
        "log": caplog.text,
    }
    assert found.failing is not None
    assert {name for name, text in outputs.items() for canary in CANARIES if canary in text} == set()
