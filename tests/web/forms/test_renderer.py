"""Widgets written in Python are what Django's templates make of them, to the letter; of choices, to the tag."""

import re
from itertools import product

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from console.web.forms.base import ConsoleForm
from console.web.forms.renderer import PlainRenderer
from tests.tables import failures

EVIL = "<x-evil>\"'& \u202e"
CHOICES = [("", "None"), ("a", EVIL), (EVIL, "Evil"), ("Group <1>", [("c", "C"), ("d", SafeString("<b>D</b>"))])]
ATTRS = {"class": EVIL, "rows": 3, "required": True, "hidden": False, "data-x": None, "safe": SafeString("&amp;")}
WIDGETS = (
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.HiddenInput, forms.FileInput,
    forms.Textarea, forms.CheckboxInput, forms.DateInput, forms.PasswordInput,
)  # fmt: skip
CHOICE_WIDGETS = (forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple)


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widget_is_written_as_by_django(widget):
    values = [None, "", EVIL, "1", 0, 7, True, False, SafeString("<i>")]
    written = product(values, [{}, {"id": "id_x"}, ATTRS])
    assert failures(lambda value, attrs: assert_same(widget(), value, attrs), written) == []


@pytest.mark.parametrize("widget", CHOICE_WIDGETS)
def test_a_choice_is_written_as_by_django(widget):
    values = [None, "", "a", EVIL, ["c", "d"], "gone"]
    written = product(values, [{}, {"id": "id_x", "class": "c"}, ATTRS])
    blanks = r"\s+(?=<)|(?<=>)\s+"
    assert failures(lambda value, attrs: assert_same(widget(choices=CHOICES), value, attrs, blanks), written) == []


def assert_same(widget, value, attrs, blanks="(?!)"):
    ours, theirs = (widget.render("n<>", value, attrs, by) for by in (PlainRenderer(), DjangoTemplates()))
    assert re.sub(blanks, "", ours) == re.sub(blanks, "", theirs)
    assert "<x-evil" not in ours


def test_what_has_another_template_is_rendered_by_django():
    widget = forms.SplitDateTimeWidget()
    assert widget.render("n", None, {}, PlainRenderer()) == widget.render("n", None, {}, DjangoTemplates())


class Unlike(forms.Form):
    one = forms.CharField(help_text=EVIL, label=EVIL)
    two = forms.BooleanField(help_text="Help")
    many = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False)
    file = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize("data", [None, {}, {"one": EVIL, "many": ["a", "z"]}])
def test_help_and_errors_stand_under_the_ids_that_their_control_names(data):
    from console.templatetags.fields import field

    html = "".join(str(field(bound)) for bound in Unlike(data))
    assert "<x-evil" not in html
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    named = {name for names in re.findall(r'aria-describedby="([^"]+)"', html) for name in names.split()}
    labels = set(re.findall(r'<label for="([^"]+)"', html))
    assert {"id_one_helptext", "id_two_helptext"} <= named <= ids
    assert ("id_one_error" in named) == (data == {})
    assert labels <= ids
    assert html.count('<span class="optional">optional</span>') == 2


def test_where_one_of_several_is_needed_none_is_told_as_optional():
    from console.templatetags.fields import field

    class OneOfTwo(ConsoleForm):
        one_of = frozenset({"first", "second"})
        unchanging = frozenset({"second"})
        first = forms.FileField(required=False)
        second = forms.CharField(required=False)
        third = forms.CharField(required=False)

    form = OneOfTwo()
    told = [re.findall(r'class="optional">([^<]+)<', field(form[name])) for name in ("first", "second", "third")]
    assert told == [["one of these"], ["one of these"], ["optional"]]
