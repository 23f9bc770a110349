"""The paste box."""

from typing import Any

from django import forms

from console.core.actor import Actor
from console.core.tokens.text import visible
from console.services import apis
from console.web.forms.base import ConsoleForm

MAX_PASTE = 400_000  # characters that reach the decoder, which has its own cap and says so


class InspectForm(ConsoleForm):
    missing = {"text": "Paste a token, an answer, a command or a log first."}

    text = forms.CharField(
        label="Token, answer, command or log",
        strip=False,
        max_length=MAX_PASTE,
        widget=forms.Textarea(attrs={"rows": 7, "spellcheck": "false", "autocomplete": "off", "class": "token"}),
        help_text="It is stored nowhere and opens no connection.",
    )
    api_id = forms.ChoiceField(label="Judge against", required=False)
    fetches_keys = forms.BooleanField(
        label="Fetch this API's signing keys now",
        required=False,
        help_text="One request to the issuer the API names, never to an address in the token.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["api_id"].choices = [  # type: ignore[attr-defined]
            ("", "Nothing: only decode"),
            *((api.id, visible(api.name)) for api in apis.list_apis(actor)),
        ]


class CompareForm(forms.Form):
    before = forms.CharField(
        label="First token",
        strip=False,
        max_length=MAX_PASTE,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off", "class": "token"}),
        help_text="Or both tokens here, one below the other.",
        error_messages={"required": "Paste the first token."},
    )
    after = forms.CharField(
        label="Second token",
        required=False,
        strip=False,
        max_length=MAX_PASTE,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off", "class": "token"}),
    )
