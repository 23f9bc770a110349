"""A moment as a person types it: in UTC, to the minute."""

from datetime import UTC, datetime
from typing import Any

from django import forms

INPUT = "%Y-%m-%dT%H:%M"
FORMATS = (INPUT, "%Y-%m-%d %H:%M", "%Y-%m-%d")
NO_TIME = "“%(value)s” is not a time; one looks like 2026-11-28 14:05."  # told: no browser's control shows it


class UtcMinute(forms.DateTimeField):
    """A minute in UTC, with the browser's own control, or as text where it has none."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=FORMATS,
            widget=forms.DateTimeInput(format=INPUT, attrs={"type": "datetime-local"}),
        )

    def to_python(self, value: Any) -> datetime | None:
        """In UTC; an offset may lead out of the calendar."""
        try:
            moment = super().to_python(value)
            return moment.astimezone(UTC) if moment else None
        except (forms.ValidationError, OverflowError):
            raise forms.ValidationError(NO_TIME, code="invalid", params={"value": str(value)}) from None

    def prepare_value(self, value: Any) -> Any:
        """As the control can show it, in UTC, however the address spelled it; what is no time as it came."""
        try:
            moment = self.to_python(value)
        except forms.ValidationError:
            return value
        return moment.strftime(INPUT) if moment else value


def epoch_s(value: datetime | None) -> int | None:
    """Epoch seconds; None for no moment."""
    return int(value.timestamp()) if value else None
