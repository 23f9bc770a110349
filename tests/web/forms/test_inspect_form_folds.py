"""The folded parts of the inspector's form: written at once where nobody changed them, and the same as one by one."""

import pytest
from django.http import QueryDict
from django.template import Context, Template

from console.web.forms.inspection import InspectForm
from tests.store import builders

pytestmark = pytest.mark.django_db
AT_ONCE = Template("{% load fields %}{% fields form form.typed_names %}{% fields form form.key_names %}")
ONE_BY_ONE = Template("{% load fields %}{% for one in fields %}{% field one %}{% endfor %}")
SENT = [
    {},
    {"text": "x", "against": "typed"},
    {"audiences": "a\nb", "leeway_s": "7"},
    {"leeway_s": "no"},
    {"leeway_s": " "},
    {"tenant": "\u200b"},
    {"token_version": "9"},
    {"keys": "stored"},
    {"keys": "given"},
    {"keys": "fetched", "given_as": "text"},
    {"keys_of": "api:x"},
    {"key_text": "k"},
]


def form_of(sent, *, is_bound):
    actor = builders.person("owner")
    if not is_bound:
        return InspectForm(initial=sent, actor=actor)
    data = QueryDict(mutable=True)
    data.update(sent)
    form = InspectForm(data, {}, actor=actor)
    form.is_valid()
    return form


@pytest.mark.parametrize("is_bound", [True, False])
@pytest.mark.parametrize("sent", SENT)
def test_the_fields_are_written_as_they_are_one_by_one(sent, is_bound):
    form = form_of(sent, is_bound=is_bound)
    names = (*form.typed_names, *form.key_names)
    one_by_one = ONE_BY_ONE.render(Context({"fields": [form[name] for name in names]}))
    assert AT_ONCE.render(Context({"form": form})) == one_by_one


@pytest.mark.parametrize(
    ("sent", "opens"),
    [
        ({}, (False, False)),
        ({"against": "typed"}, (True, False)),
        ({"roles": "r"}, (True, False)),
        ({"leeway_s": "no"}, (True, False)),
        ({"keys": "stored"}, (False, False)),
        ({"keys": "none"}, (False, True)),
        ({"keys": "bad"}, (False, True)),
        ({"keys_of": "api:x"}, (False, True)),
    ],
)
def test_a_part_in_which_something_was_chosen_is_open(sent, opens):
    form = form_of(sent, is_bound=True)
    assert (form.opens_typed, form.opens_keys) == opens


def test_a_choice_is_offered_though_it_is_found_late():
    actor = builders.person("owner")
    api = builders.api(actor)
    form = InspectForm({"text": "x", "against": f"api:{api.id}", "keys_of": ""}, {}, actor=actor)
    assert form.is_valid(), form.errors
    assert f'<option value="api:{api.id}" selected>' in str(form["against"])
    other = InspectForm({"text": "x", "against": "api:another"}, {}, actor=actor)
    assert "is not offered here" in other.errors["against"][0]


def test_a_paste_that_names_nothing_asks_for_no_names(django_assert_num_queries):
    actor = builders.person("owner")
    with django_assert_num_queries(0):
        assert InspectForm({"text": "x"}, {}, actor=actor).is_valid()
