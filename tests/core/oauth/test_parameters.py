"""The catalogue of parameters: every name once, with a reason and a source."""

from console.core.oauth.parameters import BY_NAME, PARAMETERS


def test_each_parameter_stands_once_and_says_what_it_is_for_and_where_it_is_defined():
    assert len(BY_NAME) == len(PARAMETERS)
    for one in PARAMETERS:
        assert one.purpose.endswith("."), one.name
        assert one.source, one.name


def test_what_a_sign_in_with_pkce_sends_is_all_known():
    sent = "response_type client_id redirect_uri scope state nonce code_challenge code_challenge_method request_uri"
    assert set(sent.split()) <= set(BY_NAME)
