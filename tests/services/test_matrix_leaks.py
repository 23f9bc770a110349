"""A matrix against an API that gives back all that it was sent: what goes over the wire, and what is kept of it."""

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.urls import reverse

from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.matrix.base import Actual, CellVerdict
from console.core.matrix.changing import WRONG_KEY
from console.core.matrix.variants import VARIANTS
from console.core.reports.matrix import line_of, to_json, to_junit
from console.services import matrix, matrix_choices, opening, profiles, sandbox
from tests.far_sides import spellings
from tests.services.builders import with_samples
from tests.services.outside import KEY, api, outside_api
from tests.services.test_matrix import SECRET
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["api"]


@pytest.fixture
def profile(api):
    """A profile of the sandbox's provider for an API that is none of the sandbox."""
    actor = with_samples()
    sample = next(one for one in profiles.list_profiles(actor) if one.name == SECRET)
    draft = replace(profiles.draft_of(sample), name="Echo", api_id=outside_api(actor, api.url).id)
    made = profiles.create(actor, draft)
    profiles.replace_secret(actor, made.id, Secret(sandbox.samples().client_secret))
    profiles.replace_subscription_key(actor, made.id, Secret(KEY))
    return actor, made


def tried(actor, profile):
    opened = opening.of_profile(actor, "use", profile.id)
    choice = matrix_choices.offered(opened).choice
    return matrix.run_to_end(opened, choice, call=ApiCall("GET", "/orders"), limit_s=60, wait=lambda _s: None)


def kept_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT told, exchanges FROM console_runstep")
        steps = "".join(f"{told}{exchanges}" for told, exchanges in cursor)
        cursor.execute("SELECT * FROM console_attempt")
        return steps + "".join(str(row) for row in cursor)


def tokens_of(sent):
    """What stood in each Authorization header, behind its scheme where it had one."""
    values = [value for name, value in sent["pairs"] if name.lower() == "authorization"]
    return [value.rpartition(" ")[2] for value in values]


def test_each_variant_is_on_the_wire_as_it_says_and_nothing_secret_is_kept(profile, api, caplog):
    actor, made = profile
    found = tried(actor, made)
    codes = [row.code for row in found.rows if row.outcome is not Actual.NOT_TRIED]
    assert codes == [one.code for one in VARIANTS if one.code != "other-profile"]
    sent = dict(zip(codes, api.seen, strict=True))
    usual = tokens_of(sent["with-token"])[0]
    assert [tokens_of(sent[code]) for code in ("without-token", "twice", "no-scheme")] == [[], [usual] * 2, [usual]]
    keys = [sent[code]["headers"].get("Ocp-Apim-Subscription-Key") for code in ("without-key", "wrong-key", "twice")]
    assert keys == [None, WRONG_KEY, KEY]
    others = {tokens_of(sent[one.code])[0] for one in VARIANTS if one.token.value in ("altered", "expired", "minted")}
    assert len(others) == 8 and usual not in others
    page = signed_in(actor).get(reverse("matrix", args=[made.id, found.run_id])).content.decode()
    outputs = {
        "rows": kept_rows(),
        "json": json.dumps(to_json(found)),
        "junit": to_junit(found),
        "lines": "\n".join(map(line_of, found.rows)),
        "page": page,
        "log": caplog.text,
    }
    canaries = [form for text in (KEY, usual, *others) for form in spellings(text)]
    assert {name for name, text in outputs.items() for canary in canaries if canary in text} == set()


def test_of_an_api_of_which_nothing_is_known_nothing_is_judged(profile):
    found = tried(*profile)
    assert {row.verdict for row in found.rows} == {CellVerdict.UNKNOWN}
    assert found.headline.startswith("Nothing is proved")
    assert not found.is_good


HTML = [("Content-Type", "text/html"), ("Server", "Microsoft-Azure-Application-Gateway/v2")]


def test_a_firewall_in_between_that_forbids_a_call_says_nothing_of_the_gateway(profile, api):
    api.answers["/orders"] = (
        403,
        HTML,
        b"<html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>",
    )
    assert {row.outcome for row in tried(*profile).rows} == {Actual.UNCLEAR}
