"""The call that a preflight sends, shown before it starts."""

from django import forms

from console.core.call import METHODS, ApiCall
from console.web.forms.base import ConsoleForm, TidyCharField

_MONO = {"class": "mono", "spellcheck": "false", "autocomplete": "off"}


class PreflightForm(ConsoleForm):
    method = forms.ChoiceField(choices=[(name, name) for name in METHODS])
    path = TidyCharField(may_hold_secret=True, required=False, max_length=2000, widget=forms.TextInput(attrs=_MONO))
    query = TidyCharField(may_hold_secret=True, required=False, max_length=2000, widget=forms.TextInput(attrs=_MONO))

    def to_call(self) -> ApiCall:
        data = self.cleaned_data
        return ApiCall(data["method"], data["path"], data["query"])


def initial_of(call: ApiCall) -> dict[str, str]:
    """What the form begins with."""
    return {"method": call.method, "path": call.path, "query": call.query}
