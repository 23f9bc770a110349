"""What stands for the names of a step: the value as it was sent, where it comes from, and what nobody ever filled."""

from console.core.collections.collection import read_expects
from console.core.collections.taken import TakenValue, typed
from console.core.collections.used import MOST_TOLD, used_in
from console.core.compose.draft import RequestDraft


def told(draft, expects="", **values):
    found = used_in(draft, read_expects(expects).expectations, values)
    return [(one.name, one.value, one.origin) for one in found]


def test_each_name_is_told_once_with_its_value_and_where_that_comes_from():
    draft = RequestDraft("POST", "/orders/{{orderId}}", "by={{user}}&again={{orderId}}", body="{{key}} {{older}}")
    values = {
        "orderId": TakenValue("orderId", "1001", step=1),
        "user": typed("user", "Ann"),
        "key": TakenValue("key", "a-secret-of-somebody", is_secret=True, step=2),
        "older": TakenValue("older", "7"),
    }
    assert told(draft, "$.id is {{orderId}}\n$.state is {{lacking}}", **values) == [
        ("orderId", "1001", "from the answer to step 1"),
        ("user", "Ann", "typed under Variables"),
        ("key", "***", "from the answer to step 2"),
        ("older", "7", "from an earlier answer"),
        ("lacking", None, "never filled: nobody gave it a value"),
    ]


def test_a_request_without_names_tells_nothing_and_one_of_very_many_not_all():
    assert told(RequestDraft("GET", "/orders"), "status 200") == []
    many = " ".join(f"{{{{n{number}}}}}" for number in range(MOST_TOLD + 1))
    assert len(told(RequestDraft("POST", "/orders", body=many))) == MOST_TOLD
