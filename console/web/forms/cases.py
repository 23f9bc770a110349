"""What is typed about a case: what to see of the queue, an answer, what it really was."""

import re
from datetime import UTC, datetime, time
from typing import Any

from django import forms

from console.core.cases.listing import NOBODY, OPEN, CaseFilter, QueuePlace
from console.core.cases.state import AWAITED, CaseState
from console.core.cases.terms import asked_of, number_of
from console.core.diagnosis import CAUSES, cause_title
from console.core.diagnosis.base import Diagnosis
from console.web.forms.base import NOT_OFFERED, ConsoleForm, TidyCharField
from console.web.forms.filters import FilterForm

DAY_S = 86_400
NO_DAY = "This is not a day; one looks like 2026-11-28."
SAID, OTHER = "said", "other"
STAYS = ("", "leave it as it is")
WAITS = [STAYS, *((state.value, f"wait for {words}") for state, words in AWAITED.items())]
_PLACE = re.compile(r"([0-9]{1,12})-([0-9]{1,9})")
_SLUG = re.compile(r"[a-z0-9-]+")
_NUMBER, _PERSON = re.compile(r"[0-9]{1,9}"), re.compile(r"[0-9]{1,18}")
_PERSON_OR_NOBODY = re.compile(rf"[0-9]{{1,18}}|{NOBODY}")
_STATE = re.compile("|".join((OPEN, *(state.value for state in CaseState))))
_YES = re.compile("1")
_CAUSE_CHOICES = [("", "Choose the cause"), *sorted(((one.slug, one.title) for one in CAUSES), key=lambda one: one[1])]
_NONE_OF_THEM = "none"


class _Day(forms.DateField):
    """A day in UTC, with the browser's own control, or as text where it has none."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": NO_DAY},
        )


class _Formed(TidyCharField):
    """A value of this form, whole; anything else is refused."""

    def __init__(self, form: re.Pattern[str], *, label: str) -> None:
        super().__init__(label=label, max_length=100, required=False)
        self.form = form

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text and not self.form.fullmatch(text):
            raise forms.ValidationError(NOT_OFFERED, params={"value": text})
        return text


class CaseFilterForm(FilterForm):
    """What to see of the queue."""

    q = TidyCharField(label="Search", max_length=200, required=False)
    api = TidyCharField(label="API", max_length=300, required=False, is_name=True)
    cause = _Formed(_SLUG, label="Cause")
    assignee = _Formed(_PERSON_OR_NOBODY, label="Looked after by")
    profile = TidyCharField(label="Profile", max_length=300, required=False, is_name=True)
    person = _Formed(_PERSON, label="From")
    since = _Day("Changed since (UTC)")
    until = _Day("Changed until (UTC), this day included")
    state = _Formed(_STATE, label="State")
    like = _Formed(_NUMBER, label="Like the case")
    news = _Formed(_YES, label="With news")

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", "This is before the day it begins at. Choose a later one.")

    @property
    def tab(self) -> str:
        """The tab that the address names; the open cases where it names none."""
        state = CaseState.read(str(self.data.get("state", "")))
        return state.value if state else OPEN

    def wanted(self) -> CaseFilter:
        """What is asked for; of a form with errors the tab alone."""
        if not self.is_valid():
            return CaseFilter(tab=self.tab)
        values, number = self.cleaned_data, None
        if str(values["q"]).strip().startswith("#"):
            number = number_of(values["q"])
        return CaseFilter(
            tab=self.tab,
            api=values["api"],
            profile=values["profile"],
            cause=values["cause"],
            assignee=values["assignee"],
            person=values["person"],
            since=_begins(values["since"]),
            until=None if values["until"] is None else (_begins(values["until"]) or 0) + DAY_S,
            number=number,
            words=() if number is not None else asked_of(values["q"]),
            like=number_of(values["like"]),
            has_news=values["news"] == "1",
        )


def place_of(text: str) -> QueuePlace | None:
    """Where a page begins, as an address has it; None for anything else."""
    found = _PLACE.fullmatch(text)
    return QueuePlace(int(found[1]), int(found[2])) if found else None


class AnswerForm(ConsoleForm):
    """`then` is for who says whose turn it is."""

    missing = {"text": "Write the answer first."}

    text = forms.CharField(label="Your answer", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    then = forms.ChoiceField(label="Then", choices=WAITS, required=False)

    def __init__(self, *args: Any, can_work: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_work:
            del self.fields["then"]

    def state(self) -> CaseState | None:
        """Of a valid form: whom the case waits for from now on; None: as before."""
        return CaseState.read(str(self.cleaned_data.get("then", "")))


class SolveForm(ConsoleForm):
    """The true cause: the one of the diagnosis, or another of the catalogue, or none of them."""

    missing = {"cause": "Choose the cause that it was."}

    was = forms.ChoiceField(label="What was it really?", widget=forms.RadioSelect)
    cause = forms.ChoiceField(label="Which other cause", required=False)
    sentence = forms.CharField(
        label="In one sentence, for the next person",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="What was done. No secrets: the sentence stays.",
    )

    def __init__(self, *args: Any, diagnosis: Diagnosis, **kwargs: Any) -> None:
        said = diagnosis.primary.cause if diagnosis.primary else ""
        kwargs.setdefault("initial", {"was": SAID if said else OTHER})
        super().__init__(*args, **kwargs)
        self.said = said
        choices = [(SAID, f"As diagnosed: {cause_title(said)}")] if said else []
        self.fields["was"].choices = [*choices, (OTHER, "Another cause")]  # type: ignore[attr-defined]
        others = [one for one in _CAUSE_CHOICES if one[0] != said]
        self.fields["cause"].choices = [("", "choose the cause"), *others, (_NONE_OF_THEM, "None of these")]  # type: ignore[attr-defined]

    def clean(self) -> None:
        values = self.cleaned_data
        if values.get("was") == OTHER and not values.get("cause"):
            self.add_error("cause", "Choose the cause that it was, or “None of these”.")
        elif values.get("was") == OTHER and values["cause"] == _NONE_OF_THEM and not values.get("sentence"):
            self.add_error("sentence", "Say in one sentence what it was: no cause of the catalogue does.")

    def true_cause(self) -> str:
        """Of a valid form: a slug, "" for none of the catalogue."""
        if self.cleaned_data["was"] == SAID:
            return self.said
        cause = str(self.cleaned_data["cause"])
        return "" if cause == _NONE_OF_THEM else cause


class EndForm(ConsoleForm):
    """Closing a case, or opening it again."""

    why = forms.CharField(
        label="Why", max_length=300, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


def person_of(text: str) -> int | None:
    """A person's id as a form has it; None for nobody, and for what is none."""
    return int(_digits(text)) if _digits(text) else None


def _digits(text: object) -> str:
    bare = str(text)
    return bare if bare.isascii() and bare.isdigit() and len(bare) <= 18 else ""


def _begins(day: Any) -> int | None:
    return int(datetime.combine(day, time.min, UTC).timestamp()) if day else None
