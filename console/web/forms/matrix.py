"""Which auth variants are tried, with which call, and what the gateway must do with each."""

from typing import Any

from django import forms

from console.core.call import METHODS, ApiCall
from console.core.matrix.base import MatrixChoice, Must
from console.core.matrix.variants import VARIANTS
from console.web.forms.base import ConsoleForm, TidyCharField
from console.web.forms.calls import without_open_parts

_MONO = {"class": "mono", "spellcheck": "false", "autocomplete": "off"}
MUSTS = (("", "as policy and demands say"), (Must.LET_IN.value, "let it in"), (Must.REFUSE.value, "refuse it"))


class MatrixForm(ConsoleForm):
    """`must-CODE` stands beside each variant; its choices are MUSTS, and what is none of them counts as the first."""

    asks = False  # whether what was chosen is sent by a button that agrees to production

    method = forms.ChoiceField(choices=[(name, name) for name in METHODS])
    path = TidyCharField(may_hold_secret=True, required=False, max_length=2000, widget=forms.TextInput(attrs=_MONO))
    query = TidyCharField(may_hold_secret=True, required=False, max_length=2000, widget=forms.TextInput(attrs=_MONO))
    variants = forms.MultipleChoiceField(required=False, choices=[(one.code, one.title) for one in VARIANTS])
    other = forms.CharField(required=False, max_length=40)

    def clean_path(self) -> str:
        return without_open_parts(self.cleaned_data["path"])

    def ask(self, question: str) -> None:
        """Holds back what was chosen until its user agrees."""
        self.asks = True
        self.add_error(None, question)

    def to_call(self) -> ApiCall:
        data = self.cleaned_data
        return ApiCall(data["method"], data["path"], data["query"])

    def to_choice(self) -> MatrixChoice:
        """Without method and path, which whoever keeps it adds."""
        data = self.cleaned_data
        return MatrixChoice(tuple(data["variants"]), self.musts(), other_profile_id=data.get("other", ""))

    def musts(self) -> dict[str, Must]:
        """What was said of variants, by code; those of which nothing was said are not in it."""
        given: Any = self.data
        known = {must.value: must for must in (Must.LET_IN, Must.REFUSE)}
        said = {one.code: known.get(given.get(f"must-{one.code}", "")) for one in VARIANTS}
        return {code: must for code, must in said.items() if must is not None}


def initial_of(call: ApiCall) -> dict[str, str]:
    """What the form begins with."""
    return {"method": call.method, "path": call.path, "query": call.query}
