"""What a profile says about its API."""

from console.core.actor import RIGHTS
from console.core.held import Held
from console.services.home import ProfileState
from console.web.present.profile_rows import profile_rows
from console.web.present.profiles import profile_view
from tests.web.present.test_next_steps import API, profile


def about(made, api):
    (row,) = profile_rows([ProfileState(Held(made, frozenset(RIGHTS), is_own=True), api)], 0)
    return row["about"]


def test_an_api_that_was_closed_is_not_called_no_api():
    assert about(profile(), API).endswith("Orders")
    assert about(profile(), None).endswith("its API is closed to you")
    assert about(profile(api_id=None), None).endswith("no API")
    assert profile_view(profile(), None, 0)["has_lost_api"]
    assert not profile_view(profile(api_id=None), None, 0)["has_lost_api"]
