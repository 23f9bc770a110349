"""What of the audit trail is shown, or exported: in the address, so that a view of it can be kept and passed on."""

from datetime import datetime

from django import forms

from console.core.audit import actions as audit_actions
from console.core.audit.filter import KINDS, RESULTS, AuditFilter
from console.web.forms.base import TidyCharField
from console.web.forms.filters import FilterForm
from console.web.forms.times import UtcMinute, epoch_s
from console.web.present import words

GROUP = "any: "  # how the choice of a whole group begins
_GROUPS = audit_actions.groups()
ACTIONS = [
    ("", "anything"),
    *(
        (group, [(f"{GROUP}{group}", f"{GROUP}{group}"), *((action.value, action.value) for action in actions)])
        for group, actions in _GROUPS.items()
    ),
]
MINUTE_S = 60


class AuditFilterForm(FilterForm):
    """What of the audit trail is wanted."""

    who = TidyCharField(label="Who", max_length=254, required=False, help_text="The whole address, or: system")
    action = forms.ChoiceField(label="Did", choices=ACTIONS, required=False)
    kind = forms.ChoiceField(
        label="Kind of object", choices=[("", "anything"), *((kind, kind) for kind in KINDS)], required=False
    )
    object = TidyCharField(
        label="Object’s id", max_length=300, required=False, help_text="Or how it begins; a person’s number: #3"
    )
    result = forms.ChoiceField(
        label="Result", choices=[("", "any"), *((result, result) for result in RESULTS)], required=False
    )
    since = UtcMinute("From (UTC)")
    until = UtcMinute("To (UTC), this minute included")

    def clean_who(self) -> str:
        return str(self.cleaned_data["who"]).lower()

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", "This is before the time it begins at. Choose a later one.")

    def wanted(self) -> AuditFilter:
        """Of a valid form."""
        values = self.cleaned_data
        action = str(values["action"])
        group = _GROUPS.get(action.removeprefix(GROUP), ()) if action.startswith(GROUP) else ()
        return AuditFilter(
            who=values["who"],
            actions=tuple(one.value for one in group) or ((action,) if action else ()),
            kinds=KINDS.get(values["kind"], ()),
            object_id=values["object"],
            result=values["result"],
            since=epoch_s(values["since"]),
            until=None if values["until"] is None else (epoch_s(values["until"]) or 0) + MINUTE_S,
        )

    def told(self) -> str:
        """Of a valid form: the filter in words; "everything" for none."""
        values = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        shown = (f"{_label(name)} {_word(value)}" for name, value in values.items())
        return ", ".join(shown) or "everything"


def _label(name: str) -> str:
    return {"object": "id", "since": "from", "until": "to"}.get(name, name)


def _word(value: object) -> str:
    return words.exact(value.timestamp()) if isinstance(value, datetime) else str(value)
