"""The values of settings, judged by name."""

import pytest

from console.core.oauth.setting import Setting, in_a_sentence, problems

TENANT = Setting("tenant", "Tenant", max_length=10)
CLOUD = Setting("cloud", "Cloud", choices=(("global", "Everywhere"), ("china", "China")))
HINT = Setting("acr", "ACR values", is_required=False)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"tenant": "t", "cloud": "global"}, {}),
        ({"tenant": "t", "cloud": "china", "acr": "Level4"}, {}),
        ({"cloud": "global"}, {"tenant": "Enter the tenant."}),
        ({"tenant": "", "cloud": "global"}, {"tenant": "Enter the tenant."}),
        ({"tenant": "t", "cloud": "mars"}, {"cloud": "“mars” is not offered as cloud. Choose one of the list."}),
        (
            {"tenant": "t" * 11, "cloud": "global"},
            {"tenant": "The tenant is 11 characters long; at most 10 are kept."},
        ),
        ({"tenant": "t", "cloud": "global", "realm": "r"}, {"realm": "There is no setting “realm” here."}),
    ],
)
def test_what_is_wrong_is_one_sentence_for_each_name(given, found):
    assert problems((TENANT, CLOUD, HINT), given) == found


def test_an_abbreviation_keeps_its_capitals_inside_a_sentence():
    assert (in_a_sentence(TENANT), in_a_sentence(HINT)) == ("tenant", "ACR values")
