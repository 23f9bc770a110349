"""What of the history is shown: in the address, so that a view of it can be kept and passed on."""

from typing import Any
from uuid import UUID

from django import forms

from console.core.attempts.history import HOUR_S, NO_ANSWER, NO_CAUSE, OF_MATRIX, REFUSED, HistoryFilter, HistorySpan
from console.core.diagnosis import cause_title
from console.core.whole_number import whole_number
from console.services.history import HistoryPage
from console.web.forms.base import NOT_OFFERED, TidyCharField
from console.web.forms.filters import FilterForm
from console.web.forms.times import UtcMinute, epoch_s
from console.web.present import words

MAX_TEXT = 200
STATUSES = (
    ("", "Any answer"),
    (REFUSED, "Refused (any 4xx)"),
    ("2xx", "Answered well (2xx)"),
    ("3xx", "Redirected (3xx)"),
    ("5xx", "Failed (5xx)"),
    (NO_ANSWER, "No answer"),
    *((str(status), str(status)) for status in (200, 202, 400, 401, 403, 404, 429, 500, 502, 503)),
)
KINDS = (("", "Calls and tokens"), ("call", "Calls"), ("token", "Token requests"), (OF_MATRIX, "Auth matrix"))
NOT_NOW = "somebody who did nothing in this time"


class Listed(forms.ChoiceField):
    """A choice of what the page finds: any well-formed value is taken until that is known."""

    def __init__(self, *, label: str, every: str) -> None:
        super().__init__(label=label, required=False, choices=[("", every)])
        self.every = every

    def valid_value(self, value: Any) -> bool:
        text = str(value)
        return len(text) <= 100 and text.isascii() and all(char.isalnum() or char in "-_" for char in text)

    def offer(self, known: dict[str, str], chosen: str) -> None:
        missing = {chosen: cause_title(chosen) or NOT_NOW} if chosen and chosen not in known else {}
        self.choices = [("", self.every), *known.items(), *missing.items()]


class HistoryForm(FilterForm):
    """`span` is chosen by links beside the picture."""

    q = TidyCharField(label="Search", max_length=MAX_TEXT, required=False, help_text="Path, or a whole request id")
    profile = Listed(label="Profile", every="Every profile")
    api = Listed(label="API", every="Every API")
    cause = Listed(label="Cause", every="Every cause")
    status = forms.ChoiceField(label="Answer", choices=STATUSES, required=False)
    kind = forms.ChoiceField(label="Kind", choices=KINDS, required=False)
    person = Listed(label="Person", every="Everybody")
    pinned = forms.BooleanField(
        label="Only what is pinned", required=False, help_text="It is kept when the rest has had its time."
    )
    since = UtcMinute("From (UTC, whole hours)")
    until = UtcMinute("To (UTC, whole hours)")
    span = forms.ChoiceField(
        choices=[(span.value, span.value) for span in HistorySpan], required=False, widget=forms.HiddenInput
    )

    def clean_profile(self) -> str:
        return _id(self.cleaned_data["profile"])

    def clean_api(self) -> str:
        return _id(self.cleaned_data["api"])

    def clean_person(self) -> str:
        person = str(self.cleaned_data["person"])
        if person and whole_number(person, digits=9) is None:
            raise forms.ValidationError(NOT_OFFERED, params={"value": person})
        return person

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", "This is before the time it begins at. Choose a later one.")

    def wanted(self) -> HistoryFilter:
        """Of a valid form. The time is that of whole hours around what was typed, because refusals are counted so."""
        values = self.cleaned_data
        since, until = epoch_s(values["since"]), epoch_s(values["until"])
        return HistoryFilter(
            profile_id=values["profile"],
            api_id=values["api"],
            cause=values["cause"],
            status=values["status"],
            kind=values["kind"],
            person_id=int(values["person"]) if values["person"] else None,
            since=None if since is None else since // HOUR_S * HOUR_S,
            until=None if until is None else -(-until // HOUR_S) * HOUR_S,
            text=values["q"],
            is_pinned=values["pinned"],
        )

    def chosen_span(self) -> HistorySpan:
        """A time that was typed counts before a span that was chosen."""
        values = self.cleaned_data
        return (
            HistorySpan.OWN
            if values["since"] or values["until"]
            else HistorySpan(values["span"] or HistorySpan.NARROWEST)
        )

    def offer(self, page: HistoryPage) -> None:
        """What there is to choose from; a choice of one is none, and is not shown."""
        causes = sorted({one.cause for one in page.picture.found if one.cause}, key=words.cause)
        offered = {
            "profile": page.profiles,
            "api": page.apis,
            "cause": {**{slug: words.cause(slug) for slug in causes}, NO_CAUSE: words.cause("")},
            "person": {str(number): address for number, address in page.people.items()},
        }
        for name, known in offered.items():
            field, chosen = self.fields[name], str(self.cleaned_data.get(name, ""))
            is_known = not chosen or chosen in known or name == "person" or bool(cause_title(chosen))
            if not is_known:
                self.refuse_unknown(name)
            if isinstance(field, Listed):
                field.offer(known, chosen if is_known else "")
        if len(page.people) < 2 and not self.cleaned_data["person"]:
            del self.fields["person"]

    def changed(self) -> list[str]:
        """The parts that narrow what is shown, but for the span, which has links of its own."""
        return [name for name in self.base_fields if name != "span" and self.data.get(name)]


def _id(text: str) -> str:
    if not text:
        return ""
    try:
        return str(UUID(text))
    except ValueError:
        raise forms.ValidationError(NOT_OFFERED, params={"value": text}) from None
