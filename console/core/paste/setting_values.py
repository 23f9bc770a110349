"""Values of the settings of providers and grants, by their own labels: "Environment: test".

Tenant and cloud have readers of their own, which know what addresses tell.
"""

import re
from collections.abc import Iterable, Mapping

from console.core.oauth.setting import Setting, SettingShape
from console.core.profile_checks.settings import every_setting
from console.core.redaction.shapes import secret_in

_SEPARATOR = re.compile(r":(?!//)|=|\t|\|")
_BEFORE, _BEHIND = " \t\r>|*•·–#{[\"'`-", " \t\"'`"  # what stands around a label: bullets, quotes, brackets
# Settings whose labels mean something else in most mails, or are parts that have readers of their own.
_OF_ALL = frozenset({"subject", "username", "resource", "audience", "domain", "issuer", "server", "realm", "policy"})
_AROUND = " \t\"'`,;<>|"


def read_settings(text: str) -> dict[str, str]:
    """The first value of each setting that any provider or grant has, by its name, where no provider is named.

    Nothing that looks like a secret, for these values are shown; nothing that is called as mails call something else.
    """
    plain = [one for one in every_setting() if one.shape is SettingShape.TEXT and not one.is_variant]
    plain = [one for one in plain if not one.is_confirmed and one.name not in _OF_ALL]
    by_name = {one.name: one for one in plain}
    found = _by_labels(text, {one.name: (one.label, one.name) for one in plain})
    return {name: value for name, behind in found.items() if (value := _value(by_name[name], behind))}


def line_values(text: str, labels: Mapping[str, Iterable[str]], *, most: int) -> dict[str, str]:
    """The first word behind one of the labels of each name, at most that many characters; nothing like a secret."""
    words = {name: _first_word(behind) for name, behind in _by_labels(text, labels).items()}
    return {name: word for name, word in words.items() if word and len(word) <= most and not secret_in(word)}


def _by_labels(text: str, labels: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """What stands behind the first line that has a label of each name."""
    by_label = {label.lower(): name for name, spellings in labels.items() for label in spellings}
    found: dict[str, str] = {}
    for line in text.split("\n"):
        label, behind = _parts(line[:500].lstrip(_BEFORE))
        name = by_label.get(label.lower())
        if name and name not in found and _first_word(behind):
            found[name] = behind
    return found


def _first_word(text: str) -> str:
    words = text.strip(_AROUND).split()
    return words[0].strip(_AROUND) if words else ""


def _parts(line: str) -> tuple[str, str]:
    """The label and what stands behind it; ("", "") for a line that has none."""
    separator = _SEPARATOR.search(line)
    return (line[: separator.start()].rstrip(_BEHIND), line[separator.end() :].strip()) if separator else ("", "")


def _value(setting: Setting, text: str) -> str:
    """What is offered, by value or title; else the first word."""
    whole = text.strip(_AROUND)
    if setting.choices:
        return next((value for value, title in setting.choices if whole.lower() in (value.lower(), title.lower())), "")
    word = _first_word(text)
    return word if len(word) <= setting.max_length and not secret_in(word) else ""
