"""What a discovery document names as its token endpoint is refused in words, whatever it is."""

import pytest

from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.providers.belief import token_endpoint_problem

PLACE = Place("https://login.example", "https://login.example/meta", "https://login.example/token")


@pytest.mark.parametrize("named", ["http://[", "https://login.example:b/token", "https://login.example:99999/", "//["])
def test_a_token_endpoint_that_is_no_address_is_refused_as_another_place(named):
    problem = token_endpoint_problem(Metadata("https://login.example", named, "", "", {}), PLACE)
    assert problem is not None
    assert "names a token endpoint at another place" in problem.detail
