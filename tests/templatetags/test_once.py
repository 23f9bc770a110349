"""What is rendered once is the same for everybody, because it cannot see who asks."""

from django.template import Context, engines


def made(text):
    return engines["django"].from_string("{% load once static %}" + text).template


def test_a_part_is_rendered_once_and_without_what_the_page_knows():
    template = made('{% once %}[{{ name }}{% static "css/base.css" %}]{% endonce %} {{ name }}')
    assert template.render(Context({"name": "Ada"})) == "[/static/css/base.css] Ada"
    assert template.render(Context({"name": "Bob"})) == "[/static/css/base.css] Bob"


def test_it_is_not_rendered_again():
    template = made("{% once %}{% now 'u' %}{% endonce %}")
    assert template.render(Context()) == template.render(Context())


def test_what_it_includes_does_not_see_the_page_either():
    template = made('{% once %}{% include "components/copyable.html" %}{% endonce %}')
    assert template.render(Context({"value": "mine"})) == template.render(Context({"value": "theirs"}))
