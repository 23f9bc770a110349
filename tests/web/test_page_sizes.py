"""No input makes a page many times its own size: work and output are bounded by what came in."""

import base64
import json

import pytest

from console.templatetags.untrusted import untrusted
from tests.services.builders import person
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

FRAME_BYTES = 60_000  # of the page itself
TIMES = 8  # encoded, decoded, copied twice, the form: each escaped


def encoded(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def token(payload, header='{"alg":"RS256","typ":"JWT"}'):
    return f"{encoded(header)}.{encoded(payload)}.{'A' * 342}"


HOSTILE = {
    "numbers below sixty objects": token('{"a":' * 62 + "[" + "0," * 85_000 + "0]" + "}" * 62),
    "many claims": token("{" + ",".join(f'"c{number}":{number}' for number in range(10_500)) + "}"),
    "one claim many times": token("{" + ",".join('"c":1' for _ in range(30_000)) + "}"),
    "many header fields": token("{}", json.dumps({"alg": "RS256", **{f"h{number}": 1 for number in range(10_000)}})),
    "characters that are not seen": token(json.dumps({"a": "\u200b" * 55_000}, ensure_ascii=False)),
    "characters that are escaped": token('{"a":"' + "'" * 170_000 + '"}'),
    "a long list of roles": token('{"roles":[' + ",".join(f'"r{number}"' for number in range(18_000)) + "]}"),
    "an error": json.dumps({"error": "invalid_client", "error_description": "AADSTS7000215: " + "'" * 200_000}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pasted_text_makes_a_page_of_a_few_times_its_size(name):
    client, text = signed_in(person()), HOSTILE[name]
    for path, typed in (("/inspect/", {"text": text}), ("/inspect/compare/", {"before": text, "after": token("{}")})):
        page = client.post(path, typed)
        assert page.status_code in (200, 422)
        assert len(page.content) <= FRAME_BYTES + TIMES * len(text), path


@pytest.mark.parametrize("char", ["\u200b", "'", "\x00", "\U000e0041"])
def test_one_value_is_cut_where_its_markup_would_be_too_large(char):
    shown = untrusted(char * 500_000)
    assert len(shown) < 270_000
    assert "too large to show: the first" in shown
    assert "of 500,000 characters)" in shown


def test_choose_inside_choose_is_warned_of_and_not_a_crash():
    policy = "<policies><inbound><choose><choose><when condition='@(true)'><set-variable name='a' value='@(1)'/></when>"
    page = signed_in(person()).post("/policies/", {"policy": f"{policy}</choose></choose></inbound></policies>"})
    assert page.status_code == 200
