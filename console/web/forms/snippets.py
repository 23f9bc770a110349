"""As what a call is copied."""

from django import forms

from console.core.snippets import SNIPPETS
from console.core.snippets.base import TokenWay
from console.core.snippets.shown import Field
from console.web.forms.base import ConsoleForm, UsualChoice

WAYS = (
    (TokenWay.PLACEHOLDER.value, "a variable that you set"),
    (TokenWay.SECRET.value, "the provider, by client secret"),
    (TokenWay.CERTIFICATE.value, "the provider, by certificate"),
)


class ShownForm(ConsoleForm):
    """Which hidden values are put into the text."""

    unchanging = frozenset({"shown"})

    shown = forms.MultipleChoiceField(required=False, choices=[(one.value, one.value) for one in Field])


class CopyForm(ConsoleForm):
    unchanging = frozenset({"language", "token_from"})

    language = UsualChoice(
        usual=SNIPPETS[0].code, required=False, label="Copy as", choices=[(one.code, one.title) for one in SNIPPETS]
    )
    token_from = UsualChoice(usual=TokenWay.PLACEHOLDER.value, required=False, label="Token from", choices=WAYS)
