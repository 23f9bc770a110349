"""When something ends, typed as a day; and the switch of reminders."""

from datetime import MAXYEAR, UTC, date, datetime
from typing import Any

from django import forms

from console.adapters import clock
from console.core.ending import end_of_day
from console.core.whole_number import whole_number
from console.web.forms.base import VersionedForm

FARTHEST_YEARS = 100
REMINDED = "You are reminded 30, 14, 7 and 1 days before. Left empty when nobody told you."


class DayField(forms.DateField):
    """A day; cleaned it is its last second in UTC as epoch seconds, None for no day."""

    def clean(self, value: Any) -> int | None:
        day: date | None = super().clean(value)
        return end_of_day(_checked(day)) if day is not None else None


def _checked(day: date) -> date:
    today = datetime.fromtimestamp(clock.now(), UTC).date()
    if day < today:
        raise forms.ValidationError(
            f"That day is over: today is {today:%Y-%m-%d} (UTC). Enter the day on which it ends, or leave it empty."
        )
    if today.year + FARTHEST_YEARS < day.year < MAXYEAR:
        raise forms.ValidationError(f"That is more than {FARTHEST_YEARS} years away. Look at the year again.")
    return day


def ends_on(label: str = "Ends on", help: str = REMINDED) -> DayField:
    """A field for the day on which something ends."""
    return DayField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Enter the day as year-month-day, for example 2027-05-31."},
        help_text=help,
    )


class EndDateForm(VersionedForm):
    """The date of what is stored already. `version` names what was stored when the form was opened."""

    ends_on = ends_on()

    field_order = ["ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "end-date-%s", **kwargs})

    def clean_version(self) -> int:
        """Of a subscription key it is the moment at which it was stored."""
        version = whole_number(self.cleaned_data["version"], digits=15)
        return -1 if version is None else version
