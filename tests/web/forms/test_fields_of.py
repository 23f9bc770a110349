"""Forms share nothing that one of them may change, and what is written once holds nothing of a person."""

import re

import pytest
from django import forms

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


def blanks_apart(html):
    return re.sub(r"\s+", " ", html)
