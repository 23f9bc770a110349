"""A filter that stands in the address, so that a view can be kept and passed on. One rule for all of them."""

from typing import Any
from urllib.parse import urlencode

from django.forms import ValidationError

from console.web.forms.base import ConsoleForm

NOT_KNOWN = "Nothing that you can see has this %(label)s. Choose one of the list, or leave it open."


class FilterForm(ConsoleForm):
    """A GET form; every part may be left empty.

    What was refused, or is unknown, is said in words and stands in no link and no field of the page: whatever was
    pasted into an address by mistake ends there.
    """

    is_filter = True

    def full_clean(self) -> None:
        """What nobody sees in the page is not sent again either."""
        super().full_clean()
        refused = {name for name in self.errors if name in self.fields and self.fields[name].widget.is_hidden}
        if refused:
            self.data = {name: self.data.get(name) for name in self.data if name not in refused}

    def refuse_unknown(self, name: str) -> None:
        """For a part that was well formed, once it is known that nothing has it."""
        label = str(self.fields[name].label or name)
        told = label if label.isupper() else label[:1].lower() + label[1:]
        self.add_error(name, ValidationError(NOT_KNOWN, params={"label": told}))

    def chosen(self, name: str) -> str:
        """A part as the address has it; "" where it is refused, or not a part of the filter."""
        is_kept = name in self.base_fields and name not in self.errors
        return str(self.data.get(name, "")) if is_kept else ""

    def query(self, **other: Any) -> str:
        """The filter, with these parts put in place of its own, as the query of an address; "" for no filter."""
        parts = {name: self.chosen(name) for name in self.base_fields} | other
        return urlencode({name: value for name, value in parts.items() if value != ""})
