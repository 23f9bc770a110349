"""A token's lifetime as a picture whose words stand on it."""

import pytest

from console.core.tokens.parse import parse
from console.web.present.lifetime import lifetime_view
from tests.browser.steps import jwt

NOW = 1_767_225_900  # 2026-01-01 00:05:00 UTC


def captions(claims, now=NOW):
    view = lifetime_view(parse(jwt({"alg": "RS256"}, claims)), now)
    return {one["kind"]: one for one in view["captions"]}


def test_the_line_names_its_claims_and_now():
    shown = captions({"iat": NOW - 300, "nbf": NOW - 300, "exp": NOW + 3300})
    assert shown["span"]["text"] == "iat, nbf 00:00, exp 01:00"
    assert shown["now"]["text"] == "now 00:05"


def test_a_moment_of_another_day_is_told_by_its_day():
    assert captions({"iat": NOW - 90_000, "exp": NOW + 90_000})["span"]["text"] == "iat 2025-12-30, exp 2026-01-02"


@pytest.mark.parametrize(("shift", "anchor"), [(-900_000, "start"), (0, "middle"), (900_000, "end")])
def test_a_caption_stays_on_the_line(shift, anchor):
    shown = captions({"iat": NOW - 300 + shift, "exp": NOW + 300 + shift})
    assert shown["span"]["anchor"] == anchor
