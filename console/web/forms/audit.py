"""What of the audit trail is shown, or exported: in the address, so that a view of it can be kept and passed on."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms

from console.core.audit import actions as audit_actions
from console.core.audit.filter import KINDS, RESULTS, AuditFilter
from console.web.forms.base import ConsoleForm, TidyCharField
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
INPUT = "%Y-%m-%dT%H:%M"
FORMATS = (INPUT, "%Y-%m-%d %H:%M", "%Y-%m-%d")
NO_TIME = "This is not a time; one looks like 2026-11-28 14:05."


class _Minute(forms.DateTimeField):
    """A minute in UTC, with the browser's own control, or as text where it has none."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=FORMATS,
            widget=forms.DateTimeInput(format=INPUT, attrs={"type": "datetime-local"}),
            error_messages={"invalid": NO_TIME},
        )

    def to_python(self, value: Any) -> datetime | None:
        """In UTC; an offset may lead out of the calendar."""
        moment = super().to_python(value)
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError:
            raise forms.ValidationError(NO_TIME, code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """As the control can show it, in UTC, however the address spelled it; what is no time as it came."""
        try:
            moment = self.to_python(value)
        except forms.ValidationError:
            return value
        return moment.strftime(INPUT) if moment else value


class AuditFilterForm(ConsoleForm):
    """A GET form; every part may be left empty."""

    is_filter = True

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
    since = _Minute("From (UTC)")
    until = _Minute("To (UTC), this minute included")

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
            since=_epoch_s(values["since"]),
            until=None if values["until"] is None else (_epoch_s(values["until"]) or 0) + MINUTE_S,
        )

    def query(self, **other: str | int) -> str:
        """The filter, with these parts put in place of its own, as the query of an address; "" for no filter."""
        parts = {name: self.data.get(name, "") for name in self.fields} | other
        return urlencode({name: value for name, value in parts.items() if value != ""})

    def told(self) -> str:
        """Of a valid form: the filter in words; "everything" for none."""
        values = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        shown = (f"{_label(name)} {_word(value)}" for name, value in values.items())
        return ", ".join(shown) or "everything"


def _label(name: str) -> str:
    return {"object": "id", "since": "from", "until": "to"}.get(name, name)


def _word(value: object) -> str:
    return words.exact(value.timestamp()) if isinstance(value, datetime) else str(value)


def _epoch_s(value: datetime | None) -> int | None:
    return int(value.timestamp()) if value else None
