"""What all forms share: tidy text fields, and the errors of htmx and plain pages alike."""

from typing import Any

from django import forms

HIDDEN = {
    0x200B,
    0x200C,
    0x200D,
    0x2060,
    0xFEFF,
    0x00AD,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
}


class TidyCharField(forms.CharField):
    """Text whose outer blanks are removed and whose hidden characters are refused with words, not silently."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if isinstance(text, str) and (found := sorted({ord(char) for char in text if _is_hidden(char)})):
            codes = ", ".join(f"U+{code:04X}" for code in found[:5])
            raise forms.ValidationError(
                f"A hidden character is in the text ({codes}), often from copying out of a mail or a document. "
                "Type the value again, or paste it as plain text."
            )
        return text


def _is_hidden(char: str) -> bool:
    return ord(char) in HIDDEN or (ord(char) < 32 and char not in "\r\n\t") or ord(char) == 127


class SecretField(forms.CharField):
    """A write-only text: never rendered back, blanks kept (a check tells about them), not completed by the browser."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(strip=False, widget=widget, **kwargs)
