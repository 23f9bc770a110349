"""Names: what leads to an address, what does not, and where nothing is looked up."""

from console.core.exchange import Failure, FailureKind
from console.core.owner import Owner
from console.core.preflight.base import StageStatus
from console.core.preflight.names import STAGE
from console.core.preflight.reached import SeenPlaces
from tests.core.preflight.support import labels, place, told

UNKNOWN = Failure(FailureKind.DNS, "The host name was not found; check its spelling and that it is public.")


def test_names_that_lead_somewhere_are_told_without_the_addresses_inside():
    seen = SeenPlaces((place(addresses=("192.0.2.7",)), place("api.example", purpose="API", hidden_addresses=2)))
    result = STAGE.judge(seen)
    assert (result.status, result.what) == (
        StageStatus.OK,
        "All 2 host names lead to addresses that this console may call.",
    )
    assert labels(result) == {
        "provider, login.example": "192.0.2.7",
        "API, api.example": "2 addresses of an internal network",
    }


def test_a_name_that_is_not_known_fails():
    result = STAGE.judge(SeenPlaces((place(failure=UNKNOWN),)))
    assert result.status is StageStatus.FAIL
    assert told(result) == (
        "login.example cannot be called.",
        "The host name was not found; check its spelling and that it is public.",
        "Check the spelling of the address, and that its name is known where this console runs.",
    )
    assert result.owner is Owner.NETWORK


def test_an_address_that_is_no_url_fails_too():
    broken = place("", failure=Failure(FailureKind.BLOCKED_ADDRESS, "This is not a URL.", "url"))
    assert STAGE.judge(SeenPlaces((broken,))).status is StageStatus.FAIL


def test_where_nothing_is_looked_up_the_reason_is_told():
    for values, why in (
        ({"is_local": True}, "No name is looked up: the sandbox answers inside this console."),
        ({"is_proxied": True}, "No name is looked up: a proxy of this deployment does that for every request."),
    ):
        result = STAGE.judge(SeenPlaces((place(**values),)))
        assert (result.status, result.what, result.is_needed) == (StageStatus.SKIPPED, why, False)
    assert STAGE.judge(SeenPlaces(())).what == "No name is looked up: this profile names no address."
