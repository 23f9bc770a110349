"""Forms share nothing that one of them may change, and what is written once holds nothing of a person."""

import re
from urllib.parse import urlencode

import pytest
from django import forms
from django.http import QueryDict

from console.templatetags.fields import field
from console.web.forms.base import ConsoleForm


class Asked(ConsoleForm):
    missing = {"name": "Give it a name."}
    unchanging = frozenset({"name", "kind"})

    name = forms.CharField(max_length=5)
    kind = forms.ChoiceField(choices=[("", "None"), ("a", "A")], required=False)


class Child(Asked):
    missing = {"name": "Give the child a name."}


def test_what_one_form_changes_no_other_sees():
    first, second = Asked(), Asked()
    first.fields["name"].widget.attrs["data-mine"] = "1"
    first.fields["name"].error_messages["required"] = "Mine"
    first.fields["name"].validators.clear()
    first.fields["kind"].choices = [("secret", "Somebody's profile")]
    first.fields["name"].label = "Mine"
    for other in (second, Asked()):
        assert "data-mine" not in str(other["name"])
        assert other.fields["name"].validators
        assert other.fields["name"].label != "Mine"
        assert other.fields["kind"].choices == [("", "None"), ("a", "A")]
        assert "secret" not in str(other["kind"])
    assert Asked({}).errors["name"] == ["Give it a name."]


def test_a_form_made_from_another_has_its_own_words_and_leaves_those_of_the_first():
    assert Child({}).errors["name"] == ["Give the child a name."]
    assert Asked({}).errors["name"] == ["Give it a name."]


def test_choices_added_in_place_stay_with_their_form():
    first = Asked()
    first.fields["kind"].choices.append(("b", "B"))
    first.fields["kind"].widget.choices.append(("b", "B"))
    assert "B" not in str(Asked()["kind"])


def test_a_field_made_of_fields_is_copied_whole():
    class Split(ConsoleForm):
        when = forms.SplitDateTimeField()

    first = Split()
    first.fields["when"].fields[0].label = "Mine"
    first.fields["when"].widget.widgets[0].attrs["class"] = "mine"
    assert "mine" not in str(Split()["when"])
    assert Split().fields["when"].fields[0].label != "Mine"


@pytest.mark.parametrize("data", [{"name": "Ada"}, {"name": "Ada is too long"}, {"name": ""}])
def test_an_unchanging_field_shows_what_was_typed_and_never_what_somebody_else_typed(data):
    empty = str(field(Asked()["name"]))
    typed = str(field(Asked(data)["name"]))
    assert str(field(Asked()["name"])) == empty
    assert "Ada" not in empty
    assert (f'value="{data["name"]}"' in typed) == bool(data["name"])
    assert ("id_name_error" in typed) == (data["name"] != "Ada")


@pytest.mark.parametrize("options", [{}, {"prefix": "p"}, {"auto_id": "other-%s"}, {"initial": {"kind": "a"}}])
@pytest.mark.parametrize("name", ["name", "kind"])
def test_an_unchanging_field_is_the_same_as_one_that_is_written_anew(options, name):
    class Anew(Asked):
        unchanging = frozenset()

    for _ in range(2):
        assert blanks_apart(field(Asked(**options)[name])) == blanks_apart(field(Anew(**options)[name]))


class Filled(ConsoleForm):
    text = forms.CharField(required=False)
    number = forms.IntegerField(required=False)
    kind = forms.ChoiceField(choices=[("", "None"), ("a", "A")], required=False)
    file = forms.FileField(required=False, widget=forms.FileInput)
    usual = forms.CharField(required=False, initial="usual")
    tidied = forms.CharField(required=False)
    is_on = forms.BooleanField(required=False)
    several = forms.MultipleChoiceField(choices=[("a", "A")], required=False)
    must = forms.CharField()

    def clean_tidied(self):
        return self.cleaned_data["tidied"] or "never empty"


class FilledAsDjangoDoes(Filled):
    _clean_fields = forms.Form._clean_fields


EMPTY = dict.fromkeys(Filled.base_fields, "")


@pytest.mark.parametrize("prefix", [None, "p"])
@pytest.mark.parametrize(
    "data",
    [{}, EMPTY, {"text": "t", "kind": "a", "must": "m"}, {"number": "x", "kind": "b"}, {"number": "5", "must": " "},
     {**EMPTY, "must": "m", "is_on": "on", "several": "a"}],
)  # fmt: skip
def test_a_form_reads_what_was_left_empty_as_django_does(data, prefix):
    sent = {f"{prefix}-{name}" if prefix else name: value for name, value in data.items()}
    ours, theirs = (form(QueryDict(urlencode(sent)), prefix=prefix) for form in (Filled, FilledAsDjangoDoes))
    assert ours.errors == theirs.errors
    assert list(ours.errors) == list(theirs.errors)
    assert ours.cleaned_data == theirs.cleaned_data
    assert set(Filled.left_empty) == {"text", "number", "kind", "file"}


def test_a_file_that_stands_already_is_kept_when_none_is_sent():
    form = Filled({"must": "m"}, initial={"file": "kept"})
    assert form.is_valid()
    assert form.cleaned_data["file"] == "kept"


def test_a_field_that_its_form_changed_is_asked_itself():
    form = Filled({"must": "m"})
    form.fields["text"].required = True
    assert list(form.errors) == ["text"]
    form = Filled({"must": "m"})
    form.fields["text"] = forms.CharField()
    assert list(form.errors) == ["text"]
    form = Filled({"must": "m"})
    del form.fields["text"]
    assert form.is_valid()
    assert "text" not in form.cleaned_data


def test_no_way_to_read_a_forms_fields_gives_those_of_its_class():
    shared = Filled.base_fields
    for fields in (dict(Filled().fields), dict(Filled().fields.items()), {**Filled().fields}):
        assert list(fields) == list(shared)
        assert not any(fields[name] is shared[name] for name in shared)
    assert not any(field is shared["text"] for field in Filled().fields.values())
    assert Filled().fields.pop("text") is not shared["text"]
    assert Filled().fields.get("text") is not shared["text"]

    class Ordered(Filled):
        field_order = ("must", "text")

    ordered = Ordered({"must": "m"})
    assert list(ordered.fields)[:2] == ["must", "text"]
    assert not any(ordered.fields[name] is Ordered.base_fields[name] for name in Ordered.base_fields)
    assert ordered.is_valid()


def blanks_apart(html):
    return re.sub(r"\s+", " ", html)
