"""Forms of a pasted hand-over, and of the API that one names and that is not here yet."""

from typing import Any

from django import forms

from console.core.api import USUAL_KEY_HEADER, Api
from console.web.forms.apis import ApiForm
from console.web.forms.base import ConsoleForm, ForgetfulTextarea, TidyCharField


class HandoverForm(ConsoleForm):
    missing = {"handover": "Paste the text you were sent."}

    handover = forms.CharField(
        label="Paste what you were sent",
        max_length=64_000,
        widget=ForgetfulTextarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="A mail, a token URL, a table: what belongs in the form is picked out. Nothing is sent.",
    )


class FoundApiForm(ConsoleForm):
    """An API that a hand-over names and that is not here yet: made together with the profile, if that is wanted."""

    makes_api = forms.BooleanField(required=False, label="Make this API together with the profile")
    api_name = TidyCharField(max_length=200, required=False, is_name=True, label="Name of the API")
    api_base_url = TidyCharField(
        max_length=500, required=False, label="Base URL of the API", help_text="Calls stay below it."
    )

    api: Api | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("makes_api"):
            self.api = self._checked(data)
        return data

    def _checked(self, data: dict[str, Any]) -> Api | None:
        """The Api, judged by the form that makes one alone."""
        typed = {"name": data.get("api_name", ""), "base_url": data.get("api_base_url", "")}
        usual = {"subscription_key_header": USUAL_KEY_HEADER, "leeway_s": "0"}
        whole = ApiForm({**usual, **typed})
        for name, errors in whole.errors.items():
            self.add_error(f"api_{name}" if f"api_{name}" in self.fields else None, list(errors))
        return None if whole.errors else whole.to_api()
