"""The mark of an environment."""

import pytest

from console.templatetags.environments import environment

MARKS = {
    "": "",
    "Production": '<span class="chip long environment production"><bdi class="untrusted">Production</bdi></span>',
    "<b>": '<span class="chip long environment other"><bdi class="untrusted">&lt;b&gt;</bdi></span>',
}


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_has_the_name_as_text_and_the_kind_as_colour(name):
    assert environment(name) == MARKS[name]
