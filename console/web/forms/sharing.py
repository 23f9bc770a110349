"""Giving somebody a right on an object, and changing one that was given."""

from typing import Any

from django import forms

from console.core.access import SharedWith
from console.core.actor import RIGHTS, Right
from console.core.whole_number import whole_number
from console.web.forms.base import ConsoleForm, TidyCharField

REVEALS = "May also see the token whole, and take it elsewhere"


class RightForm(ConsoleForm):
    """`with_token`: the object has a token that a user may be shown."""

    right = forms.ChoiceField(choices=[(one, one) for one in RIGHTS], widget=forms.RadioSelect)
    reveals_token = forms.BooleanField(required=False, label=REVEALS)

    def __init__(self, *given: Any, with_token: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        if not with_token:
            del self.fields["reveals_token"]

    def right_given(self) -> Right:
        return next(one for one in RIGHTS if one == self.cleaned_data["right"])

    def reveals(self) -> bool:
        return bool(self.cleaned_data.get("reveals_token"))


class GiveForm(RightForm):
    """`words` says what each right means here; `suggested` are names to choose from, where some are known."""

    missing = {"who": "Write the e-mail address of a person, or the name of a person or a group."}
    field_order = ("who", "right", "reveals_token")

    who = TidyCharField(
        label="Person or group",
        max_length=254,
        is_name=True,
        help_text="A whole e-mail address, or the whole name of a person or a group.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "list": "share-suggested"}),
    )

    def __init__(self, *given: Any, words: dict[Right, str], **named: Any) -> None:
        super().__init__(*given, auto_id="share_%s", initial={"right": "use"}, **named)
        choices = [(right, f"{right}: {words[right]}") for right in RIGHTS]
        self.fields["right"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if "reveals_token" in self.fields:
            self.fields["reveals_token"].help_text = "Counts with “use” alone: who manages it may in any case."


def subject_of(text: str) -> SharedWith | None:
    """Whom the form of one share is about: "person:7" or "group:" and an id; None for anything else."""
    kind, _, value = text.partition(":")
    if kind == "person" and (person_id := whole_number(value, digits=17)) is not None:
        return SharedWith(person_id=person_id)
    return SharedWith(group_id=value) if kind == "group" and value else None
