"""Looking for words in the body of an answer."""

from django import forms

from console.core.answer.searching import LONGEST
from console.web.forms.base import ConsoleForm


class BodySearchForm(ConsoleForm):
    wanted = forms.CharField(
        label="Find in the body",
        max_length=LONGEST,
        strip=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
