"""However much a far side writes into what a stage says, the run, its page and its reports stay small and readable."""

import json
from xml.dom.minidom import parseString

import pytest
from django.urls import reverse

from console.core.preflight.base import StageFact, StageResult, StageStatus
from console.core.reports.preflight import line_of, to_json, to_junit
from console.services import preflight
from console.services.preflight_stage import MadeStage
from tests.services.builders import with_samples
from tests.services.test_preflight import sample
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
ODD = "<b>&amp;]]>\"'\x00\x0b\x1b[31m\u202e\ud800\ufffe\n\r\u2028"


@pytest.mark.parametrize("text", ["x" * 2_000_000, ODD * 10_000], ids=["long", "odd"])
def test_a_stage_that_a_far_side_fills_up_stays_small(text, monkeypatch):
    actor = with_samples()
    profile = sample(actor)
    made = MadeStage(StageResult(StageStatus.FAIL, text, text, text, who=text, facts=(StageFact(text, text),) * 200))
    monkeypatch.setitem(preflight._LOOKS, "names", (lambda _: made, 0))
    found = preflight.run_to_end(actor, profile.id)
    assert len(json.dumps(to_json(found))) < 500_000
    parseString(to_junit(found))
    assert len(line_of(found.stages[0]).splitlines()) == 1 and "\x1b" not in line_of(found.stages[0])
    client = signed_in(actor)
    for path in (
        reverse("preflight", args=[profile.id, found.run_id]),
        reverse("preflight-file", args=[profile.id, found.run_id, "preflight.json"]),
        reverse("preflight-file", args=[profile.id, found.run_id, "preflight.xml"]),
    ):
        answer = client.get(path)
        assert answer.status_code == 200 and len(answer.content) < 2_000_000, path
