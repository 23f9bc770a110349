"""What comes along with a form that is sent again is told by its fields' labels, and never by its values."""

import pytest

import console.web.urls  # noqa: F401  (every form of the console is known once its pages are)
from console.web.typed_fields import told


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("email", "somebody@example.com", ("E-mail address", "as you typed it: 20 characters")),
        ("client_id", "c", ("Client ID", "as you typed it: 1 character")),
        ("base_url", "x" * 1200, ("Base URL", "as you typed it: 1,200 characters")),
        ("provider", "entra:global", ("Provider", "as you chose it")),
        ("sends_token", "on", ("Send the token", "ticked")),
        ("expects_2", "status 200", ("Expects 2", "as you typed it: 10 characters")),
        ("version", "3", None),
        ("known_fields", "x", None),
        ("do", "save", None),
    ],
)
def test_a_field_is_told_in_the_words_of_its_form(name, text, words):
    assert told(name, text) == words
