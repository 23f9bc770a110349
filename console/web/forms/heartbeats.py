"""How often the heartbeat of a profile comes."""

from django import forms

from console.core.heartbeat import PAUSES_S
from console.core.tokens.times import duration
from console.web.forms.base import ConsoleForm

OFF = "off"


def every(pause_s: int) -> str:
    """ "every 15 minutes", "every hour"."""
    return f"every {duration(pause_s).removeprefix('1 ')}"


class HeartbeatForm(ConsoleForm):
    """One choice; a plain form, so that it works without scripts."""

    missing = {"every": "Choose how often, or off."}

    every = forms.ChoiceField(
        label="How often",
        choices=[("0", OFF), *((str(pause), every(pause)) for pause in PAUSES_S)],
        widget=forms.RadioSelect,
    )

    def every_s(self) -> int:
        return int(self.cleaned_data["every"])
